"""The postes that a COP decides: those it opens, those it refuses and why; kept as they were at its close."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.db.models import Max, QuerySet

from gradin.data.commissions.models import Commission, GenreCommission
from gradin.data.ouverture.models import EtatPropose, PostePropose
from gradin.data.postes.models import Regime

DECIDEURS = (GenreCommission.COP, GenreCommission.CONSOLIDATION)
OUVERTS = (EtatPropose.ACCORDE, EtatPropose.PUBLIE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PosteDecide:
    """One seat. `motif`: why it is refused, or why it opens without an agrément."""

    service: str
    des: str
    regime: str
    precision: str
    ouvert: bool
    motif: str

    @property
    def decision(self) -> str:
        mot = "Ouvert" if self.ouvert else "Refusé"
        return f"{mot}\u00a0: {self.motif}" if self.motif else mot


@dataclass(frozen=True, slots=True, kw_only=True)
class PostesDecides:
    """None for a commission that decides no poste."""

    postes: tuple[PosteDecide, ...] = ()

    @property
    def ouverts(self) -> tuple[PosteDecide, ...]:
        return tuple(un for un in self.postes if un.ouvert)

    @property
    def refuses(self) -> tuple[PosteDecide, ...]:
        return tuple(un for un in self.postes if not un.ouvert)


AUCUN = PostesDecides()


def decides_postes(row: Commission) -> bool:
    return row.genre in DECIDEURS


def read_postes(row: Commission) -> PostesDecides:
    """As they stand; as they stood when the minutes were stated."""
    if row.closed_at is not None:
        return PostesDecides(postes=tuple(PosteDecide(**un) for un in row.postes))
    return PostesDecides(postes=tuple(_read(un) for un in _find(row)))


def write_postes(row: Commission) -> list[dict[str, object]]:
    """What the minutes keep."""
    return [asdict(un) for un in read_postes(row).postes]


def _find(row: Commission) -> Iterable[PostePropose]:
    """Decided since the last commission of this kind; those of the docteurs juniors are their own's."""
    if not decides_postes(row) or row.semestre_id is None:
        return ()
    rows = PostePropose.objects.filter(
        ouverture__semestre=row.semestre_id, ouverture__subdivision=row.subdivision_id
    )
    rows = rows.filter(etat__in=(*OUVERTS, EtatPropose.REFUSE), decided_at__isnull=False)
    siens = rows.filter(regime=Regime.CONSOLIDATION)
    if row.genre != GenreCommission.CONSOLIDATION:
        siens = rows.exclude(regime=Regime.CONSOLIDATION)
    return (
        _since(siens, row)
        .select_related("service__etablissement", "des")
        .order_by("des__intitule", "service__cle_tri", "pk")
    )


def _since(rows: QuerySet[PostePropose], row: Commission) -> QuerySet[PostePropose]:
    memes = Commission.objects.filter(
        semestre=row.semestre_id, subdivision=row.subdivision_id, genre=row.genre, closed_at__isnull=False
    )
    depuis = memes.exclude(pk=row.pk).aggregate(m=Max("closed_at"))["m"]
    return rows if depuis is None else rows.filter(decided_at__gt=depuis)


def _read(un: PostePropose) -> PosteDecide:
    return PosteDecide(
        service=str(un.service),
        des=un.des.intitule,
        regime=un.get_regime_display(),
        precision=un.flechage,
        ouvert=un.etat in OUVERTS,
        motif=un.motif,
    )
