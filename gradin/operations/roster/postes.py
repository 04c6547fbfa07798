"""Correct one poste, or one field of thousands; open and close them; add one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import F

from gradin.data.amphis.models import Affectation, Amphi
from gradin.data.postes.models import ChangementPoste, EtatPoste, Poste
from gradin.data.referentiel.models import Service
from gradin.operations.amphis.verrous import lock_amphis_of
from gradin.operations.imports.agrements_postes import DEMANDENT, tell_sans_agrement
from gradin.operations.imports.anomalies import FichierRefuse
from gradin.operations.imports.comparaison import is_same, show_champ
from gradin.operations.imports.comparaison_postes import ComparaisonPostes, write_cles
from gradin.operations.imports.demande import Bilan, DemandeImport
from gradin.operations.imports.import_postes import import_postes
from gradin.operations.imports.postes import COLONNES, read_poste
from gradin.operations.imports.referentiel import load_referentiel
from gradin.operations.roster.internes import BilanLot
from gradin.operations.roster.saisie import FEUILLE, check_known, line_of, refuse_if_wrong, table_of
from gradin.operations.roster.verrous import (
    CorrectionRefusee,
    check_not_started,
    check_salle,
    verrous_of_postes,
)
from gradin.queries.roster.lignes import ligne_poste
from gradin.queries.visiteurs import Couples, Visiteur

LOT = 500
CLES = ("cle_tri", "recherche")
# What describes the service is corrected once for all its postes, in the référentiels.
DU_SERVICE = ("departement", "etablissement", "ville", "service", "chef")
EN_LOT = (
    "etat",
    "reserve",
    "reserve_a",
    "regime",
    "type_poste",
    "groupe",
    "des",
    "flechage",
    "observations",
    "allocation",
    "motif_agrement",
)
ETATS = {"ouvert": EtatPoste.LIBRE, "ferme": EtatPoste.RETIRE}
Valeurs = Mapping[str, object]


def correct_poste(
    poste: int, champs: Mapping[str, str], agent: Visiteur, *, maintenant: datetime, motif: str = ""
) -> BilanLot:
    """The columns of `champs` as they were typed. Raises CorrectionRefusee when one is wrong."""
    with transaction.atomic():
        lock_amphis_of(postes=[poste])
        row = _lock([poste])[0]
        check_not_started(verrous_of_postes([poste]).get(poste), "ce poste")
        voulus = _read(row, champs, agent.portees, motif)
        _check_held([row], voulus)
        return _apply([row], voulus, auteur=agent.courriel, maintenant=maintenant)


def correct_lot(
    postes: Sequence[int], champ: str, texte: str, agent: Visiteur, *, maintenant: datetime, motif: str = ""
) -> BilanLot:
    """One column of many; those of a started amphi, and those already held, are left and named."""
    if champ not in EN_LOT:
        raise CorrectionRefusee("Ce champ se corrige poste par poste.")
    check_salle(len(postes))
    with transaction.atomic():
        lock_amphis_of(postes=postes)
        rows = _lock(postes)
        verrous = verrous_of_postes(postes)
        tenus = _held(postes) if champ == "etat" else frozenset()
        libres = [row for row in rows if row.pk not in verrous and row.pk not in tenus]
        refuses = tuple(f"n° {row.numero}" for row in rows if row.pk in verrous or row.pk in tenus)
        if not libres:
            raise CorrectionRefusee(
                "Tous ces postes sont dans un amphi commencé, ou déjà pourvus. Passez par la régie."
            )
        voulus = _read(libres[0], {champ: texte}, agent.portees, motif)
        _check_portees(libres, voulus, agent.portees)
        fait = _apply(libres, voulus, auteur=agent.courriel, maintenant=maintenant)
        return BilanLot(changes=fait.changes, identiques=fait.identiques, refuses=refuses)


def add_poste(champs: Mapping[str, str], semestre: str, agent: Visiteur) -> int:
    """A file of one line; gives back the poste. Raises CorrectionRefusee."""
    numero, subdivision = champs.get("numero", "").strip(), champs.get("subdivision", "")
    memes = Poste.objects.filter(numero=numero, semestre__code=semestre)
    if memes.filter(subdivision__code=subdivision).exists():
        raise CorrectionRefusee("Ce numéro existe déjà. Corrigez sa ligne.", champ="numero")
    demande = DemandeImport(
        chemin=Path(FEUILLE), contenu=table_of(champs, COLONNES), semestre=semestre, portees=agent.portees
    )
    try:
        import_postes(demande)
    except FichierRefuse as refus:
        refuse_if_wrong(list(refus.anomalies), COLONNES)
    return int(memes.values_list("pk", flat=True).latest("pk"))


def _read(row: Poste, champs: Mapping[str, str], portees: Couples, motif: str) -> dict[str, Any]:
    """The fields that these columns give; opening and closing have a motive of their own."""
    voulus = _read_etat(champs["etat"], motif) if "etat" in champs else {}
    colonnes = {champ: texte for champ, texte in champs.items() if champ != "etat"}
    if not colonnes:
        return voulus
    referentiel = load_referentiel(avec_services=True)
    ligne = line_of({**ligne_poste(row), **colonnes}, COLONNES)
    lue = read_poste(ligne, referentiel.connues)
    refuse_if_wrong(ligne.anomalies, COLONNES)
    assert lue is not None
    demande = DemandeImport(chemin=Path(FEUILLE), semestre=row.semestre.code)
    comparaison = ComparaisonPostes(row.semestre, row.subdivision.code, referentiel, Bilan(FEUILLE), demande)
    lus = comparaison.read_voulus(lue)
    if "imotep" in colonnes:
        voulus["service"] = _service_of(lue.imotep)
    else:
        check_known(referentiel)
    _check_portee(row, lus, portees)
    return {**voulus, **{champ: valeur for champ, valeur in lus.items() if champ in colonnes}}


def _service_of(imotep: str) -> Service:
    service = Service.objects.select_related("etablissement").filter(imotep=imotep).first()
    if service is None:
        raise CorrectionRefusee(
            f"Aucun service n’a le code {imotep}. Ajoutez-le d’abord dans les référentiels.",
            champ="imotep",
            lien="/gestion/referentiels/services/",
        )
    return service


def _read_etat(texte: str, motif: str) -> dict[str, Any]:
    etat = ETATS.get(texte)
    if etat is None:
        raise CorrectionRefusee("Choisissez «\u00a0ouvert\u00a0» ou «\u00a0fermé\u00a0».", champ="etat")
    if etat == EtatPoste.RETIRE and not motif.strip():
        raise CorrectionRefusee("Dites pourquoi ce poste est fermé.", champ="motif")
    return {"etat": etat, "motif_fermeture": motif.strip()[:200] if etat == EtatPoste.RETIRE else ""}


def _check_portees(rows: Sequence[Poste], voulus: Valeurs, portees: Couples) -> None:
    """Each row where it is and where it would go: a lot may hold several subdivisions."""
    for row in {(row.subdivision_id, row.groupe_id): row for row in rows}.values():
        _check_portee(row, {"groupe": row.groupe}, portees)
        _check_portee(row, {"groupe": row.groupe, **voulus}, portees)


def _check_portee(row: Poste, voulus: Valeurs, portees: Couples) -> None:
    groupe = getattr(voulus["groupe"], "pk", None)
    if not {(row.subdivision_id, None), (row.subdivision_id, groupe)} & portees:
        raise CorrectionRefusee("Ce groupe n’est pas de votre périmètre.", champ="groupe")


def _held(postes: Collection[int]) -> frozenset[int]:
    rows = Affectation.objects.filter(poste__in=postes, annulee=False)
    return frozenset(rows.values_list("poste", flat=True))


def _check_held(rows: Sequence[Poste], voulus: Valeurs) -> None:
    if "etat" in voulus and _held([row.pk for row in rows]):
        raise CorrectionRefusee("Ce poste est pourvu\u00a0: il ne se ferme plus. Corrigez d’abord le choix.")


def _lock(pks: Collection[int]) -> list[Poste]:
    rows = Poste.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=pks)
    return list(
        rows.select_related("service__etablissement", "semestre", "subdivision", "groupe", "des").order_by(
            "pk"
        )
    )


def _apply(rows: Sequence[Poste], voulus: Valeurs, *, auteur: str, maintenant: datetime) -> BilanLot:
    """Write what differs, protect it from imports, keep it in the history, age the cached offers."""
    lignes: list[ChangementPoste] = []
    touches: list[Poste] = []
    ouverts: list[tuple[int, Poste]] = []
    for row in rows:
        changes = _set(row, voulus)
        touches += [row] if changes else []
        ouverts += [(0, row)] if {champ for champ, _, _ in changes} & DEMANDENT else []
        lignes += [
            ChangementPoste(poste=row, champ=champ, avant=avant, apres=apres, auteur=auteur, at=maintenant)
            for champ, avant, apres in changes
        ]
    if ouverts:
        refuse_if_wrong([*tell_sans_agrement(rows[0].semestre, ouverts, FEUILLE)], COLONNES)
    Poste.objects.bulk_update(touches, [*voulus, "champs_modifies", *CLES], batch_size=LOT)
    ChangementPoste.objects.bulk_create(lignes, batch_size=LOT)
    offres = Amphi.objects.filter(offre__poste__in=touches).distinct().values("pk")
    Amphi.objects.filter(pk__in=offres).update(version_offre=F("version_offre") + 1)
    return BilanLot(changes=len(touches), identiques=len(rows) - len(touches), refuses=())


def _set(row: Poste, voulus: Valeurs) -> list[tuple[str, str, str]]:
    """(field, before, after) of what differs, set on the row. What opens or closes is no column of a file."""
    changes = []
    for champ, valeur in voulus.items():
        actuel = getattr(row, champ)
        if not is_same(actuel, valeur):
            changes.append((champ, show_champ(Poste, champ, actuel), show_champ(Poste, champ, valeur)))
            setattr(row, champ, valeur)
    colonnes = {champ for champ, _, _ in changes} - {"etat", "motif_fermeture"}
    row.champs_modifies = sorted({*row.champs_modifies, *colonnes})
    write_cles(row)
    return changes
