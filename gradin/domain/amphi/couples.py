"""Decisions on couples: two internes who choose one right after the other."""

from gradin.domain.amphi import commands as c
from gradin.domain.amphi import facts as f
from gradin.domain.amphi.appel import couple_of
from gradin.domain.amphi.controles import acte, check_known, check_with_tours
from gradin.domain.amphi.state import Etat, Statut
from gradin.domain.kernel import Fait, Motif, Refus


def sort_couple(etat: Etat, one: int, other: int) -> tuple[int, int]:
    """The better ranked first."""
    return (one, other) if etat.lignes[one].rang < etat.lignes[other].rang else (other, one)


def coupler(etat: Etat, commande: c.Coupler, contexte: c.Contexte) -> tuple[Fait, ...]:
    """Both à venir, neither placed back nor in another couple."""
    check_with_tours(etat)
    for interne in commande.internes:
        check_known(etat, interne)
    couple = sort_couple(etat, *commande.internes)
    if couple in etat.couples:
        return ()
    if couple[0] == couple[1] or not all(_is_free(etat, interne) for interne in couple):
        raise Refus(Motif.COUPLE_IMPOSSIBLE)
    a = etat.maintenant(contexte.maintenant)
    return (f.CoupleForme(a=a, internes=couple, prive=acte(commande)),)


def _is_free(etat: Etat, interne: int) -> bool:
    return (
        etat.statuts[interne] is Statut.A_VENIR
        and interne not in etat.retours
        and interne != etat.couple_attendu
        and couple_of(etat, interne) is None
    )


def quitter(etat: Etat, commande: c.QuitterCouple, contexte: c.Contexte) -> tuple[Fait, ...]:
    """Either leaves it until somebody ranked after the better one has had a tour."""
    check_known(etat, commande.interne)
    couple = couple_of(etat, commande.interne)
    if couple is None:
        return ()
    if is_engaged(etat, couple):
        raise Refus(Motif.COUPLE_ENGAGE)
    a = etat.maintenant(contexte.maintenant)
    return (f.CoupleDefait(a=a, internes=couple, prive=f.Acte(auteur=commande.auteur)),)


def decoupler(etat: Etat, commande: c.Decoupler, contexte: c.Contexte) -> tuple[Fait, ...]:
    """An agent undoes it at any time; the better ranked, whose place is gone, comes back at once."""
    check_known(etat, commande.interne)
    couple = couple_of(etat, commande.interne)
    if couple is None:
        return ()
    a = etat.maintenant(contexte.maintenant)
    defait = f.CoupleDefait(a=a, internes=couple, prive=acte(commande))
    attend = etat.statuts[couple[0]] is Statut.A_VENIR
    if not attend or not is_engaged(etat, couple):
        return (defait,)
    prive = f.RetourPrive(auteur=commande.auteur, motif=commande.motif, retour=f.Retour.COUPLE)
    return (defait, f.RetourPlace(a=a, interne=couple[0], prive=prive))


def is_engaged(etat: Etat, couple: tuple[int, int]) -> bool:
    return etat.rang_atteint > etat.lignes[couple[0]].rang
