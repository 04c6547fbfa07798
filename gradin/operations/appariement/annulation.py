"""Undo a file of a campaign that nothing has used yet: what it created goes, what it replaced comes back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction

from gradin.data.appariement.models import (
    Candidature,
    DepotAppariement,
    EtatDepotAppariement,
    NoteSite,
    PieceCandidature,
    RangCandidat,
    ResultatCandidat,
    SiteAppariement,
)
from gradin.data.internes.models import Interne
from gradin.operations.appariement.campagnes import record_acte
from gradin.operations.appariement.depots import check_open
from gradin.operations.appariement.liens import revoke
from gradin.operations.appariement.refus import AppariementRefuse
from gradin.operations.imports.annulation import (
    DITS,
    delete_created,
    list_first,
    load_changes,
    restore_changes,
)
from gradin.operations.imports.retour import plain_field
from gradin.operations.permissions_appariement import check_can_run_appariement
from gradin.queries.visiteurs import Visiteur

SITE, CANDIDATURE, INTERNE = "appariement.siteappariement", "appariement.candidature", "internes.interne"


@transaction.atomic
def undo(pk: int, visiteur: Visiteur, maintenant: int) -> None:
    """Raises AppariementRefuse with what depends on it, Interdit."""
    DepotAppariement.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    depot = DepotAppariement.objects.select_related("campagne__subdivision").get(pk=pk)
    check_can_run_appariement(visiteur, depot.campagne)
    if raisons := tuple(tell_obstacles(depot)):
        raise AppariementRefuse(" ".join(raisons))
    crees = depot.retour["crees"]
    Candidature.objects.filter(pk__in=crees.get(CANDIDATURE, [])).delete()
    SiteAppariement.objects.filter(pk__in=crees.get(SITE, [])).delete()
    restore_changes(depot.retour["changes"])
    _close_liens(depot.retour["changes"], maintenant)
    delete_created(crees)
    depot.etat, depot.undone_at, depot.retour = EtatDepotAppariement.ANNULE, maintenant, {}
    depot.save(update_fields=["etat", "undone_at", "retour"])
    record_acte(depot.campagne, f"annulation_{depot.quoi}", visiteur, maintenant)


def _close_liens(changes: Sequence[Any], maintenant: int) -> None:
    """Mailed to the address that goes: it answers for this site no more."""
    for table, pk, champs in changes:
        if table == SITE and "courriel" in champs:
            revoke(pk, maintenant)


def list_obstacles(pk: int) -> tuple[str, ...]:
    """What a page says beside the button."""
    depot = DepotAppariement.objects.select_related("campagne").defer("contenu").get(pk=pk)
    return tuple(tell_obstacles(depot))


def tell_obstacles(depot: DepotAppariement) -> Iterator[str]:
    """Why it can no longer be undone, in words; nothing when it can."""
    if depot.etat != EtatDepotAppariement.FAIT or not depot.retour:
        yield "Cet import n’est pas enregistré, ou il est trop ancien pour être annulé."
        return
    try:
        check_open(depot.campagne)
    except AppariementRefuse as refus:
        yield refus.message
    yield from _tell_answers(depot)
    yield from _tell_later(depot)


def _tell_answers(depot: DepotAppariement) -> Iterator[str]:
    """What candidates and sites did with the rows that would go."""
    crees = depot.retour["crees"]
    sites, candidatures = crees.get(SITE, []), crees.get(CANDIDATURE, [])
    notes, rangs = NoteSite.objects, RangCandidat.objects
    if (notes.filter(site__in=sites) | notes.filter(candidature__in=candidatures)).exists():
        yield "Des candidats ont déjà donné des notes sur ces lignes."
    if (rangs.filter(site__in=sites) | rangs.filter(candidature__in=candidatures)).exists():
        yield "Des sites ont déjà classé sur ces lignes."
    pieces = PieceCandidature.objects.filter(candidature__in=candidatures)
    presentes = Candidature.objects.filter(pk__in=candidatures).exclude(presentation="")
    if pieces.exists() or presentes.exists():
        yield "Des candidats ont déjà déposé leur dossier."
    resultats = ResultatCandidat.objects
    if (resultats.filter(site__in=sites) | resultats.filter(candidature__in=candidatures)).exists():
        yield "Un tour à blanc a été calculé sur ces lignes."
    inscrits = Interne.objects.filter(pk__in=crees.get(INTERNE, []), compte__isnull=False)
    if inscrits.exists():
        yield f"Des candidats de ce fichier se sont inscrits ({list_first(map(str, inscrits[: DITS + 1]))})."


def _tell_later(depot: DepotAppariement) -> Iterator[str]:
    """A later file, or a value that somebody changed since: it is not thrown away."""
    suivants = DepotAppariement.objects.filter(
        campagne=depot.campagne_id,
        etat=EtatDepotAppariement.FAIT,
        applied_at__gte=depot.applied_at,
        quoi=depot.quoi,
    ).exclude(pk=depot.pk)
    if fichiers := list(suivants.values_list("fichier", flat=True)):
        yield f"Un fichier plus récent a été enregistré\u00a0: {list_first(fichiers)}. Annulez-le d’abord."
    changees = [
        "une ligne effacée" if objet is None else str(objet)
        for objet, champs in load_changes(depot.retour["changes"])
        if objet is None or any(plain_field(objet, champ) != apres for champ, (_, apres) in champs.items())
    ]
    if changees:
        yield f"Des lignes ont été modifiées depuis\u00a0: {list_first(changees)}."
