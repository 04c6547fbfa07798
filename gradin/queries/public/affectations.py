"""The public list of affectations: service, prénom and initiale, where names are public."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from gradin.data.amphis.models import Affectation, Amphi, EtatAmphi
from gradin.queries.public.amphis import names_are_public
from gradin.queries.public.semestres import SemestreLu
from gradin.queries.public.textes import words_in

RECENTES = ("-chosen_at", "-pk")
COLONNES: dict[str, tuple[Any, ...]] = {
    "heure": ("chosen_at",),
    "numero": (Length("poste__numero"), "poste__numero"),
    "departement": ("poste__service__etablissement__departement",),
    "etablissement": ("poste__service__etablissement__cle_tri",),
    "service": ("poste__service__cle_tri",),
    "des": ("poste__des__intitule",),
    "interne": ("interne__prenom", "interne__nom"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FiltreAffectations:
    q: str = ""
    amphi: int | None = None
    tri: str = "-heure"
    page: int = 1
    par_page: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class AffectationLue:
    chosen_at: int
    fuseau: str
    numero: str
    des: str
    departement: str
    etablissement: str
    service: str
    chef: str
    interne: str
    regime: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompteAffectations:
    """`caches`: amphis in which choices are made and whose names are not public (yet)."""

    total: int
    caches: tuple[str, ...]


def count_affectations(semestre: SemestreLu) -> CompteAffectations:
    """Everybody who has a poste, named here or not: a number names nobody."""
    total = Affectation.objects.filter(semestre=semestre.pk, annulee=False).count()
    return CompteAffectations(total=total, caches=tuple(_hidden(semestre)))


def page_of_affectations(semestre: SemestreLu, filtre: FiltreAffectations) -> Page:
    lignes = _named(semestre)
    if filtre.amphi is not None:
        lignes = lignes.filter(amphi=filtre.amphi)
    if filtre.q:
        lignes = lignes.filter(_found(filtre.q))
    triees = _related(lignes).order_by(*_order(filtre.tri))
    page: Page[Any] = Paginator(triees, filtre.par_page).get_page(filtre.page)
    page.object_list = [_read(ligne) for ligne in page.object_list]
    return page


def _named(semestre: SemestreLu) -> QuerySet[Affectation]:
    amphis = Amphi.objects.filter(semestre=semestre.pk).only("pk", "etat", "parametres")
    publics = [amphi.pk for amphi in amphis if names_are_public(amphi)]
    return Affectation.objects.filter(semestre=semestre.pk, annulee=False, amphi__in=publics)


def _hidden(semestre: SemestreLu) -> list[str]:
    amphis = Amphi.objects.filter(
        semestre=semestre.pk, etat__in=(EtatAmphi.EN_COURS, EtatAmphi.PAUSE, EtatAmphi.CLOS)
    )
    return [amphi.intitule for amphi in amphis if not names_are_public(amphi)]


def _found(q: str) -> Q:
    """A word of the poste, or of the prénom: a whole name would tell whose initial it is."""
    return words_in("poste__recherche", q) | Q(interne__prenom__istartswith=q.strip())


def _order(tri: str) -> tuple[Any, ...]:
    champs = COLONNES.get(tri.removeprefix("-"), COLONNES["heure"])
    if tri.startswith("-"):
        champs = tuple(f"-{champ}" if isinstance(champ, str) else champ.desc() for champ in champs)
    return (*champs, *RECENTES)


def _related(lignes: QuerySet[Affectation]) -> QuerySet[Affectation]:
    return lignes.select_related(
        "poste__service__etablissement", "poste__des", "interne", "amphi__subdivision"
    )


def _read(ligne: Affectation) -> AffectationLue:
    poste, interne = ligne.poste, ligne.interne
    assert ligne.amphi is not None
    return AffectationLue(
        chosen_at=ligne.chosen_at,
        fuseau=ligne.amphi.subdivision.fuseau,
        numero=poste.numero,
        des=poste.des.intitule,
        departement=poste.service.etablissement.departement,
        etablissement=poste.service.etablissement.nom,
        service=poste.service.nom,
        chef=poste.service.chef,
        interne=shorten_name(interne.prenom, interne.nom),
        regime=ligne.amphi.get_phase_display(),
    )


def shorten_name(prenom: str, nom: str) -> str:
    """« Camille A. »: what the public reads of a name."""
    return f"{prenom} {nom[:1].upper()}.".strip() if nom else prenom
