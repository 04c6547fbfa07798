"""The files of a campaign as their page shows them: what each changes, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from gradin.data.appariement.models import DepotAppariement, EtatDepotAppariement
from gradin.queries.depots import MONTRES, Section

DERNIERS = 5
COMPTES = ("lignes", "crees", "modifies", "inchanges", "masquees", "changements")
SECTIONS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "differences": ("Modifiés, champ par champ", ("Ligne", "Champ", "Avant", "Après")),
    "nouveaux": ("Nouveaux", ("Nouveau",)),
    "absents": ("Absents du fichier, gardés sur la plateforme", ("Absent du fichier",)),
    "referentiel": ("Référentiels", ("Ajout ou mise à jour",)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DepotAppariementLu:
    """`compte`: the counts of its differences."""

    pk: int
    quoi: str
    fichier: str
    etat: str
    etat_mot: str
    auteur: str
    created_at: datetime
    applied_at: datetime | None
    undone_at: datetime | None
    compte: Mapping[str, int]
    inconnues: tuple[str, ...]
    sections: tuple[Section, ...]


def find_depot(campagne: int, pk: int) -> DepotAppariementLu | None:
    row = (
        DepotAppariement.objects.filter(pk=pk, campagne=campagne)
        .select_related("auteur")
        .defer("contenu", "retour")
        .first()
    )
    return None if row is None else _read(row)


def list_last_depots(campagne: int, quoi: str) -> tuple[DepotAppariementLu, ...]:
    rows = DepotAppariement.objects.filter(campagne=campagne, quoi=quoi).select_related("auteur")
    return tuple(_read(row) for row in rows.defer("contenu", "retour")[:DERNIERS])


def _read(row: DepotAppariement) -> DepotAppariementLu:
    return DepotAppariementLu(
        pk=row.pk,
        quoi=row.quoi,
        fichier=row.fichier,
        etat=row.etat,
        etat_mot=str(EtatDepotAppariement(row.etat).label),
        auteur=row.auteur.nom_affiche if row.auteur else "",
        created_at=_instant(row.created_at),
        applied_at=_instant(row.applied_at) if row.applied_at else None,
        undone_at=_instant(row.undone_at) if row.undone_at else None,
        compte={nom: row.apercu.get(nom, 0) for nom in COMPTES},
        inconnues=tuple(row.apercu.get("inconnues", ())),
        sections=tuple(
            Section(
                cle=cle,
                titre=titre,
                entetes=entetes,
                lignes=tuple(_texts(ligne) for ligne in row.apercu[cle][:MONTRES]),
                total=len(row.apercu[cle]),
            )
            for cle, (titre, entetes) in SECTIONS.items()
            if row.apercu.get(cle)
        ),
    )


def _texts(ligne: Any) -> tuple[str, ...]:
    return (ligne,) if isinstance(ligne, str) else tuple(ligne)


def _instant(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)
