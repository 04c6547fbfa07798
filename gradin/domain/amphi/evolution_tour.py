"""What the facts of the clock and of the turns change in the state."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from gradin.domain.amphi import facts as f
from gradin.domain.amphi.appel import couple_of
from gradin.domain.amphi.parametres import Mode
from gradin.domain.amphi.state import Etat, EtatAmphi, Statut, Tour

K = TypeVar("K")
V = TypeVar("V")


def without(table: Mapping[K, V], cle: K) -> dict[K, V]:
    return {k: v for k, v in table.items() if k != cle}


def open_tour(etat: Etat, fait: f.TourOuvert) -> Etat:
    """His own length counts for the end, the amphi's for what others see."""
    tour = Tour(
        tour=fait.tour,
        interne=fait.interne,
        debut=fait.a,
        fin=fait.a + fait.prive.duree_ms,
        fin_publique=fait.a + fait.duree_ms,
        juge=_judgement(etat, fait),
    )
    attendu = None if etat.couple_attendu == fait.interne else etat.couple_attendu
    return etat.change(
        tour=tour,
        dernier_tour=fait.tour,
        statuts={**etat.statuts, fait.interne: Statut.EN_COURS},
        retours=etat.retours - {fait.interne},
        couple_attendu=attendu,
        rang_atteint=max(etat.rang_atteint, etat.lignes[fait.interne].rang),
    )


def _judgement(etat: Etat, fait: f.TourOuvert) -> int | None:
    if fait.prive.present or etat.parametres.mode is Mode.EN_SALLE:
        return None
    return max(fait.a + etat.parametres.delai_absence_ms, etat.indulgence)


def close_tour(etat: Etat, interne: int, statut: Statut) -> Etat:
    """Ends his tour if it is open; the better ranked of his couple, who waited for it, comes next."""
    etat = etat.change(statuts={**etat.statuts, interne: statut}, retours=etat.retours - {interne})
    if etat.tour is None or etat.tour.interne != interne:
        return etat
    etat = etat.change(tour=None)
    couple = couple_of(etat, interne)
    if couple is None:
        return etat
    meilleur, autre = couple
    suit = meilleur if interne == autre and etat.statuts[meilleur] is Statut.A_VENIR else None
    return etat.change(couples=_remaining(etat, couple), couple_attendu=suit)


def pass_tour(etat: Etat, fait: f.TourPasse) -> Etat:
    passe = close_tour(etat, fait.interne, Statut.PASSE)
    return passe.change(causes={**etat.causes, fait.interne: fait.prive.cause})


def prolong(etat: Etat, fait: f.TourProlonge) -> Etat:
    tour = etat.tour
    if tour is None or tour.tour != fait.tour:
        return etat
    tour = replace(tour, fin=tour.fin + fait.ms, fin_publique=tour.fin_publique + fait.ms)
    return etat.change(tour=tour)


def suspend(etat: Etat, fait: f.PauseDebutee) -> Etat:
    tour = None if etat.tour is None else replace(etat.tour, suspendu=fait.a)
    return etat.change(etat=EtatAmphi.PAUSE, pause=fait.label, tour=tour)


def resume(etat: Etat, fait: f.PauseTerminee) -> Etat:
    """Gives back what was left; after a technical pause at least the minimum, and time to reconnect."""
    technique = etat.pause is f.Label.TECHNIQUE
    etat = etat.change(etat=EtatAmphi.EN_COURS, pause=None)
    tour = etat.tour
    if tour is not None and tour.suspendu is not None:
        etat = etat.change(tour=replace(shift(tour, fait.a - tour.suspendu), suspendu=None))
    return _after_outage(etat, fait.a, etat.parametres.reste_minimal_ms) if technique else etat


def give_back(etat: Etat, fait: f.PanneConstatee) -> Etat:
    """What was left at `de` is left at `a`."""
    etat = etat.change(panne_de=fait.de)
    if etat.tour is not None and etat.tour.suspendu is None:
        etat = etat.change(tour=shift(etat.tour, fait.a - fait.de))
    return _after_outage(etat, fait.a, None)


def shift(tour: Tour, ms: int) -> Tour:
    """The same tour, all its instants later by `ms`."""
    juge = None if tour.juge is None else tour.juge + ms
    return replace(tour, fin=tour.fin + ms, fin_publique=tour.fin_publique + ms, juge=juge)


def _after_outage(etat: Etat, a: int, minimal: int | None) -> Etat:
    """Pages are reconnecting: nobody is judged absent for a while."""
    indulgence = a + etat.parametres.indulgence_ms
    tour = etat.tour
    if tour is None:
        return etat.change(indulgence=indulgence)
    juge = None if tour.juge is None else max(tour.juge, indulgence)
    fin, publique = tour.fin, tour.fin_publique
    if minimal is not None:
        fin, publique = max(fin, a + minimal), max(publique, a + minimal)
    return etat.change(indulgence=indulgence, tour=replace(tour, juge=juge, fin=fin, fin_publique=publique))


def place_back(etat: Etat, fait: f.RetourPlace) -> Etat:
    """A hors choix simply takes his rank again; anybody else comes right after the one choosing."""
    interne = fait.interne
    reprend_son_rang = etat.statuts[interne] is Statut.HORS_CHOIX
    seul = fait.prive.retour in (f.Retour.CONNEXION, f.Retour.DEMANDE)
    return etat.change(
        statuts={**etat.statuts, interne: Statut.A_VENIR},
        causes=without(etat.causes, interne),
        retours=etat.retours if reprend_son_rang else etat.retours | {interne},
        revenus=etat.revenus | {interne} if seul else etat.revenus,
    )


def hors_choix(etat: Etat, fait: f.HorsChoixConstate) -> Etat:
    etat = close_tour(etat, fait.interne, Statut.HORS_CHOIX)
    attendu = None if etat.couple_attendu == fait.interne else etat.couple_attendu
    return etat.change(
        causes=without(etat.causes, fait.interne),
        couples=_remaining(etat, couple_of(etat, fait.interne)),
        couple_attendu=attendu,
    )


def form_couple(etat: Etat, fait: f.CoupleForme) -> Etat:
    return etat.change(couples=(*etat.couples, fait.internes))


def undo_couple(etat: Etat, fait: f.CoupleDefait) -> Etat:
    return etat.change(couples=_remaining(etat, fait.internes))


def _remaining(etat: Etat, parti: tuple[int, int] | None) -> tuple[tuple[int, int], ...]:
    return tuple(couple for couple in etat.couples if couple != parti)
