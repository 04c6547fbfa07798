"""How much is measured: the variables of bench/README.md."""

import os


def _read(nom: str, defaut: int) -> int:
    return int(os.environ.get(f"GRADIN_BENCH_{nom}", defaut))


# Readers of one amphi, each signed in; and those of the references that ten thousand would choke.
N = _read("N", 10_000)
PEU = min(N, 1_000)
TOURS = _read("TOURS", 15)
CHOIX = _read("CHOIX", 1_000)
CADENCE = _read("CADENCE", 5)
ATTESTATIONS = _read("ATTESTATIONS", 5_000)
TELECHARGEMENTS = _read("TELECHARGEMENTS", 300)
VISITEURS = _read("VISITEURS", 5_000)
POSTES = _read("POSTES", 7_000)
INTERNES = _read("INTERNES", 6_000)
CONNEXIONS = _read("CONNEXIONS", 300)
AMPHIS = _read("AMPHIS", 200)
RESIDENTS = _read("RESIDENTS", 500)
# Candidates up to which the slow libraries of matching are asked: they take minutes beyond.
APPARIEMENT = _read("APPARIEMENT", 1_000)
