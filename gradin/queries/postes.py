"""The list of postes as programs read it: the criteria of the pages, a sort, pages."""

from typing import Any

from django.db.models.functions import Length

from gradin.queries.pages import PageDeListe, cut_page, order_of
from gradin.queries.recherche.criteres import FiltrePostes
from gradin.queries.recherche.filtre import find_postes

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
    "reserve": ("reserve",),
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
    "allocation": "allocation",
}


def list_postes(filtre: FiltrePostes) -> PageDeListe:
    """Withdrawn postes are left out unless `etat=retire` asks for them."""
    rows = find_postes(filtre).postes.order_by(*order_of(filtre.tri, COLONNES, "numero"), *ORDRE_NUMERO, "pk")
    total, page = cut_page(rows, filtre.page, filtre.par_page)
    resultats = tuple(dict(zip(CHAMPS, row, strict=True)) for row in page.values_list(*CHAMPS.values()))
    return PageDeListe(resultats=resultats, total=total, page=filtre.page, par_page=filtre.par_page)
