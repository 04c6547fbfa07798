"""The engine: `decide` says what happens or refuses, `evolve` folds it, `echeance` winds the clock."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from gradin.domain.amphi import actes, corrections, couples, deroulement, pause, postes, retours, tours, voeux
from gradin.domain.amphi import commands as c
from gradin.domain.amphi.enchainement import enchainer
from gradin.domain.amphi.evolution import evolve, fold
from gradin.domain.amphi.state import Etat, EtatAmphi
from gradin.domain.amphi.temps import echeance, is_due
from gradin.domain.kernel import Fait, Motif, Refus

__all__ = ["decide", "echeance", "evolve", "fold", "is_due", "play"]

Decision = Callable[[Etat, Any, c.Contexte], tuple[Fait, ...]]

DECISIONS: Mapping[type[c.Commande], Decision] = {
    c.Demarrer: deroulement.demarrer,
    c.DemarrerSession: deroulement.demarrer_session,
    c.Rattraper: deroulement.rattraper,
    c.Clore: deroulement.clore,
    c.Echoir: tours.echoir,
    c.ConfirmChoix: tours.confirm_choix,
    c.ChoisirPour: tours.choisir_pour,
    c.Passer: tours.passer,
    c.MarquerAbsent: tours.marquer_absent,
    c.Prolonger: tours.prolonger,
    c.Pauser: pause.pauser,
    c.Reprendre: pause.reprendre,
    c.ConstaterPanne: pause.constater_panne,
    c.ConnecterRetour: retours.connecter,
    c.DemanderRetour: retours.demander,
    c.Replacer: retours.replacer,
    c.MarquerPresent: retours.marquer_present,
    c.MarquerHorsChoix: retours.marquer_hors_choix,
    c.Coupler: couples.coupler,
    c.Decoupler: couples.decoupler,
    c.QuitterCouple: couples.quitter,
    c.AjouterPoste: postes.ajouter,
    c.RetirerPoste: postes.retirer,
    c.LeverReserve: postes.lever_reserve,
    c.ChangerTypeChoix: actes.changer_type,
    c.ChangerMultiplicateur: actes.changer_multiplicateur,
    c.FixerProcuration: actes.fixer_procuration,
    c.AnnulerProcuration: actes.annuler_procuration,
    c.Message: actes.diffuser,
    c.CorrigerChoix: corrections.corriger_choix,
    c.CorrigerListe: corrections.corriger_liste,
    c.ChoisirParVoeux: voeux.choisir_par_voeux,
}
AFTER_CLOSING = (c.CorrigerChoix, c.Clore, c.Echoir, c.ConstaterPanne, c.ConnecterRetour, c.Demarrer)
SYSTEM = (c.Echoir, c.ConstaterPanne, c.ConnecterRetour)


def decide(etat: Etat, commande: c.Commande, contexte: c.Contexte) -> tuple[Fait, ...]:
    """The facts that the command causes, the next tour included; raises Refus. No fact: nothing to do."""
    return play(etat, commande, contexte)[0]


def play(etat: Etat, commande: c.Commande, contexte: c.Contexte) -> tuple[tuple[Fait, ...], Etat]:
    """Decides, and gives the state after: the same as `fold`, computed once."""
    check_phase(etat, commande)
    if commande.vu is not None and commande.vu > etat.seq:
        raise Refus(Motif.VUE_PERIMEE)
    contexte = with_whom_it_shows(commande, contexte)
    faits = DECISIONS[type(commande)](etat, commande, contexte)
    suite, apres = enchainer(fold(faits, etat), contexte)
    return faits + suite, apres


def with_whom_it_shows(commande: c.Commande, contexte: c.Contexte) -> c.Contexte:
    """Whoever connects, or is seen by an agent, is present whatever was read of the connections."""
    if isinstance(commande, (c.ConnecterRetour, c.MarquerPresent)):
        return replace(contexte, presents=contexte.presents | {commande.interne})
    return contexte


def check_phase(etat: Etat, commande: c.Commande) -> None:
    """What may be asked before the start and after the close; raises Refus."""
    if etat.etat is EtatAmphi.A_DEMARRER and not isinstance(commande, (c.Demarrer, *SYSTEM)):
        raise Refus(Motif.AMPHI_NON_DEMARRE)
    if etat.etat is EtatAmphi.CLOS and not isinstance(commande, AFTER_CLOSING):
        raise Refus(Motif.AMPHI_CLOS)
