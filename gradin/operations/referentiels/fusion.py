"""Merge a duplicate into the row that stays: what refers to it moves, and is shown first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from gradin.data.amphis.models import Favori
from gradin.data.internes.models import Inscription
from gradin.data.postes.models import Poste
from gradin.data.referentiel.models import Service, Specialite
from gradin.data.services.models import NoteService
from gradin.operations.imports.demande import ETATS_COMMENCES
from gradin.operations.referentiels.edition import postes_of, record, refresh_postes
from gradin.operations.referentiels.tables import TABLES, ReferentielRefuse, is_national
from gradin.operations.referentiels.usages import amphis_reserving, tell_commences


@dataclass(frozen=True, slots=True, kw_only=True)
class ApercuFusion:
    """`deplaces`: what moves, in words, with how many; `obstacle`: why it may not be done, or nothing."""

    source: str
    cible: str
    deplaces: tuple[tuple[str, int], ...]
    obstacle: str = ""


def preview_fusion(nom: str, source: int, cible: int) -> ApercuFusion:
    perdu, garde = _pair(nom, source, cible)
    comptes: dict[str, int] = {}
    for relation in perdu._meta.related_objects:
        mot = str(relation.related_model._meta.verbose_name_plural)
        nombre = relation.related_model._base_manager.filter(**{relation.field.name: perdu}).count()
        comptes[MOTS.get(relation.related_model.__name__, mot)] = (
            comptes.get(MOTS.get(relation.related_model.__name__, mot), 0) + nombre
        )
    return ApercuFusion(
        source=str(perdu),
        cible=str(garde),
        deplaces=tuple((mot, nombre) for mot, nombre in comptes.items() if nombre),
        obstacle=_tell_obstacle(perdu, garde),
    )


def merge(nom: str, source: int, cible: int, *, auteur: str, maintenant: datetime) -> None:
    """One transaction; the history says what was merged into what. Raises ReferentielRefuse."""
    with transaction.atomic():
        perdu, garde = _pair(nom, source, cible)
        obstacle = _tell_obstacle(perdu, garde)
        if obstacle:
            raise ReferentielRefuse(obstacle)
        for relation in perdu._meta.related_objects:
            _move(relation, perdu, garde)
        if isinstance(perdu, Specialite):
            rename_code(perdu.code_des, garde.code_des)
        record(nom, str(garde), "fusion", str(perdu), str(garde), auteur, maintenant)
        perdu.delete()
        refresh_postes(postes_of(garde))


def rename_code(ancien: str, nouveau: str) -> int:
    """A code, FST or option named in reservations; gives back how many postes named it."""
    postes = [row for row in Poste.objects.exclude(reserve_a=[]) if ancien in row.reserve_a]
    for row in postes:
        row.reserve_a = list(dict.fromkeys(nouveau if code == ancien else code for code in row.reserve_a))
    Poste.objects.bulk_update(postes, ["reserve_a"], batch_size=500)
    return len(postes)


def rename_fst(ancien: str, nouveau: str, *, auteur: str, maintenant: datetime) -> int:
    """A FST or an option, wherever it is written; gives back how many internes have it."""
    if not nouveau:
        raise ReferentielRefuse("Écrivez le nom à garder.", champ="nouveau")
    siens = Inscription.objects.filter(Q(fst=ancien) | Q(option=ancien))
    if siens.filter(places__amphi__etat__in=ETATS_COMMENCES).exists():
        raise ReferentielRefuse("Des internes qui l’ont sont dans un amphi commencé. Attendez sa clôture.")
    if amphis_reserving(ancien):
        raise ReferentielRefuse(
            "Un amphi commencé offre des postes qui lui sont réservés\u00a0: il reste tel quel."
        )
    with transaction.atomic():
        nombre = Inscription.objects.filter(fst=ancien).update(fst=nouveau)
        nombre += Inscription.objects.filter(option=ancien).update(option=nouveau)
        rename_code(ancien, nouveau)
        record("fst", nouveau, "nom", ancien, nouveau, auteur, maintenant)
    return nombre


def _join_notes(perdu: Service, garde: Service) -> None:
    """What somebody wrote for himself is never lost."""
    gardees = {note.compte_id: note for note in NoteService.objects.filter(service=garde)}
    for note in NoteService.objects.filter(service=perdu, compte__in=gardees):
        gardees[note.compte_id].texte += f"\n{note.texte}"
        gardees[note.compte_id].save(update_fields=["texte"])
        note.delete()


MOTS = {
    "NoteService": "notes personnelles",
    "DernierRang": "derniers rangs",
    "Poste": "postes",
    "PostePropose": "postes proposés",
    "Ouverture": "ouvertures de postes",
    "Agrement": "agréments",
    "CampagneAgrement": "campagnes d’agréments",
    "DossierService": "dossiers d’agrément",
    "DemandeAgrement": "demandes d’agrément",
    "ActeAgrement": "actes sur les agréments",
    "Commission": "commissions",
    "Inscription": "internes d’un semestre",
    "Interne": "internes",
    "Amphi": "amphithéâtres",
    "Service": "services",
    "Portee": "portées de comptes",
    "Favori": "favoris",
    "ReponseAnonyme": "évaluations anonymes",
    "Commentaire": "commentaires d’évaluations",
    "ValeurCritere": "critères de stage",
    "Questionnaire": "questionnaires d’évaluation",
}


def _pair(nom: str, source: int, cible: int) -> tuple[Any, Any]:
    rows = TABLES[nom].kind.objects.in_bulk([source, cible])
    if len(rows) != 2:
        raise ReferentielRefuse("Choisissez deux lignes différentes, qui existent encore.", champ="cible")
    return rows[source], rows[cible]


def _tell_obstacle(perdu: Any, garde: Any) -> str:
    if is_national(perdu):
        return "Ce DES est de la liste nationale\u00a0: il ne se fusionne dans aucun autre."
    noms = tell_commences(perdu)
    if noms:
        return f"Des amphis commencés le nomment dans leur journal ({noms})\u00a0: il reste tel quel."
    return ""


def _move(relation: Any, perdu: Any, garde: Any) -> None:
    """A favourite that both rows have is kept once, two notes become one; any other clash is told."""
    rows = relation.related_model._base_manager.filter(**{relation.field.name: perdu})
    if relation.related_model is Favori:
        deja = Favori.objects.filter(service=garde).values("inscription")
        rows.filter(inscription__in=deja).delete()
    if relation.related_model is NoteService:
        _join_notes(perdu, garde)
    try:
        with transaction.atomic():
            rows.update(**{relation.field.name: garde})
    except IntegrityError:
        mot = MOTS.get(relation.related_model.__name__, "lignes")
        raise ReferentielRefuse(
            f"Les deux ont des {mot} de même nom ou numéro. Corrigez-en un d’abord, puis fusionnez."
        ) from None
