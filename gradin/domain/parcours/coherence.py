"""What contradicts a semester that an interne declares: each refusal says what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gradin.domain.maquettes.modele import NatureAgrement
from gradin.domain.parcours.modele import STAGES, Situation
from gradin.domain.rang.semestre import parse_semestre

ICI = frozenset({Situation.STAGE, Situation.SURNOMBRE_VALIDANT, Situation.SURNOMBRE_NON_VALIDANT})
AILLEURS = frozenset({Situation.HORS_SUBDIVISION, Situation.ETRANGER})
ORDRE_PHASES = ("socle", "approfondissement", "consolidation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """`service`: IMOTEP, empty elsewhere; `lieu`: where, in words; `des`: under which it is to count."""

    semestre: str
    situation: Situation
    phase: str
    des: str = ""
    agrement: NatureAgrement | None = None
    service: str = ""
    lieu: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Connu:
    """What the platform holds: his promotion, DES and subdivision, the semester for which one chooses now.

    `phases`: of his other semesters. `regions`: subdivisions in which the service declared offered postes.
    `formations`: of each DES.
    """

    promotion: int
    des: str
    subdivision: str
    pour: str
    phases: Mapping[str, str] = field(default_factory=dict)
    regions: frozenset[str] = frozenset()
    formations: Mapping[str, str] = field(default_factory=dict)


def find_contradiction(dite: Declaration, connu: Connu) -> str:
    """The first thing that contradicts it, and what to do; empty when nothing does."""
    return (
        _semestre(dite, connu)
        or _place(dite)
        or _region(dite, connu)
        or _des(dite, connu)
        or _phase(dite, connu)
    )


def _semestre(dite: Declaration, connu: Connu) -> str:
    if dite.semestre < f"{connu.promotion}-11":
        return (
            f"Votre promotion est {connu.promotion}\u00a0: votre internat commence en novembre "
            f"{connu.promotion}. Choisissez un semestre qui suit, ou demandez à l’ARS de corriger "
            "votre promotion."
        )
    if dite.semestre >= connu.pour:
        return (
            "Ce semestre n’a pas commencé. Seul le passé se déclare ici\u202f; votre affectation s’y inscrit "
            "d’elle-même."
        )
    if dite.semestre in connu.phases:
        return (
            "Ce semestre est déjà dans votre parcours. S’il est faux, signalez-le à votre faculté, "
            "qui le corrige."
        )
    return ""


def _place(dite: Declaration) -> str:
    if dite.situation in ICI and not dite.service:
        return (
            "Un stage de la subdivision se fait dans un service que la plateforme connaît. "
            "Choisissez le service, ou la situation «\u00a0Hors subdivision\u00a0»."
        )
    if dite.situation in AILLEURS and not dite.lieu:
        return "Écrivez l’hôpital et le service\u00a0: rien d’autre ne dit où ce stage a eu lieu."
    if dite.situation not in STAGES and (dite.service or dite.lieu):
        return (
            "Cette situation n’est pas un stage\u00a0: elle n’a pas de service. Retirez le service, ou "
            "changez la situation."
        )
    return ""


def _region(dite: Declaration, connu: Connu) -> str:
    if dite.service and dite.situation in AILLEURS and connu.subdivision in connu.regions:
        return (
            "Ce service est de votre subdivision. Choisissez «\u00a0Stage\u00a0», ou écrivez le service de "
            "l’autre subdivision."
        )
    if dite.situation in ICI and connu.regions and connu.subdivision not in connu.regions:
        return (
            f"Ce service n’est pas de votre subdivision ({', '.join(sorted(connu.regions))}). "
            "Choisissez la situation «\u00a0Hors subdivision\u00a0»."
        )
    return ""


def _des(dite: Declaration, connu: Connu) -> str:
    if dite.situation not in STAGES:
        return ""
    if dite.des not in connu.formations:
        return "Choisissez le DES au titre duquel ce stage compte."
    if connu.formations[dite.des] != connu.formations.get(connu.des, connu.formations[dite.des]):
        return (
            "Ce DES est d’une autre formation que la vôtre (médecine, pharmacie, odontologie). "
            "Choisissez-en un de la vôtre."
        )
    if dite.agrement is NatureAgrement.PRINCIPAL and dite.des != connu.des:
        return (
            "Un agrément principal est celui de votre propre DES. Choisissez «\u00a0complémentaire\u00a0» ou "
            "votre DES. Si vous avez changé de DES, la faculté requalifie ensuite le stage."
        )
    return ""


def _phase(dite: Declaration, connu: Connu) -> str:
    if dite.phase not in ORDRE_PHASES:
        return ""
    ici = ORDRE_PHASES.index(dite.phase)
    for code, phase in sorted(connu.phases.items()):
        if phase not in ORDRE_PHASES:
            continue
        autre = ORDRE_PHASES.index(phase)
        if (code < dite.semestre and autre > ici) or (code > dite.semestre and autre < ici):
            return (
                f"La phase contredit celle du semestre de {parse_semestre(code).libelle} ({phase})\u00a0: "
                "les phases se suivent. "
                "Corrigez la phase de celui-ci."
            )
    return ""
