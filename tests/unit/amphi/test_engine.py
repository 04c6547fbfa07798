"""The engine as a whole: each command has its decision, each fact its fold, `play` is both at once."""

from gradin.domain.amphi import commands as c
from gradin.domain.amphi.engine import DECISIONS, decide, fold, play
from gradin.domain.amphi.evolution import EVOLUTIONS
from gradin.domain.amphi.facts import FAITS
from tests.unit.amphi.partie import Partie


def concrete_commands():
    """Every command of the module, their two bases apart."""
    classes = {one for one in vars(c).values() if isinstance(one, type) and issubclass(one, c.Commande)}
    return classes - {c.Commande, c.ActeAgent}


def test_every_command_has_a_decision_and_every_fact_a_fold():
    assert set(DECISIONS) == concrete_commands()
    assert set(EVOLUTIONS) == set(FAITS)


def test_names_of_the_contract_lead_to_commands():
    contrat = """corriger_liste demarrer demarrer_session pause reprendre passer replacer absent present
        prolonger message choisir_pour retirer_poste ajouter_poste lever_reserve type_choix multiplicateur
        hors_choix coupler decoupler corriger_choix rattrapage choisir_par_voeux clore"""
    assert set(c.COMMANDES) == set(contrat.split())


def test_play_gives_the_facts_and_the_state_that_they_fold_to():
    partie = Partie()
    commande = partie.confirm(1, "1")
    faits, apres = play(partie.etat, commande, partie.context())
    assert faits == decide(partie.etat, commande, partie.context())
    assert apres == fold(faits, partie.etat)


def test_deciding_changes_nothing_of_the_state_it_is_given():
    partie = Partie()
    avant = fold(partie.faits)
    decide(partie.etat, partie.confirm(1, "1"), partie.context())
    decide(partie.etat, c.Passer(tour=1), partie.context())
    assert partie.etat == avant
