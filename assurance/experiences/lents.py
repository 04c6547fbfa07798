"""A thousand readers that never read, requests that never end, beside people who choose and read."""

import http.client
import socket
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from assurance.ecoute import Ecoute
from assurance.essai import Essai
from assurance.foule import Choisisseur, Foule, figures, wrongs
from assurance.monde import Salle, ask, open_salle, size_for, wait_until
from assurance.resultat import Resultat, Verdict, held
from assurance.sourds import TAMPON, Gouttes, deaf, ended, half_said, slow_upload
from bench.processus import rss_kib, server
from tests.serveur import Serveur, free_port, running

INVARIANTS = "I35, F09, F10, G14, B08"
INJECTE = (
    "streams of which nothing is ever read (window of 0), headers and bodies that come an octet a second and "
    "never end, straight to one process; people choose and read meanwhile"
)
SOURD = "never read"
SOURDS, ENTETES, ENVOIS = 1_000, 500, 100
LECTEURS = 100
AVANT_S = 15.0
CADENCE_S = 0.15
# What fills the buffers of a thousand streams: about 4 KB to each reader, ten times a second.
TEXTE, MESSAGE_S = "é" * 1_900, 0.1
# 64 KiB each, and what the process takes for a thousand connections more.
CROISSANCE_MIO = 100.0
# GRADIN_LENTEUR_S, ENTETES_S and DUREE_MAXIMALE_S are 30 s; a sweep, a machine that does ten things at once.
LIMITE_S = 75.0
TEMOINS, POSTES = 100, 4_000
# Events of 4 KB: what the kernel keeps for each on the loopback is full after a thousand.
NAIF = (
    "import sys, uvicorn; from bench.references import naif; naif.EVENEMENT *= 14; "
    "uvicorn.run(naif.Naif(), port=int(sys.argv[1]), http='httptools', lifespan='off', log_level='error')"
)


def run(essai: Essai) -> Iterator[Resultat]:
    salle = open_salle(size_for(essai.secondes, 6, 1_000))
    # The shipped delays: the servers of the tests are more impatient.
    with running(settings="gradin.config.settings_test") as serveur:
        foule = Foule(salle, serveur.port, nombre=LECTEURS, coupures=0, graine=essai.graine)
        with Ecoute(serveur.port, salle) as ecoute:
            choisisseur = Choisisseur(salle, [serveur.port], cadence_s=CADENCE_S)
            fil = threading.Thread(target=choisisseur.run, daemon=True)
            fil.start()
            time.sleep(AVANT_S)
            vague = Vague(serveur, salle)
            debut = time.monotonic()
            while not vague.vagues or essai.goes_on(0.7):
                vague.roll()
            fin = time.monotonic()
            choisisseur.arret.set()
            fil.join()
        lus = foule.judge()
    temoin, montre = without_limit()
    croissance = max(vague.rss) - vague.rss[0]
    fautes = vague.fautes + salle.judge()
    fautes += [f"{croissance:.0f} MiB more"] if croissance > CROISSANCE_MIO else []
    verdict = held(wrongs(lus) or fautes)
    yield Resultat(
        nom="Slow readers and slow senders",
        invariants=INVARIANTS,
        injecte=INJECTE,
        n=vague.vagues * (SOURDS + ENTETES + ENVOIS),
        unite="connections",
        verdict=verdict if montre or verdict is Verdict.ROMPU else Verdict.TEMOIN,
        chiffres={
            **figures(lus),
            **vague.figures(),
            "MiB before, at most": f"{vague.rss[0]:.0f}, {max(vague.rss):.0f}",
            **{
                f"{quand}: choice answered, its fact read, p50 and p99 from the click on": delays(
                    choisisseur, ecoute, de, a
                )
                for quand, de, a in (("before", 0.0, debut), ("meanwhile", debut, fin))
            },
        },
        temoin=temoin,
        remarque="; ".join(fautes[:3]),
        **essai.commun,
    )


@dataclass(slots=True)
class Vague:
    """All of them at once, until the server has let go of each; then again."""

    serveur: Serveur
    salle: Salle
    vagues: int = 0
    rss: list[float] = field(default_factory=list)
    fautes: list[str] = field(default_factory=list)
    fins: dict[str, float] = field(default_factory=dict)
    messages: int = 0

    def roll(self) -> None:
        self._sample()
        port, salle = self.serveur.port, self.salle
        genres = {
            SOURD: [deaf(port, salle) for _ in range(SOURDS)],
            "half headers": [half_said(port, salle) for _ in range(ENTETES)],
            "slow bodies": [slow_upload(port, salle) for _ in range(ENVOIS)],
        }
        self.vagues += 1
        debut = time.monotonic()
        wait_until(lambda: self._readers() > SOURDS)
        with Gouttes(genres["half headers"] + genres["slow bodies"]):
            restent = set(genres)
            while restent and time.monotonic() - debut < LIMITE_S:
                self._speak()
                self._sample()
                for nom in [nom for nom in restent if not self._held(nom, genres[nom])]:
                    restent.discard(nom)
                    self.fins[nom] = max(self.fins.get(nom, 0.0), time.monotonic() - debut)
        for nom in restent:
            tenus = self._held(nom, genres[nom])
            self.fautes.append(f"{nom}: {tenus} of {len(genres[nom])} held after {LIMITE_S:.0f} s")
        for prise in [une for genre in genres.values() for une in genre]:
            prise.close()

    def _held(self, nom: str, prises: Sequence[socket.socket]) -> int:
        """Who reads nothing is not told of his end either: the server says how many it has."""
        return max(0, self._readers() - LECTEURS - 1) if nom == SOURD else len(prises) - ended(prises)

    def _readers(self) -> int:
        """Those of the crowd and the page, and who never reads."""
        mesures = httpx.get(f"{self.serveur.url}/metrics", timeout=60).text.splitlines()
        (ligne,) = (mesure for mesure in mesures if mesure.startswith("gradin_lecteurs "))
        return int(float(ligne.split()[1]))

    def _speak(self) -> None:
        self.messages += 1
        corps = {"type": "message", "texte": TEXTE, "vu": 3}
        cle = f"message-{self.messages}"
        statut, dit = ask(self.serveur.port, self.salle.agent, f"{self.salle.chemin}/commandes", corps, cle)
        assert statut == 201, dit
        time.sleep(MESSAGE_S)

    def _sample(self) -> None:
        self.rss.append(rss_kib(self.serveur.pid) / 1024)

    def figures(self) -> dict[str, str]:
        return {f"{nom}: all let go after, at worst": f"{duree:.0f} s" for nom, duree in self.fins.items()}


def delays(choisisseur: Choisisseur, ecoute: Ecoute, de: float, a: float) -> str:
    """Of the clicks sent between these moments."""
    siens = [
        (accepte - clic, ecoute.vus[n] - clic)
        for (clic, accepte), n in zip(choisisseur.acceptes, choisisseur.salle.recus, strict=True)
        if de <= clic < a and n in ecoute.vus
    ]
    repondus, lus = zip(*siens, strict=True) if siens else ((), ())
    return f"{spread(repondus)}; {spread(lus)} ({len(siens)} choices)"


def spread(durees: Sequence[float]) -> str:
    if not durees:
        return "none"
    tries = sorted(durees)
    p50, p99 = (tries[min(len(tries) - 1, int(len(tries) * part))] for part in (0.5, 0.99))
    return f"{p50 * 1000:.0f} and {p99 * 1000:.0f} ms"


def without_limit() -> tuple[str, bool]:
    """A queue for each reader, as one writes it first (`references.naif`): what grows, who is ever cut."""
    port = free_port()
    commande = [sys.executable, "-c", NAIF, str(port)]
    with server(commande, f"http://127.0.0.1:{port}/sante", "0-1") as processus:
        prises = [naive_stream(port) for _ in range(TEMOINS)]
        tailles = [rss_kib(processus.pid) / 1024]
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for _ in range(2):
            for _ in range(POSTES):
                client.request("POST", "/")
                client.getresponse().read()
            tailles.append(rss_kib(processus.pid) / 1024)
        tenus = open_files(processus.pid) >= TEMOINS
        for prise in (*prises, client):
            prise.close()
    avant, milieu, apres = tailles
    dit = f"a queue each: {milieu - avant:+.0f}, then {apres - milieu:+.0f} MiB for {POSTES} facts"
    return f"{dit}; {'all' if tenus else 'not all'} of {TEMOINS} held", tenus and apres - milieu > 1


def open_files(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


def naive_stream(port: int) -> socket.socket:
    prise = socket.socket()
    prise.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, TAMPON)
    prise.connect(("127.0.0.1", port))
    prise.sendall(b"GET /direct HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    return prise
