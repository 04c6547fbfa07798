"""The file of existing agréments: all or nothing, a second run changes nothing.

It is read before anything is locked: a long one keeps nobody waiting but who brought it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from gradin.data.agrements.models import Agrement, EtatAgrement, PhaseAgreee
from gradin.data.referentiel.models import Subdivision
from gradin.operations.agrements.trace import record
from gradin.operations.imports.anomalies import RapportImport
from gradin.operations.imports.colonnes import Colonne, fold_mots, match_colonnes
from gradin.operations.imports.demande import Bilan
from gradin.operations.imports.fichiers.lecture import read_contenu
from gradin.operations.imports.postes import read_departement
from gradin.operations.imports.references import read_reference
from gradin.operations.imports.referentiel import Referentiel, load_referentiel
from gradin.operations.imports.salle import check_salle
from gradin.operations.imports.valeurs import Ligne, read_lignes
from gradin.operations.permissions_offre import check_can_hold_agrements
from gradin.queries.visiteurs import Visiteur

COLONNES = (
    Colonne(champ="imotep", entete="IMOTEP", obligatoire=True, aussi=("Code IMOTEP",)),
    Colonne(champ="etablissement", entete="Établissement", obligatoire=True),
    Colonne(champ="ville", entete="Ville"),
    Colonne(champ="departement", entete="Département"),
    Colonne(champ="service", entete="Service", obligatoire=True),
    Colonne(champ="des", entete="DES", obligatoire=True),
    Colonne(champ="phases", entete="Phases", obligatoire=True, aussi=("Phase",)),
    Colonne(champ="capacite", entete="Capacité", obligatoire=True, aussi=("Places",)),
    Colonne(champ="du", entete="Du", obligatoire=True, aussi=("Début", "Date de début")),
    Colonne(champ="au", entete="Au", obligatoire=True, aussi=("Fin", "Date de fin")),
    Colonne(champ="chef", entete="Chef de service", aussi=("Responsable",)),
    Colonne(champ="courriel", entete="Courriel", aussi=("Courriel du chef de service",)),
    Colonne(champ="etat", entete="État"),
)
ENTETES = tuple(colonne.entete for colonne in COLONNES)
ETATS = {fold_mots(un.label): str(un.value) for un in EtatAgrement}
MOTS_PHASES = {
    "socle": PhaseAgreee.SOCLE,
    "approfondissement": PhaseAgreee.APPROFONDISSEMENT,
    "consolidation": PhaseAgreee.CONSOLIDATION,
}
PHASES_ATTENDUES = "« Socle », « Approfondissement », « Consolidation », séparées par |"


def import_agrements(
    subdivision: int, nom: str, contenu: bytes, visiteur: Visiteur, maintenant: int
) -> RapportImport:
    """A service, a DES and a first day identify a line. Raises FichierRefuse, Interdit."""
    check_can_hold_agrements(visiteur, subdivision)
    lieu = Subdivision.objects.get(pk=subdivision)
    tableau = read_contenu(nom, contenu)
    entetes = match_colonnes(tableau, COLONNES)
    referentiel, bilan = load_referentiel(avec_services=True), Bilan(tableau.feuille)
    lignes = list(read_lignes(tableau, entetes))
    lus = [_read(ligne, referentiel) for ligne in lignes]
    _refuse_doublons(lignes, lus)
    bilan.gather(lignes)
    bilan.refuse_if_wrong()
    with transaction.atomic():
        referentiel.save()
        crees, modifies = _write(lieu, [lu for lu in lus if lu is not None], tableau.feuille)
        record(subdivision, "import", visiteur.compte, maintenant, lignes=len(lignes), crees=crees)
    return RapportImport(
        essai=False,
        lignes=len(lignes),
        crees=crees,
        modifies=modifies,
        referentiel=referentiel.listed,
        avertissements=tuple(bilan.avertissements),
        colonnes_inconnues=entetes.inconnues,
        lignes_masquees=tableau.masquees,
    )


def _read(ligne: Ligne, referentiel: Referentiel) -> dict[str, Any] | None:
    imotep = ligne.chiffres("imotep", longueur=8)
    des = read_reference(ligne, "des", referentiel.connues["des"], "CVD - Médecine cardiovasculaire")
    if des is None and not ligne.texte("des", longueur=200):
        ligne.refuse("des", "cette cellule est vide. Remplissez-la.")
    dit = {"nom": ligne.texte("service", longueur=200, requis=True)}
    lieu = (ligne.texte("etablissement", longueur=200, requis=True), ligne.texte("ville", longueur=120))
    champs = _values(ligne)
    departement = read_departement(ligne)
    if ligne.anomalies or des is None:
        return None
    service = referentiel.service(imotep, dit, lieu, departement)
    return {"service": service, "des": referentiel.specialite(des, "medecin"), **champs}


def _values(ligne: Ligne) -> dict[str, Any]:
    capacite = ligne.entier("capacite", minimum=1, maximum=99, quoi="une capacité")
    du, au = ligne.jour("du"), ligne.jour("au")
    for champ, lue in (("capacite", capacite), ("du", du), ("au", au)):
        if lue is None and not ligne.texte(champ, longueur=60):
            ligne.refuse(champ, "cette cellule est vide. Remplissez-la.")
    if du and au and au < du:
        ligne.refuse("au", "ce jour vient avant le premier. Corrigez l’un des deux.")
    courriel = ligne.texte("courriel", longueur=254).lower()
    if courriel and ("@" not in courriel or " " in courriel):
        ligne.refuse("courriel", f"« {courriel} » n’est pas une adresse. Corrigez-la.")
    return {
        "phases": _phases(ligne),
        "capacite": capacite,
        "du": du,
        "au": au,
        "chef": ligne.texte("chef", longueur=200),
        "courriel": courriel,
        "etat": ligne.parmi("etat", ETATS, "Valide, Suspendu ou Retiré", EtatAgrement.VALIDE.value),
    }


def _phases(ligne: Ligne) -> list[str]:
    dites = ligne.texte("phases", longueur=200).replace(",", "|").split("|")
    lues = {MOTS_PHASES.get(fold_mots(mot).split(" ")[-1]) for mot in dites if mot.strip()}
    if not lues or None in lues:
        ligne.refuse("phases", f"ces phases ne sont pas reconnues. Écrivez {PHASES_ATTENDUES}.")
    return [phase for phase in PhaseAgreee.values if phase in lues]


def _refuse_doublons(lignes: list[Ligne], lus: list[dict[str, Any] | None]) -> None:
    vus: dict[tuple[Any, ...], int] = {}
    for ligne, lu in zip(lignes, lus, strict=True):
        if lu is None:
            continue
        cle = (lu["service"].imotep, lu["des"].code_des, lu["du"])
        if cle in vus:
            ligne.refuse("imotep", f"cet agrément est déjà à la ligne {vus[cle]}. Gardez-en une seule.")
        vus.setdefault(cle, ligne.numero)


def _write(lieu: Subdivision, lus: list[dict[str, Any]], feuille: str) -> tuple[int, int]:
    connus = {(row.service_id, row.des_id, row.du): row for row in Agrement.objects.filter(subdivision=lieu)}
    neufs: list[Agrement] = []
    changes: list[Agrement] = []
    for lu in lus:
        row = connus.get((lu["service"].pk, lu["des"].pk, lu["du"]))
        if row is None:
            neufs.append(Agrement(subdivision=lieu, **lu))
        elif _change(row, lu):
            changes.append(row)
    check_salle(len(neufs) + len(changes), feuille)
    Agrement.objects.bulk_create(neufs, batch_size=500)
    Agrement.objects.bulk_update(changes, ["phases", "capacite", "au", "chef", "courriel", "etat"], 200)
    return len(neufs), len(changes)


def _change(row: Agrement, lu: Mapping[str, Any]) -> bool:
    """An empty address of the file erases none that the platform knows."""
    voulus = {nom: lu[nom] for nom in ("phases", "capacite", "au", "etat")}
    voulus |= {nom: lu[nom] for nom in ("chef", "courriel") if lu[nom]}
    if all(getattr(row, nom) == valeur for nom, valeur in voulus.items()):
        return False
    for nom, valeur in voulus.items():
        setattr(row, nom, valeur)
    return True
