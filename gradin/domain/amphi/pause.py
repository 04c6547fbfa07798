"""Decisions that stop and restart the clock: pause, resume, an outage of the service."""

from gradin.domain.amphi import commands as c
from gradin.domain.amphi import facts as f
from gradin.domain.amphi.controles import acte
from gradin.domain.amphi.evolution import evolve
from gradin.domain.amphi.lecture import empreinte
from gradin.domain.amphi.state import Etat, EtatAmphi
from gradin.domain.amphi.temps import closing
from gradin.domain.kernel import Fait, Motif, Refus


def pauser(etat: Etat, commande: c.Pauser, contexte: c.Contexte) -> tuple[Fait, ...]:
    """Freezes what is left; already paused, nothing to do.

    `technique` is the platform's own word: only its resume leaves more than what was left.
    """
    if etat.etat is EtatAmphi.PAUSE:
        return ()
    if commande.label is f.Label.TECHNIQUE and commande.auteur != c.SYSTEME:
        raise Refus(Motif.VALEUR_INVALIDE)
    a = etat.maintenant(contexte.maintenant)
    return (_pause(etat, a, commande.label, commande.auteur, commande.texte),)


def reprendre(etat: Etat, commande: c.Reprendre, contexte: c.Contexte) -> tuple[Fait, ...]:
    """Gives back exactly what was left; already running, nothing to do."""
    if etat.etat is EtatAmphi.EN_COURS:
        return ()
    return (f.PauseTerminee(a=etat.maintenant(contexte.maintenant), prive=acte(commande)),)


def constater_panne(etat: Etat, commande: c.ConstaterPanne, contexte: c.Contexte) -> tuple[Fait, ...]:
    """The time since `de` is given back, once; beyond reprise_auto the amphi waits for an agent.

    `de` may lie after now: the clock was stepped back, and what was left at `de` is left now.
    """
    if etat.etat is not EtatAmphi.EN_COURS:
        return ()
    a = etat.maintenant(contexte.maintenant)
    de = max(commande.de, etat.dernier_a)
    if de in (a, etat.panne_de):
        return ()
    panne = f.PanneConstatee(a=a, de=de)
    if abs(a - de) <= etat.parametres.reprise_auto_ms:
        return (panne,)
    return (panne, _pause(evolve(etat, panne), a, f.Label.TECHNIQUE, c.SYSTEME, ""))


def _pause(etat: Etat, a: int, label: f.Label, auteur: str, texte: str) -> f.PauseDebutee:
    tour = etat.tour
    prive = f.PausePrivee(
        auteur=auteur,
        texte=texte,
        reste_ms=None if tour is None else closing(etat, tour) - a,
        reste_absence_ms=None if tour is None or tour.juge is None else tour.juge - a,
        etat=empreinte(etat),
    )
    return f.PauseDebutee(a=a, label=label, prive=prive)
