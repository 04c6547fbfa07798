"""Undo an import that nothing has used yet: what it created goes, what it replaced comes back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model

from gradin.data.amphis.models import Affectation, Amphi, Favori, ListeAppel, Offre, Place
from gradin.data.imports.models import Depot, EtatDepot
from gradin.data.internes.models import Inscription, Interne
from gradin.data.postes.models import Poste
from gradin.data.prechoix.models import ListeVoeux
from gradin.data.referentiel.models import Service
from gradin.operations.amphis.verrous import lock_amphis_of
from gradin.operations.imports.comparaison_internes import write_cles as write_cles_interne
from gradin.operations.imports.comparaison_postes import write_cles as write_cles_poste
from gradin.operations.imports.demande import ETATS_COMMENCES
from gradin.operations.imports.depots import DepotRefuse
from gradin.operations.imports.referentiel import write_cles_service
from gradin.operations.imports.retour import plain_field
from gradin.operations.imports.salle import tell_salle
from gradin.operations.parcours.annulation import LIGNE, tell_parcours
from gradin.operations.preparation.listes import compute_liste

INSCRIPTION, INTERNE, POSTE = "internes.inscription", "internes.interne", "postes.poste"
# Rows of the reference data go last, those that refer first; a subdivision holds scopes and stays.
REFERENTIEL = (
    "referentiel.service",
    "referentiel.etablissement",
    "referentiel.groupe",
    "referentiel.specialite",
    "referentiel.ufr",
)
DITS = 5
# What goes with the rows, or was looked at already; anything else that names them keeps them.
SUIVENT = frozenset(
    {
        "Amphi",
        "Offre",
        "Place",
        "Favori",
        "Affectation",
        "Inscription",
        "Changement",
        "ChangementPoste",
    }
)
HISTORIQUE = "Changement"
MOTS = {"DemandeStatut": "demandes de statut", "Procuration": "procurations"}


def begin_undo(pk: int, maintenant: datetime) -> None:
    """« Annuler cet import »: said at once when something depends on it. Raises DepotRefuse."""
    with transaction.atomic():
        depot = Depot.objects.select_for_update().get(pk=pk)
        raisons = tuple(tell_obstacles(depot))
        if raisons:
            raise DepotRefuse(" ".join(raisons))
        depot.etat, depot.travail_depuis = EtatDepot.ECRITURE, maintenant
        depot.save(update_fields=["etat", "travail_depuis"])


def undo_depot(pk: int, maintenant: datetime) -> None:
    """One transaction; what depends on the import is looked at again inside it."""
    with transaction.atomic():
        depot = Depot.objects.select_for_update().get(pk=pk)
        if depot.etat != EtatDepot.ECRITURE or not depot.retour:
            return
        lock_amphis_of(inscriptions=_touched(depot, INSCRIPTION), postes=_touched(depot, POSTE))
        if tuple(_tell_dependents(depot)):
            keep_depot(pk)
            return
        amphis = _amphis(depot)
        _leave_amphis(depot)
        restore_changes(depot.retour["changes"])
        delete_created(depot.retour["crees"])
        _recompute(amphis, maintenant)
        depot.etat, depot.undone_at, depot.retour = EtatDepot.ANNULE, maintenant, {}
        depot.save(update_fields=["etat", "undone_at", "retour"])


def keep_depot(pk: int) -> None:
    """The undoing did not happen: the import stands as it did."""
    Depot.objects.filter(pk=pk, etat=EtatDepot.ECRITURE).update(etat=EtatDepot.FAIT)


def list_obstacles(pk: int) -> tuple[str, ...]:
    """What a page says beside the button."""
    return tuple(tell_obstacles(Depot.objects.defer("contenu").get(pk=pk)))


def tell_obstacles(depot: Depot) -> Iterator[str]:
    """Why it can no longer be undone, in words; nothing when it can."""
    if depot.etat != EtatDepot.FAIT or not depot.retour:
        yield "Cet import n’est pas enregistré, ou il est trop ancien pour être annulé."
        return
    touchees = len(depot.retour["changes"]) + sum(len(pks) for pks in depot.retour["crees"].values())
    attente = tell_salle(touchees)
    if attente:
        yield attente
    yield from _tell_dependents(depot)


def _tell_dependents(depot: Depot) -> Iterator[str]:
    yield from _tell_amphis(depot)
    yield from _tell_uses(depot)
    yield from _tell_later_imports(depot)
    yield from _tell_later_changes(depot)
    yield from tell_parcours(depot)


def _touched(depot: Depot, table: str) -> list[int]:
    crees = depot.retour["crees"].get(table, [])
    return [*crees, *(pk for nom, pk, _ in depot.retour["changes"] if nom == table)]


def _amphis(depot: Depot) -> list[Amphi]:
    places = Place.objects.filter(inscription__in=_touched(depot, INSCRIPTION))
    offres = Offre.objects.filter(poste__in=_touched(depot, POSTE))
    pks = {*places.values_list("amphi", flat=True), *offres.values_list("amphi", flat=True)}
    return list(Amphi.objects.filter(pk__in=pks).order_by("pk"))


def _tell_amphis(depot: Depot) -> Iterator[str]:
    amphis = _amphis(depot)
    publiees = set(
        ListeAppel.objects.filter(amphi__in=amphis, published_at__isnull=False).values_list(
            "amphi", flat=True
        )
    )
    commences = [amphi.intitule for amphi in amphis if amphi.etat in ETATS_COMMENCES]
    figes = [a.intitule for a in amphis if a.pk in publiees and a.etat not in ETATS_COMMENCES]
    if commences:
        yield f"Des amphis commencés en dépendent\u00a0: {list_first(commences)}. Corrigez-les dans la régie."
    if figes:
        yield (
            f"Des listes d’appel publiées en dépendent\u00a0: {list_first(figes)}. "
            "Corrigez les lignes fausses une à une, puis publiez une liste corrigée avec son motif."
        )


def _tell_uses(depot: Depot) -> Iterator[str]:
    """What internes did with the rows that would go."""
    crees = depot.retour["crees"]
    internes, inscriptions = crees.get(INTERNE, []), crees.get(INSCRIPTION, [])
    postes = crees.get(POSTE, [])
    comptes = Interne.objects.filter(pk__in=internes, compte__isnull=False)
    if comptes.exists():
        yield f"Des internes de ce fichier se sont inscrits ({list_first(map(str, comptes[: DITS + 1]))})."
    favoris = Favori.objects.filter(inscription__in=inscriptions) | Favori.objects.filter(poste__in=postes)
    if favoris.exists():
        yield "Des internes ont rangé des favoris sur ces données."
    if ListeVoeux.objects.filter(place__inscription__in=inscriptions).exists():
        yield "Des internes ont rangé leurs vœux."
    if (
        Affectation.objects.filter(poste__in=postes).exists()
        or Affectation.objects.filter(interne__in=internes).exists()
    ):
        yield "Des affectations en dépendent."
    for kind, cles in ((Inscription, inscriptions), (Interne, internes), (Poste, postes)):
        for relation in kind._meta.related_objects:
            if relation.related_model.__name__ not in SUIVENT and _names(relation, cles):
                mot = MOTS.get(relation.related_model.__name__, "demandes ou notes d’internes")
                yield f"Des {mot} en dépendent."


def _names(relation: Any, pks: Sequence[int]) -> bool:
    rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": pks})
    return bool(rows.exists())


def _tell_later_imports(depot: Depot) -> Iterator[str]:
    """What a later import wrote on these rows would go with them, and it could no longer be undone."""
    crees = {nom: set(pks) for nom, pks in depot.retour["crees"].items()}
    suivants = Depot.objects.filter(etat=EtatDepot.FAIT, applied_at__gte=depot.applied_at)
    fichiers = [
        suivant.fichier
        for suivant in suivants.exclude(pk=depot.pk).defer("contenu", "apercu")
        if any(pk in crees.get(nom, ()) for nom, pk, _ in suivant.retour.get("changes", ()))
    ]
    if fichiers:
        yield (
            f"Des imports plus récents ont changé ces lignes\u00a0: {list_first(fichiers)}. "
            "Annulez-les d’abord."
        )


def _tell_later_changes(depot: Depot) -> Iterator[str]:
    """A value that is no longer the one imported was changed by somebody: it is not thrown away."""
    changees = [
        str(objet)
        for objet, champs in load_changes(depot.retour["changes"])
        if objet is None or any(plain_field(objet, champ) != apres for champ, (_, apres) in champs.items())
    ]
    changees += [
        str(objet)
        for kind in (Interne, Inscription)
        for objet in kind._default_manager.filter(
            pk__in=depot.retour["crees"].get(kind._meta.label_lower, [])
        ).exclude(champs_modifies=[])[: DITS + 1]
    ]
    corriges = Poste.objects.filter(pk__in=depot.retour["crees"].get(POSTE, []), changements__isnull=False)
    changees += [str(poste) for poste in corriges.distinct()[: DITS + 1]]
    if changees:
        yield f"Des lignes ont été modifiées depuis\u00a0: {list_first(changees)}."


def load_changes(changes: Sequence[Any]) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Each changed row with its values, one query a table; None when the row is gone."""
    tables = {nom for nom, _, _ in changes}
    rows = {
        nom: apps.get_model(nom)._default_manager.in_bulk([pk for un, pk, _ in changes if un == nom])
        for nom in tables
    }
    for nom, pk, champs in changes:
        yield rows[nom].get(pk), champs


def restore_changes(changes: Sequence[Any]) -> None:
    for objet, champs in load_changes(changes):
        for champ, (avant, _) in champs.items():
            field: Any = objet._meta.get_field(champ)
            setattr(objet, field.attname, field.to_python(avant) if not field.is_relation else avant)
        objet.save(update_fields=[*champs, *_write_cles(objet)])


def _write_cles(objet: Model) -> tuple[str, ...]:
    """The keys that follow from what came back."""
    match objet:
        case Interne():
            write_cles_interne(objet)
        case Poste():
            write_cles_poste(objet)
        case Service():
            write_cles_service(objet)
        case _:
            return ()
    return ("cle_tri", "recherche")


def _leave_amphis(depot: Depot) -> None:
    crees = depot.retour["crees"]
    Place.objects.filter(inscription__in=crees.get(INSCRIPTION, [])).delete()
    Offre.objects.filter(poste__in=crees.get(POSTE, [])).delete()


def _recompute(amphis: Iterable[Amphi], maintenant: datetime) -> None:
    """Provisional lists, without those who went and with the figures that came back."""
    for amphi in amphis:
        if amphi.places.exists() and amphi.listes.exists():
            compute_liste(amphi, maintenant=maintenant, graine="")
        else:
            amphi.listes.all().delete()


def delete_created(crees: dict[str, list[int]]) -> None:
    apps.get_model(LIGNE)._default_manager.filter(pk__in=crees.get(LIGNE, [])).delete()
    Inscription.objects.filter(pk__in=crees.get(INSCRIPTION, [])).delete()
    Poste.objects.filter(pk__in=crees.get(POSTE, [])).delete()
    internes = set(crees.get(INTERNE, [])) - _used(Interne, crees.get(INTERNE, []), sauf=HISTORIQUE)
    Interne.objects.filter(pk__in=internes).delete()
    for nom in REFERENTIEL:
        kind = apps.get_model(nom)
        inutiles = set(crees.get(nom, [])) - _used(kind, crees.get(nom, []))
        kind._default_manager.filter(pk__in=inutiles).delete()


def _used(kind: type[Model], pks: Sequence[int], sauf: str = "") -> set[int]:
    """Those that a row of any other table still names; `sauf`: the table of their own history."""
    return {
        pk
        for relation in kind._meta.related_objects
        if relation.related_model.__name__ != sauf
        for pk in relation.related_model._base_manager.filter(
            **{f"{relation.field.name}__in": pks}
        ).values_list(relation.field.attname, flat=True)
    }


def list_first(noms: Iterable[str]) -> str:
    lus = list(noms)
    return ", ".join(lus[:DITS]) + ("…" if len(lus) > DITS else "")
