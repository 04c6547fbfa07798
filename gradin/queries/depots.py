"""Imports made in the browser, as their page shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from gradin.data.comptes.models import Role
from gradin.data.imports.models import Depot, EtatDepot, NatureImport
from gradin.data.referentiel.models import Semestre, Subdivision
from gradin.domain.rang.semestre import parse_semestre
from gradin.queries.visiteurs import Visiteur

MONTRES = 100
COMPTES = ("lignes", "crees", "modifies", "inchanges", "masquees")
EN_COURS = (EtatDepot.LECTURE, EtatDepot.ECRITURE)
# A work takes seconds: after this, whoever did it is gone.
PATIENCE = timedelta(minutes=10)
# Sections of a preview, in the order in which an agent reads them: key, title, headings.
SECTIONS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "erreurs": (
        "Erreurs à corriger dans le fichier",
        ("Feuille", "Ligne", "Colonne", "Cellule", "Que faire"),
    ),
    "conflits": (
        "Gardés comme sur la plateforme",
        ("Feuille", "Ligne", "Colonne", "Cellule", "Ce qui est gardé"),
    ),
    "differences": ("Modifiés, champ par champ", ("Ligne", "Code", "Qui ou quoi", "Champ", "Avant", "Après")),
    "nouveaux": ("Nouveaux", ("Nouveau",)),
    "absents": ("Absents du fichier, gardés sur la plateforme", ("Absent du fichier",)),
    "referentiel": ("Référentiels", ("Ajout ou mise à jour",)),
    "avertissements": ("Avertissements", ("Feuille", "Ligne", "Colonne", "Cellule", "À vérifier")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """`lignes`: the first ones; `total`: how many there are."""

    cle: str
    titre: str
    entetes: tuple[str, ...]
    lignes: tuple[tuple[str, ...], ...]
    total: int

    @property
    def reste(self) -> int:
        return self.total - len(self.lignes)


@dataclass(frozen=True, slots=True, kw_only=True)
class DepotLu:
    """`compte`: the counts of the preview, empty before it and for a refused file."""

    pk: int
    nature: str
    nature_mot: str
    fichier: str
    semestre: str
    subdivision: str
    etat: str
    etat_mot: str
    auteur: str
    created_at: datetime
    applied_at: datetime | None
    undone_at: datetime | None
    etape: int
    compte: Mapping[str, Any]
    is_interrupted: bool

    @property
    def is_busy(self) -> bool:
        return self.etat in EN_COURS and not self.is_interrupted

    @property
    def changements(self) -> int:
        return sum(self.compte.get(cle, 0) for cle in ("crees", "modifies", "ajouts"))


def list_depots(agent: Visiteur, maintenant: datetime, nombre: int = 30) -> tuple[DepotLu, ...]:
    """The last files of this agent; of everybody for an administrator."""
    rows = Depot.objects.select_related("auteur").defer("contenu", "retour")
    siens = rows if agent.role == Role.ADMINISTRATEUR else rows.filter(auteur=agent.compte)
    return tuple(_read(row, maintenant) for row in siens[:nombre])


def read_depot(pk: int, maintenant: datetime) -> DepotLu:
    return _read(Depot.objects.select_related("auteur").defer("contenu", "retour").get(pk=pk), maintenant)


def is_interrupted(depot: Depot, maintenant: datetime) -> bool:
    """Its reader was killed over it."""
    depuis = depot.travail_depuis
    return depot.etat in EN_COURS and (depuis is None or maintenant - depuis > PATIENCE)


def list_sections(pk: int, montres: int | None = MONTRES) -> tuple[Section, ...]:
    """What the preview holds, empty sections left out."""
    apercu = Depot.objects.values_list("apercu", flat=True).get(pk=pk)
    return tuple(
        Section(
            cle=cle,
            titre=titre,
            entetes=entetes,
            lignes=tuple(_texts(ligne) for ligne in apercu[cle][:montres]),
            total=len(apercu[cle]),
        )
        for cle, (titre, entetes) in SECTIONS.items()
        if apercu.get(cle)
    )


def choix_semestres() -> tuple[tuple[str, str], ...]:
    """Known ones, the latest first."""
    codes = Semestre.objects.order_by("-code").values_list("code", flat=True)
    return tuple((code, parse_semestre(code).libelle) for code in codes)


def choix_subdivisions(agent: Visiteur) -> tuple[tuple[str, str], ...]:
    """Those of the agent's scope."""
    siennes = {subdivision for subdivision, _ in agent.portees}
    return tuple(Subdivision.objects.filter(pk__in=siennes).order_by("nom").values_list("code", "nom"))


def _texts(ligne: Any) -> tuple[str, ...]:
    if isinstance(ligne, str):
        return (ligne,)
    return tuple("" if valeur in (None, 0) else str(valeur) for valeur in ligne)


def _read(row: Depot, maintenant: datetime) -> DepotLu:
    compte = {
        cle: valeur
        for cle, valeur in row.apercu.items()
        if isinstance(valeur, (int, bool)) or cle == "inconnues"
    }
    sections = {f"n_{cle}": len(row.apercu.get(cle, ())) for cle in SECTIONS}
    return DepotLu(
        pk=row.pk,
        nature=row.nature,
        nature_mot=NatureImport(row.nature).label,
        fichier=row.fichier,
        semestre=row.semestre,
        subdivision=row.subdivision,
        etat=row.etat,
        etat_mot="Interrompu"
        if (interrompu := is_interrupted(row, maintenant))
        else EtatDepot(row.etat).label,
        is_interrupted=interrompu,
        auteur=row.auteur.nom_affiche or row.auteur.email if row.auteur else "",
        created_at=row.created_at,
        applied_at=row.applied_at,
        undone_at=row.undone_at,
        etape=row.etape,
        compte={**dict.fromkeys(COMPTES, 0), **compte, **sections, "ajouts": sections["n_referentiel"]},
    )
