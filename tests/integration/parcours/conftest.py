"""Internes with a parcours, a maquette that the faculty wrote, an amphi in front of them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from gradin.data.amphis.models import Amphi, Place
from gradin.data.internes.models import Inscription, Interne
from gradin.data.parcours.models import LigneParcours, VersionMaquette
from gradin.data.referentiel.models import Service
from tests.factories.amphis import T0
from tests.factories.referentiel import make_des, make_semestre

QUAND = datetime.fromtimestamp(T0 / 1000, UTC)
# The DES of the factories: two semesters of socle, one of them in « Service 1 », the other elsewhere.
CONTENU = {
    "des": "33",
    "phases": {"socle": 2, "approfondissement": 4, "consolidation": 2},
    "exigences": [
        {"intitule": "Service premier", "nombre": 1, "phase": "socle", "mots": ["service 1"]},
        {"intitule": "Service second", "nombre": 1, "phase": "socle", "mots": ["service 2"]},
    ],
}


def write_maquette(contenu: Mapping[str, Any] = CONTENU, version: int = 1) -> VersionMaquette:
    return VersionMaquette.objects.create(
        des=make_des(), version=version, contenu={**contenu, "version": version}, created_at=QUAND
    )


def add_ligne(interne: Interne, semestre: str, **champs: Any) -> LigneParcours:
    """A validated stage of the socle in its own DES, unless said otherwise."""
    faits: dict[str, Any] = {
        "situation": "stage",
        "etat": "valide",
        "source": "import",
        "phase": "socle",
        "agrement": "principal",
        "des": make_des(),
        "updated_at": QUAND,
    }
    return LigneParcours.objects.create(
        interne=interne, semestre=make_semestre(semestre), **{**faits, **champs}
    )


def inscription_of(amphi: Amphi, rang: int) -> Inscription:
    place = Place.objects.select_related("inscription__interne").get(amphi=amphi, rang=rang)
    return place.inscription


def service(numero: int) -> Service:
    return Service.objects.get(imotep=f"75{numero:06d}")
