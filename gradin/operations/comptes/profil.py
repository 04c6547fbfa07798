"""What an interne may change of himself (manual §4): telephone, address, UFR, secret question."""

from datetime import datetime

from django.db import transaction

from gradin.data.profils.models import QuestionSecrete
from gradin.data.referentiel.models import Ufr
from gradin.domain.identite import fold_nom, fold_telephone
from gradin.operations.comptes.historique import change_interne, lock_interne, record
from gradin.operations.comptes.refus import CompteRefuse


@transaction.atomic
def set_coordonnees(
    interne: int, *, telephone: str, adresse: str, ufr: int | None, auteur: str, maintenant: datetime
) -> tuple[str, ...]:
    """Gives back the names of what changed; an UFR once known is never emptied.

    The same number with other spaces is no change: the roster keeps its own way to write it.
    """
    row = lock_interne(interne)
    if fold_telephone(telephone) == fold_telephone(row.telephone):
        telephone = row.telephone
    voulue = Ufr.objects.filter(pk=ufr).first() if ufr else row.ufr
    if voulue is None and ufr:
        raise CompteRefuse("Cette UFR n’est pas dans la liste. Choisissez-en une.", champ="ufr")
    champs = {"telephone": telephone, "adresse": adresse, "ufr": voulue}
    return change_interne(row, champs, auteur=auteur, maintenant=maintenant)


@transaction.atomic
def set_ufr(interne: int, ufr: int | None, *, auteur: str, maintenant: datetime) -> tuple[str, ...]:
    """Asked on the home page while nobody knows it."""
    row = lock_interne(interne)
    voulue = Ufr.objects.filter(pk=ufr).first() if ufr else None
    if voulue is None:
        raise CompteRefuse("Choisissez votre UFR dans la liste.", champ="ufr")
    return change_interne(row, {"ufr": voulue}, auteur=auteur, maintenant=maintenant)


@transaction.atomic
def set_question(interne: int, *, question: str, reponse: str, auteur: str, maintenant: datetime) -> None:
    """`reponse` is already hashed (`hashers.make_password` of `fold_reponse`)."""
    row = lock_interne(interne)
    connue = QuestionSecrete.objects.filter(interne=row).first()
    QuestionSecrete.objects.update_or_create(
        interne=row,
        defaults={"question": question, "reponse": reponse, "essais": 0, "essais_depuis": None},
    )
    avant = connue.question if connue else ""
    record(row, "question_secrete", avant=avant, apres=question, auteur=auteur, maintenant=maintenant)


def fold_reponse(texte: str) -> str:
    """What is said on the telephone has neither accents nor capitals."""
    return fold_nom(texte)
