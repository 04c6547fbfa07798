"""One version of a call list as a table: every figure of every interne, found by what one looks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator

from gradin.data.amphis.models import ListeAppel, Place, Statut
from gradin.data.internes.models import Inscription
from gradin.domain.rang.ecarts import APPORTES
from gradin.domain.texte import fold

PAR_PAGE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class FiltreRangs:
    """`voir`: a key of `A_VOIR`, or nothing; `version` None: the one in force."""

    q: str = ""
    voir: str = ""
    anciennete: int | None = None
    version: int | None = None
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneRang:
    """Frozen figures, and what one may ask about them. `place` None: no longer in the amphi.

    `corriges`: figures that were corrected on the platform. `depuis`: figures that are no longer these.
    """

    rang: int
    ine: str
    nom: str
    des: str
    place: int | None
    chiffres: Mapping[str, Any]
    hors_choix: bool
    ex_aequo: bool
    corriges: frozenset[str]
    depuis: frozenset[str]
    avant: int | None = None

    @property
    def sans_rang(self) -> bool:
        return self.chiffres.get("rang_local") is None

    @property
    def moved(self) -> bool:
        return self.avant is not None and self.avant != self.rang


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLue:
    """`ex_aequo`: groups of names that birth date or lot parted; `confirme_par`: empty until somebody did."""

    version: int
    calculee: datetime
    publiee: datetime | None
    empreinte: str
    graine: str
    methode: str
    motif: str
    internes: int
    sans_rang: int
    ex_aequo: tuple[tuple[str, ...], ...]
    confirmes_le: datetime | None
    confirmes_par: str

    @property
    def ties_wait(self) -> bool:
        return bool(self.ex_aequo) and self.confirmes_le is None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRangs:
    """`comptes`: how many each view would show; `anciennetes`: those that exist, highest first."""

    version: VersionLue
    page: Page[LigneRang]
    comptes: Mapping[str, int]
    anciennetes: tuple[int, ...]


A_VOIR: Mapping[str, Callable[[LigneRang], bool]] = {
    "sans_rang": lambda ligne: ligne.sans_rang,
    "compte": lambda ligne: bool(ligne.chiffres.get("effectif_compte")),
    "ex_aequo": lambda ligne: ligne.ex_aequo,
    "corriges": lambda ligne: bool(ligne.corriges),
    "depuis": lambda ligne: bool(ligne.depuis),
    "bouge": lambda ligne: ligne.moved,
    "hors_choix": lambda ligne: ligne.hors_choix,
}


def read_table(amphi: int, filtre: FiltreRangs) -> TableRangs | None:
    """None before any list."""
    row = find_version(amphi, filtre.version)
    if row is None:
        return None
    lignes = read_lignes(row)
    comptes = Counter(nom for ligne in lignes for nom, garde in A_VOIR.items() if garde(ligne))
    trouvees = [ligne for ligne in lignes if _matches(ligne, filtre)]
    return TableRangs(
        version=read_version(row),
        page=Paginator(trouvees, PAR_PAGE).get_page(filtre.page),
        comptes={nom: comptes[nom] for nom in A_VOIR},
        anciennetes=tuple(sorted({ligne.chiffres.get("anciennete", 0) for ligne in lignes}, reverse=True)),
    )


def find_version(amphi: int, version: int | None = None) -> ListeAppel | None:
    """That one, else the last published, else the last computed."""
    versions = ListeAppel.objects.filter(amphi=amphi).order_by("-version")
    if version is not None:
        return versions.filter(version=version).first()
    return versions.filter(published_at__isnull=False).first() or versions.first()


def last_version(amphi: int) -> ListeAppel | None:
    """The one that an agent works on, published or not."""
    return ListeAppel.objects.filter(amphi=amphi).order_by("-version").first()


def read_version(row: ListeAppel) -> VersionLue:
    noms = {ligne["ine"]: write_nom(ligne) for ligne in row.figures}
    return VersionLue(
        version=row.version,
        calculee=row.computed_at,
        publiee=row.published_at,
        empreinte=row.empreinte,
        graine=row.graine,
        methode=row.methode,
        motif=row.motif,
        internes=len(row.figures),
        sans_rang=sum(ligne.get("rang_local") is None for ligne in row.figures),
        ex_aequo=tuple(tuple(noms.get(ine, ine) for ine in groupe) for groupe in row.a_confirmer),
        confirmes_le=row.ties_confirmed_at,
        confirmes_par=row.ties_confirmed_by,
    )


def read_lignes(row: ListeAppel) -> list[LigneRang]:
    """A few queries whatever the size."""
    places = {place.inscription.interne.ine: place for place in _places(row.amphi_id)}
    ex_aequo = {ine for groupe in row.a_confirmer for ine in groupe}
    precedente = ListeAppel.objects.filter(amphi=row.amphi_id, version__lt=row.version).first()
    avant = {ligne["ine"]: ligne["rang"] for ligne in precedente.figures} if precedente else {}
    return [
        _read(ligne, places.get(ligne["ine"]), ligne["ine"] in ex_aequo, avant.get(ligne["ine"]))
        for ligne in row.figures
    ]


def write_nom(ligne: Mapping[str, Any]) -> str:
    return f"{ligne.get('prenom', '')} {ligne.get('nom', '')}".strip()


def _places(amphi: int) -> list[Place]:
    places = Place.objects.filter(amphi=amphi)
    return list(places.select_related("inscription__interne", "inscription__des"))


def _read(ligne: Mapping[str, Any], place: Place | None, ex_aequo: bool, avant: int | None) -> LigneRang:
    inscription = place.inscription if place else None
    return LigneRang(
        rang=ligne["rang"],
        ine=ligne["ine"],
        nom=write_nom(ligne),
        des=inscription.des.intitule if inscription else "",
        place=place.pk if place else None,
        chiffres=ligne,
        hors_choix=place is not None and place.statut == Statut.HORS_CHOIX,
        ex_aequo=ex_aequo,
        corriges=frozenset(set(inscription.champs_modifies) & set(APPORTES)) if inscription else frozenset(),
        depuis=_list_changes(inscription, ligne) if inscription else frozenset(),
        avant=avant,
    )


def _list_changes(inscription: Inscription, ligne: Mapping[str, Any]) -> frozenset[str]:
    """Figures that the roster no longer says; a size that was counted is not compared."""
    compte = ligne.get("effectif_compte") and inscription.effectif_local is None
    dits = {champ: getattr(inscription, champ) for champ in APPORTES}
    return frozenset(
        champ
        for champ, dit in dits.items()
        if dit != ligne.get(champ) and not (compte and champ == "effectif_local")
    )


def _matches(ligne: LigneRang, filtre: FiltreRangs) -> bool:
    if filtre.voir in A_VOIR and not A_VOIR[filtre.voir](ligne):
        return False
    if filtre.anciennete is not None and ligne.chiffres.get("anciennete", 0) != filtre.anciennete:
        return False
    cherche, des = fold(f"{ligne.nom} {ligne.ine}"), fold(ligne.des).split()
    return all(mot in cherche or any(un.startswith(mot) for un in des) for mot in fold(filtre.q).split())
