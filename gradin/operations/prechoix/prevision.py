"""Counts the forecast of postes of one amphi from the wishes that were shared; run in the child process."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from gradin.data.amphis.models import Amphi
from gradin.data.prechoix.models import PrevisionPostes
from gradin.domain.amphi.lecture import etat_poste
from gradin.domain.amphi.state import EtatPoste, Statut
from gradin.domain.eligibilite.situation import TypeChoix
from gradin.domain.prechoix.partage import PARTAGES_AVANT, partages_voulus
from gradin.domain.prechoix.prevision import Prevision, foresee
from gradin.operations.courriers.enqueue import instant
from gradin.operations.prechoix.amorce import Amorce, read_amorce
from gradin.queries.prechoix import wishes_of
from gradin.queries.prevision import cle_of

ATTENDENT = (Statut.A_VENIR, Statut.EN_COURS)
GRAINE = 2027


def compute_prevision(amphi_id: int, maintenant: int) -> None:
    """Written under the key read first: wishes that change meanwhile make it count again."""
    cle = cle_of(amphi_id)
    amphi = Amphi.objects.get(pk=amphi_id)
    amorce, partages = read_amorce(amphi, maintenant), wishes_of(amphi_id, partages=True)
    if amorce is None or len(partages) < partages_voulus(len(amorce.etat.ordre)):
        _write(amphi_id, cle, (), (), np.zeros((0, 0), np.uint8), len(partages), instant(maintenant))
        return
    places, postes, chances = foresee_amphi(amorce, partages)
    _write(amphi_id, cle, places, postes, chances, len(partages), instant(maintenant))


def foresee_amphi(
    amorce: Amorce, partages: Mapping[int, Sequence[str]]
) -> tuple[tuple[int, ...], tuple[str, ...], NDArray[np.uint8]]:
    """(places still to choose in call order, postes still free, percent by place and poste)."""
    etat = amorce.etat
    attendent = [
        numero for numero in etat.ordre if etat.statuts[numero] in ATTENDENT and numero not in amorce.ailleurs
    ]
    libres = tuple(numero for numero in etat.postes if etat_poste(etat, numero) is EtatPoste.LIBRE)
    rangs = {numero: rang for rang, numero in enumerate(libres)}
    # A surnombre takes no poste from anybody (rules.md §4): he asks at his rank and plays no part.
    joueurs = [n for n in attendent if etat.lignes[n].prive.type_choix is TypeChoix.CLASSIQUE]
    voeux = [_indices(partages.get(amorce.places[numero]), rangs) for numero in joueurs]
    par_joueur = _play(len(libres), voeux, _others(partages, amorce, joueurs, rangs))
    avant, lignes = 0, []
    for numero in attendent:
        lignes.append(par_joueur[avant])
        avant += avant < len(joueurs) and joueurs[avant] == numero
    places = tuple(amorce.places[numero] for numero in attendent)
    return places, libres, np.array(lignes, np.uint8).reshape(len(places), len(libres))


def _indices(numeros: Sequence[str] | None, rangs: Mapping[str, int]) -> list[int] | None:
    """Wishes still free; a list of which nothing is left says nothing any more."""
    return [rangs[numero] for numero in numeros or () if numero in rangs] or None


def _others(
    partages: Mapping[int, Sequence[str]], amorce: Amorce, joueurs: Sequence[int], rangs: Mapping[str, int]
) -> list[list[int] | None]:
    """The wishes of those who no longer play: still imitated, stood after the last one asked about."""
    jouent = {amorce.places[numero] for numero in joueurs}
    return [_indices(voeux, rangs) for place, voeux in partages.items() if place not in jouent]


def _play(
    postes: int, voeux: list[list[int] | None], autres: list[list[int] | None]
) -> list[NDArray[np.uint8]]:
    """One row a player, and one for who comes after the last."""
    demandes = {rang: range(postes) for rang in range(len(voeux) + 1)}
    listes = [*voeux, None, *autres]
    suivies = foresee(Prevision(postes=postes, voeux=listes, graine=GRAINE), demandes)
    debut = _few_before(voeux)
    # With few who share before him, one could guess whose wishes weigh: nobody's own list is followed.
    prudent = Prevision(postes=postes, voeux=listes, inconstance=1, graine=GRAINE)
    imitees = foresee(prudent, {rang: demandes[rang] for rang in range(debut)})
    return [_percent(imitees.get(rang, suivies[rang])) for rang in demandes]


def _few_before(voeux: list[list[int] | None]) -> int:
    """How many players, from the first, have fewer than PARTAGES_AVANT who share before them."""
    partages = 0
    for rang, liste in enumerate(voeux):
        if partages >= PARTAGES_AVANT:
            return rang
        partages += liste is not None
    return len(voeux) + (partages < PARTAGES_AVANT)


def _percent(chances: Sequence[float]) -> NDArray[np.uint8]:
    return np.rint(np.array(chances) * 100).astype(np.uint8)


def _write(
    amphi: int,
    cle: str,
    places: Sequence[int],
    postes: Sequence[str],
    chances: NDArray[np.uint8],
    partages: int,
    maintenant: datetime,
) -> None:
    PrevisionPostes.objects.update_or_create(
        amphi_id=amphi,
        defaults={
            "cle": cle,
            "places": list(places),
            "postes": list(postes),
            "chances": chances.tobytes(),
            "partages": partages,
            "effectif": len(places),
            "calcule_at": maintenant,
        },
    )
