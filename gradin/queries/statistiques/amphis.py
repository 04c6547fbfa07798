"""Each amphi of a semestre as figures: its postes, who did not come, how long its choices took."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count, Q

from gradin.data.amphis.models import Affectation, Amphi, EtatAmphi, Fait, FaitPrive, Offre
from gradin.data.internes.models import TypeChoix
from gradin.data.postes.models import EtatPoste
from gradin.domain.amphi.facts import CausePasse
from gradin.domain.durees import Durees, choice_durations, measure
from gradin.queries.statistiques.filtre import FiltreStatistiques, amphis_of
from gradin.queries.statistiques.remplissage import Compte
from gradin.queries.visiteurs import Visiteur

SUIVIS = (
    "TourOuvert",
    "TourPasse",
    "ChoixConfirme",
    "ChoixAnnule",
    "PauseDebutee",
    "PauseTerminee",
    "PanneConstatee",
)
EN_MEMOIRE = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Seance:
    """What the journal says. `passes`: tours passed, of which `absents` and `ecoules`.

    The cause of a pass is private and does not outlive its retention: then both are 0.
    """

    durees: tuple[int, ...]
    passes: int
    absents: int
    ecoules: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneAmphi:
    pk: int
    semestre: str
    groupe: str
    phase: str
    clos: bool
    internes: int
    compte: Compte
    surnombres: int
    seance: Seance
    durees: Durees


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneTemps:
    """All the amphis of a semestre together."""

    absents: int
    ecoules: int
    passes: int
    durees: Durees


def list_amphis(agent: Visiteur, filtre: FiltreStatistiques) -> list[LigneAmphi]:
    """Those of all the semesters of the filter that were chosen here, oldest first."""
    rows = amphis_of(agent, filtre).select_related("semestre", "groupe")
    rows = rows.annotate(internes=Count("places", filter=Q(places__rang__isnull=False)))
    offerts, pris, autres = _counts(agent, filtre)
    return [
        _ligne(row, row.internes, offerts.get(row.pk, 0), pris[row.pk], autres.get(row.pk, 0))
        for row in rows.order_by("semestre__code", "debut", "pk")
    ]


def by_semestre(lignes: Iterable[LigneAmphi]) -> dict[str, LigneTemps]:
    semestres: dict[str, list[LigneAmphi]] = defaultdict(list)
    for ligne in lignes:
        semestres[ligne.semestre].append(ligne)
    return {code: _together([ligne.seance for ligne in siennes]) for code, siennes in semestres.items()}


def _together(seances: list[Seance]) -> LigneTemps:
    return LigneTemps(
        absents=sum(seance.absents for seance in seances),
        ecoules=sum(seance.ecoules for seance in seances),
        passes=sum(seance.passes for seance in seances),
        durees=measure(duree for seance in seances for duree in seance.durees),
    )


def _ligne(row: Amphi, internes: int, offerts: int, pris: Counter[bool], surnombres: int) -> LigneAmphi:
    """`pris[True]`: taken in this amphi. `pris[False]`: held before it, so never offered in it."""
    seance = read_seance(row.pk, row.empreinte)
    return LigneAmphi(
        pk=row.pk,
        semestre=row.semestre.code,
        groupe=row.groupe.nom,
        phase=row.get_phase_display(),
        clos=row.etat == EtatAmphi.CLOS,
        internes=internes,
        compte=Compte(offerts=offerts - pris[False], choisis=pris[True]),
        surnombres=surnombres,
        seance=seance,
        durees=measure(seance.durees),
    )


def _counts(
    agent: Visiteur, filtre: FiltreStatistiques
) -> tuple[Mapping[int, int], Mapping[int, Counter[bool]], Mapping[int, int]]:
    """By amphi: postes offered; taken here or held before; surnombres."""
    amphis = amphis_of(agent, filtre)
    offres = Offre.objects.filter(amphi__in=amphis).exclude(poste__etat=EtatPoste.RETIRE)
    offerts = dict(offres.values_list("amphi").annotate(nombre=Count("pk")))
    tenants = offres.filter(
        poste__affectations__annulee=False, poste__affectations__type_choix=TypeChoix.CLASSIQUE
    )
    precedents = dict(amphis.values_list("pk", "precedent"))
    pris: dict[int, Counter[bool]] = defaultdict(Counter)
    for amphi, tenant, nombre in tenants.values_list("amphi", "poste__affectations__amphi").annotate(
        nombre=Count("pk")
    ):
        # What the next amphi of a chain chose was left by this one.
        if tenant == amphi or _came_before(precedents, tenant, amphi):
            pris[amphi][tenant == amphi] += nombre
    autres = Affectation.objects.filter(amphi__in=amphis, annulee=False).exclude(
        type_choix=TypeChoix.CLASSIQUE
    )
    return offerts, pris, dict(autres.values_list("amphi").annotate(nombre=Count("pk")))


def _came_before(precedents: Mapping[int, int | None], tenant: int | None, amphi: int) -> bool:
    """Given outside any amphi, or chosen in one that this one follows."""
    if tenant is None:
        return True
    plus_tot = precedents.get(amphi)
    return plus_tot is not None and (plus_tot == tenant or _came_before(precedents, tenant, plus_tot))


@lru_cache(maxsize=EN_MEMOIRE)
def read_seance(amphi: int, empreinte: str) -> Seance:
    """Kept as long as the journal's head is `empreinte`: a closed amphi is read once by a process."""
    faits = Fait.objects.filter(amphi=amphi, fait__in=SUIVIS).order_by("n")
    pannes = Fait.objects.filter(amphi=amphi, fait="PanneConstatee").values_list("n", "p__de")
    lignes = [*faits.values_list("n", "a", "fait")]
    causes = FaitPrive.objects.filter(fait__amphi=amphi, fait__fait="TourPasse")
    comptees = Counter(causes.values_list("prive__cause", flat=True))
    return Seance(
        durees=tuple(choice_durations(lignes, dict(pannes))),
        passes=sum(fait == "TourPasse" for _, _, fait in lignes),
        absents=comptees[CausePasse.ABSENT.value],
        ecoules=comptees[CausePasse.TEMPS_ECOULE.value],
    )
