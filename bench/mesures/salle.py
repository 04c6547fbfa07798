"""The salle of an interne: what its first load weighs and takes, and when a poste turns red there.

By HTTP alone, as a browser without a cache asks: page, styles, modules and what these name, offer, snapshot,
own state. In Chromium too, where it is installed.
"""

import gzip
import html
import http.client
import re
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any
from urllib.parse import urljoin

from bench import processus as p
from bench import tailles
from bench.client import confirm
from bench.monde import AmphiMesure, make_amphi, make_sessions
from bench.tableau import Ligne, Tableau

PORT = 8439
INTERNES = 1_200
ESSAIS = 7
CHOIX = 40
CHARGE_MS, POIDS_KB, ROUGE_MS = 1_000, 150, 200
LIENS = (
    re.compile(r'<(?:script|img)[^>]*\ssrc="([^"]+)"'),
    re.compile(r'<use[^>]*href="([^"#]+)#'),
    re.compile(r'<link[^>]*rel="(?:stylesheet|modulepreload|preload|icon|manifest)"[^>]*href="([^"]+)"'),
    re.compile(r"""(?:^|\s|;)(?:import|export)\s[^;]*?from\s*["']([^"']+)["']|import\s*["']([^"']+)["']"""),
    re.compile(r"""url\(["']?([^"')]+)["']?\)"""),
)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
# The clock of the page is the machine's: when each poste was shown as taken.
GUET = """() => {
  window.rouges = {};
  const voir = () => document.querySelectorAll("[data-poste].poste--pourvu, [data-poste].est-pourvu").forEach(
    (un) => { window.rouges[un.dataset.poste] ??= Date.now(); });
  new MutationObserver(voir).observe(document.body, {subtree: true, attributes: true, childList: true});
}"""


def tables() -> Iterator[Tableau]:
    amphi = make_amphi(900, INTERNES)
    (cookie,) = make_sessions(amphi.comptes[-1:], 1)
    with p.server(p.gradin(PORT), p.health(PORT)):
        confirm(PORT, amphi, 0)
        charges = [Charge(cookie).load(amphi.pk) for _ in range(ESSAIS)]
        yield _loads(charges, len(amphi.postes))
        chemin = f"/api/v1/amphis/{amphi.pk}/direct"
        with p.Lecteurs(PORT, chemin, tailles.PEU, make_sessions(amphi.comptes, tailles.PEU)) as lecteurs:
            yield _reds(amphi, lecteurs, cookie)


def _loads(charges: list["Charge"], postes: int) -> Tableau:
    une, page = charges[-1], charges[-1].poids["/mon-amphi/"]
    return Tableau(
        titre=f"first load of the salle, {postes} postes, {INTERNES} internes",
        reference="its page alone",
        lignes=(
            Ligne(
                nom=f"{len(une.poids)} answers, compressed",
                valeur=sum(une.poids.values()) / 1000,
                unite="KB",
                reference=page / 1000,
                au_plus=POIDS_KB,
            ),
            *(
                Ligne(nom=f"of which {nom}", valeur=poids / 1000, unite="KB")
                for nom, poids in sorted(une.poids.items(), key=lambda un: -un[1])[:4]
            ),
            Ligne(
                nom="one after another, on one connection",
                valeur=median(charge.duree for charge in charges),
                reference=median(charge.page for charge in charges),
                au_plus=CHARGE_MS,
            ),
        ),
    )


@dataclass(slots=True)
class Charge:
    """`poids`: bytes of each answer's body as it travelled; ms of all, and of the page."""

    cookie: str
    poids: dict[str, int] = field(default_factory=dict)
    duree: float = 0.0
    page: float = 0.0
    connexion: http.client.HTTPConnection = field(
        default_factory=lambda: http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    )

    def load(self, amphi: int) -> "Charge":
        debut = time.perf_counter()
        a_lire = ["/mon-amphi/"]
        fixes = [f"/api/v1/amphis/{amphi}", f"/api/v1/moi/amphis/{amphi}"]
        while a_lire:
            chemin = a_lire.pop(0)
            if chemin in self.poids or chemin.startswith("data:"):
                continue
            texte = self._get(chemin)
            self.page = self.page or (time.perf_counter() - debut) * 1000
            a_lire += [urljoin(chemin, lien) for lien in _links(texte)]
            if not a_lire:
                a_lire, fixes = fixes, []
        self.duree = (time.perf_counter() - debut) * 1000
        self.connexion.close()
        return self

    def _get(self, chemin: str) -> str:
        nom, _, valeur = self.cookie.partition(": ")
        self.connexion.request("GET", chemin, headers={nom: valeur, "Accept-Encoding": "gzip"})
        reponse = self.connexion.getresponse()
        corps = reponse.read()
        assert reponse.status == 200, (chemin, reponse.status)
        self.poids[chemin] = len(corps)
        lisible = reponse.headers.get_content_type() in ("text/html", "text/css", "text/javascript")
        if not lisible:
            return ""
        return (gzip.decompress(corps) if reponse.headers["Content-Encoding"] == "gzip" else corps).decode()


def _links(texte: str) -> Iterator[str]:
    for motif in LIENS:
        for found in motif.finditer(texte):
            lien = html.unescape(next(filter(None, found.groups())))
            if not lien.startswith(("#", "http", "data:")):
                yield lien


def _reds(amphi: AmphiMesure, lecteurs: p.Lecteurs, cookie: str) -> Tableau:
    """From the sending of somebody's choice; the reader's socket, then the screen."""
    with _salle(cookie) as page:
        sockets, ecrans = [], []
        for rang in range(1, CHOIX + 1):
            depart = time.time()
            lecteurs.begin()
            confirm(PORT, amphi, rang)
            sockets.append(lecteurs.end().dernier)
            ecrans += page.red_ms(amphi.postes[rang], depart)
            time.sleep(0.2)
    lignes = [
        Ligne(nom="last socket, p50", valeur=median(sockets)),
        Ligne(nom="last socket, p99", valeur=quantiles(sockets, n=100)[98], au_plus=ROUGE_MS),
    ]
    if ecrans:
        lignes += [
            Ligne(nom="first load in Chromium, to the first poste", valeur=page.charge_ms, au_plus=CHARGE_MS),
            Ligne(nom="on the screen of Chromium, p50", valeur=median(ecrans), reference=median(sockets)),
            Ligne(
                nom="on the screen of Chromium, p99",
                valeur=quantiles(ecrans, n=100)[98],
                reference=quantiles(sockets, n=100)[98],
                au_plus=ROUGE_MS,
            ),
        ]
    notes = () if ecrans else ("On the screen: not measured, Chromium is not installed.",)
    return Tableau(
        titre=f"a poste turns red, {tailles.PEU} watchers, {CHOIX} choices",
        reference="the last socket",
        lignes=tuple(lignes),
        notes=notes,
    )


class SansEcran:
    charge_ms = 0.0

    def __enter__(self) -> "SansEcran":
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def red_ms(self, poste: str, depart: float) -> list[float]:
        return []


class Ecran:
    """The salle in Chromium, on the readers' core."""

    def __init__(self, chromium: str, cookie: str) -> None:
        self._chromium = chromium
        self._cookie = cookie.partition("sessionid=")[2]

    def __enter__(self) -> "Ecran":
        from playwright.sync_api import sync_playwright

        p.stay_aside()
        self._playwright = sync_playwright().start()
        self._navigateur = self._playwright.chromium.launch(executable_path=self._chromium, args=ARGUMENTS)
        contexte = self._navigateur.new_context(base_url=f"http://127.0.0.1:{PORT}")
        contexte.add_cookies(
            [{"name": "sessionid", "value": self._cookie, "url": f"http://127.0.0.1:{PORT}"}]
        )
        self._page: Any = contexte.new_page()
        debut = time.perf_counter()
        self._page.goto("/mon-amphi/")
        self._page.wait_for_selector("[data-poste]", state="attached")
        self.charge_ms = (time.perf_counter() - debut) * 1000
        self._page.evaluate(GUET)
        # Its stream is open and everything drawn: the poste is what is timed.
        self._page.wait_for_timeout(2_000)
        return self

    def __exit__(self, *_: object) -> None:
        self._navigateur.close()
        self._playwright.stop()

    def red_ms(self, poste: str, depart: float) -> list[float]:
        self._page.wait_for_function("poste => window.rouges[poste]", arg=poste, timeout=20_000)
        return [self._page.evaluate("poste => window.rouges[poste]", poste) - depart * 1000]


def _salle(cookie: str) -> Ecran | SansEcran:
    chromium = shutil.which("chromium")
    return Ecran(chromium, cookie) if chromium else SansEcran()
