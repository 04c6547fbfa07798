"""Decisions on the offer: add, withdraw, lift a reservation."""

from gradin.domain.amphi import commands as c
from gradin.domain.amphi import facts as f
from gradin.domain.amphi.controles import acte
from gradin.domain.amphi.state import Etat, EtatAmphi
from gradin.domain.kernel import Fait, Motif, Refus


def ajouter(etat: Etat, commande: c.AjouterPoste, contexte: c.Contexte) -> tuple[Fait, ...]:
    """Only while paused; a poste withdrawn may come back."""
    numero = commande.poste.poste
    if numero in etat.postes and numero not in etat.retires:
        if etat.postes[numero] == commande.poste:
            return ()
        raise Refus(Motif.VALEUR_INVALIDE, poste=numero)
    _check_paused(etat)
    a = etat.maintenant(contexte.maintenant)
    return (f.PosteAjoute(a=a, poste=commande.poste, prive=acte(commande)),)


def retirer(etat: Etat, commande: c.RetirerPoste, contexte: c.Contexte) -> tuple[Fait, ...]:
    """Only while paused, never one that somebody holds or has joined."""
    _check_offered(etat, commande.poste)
    if commande.poste in etat.retires:
        return ()
    _check_paused(etat)
    if contexte.aval_ouvert:
        raise Refus(Motif.AVAL_OUVERT)
    if commande.poste in etat.tenus or any(one.poste == commande.poste for one in etat.choix.values()):
        raise Refus(Motif.POSTE_POURVU, poste=commande.poste)
    a = etat.maintenant(contexte.maintenant)
    return (f.PosteRetire(a=a, poste=commande.poste, prive=acte(commande)),)


def lever_reserve(etat: Etat, commande: c.LeverReserve, contexte: c.Contexte) -> tuple[Fait, ...]:
    _check_offered(etat, commande.poste)
    if not etat.postes[commande.poste].reserve:
        return ()
    a = etat.maintenant(contexte.maintenant)
    return (f.ReserveLevee(a=a, poste=commande.poste, prive=acte(commande)),)


def _check_offered(etat: Etat, poste: str) -> None:
    if poste not in etat.postes:
        raise Refus(Motif.HORS_OFFRE, poste=poste)


def _check_paused(etat: Etat) -> None:
    if etat.etat is not EtatAmphi.PAUSE:
        raise Refus(Motif.AMPHI_NON_PAUSE)
