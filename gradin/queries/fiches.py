"""What an agent reads of people: sign-up requests side by side with the roster, one interne's page."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from gradin.data.internes.models import Inscription, Interne
from gradin.data.profils.models import DemandeInscription, EtatDemande
from gradin.queries.roster.portee import scope_of
from gradin.queries.visiteurs import Visiteur

CHAMPS = (
    ("nom", "Nom"),
    ("prenom", "Prénom"),
    ("ne_le", "Date de naissance"),
    ("courriel", "Courriel"),
    ("ine", "INE"),
    ("telephone", "Téléphone"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneComparee:
    nom: str
    saisie: str
    connue: str
    differe: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandeLue:
    """`interne`: pk of the one it seems to be; None when the roster knows nobody like that."""

    pk: int
    nom: str
    interne: int | None
    a_un_compte: bool
    created_at: datetime
    etat: str
    traitee_at: datetime | None
    traitee_par: str
    lignes: tuple[LigneComparee, ...]


def list_demandes(agent: Visiteur) -> tuple[DemandeLue, ...]:
    """Those to settle, the oldest first."""
    rows = _in_scope(agent).filter(etat=EtatDemande.A_TRAITER)
    return tuple(_read(row) for row in rows)


def list_settled(agent: Visiteur) -> tuple[DemandeLue, ...]:
    """The last that an agent settled."""
    rows = _in_scope(agent).filter(traitee_at__isnull=False).order_by("-traitee_at", "-pk")
    return tuple(_read(row) for row in rows[:10])


def demandes_of(interne: int) -> tuple[DemandeLue, ...]:
    rows = DemandeInscription.objects.filter(interne=interne).select_related("interne").order_by("-pk")
    return tuple(_read(row) for row in rows[:10])


def has_compte(pk: int) -> bool:
    return Interne.objects.filter(pk=pk, compte__isnull=False).exists()


def _in_scope(agent: Visiteur) -> QuerySet[DemandeInscription]:
    """As `permissions.can_settle_demande` judges one: a test holds them together."""
    inscriptions = Inscription.objects.filter(scope_of(agent), interne=OuterRef("interne"))
    siennes = Q(Exists(inscriptions))
    if any(groupe is None for _, groupe in agent.portees):
        siennes |= Q(interne__isnull=True)
    return DemandeInscription.objects.filter(siennes).select_related("interne")


def _read(row: DemandeInscription) -> DemandeLue:
    interne = row.interne
    return DemandeLue(
        pk=row.pk,
        nom=f"{row.prenom} {row.nom}",
        interne=interne.pk if interne else None,
        a_un_compte=interne is not None and interne.compte_id is not None,
        created_at=row.created_at,
        etat=row.get_etat_display(),
        traitee_at=row.traitee_at,
        traitee_par=row.traitee_par,
        lignes=tuple(_compare(row, interne, champ, nom) for champ, nom in CHAMPS),
    )


def _compare(row: DemandeInscription, interne: Interne | None, champ: str, nom: str) -> LigneComparee:
    return LigneComparee(
        nom=nom,
        saisie=_show(getattr(row, champ)),
        connue=_show(getattr(interne, champ)) if interne else "",
        differe=champ in row.differences,
    )


def _show(valeur: object) -> str:
    return valeur.strftime("%d/%m/%Y") if isinstance(valeur, date) else str(valeur or "")
