"""What an agent reads before he acts on the open tour: whose it is, is he there, what is left to him."""

from collections.abc import Collection

from gradin.domain.amphi.lecture import can_come_back
from gradin.domain.amphi.parametres import Mode
from gradin.domain.amphi.state import Etat
from gradin.queries.regie.file import LigneFile
from gradin.web.regie.catalogue import ActeMis

# Acts that end the tour: the question names whom they take it from.
QUESTIONS = {"passer": "Passer le tour de {}\u202f?", "absent": "Marquer {} absent\u202f?"}


def question_of(acte: ActeMis, etat: Etat, ligne: LigneFile, maintenant: int) -> dict[str, object]:
    """For `regie/acte.html`: title, sentences and seconds left; nothing counts down in a room."""
    tour = etat.tour
    if tour is None:
        return {}
    dit = _worded(acte, etat, ligne) if acte.type in QUESTIONS else {}
    if etat.parametres.mode is Mode.EN_SALLE:
        return {**dit, "reste_s": None}
    reste_ms = tour.fin - (tour.suspendu or maintenant)
    return {
        **dit,
        "reste_s": max(0, -(-reste_ms // 1000)),
        "fin_tour": _presence(ligne, etat.procurations) if acte.type in QUESTIONS else "",
    }


def _worded(acte: ActeMis, etat: Etat, ligne: LigneFile) -> dict[str, object]:
    """Whom the tour is taken from, and who may place him back."""
    consequence = acte.consequence if can_come_back(etat, ligne.interne) else acte.revenu
    return {"titre": QUESTIONS[acte.type].format(ligne.nom), "consequence": consequence}


def _presence(ligne: LigneFile, procurations: Collection[int]) -> str:
    """Under a procuration only the mandataire's connection counts."""
    qui = "Son mandataire" if ligne.interne in procurations else "Cet interne"
    return f"{qui} {'est' if ligne.present else 'n’est pas'} connecté"
