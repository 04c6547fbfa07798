"""The ARS's attestations: how many choices each subdivision may print, and the ZIPs already made."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from gradin.data.amphis.models import Affectation
from gradin.data.attestations.models import EtatRecueil, Recueil
from gradin.data.comptes.models import Role
from gradin.domain.rang.semestre import parse_semestre
from gradin.queries.cockpit.amphis import scope_of
from gradin.queries.visiteurs import Visiteur

# Five thousand take a minute: one that is still being made after this lost its process.
PATIENCE_MS = 600_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RecueilLu:
    """`created_at`: ms UTC; `fuseau`: that of the subdivision."""

    pk: int
    libelle: str
    semestre: str
    subdivision: str
    fuseau: str
    etat: str
    etat_mot: str
    faites: int
    total: int
    created_at: int

    @property
    def is_busy(self) -> bool:
        return self.etat == EtatRecueil.ENCOURS

    @property
    def is_ready(self) -> bool:
        return self.etat == EtatRecueil.PRET


@dataclass(frozen=True, slots=True, kw_only=True)
class LotImprimable:
    """The choices of one subdivision and semestre that an agent may print."""

    semestre: int
    libelle: str
    subdivision: int
    nom: str
    choix: int


def list_lots(agent: Visiteur) -> tuple[LotImprimable, ...]:
    """The latest semestre first."""
    colonnes = ("semestre", "semestre__code", "poste__subdivision", "poste__subdivision__nom")
    rows = _choices(agent).values_list(*colonnes).annotate(Count("pk"))
    return tuple(
        LotImprimable(
            semestre=semestre,
            libelle=parse_semestre(code).libelle,
            subdivision=subdivision,
            nom=nom,
            choix=choix,
        )
        for semestre, code, subdivision, nom, choix in rows.order_by(
            "-semestre__code", "poste__subdivision__nom"
        )
    )


def list_choices(agent: Visiteur, semestre: int, subdivision: int) -> list[int]:
    """Affectations in his scope, by établissement then by name."""
    rows = _choices(agent).filter(semestre=semestre, poste__subdivision=subdivision)
    ordre = ("poste__service__etablissement__cle_tri", "interne__cle_tri", "pk")
    return list(rows.order_by(*ordre).values_list("pk", flat=True))


def list_recueils(agent: Visiteur) -> QuerySet[Recueil]:
    """His own, since each holds the scope of whoever asked; those of everybody for an administrator."""
    rows = Recueil.objects.select_related("semestre", "subdivision")
    return rows if agent.role == Role.ADMINISTRATEUR else rows.filter(auteur=agent.compte)


def read_recueil(agent: Visiteur, pk: int, maintenant: int) -> RecueilLu | None:
    row = list_recueils(agent).filter(pk=pk).first()
    return None if row is None else _read(row, maintenant)


def read_recueils(agent: Visiteur, maintenant: int, nombre: int = 20) -> tuple[RecueilLu, ...]:
    return tuple(_read(row, maintenant) for row in list_recueils(agent)[:nombre])


def is_being_made(row: Recueil, maintenant: int) -> bool:
    return row.etat == EtatRecueil.ENCOURS and maintenant - row.created_at < PATIENCE_MS


def _choices(agent: Visiteur) -> QuerySet[Affectation]:
    attestees = Q(n__isnull=False, amphi__isnull=False) | Q(hors_choix__isnull=False)
    return Affectation.objects.filter(attestees, scope_of(agent, "poste__"), annulee=False)


def _read(row: Recueil, maintenant: int) -> RecueilLu:
    perdu = row.etat == EtatRecueil.ENCOURS and not is_being_made(row, maintenant)
    etat = EtatRecueil.ARRETE if perdu else EtatRecueil(row.etat)
    return RecueilLu(
        pk=row.pk,
        libelle=parse_semestre(row.semestre.code).libelle,
        semestre=row.semestre.code,
        subdivision=row.subdivision.nom,
        fuseau=row.subdivision.fuseau,
        etat=etat,
        etat_mot=etat.label,
        faites=row.faites,
        total=row.total,
        created_at=row.created_at,
    )
