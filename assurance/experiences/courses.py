"""Client processes race for one poste over HTTP, against one server (SQLite) or two (PostgreSQL)."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from typing import Any

from assurance.essai import Essai
from assurance.monde import PIEGE, Salle, open_salle, size_for
from assurance.resultat import Resultat, Verdict, held
from gradin.data.amphis.models import Affectation, Amphi, CleIdempotence, Fait, FaitPrive
from gradin.data.internes.models import Phase
from tests.concurrency.client import Client
from tests.concurrency.test_courses import without_the_net
from tests.serveur import running

INVARIANTS = "I01, I02, I04, T02, T05, 2.3.4 and 15.4.2 of ASVS"
INJECTE = "the one choosing clicks in two browsers at once, the next one does not wait for his tour"
COURSES = 60
TEMOINS = 20
Reponse = tuple[int, dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Geste:
    """One click as its sender saw it: when sent, when answered (s), what."""

    envoye: float
    repondu: float
    statut: int
    recu: dict[str, Any] | None


def run(essai: Essai) -> Iterator[Resultat]:
    salle = open_salle(size_for(essai.secondes, 20, 200))
    deux = essai.magasin == "postgresql"
    fautes: list[str] = []
    gestes: list[Geste] = []
    with ExitStack() as pile:
        serveurs = [pile.enter_context(running()) for _ in range(2 if deux else 1)]
        clients = [pile.enter_context(closing(Client(s.url))) for s in (serveurs * 3)[:3]]
        tour = 0
        while tour < COURSES or (essai.goes_on(0.8) and tour < len(salle.jetons) - 1):
            tour += 1
            vus = race(salle, clients, tour)
            gestes += vus
            if sorted(geste.statut for geste in vus) != [201, 409, 409]:
                fautes.append(f"tour {tour}: {[geste.statut for geste in vus]}")
    fautes += check_history(salle, gestes) + salle.judge()
    temoin, montre = without_protection() if deux else ("one server writes: its twin ran on PostgreSQL", True)
    yield Resultat(
        nom="Races over HTTP",
        invariants=INVARIANTS,
        injecte=INJECTE,
        n=tour,
        unite="races",
        verdict=held(fautes) if montre else Verdict.TEMOIN,
        chiffres={
            "given twice": str(salle.doubled()),
            "clicks judged against the journal": str(len(gestes)),
            "errors": str(sum(geste.statut not in (201, 409) for geste in gestes)),
        },
        temoin=temoin,
        remarque="; ".join(fautes[:3]),
        **essai.commun,
    )


def race(salle: Salle, clients: list[Client], tour: int) -> list[Geste]:
    corps = {"poste": str(tour), "tour": tour, "vu": 3}
    departs = []
    for i, client in enumerate(clients):
        jeton = salle.jetons[tour - 1 if i < 2 else tour]
        departs.append(time.monotonic())
        client.post(f"{salle.chemin}/choix", corps, jeton, f"{tour}-{i}")
    gestes = []
    for depart, client in zip(departs, clients, strict=True):
        statut, dit = client.answer()
        if statut == 201:
            salle.keep(dit)
        gestes.append(Geste(envoye=depart, repondu=time.monotonic(), statut=statut, recu=dit.get("recu")))
    return gestes


def check_history(salle: Salle, gestes: list[Geste]) -> list[str]:
    """Each yes is in the journal as told, each no is not, and who was answered first comes first."""
    oui = sorted((geste for geste in gestes if geste.recu), key=lambda geste: geste.repondu)
    ecrits = Fait.objects.filter(amphi=salle.amphi, fait="ChoixConfirme").count()
    fautes = [] if ecrits == len(oui) else [f"{ecrits} choices written for {len(oui)} accepted"]
    fini, plus_haut = 0, 0
    for geste in sorted(oui, key=lambda geste: geste.envoye):
        while oui[fini].repondu < geste.envoye:
            plus_haut = max(plus_haut, oui[fini].recu["n"])  # type: ignore[index]
            fini += 1
        if geste.recu["n"] < plus_haut:  # type: ignore[index]
            fautes.append(f"line {geste.recu['n']} was sent after line {plus_haut} was answered")  # type: ignore[index]
    return fautes


def without_protection() -> tuple[str, bool]:
    """The same race without lock nor unique indexes, everybody reading before anybody writes."""
    # Other internes; their poste is free, the first amphi being undone before.
    Affectation.objects.all().delete()
    Amphi.objects.update(etat="clos", echeance=None)
    salle = open_salle(2, Phase.APPROFONDISSEMENT)
    with ExitStack() as pile:
        serveurs = [pile.enter_context(unlocked()) for _ in range(2)]
        clients = [pile.enter_context(closing(Client(serveur.url))) for serveur in serveurs]
        with without_the_net():
            doubles = sum(given_twice(salle, clients, essai) for essai in range(TEMOINS))
            clean(salle)
    return f"lock and indexes removed: given twice in {doubles} of {TEMOINS}", doubles >= TEMOINS // 2


def unlocked() -> Any:
    return running(lance=PIEGE, GRADIN_CROCHETS="without_lock wide_window")


def given_twice(salle: Salle, clients: list[Client], essai: int) -> bool:
    """One race, then back to the line where it began."""
    tete = Amphi.objects.values("seq", "empreinte", "etat").get(pk=salle.amphi.pk)
    for i, client in enumerate(clients):
        corps = {"poste": "1", "tour": 1, "vu": 3}
        client.post(f"{salle.chemin}/choix", corps, salle.jetons[0], f"{essai}-{i}")
    oui = [client.answer()[0] for client in clients].count(201)
    doubles = Affectation.objects.filter(amphi=salle.amphi).count()
    FaitPrive.objects.filter(fait__amphi=salle.amphi, fait__n__gt=tete["seq"]).delete()
    Fait.objects.filter(amphi=salle.amphi, n__gt=tete["seq"]).delete()
    clean(salle)
    Amphi.objects.filter(pk=salle.amphi.pk).update(**tete)
    return oui == doubles == 2


def clean(salle: Salle) -> None:
    CleIdempotence.objects.all().delete()
    Affectation.objects.filter(amphi=salle.amphi).delete()
