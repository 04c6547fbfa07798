"""Decisions on who comes back and who does not choose: late arrivals, requests, acts of the agent."""

from gradin.domain.amphi import commands as c
from gradin.domain.amphi import facts as f
from gradin.domain.amphi.controles import acte, check_known, check_with_tours
from gradin.domain.amphi.parametres import Mode
from gradin.domain.amphi.state import Etat, EtatAmphi, Statut
from gradin.domain.amphi.tours import seen
from gradin.domain.kernel import Fait, Motif, Refus


def connecter(etat: Etat, commande: c.ConnecterRetour, contexte: c.Contexte) -> tuple[Fait, ...]:
    """A passé (absent) who connects comes back, once; the one choosing is no longer judged."""
    if etat.etat not in (EtatAmphi.EN_COURS, EtatAmphi.PAUSE) or etat.parametres.mode is Mode.EN_SALLE:
        return ()
    interne, a = commande.interne, etat.maintenant(contexte.maintenant)
    if etat.tour is not None and etat.tour.interne == interne and etat.tour.juge is not None:
        return (seen(a, etat.tour, commande.auteur),)
    absent = etat.causes.get(interne) is f.CausePasse.ABSENT
    if not absent or interne in etat.revenus or interne in contexte.ailleurs or etat.parametres.par_voeux:
        return ()
    return (_back(a, interne, f.Retour.CONNEXION, f.Acte(auteur=commande.auteur)),)


def demander(etat: Etat, commande: c.DemanderRetour, contexte: c.Contexte) -> tuple[Fait, ...]:
    """A passé asks to be placed back, whatever the cause; once, whichever way he came back."""
    check_with_tours(etat)
    check_known(etat, commande.interne)
    if commande.interne in etat.retours:
        return ()
    _check_not_elsewhere(contexte, commande.interne)
    if etat.statuts[commande.interne] is not Statut.PASSE:
        raise Refus(Motif.RETOUR_IMPOSSIBLE)
    if commande.interne in etat.revenus:
        raise Refus(Motif.RETOUR_DEJA_UTILISE)
    a = etat.maintenant(contexte.maintenant)
    return (_back(a, commande.interne, f.Retour.DEMANDE, f.Acte(auteur=commande.auteur)),)


def replacer(etat: Etat, commande: c.Replacer, contexte: c.Contexte) -> tuple[Fait, ...]:
    """An agent places a passé right after the one choosing, as often as he wants."""
    check_with_tours(etat)
    check_known(etat, commande.interne)
    if commande.interne in etat.retours:
        return ()
    _check_not_elsewhere(contexte, commande.interne)
    if etat.statuts[commande.interne] is not Statut.PASSE:
        raise Refus(Motif.STATUT_INCOMPATIBLE, statut=etat.statuts[commande.interne].value)
    return (_back(etat.maintenant(contexte.maintenant), commande.interne, f.Retour.AGENT, acte(commande)),)


def marquer_present(etat: Etat, commande: c.MarquerPresent, contexte: c.Contexte) -> tuple[Fait, ...]:
    """En cours: no longer judged. Passé: placed back. Hors choix: takes his rank again."""
    check_known(etat, commande.interne)
    a = etat.maintenant(contexte.maintenant)
    if etat.tour is not None and etat.tour.interne == commande.interne:
        return (seen(a, etat.tour, commande.auteur),) if etat.tour.juge is not None else ()
    if etat.statuts[commande.interne] not in (Statut.PASSE, Statut.HORS_CHOIX):
        return ()
    check_with_tours(etat)
    _check_not_elsewhere(contexte, commande.interne)
    return (_back(a, commande.interne, f.Retour.AGENT, acte(commande)),)


def marquer_hors_choix(etat: Etat, commande: c.MarquerHorsChoix, contexte: c.Contexte) -> tuple[Fait, ...]:
    """He does not choose this semester."""
    check_known(etat, commande.interne)
    statut = etat.statuts[commande.interne]
    if statut is Statut.HORS_CHOIX:
        return ()
    if statut is Statut.A_CHOISI:
        raise Refus(Motif.STATUT_INCOMPATIBLE, statut=statut.value)
    a = etat.maintenant(contexte.maintenant)
    return (f.HorsChoixConstate(a=a, interne=commande.interne, prive=acte(commande)),)


def _back(a: int, interne: int, retour: f.Retour, par: f.Acte) -> f.RetourPlace:
    prive = f.RetourPrive(auteur=par.auteur, motif=par.motif, retour=retour)
    return f.RetourPlace(a=a, interne=interne, prive=prive)


def _check_not_elsewhere(contexte: c.Contexte, interne: int) -> None:
    if interne in contexte.ailleurs:
        raise Refus(Motif.DEJA_AFFECTE)
