"""The waves of préchoix of an amphi: opened by the ARS or a representative."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from gradin.data.amphis.models import Amphi, EtatAmphi
from gradin.data.prechoix.models import Prechoix, Visibilite
from gradin.operations.amphis.actes_avant import record_acte
from gradin.operations.amphis.handling import lock_amphi
from gradin.operations.permissions import can_run_amphi, check_can_open_prechoix
from gradin.queries.visiteurs import Visiteur

VISIBILITES: tuple[tuple[str, str], ...] = tuple((str(un.value), str(un.label)) for un in Visibilite)


class PrechoixRefuse(ValueError):
    """French, says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VagueDemandee:
    ouvre: datetime
    clot: datetime
    visibilite: str


@transaction.atomic
def open_prechoix(amphi_id: int, demande: VagueDemandee, visiteur: Visiteur, maintenant: datetime) -> None:
    """A new wave, apart from the others; raises PrechoixRefuse, Interdit.

    It opens now at the earliest: nobody's wishes are counted under a visibility that he had not read.
    """
    amphi = lock_amphi(amphi_id)
    check_can_open_prechoix(visiteur, amphi)
    _check_may_change(amphi, visiteur)
    demande = replace(demande, ouvre=max(demande.ouvre, maintenant))
    _check_dates(amphi, demande, maintenant)
    Prechoix.objects.create(
        amphi=amphi,
        ouvre_at=demande.ouvre,
        clot_at=demande.clot,
        visibilite=demande.visibilite,
        auteur_id=visiteur.compte,
    )
    _record(amphi, "ouvrir_prechoix", visiteur, maintenant)


def _check_dates(amphi: Amphi, demande: VagueDemandee, maintenant: datetime) -> None:
    if amphi.etat == EtatAmphi.CLOS:
        raise PrechoixRefuse("L’amphithéâtre est clos\u00a0: il n’y a plus rien à prévoir.")
    if demande.clot <= maintenant:
        raise PrechoixRefuse("La clôture est déjà passée. Écrivez une date à venir.")
    if demande.clot <= demande.ouvre:
        raise PrechoixRefuse("La clôture vient après l’ouverture. Corrigez l’une des deux.")
    if Prechoix.objects.filter(amphi=amphi, ouvre_at__lt=demande.clot, clot_at__gt=demande.ouvre).exists():
        raise PrechoixRefuse(
            "Une autre vague a lieu ces jours-là. Supprimez-la ou choisissez d’autres dates."
        )


@transaction.atomic
def remove_prechoix(amphi_id: int, vague: int, visiteur: Visiteur, maintenant: datetime) -> bool:
    """Before its closing; wishes stay, for the next wave. False when there is none such here."""
    amphi = lock_amphi(amphi_id)
    check_can_open_prechoix(visiteur, amphi)
    _check_may_change(amphi, visiteur)
    supprimes, _ = Prechoix.objects.filter(amphi=amphi, pk=vague, clot_at__gt=maintenant).delete()
    if supprimes:
        _record(amphi, "supprimer_prechoix", visiteur, maintenant)
    return bool(supprimes)


def _check_may_change(amphi: Amphi, visiteur: Visiteur) -> None:
    """Wishes that give postes bind: once announced, who reads them and until when is for who runs it."""
    if may_change_vagues(amphi, visiteur):
        return
    raise PrechoixRefuse(
        "Cet amphithéâtre se choisit par vœux\u00a0: ses dates sont annoncées et engagent. "
        "Demandez à l’ARS de les changer."
    )


def may_change_vagues(amphi: Amphi, visiteur: Visiteur) -> bool:
    announced = amphi.parametres.get("par_voeux") and Prechoix.objects.filter(amphi=amphi).exists()
    return not announced or can_run_amphi(visiteur, amphi)


def _record(amphi: Amphi, acte: str, visiteur: Visiteur, maintenant: datetime) -> None:
    record_acte(amphi, acte, auteur=visiteur.compte, maintenant=round(maintenant.timestamp() * 1000))
