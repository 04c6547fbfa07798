"""« Besoin d'assistance ? » during an amphi: asked by who chooses, answered by the ARS, private."""

from django.db import transaction

from gradin.data.amphis.models import Amphi, EtatAmphi, Place
from gradin.data.demandes.models import Question
from gradin.domain.kernel import Refus
from gradin.operations.amphis.agents import run_commande_agent
from gradin.operations.amphis.choix import speaks_for
from gradin.operations.amphis.lecture_corps import read_value
from gradin.operations.demandes.refus import DemandeRefusee
from gradin.operations.permissions import Interdit, check_can_run_amphi
from gradin.queries.visiteurs import Visiteur

LONGUEUR = 500
LONGUEUR_REPONSE = 1_000
EN_ATTENTE = 2
PERIODE_MS = 15 * 60_000
PAR_PERIODE = 6
FERMEE = "Les questions se posent pendant l’amphithéâtre. Appelez l’ARS."


@transaction.atomic
def ask_question(
    visiteur: Visiteur, amphi_id: int, texte: str, *, pour: int | None, cle: str, maintenant: int
) -> int:
    """The question's id; the same key again asks once. Raises DemandeRefusee, Interdit."""
    numero, _ = speaks_for(visiteur, amphi_id, pour)
    if visiteur.compte is None:
        raise Interdit("Connectez-vous.")
    amphi = Amphi.objects.get(pk=amphi_id)
    if amphi.etat not in (EtatAmphi.EN_COURS, EtatAmphi.PAUSE) or not numero:
        raise DemandeRefusee(FERMEE)
    connue = Question.objects.filter(auteur=visiteur.compte, cle=cle).first()
    if connue is not None:
        return connue.pk
    mots = read_texte(texte, LONGUEUR, "Écrivez votre question, ou choisissez-en une.")
    place = Place.objects.get(amphi=amphi_id, numero=numero)
    _check_not_too_many(place, maintenant)
    question = Question.objects.create(
        amphi=amphi, place=place, auteur_id=visiteur.compte, texte=mots, asked_at=maintenant, cle=cle
    )
    return question.pk


@transaction.atomic
def answer_question(visiteur: Visiteur, question_id: int, texte: str, *, maintenant: int) -> None:
    """The first answer stands. Raises DemandeRefusee, Interdit (absent outside his scope)."""
    question = Question.objects.select_related("amphi").filter(pk=question_id).first()
    if question is None:
        raise Interdit("Cette question n’existe pas.", absent=True)
    check_can_run_amphi(visiteur, question.amphi)
    if question.amphi.etat == EtatAmphi.CLOS:
        raise DemandeRefusee("L’amphithéâtre est clos : rappelez cet interne.")
    mots = read_texte(texte, LONGUEUR_REPONSE, "Écrivez la réponse, ou choisissez-en une prête.")
    attend = Question.objects.filter(pk=question_id, answered_at=None)
    if not attend.update(reponse=mots, answered_at=maintenant, answered_by=visiteur.compte):
        raise DemandeRefusee("Cette question a déjà sa réponse.")


@transaction.atomic
def answer_and_pause(visiteur: Visiteur, question_id: int, texte: str, *, maintenant: int) -> None:
    """Says that the amphi is paused, and pauses it: both or neither. One already paused stays so."""
    answer_question(visiteur, question_id, texte, maintenant=maintenant)
    amphi = Question.objects.values_list("amphi", flat=True).get(pk=question_id)
    reponse = run_commande_agent(amphi, {"type": "pause"}, visiteur, maintenant)
    if reponse.refusee:
        raise DemandeRefusee(str(reponse.corps["message"]))


def read_texte(texte: str, longueur: int, manque: str) -> str:
    """Whole and short; what no screen shows is left out."""
    try:
        mots = str(read_value("texte", str, texte.replace("\r\n", "\n")))
    except Refus:
        mots = texte
    if not mots:
        raise DemandeRefusee(manque, champ="texte")
    if len(mots) > longueur:
        raise DemandeRefusee(f"Le texte dépasse {longueur} caractères. Raccourcissez-le.", champ="texte")
    return mots


def _check_not_too_many(place: Place, maintenant: int) -> None:
    """One person cannot fill the agent's queue."""
    posees = Question.objects.filter(place=place)
    if posees.filter(answered_at=None).count() >= EN_ATTENTE:
        raise DemandeRefusee("Vos questions précédentes attendent leur réponse. Si c’est urgent, appelez.")
    if posees.filter(asked_at__gt=maintenant - PERIODE_MS).count() >= PAR_PERIODE:
        raise DemandeRefusee("Vous avez posé beaucoup de questions. Appelez l’ARS pour la suite.")
