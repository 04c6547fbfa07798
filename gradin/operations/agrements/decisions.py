"""The commission's decision, one demand or many: granted with dates, refused with a motive."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from gradin.data.agrements.models import (
    Agrement,
    DemandeAgrement,
    EtatAgrement,
    EtatDemandeAgrement,
    NatureAgrement,
)
from gradin.data.commissions.models import Commission, GenreCommission
from gradin.data.referentiel.models import Service
from gradin.operations.agrements.campagnes import lock_campagne
from gradin.operations.agrements.refus import AgrementRefuse
from gradin.operations.agrements.trace import record
from gradin.operations.courriers import Lettre, compose, enqueue
from gradin.operations.imports.referentiel import write_cles_service
from gradin.operations.permissions_offre import check_can_hold_agrements
from gradin.queries.visiteurs import Visiteur

MOTIF = 300
UN_JOUR = timedelta(days=1)
# Fields of an agrément that a decision writes and that going back on it gives back; `au` is a day.
GARDES = ("phases", "capacite", "au", "chef", "courriel", "etat")


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionAgrement:
    """`accorde` with `du` and `au` (a change of head needs none), else refused with `motif`."""

    accorde: bool
    du: date | None = None
    au: date | None = None
    motif: str = ""
    commission: int | None = None


@transaction.atomic
def decide_demandes(
    pk: int, cibles: Collection[int], decision: DecisionAgrement, visiteur: Visiteur, maintenant: int
) -> int:
    """How many. Each head of service is written to. Raises AgrementRefuse, Interdit."""
    campagne = lock_campagne(pk)
    check_can_hold_agrements(visiteur, campagne.subdivision_id)
    rows = DemandeAgrement.objects.filter(dossier__campagne=pk, pk__in=cibles)
    demandes = [
        *rows.select_related("dossier__service__etablissement", "dossier__campagne__subdivision", "agrement")
    ]
    _check(demandes, cibles, decision, campagne.subdivision_id)
    for demande in demandes:
        _apply(demande, decision, visiteur, maintenant)
    return len(demandes)


@transaction.atomic
def set_etat(agrement: int, etat: str, motif: str, visiteur: Visiteur, maintenant: int) -> None:
    """Suspend, withdraw, make valid again: with a motive. Raises AgrementRefuse, Interdit."""
    row = Agrement.objects.select_for_update(of=("self",), no_key=True).get(pk=agrement)
    check_can_hold_agrements(visiteur, row.subdivision_id)
    motif = motif.strip()[:MOTIF]
    if etat not in EtatAgrement.values:
        raise AgrementRefuse("Choisissez l’état de cet agrément.")
    if not motif:
        raise AgrementRefuse("Dites pourquoi\u00a0: ce motif reste dans les actes.", champ="motif")
    avant, row.etat = row.etat, etat
    row.save(update_fields=["etat"])
    record(
        row.subdivision_id, "etat", visiteur.compte, maintenant,
        agrement=row.pk, avant=avant, apres=etat, motif=motif,
    )  # fmt: skip


def _check(
    demandes: Collection[DemandeAgrement],
    cibles: Collection[int],
    decision: DecisionAgrement,
    subdivision: int,
) -> None:
    if not demandes or len(demandes) != len(set(cibles)):
        raise AgrementRefuse("Cochez au moins une demande de cette liste.")
    if any(demande.etat != EtatDemandeAgrement.DEPOSEE for demande in demandes):
        raise AgrementRefuse("Une de ces demandes est déjà décidée ou retirée. Rechargez la page.")
    if not decision.accorde and not decision.motif.strip():
        raise AgrementRefuse("Dites pourquoi\u00a0: le service lira ce motif.", champ="motif")
    if decision.accorde and any(demande.nature != NatureAgrement.CHEF for demande in demandes):
        if decision.du is None or decision.au is None:
            raise AgrementRefuse("Écrivez du quel jour au quel jour l’agrément vaut.", champ="du")
        if decision.au < decision.du:
            raise AgrementRefuse(
                "Le dernier jour vient avant le premier. Corrigez l’un des deux.", champ="au"
            )
    if decision.commission:
        _check_commission(decision.commission, subdivision)


def _check_commission(pk: int, subdivision: int) -> None:
    """Locked: it is neither cancelled nor closed while it decides."""
    siennes = Commission.objects.filter(subdivision=subdivision, genre=GenreCommission.AGREMENT)
    tenues = siennes.filter(closed_at=None, cancelled_at=None)
    if not tenues.select_for_update(of=("self",), no_key=True).filter(pk=pk).first():
        raise AgrementRefuse("Cette commission est close, annulée, ou n’est pas une commission d’agrément.")


def _apply(demande: DemandeAgrement, decision: DecisionAgrement, visiteur: Visiteur, maintenant: int) -> None:
    campagne = demande.dossier.campagne
    demande.etat = EtatDemandeAgrement.ACCORDEE if decision.accorde else EtatDemandeAgrement.REFUSEE
    demande.motif = decision.motif.strip()[:MOTIF]
    demande.commission_id = decision.commission
    demande.decided_by_id, demande.decided_at = visiteur.compte, maintenant
    if decision.accorde and demande.nature == NatureAgrement.CHEF:
        _change_chef(demande)
    elif decision.accorde:
        demande.du, demande.au = decision.du, decision.au
        demande.agrement = _grant(demande)
    demande.save()
    record(
        campagne.subdivision_id, demande.etat, visiteur.compte, maintenant, campagne, demande,
        du=str(demande.du or ""), au=str(demande.au or ""), motif=demande.motif,
    )  # fmt: skip
    _tell(demande, maintenant)


def _grant(demande: DemandeAgrement) -> Agrement:
    """The one before ends the day before this one begins."""
    assert demande.du is not None and demande.au is not None
    dossier, ancien = demande.dossier, demande.agrement
    remplace: dict[str, Any] = {"agrement": ancien and ancien.pk, "au": None}
    if ancien is not None and ancien.du < demande.du <= ancien.au:
        remplace["au"], ancien.au = ancien.au.isoformat(), demande.du - UN_JOUR
        ancien.save(update_fields=["au"])
    cle: dict[str, Any] = {"service": dossier.service, "des_id": demande.des_id, "du": demande.du}
    meme = Agrement.objects.filter(**cle).first()
    remplace["avant"] = keep(meme) if meme else None
    row, _ = Agrement.objects.update_or_create(
        **cle,
        defaults={
            "subdivision_id": dossier.campagne.subdivision_id,
            "phases": demande.phases,
            "capacite": demande.capacite,
            "au": demande.au,
            "chef": demande.chef or dossier.chef,
            "courriel": dossier.courriel,
            "etat": EtatAgrement.VALIDE,
        },
    )
    demande.remplace = remplace | {"pose": keep(row)}
    return row


def keep(agrement: Agrement) -> dict[str, Any]:
    """What a decision may write of it, as JSON holds it."""
    return {nom: getattr(agrement, nom) for nom in GARDES} | {"au": agrement.au.isoformat()}


def _change_chef(demande: DemandeAgrement) -> None:
    agrement, service = demande.agrement, demande.dossier.service
    assert agrement is not None
    demande.remplace = {"chef": agrement.chef, "chef_service": service.chef}
    set_chef(agrement, service, demande.chef, demande.chef)


def set_chef(agrement: Agrement, service: Service, chef: str, lu: str) -> None:
    """Of the agrément, and (`lu`) of the service as everybody reads it."""
    agrement.chef, service.chef = chef, lu
    agrement.save(update_fields=["chef"])
    write_cles_service(service)
    service.save(update_fields=["chef", "cle_tri", "recherche"])


def _tell(demande: DemandeAgrement, maintenant: int) -> None:
    dossier = demande.dossier
    if not dossier.courriel:
        return
    if demande.etat == EtatDemandeAgrement.REFUSEE:
        dite = f"refusée. Motif\u00a0: {demande.motif}"
    elif demande.du and demande.au:
        dite = f"accordée, du {demande.du:%d/%m/%Y} au {demande.au:%d/%m/%Y}"
    else:
        dite = "accordée"
    lettre = Lettre(
        modele="agrement-decision",
        valeurs={
            "nom": dossier.chef or "Madame, Monsieur",
            "service": str(dossier.service),
            "demande": f"{demande.get_nature_display()}, {demande.des.intitule}",
            "decision": dite,
        },
        signature=f"Agence régionale de santé, {dossier.campagne.subdivision.nom}",
    )
    # Decided again after going back on it: the service is told again.
    fois = demande.actes.filter(acte="revenir").count()
    cle = f"agrement-decision-{demande.pk}" + (f"-{fois + 1}" if fois else "")
    enqueue(cle, dossier.courriel, compose(lettre), maintenant)
