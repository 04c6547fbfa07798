"""Who is on the telephone? The secret answer that the agent types, and six digits read on the profile.

The system says yes or no, never the answer; neither opens anything by itself. Each try stands in the history.
"""

from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from gradin.data.profils.models import CodeAide, QuestionSecrete
from gradin.operations.comptes.historique import lock_interne, record
from gradin.operations.comptes.profil import fold_reponse
from gradin.operations.comptes.refus import CompteRefuse
from gradin.operations.permissions import check_can_manage_interne
from gradin.queries.visiteurs import Visiteur

ESSAIS = 5
FENETRE = timedelta(hours=1)
VALIDITE = timedelta(minutes=15)
CHIFFRES = 6


@transaction.atomic
def check_reponse(interne: int, dite: str, agent: Visiteur, *, maintenant: datetime) -> bool:
    """Five tries an hour, whoever the agents are."""
    check_can_manage_interne(agent, interne)
    row = lock_interne(interne)
    question = QuestionSecrete.objects.filter(interne=row).first()
    if question is None:
        raise CompteRefuse("Cet interne n’a pas encore de question secrète. Demandez-lui un code d’aide.")
    if question.essais_depuis is None or question.essais_depuis <= maintenant - FENETRE:
        question.essais, question.essais_depuis = 0, maintenant
    if question.essais >= ESSAIS:
        raise CompteRefuse("Cinq réponses ont été essayées. Demandez un code d’aide, ou attendez une heure.")
    juste = check_password(fold_reponse(dite), question.reponse)
    question.essais = 0 if juste else question.essais + 1
    question.save(update_fields=["essais", "essais_depuis"])
    _record(interne, "verification_reponse", juste, agent, maintenant)
    return juste


@transaction.atomic
def set_code(interne: int, code: str, *, maintenant: datetime) -> datetime:
    """`code` is drawn by the caller and shown once; the last one replaces the others."""
    expires_at = maintenant + VALIDITE
    CodeAide.objects.update_or_create(
        interne_id=interne,
        defaults={"code": make_password(code), "expires_at": expires_at, "essais": 0},
    )
    return expires_at


@transaction.atomic
def check_code(interne: int, dit: str, agent: Visiteur, *, maintenant: datetime) -> bool:
    """A good code serves once; five wrong ones end it."""
    check_can_manage_interne(agent, interne)
    row = lock_interne(interne)
    code = CodeAide.objects.filter(interne=row, expires_at__gt=maintenant, essais__lt=ESSAIS).first()
    juste = code is not None and check_password("".join(dit.split()), code.code)
    if code is not None and juste:
        code.delete()
    elif code is not None:
        code.essais += 1
        code.save(update_fields=["essais"])
    _record(interne, "verification_code", juste, agent, maintenant)
    return juste


def _record(interne: int, champ: str, juste: bool, agent: Visiteur, maintenant: datetime) -> None:
    row = lock_interne(interne)
    record(
        row, champ, avant="", apres="oui" if juste else "non", auteur=agent.courriel, maintenant=maintenant
    )
