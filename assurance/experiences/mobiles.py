"""One's own turn by radio: the link is cut for 30 s, or the address changes, and the choice is still made."""

import os
import random
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from assurance.appels import COUPURE_S, Appel, Robot, draw_robot, open_appel, play
from assurance.essai import Essai
from assurance.ondes import Ondes, radio
from assurance.pages import Page, browsing, open_pages
from assurance.reponses import lose_answers
from assurance.resultat import Resultat, Verdict, held
from tests.serveur import running

INVARIANTS = "F14, F15, G29, F12"
INJECTE = "links of 300 ms there and back that lose 5 % each way; cut for 30 s in one's own turn of 90 s"
LIEN = {"delai_s": 0.15, "gigue_s": 0.02, "perte": 0.05}
PAGES, ROBOTS = 4, 24
# Packets are lost after the link's return too: one page in four may be later than 3 s, none later than 8.
# Of a new address the page is told by silence alone here (10 s): telephones tell their browsers.
RETOUR_S, PIRE_S, AILLEURS_S, PERDUE_S, ECART_S = 3.0, 8.0, 15.0, 12.0, 1.0
# A choice that was confirmed in the cut: the page's return at worst, and one try of 6 s that was lost.
FAIT_S = PIRE_S + 6.0
# The turn has begun, and is seen to.
ENTAME_S = 5.0


@dataclass(slots=True)
class Vues:
    """What the pages showed. Seconds, one a page and round."""

    retours: list[float] = field(default_factory=list)
    ailleurs: list[float] = field(default_factory=list)
    perdues: list[float | None] = field(default_factory=list)
    ecarts: list[float] = field(default_factory=list)
    confirmees: list[float] = field(default_factory=list)
    appels: list[Appel] = field(default_factory=list)


def run(essai: Essai) -> Iterator[Resultat]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    hasard, vues, robots, tours = random.Random(essai.graine), Vues(), list[Robot](), 0
    with ExitStack() as pile:
        ondes = pile.enter_context(radio(essai.graine))
        serveur = pile.enter_context(running(adresse="0.0.0.0", settings="gradin.config.settings_test"))
        yield lose_answers(essai, ondes, serveur.port)
        navigateur = pile.enter_context(browsing(serveur.port))
        while tours < 2 or essai.goes_on(0.7):
            play_round(tours, ondes, serveur.port, hasard, navigateur, vues, robots)
            tours += 1
    yield robots_told(essai, robots)
    yield pages_told(essai, vues)


def play_round(
    tours: int,
    ondes: Ondes,
    port: int,
    hasard: random.Random,
    navigateur: Any,
    vues: Vues,
    robots: list[Robot],
) -> None:
    """Odd rounds: the pages' address changes; even ones: their link is cut."""
    adresse = ondes.address(**LIEN)
    ondes.take_default(adresse)
    lus = [open_appel(tours * 100 + n, port) for n in range(1, PAGES + 1)]
    pages = open_pages(navigateur, port, lus)
    autres = [open_appel(tours * 100 + n, port) for n in range(PAGES + 1, PAGES + ROBOTS + 1)]
    siens = [draw_robot(appel, ondes, hasard) for appel in autres]
    # All at once: the tours of the first ones are open already.
    with ThreadPoolExecutor(ROBOTS) as fils:
        list(fils.map(lambda robot: robot.arrive(port), siens))
    debut = time.monotonic() + 6
    fil = threading.Thread(target=play, args=(siens, ondes, port, debut))
    fil.start()
    time.sleep(max(0.0, debut - time.monotonic()))
    for appel in (*lus, *autres):
        appel.open_second(port)
    if tours % 2:
        change_address(pages, ondes, adresse, vues)
    else:
        # About so long: each time the tries of the pages are elsewhere when the link is back.
        cut_link(pages, ondes, adresse, vues, COUPURE_S + hasard.uniform(-3, 3))
    fil.join()
    for une in pages:
        une.contexte.close()
    for robot in siens:
        robot.leave()
    robots += siens
    vues.appels += lus


def cut_link(pages: list[Page], ondes: Ondes, adresse: str, vues: Vues, coupure_s: float) -> None:
    """Half of them confirm just when nothing passes any more, half once they are told that they are back."""
    for page in pages:
        page.wait("tour")
    time.sleep(ENTAME_S)
    presses, sages = pages[::2], pages[1::2]
    for page in presses:
        page.ask()
    ondes.cut([adresse])
    coupe = time.time()
    for page in presses:
        page.confirm()
    time.sleep(coupure_s)
    ondes.cut([adresse], coupe=False)
    retour = time.time()
    vues.retours += [page.linked_after(retour) for page in pages]
    vues.perdues += [page.said_lost_after(coupe) for page in pages]
    choose_all(sages, vues)
    for page in presses:
        page.wait("choisi")
        vues.confirmees.append(page.since(retour, "choisi"))


def change_address(pages: list[Page], ondes: Ondes, adresse: str, vues: Vues) -> None:
    for page in pages:
        page.wait("tour")
    time.sleep(ENTAME_S)
    ondes.take_default(ondes.address(**LIEN))
    ondes.drop(adresse)
    change = time.time()
    vues.ailleurs += [page.linked_after(change) for page in pages]
    choose_all(pages, vues)


def choose_all(pages: list[Page], vues: Vues) -> None:
    for page in pages:
        page.wait("tour")
        vues.ecarts.append(page.clock_error())
        page.ask()
        page.confirm()
    for page in pages:
        page.wait("choisi")


def robots_told(essai: Essai, robots: list[Robot]) -> Resultat:
    manques = [robot for robot in robots if robot.statut not in (200, 201) or not robot.appel.chosen()]
    fautes = [
        f"cut at {un.coupe_a:.0f} s, clicked at {un.clic_a:.0f}: {un.statut} {un.motif}" for un in manques
    ]
    fautes += [faute for robot in robots for faute in robot.appel.salle.judge()]
    renvoyes = sum(robot.essais > 1 for robot in robots)
    verdict = held(fautes)
    return Resultat(
        nom="A cut in one's own turn",
        invariants="G29, F12, F14 in part",
        injecte=f"{INJECTE}, from 5 s before it to 45 s in it; the click leaves as the cut begins, or in it",
        n=len(robots),
        unite="turns",
        verdict=verdict if renvoyes or verdict is Verdict.ROMPU else Verdict.TEMOIN,
        chiffres={
            "chose in their turn": f"{len(robots) - len(manques)} of {len(robots)}",
            "at once": str(ROBOTS),
            "answered after the link was back, worst": f"{max(un.attendu_s for un in robots):.1f} s",
        },
        temoin=f"sent once only, {renvoyes} of {len(robots)} had had no answer",
        remarque="; ".join(fautes[:3]),
        **essai.commun,
    )


def pages_told(essai: Essai, vues: Vues) -> Resultat:
    tardifs = [f"the page lived again after {un:.1f} s" for un in vues.retours if un > RETOUR_S]
    fautes = tardifs if len(tardifs) > len(vues.retours) / 4 or max(vues.retours) > PIRE_S else []
    fautes += [f"the page lived again after {un:.1f} s, elsewhere" for un in vues.ailleurs if un > AILLEURS_S]
    fautes += [f"« Connexion perdue » after {un}" for un in vues.perdues if un is None or un > PERDUE_S]
    fautes += [f"confirmed in the cut, done {un:.1f} s after it" for un in vues.confirmees if un > FAIT_S]
    fautes += [f"the clock shown is wrong by {un:.0f} s" for un in vues.ecarts if abs(un) > ECART_S]
    fautes += ["a page that had confirmed did not choose" for un in vues.appels if not un.chosen()]
    fautes += [faute for appel in vues.appels for faute in appel.salle.judge()]
    return Resultat(
        nom="The room's page by radio",
        invariants="F14, F15",
        injecte=f"{INJECTE}; or the telephone's address changes; real Chromium, HTTP/1.1",
        n=len(vues.appels),
        unite="turns",
        verdict=held(fautes),
        chiffres={
            "chose": f"{sum(un.chosen() for un in vues.appels)} of {len(vues.appels)}",
            "page alive after the link, s": listed(vues.retours),
            "page alive after the change, s": listed(vues.ailleurs),
            "« Connexion perdue » after, s": listed([un for un in vues.perdues if un is not None]),
            "clock shown less the truth, s": listed(vues.ecarts),
            "confirmed in the cut: done after the link, s": listed(vues.confirmees),
        },
        temoin="every page cut said so" if all(vues.perdues) else "a page cut did not say so",
        remarque="; ".join(fautes[:3]),
        **essai.commun,
    )


def listed(valeurs: list[float]) -> str:
    return ", ".join(f"{valeur:.1f}" for valeur in sorted(valeurs)) or "none"
