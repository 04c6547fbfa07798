"""Small amphis of two: the first chooses on the machine itself, the second by radio, in his turn of 90 s."""

import http.client
import random
import socket
import threading
import time
from dataclasses import dataclass, field

from assurance.monde import Salle, ask, connect
from assurance.ondes import Ondes, dial, mobile
from bench.monde import AmphiMesure, make_amphi
from gradin.data.amphis.models import Amphi, Fait

TOUR_MS = 90_000
# The shipped delay before somebody is judged absent: what is cut must not be taken for it.
PARAMETRES = {"duree_tour_ms": TOUR_MS, "delai_absence_ms": 15_000, "grace_ms": 2_000}
COUPURE_S = 30.0
INJOIGNABLE = (OSError, http.client.HTTPException)
PATIENCE_S = 8.0
REPRISE_S = 0.5


@dataclass(slots=True, kw_only=True)
class Appel:
    """`ouvert_a`: when the second one's tour was opened (wall clock, s)."""

    mesure: AmphiMesure
    salle: Salle
    present: socket.socket
    ouvert_a: float = 0.0

    def open_second(self, port: int) -> None:
        self.ouvert_a = time.time()
        statut, dit = self.choose(port, 1, "premier")
        assert statut == 201, dit
        self.present.close()

    def choose(self, port: int, rang: int, cle: str, adresse: str = "") -> tuple[int, dict[str, object]]:
        corps = {"poste": self.mesure.postes[rang - 1], "tour": rang, "vu": 3}
        vers = mobile(adresse, PATIENCE_S) if adresse else connect
        return ask(port, self.salle.jetons[rang - 1], f"{self.salle.chemin}/choix", corps, cle, vers)

    def due_ms(self) -> int:
        """When the second one's tour ends, by the journal."""
        ouvert = Fait.objects.filter(amphi=self.salle.amphi, fait="TourOuvert").latest("n")
        return int(ouvert.a) + TOUR_MS

    def chosen(self) -> bool:
        """The second one, in his own tour."""
        faits = Fait.objects.filter(amphi=self.salle.amphi, fait="ChoixConfirme")
        return any(fait.p["tour"] == 2 and fait.p["interne"] == 2 for fait in faits)


def open_appel(numero: int, port: int) -> Appel:
    """The first one's tour is open, and he is there."""
    mesure = make_amphi(numero, 2, PARAMETRES)
    salle = Salle(amphi=Amphi.objects.get(pk=mesure.pk), jetons=list(mesure.jetons), agent="")
    present = socket.create_connection(("127.0.0.1", port))
    listen(present, salle, 1)
    return Appel(mesure=mesure, salle=salle, present=present)


def listen(prise: socket.socket, salle: Salle, rang: int) -> None:
    tete = f"GET {salle.chemin}/direct HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    prise.sendall(f"{tete}Authorization: Bearer {salle.jetons[rang - 1]}\r\n\r\n".encode())


@dataclass(slots=True, kw_only=True)
class Robot:
    """His stream says that he is there; he clicks once, and his program sends it until it is answered.

    Instants in s after the opening of the round. `essais`: how often it was sent.
    """

    appel: Appel
    adresse: str
    coupe_a: float
    clic_a: float
    essais: int = 0
    statut: int = 0
    motif: str = ""
    attendu_s: float = 0.0
    prises: list[socket.socket] = field(default_factory=list)

    def arrive(self, port: int) -> None:
        self.prises.append(dial(self.adresse, port, 30))
        listen(self.prises[0], self.appel.salle, 2)

    def click(self, port: int, debut: float) -> None:
        time.sleep(max(0.0, debut + self.clic_a - time.monotonic()))
        while time.monotonic() < debut + TOUR_MS / 1000 + 10:
            self.essais += 1
            try:
                self.statut, dit = self.appel.choose(port, 2, "clic", self.adresse)
            except INJOIGNABLE:
                time.sleep(REPRISE_S)
                continue
            self.motif = str(dit.get("motif", ""))
            if self.statut in (200, 201):
                self.appel.salle.keep(dit)
            break
        self.attendu_s = time.monotonic() - debut - max(self.clic_a, self.coupe_a + COUPURE_S)

    def leave(self) -> None:
        for prise in self.prises:
            prise.close()


def draw_robot(appel: Appel, ondes: Ondes, hasard: random.Random) -> Robot:
    """Cut somewhere in his turn, or from just before it; he clicks as the cut begins, or in it."""
    coupe_a = hasard.uniform(-5, 45)
    clic_a = max(1.0, coupe_a + hasard.choice((-0.2, 0.0, hasard.uniform(0, COUPURE_S))))
    adresse = ondes.address(delai_s=0.15, gigue_s=0.02, perte=0.05)
    return Robot(appel=appel, adresse=adresse, coupe_a=coupe_a, clic_a=clic_a)


def play(robots: list[Robot], ondes: Ondes, port: int, debut: float) -> None:
    """From `debut` (monotonic) to everybody's answer: cuts at their hours, one thread a click."""
    fils = [threading.Thread(target=robot.click, args=(port, debut)) for robot in robots]
    for fil in fils:
        fil.start()
    hautes = [(debut + un.coupe_a + COUPURE_S, un.adresse, False) for un in robots]
    for quand, adresse, coupe in sorted([(debut + un.coupe_a, un.adresse, True) for un in robots] + hautes):
        time.sleep(max(0.0, quand - time.monotonic()))
        ondes.cut([adresse], coupe=coupe)
    for fil in fils:
        fil.join()
