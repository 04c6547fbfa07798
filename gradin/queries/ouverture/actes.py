"""The trail of the offer: who did what, when, from what to what. For the ARS alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from gradin.data.ouverture.models import ActeOuverture
from gradin.queries.ouverture.campagnes import OuvertureLue

MOTS: Mapping[str, str] = {
    "ouvre": "Ouvre aux propositions",
    "limite": "Change la date limite",
    "ferme": "Ferme aux propositions",
    "regle": "Change une règle",
    "propose": "Propose un poste",
    "corrige": "Corrige la proposition",
    "retire": "Retire la proposition",
    "avis": "Donne un avis",
    "accorde": "Accorde",
    "refuse": "Refuse",
    "remet": "Remet à l’étude",
    "allocation": "Fixe l’allocation",
    "publie": "Publie",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ActeLu:
    """`at`: ms UTC. `quoi`: which poste, empty for the whole opening."""

    at: int
    auteur: str
    mot: str
    quoi: str
    avant: str
    apres: str


def find_actes(ouverture: OuvertureLue) -> QuerySet[ActeOuverture]:
    """The latest first; who runs some groupes reads what was done there and on the whole."""
    siens = Q()
    if ouverture.groupes is not None:
        siens = Q(propose=None) | Q(propose__groupe__in=ouverture.groupes)
    rows = ActeOuverture.objects.filter(siens, ouverture=ouverture.pk)
    return rows.select_related("auteur", "propose__service__etablissement", "propose__des")


def read_acte(row: ActeOuverture) -> ActeLu:
    propose = row.propose
    quoi = ""
    if propose is not None:
        quoi = f"{propose.service.etablissement.nom}, {propose.service.nom} ({propose.des.intitule})"
    return ActeLu(
        at=row.at,
        auteur=row.auteur.nom_affiche or row.auteur.email,
        mot=MOTS[row.acte],
        quoi=quoi,
        avant=row.avant,
        apres=row.apres,
    )
