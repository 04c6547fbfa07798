"""A poste or a line of a parcours as a maquette looks at it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from gradin.data.parcours.models import Encadrement, LigneParcours
from gradin.domain.maquettes.modele import Lieu, NatureAgrement, PhaseMaquette, StageFait, Terrain
from gradin.domain.parcours.modele import VALIDANTES, EtatSemestre, Situation
from gradin.domain.texte import fold

UNIVERSITAIRE = re.compile(r"\b(chu|chru|hcl|ap-?hp|ap-?hm|universitaire|hospices civils)\b")
PHASES = {phase.value: phase for phase in PhaseMaquette}
Encadrements = Mapping[int, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Formation:
    """Of whom the poste is looked at: his DES, and what may make an agrément fonctionnel of another."""

    des: str
    codes: frozenset[str] = frozenset()


def load_encadrements() -> Encadrements:
    return dict(Encadrement.objects.values_list("etablissement", "universitaire"))


def is_universitaire(encadrements: Encadrements, etablissement: int | None, nom: str) -> bool:
    """What the faculty said of it, else what its name says."""
    dit = encadrements.get(etablissement) if etablissement is not None else None
    return bool(UNIVERSITAIRE.search(fold(nom))) if dit is None else dit


def agrement_of(formation: Formation, des: str, reserve_a: tuple[str, ...] = ()) -> NatureAgrement:
    if des == formation.des:
        return NatureAgrement.PRINCIPAL
    if formation.codes & set(reserve_a):
        return NatureAgrement.FONCTIONNEL
    return NatureAgrement.COMPLEMENTAIRE


def is_ambulatoire(type_poste: str) -> bool:
    return "ambulatoire" in fold(type_poste)


def stage_of(ligne: LigneParcours, encadrements: Encadrements) -> StageFait | None:
    """None for what serves no maquette: no stage, a surnombre non validant, not validated, no phase."""
    if Situation(ligne.situation) not in VALIDANTES or ligne.etat == EtatSemestre.NON_VALIDE:
        return None
    if ligne.phase not in PHASES:
        return None
    service, lieu = ligne.service, ligne.service.etablissement if ligne.service else None
    return StageFait(
        semestre=ligne.semestre.code,
        phase=PHASES[ligne.phase],
        valide=ligne.etat == EtatSemestre.VALIDE,
        terrain=Terrain(
            service=service.imotep if service else fold(ligne.lieu),
            des=ligne.des.code_des if ligne.des else "",
            agrement=NatureAgrement(ligne.agrement or NatureAgrement.COMPLEMENTAIRE),
            universitaire=is_universitaire(
                encadrements, lieu.pk if lieu else None, lieu.nom if lieu else ligne.lieu
            ),
            lieu=Lieu.AMBULATOIRE if ligne.ambulatoire else Lieu.HOSPITALIER,
            texte=fold(f"{service.nom if service else ligne.lieu} {ligne.details}"),
        ),
    )
