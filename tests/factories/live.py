"""Plays a small amphi: commands at an instant, the service alive all along."""

from gradin.data.amphis.models import Amphi, Battement
from gradin.domain.amphi.commands import Commande, ConfirmChoix, Echoir
from gradin.domain.amphi.state import Etat
from gradin.operations.amphis import Reponse, demarrer_amphi, handle
from gradin.queries.etats import lire_etat
from tests.factories.amphis import T0, compte_of

PROCESSUS = "tests"


def alive(maintenant: int) -> None:
    """The service could commit until now: no outage is found."""
    Battement.objects.update_or_create(processus=PROCESSUS, defaults={"vu_le": maintenant})


def start(amphi: Amphi, maintenant: int = T0) -> Reponse:
    """Started: the tour of rank 1 is open when the first session's hour has come."""
    reponse = demarrer_amphi(amphi.pk, auteur=None, maintenant=maintenant)
    assert reponse.statut == 201, reponse.corps
    return reponse


def play(amphi: Amphi, commande: Commande, maintenant: int, **options: object) -> Reponse:
    """One command at that instant, without outage before it."""
    alive(maintenant)
    options.setdefault("auteur", None)
    return handle(amphi.pk, commande, maintenant=maintenant, **options)  # type: ignore[arg-type]


def pass_time(amphi: Amphi, maintenant: int) -> Reponse:
    """The clock ticks."""
    return play(amphi, Echoir(), maintenant)


def choose(amphi: Amphi, rang: int, poste: str, maintenant: int, cle: str | None = None) -> Reponse:
    """The interne of that rank confirms in the open tour."""
    etat = state(amphi)
    tour = etat.tour.tour if etat.tour else 0
    commande = ConfirmChoix(interne=rang, poste=poste, tour=tour, vu=etat.seq)
    return play(amphi, commande, maintenant, auteur=compte_of(amphi, rang).pk, cle=cle)


def state(amphi: Amphi) -> Etat:
    return lire_etat(amphi.pk)[1]
