"""The room in real Chromium behind the radio link: what its page shows of a cut in one's own turn."""

import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any

from assurance.appels import Appel
from assurance.essai import Impossible
from assurance.ondes import DEVANT, SERVEUR
from bench.monde import make_sessions

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
TELEPHONE = {"width": 390, "height": 844}
LIMITE_MS = 90_000
# When each stream opened, and each state of the stage, by the machine's clock.
GUET = """
window.liens = []; window.etats = [];
const Source = EventSource;
window.EventSource = class extends Source {
  constructor(...mots) { super(...mots); this.addEventListener("horloge", () => {
    if (!this.dit) { this.dit = true; window.liens.push(Date.now()); } }); }
};
addEventListener("DOMContentLoaded", () => {
  const scene = document.querySelector("[data-scene]");
  if (!scene) return;
  const noter = () => window.etats.push([Date.now(), scene.dataset.etat]);
  noter();
  new MutationObserver(noter).observe(scene, { attributes: true, attributeFilter: ["data-etat"] });
});
"""


@contextmanager
def browsing(port: int) -> Iterator[Any]:
    """Chromium in the namespace; for it the server is its own machine: only there may it be in clear."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise Impossible("needs Chromium")
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as dossier, sync_playwright() as playwright:
        lance = Path(dossier) / "chromium"
        lance.write_text(f'#!/bin/sh\nexec {" ".join(DEVANT)} {chromium} "$@"\n', encoding="utf-8")
        lance.chmod(0o755)
        options = [*ARGUMENTS, f"--host-resolver-rules=MAP localhost {SERVEUR}"]
        navigateur = playwright.chromium.launch(executable_path=str(lance), args=options)
        yield navigateur
        navigateur.close()


@dataclass(slots=True, kw_only=True)
class Page:
    """The second one of an amphi, signed in, on a telephone."""

    appel: Appel
    page: Any
    contexte: Any

    def wait(self, etat: str) -> None:
        self.page.wait_for_selector(f'[data-scene][data-etat="{etat}"]', timeout=LIMITE_MS)

    def ask(self) -> None:
        """Opens the recap window."""
        poste = self.appel.mesure.postes[1]
        self.page.locator(f'[data-poste="{poste}"] [data-choisir]').click()

    def confirm(self) -> None:
        self.page.locator("[data-oui]:not([aria-disabled=true])").click(timeout=LIMITE_MS)

    def linked_after(self, instant: float) -> float:
        """Seconds from `instant` (wall clock) until its stream speaks or its stage lives again."""
        quand = f"a > {instant * 1000}"
        vivants = f"window.etats.filter(([a, etat]) => {quand} && etat !== 'liaison').map(([a]) => a)"
        a = self._first(f"[...window.liens.filter((a) => {quand}), ...{vivants}].sort()[0]")
        return float(a) / 1000 - instant

    def listens(self) -> None:
        self._first("window.liens[0]")

    def _first(self, question: str) -> Any:
        """What the page answers once it answers; its own policy forbids to wait in it."""
        limite = time.monotonic() + LIMITE_MS / 1000
        while time.monotonic() < limite:
            if (dit := self.page.evaluate(question)) is not None:
                return dit
            self.page.wait_for_timeout(50)
        raise TimeoutError(question)

    def said_lost_after(self, instant: float) -> float | None:
        """Seconds from `instant` to the words « Connexion perdue »; None: they never came."""
        dits = self.page.evaluate("window.etats.filter(([, etat]) => etat === 'liaison').map(([a]) => a)")
        return next((a / 1000 - instant for a in dits if a > instant * 1000), None)

    def since(self, instant: float, etat: str) -> float:
        """Seconds from `instant` to that state of the stage."""
        a = self.page.evaluate(f"window.etats.find(([, etat]) => etat === {etat!r})[0]")
        return float(a) / 1000 - instant

    def clock_error(self) -> float:
        """Seconds shown, less the truth."""
        fin = self.appel.due_ms()
        dits = int(self.page.locator("[data-minuteur] [data-secondes]").inner_text())
        return dits - ceil(max(0.0, fin - time.time() * 1000) / 1000)


def open_pages(navigateur: Any, port: int, appels: Sequence[Appel]) -> list[Page]:
    pages = []
    for appel in appels:
        (entete,) = make_sessions((appel.mesure.comptes[1],), 1)
        url = f"http://localhost:{port}"
        contexte = navigateur.new_context(viewport=TELEPHONE, locale="fr-FR", base_url=url)
        contexte.add_init_script(GUET)
        contexte.add_cookies([{"name": "sessionid", "value": entete.partition("=")[2], "url": url}])
        page = contexte.new_page()
        page.goto("/mon-amphi/", wait_until="commit", timeout=LIMITE_MS)
        pages.append(Page(appel=appel, page=page, contexte=contexte))
    for une in pages:
        une.listens()
    return pages
