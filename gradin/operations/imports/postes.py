"""The file of postes: its columns, and one line of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from gradin.data.postes.models import Regime
from gradin.operations.imports.colonnes import Colonne, fold_mots
from gradin.operations.imports.references import Reference, normalise_code, read_reference, spell_fst
from gradin.operations.imports.valeurs import Ligne

COLONNES = (
    Colonne(champ="numero", entete="Numéro", obligatoire=True, aussi=("N°", "Numéro de poste", "N° poste")),
    Colonne(champ="groupe", entete="Groupe", obligatoire=True, aussi=("Groupe de spécialité",)),
    Colonne(champ="des", entete="DES", obligatoire=True),
    Colonne(champ="departement", entete="Département"),
    Colonne(champ="etablissement", entete="Établissement", obligatoire=True),
    Colonne(champ="ville", entete="Ville"),
    Colonne(champ="service", entete="Service", obligatoire=True),
    Colonne(champ="chef", entete="Chef de service"),
    Colonne(champ="imotep", entete="IMOTEP", obligatoire=True, aussi=("Code IMOTEP",)),
    Colonne(champ="regime", entete="Régime de formation", obligatoire=True, aussi=("Régime", "Phase")),
    Colonne(champ="type_poste", entete="Type", aussi=("Type de poste",)),
    Colonne(champ="reserve", entete="Réservé"),
    Colonne(champ="flechage", entete="Fléchage"),
    Colonne(champ="observations", entete="Observations", aussi=("Observation",)),
    Colonne(champ="reserve_a", entete="Réservé à"),
    Colonne(champ="allocation", entete="Allocation d’attractivité", aussi=("Allocation",)),
    Colonne(champ="motif_agrement", entete="Motif d’ouverture sans agrément", aussi=("Motif sans agrément",)),
    Colonne(champ="subdivision", entete="Subdivision"),
)
ENTETES = {colonne.champ: colonne.entete for colonne in COLONNES}
REGIMES = {
    "phase socle": Regime.SOCLE,
    "socle": Regime.SOCLE,
    "ancien regime phase approfondissement": Regime.AR_APPROFONDISSEMENT,
    "ancien regime phase d approfondissement": Regime.AR_APPROFONDISSEMENT,
    "ancien regime approfondissement": Regime.AR_APPROFONDISSEMENT,
    "ancien regime": Regime.ANCIEN_REGIME,
    "phase d approfondissement": Regime.APPROFONDISSEMENT,
    "phase approfondissement": Regime.APPROFONDISSEMENT,
    "approfondissement": Regime.APPROFONDISSEMENT,
}
TYPE_HABITUEL = "Hospitalier"


@dataclass(frozen=True, slots=True, kw_only=True)
class LignePoste:
    """One poste of the file; `service` holds what the file says of the service of this IMOTEP."""

    numero: int
    poste: str
    champs: Mapping[str, object]
    groupe: Reference
    des: Reference
    imotep: str
    service: Mapping[str, str]
    etablissement: tuple[str, str]
    departement: str
    subdivision: str


def read_poste(ligne: Ligne, connues: Mapping[str, Mapping[str, str]]) -> LignePoste | None:
    """Read one line; None when something in it must be mended."""
    poste = ligne.texte("numero", longueur=20, requis=True)
    champs = read_champs(ligne, connues["des"])
    groupe = read_reference(ligne, "groupe", connues["groupe"], "1 - MEDECINE GENERALE")
    des = read_reference(ligne, "des", connues["des"], "MGE - Médecine générale")
    for champ, reference in (("groupe", groupe), ("des", des)):
        if reference is None and not ligne.texte(champ, longueur=200):
            ligne.refuse(champ, "cette cellule est vide. Remplissez-la.")
    imotep = ligne.chiffres("imotep", longueur=8)
    service = {"nom": ligne.texte("service", longueur=200, requis=True)}
    if ligne.has("chef"):
        service["chef"] = ligne.texte("chef", longueur=200)
    etablissement = (
        ligne.texte("etablissement", longueur=200, requis=True),
        ligne.texte("ville", longueur=120),
    )
    departement = read_departement(ligne)
    subdivision = ligne.texte("subdivision", longueur=120)
    if ligne.anomalies or groupe is None or des is None:
        return None
    return LignePoste(
        numero=ligne.numero,
        poste=poste,
        champs=champs,
        groupe=groupe,
        des=des,
        imotep=imotep,
        service=MappingProxyType(service),
        etablissement=etablissement,
        departement=departement,
        subdivision=subdivision,
    )


def spell_code(texte: str, connues: Mapping[str, str]) -> str:
    """The code of a DES when it is one (by code or by name), else the FST or option as it is written."""
    code = connues.get(fold_mots(texte), normalise_code(texte))
    return code if code in connues.values() else spell_fst(texte)


def read_champs(ligne: Ligne, connues: Mapping[str, str]) -> Mapping[str, object]:
    """Plain fields of the poste that the file has."""
    lecteurs: dict[str, object] = {
        "regime": ligne.parmi(
            "regime",
            REGIMES,
            "Phase socle, Phase d’approfondissement, Ancien régime ou Ancien régime/Phase approfondissement",
        ),
        "type_poste": ligne.texte("type_poste", longueur=40) or TYPE_HABITUEL,
        "reserve": ligne.oui_non("reserve"),
        "reserve_a": read_reserve_a(ligne, connues),
        "flechage": ligne.texte("flechage", longueur=300),
        "observations": ligne.texte("observations", longueur=500),
        "allocation": ligne.texte("allocation", longueur=120),
        "motif_agrement": ligne.texte("motif_agrement", longueur=300),
    }
    return MappingProxyType({champ: valeur for champ, valeur in lecteurs.items() if ligne.has(champ)})


def read_reserve_a(ligne: Ligne, connues: Mapping[str, str]) -> list[str]:
    """Codes of DES, or FST and options, separated by `|`."""
    texte = ligne.texte("reserve_a", longueur=500)
    codes = [spell_code(code, connues) for code in texte.split("|") if code.strip()]
    if codes and ligne.has("reserve") and not ligne.oui_non("reserve"):
        ligne.refuse("reserve_a", "ce poste a des codes « Réservé à » mais « Réservé » dit Non. Écrivez Oui.")
    return codes


def read_departement(ligne: Ligne) -> str:
    """Two or three signs: a number that the sheet made of « 01 » gets its zero back."""
    departement = ligne.texte("departement", longueur=3).upper()
    return departement.zfill(2) if departement else ""
