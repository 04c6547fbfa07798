"""A published call list is told to its internes by mail, a correction to the agents who may approve it."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet

from gradin.data.amphis.models import Amphi, ListeAppel, Place, Proposition
from gradin.data.comptes.models import Compte, Role
from gradin.operations.courriers import Lettre, Lien, compose, enqueue
from gradin.operations.courriers.adresse import site_url
from gradin.operations.courriers.enqueue import enqueue_liste


def announce_liste(liste: ListeAppel, maintenant: int, ines: Collection[str] | None = None) -> None:
    """To everybody of the list, or to these alone (a correction: whoever reads something else)."""
    places = Place.objects.filter(amphi=liste.amphi_id)
    if ines is not None:
        places = places.filter(inscription__interne__ine__in=ines)
    internes = places.order_by("rang").values_list("inscription__interne", flat=True)
    enqueue_liste(liste.amphi_id, liste.version, internes, maintenant)


def ask_second(proposition: Proposition, amphi: Amphi, maintenant: int) -> None:
    """To the agents of this amphi, its author left out: any of them may be the second one."""
    auteur = Compte.objects.get(pk=proposition.auteur_id)
    for agent in _agents(amphi).exclude(pk=auteur.pk):
        lettre = Lettre(
            modele="liste-a-approuver",
            valeurs={
                "nom": agent.nom_affiche or agent.email,
                "auteur": auteur.nom_affiche or auteur.email,
                "amphi": amphi.intitule,
                "lien": Lien(
                    mots="Relire la correction",
                    adresse=site_url(f"/gestion/amphis/{amphi.pk}/liste/corriger/"),
                ),
            },
            signature=f"Agence régionale de santé, {amphi.subdivision.nom}",
        )
        enqueue(f"second-{proposition.pk}-{agent.pk}", agent.email, compose(lettre), maintenant)


def _agents(amphi: Amphi) -> QuerySet[Compte]:
    siennes = Q(portees__subdivision=amphi.subdivision_id)
    siennes &= Q(portees__groupe=None) | Q(portees__groupe=amphi.groupe_id)
    return Compte.objects.filter(siennes, role=Role.AGENT, is_active=True).distinct()
