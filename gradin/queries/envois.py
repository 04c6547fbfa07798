"""The mails of an agent's scope: what left, what was refused, what waits. Never their words."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat

from gradin.data.amphis.models import Amphi
from gradin.data.courriers.models import Envoi
from gradin.data.demandes.models import DemandeCouple, DemandeStatut, Procuration
from gradin.data.internes.models import Inscription, Interne
from gradin.queries.visiteurs import Visiteur


class EtatEnvoi(StrEnum):
    ENVOYE = "envoye"
    EN_ATTENTE = "en_attente"
    REFUSE = "refuse"
    ABANDONNE = "abandonne"
    ERRONE = "errone"


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvoiLu:
    """`sujet` and `destinataire` are empty until the worker has written the mail."""

    pk: int
    etat: EtatEnvoi
    sujet: str
    destinataire: str
    created_at: datetime
    sent_at: datetime | None
    essais: int
    erreur: str
    errone_par: str

    @property
    def can_be_sent_again(self) -> bool:
        return self.etat in (EtatEnvoi.REFUSE, EtatEnvoi.ABANDONNE, EtatEnvoi.ERRONE)


ETAT = Case(
    When(wrong_at__isnull=False, then=Value(EtatEnvoi.ERRONE)),
    When(sent_at__isnull=False, then=Value(EtatEnvoi.ENVOYE)),
    When(dead_at__isnull=False, refused=True, then=Value(EtatEnvoi.REFUSE)),
    When(dead_at__isnull=False, then=Value(EtatEnvoi.ABANDONNE)),
    default=Value(EtatEnvoi.EN_ATTENTE),
    output_field=CharField(),
)
# What the subject will be, before the worker has written it.
SUJETS = {
    "choix": "Confirmation d’un choix",
    "annulation": "Choix annulé",
    "report": "Nouvelle date d’un amphi",
    "rattrapage": "Rattrapage annoncé",
    "liste": "Liste d’appel publiée",
}


# Found by what they are about; the others by their address.
NATURES = (
    "choix-",
    "annulation-",
    "report-",
    "rattrapage-",
    "liste-",
    "procuration-",
    "statut-",
    "couple-",
)


def count_envois(agent: Visiteur) -> dict[EtatEnvoi, int]:
    rows = envois_of(agent).values_list("etat").annotate(nombre=Count("pk")).order_by()
    return {EtatEnvoi(etat): nombre for etat, nombre in rows}


def list_envois(
    agent: Visiteur, etat: EtatEnvoi | None, q: str, page: int, par_page: int
) -> tuple[int, tuple[EnvoiLu, ...]]:
    """(total, this page), the latest first."""
    rows = envois_of(agent).defer("texte", "html").order_by("-created_at", "-pk")
    if etat is not None:
        rows = rows.filter(etat=etat)
    if q:
        rows = rows.filter(Q(destinataire__icontains=q) | Q(sujet__icontains=q))
    debut = (page - 1) * par_page
    return rows.count(), tuple(_read(row) for row in rows[debut : debut + par_page])


def envois_of(agent: Visiteur) -> QuerySet[Any, Any]:
    """Those about an amphi, a demand or a person of his scope, each with its `etat`."""
    inscriptions = Inscription.objects.filter(_scope(agent))
    personnes = Interne.objects.filter(inscriptions__in=inscriptions)
    autres = ~_one_of(*NATURES)
    adresses = Q(destinataire__in=personnes.exclude(courriel="").values("courriel")) | Q(
        destinataire__in=personnes.filter(compte__isnull=False).values("compte__email")
    )
    amphis = Amphi.objects.filter(_scope(agent))
    return Envoi.objects.annotate(etat=ETAT).filter(
        _about("choix-", amphis)
        | _about("annulation-", amphis)
        | _about("report-", amphis)
        | _about("rattrapage-", amphis)
        | _about("liste-", amphis)
        | _about("procuration-", Procuration.objects.filter(inscription__in=inscriptions))
        | _about("statut-", DemandeStatut.objects.filter(inscription__in=inscriptions))
        | _about("couple-", DemandeCouple.objects.filter(amphi__in=amphis))
        | (autres & adresses)
    )


def _about(nature: str, rows: QuerySet[Any]) -> Q:
    """Mails whose key is « nature-pk-… » for one of these rows."""
    debut = Concat(Value(nature), Cast("pk", CharField()), Value("-"), output_field=CharField())
    cle = ExpressionWrapper(OuterRef("cle"), output_field=CharField())
    named = rows.annotate(_debut=debut, _cle=cle).filter(_cle__startswith=F("_debut"))
    return Q(cle__startswith=nature) & Q(Exists(named))


def _one_of(*debuts: str) -> Q:
    parts = Q()
    for debut in debuts:
        parts |= Q(cle__startswith=debut)
    return parts


def _scope(agent: Visiteur) -> Q:
    """Nobody's scope is empty: nothing matches."""
    parts = Q(pk__in=[])
    for subdivision, groupe in agent.portees:
        parts |= Q(subdivision=subdivision) & (Q() if groupe is None else Q(groupe=groupe))
    return parts


def _read(row: Any) -> EnvoiLu:
    return EnvoiLu(
        pk=row.pk,
        etat=EtatEnvoi(row.etat),
        sujet=row.sujet or SUJETS.get(row.cle.partition("-")[0], ""),
        destinataire=row.destinataire,
        created_at=row.created_at,
        sent_at=row.sent_at,
        essais=row.tries,
        erreur=row.last_error,
        errone_par=row.wrong_by,
    )
