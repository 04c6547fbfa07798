"""One's own wishes: changed by one gesture while a wave is open; shared, or no longer, at any time."""

from datetime import datetime

from django.db import transaction

from gradin.data.amphis.models import Place
from gradin.data.internes.models import Inscription
from gradin.data.postes.models import EtatPoste, Poste
from gradin.data.prechoix.models import ListeVoeux, Voeu
from gradin.domain.prechoix.voeux import Geste, Voeux
from gradin.queries.prechoix import is_open, own_wishes

MAXIMUM = 500


class VoeuxRefuses(ValueError):
    """French, says what to do."""


@transaction.atomic
def edit_voeux(place: int, geste: Geste, maintenant: datetime) -> Voeux:
    """The list as it is after this gesture. Raises VoeuxRefuses: no wave is open, a poste is not offered."""
    liste = _lock(place, maintenant)
    amphi = Place.objects.values_list("amphi", flat=True).get(pk=place)
    if not is_open(amphi, maintenant):
        raise VoeuxRefuses("Le préchoix n’est pas ouvert\u00a0: vos vœux ne changent pas.")
    voeux = geste(own_wishes(place))
    if len(voeux) > MAXIMUM:
        raise VoeuxRefuses(f"{MAXIMUM}\u00a0vœux au plus. Retirez-en avant d’en ajouter.")
    offerts = Poste.objects.filter(amphis=amphi).exclude(etat=EtatPoste.RETIRE)
    postes = {poste.numero: poste.pk for poste in offerts.filter(numero__in=voeux)}
    gardes = tuple(numero for numero in voeux if numero in postes)
    _check_offered(own_wishes(place), voeux, gardes)
    Voeu.objects.filter(liste=liste).delete()
    Voeu.objects.bulk_create(
        Voeu(liste=liste, ordre=ordre, poste_id=postes[numero])
        for ordre, numero in enumerate(gardes, start=1)
    )
    ListeVoeux.objects.filter(pk=liste.pk).update(updated_at=maintenant, depose_at=maintenant)
    return gardes


@transaction.atomic
def share_voeux(place: int, partage: bool, maintenant: datetime) -> None:
    """His agreement, or its end: the next forecast is counted without him."""
    liste = _lock(place, maintenant)
    ListeVoeux.objects.filter(pk=liste.pk).update(partage=partage, updated_at=maintenant)


@transaction.atomic
def arm_liste(place: int, armee: bool) -> bool:
    """« Liste armée »: only where the amphi proposes it; False where it does not."""
    row = Place.objects.select_related("amphi").get(pk=place)
    if armee and not row.amphi.parametres.get("liste_armee"):
        return False
    Inscription.objects.filter(pk=row.inscription_id).update(liste_armee=armee)
    return True


def _check_offered(avant: Voeux, voeux: Voeux, gardes: Voeux) -> None:
    """One asked for and not offered is refused; one withdrawn since leaves in silence."""
    if inconnus := set(voeux) - set(gardes) - set(avant):
        raise VoeuxRefuses(f"Cet amphithéâtre n’offre pas le poste n°\u00a0{min(inconnus)[:20]}.")


def _lock(place: int, maintenant: datetime) -> ListeVoeux:
    """Two gestures at once follow each other: the place is the lock."""
    Place.objects.select_for_update(of=("self",), no_key=True).get(pk=place)
    liste, _ = ListeVoeux.objects.get_or_create(place_id=place, defaults={"updated_at": maintenant})
    return liste
