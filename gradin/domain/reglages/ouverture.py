"""The parameters of the inadéquation rule (rules.md §7), which an opening of postes keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gradin.domain.ouverture import ReglesOuverture
from gradin.domain.reglages.modele import Famille, Fige, Nature, Reglage, valeur_of

DEFAUT = ReglesOuverture()
REGLAGES_OUVERTURE: tuple[Reglage, ...] = (
    Reglage(
        cle="pour_cent",
        mots="Postes pour cent internes",
        sens="Arrondi au poste supérieur, sur tout le DES. Les surnombres validants comptent, "
        "pas les non validants.",
        nature=Nature.ENTIER,
        defaut=DEFAUT.pour_cent,
        bornes=(100, 200),
        famille=Famille.OUVERTURE,
        fige=Fige.JAMAIS,
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
    Reglage(
        cle="petit_effectif",
        mots="Petit effectif\u00a0: moins de",
        sens="À partir de ce nombre d’internes, le pourcentage revient.",
        nature=Nature.ENTIER,
        defaut=DEFAUT.petit_effectif,
        bornes=(0, 1_000),
        famille=Famille.OUVERTURE,
        fige=Fige.JAMAIS,
        unite="internes",
    ),
    Reglage(
        cle="marge_petits",
        mots="Postes en plus, petit effectif",
        sens="Ajoutés au nombre d’internes.",
        nature=Nature.ENTIER,
        defaut=DEFAUT.marge_petits,
        bornes=(0, 100),
        famille=Famille.OUVERTURE,
        fige=Fige.JAMAIS,
        unite="postes",
    ),
    Reglage(
        cle="grand_effectif",
        mots="Médecine générale\u00a0: à partir de",
        sens="À partir de ce nombre d’internes, la médecine générale a une marge fixe.",
        nature=Nature.ENTIER,
        defaut=DEFAUT.grand_effectif,
        bornes=(0, 5_000),
        famille=Famille.OUVERTURE,
        fige=Fige.JAMAIS,
        unite="internes",
    ),
    Reglage(
        cle="marge_medecine_generale",
        mots="Postes en plus, médecine générale",
        sens="Ajoutés au nombre d’internes.",
        nature=Nature.ENTIER,
        defaut=DEFAUT.marge_medecine_generale,
        bornes=(0, 500),
        famille=Famille.OUVERTURE,
        fige=Fige.JAMAIS,
        unite="postes",
    ),
)


def regles_of(parametres: Mapping[str, Any]) -> ReglesOuverture:
    """What is stored, the default for the rest."""
    lues = {reglage.cle: valeur_of(parametres, reglage) for reglage in REGLAGES_OUVERTURE}
    return ReglesOuverture(**{**lues, "petits": frozenset(lues["petits"])})
