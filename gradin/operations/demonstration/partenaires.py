"""Accounts of the demonstration for those who work with the ARS: the largest of each kind, one password."""

from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from gradin.data.comptes.models import Role
from gradin.data.internes.models import Inscription
from gradin.data.postes.models import Poste
from gradin.operations.comptes.agents import create_agent, parse_portee
from gradin.operations.demonstration.comptes import MOT_DE_PASSE

# Role → address, name shown, what narrows the scope and where the loaded data say it.
NOMS = {
    Role.FACULTE: ("faculte@gradin.demo", "Scolarité du troisième cycle", "ufr"),
    Role.COORDONNATEUR: ("coordonnateur@gradin.demo", "Pr Dominique Vasseur", "des"),
    Role.ETABLISSEMENT: ("etablissement@gradin.demo", "Affaires médicales", "etablissement"),
    Role.RESPONSABLE_TERRAIN: ("terrain@gradin.demo", "Dr Camille Roche", "service"),
    Role.REPRESENTANT: ("representant@gradin.demo", "Sacha Benali", "groupe"),
}


def open_partners(subdivision: str, semestre: str, maintenant: datetime) -> int:
    """Gives back how many; a scope that the data do not name opens no account."""
    valeurs = _largest(semestre)
    ouverts = 0
    for role, (courriel, nom, quoi) in NOMS.items():
        if not (valeur := valeurs[quoi]):
            continue
        portee = f"{subdivision}:{valeur}" if quoi == "groupe" else f"{subdivision}:{quoi}={valeur}"
        create_agent(
            courriel=courriel,
            nom=nom,
            mot_de_passe=MOT_DE_PASSE,
            portees=[parse_portee(portee)],
            maintenant=maintenant,
            role=role,
        )
        ouverts += 1
    return ouverts


def _largest(semestre: str) -> dict[str, str]:
    inscriptions = Inscription.objects.filter(semestre__code=semestre)
    postes = Poste.objects.filter(semestre__code=semestre)
    return {
        "ufr": _first(inscriptions.filter(interne__ufr__isnull=False), "interne__ufr__nom"),
        "des": _first(inscriptions, "des__code_des"),
        "etablissement": _first(postes, "service__etablissement__nom"),
        "service": _first(postes, "service__imotep"),
        "groupe": _first(inscriptions, "groupe__code"),
    }


def _first(rows: QuerySet[Any], champ: str) -> str:
    row = rows.values_list(champ).annotate(n=Count("pk")).order_by("-n", champ).first()
    return str(row[0]) if row else ""
