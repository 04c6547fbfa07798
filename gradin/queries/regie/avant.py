"""Before the start: what stands between an amphi and its first tour."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from gradin.data.amphis.models import Amphi, ListeAppel, Place, SessionChoix
from gradin.domain.prevol.dossier import Constat, Gravite
from gradin.domain.prevol.rapport import Rapport
from gradin.queries.confirmations import Confirmation, read_confirmations
from gradin.queries.prevol import examine
from gradin.queries.public.amphis import etat_shown

AVANCE = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConstatLu:
    """A finding to acknowledge; `confirmation` is None until an agent has done so, by name."""

    constat: Constat
    confirmation: Confirmation | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Avant:
    """`rapport`: the pre-flight, on what the database says now; `confirmations`: by key of the finding."""

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
    confirmations: Mapping[str, Confirmation]
    en_avance: bool

    @property
    def a_confirmer(self) -> tuple[ConstatLu, ...]:
        """Those that wait first."""
        lus = (
            ConstatLu(constat=c, confirmation=self.confirmations.get(c.cle)) for c in self.rapport.a_confirmer
        )
        return tuple(sorted(lus, key=lambda lu: lu.confirmation is not None))

    @property
    def restants(self) -> int:
        """How many findings nobody has acknowledged yet."""
        return sum(lu.confirmation is None for lu in self.a_confirmer)

    @property
    def a_savoir(self) -> tuple[Constat, ...]:
        return tuple(c for c in self.rapport.constats if c.gravite is Gravite.A_SAVOIR)

    @property
    def peut_demarrer(self) -> bool:
        """Nothing blocks; what is left to acknowledge is asked with the start."""
        return self.etat != "brouillon" and self.rapport.peut_demarrer

    @property
    def is_ready(self) -> bool:
        """« Prêt à démarrer »: nothing is left to do before the hour."""
        return self.peut_demarrer and not self.restants


def is_early(amphi: Amphi, maintenant: datetime) -> bool:
    """Started now, it would be long before the hour that everybody was told: that is asked by name."""
    return not amphi.seq and amphi.debut is not None and maintenant < amphi.debut - AVANCE


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
        confirmations=read_confirmations(amphi.pk),
        en_avance=is_early(amphi, maintenant),
    )
