"""The list of affectations (manual §11): its rows, as far as this visitor may read them."""

from dataclasses import dataclass, fields
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import (
    Case,
    CharField,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Length, Substr

from gradin.data.amphis.models import Affectation, Amphi, EtatAmphi
from gradin.data.internes.models import Phase
from gradin.domain.rang.semestre import parse_semestre
from gradin.queries.noms import NomsLisibles, shorten_name
from gradin.queries.pages import order_of
from gradin.queries.public.criteres_affectations import FiltreAffectations, matching
from gradin.queries.public.semestres import SemestreLu

TOUTES = 100_000
RECENTES = ("-chosen_at", "-pk")
COLONNES: dict[str, tuple[Any, ...]] = {
    "heure": ("chosen_at",),
    "valides": ("valides_lus",),
    "des": ("poste__des__intitule",),
    "departement": ("poste__service__etablissement__departement",),
    "etablissement": ("poste__service__etablissement__cle_tri",),
    "service": ("poste__service__cle_tri",),
    "chef": ("poste__service__chef",),
    "interne": ("prenom_lu", "initiale_lue"),
    "regime": ("phase_lue",),
    "des_interne": ("inscrite__des__intitule",),
    "ufr": ("ufr_lue",),
    "numero": (Length("poste__numero"), "poste__numero"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AffectationLue:
    """The eleven columns of the manual, the poste, its service. Empty: not for this visitor, or unknown.

    `remplace`: the numéro that a correction of the ARS took away; its line stays in the journal.
    """

    chosen_at: int
    fuseau: str
    numero: str
    remplace: str
    semestre: str
    valides: str
    des: str
    departement: str
    etablissement: str
    ville: str
    imotep: str
    service: str
    chef: str
    interne: str
    regime: str
    des_interne: str
    ufr: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompteAffectations:
    """`attendent`, `jamais`: amphis in which choices are made and whose names this visitor does not read."""

    total: int
    attendent: tuple[str, ...]
    jamais: tuple[str, ...]


def count_affectations(semestre: SemestreLu, noms: NomsLisibles) -> CompteAffectations:
    """Everybody who has a poste, named here or not: a number names nobody."""
    total = Affectation.objects.filter(semestre=semestre.pk, annulee=False).count()
    muets = Amphi.objects.filter(
        semestre=semestre.pk, etat__in=(EtatAmphi.EN_COURS, EtatAmphi.PAUSE, EtatAmphi.CLOS)
    ).exclude(pk__in=noms.amphis)
    return CompteAffectations(
        total=total,
        attendent=tuple(amphi.intitule for amphi in muets if not _is_never(amphi)),
        jamais=tuple(amphi.intitule for amphi in muets if _is_never(amphi)),
    )


def page_of_affectations(lignes: QuerySet[Any], semestre: SemestreLu, filtre: FiltreAffectations) -> Page:
    """A page whose lines are `AffectationLue`."""
    triees = _sorted(lignes, filtre.tri)
    page: Page[Any] = Paginator(triees.values_list("pk", flat=True), filtre.par_page or TOUTES).get_page(
        filtre.page
    )
    # Sorting 7,000 keys costs a tenth of sorting 7,000 whole rows.
    rows = triees.filter(pk__in=[*page.object_list]) if filtre.par_page else triees
    page.object_list = _read_all(rows, semestre)
    return page


def list_affectations(
    lignes: QuerySet[Any], semestre: SemestreLu, filtre: FiltreAffectations
) -> list[AffectationLue]:
    """All of them, for a file."""
    return _read_all(_sorted(lignes, filtre.tri), semestre)


def find_affectations(
    semestre: SemestreLu, filtre: FiltreAffectations, noms: NomsLisibles
) -> tuple[QuerySet[Any], tuple[tuple[str, tuple[str, ...]], ...]]:
    """The rows that answer, and the words that were read instead of a slip.

    What this visitor may not read is emptied before it is searched or sorted: an order would tell it.
    """
    rows = Affectation.objects.filter(semestre=semestre.pk, annulee=False).annotate(
        inscrite=FilteredRelation(
            "interne__inscriptions", condition=Q(interne__inscriptions__semestre=semestre.pk)
        ),
        remplace_lu=Coalesce(Subquery(_corrected()), Value("")),
        phase_lue=Coalesce("amphi__phase", "inscrite__phase", Value("")),
        prenom_lu=_readable(noms.named(), F("interne__prenom")),
        initiale_lue=_readable(noms.named(), Substr("interne__nom", 1, 1)),
        ufr_lue=_readable(noms.named(), Coalesce("interne__ufr__nom", Value(""))),
        valides_lus=Case(
            When(noms.detailed(), then=F("inscrite__semestres_valides")),
            default=None,
            output_field=IntegerField(null=True),
        ),
    )
    return matching(rows, semestre, filtre)


def _corrected() -> QuerySet[Any]:
    """The last poste that was this interne's before, in the same amphi."""
    rows = Affectation.objects.filter(
        amphi=OuterRef("amphi"), interne=OuterRef("interne"), annulee=True, pk__lt=OuterRef("pk")
    )
    return rows.order_by("-pk").values("poste__numero")[:1]


def _readable(qui: Q, valeur: Any) -> Case:
    return Case(When(qui, then=valeur), default=Value(""), output_field=CharField())


def _is_never(amphi: Amphi) -> bool:
    return bool(amphi.parametres.get("noms_publics") == "jamais")


def _sorted(lignes: QuerySet[Any], tri: str) -> QuerySet[Affectation]:
    return lignes.order_by(*order_of(tri, COLONNES, "heure"), *RECENTES)


# In the order of the fields of `AffectationLue`, as far as a path gives one.
CHEMINS = {
    "chosen_at": "chosen_at",
    "fuseau": "poste__subdivision__fuseau",
    "numero": "poste__numero",
    "remplace": "remplace_lu",
    "valides": "valides_lus",
    "des": "poste__des__intitule",
    "departement": "poste__service__etablissement__departement",
    "etablissement": "poste__service__etablissement__nom",
    "ville": "poste__service__etablissement__ville",
    "imotep": "poste__service__imotep",
    "service": "poste__service__nom",
    "chef": "poste__service__chef",
    "regime": "phase_lue",
    "des_interne": "inscrite__des__intitule",
    "ufr": "ufr_lue",
}
CALCULES = {"semestre", "interne"}
assert {champ.name for champ in fields(AffectationLue)} == CALCULES | set(CHEMINS)


def _read_all(lignes: QuerySet[Any], semestre: SemestreLu) -> list[AffectationLue]:
    libelle = parse_semestre(semestre.code).libelle
    rows = lignes.values_list("prenom_lu", "initiale_lue", *CHEMINS.values())
    return [_read(prenom, initiale, libelle, reste) for prenom, initiale, *reste in rows]


def _read(prenom: str, initiale: str, semestre: str, reste: list[Any]) -> AffectationLue:
    lue = dict(zip(CHEMINS, reste, strict=True))
    valides, phase = lue.pop("valides"), lue.pop("regime")
    return AffectationLue(
        **lue | {"des_interne": lue["des_interne"] or ""},
        semestre=semestre,
        interne=shorten_name(prenom, initiale),
        valides="" if valides is None else str(valides),
        regime=PHASES.get(phase, ""),
    )


PHASES = {phase.value: str(phase.label) for phase in Phase}
