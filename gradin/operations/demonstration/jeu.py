"""Plays tours of the demonstration beforehand, through the same `handle` as everybody, at hours gone by."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from gradin.data.amphis.models import Amphi, Battement, Place
from gradin.domain.amphi.commands import ConfirmChoix
from gradin.domain.amphi.places import ouverts_a
from gradin.domain.amphi.state import Etat
from gradin.domain.kernel import Motif
from gradin.operations.amphis import handle, run_commande_agent
from gradin.queries.etats import lire_etat
from gradin.queries.visiteurs import Visiteur

PROCESSUS = "demonstration"
CLOTURE_MS = 60_000


class DemonstrationImpossible(Exception):
    """The amphi refused to start or ran out of postes; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Partie:
    """`pas_ms`: time each interne takes. `tours`: how many are played, None for all and the close."""

    amphi: Amphi
    agent: Visiteur
    graine: int
    debut: int
    pas_ms: int
    tours: int | None


@transaction.atomic
def play_partie(partie: Partie) -> None:
    """A beat goes before each act: these hours were no outage. One commit for all of it."""
    instant = partie.debut
    _live_until(instant)
    _start(partie, instant)
    comptes = _accounts(partie.amphi)
    joues = 0
    while partie.tours is None or joues < partie.tours:
        instant += partie.pas_ms
        _live_until(instant)
        seq, etat = lire_etat(partie.amphi.pk)
        if etat.tour is None:
            break
        _choose(partie, etat, seq, comptes, instant)
        joues += 1
    if partie.tours is None:
        _close(partie, instant + CLOTURE_MS)
    Battement.objects.filter(processus=PROCESSUS).delete()


def _live_until(instant: int) -> None:
    """The service was there all along: written without the look for outages of a true beat."""
    Battement.objects.update_or_create(processus=PROCESSUS, defaults={"vu_le": instant})


def _start(partie: Partie, instant: int) -> None:
    """What the pre-flight asks to acknowledge is acknowledged, as the agent would after reading it."""
    reponse = run_commande_agent(partie.amphi.pk, {"type": "demarrer"}, partie.agent, instant)
    if reponse.corps.get("motif") == Motif.PREVOL_A_CONFIRMER:
        accord = {"type": "demarrer", "confirme": reponse.corps["codes"]}
        reponse = run_commande_agent(partie.amphi.pk, accord, partie.agent, instant)
    if reponse.refusee:
        raise DemonstrationImpossible(f"{partie.amphi} : {reponse.corps}")


def _choose(partie: Partie, etat: Etat, seq: int, comptes: Mapping[int, int], instant: int) -> None:
    assert etat.tour is not None
    interne = etat.tour.interne
    ouverts = [poste for poste, motif in ouverts_a(etat, interne).items() if motif is None]
    if not ouverts:
        raise DemonstrationImpossible(f"{partie.amphi} : aucun poste ouvert à l’interne n° {interne}")
    poste = max(ouverts, key=lambda poste: (_liking(partie.graine, etat, interne, poste), poste))
    commande = ConfirmChoix(interne=interne, poste=poste, tour=etat.tour.tour, vu=seq)
    reponse = handle(partie.amphi.pk, commande, auteur=comptes.get(interne), maintenant=instant)
    if reponse.refusee:
        raise DemonstrationImpossible(f"{partie.amphi} : {reponse.corps}")


def _liking(graine: int, etat: Etat, interne: int, poste: str) -> float:
    """His own DES first, then a taste that the seed draws."""
    octets = hashlib.sha256(f"{graine}/{interne}/{poste}".encode()).digest()
    gout = int.from_bytes(octets[:4], "big") / 2**32
    return gout + (2.0 if etat.postes[poste].des == etat.lignes[interne].des else 0.0)


def _close(partie: Partie, instant: int) -> None:
    _live_until(instant)
    seq, _ = lire_etat(partie.amphi.pk)
    corps = {"type": "clore", "vu": seq, "motif": "Tout le monde a choisi."}
    reponse = run_commande_agent(partie.amphi.pk, corps, partie.agent, instant)
    if reponse.refusee:
        raise DemonstrationImpossible(f"{partie.amphi} : {reponse.corps}")


def _accounts(amphi: Amphi) -> dict[int, int]:
    rows = Place.objects.filter(amphi=amphi, numero__isnull=False).values_list(
        "numero", "inscription__interne__compte"
    )
    return {numero: compte for numero, compte in rows if numero is not None and compte is not None}
