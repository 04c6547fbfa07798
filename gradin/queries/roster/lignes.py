"""A row of the roster or of the offer as a line of the ARS's file: what is exported can be imported."""

from __future__ import annotations

from datetime import date

from gradin.data.internes.models import Inscription, Phase, TypeChoix
from gradin.data.postes.models import Poste, Regime
from gradin.data.referentiel.models import Formation

# `get_…_display` builds these again for each row.
FORMATIONS, PHASES, TYPES = dict(Formation.choices), dict(Phase.choices), dict(TypeChoix.choices)
REGIMES = dict(Regime.choices)


def ligne_interne(inscription: Inscription) -> dict[str, str]:
    """By name of column of the import (`operations.imports.internes.COLONNES`)."""
    interne = inscription.interne
    return {
        "ine": interne.ine,
        "rpps": interne.rpps,
        "nom": interne.nom,
        "prenom": interne.prenom,
        "ne_le": write_jour(interne.ne_le),
        "courriel": interne.courriel,
        "telephone": interne.telephone,
        "formation": FORMATIONS[interne.formation],
        "phase": PHASES[inscription.phase],
        "groupe": str(inscription.groupe),
        "des": str(inscription.des),
        "ufr": str(interne.ufr or ""),
        "concours": interne.concours,
        "promotion": str(inscription.promotion),
        "rang_local": write_entier(inscription.rang_local),
        "effectif_local": write_entier(inscription.effectif_local),
        "semestres_valides": str(inscription.semestres_valides),
        "surnombres_non_validants": str(inscription.surnombres_non_validants),
        "semestres_recherche": str(inscription.semestres_recherche),
        "absence_prevue": write_oui_non(inscription.absence_prevue),
        "type_choix": TYPES[inscription.type_choix],
        "desc": str(inscription.desc or ""),
        "fst": inscription.fst,
        "option": inscription.option,
        "subdivision": inscription.subdivision.code,
    }


def ligne_poste(poste: Poste) -> dict[str, str]:
    """By name of column of the import (`operations.imports.postes.COLONNES`)."""
    service, lieu = poste.service, poste.service.etablissement
    return {
        "numero": poste.numero,
        "groupe": str(poste.groupe),
        "des": str(poste.des),
        "departement": lieu.departement,
        "etablissement": lieu.nom,
        "ville": lieu.ville,
        "service": service.nom,
        "chef": service.chef,
        "imotep": service.imotep,
        "regime": REGIMES[poste.regime],
        "type_poste": poste.type_poste,
        "reserve": write_oui_non(poste.reserve),
        "flechage": poste.flechage,
        "observations": poste.observations,
        "reserve_a": "|".join(poste.reserve_a),
        "allocation": poste.allocation,
        "motif_agrement": poste.motif_agrement,
        "subdivision": poste.subdivision.code,
    }


def write_jour(jour: date | None) -> str:
    return jour.strftime("%d/%m/%Y") if jour else ""


def write_entier(nombre: int | None) -> str:
    return "" if nombre is None else str(nombre)


def write_oui_non(vrai: bool) -> str:
    return "Oui" if vrai else "Non"
