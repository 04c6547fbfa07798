"""Which semestre a page is about, and the version of everything public in it."""

import hashlib
from dataclasses import dataclass

from django.db.models import Count, Max, Q

from gradin.data.amphis.models import Affectation, Amphi, ListeAppel
from gradin.data.postes.models import Poste
from gradin.data.referentiel.models import Semestre
from gradin.domain.rang.semestre import parse_semestre


@dataclass(frozen=True, slots=True, kw_only=True)
class SemestreLu:
    pk: int
    code: str
    libelle: str


def find_semestre(code: str = "") -> SemestreLu | None:
    """The one asked for; else the latest that has an amphi, else the latest that has postes."""
    rows = Semestre.objects.order_by("-code")
    if code:
        return _read(rows.filter(code=code).first())
    return _read(rows.filter(amphi__isnull=False).first() or rows.filter(poste__isnull=False).first())


def _read(row: Semestre | None) -> SemestreLu | None:
    if row is None:
        return None
    return SemestreLu(pk=row.pk, code=row.code, libelle=parse_semestre(row.code).libelle)


def list_semestres() -> list[SemestreLu]:
    """Those that have an affectation or an amphi, the latest first."""
    rows = Semestre.objects.filter(Q(affectation__annulee=False) | Q(amphi__isnull=False))
    lus = (_read(row) for row in rows.distinct().order_by("-code"))
    return [lu for lu in lus if lu is not None]


def version_of(semestre: SemestreLu | None) -> str:
    """Changes whenever a fact, an offer, a state, an hour or a call list of this semestre changes.

    Of an affectation given outside any amphi too: no journal counts it.
    """
    if semestre is None:
        return "0"
    rows = Amphi.objects.filter(semestre=semestre.pk).order_by("pk")
    lu = [*rows.values_list("pk", "seq", "etat", "version_offre", "debut", "ouverture_favoris")]
    compte = Poste.objects.filter(semestre=semestre.pk).count()
    listes = ListeAppel.objects.filter(amphi__semestre=semestre.pk)
    derniere = listes.aggregate(Max("pk"), Max("published_at"))
    hors_amphi = Affectation.objects.filter(semestre=semestre.pk, amphi=None)
    donnees = hors_amphi.aggregate(Max("pk"), annulees=Count("pk", filter=Q(annulee=True)))
    return hashlib.sha256(repr((lu, compte, derniere, donnees)).encode()).hexdigest()[:16]
