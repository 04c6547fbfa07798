"""Compute a call list, store it as a version, give each interne of the amphi his place."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gradin.data.amphis.models import Affectation, Amphi, EtatAmphi, ListeAppel, Place, Statut
from gradin.data.internes.models import Inscription
from gradin.domain.rang.construction import build_liste
from gradin.domain.rang.semestre import parse_semestre
from gradin.operations.preparation.figures import hash_figures, write_figures
from gradin.operations.preparation.refus import PreparationRefusee
from gradin.queries.candidats import count_effectifs, list_candidats
from gradin.queries.reglages import read_parametres_rang

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


def fill_liste(liste: ListeAppel, amphi: Amphi, maintenant: datetime) -> None:
    """Figures, hash, ties and ranks; nothing moves when nothing changed."""
    parametres = read_parametres_rang(amphi.parametres, liste.graine)
    places = list(amphi.places.select_related("inscription__interne"))
    inscriptions = {place.inscription.interne.ine: place.inscription for place in places}
    effectifs = count_effectifs(amphi.semestre_id, amphi.subdivision_id)
    calcul = build_liste(
        parse_semestre(amphi.semestre.code), list_candidats(inscriptions.values(), effectifs), parametres
    )
    figures = write_figures(calcul, inscriptions)
    if liste.pk is None or figures != liste.figures:
        liste.computed_at = maintenant
    ex_aequo = [list(groupe) for groupe in calcul.a_confirmer]
    if ex_aequo != liste.a_confirmer:
        liste.a_confirmer, liste.ties_confirmed_at, liste.ties_confirmed_by = ex_aequo, None, ""
    liste.methode, liste.figures = parametres.methode.value, figures
    liste.empreinte = hash_figures(amphi, liste.graine, liste.methode, figures)
    _rank_places(places, {ligne.ine: ligne.rang for ligne in calcul.lignes})


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


def confirm_ex_aequo(amphi_id: int, *, auteur: str, maintenant: datetime) -> ListeAppel:
    """An agent confirms the order of equals that birth date or lot parted (rules.md §3)."""
    with transaction.atomic():
        amphi = Amphi.objects.select_for_update(of=("self",), no_key=True).get(pk=amphi_id)
        check_not_started(amphi)
        liste = amphi.listes.order_by("-version").first()
        if liste is None:
            raise PreparationRefusee("La liste d’appel n’est pas calculée. Préparez l’amphi d’abord.")
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
    return ListeAppel(amphi=amphi, version=derniere.version + 1 if derniere else 1)


def _rank_places(places: list[Place], rangs: dict[str, int]) -> None:
    changees = []
    for place in places:
        rang = rangs[place.inscription.interne.ine]
        if place.rang != rang:
            place.rang = rang
            changees.append(place)
    Place.objects.bulk_update(changees, ["rang"], batch_size=LOT)
