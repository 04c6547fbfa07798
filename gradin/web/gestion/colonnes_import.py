"""What a file of the ARS must hold: its columns in words, and an empty model to fill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gradin.documents.tableur import write_csv, write_xlsx
from gradin.operations.imports.colonnes import Colonne
from gradin.operations.imports.internes import COLONNES as INTERNES
from gradin.operations.imports.postes import COLONNES as POSTES
from gradin.web.gestion.acces import enter_gestion

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLONNES: Mapping[str, tuple[Colonne, ...]] = {"internes": INTERNES, "postes": POSTES}
TITRES = {"internes": "Internes", "postes": "Postes"}
# What a cell holds, where the header alone does not say it (docs/reference/fichiers.md).
CONTENUS: Mapping[str, Mapping[str, str]] = {
    "internes": {
        "ine": "Chiffres et lettres, en texte\u00a0: un nombre perdrait ses zéros",
        "ne_le": "10/03/1997 ou 1997-03-10",
        "formation": "Médecin (si vide), Pharmacien ou Dentiste",
        "phase": "Phase socle, Phase d’approfondissement, Ancien régime ou Phase de consolidation",
        "groupe": "Code et mots\u00a0: 1 - MEDECINE GENERALE",
        "des": "Code et mots\u00a0: MGE - Médecine générale",
        "promotion": "Année du concours\u00a0: 2025",
        "rang_local": "Entier à partir de 1\u00a0; vide, l’amphi ne peut pas commencer",
        "effectif_local": "Entier à partir de 1\u00a0; vide, il est compté sur la liste",
        "semestres_valides": "Entier, le semestre en cours compris, sans les surnombres non validants",
        "surnombres_non_validants": "Entier",
        "semestres_recherche": "Entier, sans plafond ici",
        "absence_prevue": "Oui, Non ou vide",
        "type_choix": "Classique (si vide), Surnombre validant ou Surnombre non validant",
    },
    "postes": {
        "numero": "Unique dans le semestre et la subdivision",
        "groupe": "Code et mots\u00a0: 1 - MEDECINE GENERALE",
        "des": "Code et mots\u00a0: MGE - Médecine générale",
        "imotep": "Code national du terrain de stage, 8 chiffres",
        "regime": "Phase socle, Phase d’approfondissement, Ancien régime, ou "
        "Ancien régime/Phase approfondissement",
        "type_poste": "Hospitalier (si vide), Ambulatoire…",
        "reserve": "Oui, Non ou vide",
        "reserve_a": "Codes de DES, FST ou options séparés par |\u00a0; vide, le DES du poste",
        "allocation": "Telle qu’elle se lit\u00a0: 300 € brut par mois",
        "motif_agrement": "Pourquoi le poste s’ouvre sans agrément valable\u00a0; lu par l’ARS seulement",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ColonneLue:
    entete: str
    obligatoire: bool
    contenu: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FichierAttendu:
    nature: str
    titre: str
    colonnes: tuple[ColonneLue, ...]


def list_attendus() -> tuple[FichierAttendu, ...]:
    return tuple(
        FichierAttendu(
            nature=nature,
            titre=TITRES[nature],
            colonnes=tuple(
                ColonneLue(
                    entete=une.entete,
                    obligatoire=une.obligatoire,
                    contenu=CONTENUS[nature].get(une.champ, ""),
                )
                for une in colonnes
            ),
        )
        for nature, colonnes in COLONNES.items()
    )


@require_safe
def modele(request: HttpRequest, nature: str, genre: str) -> HttpResponse:
    """The headers alone: a line of example would be imported one day."""
    enter_gestion(request)
    entetes = tuple(une.entete for une in COLONNES[nature])
    if genre == "xlsx":
        reponse = HttpResponse(write_xlsx(TITRES[nature], entetes, []), content_type=XLSX)
    else:
        reponse = HttpResponse(write_csv(entetes, []), content_type="text/csv; charset=utf-8")
    reponse["Content-Disposition"] = f'attachment; filename="modele-{nature}.{genre}"'
    return reponse
