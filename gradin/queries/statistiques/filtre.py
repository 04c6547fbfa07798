"""What the page of statistics is about: an agent's scope, narrowed by semestre, groupe and phase."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Length

from gradin.data.amphis.models import Amphi, EtatAmphi, Offre
from gradin.data.internes.models import Phase
from gradin.data.postes.models import EtatPoste
from gradin.data.referentiel.models import Groupe, Semestre, Subdivision
from gradin.data.services.models import DernierRang
from gradin.domain.rang.semestre import parse_semestre
from gradin.queries.roster.portee import scope_of
from gradin.queries.visiteurs import Visiteur

COMMENCES = (EtatAmphi.EN_COURS, EtatAmphi.PAUSE, EtatAmphi.CLOS)
DERNIERS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class FiltreStatistiques:
    """`semestre`: the one looked at closely; `semestres`: the last eight up to it. Codes, oldest first."""

    semestre: str
    semestres: tuple[str, ...]
    subdivision: str = ""
    groupe: str = ""
    phase: str = ""

    @property
    def libelle(self) -> str:
        return parse_semestre(self.semestre).libelle


@dataclass(frozen=True, slots=True, kw_only=True)
class Choix:
    """What the form offers, (value, word)."""

    semestres: tuple[tuple[str, str], ...]
    subdivisions: tuple[tuple[str, str], ...]
    groupes: tuple[tuple[str, str], ...]
    phases: tuple[tuple[str, str], ...]


def read_filtre(agent: Visiteur, demande: dict[str, str]) -> FiltreStatistiques | None:
    """None when nothing was ever chosen in this scope. An unknown semestre is the latest."""
    connus = list_semestres(agent)
    if not connus:
        return None
    voulu = demande.get("semestre", "")
    semestre = voulu if voulu in connus else connus[-1]
    return FiltreStatistiques(
        semestre=semestre,
        semestres=tuple(connus[: connus.index(semestre) + 1][-DERNIERS:]),
        subdivision=demande.get("subdivision", ""),
        groupe=demande.get("groupe", ""),
        phase=demande.get("phase", "") if demande.get("phase", "") in Phase.values else "",
    )


def list_semestres(agent: Visiteur) -> list[str]:
    """Codes of those that have a figure in this scope, oldest first."""
    ici = Amphi.objects.filter(scope_of(agent), etat__in=COMMENCES).values("semestre")
    ailleurs = DernierRang.objects.filter(scope_of(agent)).values("semestre")
    rows = Semestre.objects.filter(Q(pk__in=ici) | Q(pk__in=ailleurs))
    return [*rows.order_by("code").values_list("code", flat=True)]


def read_choix(agent: Visiteur) -> Choix:
    ici, ailleurs = Amphi.objects.filter(scope_of(agent)), DernierRang.objects.filter(scope_of(agent))
    groupes = Groupe.objects.filter(Q(pk__in=ici.values("groupe")) | Q(pk__in=ailleurs.values("groupe")))
    lieux = Subdivision.objects.filter(
        Q(pk__in=ici.values("subdivision")) | Q(pk__in=ailleurs.values("subdivision"))
    )
    return Choix(
        semestres=tuple((code, parse_semestre(code).libelle) for code in reversed(list_semestres(agent))),
        subdivisions=tuple(lieux.values_list("code", "nom")),
        groupes=tuple((une.code, une.nom) for une in groupes.order_by(Length("code"), "code")),
        phases=tuple(Phase.choices),
    )


def amphis_of(agent: Visiteur, filtre: FiltreStatistiques) -> QuerySet[Amphi]:
    """Those of the scope that have started, whatever the semestre looked at closely."""
    rows = Amphi.objects.filter(scope_of(agent), etat__in=COMMENCES, semestre__code__in=filtre.semestres)
    return rows.filter(_narrowed(filtre))


def waiting_of(agent: Visiteur, filtre: FiltreStatistiques) -> QuerySet[Amphi]:
    """Those of the same that are not over, started or not: their semestre is not whole yet."""
    rows = Amphi.objects.filter(scope_of(agent), semestre__code__in=filtre.semestres)
    return rows.filter(_narrowed(filtre)).exclude(etat=EtatAmphi.CLOS)


def brought_of(agent: Visiteur, filtre: FiltreStatistiques) -> QuerySet[DernierRang]:
    """What the ARS brought, but where the choice was made here: then the platform knows better."""
    ici = Amphi.objects.filter(
        etat__in=COMMENCES,
        semestre=OuterRef("semestre"),
        subdivision=OuterRef("subdivision"),
        groupe=OuterRef("groupe"),
        phase=OuterRef("phase"),
    )
    rows = DernierRang.objects.filter(scope_of(agent), semestre__code__in=filtre.semestres)
    return rows.filter(_narrowed(filtre)).exclude(Exists(ici))


def offered_of(agent: Visiteur, filtre: FiltreStatistiques) -> QuerySet[Offre]:
    """The postes of these amphis that were not withdrawn."""
    return Offre.objects.filter(amphi__in=amphis_of(agent, filtre)).exclude(poste__etat=EtatPoste.RETIRE)


def _narrowed(filtre: FiltreStatistiques) -> Q:
    criteres = {
        "subdivision__code": filtre.subdivision,
        "groupe__code": filtre.groupe,
        "phase": filtre.phase,
    }
    return Q(**{champ: valeur for champ, valeur in criteres.items() if valeur})
