"""Findings about people: who may not choose here, and what must be acknowledged by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gradin.domain.nombres import count_mots
from gradin.domain.prevol.dossier import (
    CONSOLIDATION,
    CodeConstat,
    Constat,
    Dossier,
    Gravite,
    InternePrevol,
)

PROCURATIONS = "/gestion/procurations/"
Controle = Callable[[Dossier, InternePrevol], Constat | None]


def examine_personnes(dossier: Dossier) -> Iterator[Constat]:
    """Every check on every interne of the list, in call order."""
    for interne in dossier.internes:
        for controle in CONTROLES:
            constat = controle(dossier, interne)
            if constat is not None:
                yield constat


def check_affecte(dossier: Dossier, interne: InternePrevol) -> Constat | None:
    if not interne.choisit or not interne.candidat.affecte:
        return None
    return _block(
        dossier,
        CodeConstat.DEJA_AFFECTE,
        interne,
        f"{interne.nom} a déjà une affectation pour ce semestre. Déclarez cette personne hors choix "
        "ou retirez-la de la liste.",
    )


def check_deux_listes(dossier: Dossier, interne: InternePrevol) -> Constat | None:
    if not interne.choisit or not interne.listes_en_cours:
        return None
    return _block(
        dossier,
        CodeConstat.DEUX_LISTES,
        interne,
        f"{interne.nom} est attendu dans un autre amphi déjà commencé "
        f"({', '.join(interne.listes_en_cours)}). Attendez son choix là-bas, ou déclarez cette personne "
        "hors choix dans l’un des deux.",
    )


def check_maquette_terminee(dossier: Dossier, interne: InternePrevol) -> Constat | None:
    """In 2019 one interne whose maquette was complete annulled 462 choices."""
    if interne.annees is None or interne.semestres_valides < 2 * interne.annees + interne.en_plus:
        return None
    total = 2 * interne.annees + interne.en_plus
    return _block(
        dossier,
        CodeConstat.MAQUETTE_TERMINEE,
        interne,
        f"{interne.nom} a validé {interne.semestres_valides} semestres sur les {total} de son DES. "
        "Retirez cette personne de la liste, ou corrigez ses semestres validés.",
    )


def check_consolidation(dossier: Dossier, interne: InternePrevol) -> Constat | None:
    if interne.phase != CONSOLIDATION:
        return None
    return _block(
        dossier,
        CodeConstat.CONSOLIDATION,
        interne,
        f"{interne.nom} est en phase de consolidation\u00a0: son poste vient de l’appariement des docteurs "
        "juniors. Retirez cette personne de la liste, ou corrigez sa phase.",
    )


def check_regime(dossier: Dossier, interne: InternePrevol) -> Constat | None:
    if not dossier.phase or interne.phase in (dossier.phase, CONSOLIDATION):
        return None
    return _block(
        dossier,
        CodeConstat.AUTRE_REGIME,
        interne,
        f"{interne.nom} relève d’un autre régime de formation ({interne.phase}) que l’amphi "
        f"({dossier.phase}). Déplacez cette personne, ou corrigez son régime.",
    )


def check_rang(dossier: Dossier, interne: InternePrevol) -> Constat | None:
    if not interne.rang_manquant:
        return None
    return _block(
        dossier,
        CodeConstat.RANG_MANQUANT,
        interne,
        f"Le rang local de {interne.nom} manque. Complétez-le, puis préparez la liste de nouveau.",
    )


def check_semestres(dossier: Dossier, interne: InternePrevol) -> Constat | None:
    if not interne.choisit or interne.semestres_valides >= dossier.semestres_minimaux:
        return None
    valides = interne.semestres_valides
    manque = (
        f"que {count_mots(valides, 'semestre validé', 'semestres validés')}"
        if valides
        else "aucun semestre validé"
    )
    return _note(
        dossier,
        Gravite.A_CONFIRMER,
        CodeConstat.SEMESTRES_INSUFFISANTS,
        interne,
        f"{interne.nom} n’a {manque} pour une phase "
        f"qui en demande {dossier.semestres_minimaux}. Vérifiez sa phase, ou confirmez.",
    )


def check_procuration(dossier: Dossier, interne: InternePrevol) -> Constat | None:
    if not interne.choisit or not interne.procuration_en_attente:
        return None
    return Constat(
        code=CodeConstat.PROCURATION_EN_ATTENTE,
        gravite=Gravite.A_CONFIRMER,
        qui=(interne.nom,),
        message=f"La procuration de {interne.nom} n’est pas acceptée\u00a0: personne ne pourrait choisir "
        "à sa place. Relancez le mandataire, annulez la procuration, ou confirmez.",
        lien=PROCURATIONS,
    )


def check_groupe(dossier: Dossier, interne: InternePrevol) -> Constat | None:
    """The groupe is what the ARS says; one that is unusual for the DES is only told (rules.md §3)."""
    if not interne.groupe_habituel:
        return None
    return _note(
        dossier,
        Gravite.A_SAVOIR,
        CodeConstat.AUTRE_GROUPE,
        interne,
        f"{interne.nom} choisit ici alors que son DES choisit d’ordinaire dans "
        f"«\u00a0{interne.groupe_habituel}\u00a0». Rien à faire si c’est voulu.",
    )


def check_effectif(dossier: Dossier, interne: InternePrevol) -> Constat | None:
    if not interne.effectif_compte:
        return None
    return _note(
        dossier,
        Gravite.A_SAVOIR,
        CodeConstat.EFFECTIF_COMPTE,
        interne,
        f"L’effectif local de la promotion de {interne.nom} manque\u00a0: il a été compté sur le fichier. "
        "Complétez-le si l’effectif officiel est autre.",
    )


CONTROLES: tuple[Controle, ...] = (
    check_affecte,
    check_deux_listes,
    check_maquette_terminee,
    check_consolidation,
    check_regime,
    check_rang,
    check_semestres,
    check_procuration,
    check_groupe,
    check_effectif,
)


def _block(dossier: Dossier, code: CodeConstat, interne: InternePrevol, message: str) -> Constat:
    return _note(dossier, Gravite.BLOQUE, code, interne, message)


def _note(
    dossier: Dossier, gravite: Gravite, code: CodeConstat, interne: InternePrevol, message: str
) -> Constat:
    lien = interne.fiche or dossier.lien_liste
    return Constat(code=code, gravite=gravite, qui=(interne.nom,), message=message, lien=lien)
