"""The columns of the published CSV files, described for programs (Frictionless Table Schema)."""

from typing import Any

SEMESTRE = "Semestre de choix, en toutes lettres (« mai 2027 »)."
REGIME = "Régime de formation : Phase socle, Phase d’approfondissement ou Ancien régime."
CODE_ET_MOT = "Code et intitulé."
COMMUNES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("Établissement", "Nom de l’établissement.", {"required": True}),
    ("Service", "Nom du service.", {"required": True}),
    ("Chef de service", "Nom du chef de service, vide s’il n’est pas connu.", {}),
)
COLONNES: dict[str, tuple[tuple[str, str, dict[str, Any]], ...]] = {
    "postes": (
        ("État", "Ce que devient le poste.", {"required": True, "enum": ["Pourvu", "Non pourvu", "Retiré"]}),
        ("Numéro", "Numéro de l’ARS, unique dans le semestre et la subdivision.", {"required": True}),
        ("Groupe", f"Groupe de spécialité. {CODE_ET_MOT}", {"required": True}),
        ("DES", f"DES du poste. {CODE_ET_MOT}", {"required": True}),
        ("Département", "Code du département ; un texte : 01, 2A.", {}),
        COMMUNES[0],
        ("Ville", "Ville de l’établissement.", {}),
        *COMMUNES[1:],
        ("IMOTEP", "Code du service.", {"required": True, "pattern": "[0-9]{8}"}),
        ("Régime de formation", f"{REGIME} L’ancien régime partage ses postes.", {"required": True}),
        ("Type", "Type de poste (Hospitalier, Ambulatoire…).", {}),
        ("Réservé à", "DES, DESC, FST ou options pour qui le poste est réservé ; vide : à personne.", {}),
        ("Fléchage", "Orientation du poste, texte libre.", {}),
        ("Observations", "Texte libre de l’ARS.", {}),
        ("Allocation d’attractivité", "Ce que l’ARS verse en plus ; vide : rien.", {}),
    ),
    "affectations": (
        ("Semestre", SEMESTRE, {"required": True}),
        ("Semest. validés", "Semestres validés de l’interne ; vide pour qui ne peut pas les lire.", {}),
        ("DES poste", "DES du poste, en toutes lettres.", {"required": True}),
        ("Dép.", "Code du département ; un texte : 01, 2A.", {}),
        *COMMUNES,
        ("Interne", "« Camille L. » ; vide tant que le nom n’est pas public.", {}),
        ("R. de formation", f"{REGIME} De l’interne.", {}),
        ("DES interne", "DES de l’interne, en toutes lettres.", {}),
        ("UFR", "UFR de l’interne ; vide tant que le nom n’est pas public.", {}),
        ("N° poste", "Numéro de l’ARS.", {"required": True}),
    ),
}
# Spreadsheets in French: `;`, a byte order mark, and a quote before what would be a formula.
DIALECTE = {"delimiter": ";", "lineTerminator": "\r\n", "header": True}


def table_schema(nom: str) -> dict[str, Any] | None:
    """None for a file that is not published."""
    if nom not in COLONNES:
        return None
    champs = [
        {"name": colonne, "type": "string", "description": mot, "constraints": contraintes}
        for colonne, mot, contraintes in COLONNES[nom]
    ]
    return {
        "name": nom,
        "path": f"/{nom}/?format=csv",
        "encoding": "utf-8",
        "dialect": DIALECTE,
        "schema": {"fields": champs, "missingValues": [""]},
    }
