"""« Revenir sur cette décision »: a demand decided by mistake waits again, what it changed comes back."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gradin.data.agrements.models import Agrement, DemandeAgrement, EtatDemandeAgrement, NatureAgrement
from gradin.operations.agrements.campagnes import lock_campagne
from gradin.operations.agrements.decisions import GARDES, MOTIF, UN_JOUR, keep, set_chef
from gradin.operations.agrements.refus import AgrementRefuse
from gradin.operations.agrements.trace import record
from gradin.operations.courriers import Lettre, compose, enqueue
from gradin.operations.permissions_offre import check_can_hold_agrements
from gradin.queries.agrements.demandes import say_decision
from gradin.queries.visiteurs import Visiteur

DECIDEES = (EtatDemandeAgrement.ACCORDEE, EtatDemandeAgrement.REFUSEE)


@transaction.atomic
def reopen_demande(pk: int, campagne: int, motif: str, visiteur: Visiteur, maintenant: int) -> None:
    """The decision stays in the trail; the head of service is written to. Raises AgrementRefuse, Interdit."""
    lue = lock_campagne(campagne)
    check_can_hold_agrements(visiteur, lue.subdivision_id)
    rows = DemandeAgrement.objects.filter(dossier__campagne=campagne, pk=pk)
    demande = rows.select_related(
        "dossier__service__etablissement", "dossier__campagne__subdivision", "agrement", "commission", "des"
    ).first()
    motif = motif.strip()[:MOTIF]
    if demande is None or demande.etat not in DECIDEES:
        raise AgrementRefuse("Cette demande n’est pas décidée. Rechargez la page.")
    if not motif:
        raise AgrementRefuse("Dites pourquoi\u00a0: ce motif reste dans les actes, le service le lira.")
    _check(demande)
    avant = say_decision(demande)
    if demande.etat == EtatDemandeAgrement.ACCORDEE:
        _give_back(demande)
    _wait_again(demande)
    record(lue.subdivision_id, "revenir", visiteur.compte, maintenant, lue, demande, avant=avant, motif=motif)
    _tell(demande, motif, maintenant)


def _check(demande: DemandeAgrement) -> None:
    commission = demande.commission
    if commission is not None and commission.closed_at is not None:
        raise AgrementRefuse(
            f"Le procès-verbal de «\u00a0{commission.intitule}\u00a0» est arrêté\u00a0: sa décision ne "
            "change plus. Suspendez ou retirez l’agrément, avec un motif."
        )
    memes = DemandeAgrement.objects.filter(
        dossier=demande.dossier_id,
        des=demande.des_id,
        nature=demande.nature,
        etat=EtatDemandeAgrement.DEPOSEE,
    )
    if memes.exists():
        raise AgrementRefuse("Le service a déposé la même demande depuis\u00a0: décidez celle-là.")
    if demande.etat == EtatDemandeAgrement.ACCORDEE and not demande.remplace:
        raise AgrementRefuse(
            "Cette décision est trop ancienne pour être reprise. Suspendez ou retirez l’agrément, "
            "avec un motif."
        )


def _give_back(demande: DemandeAgrement) -> None:
    agrement, remplace = demande.agrement, demande.remplace
    assert agrement is not None
    if demande.nature == NatureAgrement.CHEF:
        if agrement.chef != demande.chef:
            raise _moved()
        service = demande.dossier.service
        # Changed since by another way: what everybody reads of the service stays.
        lu = remplace["chef_service"] if service.chef == demande.chef else service.chef
        set_chef(agrement, service, remplace["chef"], lu)
        return
    autres = DemandeAgrement.objects.filter(agrement=agrement).exclude(pk=demande.pk)
    if autres.exists() or keep(agrement) != remplace["pose"]:
        raise _moved()
    ancien = Agrement.objects.filter(pk=remplace["agrement"]).first()
    if remplace["au"] and ancien is not None:
        if demande.du is None or ancien.au != demande.du - UN_JOUR:
            raise _moved()
        ancien.au = date.fromisoformat(remplace["au"])
        ancien.save(update_fields=["au"])
    demande.agrement = ancien
    demande.save(update_fields=["agrement"])
    if remplace["avant"] is None:
        agrement.delete()
        return
    for nom, valeur in (remplace["avant"] | {"au": date.fromisoformat(remplace["avant"]["au"])}).items():
        setattr(agrement, nom, valeur)
    agrement.save(update_fields=[*GARDES])


def _wait_again(demande: DemandeAgrement) -> None:
    demande.etat, demande.motif, demande.remplace = EtatDemandeAgrement.DEPOSEE, "", {}
    demande.du = demande.au = demande.commission = None
    demande.decided_by = demande.decided_at = None
    demande.save()


def _moved() -> AgrementRefuse:
    return AgrementRefuse(
        "L’agrément accordé, ou celui qu’il remplace, a changé ou servi depuis\u00a0: cette décision ne se "
        "reprend plus. Suspendez ou retirez l’agrément, avec un motif."
    )


def _tell(demande: DemandeAgrement, motif: str, maintenant: int) -> None:
    dossier = demande.dossier
    if not dossier.courriel:
        return
    lettre = Lettre(
        modele="agrement-decision-reprise",
        valeurs={
            "nom": dossier.chef or "Madame, Monsieur",
            "service": str(dossier.service),
            "demande": f"{demande.get_nature_display()}, {demande.des.intitule}",
            "motif": motif,
        },
        signature=f"Agence régionale de santé, {dossier.campagne.subdivision.nom}",
    )
    enqueue(f"agrement-reprise-{demande.pk}-{maintenant}", dossier.courriel, compose(lettre), maintenant)
