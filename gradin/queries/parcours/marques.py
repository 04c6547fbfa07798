"""« Valable pour ma maquette » beside a poste: worked out once for an interne, kept until something moves."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.core.cache import cache
from django.db.models import Max

from gradin.data.amphis.models import Amphi
from gradin.data.parcours.models import Encadrement, LigneParcours, VersionMaquette
from gradin.data.postes.models import Poste
from gradin.queries.parcours.progression import judge_for
from gradin.queries.parcours.utiles import ParcoursAuDepart
from gradin.queries.profils import last_inscription
from gradin.queries.recherche.filtre import Trouvaille

UNE_HEURE = 3_600


@dataclass(frozen=True, slots=True, kw_only=True)
class Marques:
    """Numéros are those of `subdivision` in `semestre`: elsewhere they name other postes."""

    semestre: str
    subdivision: int
    postes: ParcoursAuDepart

    def keep(self, trouvaille: Trouvaille) -> Trouvaille:
        """The postes that serve something still owed."""
        utiles = trouvaille.postes.filter(
            numero__in=list(self.postes.utiles),
            subdivision=self.subdivision,
            semestre__code=self.semestre,
        )
        return replace(trouvaille, postes=utiles)

    def holds_for(self, semestre: str) -> bool:
        """Whether a list of this semestre may be marked by numéro alone."""
        lieux = Poste.objects.filter(semestre__code=semestre).order_by().values("subdivision").distinct()
        return semestre == self.semestre and lieux.count() == 1


def marks_of(interne: int) -> Marques | None:
    """None for whoever has no parcours, or whose maquette nobody has written."""
    inscription, stamp = last_inscription(interne), _stamp(interne)
    if inscription is None or not stamp:
        return None
    cle = f"utiles-{inscription.pk}-{stamp}"
    lu: ParcoursAuDepart | None = cache.get(cle)
    if lu is None:
        lu = judge_for(interne)
        cache.set(cle, lu, UNE_HEURE)
    if not lu.utiles and not lu.hors:
        return None
    return Marques(semestre=inscription.semestre.code, subdivision=inscription.subdivision_id, postes=lu)


def marks_in(interne: int, amphi: int) -> Marques | None:
    """For the offer of this amphi, whose numéros are those of its semestre and subdivision."""
    marques = marks_of(interne)
    if marques is None:
        return None
    ici = Amphi.objects.filter(
        pk=amphi, semestre__code=marques.semestre, subdivision=marques.subdivision
    ).exists()
    return marques if ici else None


def _stamp(interne: int) -> str:
    """Changes with his lines, with the maquettes and with the offer; empty without a line."""
    lignes = LigneParcours.objects.filter(interne=interne)
    dernier = lignes.aggregate(quand=Max("updated_at"))["quand"]
    if dernier is None:
        return ""
    versions = VersionMaquette.objects.aggregate(n=Max("pk"))["n"] or 0
    universitaires = Encadrement.objects.filter(universitaire=True).count()
    postes = Poste.objects.aggregate(n=Max("pk"))["n"] or 0
    return f"{dernier.timestamp():.3f}-{lignes.count()}-{versions}-{universitaires}-{postes}"
