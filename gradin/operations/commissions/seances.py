"""Prepare a commission and record what it decides; once its minutes are stated nothing of it changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max

from gradin.data.commissions.models import (
    ActeCommission,
    Commission,
    DocumentCommission,
    GenreCommission,
    LienMembre,
    MembreCommission,
    PointOrdre,
    SensDecision,
)
from gradin.data.referentiel.models import Semestre
from gradin.domain.rang.semestre import parse_semestre
from gradin.operations.commissions.refus import CommissionRefusee
from gradin.operations.permissions_offre import check_can_hold_commissions
from gradin.operations.publications import FichierRefuse, check_fichier
from gradin.queries.commissions.postes import write_postes
from gradin.queries.visiteurs import Visiteur

GENRES: tuple[tuple[str, str], ...] = tuple((str(un.value), str(un.label)) for un in GenreCommission)
SENS: tuple[tuple[str, str], ...] = tuple((str(un.value), str(un.label)) for un in SensDecision)
# What each kind looks at first; the ARS changes it.
ORDRES: Mapping[str, tuple[str, ...]] = {
    GenreCommission.AGREMENT: ("Demandes d’agrément", "Agréments qui se terminent", "Questions diverses"),
    GenreCommission.CEBF: ("Besoins de formation par DES et par phase", "Questions diverses"),
    GenreCommission.PRE_COP: ("Postes proposés au regard des besoins", "Demandes individuelles"),
    GenreCommission.COP: ("Ouverture des postes", "Demandes individuelles", "Questions diverses"),
    GenreCommission.CONSOLIDATION: ("Postes de la phase de consolidation", "Questions diverses"),
}
DOCUMENTS_MAX = 40


# The minutes are read for a month after the meeting.
APRES_MS = 30 * 86_400_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CommissionSaisie:
    """`debut`: ms UTC. `semestre`: a code, or empty."""

    subdivision: int
    genre: str
    intitule: str
    debut: int
    semestre: str = ""
    lieu: str = ""
    visio: str = ""
    president: str = ""


@transaction.atomic
def create_commission(saisie: CommissionSaisie, visiteur: Visiteur, maintenant: int) -> int:
    """With the usual agenda of its kind. Raises CommissionRefusee, Interdit."""
    check_can_hold_commissions(visiteur, saisie.subdivision)
    row = Commission.objects.create(**_columns(saisie), created_at=maintenant)
    for ordre, titre in enumerate(ORDRES[saisie.genre], start=1):
        PointOrdre.objects.create(commission=row, ordre=ordre, titre=titre)
    record(row, "creer", visiteur, maintenant, intitule=row.intitule)
    return int(row.pk)


@transaction.atomic
def change_commission(pk: int, saisie: CommissionSaisie, visiteur: Visiteur, maintenant: int) -> None:
    """Links already sent last as long after the new day."""
    row = lock_open(pk, visiteur)
    champs = _columns(saisie) | {"subdivision_id": row.subdivision_id}
    for nom, valeur in champs.items():
        setattr(row, nom, valeur)
    row.save()
    liens = LienMembre.objects.filter(membre__commission=row, revoked_at=None)
    liens.update(expires_at=row.debut + APRES_MS)
    record(row, "changer", visiteur, maintenant, intitule=row.intitule, debut=row.debut)


@transaction.atomic
def add_point(pk: int, titre: str, texte: str, visiteur: Visiteur, maintenant: int) -> None:
    row = lock_open(pk, visiteur)
    if not titre.strip():
        raise CommissionRefusee("Écrivez le titre du point.", champ="titre")
    dernier = row.points.aggregate(m=Max("ordre"))["m"] or 0
    PointOrdre.objects.create(
        commission=row, ordre=dernier + 1, titre=titre.strip()[:200], texte=texte.strip()[:4_000]
    )
    record(row, "point", visiteur, maintenant, titre=titre.strip()[:200])


@transaction.atomic
def remove_point(pk: int, point: int, visiteur: Visiteur, maintenant: int) -> None:
    row = lock_open(pk, visiteur)
    un = row.points.filter(pk=point).first()
    if un is None:
        raise CommissionRefusee("Ce point n’est plus à l’ordre du jour.")
    if un.decision or un.sens:
        raise CommissionRefusee("Une décision est déjà écrite sur ce point\u00a0: il reste.")
    un.delete()
    record(row, "point_retire", visiteur, maintenant, titre=un.titre)


@transaction.atomic
def decide_point(pk: int, point: int, sens: str, decision: str, visiteur: Visiteur, maintenant: int) -> None:
    """Written as often as needed until the minutes are stated; each time leaves its line."""
    row = lock_open(pk, visiteur)
    un = row.points.filter(pk=point).first()
    if un is None:
        raise CommissionRefusee("Ce point n’est plus à l’ordre du jour.")
    if sens not in SensDecision.values:
        raise CommissionRefusee("Choisissez\u00a0: adopté, rejeté, reporté ou pris acte.")
    un.sens, un.decision = sens, decision.strip()[:4_000]
    un.save(update_fields=["sens", "decision"])
    record(row, "decision", visiteur, maintenant, titre=un.titre, sens=sens, decision=un.decision)


@transaction.atomic
def add_membre(pk: int, nom: str, qualite: str, courriel: str, visiteur: Visiteur, maintenant: int) -> None:
    row = lock_open(pk, visiteur)
    courriel = courriel.strip().lower()
    if not nom.strip():
        raise CommissionRefusee("Écrivez le nom du membre.", champ="nom")
    if "@" not in courriel or " " in courriel or len(courriel) > 254:
        raise CommissionRefusee("Écrivez son adresse entière.", champ="courriel")
    _, neuf = MembreCommission.objects.get_or_create(
        commission=row,
        courriel=courriel,
        defaults={"nom": nom.strip()[:160], "qualite": qualite.strip()[:160]},
    )
    if not neuf:
        raise CommissionRefusee("Cette adresse est déjà celle d’un membre.", champ="courriel")
    record(row, "membre", visiteur, maintenant, nom=nom.strip()[:160])


@transaction.atomic
def remove_membre(pk: int, membre: int, visiteur: Visiteur, maintenant: int) -> None:
    """His link opens nothing any more."""
    row = lock_open(pk, visiteur)
    un = row.membres.filter(pk=membre).first()
    if un is None:
        raise CommissionRefusee("Ce membre n’est plus de la commission.")
    un.delete()
    record(row, "membre_retire", visiteur, maintenant, nom=un.nom)


@transaction.atomic
def mark_presences(pk: int, presents: frozenset[int], visiteur: Visiteur, maintenant: int) -> None:
    row = lock_open(pk, visiteur)
    row.membres.filter(pk__in=presents).update(present=True)
    row.membres.exclude(pk__in=presents).update(present=False)
    record(row, "presences", visiteur, maintenant, nombre=row.membres.filter(present=True).count())


@transaction.atomic
def add_document(pk: int, nom: str, contenu: bytes, visiteur: Visiteur, maintenant: int) -> None:
    """Its size and its first bytes are checked. Raises CommissionRefusee, Interdit."""
    row = lock_open(pk, visiteur)
    if row.documents.count() >= DOCUMENTS_MAX:
        raise CommissionRefusee(f"Une commission garde {DOCUMENTS_MAX} documents au plus.")
    try:
        champs: dict[str, Any] = check_fichier(nom, contenu)
    except FichierRefuse as refus:
        raise CommissionRefusee(str(refus), champ="fichier") from None
    DocumentCommission.objects.create(commission=row, created_at=maintenant, **champs)
    record(row, "document", visiteur, maintenant, nom=champs["nom"], empreinte=champs["empreinte"])


@transaction.atomic
def remove_document(pk: int, document: int, visiteur: Visiteur, maintenant: int) -> None:
    row = lock_open(pk, visiteur)
    un = row.documents.defer("contenu").filter(pk=document).first()
    if un is None:
        raise CommissionRefusee("Ce document n’est plus là.")
    un.delete()
    record(row, "document_retire", visiteur, maintenant, nom=un.nom)


@transaction.atomic
def close_commission(pk: int, observations: str, visiteur: Visiteur, maintenant: int) -> None:
    """States the minutes: every point decided, every presence said. Nothing changes afterwards."""
    row = lock_open(pk, visiteur)
    if maintenant < row.debut:
        raise CommissionRefusee("La commission n’a pas encore eu lieu.")
    sans = row.points.filter(sens="").values_list("titre", flat=True)
    if sans:
        raise CommissionRefusee(f"Sans décision\u00a0: {', '.join(sans[:3])}. Écrivez-la, ou « Reporté ».")
    if row.membres.filter(present=None).exists():
        raise CommissionRefusee("Dites d’abord qui était présent.")
    row.postes = write_postes(row)
    row.observations, row.closed_at = observations.strip()[:4_000], maintenant
    row.save(update_fields=["observations", "closed_at", "postes"])
    record(row, "clore", visiteur, maintenant)


def lock_open(pk: int, visiteur: Visiteur) -> Commission:
    """One writer at a time; nothing once the minutes are stated. Raises CommissionRefusee, Interdit."""
    Commission.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    row = Commission.objects.select_related("subdivision").get(pk=pk)
    check_can_hold_commissions(visiteur, row.subdivision_id)
    if row.closed_at is not None:
        raise CommissionRefusee("Le procès-verbal est arrêté\u00a0: la commission ne change plus.")
    if row.cancelled_at is not None:
        raise CommissionRefusee("Cette commission est annulée\u00a0: elle ne change plus.")
    return row


def record(row: Commission, acte: str, visiteur: Visiteur, maintenant: int, **details: Any) -> None:
    ActeCommission.objects.create(
        commission=row, acte=acte, details=details, auteur_id=visiteur.compte, a=maintenant
    )


def _columns(saisie: CommissionSaisie) -> dict[str, Any]:
    if saisie.genre not in GenreCommission.values:
        raise CommissionRefusee("Choisissez le genre de commission.", champ="genre")
    champs = asdict(saisie) | {"subdivision_id": saisie.subdivision, "semestre": _semestre(saisie.semestre)}
    del champs["subdivision"]
    return champs


def _semestre(code: str) -> Semestre | None:
    if not code:
        return None
    try:
        return Semestre.objects.get_or_create(code=parse_semestre(code).code)[0]
    except ValueError as erreur:
        raise CommissionRefusee(str(erreur), champ="semestre") from erreur
