"""Which maquette holds for a DES and a promotion: the faculty's latest version, else the texts' own."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from gradin.data import parcours
from gradin.data.parcours.models import VersionMaquette
from gradin.data.referentiel.models import Specialite
from gradin.domain.maquettes.ecriture import read_maquette
from gradin.domain.maquettes.modele import Maquette, default_phases
from gradin.domain.texte import fold

NATIONALES = Path(parcours.__file__).parent / "nationales.json"
CHIRURGIES = ("chirurgie", "neurochirurgie", "urologie", "ophtalmologie", "gynecologie obstetrique")
Maquettes = Mapping[str, tuple[Maquette, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLue:
    """`auteur` and `created_at` are empty for what is shipped with the product."""

    maquette: Maquette
    intitule: str
    auteur: str
    created_at: datetime | None
    motif: str


@cache
def nationales() -> tuple[Maquette, ...]:
    """Facts of reference texts, shipped with the product: version 0."""
    return tuple(read_maquette(dite) for dite in json.loads(NATIONALES.read_text(encoding="utf-8")))


def load_maquettes(codes: Iterable[str] | None = None) -> Maquettes:
    """By DES, those in force: for each first promotion the latest version, the latest promotion first."""
    rows = VersionMaquette.objects.order_by("version").select_related(None)
    if codes is not None:
        rows = rows.filter(des__code_des__in=set(codes))
    en_vigueur = {(une.des, une.promotion_de): une for une in nationales()}
    for contenu in rows.values_list("contenu", flat=True):
        une = read_maquette(contenu)
        en_vigueur[une.des, une.promotion_de] = une
    par_des: dict[str, list[Maquette]] = defaultdict(list)
    for (des, _), une in sorted(en_vigueur.items(), reverse=True):
        par_des[des].append(une)
    return {des: tuple(siennes) for des, siennes in par_des.items()}


def choose_maquette(maquettes: Maquettes, des: str, promotion: int) -> Maquette | None:
    """None: nobody has written it down yet, and nothing is checked."""
    return next((une for une in maquettes.get(des, ()) if promotion >= une.promotion_de), None)


def usual_maquette(des: Specialite) -> Maquette:
    """Phases alone, for a DES whose requirements are not written down."""
    chirurgie = any(mot in fold(des.intitule) for mot in CHIRURGIES)
    return Maquette(des=des.code_des, phases=default_phases(des.annees or 4, chirurgie=chirurgie))


def list_versions(des: Specialite) -> tuple[VersionLue, ...]:
    """The latest first; what is shipped stands last."""
    rows = VersionMaquette.objects.filter(des=des).select_related("auteur").order_by("-created_at", "-pk")
    ecrites = [
        VersionLue(
            maquette=read_maquette(row.contenu),
            intitule=des.intitule,
            auteur=(row.auteur.nom_affiche or row.auteur.email) if row.auteur else "",
            created_at=row.created_at,
            motif=row.motif,
        )
        for row in rows
    ]
    livrees = [
        VersionLue(maquette=une, intitule=des.intitule, auteur="", created_at=None, motif="")
        for une in nationales()
        if une.des == des.code_des
    ]
    return (*ecrites, *livrees)
