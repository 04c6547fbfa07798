"""The postes of a semestre, in the agent's scope: filtered, sorted, by pages, or all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from gradin.data.postes.models import ChangementPoste, EtatPoste, Poste, Regime
from gradin.data.referentiel.models import Etablissement, Service, Subdivision
from gradin.queries.pages import order_of
from gradin.queries.public.textes import words_in
from gradin.queries.roster.internes import choix_des, choix_groupes
from gradin.queries.roster.lignes import ligne_poste
from gradin.queries.roster.page import Choix, Filtre, paginate
from gradin.queries.roster.portee import scope_of
from gradin.queries.visiteurs import Visiteur

NUMERO = (Length("numero"), "numero", "pk")
# Read once each where every poste is; joined, where fifty are.
PARTAGES = ("groupe", "des", "subdivision")
# Not written in a file.
TUS = ("champs_modifies", "recherche")
COLONNES: dict[str, tuple[Any, ...]] = {
    "numero": NUMERO,
    "etablissement": ("service__etablissement__cle_tri", "service__cle_tri"),
    "service": ("service__cle_tri",),
    "groupe": (Length("groupe__code"), "groupe__code"),
    "des": ("des__code_des",),
    "regime": ("regime",),
    "type_poste": ("type_poste",),
    "reserve": ("reserve",),
    "flechage": ("flechage",),
    "etat": ("etat",),
}
CRITERES: dict[str, Callable[[tuple[str, ...]], Q]] = {
    "subdivision": lambda codes: Q(subdivision__code__in=codes),
    "groupe": lambda codes: Q(groupe__code__in=codes),
    "des": lambda codes: Q(des__code_des__in=codes),
    "regime": lambda codes: Q(regime__in=codes),
    "departement": lambda codes: Q(service__etablissement__departement__in=codes),
    "type_poste": lambda types: Q(type_poste__in=types),
    "reserve": lambda mots: Q(reserve__in=[mot == "oui" for mot in mots]),
    "etat": lambda etats: Q(etat__in=etats),
}
ETATS = (
    (EtatPoste.LIBRE.value, "Ouvert"),
    (EtatPoste.POURVU.value, "Pourvu"),
    (EtatPoste.RETIRE.value, "Fermé"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PosteLu:
    """`champs`: by column, as the file writes them; `motif`: why it is closed."""

    pk: int
    numero: str
    champs: dict[str, str]
    etat: str
    motif: str
    modifies: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangementLu:
    at: Any
    champ: str
    avant: str
    apres: str
    auteur: str


def find_postes(agent: Visiteur, filtre: Filtre) -> QuerySet[Poste]:
    """All that the filter keeps, unsorted."""
    rows = Poste.objects.filter(scope_of(agent), semestre__code=filtre.semestre)
    for nom, valeurs in filtre.criteres.items():
        rows = rows.filter(CRITERES[nom](valeurs))
    if filtre.q:
        rows = rows.filter(words_in("recherche", filtre.q) | Q(numero=filtre.q))
    return rows


def page_of_postes(agent: Visiteur, filtre: Filtre) -> Page[Any]:
    """A page whose lines are `PosteLu`."""
    rows = _related(find_postes(agent, filtre))
    triees = rows.order_by(*order_of(filtre.tri, COLONNES, "numero"), *NUMERO)
    return paginate(triees, filtre, _read)


def export_postes(agent: Visiteur, filtre: Filtre) -> tuple[dict[str, str], ...]:
    """Every line that the filter keeps, as the file of the ARS writes it, then its state."""
    mots = dict(ETATS)
    rows = find_postes(agent, filtre).prefetch_related(*PARTAGES).defer(*TUS).order_by(*NUMERO)
    # Thousands of them: more than what SQLite lets a prefetch ask for by name.
    services = Service.objects.select_related("etablissement").in_bulk()
    for row in rows:
        row.service = services[row.service_id]
    return tuple({**ligne_poste(row), "etat": mots[row.etat], "motif": row.motif_fermeture} for row in rows)


def read_poste(pk: int) -> PosteLu | None:
    row = _related(Poste.objects.filter(pk=pk)).first()
    return _read(row) if row else None


def find_row(pk: int) -> Poste | None:
    """For permissions, which judge rows."""
    return Poste.objects.filter(pk=pk).first()


def semestre_of(pk: int) -> str:
    return Poste.objects.filter(pk=pk).values_list("semestre__code", flat=True).first() or ""


def historique_of(pk: int) -> tuple[ChangementLu, ...]:
    return tuple(
        ChangementLu(at=row.at, champ=row.champ, avant=row.avant, apres=row.apres, auteur=row.auteur)
        for row in ChangementPoste.objects.filter(poste=pk)[:200]
    )


def choix_postes(agent: Visiteur, filtre: Filtre) -> tuple[Choix, ...]:
    """What the offer of this semestre can be filtered by."""
    subdivisions = {pk for pk, _ in agent.portees}
    siens = Poste.objects.filter(scope_of(agent), semestre__code=filtre.semestre).order_by()
    departements = (
        Etablissement.objects.exclude(departement="")
        .order_by("departement")
        .values_list("departement", flat=True)
        .distinct()
    )
    types = sorted(siens.values_list("type_poste", flat=True).distinct())
    listes: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
        (
            "subdivision",
            "Subdivision",
            tuple(Subdivision.objects.filter(pk__in=subdivisions).values_list("code", "nom")),
        ),
        ("groupe", "Groupe", choix_groupes()),
        ("des", "DES", choix_des()),
        ("regime", "Régime", tuple(Regime.choices)),
        ("departement", "Département", tuple((code, code) for code in departements)),
        ("type_poste", "Type", tuple((un, un) for un in types)),
        ("reserve", "Réservé", (("oui", "Oui"), ("non", "Non"))),
        ("etat", "État", ETATS),
    )
    return tuple(
        Choix(nom=nom, mot=mot, valeurs=valeurs, pris=filtre.criteres.get(nom, ()))
        for nom, mot, valeurs in listes
        if len(valeurs) > 1
    )


def _related(rows: QuerySet[Poste]) -> QuerySet[Poste]:
    return rows.select_related("service__etablissement", *PARTAGES)


def _read(row: Poste) -> PosteLu:
    return PosteLu(
        pk=row.pk,
        numero=row.numero,
        champs=ligne_poste(row),
        etat=row.etat,
        motif=row.motif_fermeture,
        modifies=tuple(row.champs_modifies),
    )
