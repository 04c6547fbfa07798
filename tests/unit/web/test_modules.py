"""The salle's pure modules, run where they run: in Chromium, as ES modules, from a local folder."""

import json
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

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


class Dossier(SimpleHTTPRequestHandler):
    """`/js/` is the product's folder, `/` the cases'."""

    def translate_path(self, path: str) -> str:
        nom = Path(path.split("?")[0]).name
        return str((MODULES if path.startswith("/js/") else CAS) / (nom or "index.html"))

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def adresse() -> Iterator[str]:
    serveur = ThreadingHTTPServer(("127.0.0.1", 0), partial(Dossier, directory=str(CAS)))
    fil = threading.Thread(target=serveur.serve_forever, daemon=True)
    fil.start()
    yield f"http://127.0.0.1:{serveur.server_port}"
    serveur.shutdown()


def test_the_modules_of_the_salle_hold_every_case(adresse: str) -> None:
    executable = shutil.which("chromium")
    assert executable, "Chromium is missing: sh tests/install-system"
    with sync_playwright() as playwright:
        navigateur = playwright.chromium.launch(
            executable_path=executable, args=["--no-sandbox", "--disable-gpu"]
        )
        page = navigateur.new_page()
        page.goto(f"{adresse}/index.html")
        verdict = page.evaluate(RUN, [f"/{cas.name}" for cas in sorted(CAS.glob("*.test.js"))])
        navigateur.close()
    assert verdict["echecs"] == [], json.dumps(verdict["echecs"], ensure_ascii=False, indent=1)
    assert verdict["nombre"] >= 20
