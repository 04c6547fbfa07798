"""Who has left: his person is emptied, what he was given in each semestre stays."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from gradin.data.amphis.models import Favori, ListeAppel
from gradin.data.comptes.models import Compte, Jeton
from gradin.data.internes.models import Inscription, Interne
from gradin.data.profils.models import (
    Changement,
    CodeAide,
    DemandeCorrection,
    DemandeInscription,
    LienCourriel,
    QuestionSecrete,
)
from gradin.data.publications.models import AbonnementCalendrier
from gradin.data.recherches.models import RechercheEnregistree
from gradin.data.services.models import NoteService
from gradin.domain.rang.semestre import parse_semestre

EFFACE = "EFFACE-"


def list_departed(maintenant: int, jours: int) -> list[int]:
    """Internes whose last semestre began more than `jours` days ago and who are not emptied yet."""
    limite = (datetime.fromtimestamp(maintenant / 1000, UTC) - timedelta(days=jours)).date()
    derniers: dict[int, str] = {}
    rows = Inscription.objects.exclude(interne__ine__startswith=EFFACE)
    for interne, code in rows.order_by("semestre__code").values_list("interne", "semestre__code"):
        derniers[interne] = code
    return [interne for interne, code in derniers.items() if parse_semestre(code).debut < limite]


@transaction.atomic
def empty_interne(pk: int) -> None:
    """INE, birth date, contacts, account, secrets. His name stays beside his past affectations."""
    interne = Interne.objects.select_related("compte").get(pk=pk)
    ancien, compte = interne.ine, interne.compte
    for modele in (Changement, CodeAide, DemandeCorrection, DemandeInscription, QuestionSecrete):
        modele.objects.filter(interne=interne).delete()
    Favori.objects.filter(inscription__interne=interne).delete()
    interne.ine = f"{EFFACE}{pk}"
    interne.rpps = interne.courriel = interne.telephone = interne.adresse = interne.recherche = ""
    interne.ne_le, interne.compte, interne.champs_modifies = None, None, []
    interne.save()
    Inscription.objects.filter(interne=interne).update(multiplicateur="", absence_prevue=False)
    _rename_in_lists(pk, ancien, interne.ine)
    if compte is not None:
        close_compte(compte)


def close_compte(compte: Compte) -> None:
    """The row stays where others name it (PROTECT); nothing of the person is left in it."""
    for modele in (EmailAddress, Authenticator, UserSession):
        modele.objects.filter(user=compte).delete()
    for donnee in (AbonnementCalendrier, Jeton, LienCourriel, NoteService, RechercheEnregistree):
        donnee.objects.filter(compte=compte).delete()
    compte.email, compte.nom_affiche = f"compte-{compte.pk}@efface.invalid", ""
    compte.is_active = False
    compte.set_unusable_password()
    compte.save()


def _rename_in_lists(pk: int, ancien: str, nouveau: str) -> None:
    """Call lists name people by INE in what is not hashed."""
    for liste in ListeAppel.objects.filter(amphi__places__inscription__interne=pk).distinct():
        liste.figures = [_renamed(ligne, ancien, nouveau) for ligne in liste.figures]
        liste.a_confirmer = [_replace(groupe, ancien, nouveau) for groupe in liste.a_confirmer]
        liste.save(update_fields=["figures", "a_confirmer"])


def _renamed(ligne: dict[str, object], ancien: str, nouveau: str) -> dict[str, object]:
    return {**ligne, "ine": nouveau} if ligne.get("ine") == ancien else ligne


def _replace(groupe: Sequence[str], ancien: str, nouveau: str) -> list[str]:
    return [nouveau if ine == ancien else ine for ine in groupe]
