"""The list of postes: filters that may be repeated, one search box, a sort, pages."""

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from gradin.data.postes.models import EtatPoste, Poste
from gradin.queries.pages import PageDeListe, cut_page, order_of
from gradin.queries.public.textes import words_in

ORDRE_NUMERO = (Length("numero"), "numero")
COLONNES: dict[str, tuple[Any, ...]] = {
    "numero": ORDRE_NUMERO,
    "etat": ("etat",),
    "departement": ("service__etablissement__departement",),
    "etablissement": ("service__etablissement__cle_tri",),
    "service": ("service__cle_tri",),
    "chef": ("service__chef",),
    "des": ("des__code_des",),
    "groupe": (Length("groupe__code"), "groupe__code"),
    "regime": ("regime",),
    "type": ("type_poste",),
    "imotep": ("service__imotep",),
    "flechage": ("flechage",),
}
# JSON name → path from Poste: the allow-list of what is said of a poste.
CHAMPS = {
    "poste": "numero",
    "etat": "etat",
    "groupe": "groupe__code",
    "groupe_nom": "groupe__nom",
    "des": "des__code_des",
    "des_intitule": "des__intitule",
    "departement": "service__etablissement__departement",
    "etablissement": "service__etablissement__nom",
    "ville": "service__etablissement__ville",
    "service": "service__imotep",
    "service_nom": "service__nom",
    "chef": "service__chef",
    "regime": "regime",
    "type": "type_poste",
    "reserve": "reserve",
    "reserve_a": "reserve_a",
    "flechage": "flechage",
    "observations": "observations",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FiltrePostes:
    """Each tuple: any of its values; empty: no filter. Texts are searched inside, codes compared whole."""

    semestre: str = ""
    subdivision: str = ""
    etat: tuple[str, ...] = ()
    des: tuple[str, ...] = ()
    groupe: tuple[str, ...] = ()
    departement: tuple[str, ...] = ()
    etablissement: tuple[str, ...] = ()
    service: tuple[str, ...] = ()
    chef: tuple[str, ...] = ()
    regime: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    imotep: tuple[str, ...] = ()
    numero: tuple[str, ...] = ()
    flechage: tuple[str, ...] = ()
    q: str = ""
    tri: str = "numero"
    page: int = 1
    par_page: int = 30


CODES = {
    "etat": "etat",
    "des": "des__code_des",
    "groupe": "groupe__code",
    "departement": "service__etablissement__departement",
    "regime": "regime",
    "type": "type_poste",
    "imotep": "service__imotep",
    "numero": "numero",
}
TEXTES = {
    "etablissement": "service__etablissement__nom",
    "service": "service__nom",
    "chef": "service__chef",
    "flechage": "flechage",
}


def list_postes(filtre: FiltrePostes) -> PageDeListe:
    """Withdrawn postes are left out unless `etat=retire` asks for them."""
    rows = _matching(filtre).order_by(*order_of(filtre.tri, COLONNES, "numero"), *ORDRE_NUMERO, "pk")
    total, page = cut_page(rows, filtre.page, filtre.par_page)
    resultats = tuple(dict(zip(CHAMPS, row, strict=True)) for row in page.values_list(*CHAMPS.values()))
    return PageDeListe(resultats=resultats, total=total, page=filtre.page, par_page=filtre.par_page)


def _matching(filtre: FiltrePostes) -> QuerySet[Poste]:
    postes = Poste.objects.all() if filtre.etat else Poste.objects.exclude(etat=EtatPoste.RETIRE)
    if filtre.semestre:
        postes = postes.filter(semestre__code=filtre.semestre)
    if filtre.subdivision:
        postes = postes.filter(subdivision__code__iexact=filtre.subdivision)
    for nom, champ in CODES.items():
        if valeurs := getattr(filtre, nom):
            postes = postes.filter(**{f"{champ}__in": valeurs})
    for nom, champ in TEXTES.items():
        if valeurs := getattr(filtre, nom):
            postes = postes.filter(reduce(or_, (Q(**{f"{champ}__icontains": v}) for v in valeurs)))
    return postes.filter(words_in("recherche", filtre.q)) if filtre.q else postes
