"""Decisions on the course of the amphi: start, sessions, rattrapage, close."""

from gradin.domain.amphi import commands as c
from gradin.domain.amphi import facts as f
from gradin.domain.amphi.appel import next_interne, next_session
from gradin.domain.amphi.controles import acte, check_running, check_with_tours
from gradin.domain.amphi.depart import SessionPrevue
from gradin.domain.amphi.lecture import empreinte
from gradin.domain.amphi.state import Etat, EtatAmphi, Statut
from gradin.domain.kernel import Fait, Motif, Refus


def demarrer(etat: Etat, commande: c.Demarrer, contexte: c.Contexte) -> tuple[Fait, ...]:
    """The first fact; the first session begins with it when its hour has come."""
    if etat.etat is not EtatAmphi.A_DEMARRER:
        return ()
    if contexte.amont_ouvert:
        raise Refus(Motif.AMONT_OUVERT)
    check_start(commande)
    a = contexte.maintenant
    sessions = commande.sessions or (_whole_list(commande, a),)
    debut = _start(commande, contexte, sessions)
    if sessions[0].debut > a or commande.parametres.par_voeux:
        return (debut,)
    return (debut, f.SessionOuverte(a=a, session=1, prive=acte(commande)))


def check_start(commande: c.Demarrer) -> None:
    """Numbers 1…n, ranks distinct, postes distinct, sessions 1…k; raises Refus."""
    numeros = sorted(ligne.interne for ligne in commande.liste)
    rangs = {ligne.rang for ligne in commande.liste}
    postes = {poste.poste for poste in commande.offre}
    sains = (
        numeros == list(range(1, len(numeros) + 1)),
        len(rangs) == len(numeros) > 0,
        len(postes) == len(commande.offre),
        all(one in numeros and other in numeros and one != other for one, other in commande.couples),
        [session.session for session in commande.sessions] == list(range(1, len(commande.sessions) + 1)),
    )
    if not all(sains):
        raise Refus(Motif.LISTE_INVALIDE)


def _whole_list(commande: c.Demarrer, a: int) -> SessionPrevue:
    rangs = [ligne.rang for ligne in commande.liste]
    return SessionPrevue(session=1, debut=a, fin=a, rang_de=min(rangs), rang_a=max(rangs))


def _start(commande: c.Demarrer, contexte: c.Contexte, sessions: tuple[SessionPrevue, ...]) -> f.AmphiDemarre:
    rangs = {ligne.interne: ligne.rang for ligne in commande.liste}
    absents = {ligne.interne for ligne in commande.liste if ligne.prive.absence_prevue}
    hors_choix = absents | (contexte.ailleurs & rangs.keys())
    couples = (sorted(couple, key=lambda interne: rangs[interne]) for couple in commande.couples)
    return f.AmphiDemarre(
        a=contexte.maintenant,
        amphi=commande.amphi,
        parametres=commande.parametres,
        empreinte_liste=commande.empreinte_liste,
        liste=commande.liste,
        hors_choix=tuple(sorted(hors_choix)),
        offre=commande.offre,
        tenus=tuple(sorted(commande.tenus)),
        couples=tuple((one, other) for one, other in couples if not hors_choix & {one, other}),
        sessions=sessions,
        prive=acte(commande),
    )


def demarrer_session(etat: Etat, commande: c.DemarrerSession, contexte: c.Contexte) -> tuple[Fait, ...]:
    """The next session, never before its hour."""
    check_with_tours(etat)
    if commande.session is not None and commande.session <= etat.sessions_ouvertes:
        return ()
    check_running(etat)
    prochaine = next_session(etat)
    if prochaine is None or commande.session not in (None, prochaine.session):
        raise Refus(Motif.SESSION_INCONNUE)
    if etat.session_en_cours:
        raise Refus(Motif.SESSION_EN_COURS)
    a = etat.maintenant(contexte.maintenant)
    if a < prochaine.debut:
        raise Refus(Motif.SESSION_TROP_TOT, debut=prochaine.debut)
    return (f.SessionOuverte(a=a, session=prochaine.session, prive=acte(commande)),)


def rattraper(etat: Etat, commande: c.Rattraper, contexte: c.Contexte) -> tuple[Fait, ...]:
    """A last session for the passés, once everybody has been called."""
    check_with_tours(etat)
    if etat.rattrapage and etat.session_en_cours:
        return ()
    check_running(etat)
    passes = tuple(
        interne
        for interne in etat.ordre
        if etat.statuts[interne] is Statut.PASSE and interne not in contexte.ailleurs
    )
    occupe = etat.tour is not None or next_session(etat) is not None or next_interne(etat) is not None
    if occupe or not passes:
        raise Refus(Motif.RATTRAPAGE_IMPOSSIBLE)
    a = etat.maintenant(contexte.maintenant)
    return (f.RattrapageOuvert(a=a, internes=passes, prive=acte(commande)),)


def still_to_choose(etat: Etat) -> tuple[int, ...]:
    """Whom a close would leave without a tour: à venir or choosing, by rank."""
    attend = (Statut.A_VENIR, Statut.EN_COURS)
    return tuple(interne for interne in etat.ordre if etat.statuts[interne] in attend)


def clore(etat: Etat, commande: c.Clore, contexte: c.Contexte) -> tuple[Fait, ...]:
    """Two agents when somebody is still to choose; the open tour is passed first."""
    if etat.etat is EtatAmphi.CLOS:
        return ()
    restants = still_to_choose(etat)
    if restants and (commande.second is None or commande.second == commande.auteur):
        raise Refus(Motif.SECOND_AGENT_REQUIS, internes=restants)
    a = etat.maintenant(contexte.maintenant)
    faits: tuple[Fait, ...] = ()
    if etat.tour is not None:
        prive = f.PassePrive(auteur=commande.auteur, motif=commande.motif, cause=f.CausePasse.AGENT)
        faits = (f.TourPasse(a=a, tour=etat.tour.tour, interne=etat.tour.interne, prive=prive),)
        restants = tuple(interne for interne in restants if interne != etat.tour.interne)
    cloture = f.CloturePrivee(
        auteur=commande.auteur, motif=commande.motif, second=commande.second, etat=empreinte(etat)
    )
    return (*faits, f.AmphiClos(a=a, internes=restants, prive=cloture))
