"""The salle's pure modules, run where they run: in Chromium, as ES modules, from a local folder."""

import json
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from gradin.domain.amphi.empreintes import iso
from gradin.domain.amphi.engine import evolve
from gradin.domain.amphi.lecture import etat_poste
from gradin.domain.amphi.projection import Audience, project
from gradin.domain.amphi.state import VIDE
from gradin.domain.kernel import Fait
from gradin.live.sse import data_of, encode_fait
from gradin.queries.instantane import compose_instantane
from tests.unit.verification.simulation import Hasard

pytestmark = pytest.mark.navigateur
RACINE = Path(__file__).resolve().parents[3]
MODULES = RACINE / "gradin" / "web" / "static" / "gradin" / "js"
CAS = Path(__file__).parent / "modules"
RUN = """async (adresses) => {
  const echecs = [];
  let nombre = 0;
  for (const adresse of adresses) {
    const { cas } = await import(adresse);
    for (const [nom, essai] of Object.entries(cas)) {
      nombre += 1;
      const equal = (lu, attendu) => {
        const [a, b] = [JSON.stringify(lu), JSON.stringify(attendu)];
        if (a !== b) echecs.push(`${nom}: ${a} instead of ${b}`);
      };
      try { await essai({ equal }); } catch (erreur) { echecs.push(`${nom}: ${erreur}`); }
    }
  }
  return { nombre, echecs };
}"""

# What the page keeps of a snapshot; `retours` is a set, and a tour's length is told by its two ends.
SUIVRE = """async (joues) => {
  const { apply, fromSnapshot } = await import("/js/etat.js");
  const show = (etat) => ({
    seq: etat.seq, etat: etat.etat, session: etat.session,
    tour: etat.tour && [etat.tour.tour, etat.tour.interne, etat.tour.fin],
    pause: etat.pause, ordre: etat.ordre, couples: etat.couples, coupleAttendu: etat.coupleAttendu,
    retours: [...etat.retours].sort((a, b) => a - b), messages: etat.messages,
    internes: [...etat.internes].map(([n, un]) => [n, un.rang, un.statut, un.poste ?? null]).sort(),
    postes: [...etat.postes].sort(),
  });
  const [ecarts, compte] = [[], { suivis: 0, perimes: 0 }];
  joues.forEach(([photos, faits], partie) => photos.slice(1).forEach((photo, k) => {
    const fait = faits[k + 1];
    const suite = apply(fromSnapshot(photos[k]), fait.fait, fait);
    if (suite.perime) { compte.perimes += 1; return; }
    compte.suivis += 1;
    const [lu, attendu] = [show(suite), show(fromSnapshot(photo))];
    for (const cle of Object.keys(attendu)) {
      const [a, b] = [JSON.stringify(lu[cle]), JSON.stringify(attendu[cle])];
      if (a !== b) ecarts.push(`partie ${partie}, ${fait.n} ${fait.fait}, ${cle}: ${a} instead of ${b}`);
    }
  }));
  return { ecarts, ...compte };
}"""


class Dossier(SimpleHTTPRequestHandler):
    """`/js/` is the product's folder, `/` the cases'."""

    def translate_path(self, path: str) -> str:
        nom = Path(path.split("?")[0]).name
        return str((MODULES if path.startswith("/js/") else CAS) / (nom or "index.html"))

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def adresse() -> Iterator[str]:
    serveur = ThreadingHTTPServer(("127.0.0.1", 0), partial(Dossier, directory=str(CAS)))
    fil = threading.Thread(target=serveur.serve_forever, daemon=True)
    fil.start()
    yield f"http://127.0.0.1:{serveur.server_port}"
    serveur.shutdown()


@pytest.fixture(scope="module")
def page(adresse: str) -> Iterator[Page]:
    executable = shutil.which("chromium")
    assert executable, "Chromium is missing: sh tests/install-system"
    with sync_playwright() as playwright:
        navigateur = playwright.chromium.launch(
            executable_path=executable, args=["--no-sandbox", "--disable-gpu"]
        )
        page = navigateur.new_page()
        page.goto(f"{adresse}/index.html")
        yield page
        navigateur.close()


def photos(audience: Audience, joues: list[Fait]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The snapshot after each line of a journal, and each line as the stream carries it."""
    etat, pause_depuis = VIDE, None
    vues: list[dict[str, Any]] = []
    faits: list[dict[str, Any]] = []
    messages: list[dict[str, Any]] = []
    for n, fait in enumerate(joues, start=1):
        etat, lu = evolve(etat, fait), project(fait, audience)
        if lu.fait == "PauseDebutee":
            pause_depuis = fait.a
        if lu.fait == "MessageDiffuse":
            messages = [*messages, {"n": n, "a": fait.a, "texte": lu.prive.get("texte", "")}]
        corps = compose_instantane(etat, audience, noms={}, pause_depuis=pause_depuis, messages=messages)
        vues.append({"id": 1, "seq": n, "offre": 1, "etat": str(etat.etat), **corps})
        devenu = {"etat": etat_poste(etat, lu.p["poste"])} if lu.fait == "ChoixConfirme" else {}
        faits.append(json.loads(data_of(encode_fait(n, iso(fait.a), lu.fait, lu.p, lu.prive, devenu))))
    return vues, faits


def test_a_snapshot_and_the_next_fact_are_the_next_snapshot(page: Page) -> None:
    """I32: line after line, for who is on the list and for anybody; else the page asks for it (`perime`)."""
    joues = [Hasard(graine).play(90) for graine in range(9)]
    vus = [photos(audience, faits) for faits in joues for audience in (Audience.PUBLIC, Audience.AMPHI)]
    verdict = page.evaluate(SUIVRE, vus)
    assert verdict["ecarts"] == [], json.dumps(verdict["ecarts"][:5], ensure_ascii=False, indent=1)
    assert verdict["suivis"] > 500 and verdict["suivis"] > 2 * verdict["perimes"]


def test_the_modules_of_the_salle_hold_every_case(page: Page) -> None:
    verdict = page.evaluate(RUN, [f"/{cas.name}" for cas in sorted(CAS.glob("*.test.js"))])
    assert verdict["echecs"] == [], json.dumps(verdict["echecs"], ensure_ascii=False, indent=1)
    assert verdict["nombre"] >= 20
