"""Import the last ranks of a past semestre: what a service was worth before the platform knew it."""

from __future__ import annotations

from django.db import transaction

from gradin.data.referentiel.models import Groupe, Semestre, Service, Subdivision
from gradin.data.services.models import DernierRang
from gradin.operations.imports.anomalies import Anomalie, RapportImport
from gradin.operations.imports.colonnes import match_colonnes
from gradin.operations.imports.comparaison import LOT
from gradin.operations.imports.demande import Bilan, DemandeImport, check_semestre, choose_subdivision
from gradin.operations.imports.fichiers.lecture import read_fichier
from gradin.operations.imports.rangs import COLONNES, LigneRang, read_rang
from gradin.operations.imports.referentiel import load_referentiel
from gradin.operations.imports.valeurs import read_lignes

Cle = tuple[int, int, str]
CHAMPS = ("rang", "effectif", "offerts", "pourvus")


def import_rangs(demande: DemandeImport) -> RapportImport:
    """All or nothing; a second run of the same file changes nothing. Raises FichierRefuse.

    A service or a groupe that the platform does not know is told and left out: it offers nothing any more.
    """
    code = check_semestre(demande)
    tableau = read_fichier(demande.chemin)
    entetes, bilan = match_colonnes(tableau, COLONNES), Bilan(tableau.feuille)
    referentiel = load_referentiel(avec_services=False)
    lues = [
        (ligne, read_rang(ligne, referentiel.connues["groupe"])) for ligne in read_lignes(tableau, entetes)
    ]
    bilan.gather(ligne for ligne, _ in lues)
    bilan.refuse_if_wrong()
    subdivision = choose_subdivision(demande, referentiel, bilan.feuille, [""])
    rows = _rows([lue for _, lue in lues if lue is not None], bilan)
    bilan.refuse_if_wrong()
    crees, modifies = _write(rows, code, subdivision, essai=demande.essai)
    return RapportImport(
        essai=demande.essai,
        lignes=len(rows),
        crees=crees,
        modifies=modifies,
        avertissements=(*tableau.avertissements, *bilan.avertissements),
        colonnes_inconnues=entetes.inconnues,
        lignes_masquees=tableau.masquees,
    )


def _rows(lignes: list[LigneRang], bilan: Bilan) -> dict[Cle, LigneRang]:
    """By service, groupe and phase; the same one twice refuses the file."""
    services = dict(Service.objects.values_list("imotep", "pk"))
    groupes = dict(Groupe.objects.values_list("code", "pk"))
    rows: dict[Cle, LigneRang] = {}
    for ligne in lignes:
        service, groupe = services.get(ligne.imotep), groupes.get(ligne.groupe.code)
        if service is None or groupe is None:
            quoi = f"service {ligne.imotep}" if service is None else f"groupe {ligne.groupe.code}"
            bilan.avertissements.append(_told(bilan, ligne, f"{quoi} inconnu ici : ligne laissée de côté."))
            continue
        cle = (service, groupe, ligne.phase)
        if cle in rows:
            double = f"ce service y est déjà, ligne {rows[cle].numero}. Gardez une seule des deux lignes."
            bilan.anomalies.append(_told(bilan, ligne, double))
        rows[cle] = ligne
    return rows


def _told(bilan: Bilan, ligne: LigneRang, message: str) -> Anomalie:
    return Anomalie(feuille=bilan.feuille, ligne=ligne.numero, message=message)


@transaction.atomic
def _write(rows: dict[Cle, LigneRang], semestre: str, subdivision: str, *, essai: bool) -> tuple[int, int]:
    """(created, changed)."""
    lieu = Subdivision.objects.filter(code=subdivision).first() or Subdivision(
        code=subdivision, nom=subdivision
    )
    la = Semestre.objects.filter(code=semestre).first() or Semestre(code=semestre)
    connus = {
        (row.service_id, row.groupe_id, row.phase): row
        for row in DernierRang.objects.filter(semestre__code=semestre, subdivision__code=subdivision)
    }
    voulus = {cle: {champ: getattr(ligne, champ) for champ in CHAMPS} for cle, ligne in rows.items()}
    changes = [
        connus[cle]
        for cle, champs in voulus.items()
        if cle in connus and any(getattr(connus[cle], champ) != valeur for champ, valeur in champs.items())
    ]
    nouveaux = [cle for cle in rows if cle not in connus]
    if not essai:
        for neuf in (lieu, la):
            if neuf.pk is None:
                neuf.save()
        _save(nouveaux, changes, voulus, la, lieu)
    return len(nouveaux), len(changes)


def _save(
    nouveaux: list[Cle],
    changes: list[DernierRang],
    voulus: dict[Cle, dict[str, int | None]],
    semestre: Semestre,
    subdivision: Subdivision,
) -> None:
    DernierRang.objects.bulk_create(
        (
            DernierRang(
                service_id=cle[0],
                groupe_id=cle[1],
                phase=cle[2],
                semestre=semestre,
                subdivision=subdivision,
                **voulus[cle],
            )
            for cle in nouveaux
        ),
        batch_size=LOT,
    )
    for row in changes:
        for champ, valeur in voulus[row.service_id, row.groupe_id, row.phase].items():
            setattr(row, champ, valeur)
    DernierRang.objects.bulk_update(changes, CHAMPS, batch_size=LOT)
