"""Decisions on the open tour: choose, choose for, pass, prolong, and what time decides."""

from gradin.domain.amphi import commands as c
from gradin.domain.amphi import facts as f
from gradin.domain.amphi.controles import (
    acte,
    check_known,
    check_motif,
    check_running,
    check_tour,
    check_vue,
    remaining,
    seconds,
)
from gradin.domain.amphi.enchainement import hors_choix_ailleurs
from gradin.domain.amphi.evolution import fold
from gradin.domain.amphi.places import first_open, refusal, without_limit
from gradin.domain.amphi.state import Etat, EtatAmphi, Statut, Tour
from gradin.domain.amphi.temps import is_expired, is_judged
from gradin.domain.kernel import PHRASES, Fait, Motif, Refus

CALLABLE = (Statut.A_VENIR, Statut.EN_COURS, Statut.PASSE)


def confirm_choix(etat: Etat, commande: c.ConfirmChoix, contexte: c.Contexte) -> tuple[Fait, ...]:
    """« Oui je confirme »: his tour, in time, by who may, a poste open to him."""
    maintenant = etat.maintenant(contexte.maintenant)
    check_is_choosing(etat, commande.interne, commande.tour)
    check_running(etat)
    if etat.tour is not None and is_expired(etat, etat.tour, maintenant):
        raise Refus(Motif.TEMPS_ECOULE)
    check_may_speak(etat, commande)
    check_vue(etat, commande, commande.interne, commande.poste)
    check_open(etat, commande.interne, commande.poste, contexte)
    return (_choice(etat, commande.interne, commande.poste, commande.voie, commande, maintenant),)


def check_is_choosing(etat: Etat, interne: int, numero: int) -> None:
    """The open tour is his and the one he names; else the refusal tells what became of him."""
    check_known(etat, interne)
    if etat.tour is not None and etat.tour.interne == interne and etat.tour.tour == numero:
        return
    if interne in etat.choix:
        choix = etat.choix[interne]
        raise Refus(Motif.DEJA_AFFECTE, poste=choix.poste, n=choix.n)
    if etat.statuts[interne] is Statut.PASSE and numero <= etat.dernier_tour:
        ecoule = etat.causes.get(interne) is f.CausePasse.TEMPS_ECOULE
        raise Refus(Motif.TEMPS_ECOULE if ecoule else Motif.DEJA_PASSE)
    raise Refus(Motif.PAS_VOTRE_TOUR)


def check_may_speak(etat: Etat, commande: c.ConfirmChoix) -> None:
    """Under a procuration only the mandataire chooses, and only once he has accepted."""
    procuration = etat.procurations.get(commande.interne)
    if commande.voie is f.Voie.INTERNE:
        if procuration is not None:
            raise Refus(Motif.MANDATAIRE_SEUL)
    elif commande.voie is f.Voie.MANDATAIRE:
        active = procuration is not None and procuration.acceptee
        if not active or procuration is None or procuration.mandataire != commande.auteur:
            raise Refus(Motif.PROCURATION_INACTIVE)
    else:
        raise Refus(Motif.PAS_VOTRE_TOUR)


def check_open(etat: Etat, interne: int, poste: str, contexte: c.Contexte) -> None:
    """Open to him by rules.md §4; the refusal says how much time is left to choose another."""
    motif = Motif.DEJA_AFFECTE if interne in contexte.ailleurs else refusal(etat, interne, poste)
    if motif is None:
        return
    reste = remaining(etat, etat.maintenant(contexte.maintenant))
    message = f"{PHRASES[motif]} Il vous reste {seconds(reste)}."
    raise Refus(motif, message if reste else None, poste=poste, reste_ms=reste)


def _choice(
    etat: Etat, interne: int, poste: str, voie: f.Voie, commande: c.Commande, a: int, motif: str = ""
) -> f.ChoixConfirme:
    prive = f.ChoixPrive(
        auteur=commande.auteur,
        motif=motif,
        type_choix=etat.lignes[interne].prive.type_choix,
        voie=voie,
        vu=commande.vu,
    )
    tour = 0 if etat.tour is None else etat.tour.tour
    return f.ChoixConfirme(a=a, tour=tour, interne=interne, poste=poste, prive=prive)


def choisir_pour(etat: Etat, commande: c.ChoisirPour, contexte: c.Contexte) -> tuple[Fait, ...]:
    """The ARS enters the choice of the one whose tour is open."""
    a = etat.maintenant(contexte.maintenant)
    interne = check_tour(etat, commande.tour).interne
    check_running(etat)
    check_motif(commande)
    choix = _choice(etat, interne, commande.poste, f.Voie.ARS, commande, a, commande.motif)
    if not commande.depasser or refusal(etat, interne, commande.poste) is not Motif.SURNOMBRE_PLEIN:
        check_open(etat, interne, commande.poste, contexte)
        return (choix,)
    motif = refusal(etat, interne, commande.poste, without_limit(etat))
    if motif is not None:
        raise Refus(motif, poste=commande.poste)
    depassee = f.RegleDepassee(
        auteur=commande.auteur,
        motif=commande.motif,
        interne=interne,
        poste=commande.poste,
        regle=Motif.SURNOMBRE_PLEIN,
    )
    return (f.ActeReserve(a=a, prive=depassee), choix)


def passer(etat: Etat, commande: c.Passer, contexte: c.Contexte) -> tuple[Fait, ...]:
    """Skips the open tour, and no other."""
    interne = check_tour(etat, commande.tour).interne
    prive = f.PassePrive(auteur=commande.auteur, motif=commande.motif, cause=f.CausePasse.AGENT)
    a = etat.maintenant(contexte.maintenant)
    return (f.TourPasse(a=a, tour=commande.tour, interne=interne, prive=prive),)


def marquer_absent(etat: Etat, commande: c.MarquerAbsent, contexte: c.Contexte) -> tuple[Fait, ...]:
    """He does not answer: his armed list speaks for him, or his tour is passed."""
    tour = check_tour(etat, commande.tour)
    return _end_tour(etat, tour, f.CausePasse.ABSENT, commande, contexte)


def prolonger(etat: Etat, commande: c.Prolonger, contexte: c.Contexte) -> tuple[Fait, ...]:
    tour = check_tour(etat, commande.tour)
    if commande.ms <= 0:
        raise Refus(Motif.VALEUR_INVALIDE)
    a = etat.maintenant(contexte.maintenant)
    return (f.TourProlonge(a=a, tour=tour.tour, ms=commande.ms, prive=acte(commande)),)


def echoir(etat: Etat, commande: c.Echoir, contexte: c.Contexte) -> tuple[Fait, ...]:
    """What is due: those affectés elsewhere leave, then at most one tour ends by time."""
    if etat.etat not in (EtatAmphi.EN_COURS, EtatAmphi.PAUSE):
        return ()
    a = etat.maintenant(contexte.maintenant)
    partis = [i for i in sorted(contexte.ailleurs) if etat.statuts.get(i) in CALLABLE]
    faits: tuple[Fait, ...] = tuple(hors_choix_ailleurs(a, interne) for interne in partis)
    etat = fold(faits, etat)
    if etat.etat is EtatAmphi.EN_COURS and etat.tour is not None:
        faits += _by_time(etat, etat.tour, commande, contexte)
    return faits


def _by_time(etat: Etat, tour: Tour, commande: c.Commande, contexte: c.Contexte) -> tuple[Fait, ...]:
    a = etat.maintenant(contexte.maintenant)
    vu = tour.juge is None or tour.interne in contexte.presents
    if is_judged(etat, tour, a) and not vu:
        return _end_tour(etat, tour, f.CausePasse.ABSENT, commande, contexte)
    if is_expired(etat, tour, a):
        cause = f.CausePasse.TEMPS_ECOULE if vu else f.CausePasse.ABSENT
        return _end_tour(etat, tour, cause, commande, contexte)
    return (seen(a, tour, commande.auteur),) if is_judged(etat, tour, a) else ()


def seen(a: int, tour: Tour, auteur: str) -> f.ActeReserve:
    """He is there: no longer judged in this tour."""
    constat = f.PresenceConstatee(auteur=auteur, interne=tour.interne, tour=tour.tour)
    return f.ActeReserve(a=a, prive=constat)


def _end_tour(
    etat: Etat, tour: Tour, cause: f.CausePasse, commande: c.Commande, contexte: c.Contexte
) -> tuple[Fait, ...]:
    """Ends it without him: the first of his armed list still open, else passé."""
    a = etat.maintenant(contexte.maintenant)
    armee = contexte.armee if etat.parametres.liste_armee and etat.etat is EtatAmphi.EN_COURS else ()
    poste = first_open(etat, tour.interne, armee)
    if poste is not None:
        return (_choice(etat, tour.interne, poste, f.Voie.LISTE_ARMEE, commande, a),)
    prive = f.PassePrive(auteur=commande.auteur, cause=cause)
    return (f.TourPasse(a=a, tour=tour.tour, interne=tour.interne, prive=prive),)
