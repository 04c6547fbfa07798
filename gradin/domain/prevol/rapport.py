"""The whole pre-flight of one amphi: what blocks its start, what an agent acknowledges by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gradin.domain.nombres import count_mots
from gradin.domain.prevol.dossier import CodeConstat, Constat, Dossier, Gravite
from gradin.domain.prevol.offre import examine_offre
from gradin.domain.prevol.personnes import examine_personnes

NOMMES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Rapport:
    """Findings, the gravest first."""

    constats: tuple[Constat, ...]

    @property
    def bloquants(self) -> tuple[Constat, ...]:
        return tuple(c for c in self.constats if c.gravite is Gravite.BLOQUE)

    @property
    def a_confirmer(self) -> tuple[Constat, ...]:
        return tuple(c for c in self.constats if c.gravite is Gravite.A_CONFIRMER)

    @property
    def peut_demarrer(self) -> bool:
        """True when nothing blocks; acknowledgements are still asked."""
        return not self.bloquants


def examine_amphi(dossier: Dossier) -> Rapport:
    """Judge one amphi before its start (rules.md §5, « Pre-flight »)."""
    constats = (*examine_liste(dossier), *examine_personnes(dossier), *examine_offre(dossier))
    gravites = list(Gravite)
    return Rapport(constats=tuple(sorted(constats, key=lambda constat: gravites.index(constat.gravite))))


def examine_liste(dossier: Dossier) -> Iterator[Constat]:
    """The list itself: somebody on it, published, its order settled; wishes asked for where they decide."""
    if not dossier.internes:
        yield _block(
            CodeConstat.LISTE_VIDE, (), "La liste d’appel est vide. Préparez-la d’abord.", dossier.lien_liste
        )
    if not dossier.liste_publiee:
        yield _block(
            CodeConstat.LISTE_NON_PUBLIEE,
            (),
            "La liste d’appel n’est pas publiée. Relisez-la, puis publiez-la.",
            dossier.lien_publier,
        )
    if not dossier.voeux_annonces:
        yield _block(
            CodeConstat.VOEUX_SANS_DATE,
            (),
            "Cet amphi se choisit par vœux, et aucune date n’est annoncée pour les déposer. "
            "Annoncez une vague.",
            dossier.lien_prechoix,
        )
    if dossier.perimes:
        yield tell_perimee(dossier)
    if dossier.oublies:
        yield tell_oublies(dossier)
    for groupe in dossier.ex_aequo:
        yield _block(
            CodeConstat.EX_AEQUO,
            groupe,
            f"{', '.join(groupe)}\u00a0: ex æquo départagés par la date de naissance ou le tirage au sort. "
            "Confirmez cet ordre dans la liste d’appel.",
            dossier.lien_ex_aequo,
        )


def tell_perimee(dossier: Dossier) -> Constat:
    """Figures changed after the computation; a correction is an act with a motive (rules.md §3)."""
    return Constat(
        code=CodeConstat.LISTE_PERIMEE,
        gravite=Gravite.A_CONFIRMER,
        qui=dossier.perimes,
        message=f"Les données ont changé depuis le calcul de la liste\u00a0: "
        f"{count_mots(len(dossier.perimes), 'rang serait autre', 'rangs seraient autres')}. "
        "Calculez-la et publiez-la de nouveau avec un motif, ou confirmez celle-ci.",
        lien=dossier.lien_corriger,
    )


def tell_oublies(dossier: Dossier) -> Constat:
    """Imported or moved after the list was made: without it they would never be called."""
    nombre = count_mots(len(dossier.oublies), "interne manque", "internes manquent")
    return Constat(
        code=CodeConstat.ABSENTS_DE_LA_LISTE,
        gravite=Gravite.A_CONFIRMER,
        qui=dossier.oublies,
        message=f"{nombre} à la liste d’appel, de ce groupe et de cette phase\u00a0: "
        f"{_name_some(dossier.oublies)}. Calculez-la de nouveau pour "
        "les y mettre, ou confirmez qu’ils ne choisissent pas ici.",
        lien=dossier.lien_corriger,
    )


def _name_some(noms: tuple[str, ...]) -> str:
    reste = len(noms) - NOMMES
    return ", ".join(noms[:NOMMES]) + (f" et {reste} autres" if reste > 0 else "")


def _block(code: CodeConstat, qui: tuple[str, ...], message: str, lien: str) -> Constat:
    return Constat(code=code, gravite=Gravite.BLOQUE, qui=qui, message=message, lien=lien)
