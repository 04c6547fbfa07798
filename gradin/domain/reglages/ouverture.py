"""The parameters of the inadéquation rule (rules.md §7), which an opening of postes keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gradin.domain.ouverture import ReglesOuverture
from gradin.domain.reglages.modele import Famille, Fige, Nature, Reglage, valeur_of

DEFAUT = ReglesOuverture()


def _entier(cle: str, mots: str, sens: str, bornes: tuple[int, int], unite: str = "") -> Reglage:
    return Reglage(
        cle=cle,
        mots=mots,
        sens=sens,
        nature=Nature.ENTIER,
        defaut=getattr(DEFAUT, cle),
        bornes=bornes,
        famille=Famille.OUVERTURE,
        fige=Fige.JAMAIS,
        unite=unite,
    )


REGLAGES_OUVERTURE: tuple[Reglage, ...] = (
    _entier(
        "pour_cent",
        "Postes pour cent internes",
        "Arrondi au poste supérieur, sur tout le DES. Les surnombres validants comptent, "
        "pas les non validants.",
        (100, 200),
    ),
    Reglage(
        cle="petits",
        mots="DES à petit effectif",
        sens="Leurs codes, un par ligne\u00a0: tant qu’ils sont peu, ils ont une marge fixe "
        "au lieu du pourcentage.",
        nature=Nature.CODES,
        defaut=sorted(DEFAUT.petits),
        famille=Famille.OUVERTURE,
        fige=Fige.JAMAIS,
    ),
    _entier(
        "petit_effectif",
        "Petit effectif\u00a0: moins de",
        "À partir de ce nombre d’internes, le pourcentage revient.",
        (0, 1_000),
        "internes",
    ),
    _entier(
        "marge_petits",
        "Postes en plus, petit effectif",
        "Ajoutés au nombre d’internes.",
        (0, 100),
        "postes",
    ),
    _entier(
        "grand_effectif",
        "Médecine générale\u00a0: à partir de",
        "À partir de ce nombre d’internes, la médecine générale a une marge fixe.",
        (0, 5_000),
        "internes",
    ),
    _entier(
        "marge_medecine_generale",
        "Postes en plus, médecine générale",
        "Ajoutés au nombre d’internes.",
        (0, 500),
        "postes",
    ),
)


def regles_of(parametres: Mapping[str, Any]) -> ReglesOuverture:
    """What is stored, the default for the rest."""
    lues = {reglage.cle: valeur_of(parametres, reglage) for reglage in REGLAGES_OUVERTURE}
    return ReglesOuverture(**{**lues, "petits": frozenset(lues["petits"])})
