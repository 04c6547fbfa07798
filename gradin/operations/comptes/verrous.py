"""Sign-in refused after too many wrong passwords: noted for the ARS, lifted by it.

The counters themselves are the library's (`web/compte/adapter.py`), apart for each network and each device
that has signed in before: strangers' failures refuse nobody but strangers.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from gradin.data.profils.models import VerrouConnexion
from gradin.operations.comptes.historique import lock_interne, record
from gradin.operations.comptes.refus import CompteRefuse
from gradin.operations.permissions import check_can_manage_interne
from gradin.queries.verrous import empreinte_of_adresse, find_verrou
from gradin.queries.visiteurs import Visiteur

# Under a flood of failures one line a minute is enough.
PAS = timedelta(minutes=1)


def note_verrou(courriel: str, maintenant: datetime) -> None:
    """Known and unknown addresses alike: the time taken tells nothing."""
    empreinte = empreinte_of_adresse(courriel)
    row, cree = VerrouConnexion.objects.get_or_create(empreinte=empreinte, defaults={"at": maintenant})
    ancien = row.at <= maintenant - PAS or (row.leve_at is not None and row.leve_at >= row.at)
    if not cree and ancien:
        VerrouConnexion.objects.filter(pk=row.pk).update(at=maintenant)


@transaction.atomic
def lift_verrou(interne: int, agent: Visiteur, *, maintenant: datetime) -> None:
    """He may try again at once, everywhere; noted in his history."""
    check_can_manage_interne(agent, interne)
    row = lock_interne(interne)
    courriel = row.compte.email if row.compte else ""
    if find_verrou(courriel, maintenant) is None:
        raise CompteRefuse("Aucun blocage n’est en cours\u00a0: il peut se connecter.")
    VerrouConnexion.objects.filter(empreinte=empreinte_of_adresse(courriel)).update(
        levees=F("levees") + 1, leve_at=maintenant
    )
    record(row, "connexion", avant="", apres="débloquée", auteur=agent.courriel, maintenant=maintenant)
