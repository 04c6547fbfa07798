"""Before the start: what stands between an amphi and its first tour."""

from dataclasses import dataclass
from datetime import datetime

from gradin.data.amphis.models import Amphi, ListeAppel, Place, SessionChoix
from gradin.domain.prevol.dossier import Constat, Gravite
from gradin.domain.prevol.rapport import Rapport
from gradin.queries.prevol import examine
from gradin.queries.public.amphis import etat_shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Avant:
    """`rapport`: the pre-flight, on what the database says now."""

    etat: str
    liste_calculee: datetime | None
    liste_publiee: datetime | None
    ex_aequo: int
    internes: int
    postes: int
    sessions: int
    debut: datetime | None
    favoris: datetime | None
    rapport: Rapport

    @property
    def a_savoir(self) -> tuple[Constat, ...]:
        return tuple(c for c in self.rapport.constats if c.gravite is Gravite.A_SAVOIR)

    @property
    def peut_demarrer(self) -> bool:
        return self.etat != "brouillon" and self.rapport.peut_demarrer


def read_avant(amphi: Amphi, maintenant: datetime) -> Avant:
    liste = ListeAppel.objects.filter(amphi=amphi).order_by("-version").first()
    a_confirmer = liste.a_confirmer if liste and liste.ties_confirmed_at is None else []
    return Avant(
        etat=etat_shown(amphi, maintenant),
        liste_calculee=liste.computed_at if liste else None,
        liste_publiee=liste.published_at if liste else None,
        ex_aequo=len(a_confirmer),
        internes=Place.objects.filter(amphi=amphi).count(),
        postes=amphi.postes.count(),
        sessions=SessionChoix.objects.filter(amphi=amphi).count(),
        debut=amphi.debut,
        favoris=amphi.ouverture_favoris,
        rapport=examine(amphi.pk),
    )
