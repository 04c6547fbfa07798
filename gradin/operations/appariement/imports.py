"""The two files of a campaign, sites and candidates: all or nothing, a second run changes nothing.

Here it is read and compared; `depots` keeps it until its differences are confirmed. Nothing is locked while a
file is read: a long one keeps nobody waiting but who brought it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from gradin.data.appariement.models import CampagneAppariement
from gradin.data.referentiel.models import Subdivision
from gradin.domain.texte import fold
from gradin.operations.appariement.enregistrement import (
    Ecart,
    compare_candidats,
    compare_sites,
    write_candidats,
    write_sites,
)
from gradin.operations.imports.anomalies import FichierRefuse
from gradin.operations.imports.colonnes import Colonne, match_colonnes
from gradin.operations.imports.demande import Bilan
from gradin.operations.imports.fichiers.lecture import read_contenu
from gradin.operations.imports.postes import read_departement
from gradin.operations.imports.references import read_reference
from gradin.operations.imports.referentiel import Referentiel, load_referentiel
from gradin.operations.imports.retour import Retour, write_retour
from gradin.operations.imports.valeurs import Ligne, read_lignes, refuse_doublons

SITES = (
    Colonne(champ="code", entete="Code", obligatoire=True, aussi=("Code du site", "Numéro")),
    Colonne(champ="groupe", entete="Groupe", obligatoire=True, aussi=("Groupe de spécialité",)),
    Colonne(champ="des", entete="DES", obligatoire=True),
    Colonne(champ="departement", entete="Département"),
    Colonne(champ="etablissement", entete="Établissement", obligatoire=True),
    Colonne(champ="ville", entete="Ville"),
    Colonne(champ="service", entete="Service", obligatoire=True),
    Colonne(champ="imotep", entete="IMOTEP", obligatoire=True, aussi=("Code IMOTEP",)),
    Colonne(champ="places", entete="Places", obligatoire=True, aussi=("Postes", "Capacité")),
    Colonne(champ="subdivision", entete="Subdivision"),
    Colonne(champ="responsable", entete="Responsable", aussi=("Responsable de terrain de stage", "RTS")),
    Colonne(champ="courriel", entete="Courriel", aussi=("Courriel du responsable",)),
    Colonne(champ="profil", entete="Profil", aussi=("Profil du site", "Description")),
)
CANDIDATS = (
    Colonne(champ="ine", entete="INE", obligatoire=True),
    Colonne(champ="nom", entete="Nom", obligatoire=True),
    Colonne(champ="prenom", entete="Prénom", obligatoire=True),
    Colonne(champ="courriel", entete="Courriel"),
    Colonne(champ="des", entete="DES", obligatoire=True),
    Colonne(champ="subdivision", entete="Subdivision"),
    Colonne(champ="rang", entete="Rang", aussi=("Rang d’appel",)),
)
NATURES = {"sites": SITES, "candidats": CANDIDATS}
PLACES_MAX, RANG_MAX = 200, 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Lecture:
    """A file being read for one campaign."""

    campagne: CampagneAppariement
    referentiel: Referentiel
    bilan: Bilan


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """A file read and compared: nothing of it is written yet."""

    quoi: str
    lecture: Lecture
    lignes: int
    ecart: Ecart
    inconnues: tuple[str, ...]
    masquees: int

    def write(self, maintenant: int) -> Retour:
        """In the transaction of its caller; gives back what it takes to undo it. Raises FichierRefuse."""
        self.lecture.referentiel.save()
        ecrire = write_sites if self.quoi == "sites" else write_candidats
        ecrits = ecrire(self.lecture.campagne, self.ecart, self.lecture.bilan.feuille, maintenant)
        return write_retour(ecrits.crees, ecrits.changes, self.lecture.referentiel)


def prepare(row: CampagneAppariement, quoi: str, nom: str, contenu: bytes) -> Preparation:
    """`quoi`: sites or candidats. Raises FichierRefuse with all that is wrong."""
    tableau = read_contenu(nom, contenu)
    entetes = match_colonnes(tableau, NATURES[quoi])
    lecture = Lecture(
        campagne=row, referentiel=load_referentiel(avec_services=True), bilan=Bilan(tableau.feuille)
    )
    lus = _read_all(quoi, list(read_lignes(tableau, entetes)), lecture)
    return Preparation(
        quoi=quoi,
        lecture=lecture,
        lignes=len(lus),
        ecart=(compare_sites if quoi == "sites" else compare_candidats)(row, lus),
        inconnues=entetes.inconnues,
        masquees=tableau.masquees,
    )


def _read_all(quoi: str, lignes: list[Ligne], lecture: Lecture) -> list[Mapping[str, Any]]:
    """Raises FichierRefuse with all that is wrong: afterwards every line is one of these."""
    refuse_doublons(lignes, "code" if quoi == "sites" else "ine", "ce code" if quoi == "sites" else "cet INE")
    lire: Callable[[Ligne, Lecture], Mapping[str, Any] | None] = (
        _read_site if quoi == "sites" else _read_candidat
    )
    lus = [lire(ligne, lecture) for ligne in lignes]
    lecture.bilan.gather(lignes)
    lecture.bilan.refuse_if_wrong()
    return [lu for lu in lus if lu is not None]


def _read_site(ligne: Ligne, lecture: Lecture) -> Mapping[str, Any] | None:
    code = ligne.texte("code", longueur=20, requis=True)
    groupe = read_reference(ligne, "groupe", lecture.referentiel.connues["groupe"], "1 - MEDECINE GENERALE")
    des = read_reference(ligne, "des", lecture.referentiel.connues["des"], "CAR - Cardiologie")
    for champ, lue in (("groupe", groupe), ("des", des)):
        if lue is None and not ligne.texte(champ, longueur=200):
            ligne.refuse(champ, "cette cellule est vide. Remplissez-la.")
    imotep = ligne.chiffres("imotep", longueur=8)
    dit = {"nom": ligne.texte("service", longueur=200, requis=True)}
    lieu = (ligne.texte("etablissement", longueur=200, requis=True), ligne.texte("ville", longueur=120))
    places = ligne.entier("places", minimum=0, maximum=PLACES_MAX, quoi="un nombre de places")
    if places is None and not ligne.anomalies:
        ligne.refuse("places", "cette cellule est vide. Écrivez le nombre de places, 0 pour aucune.")
    champs = {
        "profil": ligne.texte("profil", longueur=4_000),
        "responsable": ligne.texte("responsable", longueur=160),
        "courriel": _courriel(ligne),
    }
    subdivision = _subdivision(ligne, lecture)
    departement = read_departement(ligne)
    if ligne.anomalies or groupe is None or des is None:
        return None
    service = lecture.referentiel.service(imotep, dit, lieu, departement)
    return {
        "code": code,
        "service": service,
        "subdivision": subdivision,
        "groupe": lecture.referentiel.groupe(groupe, "medecin"),
        "des": lecture.referentiel.specialite(des, "medecin"),
        "places": places,
        **champs,
        "recherche": fold(" ".join((code, dit["nom"], *lieu, departement, champs["profil"]))),
    }


def _read_candidat(ligne: Ligne, lecture: Lecture) -> Mapping[str, Any] | None:
    ine = ligne.texte("ine", longueur=20, requis=True).upper()
    noms = {champ: ligne.texte(champ, longueur=200, requis=True) for champ in ("nom", "prenom")}
    des = read_reference(ligne, "des", lecture.referentiel.connues["des"], "CAR - Cardiologie")
    if des is None and not ligne.texte("des", longueur=200):
        ligne.refuse("des", "cette cellule est vide. Remplissez-la.")
    rang = ligne.entier("rang", minimum=1, maximum=RANG_MAX, quoi="un rang")
    courriel, subdivision = _courriel(ligne), _subdivision(ligne, lecture)
    if ligne.anomalies or des is None:
        return None
    return {
        "ine": ine,
        **noms,
        "courriel": courriel,
        "subdivision": subdivision,
        "des": lecture.referentiel.specialite(des, "medecin"),
        "rang": rang,
    }


def _courriel(ligne: Ligne) -> str:
    courriel = ligne.texte("courriel", longueur=254).lower()
    if courriel and ("@" not in courriel or " " in courriel):
        ligne.refuse("courriel", f"« {courriel} » n’est pas une adresse. Corrigez-la.")
    return courriel


def _subdivision(ligne: Ligne, lecture: Lecture) -> Subdivision:
    """That of the campaign when the line names none; the local priority depends on it."""
    nom = ligne.texte("subdivision", longueur=120)
    if not nom:
        return lecture.campagne.subdivision
    if not lecture.referentiel.knows_subdivision(nom):
        ligne.refuse("subdivision", f"la subdivision « {nom} » n’existe pas. Corrigez son nom.")
        return lecture.campagne.subdivision
    return lecture.referentiel.subdivision(nom)


def tell(refus: FichierRefuse, maximum: int = 20) -> tuple[str, ...]:
    """What to mend, for a page."""
    lignes = [str(anomalie) for anomalie in refus.anomalies[:maximum]]
    autres = len(refus.anomalies) - maximum
    return (*lignes, f"… et {autres} autres.") if autres > 0 else tuple(lignes)


ENTETES = {quoi: tuple(colonne.entete for colonne in colonnes) for quoi, colonnes in NATURES.items()}
