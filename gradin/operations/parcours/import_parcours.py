"""Import past semesters of internes, many lines each (XLSX or CSV): all or nothing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from gradin.data.imports.models import Depot, EtatDepot, NatureImport
from gradin.data.internes.models import Inscription, Interne, Phase
from gradin.data.parcours.models import (
    AgrementParcours,
    EtatParcours,
    LigneParcours,
    SituationParcours,
    SourceParcours,
)
from gradin.data.referentiel.models import Semestre, Service, Specialite
from gradin.domain.parcours.modele import STAGES
from gradin.domain.rang.semestre import parse_semestre
from gradin.operations.imports.anomalies import Anomalie, RapportImport
from gradin.operations.imports.apercu import write_apercu
from gradin.operations.imports.colonnes import Colonne, fold_mots, match_colonnes
from gradin.operations.imports.demande import Bilan, DemandeImport, read_source
from gradin.operations.imports.retour import Retour, plain_field
from gradin.operations.imports.salle import check_salle
from gradin.operations.imports.valeurs import Ligne, read_lignes
from gradin.queries.visiteurs import Couples

LOT = 500
# A line of the file, under its number.
Numerotee = tuple[int, LigneParcours]
COLONNES = (
    Colonne(champ="ine", entete="INE", obligatoire=True),
    Colonne(champ="semestre", entete="Semestre", obligatoire=True),
    Colonne(champ="imotep", entete="IMOTEP", aussi=("Code IMOTEP",)),
    Colonne(champ="lieu", entete="Lieu"),
    Colonne(champ="des", entete="DES"),
    Colonne(champ="phase", entete="Régime de formation", aussi=("Phase",)),
    Colonne(champ="agrement", entete="Agrément"),
    Colonne(champ="situation", entete="Situation"),
    Colonne(champ="etat", entete="État"),
    Colonne(champ="motif", entete="Motif"),
    Colonne(champ="compte", entete="Compté (R632-32)", aussi=("R632-32",)),
    Colonne(champ="details", entete="Fléchage", aussi=("Détails",)),
    Colonne(champ="type", entete="Type"),
)
SITUATIONS = {fold_mots(s.label): s.value for s in SituationParcours} | {
    fold_mots(s.value): s.value for s in SituationParcours
}
ETATS = {fold_mots(e.label): e.value for e in EtatParcours}
# An empty cell is an answer too.
AGREMENTS = {"": "", **{fold_mots(a.value): a.value for a in AgrementParcours}}
PHASES = (
    {"": ""} | {fold_mots(p.label): p.value for p in Phase} | {fold_mots(p.value): p.value for p in Phase}
)
CHAMPS = (
    "situation",
    "etat",
    "source",
    "phase",
    "service",
    "lieu",
    "details",
    "ambulatoire",
    "des",
    "agrement",
    "sauve",
    "motif",
    "updated_at",
)


@dataclass(slots=True, kw_only=True)
class Comparaison:
    """New lines, and known ones to change with what they hold, under their number in the file."""

    neuves: list[Numerotee] = field(default_factory=list)
    changees: list[tuple[int, LigneParcours, LigneParcours]] = field(default_factory=list)

    @property
    def rows(self) -> list[Numerotee]:
        return [*self.neuves, *((numero, row) for numero, row, _ in self.changees)]

    def write_retour(self) -> Retour:
        """After the rows are written: what it takes to undo them."""
        nom = LigneParcours._meta.label_lower
        return {
            "crees": {nom: [row.pk for _, row in self.neuves]},
            "changes": [
                [nom, row.pk, {un: [plain_field(avant, un), plain_field(row, un)] for un in CHAMPS}]
                for _, row, avant in self.changees
            ],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Connus:
    internes: dict[str, int]
    permis: frozenset[int] | None
    services: dict[str, int]
    des: dict[str, Specialite]


def import_parcours(demande: DemandeImport, maintenant: datetime, auteur: int | None = None) -> RapportImport:
    """Raises FichierRefuse. A line that the platform's affectation or the faculty wrote is kept, and told.

    `auteur`: the account that may undo it, while nothing depends on it; none from the command.
    """
    tableau = read_source(demande)
    entetes, bilan = match_colonnes(tableau, COLONNES), Bilan(tableau.feuille)
    connus = _load(demande)
    lues = [(ligne, _read(ligne, connus, maintenant)) for ligne in read_lignes(tableau, entetes)]
    _refuse_doubles(lues)
    bilan.gather(ligne for ligne, _ in lues)
    bilan.refuse_if_wrong()
    rows = [(ligne.numero, row) for ligne, row in lues if row is not None]
    comparaison = _compare(rows, bilan)
    rapport = RapportImport(
        essai=demande.essai,
        lignes=len(rows),
        crees=len(comparaison.neuves),
        modifies=len(comparaison.changees),
        conflits=tuple(bilan.conflits),
        avertissements=(*tableau.avertissements, *bilan.avertissements),
        colonnes_inconnues=entetes.inconnues,
        lignes_masquees=tableau.masquees,
    )
    if demande.essai or not comparaison.rows:
        return rapport
    check_salle(len(comparaison.rows), bilan.feuille)
    return _write(comparaison, bilan, rapport, keep_depot(demande, auteur, maintenant))


def _load(demande: DemandeImport) -> Connus:
    return Connus(
        permis=None if demande.portees is None else _permitted(demande.portees),
        internes={ine.upper(): pk for ine, pk in Interne.objects.values_list("ine", "pk")},
        services=dict(Service.objects.values_list("imotep", "pk")),
        des={fold_mots(un.code_des): un for un in Specialite.objects.all()}
        | {fold_mots(str(un)): un for un in Specialite.objects.all()},
    )


def _permitted(portees: Couples) -> frozenset[int]:
    """The internes who have been, one semestre at least, in the scope of who brings the file."""
    siennes = Q(pk__in=())
    for subdivision, groupe in portees:
        siennes |= Q(subdivision=subdivision) if groupe is None else Q(subdivision=subdivision, groupe=groupe)
    return frozenset(Inscription.objects.filter(siennes).values_list("interne", flat=True))


def _read(ligne: Ligne, connus: Connus, maintenant: datetime) -> LigneParcours | None:
    """None when something in the line must be mended."""
    interne = connus.internes.get(ligne.texte("ine", longueur=20).upper())
    if interne is None:
        ligne.refuse("ine", "aucun interne n’a cet INE. Importez d’abord les internes, ou corrigez-le.")
    elif connus.permis is not None and interne not in connus.permis:
        ligne.refuse("ine", "cet interne n’est pas de votre périmètre. Retirez cette ligne.")
    semestre = _semestre(ligne)
    situation = ligne.parmi("situation", SITUATIONS, "Stage, Année-recherche…", SituationParcours.STAGE.value)
    imotep = ligne.texte("imotep", longueur=12)
    lieu = ligne.texte("lieu", longueur=200)
    service = connus.services.get(imotep)
    if imotep and service is None:
        ligne.refuse("imotep", f"aucun service n’a le code {imotep}. Écrivez « Lieu », ou corrigez-le.")
    if situation in STAGES and not imotep and not lieu:
        ligne.refuse("imotep", "ce stage n’a ni service ni lieu. Remplissez l’un des deux.")
    des = connus.des.get(fold_mots(ligne.texte("des", longueur=200)))
    phase = ligne.parmi("phase", PHASES, "Phase socle, Phase d’approfondissement…", "")
    agrement = ligne.parmi("agrement", AGREMENTS, "principal, complémentaire ou fonctionnel", "")
    etat = ligne.parmi("etat", ETATS, "Présumé, Validé ou Non validé", EtatParcours.VALIDE.value)
    sauve = ligne.parmi("compte", {"": "", "oui": "oui", "non": ""}, "Oui, Non ou rien", "") == "oui"
    if ligne.anomalies or interne is None:
        return None
    return LigneParcours(
        interne_id=interne,
        semestre=Semestre(code=semestre),
        situation=situation,
        etat=etat,
        source=SourceParcours.IMPORT,
        phase=phase,
        service_id=service,
        lieu=lieu,
        details=ligne.texte("details", longueur=400),
        ambulatoire="ambul" in fold_mots(ligne.texte("type", longueur=40)),
        des=des,
        agrement=agrement or (AgrementParcours.PRINCIPAL if situation in STAGES else ""),
        sauve=sauve and etat == EtatParcours.NON_VALIDE,
        motif=ligne.texte("motif", longueur=300),
        updated_at=maintenant,
    )


def _semestre(ligne: Ligne) -> str:
    try:
        return parse_semestre(ligne.texte("semestre", longueur=7)).code
    except ValueError as erreur:
        ligne.refuse("semestre", str(erreur))
        return ""


def _refuse_doubles(lues: list[tuple[Ligne, LigneParcours | None]]) -> None:
    vus: dict[tuple[int, str], int] = {}
    for ligne, row in lues:
        if row is None:
            continue
        cle = (row.interne_id, row.semestre.code)
        if cle in vus:
            ligne.refuse("semestre", f"ce semestre est déjà ligne {vus[cle]}. Gardez une des deux lignes.")
        vus.setdefault(cle, ligne.numero)


@transaction.atomic
def _write(
    comparaison: Comparaison, bilan: Bilan, rapport: RapportImport, depot: Depot | None
) -> RapportImport:
    """Compared before anything was locked; what is to be written, once more inside."""
    comparaison = _compare(comparaison.rows, bilan)
    rapport = replace(rapport, crees=len(comparaison.neuves), modifies=len(comparaison.changees))
    _save([row for _, row in comparaison.neuves], [row for _, row, _ in comparaison.changees])
    if depot is not None:
        depot.apercu, depot.retour = write_apercu(rapport), comparaison.write_retour()
        depot.save()
    return rapport


def keep_depot(demande: DemandeImport, auteur: int | None, maintenant: datetime) -> Depot | None:
    """Not saved yet. The file itself is not kept."""
    if auteur is None:
        return None
    return Depot(
        nature=NatureImport.PARCOURS,
        fichier=demande.chemin.name[:200],
        auteur_id=auteur,
        etat=EtatDepot.FAIT,
        created_at=maintenant,
        applied_at=maintenant,
    )


def _compare(rows: list[Numerotee], bilan: Bilan) -> Comparaison:
    """Those nobody knows, and those known otherwise."""
    connues = {
        (row.interne_id, row.semestre.code): row
        for row in LigneParcours.objects.filter(
            interne__in={row.interne_id for _, row in rows}
        ).select_related("semestre")
    }
    comparaison = Comparaison()
    for numero, row in rows:
        connue = connues.get((row.interne_id, row.semestre.code))
        if connue is None:
            comparaison.neuves.append((numero, row))
        elif connue.source in (SourceParcours.AFFECTATION, SourceParcours.FACULTE) or connue.validated_by_id:
            _tell_kept(bilan, numero, connue)
        elif _differs(connue, row):
            row.pk = connue.pk
            comparaison.changees.append((numero, row, connue))
    return comparaison


def _save(neuves: list[LigneParcours], changees: list[LigneParcours]) -> None:
    semestres = {un.code: un for un in Semestre.objects.all()}
    for row in neuves:
        code = row.semestre.code
        if code not in semestres:
            semestres[code] = Semestre.objects.create(code=code)
        row.semestre = semestres[code]
    LigneParcours.objects.bulk_create(neuves, batch_size=LOT)
    LigneParcours.objects.bulk_update(changees, CHAMPS, batch_size=LOT)


def _differs(connue: LigneParcours, row: LigneParcours) -> bool:
    noms = ["service_id" if c == "service" else "des_id" if c == "des" else c for c in CHAMPS]
    return any(getattr(connue, nom) != getattr(row, nom) for nom in noms if nom != "updated_at")


def _tell_kept(bilan: Bilan, numero: int, connue: LigneParcours) -> None:
    bilan.conflits.append(
        Anomalie(
            feuille=bilan.feuille,
            ligne=numero,
            message=f"{connue.semestre.code}\u00a0: gardé, tenu par « {connue.get_source_display()} ».",
        )
    )
