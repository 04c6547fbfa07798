"""The network between readers and server goes away and comes back: a namespace, its link cut."""

import os
import random
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from assurance.coupeur import sh
from assurance.essai import Essai, Impossible
from assurance.foule import Foule, figures, wrongs
from assurance.monde import choose, open_salle
from assurance.resultat import Resultat, held
from tests.serveur import running

INVARIANTS = "I31, F14, NET"
INJECTE = "the link of the readers' namespace is down for 1 to 12 s, nothing is told to either side"
ESPACE, ICI, LA = "gradin-assurance", "gradin-as0", "gradin-as1"
ADRESSE_ICI, ADRESSE_LA = "10.236.93.1", "10.236.93.2"
LECTEURS = 100
COUPURES = 4
PERTE = ("loss", "10%", "delay", "100ms")


def run(essai: Essai) -> Iterator[Resultat]:
    hasard = random.Random(essai.graine)
    salle = open_salle(1_200)
    with namespace() as perte, running(adresse="0.0.0.0") as serveur:
        devant = ("ip", "netns", "exec", ESPACE)
        foule = Foule(
            salle,
            serveur.port,
            nombre=LECTEURS,
            coupures=0,
            graine=essai.graine,
            hote=ADRESSE_ICI,
            devant=devant,
        )
        arret = threading.Event()
        fil = threading.Thread(target=choose_on, args=(serveur.port, salle, arret))
        fil.start()
        coupures, coupe_s = 0, 0.0
        while coupures < COUPURES or essai.goes_on(0.7):
            time.sleep(hasard.uniform(1, 4))
            coupe_s += cut(hasard.uniform(1, 12))
            coupures += 1
        arret.set()
        fil.join()
        dit = foule.judge()
    fautes = salle.judge()
    yield Resultat(
        nom="Network cuts",
        invariants=INVARIANTS,
        injecte=INJECTE,
        n=coupures,
        unite="cuts of everybody",
        verdict=held(wrongs(dit) or fautes),
        chiffres={**figures(dit), "link down in all": f"{coupe_s:.0f} s", "otherwise": perte},
        remarque="; ".join(fautes[:3]),
        **essai.commun,
    )


def choose_on(port: int, salle: object, arret: threading.Event) -> None:
    tour = 0
    while not arret.wait(0.2) and tour < 1_150:
        tour += 1
        assert choose(port, salle, tour)[0] == 201  # type: ignore[arg-type]


def cut(secondes: float) -> float:
    sh("ip", "link", "set", ICI, "down")
    time.sleep(secondes)
    sh("ip", "link", "set", ICI, "up")
    return secondes


@contextmanager
def namespace() -> Iterator[str]:
    """Gives back what else the link suffers. Raises Impossible without root or `ip`."""
    if os.geteuid() != 0 or shutil.which("ip") is None:
        raise Impossible("needs root and iproute2: a network namespace is made")
    subprocess.run(["ip", "netns", "delete", ESPACE], check=False, capture_output=True)
    try:
        sh("ip", "netns", "add", ESPACE)
        sh("ip", "link", "add", ICI, "type", "veth", "peer", "name", LA, "netns", ESPACE)
        sh("ip", "address", "add", f"{ADRESSE_ICI}/30", "dev", ICI)
        sh("ip", "link", "set", ICI, "up")
        sh("ip", "-n", ESPACE, "address", "add", f"{ADRESSE_LA}/30", "dev", LA)
        sh("ip", "-n", ESPACE, "link", "set", LA, "up")
        yield lossy()
    finally:
        subprocess.run(["ip", "netns", "delete", ESPACE], check=False, capture_output=True)


def lossy() -> str:
    """Packets are lost and late too, where the kernel can do it."""
    fait = subprocess.run(
        ["tc", "qdisc", "add", "dev", ICI, "root", "netem", *PERTE], check=False, capture_output=True
    )
    return " ".join(PERTE) if fait.returncode == 0 else "neither loss nor delay: see radio"
