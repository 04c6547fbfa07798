"""The internes of a semestre, in the agent's scope: filtered, sorted, by pages, or all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Length

from gradin.data.amphis.models import Place
from gradin.data.internes.models import Inscription, Phase, TypeChoix
from gradin.data.referentiel.models import Groupe, Specialite, Subdivision, Ufr
from gradin.queries.pages import order_of
from gradin.queries.public.textes import words_in
from gradin.queries.roster.lignes import ligne_interne
from gradin.queries.roster.page import Choix, Filtre, paginate
from gradin.queries.roster.portee import scope_of
from gradin.queries.visiteurs import Visiteur

NOM = ("interne__cle_tri", "pk")
# What a handful of rows say of thousands: read once each, where every row is; joined, where fifty are.
PARTAGES = ("interne__ufr", "groupe", "des", "desc", "subdivision")
# Not written in a file.
TUS = ("champs_modifies", "interne__champs_modifies", "interne__recherche")
COLONNES: dict[str, tuple[Any, ...]] = {
    "nom": NOM,
    "ine": ("interne__ine",),
    "groupe": (Length("groupe__code"), "groupe__code"),
    "des": ("des__code_des",),
    "phase": ("phase",),
    "promotion": ("promotion",),
    "rang_local": ("rang_local",),
    "semestres_valides": ("semestres_valides",),
    "type_choix": ("type_choix",),
    "absence_prevue": ("absence_prevue",),
}
CRITERES: dict[str, Callable[[tuple[str, ...]], Q]] = {
    "subdivision": lambda codes: Q(subdivision__code__in=codes),
    "groupe": lambda codes: Q(groupe__code__in=codes),
    "des": lambda codes: Q(des__code_des__in=codes),
    "phase": lambda codes: Q(phase__in=codes),
    "type_choix": lambda codes: Q(type_choix__in=codes),
    "promotion": lambda annees: Q(promotion__in=[a for a in annees if a.isascii() and a.isdigit()]),
    "ufr": lambda noms: Q(interne__ufr__nom__in=noms),
    "a_voir": lambda signes: _a_voir(signes),
}
A_VOIR = (
    ("sans_rang", "Rang local absent"),
    ("sans_courriel", "Sans courriel"),
    ("absence", "Absence prévue"),
    ("sans_compte", "Pas encore inscrit"),
    ("sans_amphi", "Dans aucun amphi"),
    ("modifie", "Corrigé sur la plateforme"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class InterneLu:
    """`pk`: of the person. `champs`: by column, as the file writes them."""

    pk: int
    inscription: int
    nom: str
    champs: dict[str, str]
    inscrit: bool
    modifies: tuple[str, ...]


def find_inscriptions(agent: Visiteur, filtre: Filtre) -> QuerySet[Inscription]:
    """All that the filter keeps, unsorted."""
    rows = Inscription.objects.filter(scope_of(agent), semestre__code=filtre.semestre)
    for nom, valeurs in filtre.criteres.items():
        rows = rows.filter(CRITERES[nom](valeurs))
    if filtre.q:
        rows = rows.filter(words_in("interne__recherche", filtre.q) | Q(interne__ine__iexact=filtre.q))
    return rows


def page_of_internes(agent: Visiteur, filtre: Filtre) -> Page[Any]:
    """A page whose lines are `InterneLu`."""
    rows = _related(find_inscriptions(agent, filtre)).order_by(*order_of(filtre.tri, COLONNES, "nom"), *NOM)
    return paginate(rows, filtre, _read)


def export_internes(agent: Visiteur, filtre: Filtre) -> tuple[dict[str, str], ...]:
    """Every line that the filter keeps, as the file of the ARS writes it."""
    rows = find_inscriptions(agent, filtre).select_related("interne").prefetch_related(*PARTAGES)
    return tuple(ligne_interne(row) for row in rows.defer(*TUS).order_by(*NOM))


def read_interne(interne: int, semestre: str) -> InterneLu | None:
    row = _related(Inscription.objects.filter(interne=interne, semestre__code=semestre)).first()
    return _read(row) if row else None


def semestre_of(interne: int) -> str:
    """The last one in which he is."""
    codes = Inscription.objects.filter(interne=interne).order_by("-semestre__code")
    return codes.values_list("semestre__code", flat=True).first() or ""


def choix_internes(agent: Visiteur, filtre: Filtre) -> tuple[Choix, ...]:
    """What the roster of this semestre can be filtered by."""
    subdivisions = {pk for pk, _ in agent.portees}
    promotions = (
        Inscription.objects.filter(scope_of(agent), semestre__code=filtre.semestre)
        .order_by("-promotion")
        .values_list("promotion", flat=True)
        .distinct()
    )
    listes: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
        (
            "subdivision",
            "Subdivision",
            tuple(Subdivision.objects.filter(pk__in=subdivisions).values_list("code", "nom")),
        ),
        ("groupe", "Groupe", choix_groupes()),
        ("des", "DES", choix_des()),
        ("phase", "Régime", tuple(Phase.choices)),
        ("promotion", "Promotion", tuple((str(annee), str(annee)) for annee in promotions)),
        ("type_choix", "Type de choix", tuple(TypeChoix.choices)),
        ("ufr", "UFR", tuple((nom, nom) for nom in Ufr.objects.values_list("nom", flat=True))),
        ("a_voir", "À voir", A_VOIR),
    )
    return tuple(
        Choix(nom=nom, mot=mot, valeurs=valeurs, pris=filtre.criteres.get(nom, ()))
        for nom, mot, valeurs in listes
        if len(valeurs) > 1
    )


def choix_groupes() -> tuple[tuple[str, str], ...]:
    rows = Groupe.objects.order_by(Length("code"), "code")
    return tuple((row.code, str(row)) for row in rows)


def choix_des() -> tuple[tuple[str, str], ...]:
    return tuple((row.code_des, str(row)) for row in Specialite.objects.all())


def _related(rows: QuerySet[Inscription]) -> QuerySet[Inscription]:
    return rows.select_related(*PARTAGES)


def _a_voir(signes: tuple[str, ...]) -> Q:
    """Each keeps the rows that deserve a look; several: those that have any of them."""
    dits: dict[str, Q] = {
        "sans_rang": Q(rang_local=None),
        "sans_courriel": Q(interne__courriel=""),
        "absence": Q(absence_prevue=True),
        "sans_compte": Q(interne__compte=None),
        "sans_amphi": Q(~Exists(Place.objects.filter(inscription=OuterRef("pk")))),
        "modifie": ~Q(champs_modifies=[]) | ~Q(interne__champs_modifies=[]),
    }
    condition = Q(pk__in=())
    for signe in signes:
        condition |= dits.get(signe, Q(pk__in=()))
    return condition


def _read(row: Inscription) -> InterneLu:
    interne = row.interne
    return InterneLu(
        pk=interne.pk,
        inscription=row.pk,
        nom=f"{interne.nom} {interne.prenom}",
        champs=ligne_interne(row),
        inscrit=interne.compte_id is not None,
        modifies=tuple({*row.champs_modifies, *interne.champs_modifies}),
    )
