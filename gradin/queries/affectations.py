"""The list of affectations: whose name is said to whom (rules.md §9), the same filters as the postes."""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.functions import Length

from gradin.data.amphis.models import Affectation
from gradin.queries.noms import noms_lisibles, shorten_name
from gradin.queries.pages import PageDeListe, cut_page, order_of
from gradin.queries.public.textes import words_in
from gradin.queries.visiteurs import Visiteur

COLONNES: dict[str, tuple[Any, ...]] = {
    "heure": ("chosen_at", "pk"),
    "numero": (Length("poste__numero"), "poste__numero"),
    "departement": ("poste__service__etablissement__departement",),
    "etablissement": ("poste__service__etablissement__cle_tri",),
    "service": ("poste__service__cle_tri",),
    "des": ("poste__des__code_des",),
    "groupe": (Length("poste__groupe__code"), "poste__groupe__code"),
}
# JSON name → path from Affectation. Never the type de choix: it tells a pregnancy or an illness.
CHAMPS = {
    "amphi": "amphi",
    "a": "chosen_at",
    "poste": "poste__numero",
    "des": "poste__des__code_des",
    "des_intitule": "poste__des__intitule",
    "groupe": "poste__groupe__code",
    "departement": "poste__service__etablissement__departement",
    "etablissement": "poste__service__etablissement__nom",
    "ville": "poste__service__etablissement__ville",
    "service": "poste__service__imotep",
    "service_nom": "poste__service__nom",
    "chef": "poste__service__chef",
    "flechage": "poste__flechage",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FiltreAffectations:
    semestre: str = ""
    subdivision: str = ""
    amphi: tuple[int, ...] = ()
    des: tuple[str, ...] = ()
    groupe: tuple[str, ...] = ()
    departement: tuple[str, ...] = ()
    etablissement: tuple[str, ...] = ()
    numero: tuple[str, ...] = ()
    q: str = ""
    tri: str = "-heure"
    page: int = 1
    par_page: int = 30


def list_affectations(filtre: FiltreAffectations, visiteur: Visiteur) -> PageDeListe:
    """Every standing affectation; the interne is « Camille L. », or null where he may not be named."""
    nomme = Case(When(noms_lisibles(visiteur).named(), then=Value(True)), default=Value(False))
    rows = _matching(filtre).annotate(nomme=nomme)
    triees = rows.order_by(*order_of(filtre.tri, COLONNES, "heure"), *ORDRE)
    total, page = cut_page(triees, filtre.page, filtre.par_page)
    lues = page.values_list("nomme", "interne__prenom", "interne__nom", *CHAMPS.values())
    resultats = tuple(_read(row) for row in lues)
    return PageDeListe(resultats=resultats, total=total, page=filtre.page, par_page=filtre.par_page)


def own_affectations(interne: int) -> list[dict[str, Any]]:
    """All of one's own, over the semesters, for oneself alone."""
    rows = Affectation.objects.filter(interne=interne, annulee=False).order_by("-semestre__code")
    champs = {"semestre": "semestre__code", "type_choix": "type_choix", "n": "n"} | CHAMPS
    return [dict(zip(champs, row, strict=True)) for row in rows.values_list(*champs.values())]


ORDRE = (Length("poste__numero"), "poste__numero")


def _read(row: tuple[Any, ...]) -> dict[str, Any]:
    nomme, prenom, nom, *reste = row
    lue = dict(zip(CHAMPS, reste, strict=True))
    return lue | {"interne": shorten_name(prenom, nom) if nomme else None}


def _matching(filtre: FiltreAffectations) -> QuerySet[Affectation]:
    lignes = Affectation.objects.filter(annulee=False)
    if filtre.semestre:
        lignes = lignes.filter(semestre__code=filtre.semestre)
    if filtre.subdivision:
        lignes = lignes.filter(poste__subdivision__code__iexact=filtre.subdivision)
    if filtre.amphi:
        lignes = lignes.filter(amphi__in=filtre.amphi)
    for nom, champ in CODES.items():
        if valeurs := getattr(filtre, nom):
            lignes = lignes.filter(**{f"{champ}__in": valeurs})
    if filtre.etablissement:
        noms = (Q(poste__service__etablissement__nom__icontains=v) for v in filtre.etablissement)
        lignes = lignes.filter(reduce(or_, noms))
    return lignes.filter(words_in("poste__recherche", filtre.q)) if filtre.q else lignes


CODES = {
    "des": "poste__des__code_des",
    "groupe": "poste__groupe__code",
    "departement": "poste__service__etablissement__departement",
    "numero": "poste__numero",
}
