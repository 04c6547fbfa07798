"""Compute a call list, store it as a version, give each interne of the amphi his place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from gradin.data.amphis.models import Affectation, Amphi, EtatAmphi, ListeAppel, Place, Statut
from gradin.data.internes.models import Inscription
from gradin.operations.preparation.refus import PreparationRefusee
from gradin.queries.candidats import count_effectifs
from gradin.queries.rangs.calcul import compute_figures
from gradin.queries.rangs.figures import hash_figures

COMMENCES = (EtatAmphi.EN_COURS, EtatAmphi.PAUSE, EtatAmphi.CLOS)
LOT = 500


def compute_liste(amphi: Amphi, *, maintenant: datetime, graine: str, motif: str = "") -> ListeAppel:
    """The provisional list of the internes who have a place; `graine` is used only for a first list.

    A published version is never touched: without a motive it is returned as it is, with one the next
    version is computed, to be published in its turn. Runs inside the caller's transaction.
    """
    derniere = amphi.listes.order_by("-version").first()
    if derniere is not None and derniere.published_at is not None and not motif:
        return derniere
    liste = derniere if derniere and derniere.published_at is None else _next_version(amphi, derniere)
    liste.graine = derniere.graine if derniere else graine
    fill_liste(liste, amphi, maintenant)
    liste.motif = motif or liste.motif
    liste.save()
    return liste


@dataclass(frozen=True, slots=True, kw_only=True)
class Calcul:
    """What the data give now, written nowhere yet. `ex_aequo`: groups of INE that an agent confirms."""

    methode: str
    figures: list[dict[str, Any]]
    ex_aequo: list[list[str]]
    empreinte: str


def calculate(amphi: Amphi, graine: str, inscriptions: Iterable[Inscription]) -> Calcul:
    """The list of these internes as it would be if it were computed now; nothing is stored."""
    effectifs = count_effectifs(amphi.semestre_id, amphi.subdivision_id)
    liste, figures = compute_figures(amphi, graine, inscriptions, effectifs)
    methode = liste.parametres.methode.value
    return Calcul(
        methode=methode,
        figures=figures,
        ex_aequo=[list(groupe) for groupe in liste.a_confirmer],
        empreinte=hash_figures(amphi, graine, methode, figures),
    )


def list_membres(amphi: Amphi) -> tuple[Inscription, ...]:
    """Who is to be on its list: those of its groupe and phase; an amphi made apart keeps whom it has."""
    if amphi.variante:
        return tuple(place.inscription for place in _read_places(amphi))
    return tuple(
        Inscription.objects.filter(
            semestre=amphi.semestre_id,
            subdivision=amphi.subdivision_id,
            groupe=amphi.groupe_id,
            phase=amphi.phase,
        ).select_related("interne", "des")
    )


def fill_liste(liste: ListeAppel, amphi: Amphi, maintenant: datetime) -> None:
    """Figures, hash, ties and ranks; nothing moves when nothing changed."""
    places = _read_places(amphi)
    calcul = calculate(amphi, liste.graine, [place.inscription for place in places])
    if liste.pk is None or calcul.figures != liste.figures:
        liste.computed_at = maintenant
    if calcul.ex_aequo != liste.a_confirmer:
        liste.a_confirmer, liste.ties_confirmed_at, liste.ties_confirmed_by = calcul.ex_aequo, None, ""
    liste.methode, liste.figures, liste.empreinte = calcul.methode, calcul.figures, calcul.empreinte
    _rank_places(places, {ligne["ine"]: ligne["rang"] for ligne in calcul.figures})


def set_places(amphi: Amphi, inscriptions: tuple[Inscription, ...]) -> None:
    """Exactly these internes are in the amphi; absence prévue or an affectation make one hors choix."""
    voulues = {inscription.pk: inscription for inscription in inscriptions}
    amphi.places.exclude(inscription__in=voulues).delete()
    affectes = set(
        Affectation.objects.filter(semestre=amphi.semestre_id, annulee=False).values_list(
            "interne_id", flat=True
        )
    )
    connues = {place.inscription_id: place for place in amphi.places.all()}
    nouvelles = [
        Place(amphi=amphi, inscription=inscription)
        for pk, inscription in voulues.items()
        if pk not in connues
    ]
    changees = []
    for place in (*nouvelles, *connues.values()):
        inscription = voulues[place.inscription_id]
        absent = inscription.absence_prevue or inscription.interne_id in affectes
        statut = Statut.HORS_CHOIX if absent else Statut.A_VENIR
        if place.statut != statut:
            place.statut = statut
            changees += [place] if place.pk is not None else []
    Place.objects.bulk_create(nouvelles, batch_size=LOT)
    Place.objects.bulk_update(changees, ["statut"], batch_size=LOT)


def confirm_ex_aequo(
    amphi_id: int, *, auteur: str, maintenant: datetime, vus: str | None = None
) -> ListeAppel:
    """An agent confirms the order of equals that birth date or lot parted (rules.md §3).

    `vus`: fingerprint of the list whose equals he has read; refused when it is no longer that one.
    """
    with transaction.atomic():
        amphi = Amphi.objects.select_for_update(of=("self",), no_key=True).get(pk=amphi_id)
        check_not_started(amphi)
        liste = amphi.listes.order_by("-version").first()
        if liste is None:
            raise PreparationRefusee("La liste d’appel n’est pas calculée. Préparez l’amphi d’abord.")
        if vus is not None and vus != liste.empreinte:
            raise PreparationRefusee("La liste a changé depuis. Relisez ses ex æquo, puis confirmez.")
        if liste.ties_confirmed_at is None:
            liste.ties_confirmed_at, liste.ties_confirmed_by = maintenant, auteur
            liste.save(update_fields=["ties_confirmed_at", "ties_confirmed_by"])
        return liste


def check_not_started(amphi: Amphi) -> None:
    if amphi.etat in COMMENCES or amphi.seq:
        raise PreparationRefusee(
            f"L’amphi « {amphi.intitule} » a commencé : il ne se prépare plus. Passez par la régie."
        )


def _next_version(amphi: Amphi, derniere: ListeAppel | None) -> ListeAppel:
    """Equals that were confirmed stay confirmed in the next version, until their order changes."""
    if derniere is None:
        return ListeAppel(amphi=amphi, version=1)
    return ListeAppel(
        amphi=amphi,
        version=derniere.version + 1,
        a_confirmer=derniere.a_confirmer,
        ties_confirmed_at=derniere.ties_confirmed_at,
        ties_confirmed_by=derniere.ties_confirmed_by,
    )


def _read_places(amphi: Amphi) -> list[Place]:
    return list(amphi.places.select_related("inscription__interne"))


def _rank_places(places: list[Place], rangs: dict[str, int]) -> None:
    changees = []
    for place in places:
        rang = rangs[place.inscription.interne.ine]
        if place.rang != rang:
            place.rang = rang
            changees.append(place)
    Place.objects.bulk_update(changees, ["rang"], batch_size=LOT)
