"""Rounds of a fan-out: a trigger, then every reader has the event; the same for us and for the references."""

import contextlib
import statistics
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from bench import processus as p
from bench.client import confirm
from bench.monde import AmphiMesure, make_sessions

REPOS_S = 0.5
CALME = contextlib.nullcontext()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ronde:
    """Medians over the rounds, in ms from the trigger; `cpu` of the server, an event, is the mean, for the
    kernel counts by hundredths of a second; memory in KiB.
    """

    nom: str
    premier: float
    p99: float
    dernier: float
    pire: float
    cpu: float
    chacun: float
    memoire: float
    perdus: int
    doubles: int
    admission_s: float


def go_round(
    nom: str,
    pid: int,
    port: int,
    chemin: str,
    nombre: int,
    cookies: Sequence[str],
    declics: Sequence[Callable[[], None]],
    pendant: AbstractContextManager[object] = CALME,
) -> Ronde:
    """`pendant`: what goes on from the admission of the last reader to the last event."""
    vide = p.rss_kib(pid)
    with p.Lecteurs(port, chemin, nombre, cookies) as lecteurs:
        plein = p.rss_kib(pid)
        tours, cpus = [], []
        with pendant:
            for declic in declics:
                time.sleep(REPOS_S)
                avant = p.cpu_ms(pid)
                lecteurs.begin()
                declic()
                tours.append(lecteurs.end())
                cpus.append(p.cpu_ms(pid) - avant)
    return Ronde(
        nom=nom,
        premier=statistics.median(tour.premier for tour in tours),
        p99=statistics.median(tour.p99 for tour in tours),
        dernier=statistics.median(tour.dernier for tour in tours),
        pire=max(tour.dernier for tour in tours),
        cpu=statistics.mean(cpus),
        chacun=(plein - vide) / nombre,
        memoire=plein,
        perdus=sum(nombre - tour.lus for tour in tours),
        doubles=sum(tour.doubles for tour in tours),
        admission_s=lecteurs.admission_s,
    )


def go_round_amphi(
    nom: str,
    pid: int,
    port: int,
    amphi: AmphiMesure,
    nombre: int,
    tours: int,
    pendant: AbstractContextManager[object] = CALME,
) -> Ronde:
    """Every reader is signed in; each event is a choice confirmed through the API and the database."""
    cookies = make_sessions(amphi.comptes, nombre)
    declics = [_choice(port, amphi, rang) for rang in range(tours)]
    chemin = f"/api/v1/amphis/{amphi.pk}/direct"
    return go_round(nom, pid, port, chemin, nombre, cookies, declics, pendant)


def _choice(port: int, amphi: AmphiMesure, rang: int) -> Callable[[], None]:
    return lambda: confirm(port, amphi, rang)
