"""The machine's hour is stepped under a served process, in the middle of turns."""

import shutil
import struct
import subprocess
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx

from assurance.essai import Essai, Impossible
from assurance.monde import Salle, choose, open_salle, open_tour, snapshot
from assurance.resultat import Resultat, Verdict, held
from gradin.data.amphis.models import Fait
from tests.serveur import Serveur, running

INVARIANTS = "I15, T19, G08"
INJECTE = (
    "the wall clock of the process steps (a C shim), or reaches a change of hour, day or year; other zones; "
    "monotonic clocks go on; a turn of 6 s ends meanwhile"
)
SAUTS_S = (3_600, -3_600, 0.5, -0.5, 7_200, -7_200, 10_800, -10_800)
# The wall clock of the process gets there in the middle of the turn; Paris is the region's hour.
INSTANTS = {
    "to summer time": datetime(2027, 3, 28, 1, tzinfo=UTC),
    "to winter time": datetime(2027, 10, 31, 1, tzinfo=UTC),
    "into 29 February": datetime(2028, 2, 28, 23, tzinfo=UTC),
    "out of 29 February": datetime(2028, 2, 29, 23, tzinfo=UTC),
    "into a new year": datetime(2027, 12, 31, 23, tzinfo=UTC),
}
FUSEAUX = ("Pacific/Kiritimati", "America/Adak")
AVANT_S = 3
DUREE_MS, GRACE_MS, RETARD_MS = 6_000, 2_000, 100
TOLERANCE_MS = 250
SHIM = Path(__file__).resolve().parents[1] / "horloge.c"


def run(essai: Essai) -> Iterator[Resultat]:
    salle = open_salle(6 * (len(SAUTS_S) + len(INSTANTS) + len(FUSEAUX)), duree_tour_ms=DUREE_MS)
    ecarts: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as dossier:
        shim, saut = compiled(Path(dossier)), Path(dossier) / "saut"
        step(saut, 0)
        variables = {"LD_PRELOAD": str(shim), "GRADIN_SAUT": str(saut)}
        with running(**variables) as serveur:
            for instant, quand in INSTANTS.items():
                ecarts[instant] = stepped_turn(
                    salle, serveur, saut, quand.timestamp() - AVANT_S - time.time()
                )
                # Back at once: tokens are worth twelve hours of the wall's.
                step(saut, 0)
            for secondes in SAUTS_S:
                ecarts[f"{secondes:+} s"] = stepped_turn(salle, serveur, saut, secondes)
            mur = abs(wall_of(serveur) - time.time())
        step(saut, 0)
        for fuseau in FUSEAUX:
            with running(**variables, TZ=fuseau) as serveur:
                ecarts[fuseau] = stepped_turn(salle, serveur, saut, 3_600)
            step(saut, 0)
    yield resultat(essai, salle, ecarts, mur)


def resultat(essai: Essai, salle: Salle, ecarts: dict[str, int], mur: float) -> Resultat:
    pannes = Fait.objects.filter(amphi=salle.amphi, fait="PanneConstatee").count()
    fautes = [f"{nom}: {ecart} ms" for nom, ecart in ecarts.items() if abs(ecart) > TOLERANCE_MS]
    fautes += salle.judge()
    verdict = held(fautes)
    return Resultat(
        nom="Steps of the clock",
        invariants=INVARIANTS,
        injecte=INJECTE,
        n=len(ecarts),
        unite="steps",
        verdict=verdict if mur > 3_600 or verdict is Verdict.ROMPU else Verdict.TEMOIN,
        chiffres={
            "end of the turn, early (−) or late, ms": ", ".join(f"{nom} {e}" for nom, e in ecarts.items()),
            "outages found": f"{pannes} (each start of a process is one)",
        },
        temoin=f"Django's own Date header had moved by {mur:.0f} s at the end",
        remarque="; ".join(fautes[:3]),
        **essai.commun,
    )


def compiled(dossier: Path) -> Path:
    if shutil.which("cc") is None:
        raise Impossible("needs a C compiler")
    cible = dossier / "horloge.so"
    subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", str(cible), str(SHIM), "-ldl"], check=True)
    return cible


def step(saut: Path, secondes: float) -> None:
    """Written in place: the process has mapped the file."""
    with saut.open("r+b" if saut.exists() else "wb") as fichier:
        fichier.write(struct.pack("<q", int(secondes * 1e9)))


def stepped_turn(salle: Salle, serveur: Serveur, saut: Path, secondes: float) -> int:
    """Milliseconds between the end that was shown, with its grace, and the fact that ended the turn."""
    numero = open_tour(salle)
    # The one whose turn comes is there: only time may end it.
    entetes = {"Authorization": f"Bearer {salle.jetons[numero]}"}
    httpx.get(f"{serveur.url}{salle.chemin}/faits", headers=entetes).raise_for_status()
    choose(serveur.port, salle, numero)
    tour = snapshot(serveur, salle)["tour"]
    step(saut, secondes)
    fini = None
    while fini is None:
        time.sleep(0.05)
        fini = ended(salle, tour["tour"])
    return int(fini.a - tour["fin"] - GRACE_MS - RETARD_MS)


def ended(salle: Salle, numero: int) -> Fait | None:
    passes = Fait.objects.filter(amphi=salle.amphi, fait="TourPasse").order_by("-n")
    return next((fait for fait in passes if fait.p["tour"] == numero), None)


def wall_of(serveur: Serveur) -> float:
    """The hour that the process believes, by the header that uvicorn writes."""
    return parsedate_to_datetime(httpx.get(f"{serveur.url}/sante").headers["date"]).timestamp()
