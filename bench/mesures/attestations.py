"""Everybody's attestation at once while choices go on: a ZIP of them all, then one by one.

First the choices alone: the reference is the same server, in the same run. Then an agent's ZIP of them all,
made in the workshop; then downloads one by one. Nothing is pinned: the children must find the other core.
"""

import asyncio
import itertools
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator

from bench import processus as p
from bench import tailles
from bench.client import Debit, confirm
from bench.mesures.choix import Latence, latence_of
from bench.monde import AmphiMesure, make_amphi, make_sessions
from bench.tableau import Ligne, Tableau
from gradin.data.amphis.models import Amphi
from gradin.data.attestations.models import EtatRecueil, Recueil
from gradin.data.comptes.models import Compte, Portee, Role
from gradin.data.courriers.models import Envoi
from gradin.domain.amphi.commands import ConfirmChoix
from gradin.live.temps import maintenant_ms
from gradin.operations.amphis import beat, handle

PORT = 9251
AMPHIS = 20
DEMANDEURS = 8
LIMITE_S = 300
ZIP_S, CHOIX_MS = 60, 60
ADRESSE = "/api/v1/mes-attestations/2027-05.pdf"
Travail = Callable[[], Coroutine[Any, Any, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Epreuve:
    """A work beside the choices: how many pages, in seconds; the CPU of the server and of its children."""

    nom: str
    pages: int
    duree: float
    serveur: float
    enfants: float
    choix: Latence


@dataclass(slots=True, kw_only=True)
class Banc:
    """`depart`: the first interne of each amphi left to choose; `faits`: how many chose since."""

    pid: int
    amphis: list[AmphiMesure]
    depart: int
    par_seconde: float
    faits: int = 0

    async def try_beside(self, nom: str, travail: Travail) -> Epreuve:
        """Choices at a steady rate until this work is over."""
        debit, avant, debut, fini = Debit(PORT), _cpu(self.pid), time.perf_counter(), asyncio.Event()

        async def work() -> tuple[int, float]:
            pages = await travail()
            fini.set()
            return pages, time.perf_counter() - debut

        tache = asyncio.ensure_future(work())
        choix = int(self.par_seconde * LIMITE_S)
        await debit.run(self.amphis, self.depart, choix, self.par_seconde, fini, faits=self.faits)
        (pages, duree), apres = await tache, _cpu(self.pid)
        assert not debit.refus, debit.refus[:3]
        self.faits += len(debit.latences)
        return Epreuve(
            nom=nom,
            pages=pages,
            duree=duree,
            serveur=apres[0] - avant[0],
            enfants=apres[1] - avant[1],
            choix=latence_of(nom, debit.latences),
        )


def measure(nombre: int, telecharges: int, par_seconde: float) -> list[Epreuve]:
    chacun = -(-nombre // AMPHIS)
    suite = chacun + int(3 * par_seconde * LIMITE_S / AMPHIS) + 5
    amphis = [make_amphi(300 + k, suite) for k in range(AMPHIS)]
    for amphi in amphis:
        _choose_already(amphi, chacun)
    Envoi.objects.all().delete()
    with p.server(p.gradin(PORT), p.health(PORT), coeurs=p.TOUS) as serveur:
        for amphi in amphis:
            confirm(PORT, amphi, chacun)
        banc = Banc(pid=serveur.pid, amphis=amphis, depart=chacun + 1, par_seconde=par_seconde)
        jetons = itertools.islice((jeton for un in amphis for jeton in un.jetons[:chacun]), telecharges)
        return asyncio.run(_measure(banc, iter(jetons)))


async def _measure(banc: Banc, jetons: Iterator[str]) -> list[Epreuve]:
    cookie = await asyncio.to_thread(_sign_in)
    return [
        await banc.try_beside("nothing else", _rest),
        await banc.try_beside("one ZIP of all", lambda: asyncio.to_thread(_print_all, cookie)),
        await banc.try_beside("one by one, by HTTP", lambda: _download_all(jetons)),
    ]


async def _rest() -> int:
    await asyncio.sleep(30)
    return 0


def _sign_in() -> str:
    """The cookie of an agent of the subdivision, who has the second factor that the ARS must have."""
    compte = Compte.objects.create(email="agent@banc.example", password="!", role=Role.AGENT)
    Portee.objects.create(compte=compte, subdivision=Amphi.objects.all()[0].subdivision)
    Authenticator.objects.create(user=compte, type=Authenticator.Type.TOTP, data={})
    return make_sessions((compte,), 1)[0].removeprefix("Cookie: ")


def _print_all(cookie: str) -> int:
    """As his browser does: the button, then the page until the file is there."""
    amphi, secret = Amphi.objects.all()[0], "a" * 32
    corps = urllib.parse.urlencode({"semestre": amphi.semestre_id, "subdivision": amphi.subdivision_id})
    entetes = {"Cookie": f"{cookie}; csrftoken={secret}", "X-CSRFToken": secret}
    page = f"http://127.0.0.1:{PORT}/gestion/attestations/"
    urllib.request.urlopen(urllib.request.Request(page, corps.encode(), entetes)).close()
    while (recueil := Recueil.objects.get()).etat == EtatRecueil.ENCOURS:
        time.sleep(0.2)
    assert recueil.etat == EtatRecueil.PRET
    return recueil.faites


def _choose_already(amphi: AmphiMesure, nombre: int) -> None:
    for rang in range(nombre):
        maintenant = maintenant_ms()
        if rang % 100 == 0:
            beat("banc", maintenant)
        commande = ConfirmChoix(interne=rang + 1, poste=amphi.postes[rang], tour=rang + 1, vu=1)
        reponse = handle(amphi.pk, commande, auteur=amphi.comptes[rang].pk, maintenant=maintenant)
        assert reponse.statut == 201, reponse.corps


def _cpu(pid: int) -> tuple[float, float]:
    return p.cpu_ms(pid) / 1000, sum(map(p.cpu_ms, p.children_of(pid))) / 1000


async def _download_all(jetons: Iterator[str]) -> int:
    return sum(await asyncio.gather(*(_download(jetons) for _ in range(DEMANDEURS))))


async def _download(jetons: Iterator[str]) -> int:
    """One connection, one attestation after another until nobody is left; how many came."""
    lecture, ecriture = await asyncio.open_connection("127.0.0.1", PORT)
    nombre = 0
    for jeton in jetons:
        entetes = f"Host: 127.0.0.1:{PORT}\r\nAuthorization: Bearer {jeton}"
        ecriture.write(f"GET {ADRESSE} HTTP/1.1\r\n{entetes}\r\n\r\n".encode())
        tete = await lecture.readuntil(b"\r\n\r\n")
        assert tete.startswith(b"HTTP/1.1 200"), tete
        pdf = await lecture.readexactly(int(tete.lower().partition(b"content-length:")[2].split(b"\r\n")[0]))
        assert pdf.startswith(b"%PDF"), pdf[:80]
        nombre += 1
    ecriture.close()
    return nombre


def tables() -> Iterator[Tableau]:
    seul, groupe, telecharge = measure(tailles.ATTESTATIONS, tailles.TELECHARGEMENTS, tailles.CADENCE)
    yield Tableau(
        titre=f"attestations, {tailles.CADENCE} choices a second in {AMPHIS} amphis",
        reference="nothing else",
        lignes=(
            Ligne(nom=f"one ZIP of {groupe.pages}", valeur=groupe.duree, unite="s", au_plus=ZIP_S),
            *_lines("ZIP", groupe, seul),
            *_lines("one by one, by HTTP", telecharge, seul),
        ),
    )


def _lines(nom: str, epreuve: Epreuve, seul: Epreuve) -> Iterator[Ligne]:
    yield Ligne(nom=f"{nom}, attestations a second", valeur=epreuve.pages / epreuve.duree, unite="/s")
    yield Ligne(nom=f"{nom}, CPU of the server", valeur=epreuve.serveur, unite="s")
    yield Ligne(nom=f"{nom}, CPU of the press", valeur=epreuve.enfants, unite="s")
    yield Ligne(nom=f"{nom}, choice p50", valeur=epreuve.choix.p50, reference=seul.choix.p50)
    yield Ligne(
        nom=f"{nom}, choice p99", valeur=epreuve.choix.p99, reference=seul.choix.p99, au_plus=CHOIX_MS
    )
