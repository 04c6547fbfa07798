"""Correct what is held of one interne, or one field of thousands; add somebody."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from gradin.data.internes.models import Inscription, Interne
from gradin.data.profils.models import Changement
from gradin.operations.amphis.verrous import lock_amphis_of
from gradin.operations.imports.anomalies import FichierRefuse
from gradin.operations.imports.comparaison import is_same, show_champ
from gradin.operations.imports.comparaison_internes import ComparaisonInternes, write_cles
from gradin.operations.imports.demande import Bilan, DemandeImport
from gradin.operations.imports.import_internes import import_internes
from gradin.operations.imports.internes import COLONNES, LigneInterne, read_interne
from gradin.operations.imports.referentiel import Referentiel, load_referentiel
from gradin.operations.roster.saisie import FEUILLE, check_known, line_of, refuse_if_wrong, table_of
from gradin.operations.roster.verrous import (
    CorrectionRefusee,
    Verrou,
    check_not_started,
    check_salle,
    verrous_of_inscriptions,
)
from gradin.queries.rangs.perimees import Lieu
from gradin.queries.roster.lignes import ligne_interne
from gradin.queries.visiteurs import Couples, Visiteur

LOT = 500
CLES = ("cle_tri", "recherche")
# Columns that any agent may set for many at once.
EN_LOT = ("groupe", "phase", "type_choix", "absence_prevue", "semestres_valides", "effectif_local")
Valeurs = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class BilanLot:
    """What a change of many did: how many, how many were so already, who is held by a started amphi.

    `publies`: amphis whose published list does not follow. `lieux`: where a provisional one may no longer
    follow; the caller computes those again, once this stands.
    """

    changes: int
    identiques: int
    refuses: tuple[str, ...]
    publies: tuple[Verrou, ...] = ()
    lieux: frozenset[Lieu] = frozenset()


def correct_interne(
    inscription: int, champs: Mapping[str, str], agent: Visiteur, *, maintenant: datetime
) -> BilanLot:
    """The columns of `champs` as they were typed. Raises CorrectionRefusee when one is wrong."""
    with transaction.atomic():
        lock_amphis_of(inscriptions=[inscription])
        row = _lock([inscription])[0]
        verrous = verrous_of_inscriptions([inscription])
        check_not_started(verrous.get(inscription), "ce qui le concerne")
        personne, statut = read_saisie(row, champs, agent.portees)
        _check_courriel(row.interne, personne)
        return _apply([row], personne, statut, verrous, auteur=agent.courriel, maintenant=maintenant)


def correct_lot(
    inscriptions: Sequence[int], champ: str, texte: str, agent: Visiteur, *, maintenant: datetime
) -> BilanLot:
    """One column of many; those of a started amphi are left and named."""
    if champ not in EN_LOT:
        raise CorrectionRefusee("Ce champ se corrige interne par interne.")
    check_salle(len(inscriptions))
    with transaction.atomic():
        lock_amphis_of(inscriptions=inscriptions)
        rows = _lock(inscriptions)
        verrous = verrous_of_inscriptions(inscriptions)
        libres = [row for row in rows if not (row.pk in verrous and verrous[row.pk].commence)]
        refuses = tuple(str(row.interne) for row in rows if row not in libres)
        if not libres:
            raise CorrectionRefusee("Tous ces internes sont dans un amphi commencé. Passez par la régie.")
        _, statut = read_saisie(libres[0], {champ: texte}, agent.portees)
        _check_portees(libres, statut, agent.portees)
        fait = _apply(libres, {}, statut, verrous, auteur=agent.courriel, maintenant=maintenant)
        return replace(fait, refuses=refuses)


def add_interne(champs: Mapping[str, str], semestre: str, agent: Visiteur) -> int:
    """A file of one line; gives back the person. Raises CorrectionRefusee."""
    ine = champs.get("ine", "").upper().replace(" ", "")
    if Inscription.objects.filter(interne__ine=ine, semestre__code=semestre).exists():
        raise CorrectionRefusee(
            "Cet INE est déjà dans la liste de ce semestre. Corrigez sa ligne.", champ="ine"
        )
    demande = DemandeImport(
        chemin=Path(FEUILLE),
        contenu=table_of(champs, COLONNES),
        semestre=semestre,
        portees=agent.portees,
    )
    try:
        import_internes(demande)
    except FichierRefuse as refus:
        refuse_if_wrong(list(refus.anomalies), COLONNES)
    return int(Interne.objects.values_list("pk", flat=True).get(ine=ine))


def read_saisie(
    row: Inscription, champs: Mapping[str, str], portees: Couples
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Fields of the person and of the inscription that these columns give, references resolved."""
    referentiel = load_referentiel(avec_services=False)
    ligne = line_of({**ligne_interne(row), **champs}, COLONNES)
    lue = read_interne(ligne, referentiel.connues)
    refuse_if_wrong(ligne.anomalies, COLONNES)
    assert lue is not None
    personne, statut = _resolve(row, lue, referentiel)
    check_known(referentiel)
    _check_portee(statut, portees)
    return (
        {champ: valeur for champ, valeur in personne.items() if champ in champs},
        {champ: valeur for champ, valeur in statut.items() if champ in champs},
    )


def _resolve(
    row: Inscription, lue: LigneInterne, referentiel: Referentiel
) -> tuple[dict[str, Any], dict[str, Any]]:
    """By the same reading as an import; what was emptied is empty."""
    bilan, demande = Bilan(FEUILLE), DemandeImport(chemin=Path(FEUILLE), semestre=row.semestre.code)
    comparaison = ComparaisonInternes(row.semestre, row.subdivision.code, referentiel, bilan, demande)
    personne = {**lue.personne, "ufr": referentiel.ufr(lue.ufr)}
    if not referentiel.knows_subdivision(lue.subdivision):
        raise CorrectionRefusee(
            f"La subdivision «\u00a0{lue.subdivision}\u00a0» n’existe pas.", lien="/gestion/referentiels/"
        )
    return personne, {"desc": None, **comparaison.read_voulus(lue)}


def _check_portees(rows: Sequence[Inscription], statut: Valeurs, portees: Couples) -> None:
    """Each row where it is and where it would go: a lot may hold several subdivisions."""
    couples = {(row.subdivision, row.groupe) for row in rows}
    for subdivision, groupe in couples:
        ici = {"subdivision": subdivision, "groupe": groupe}
        _check_portee(ici, portees)
        _check_portee({**ici, **statut}, portees)


def _check_portee(statut: Valeurs, portees: Couples) -> None:
    """Nobody is moved out of the agent's own scope."""
    subdivision, groupe = (getattr(statut[nom], "pk", None) for nom in ("subdivision", "groupe"))
    if not {(subdivision, None), (subdivision, groupe)} & portees:
        raise CorrectionRefusee(
            "Ce groupe ou cette subdivision n’est pas de votre périmètre.", champ="groupe"
        )


def _check_courriel(interne: Interne, personne: Valeurs) -> None:
    """The address of an account changes by its own links (manual §4)."""
    if interne.compte_id is not None and personne.get("courriel", interne.courriel) != interne.courriel:
        raise CorrectionRefusee(
            "Cet interne a un compte\u00a0: son adresse se change depuis sa fiche, "
            "«\u00a0Changer son adresse\u00a0».",
            lien=f"/gestion/internes/{interne.pk}/",
            champ="courriel",
        )


def _lock(pks: Collection[int]) -> list[Inscription]:
    rows = Inscription.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=pks)
    return list(
        rows.select_related("interne__ufr", "semestre", "subdivision", "groupe", "des", "desc").order_by("pk")
    )


def _apply(
    rows: Sequence[Inscription],
    personne: Valeurs,
    statut: Valeurs,
    verrous: Mapping[int, Verrou],
    *,
    auteur: str,
    maintenant: datetime,
) -> BilanLot:
    """Write what differs, protect it from imports, keep it in the history: a few statements for thousands."""
    lignes: list[Changement] = []
    touches: list[Inscription] = []
    lieux: set[Lieu] = set()
    for row in rows:
        quitte = _lieu(row)
        changes = [*_set(row.interne, personne), *_set(row, statut)]
        if changes:
            write_cles(row.interne)
            touches.append(row)
            lieux |= {quitte, _lieu(row)}
        lignes += [
            Changement(
                interne=row.interne, champ=champ, avant=avant, apres=apres, auteur=auteur, at=maintenant
            )
            for champ, avant, apres in changes
        ]
    if personne:
        internes = [row.interne for row in touches]
        Interne.objects.bulk_update(internes, [*personne, "champs_modifies", *CLES], batch_size=LOT)
    if statut:
        Inscription.objects.bulk_update(touches, [*statut, "champs_modifies"], batch_size=LOT)
    Changement.objects.bulk_create(lignes, batch_size=LOT)
    publies = {verrous[row.pk].amphi: verrous[row.pk] for row in touches if row.pk in verrous}
    return BilanLot(
        changes=len(touches),
        identiques=len(rows) - len(touches),
        refuses=(),
        publies=tuple(publies.values()),
        lieux=frozenset(lieux),
    )


def _lieu(row: Inscription) -> Lieu:
    return row.semestre_id, row.subdivision_id, row.groupe_id


def _set(objet: Interne | Inscription, voulus: Valeurs) -> list[tuple[str, str, str]]:
    """(field, before, after) of what differs, set on the row."""
    changes = []
    for champ, valeur in voulus.items():
        actuel = getattr(objet, champ)
        if is_same(actuel, valeur):
            continue
        kind = type(objet)
        changes.append((champ, show_champ(kind, champ, actuel), show_champ(kind, champ, valeur)))
        setattr(objet, champ, valeur)
    if changes:
        objet.champs_modifies = sorted({*objet.champs_modifies, *(champ for champ, _, _ in changes)})
    return changes
