"""Tests too long for `make test`, or asked for more than there, and those that the report refers to."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from assurance.catalogue import DEUX, SQLITE
from assurance.essai import Essai
from assurance.mutants.copie import RACINE
from assurance.resultat import Resultat, held


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """`exemples`: how much more Hypothesis is asked for than in `make test`."""

    nom: str
    invariants: str
    injecte: str
    tests: tuple[str, ...]
    magasins: tuple[str, ...] = DEUX
    exemples: int = 1
    env: dict[str, str] = field(default_factory=dict)


AMPLES = (
    "tests/unit/amphi/test_exploration.py",
    "tests/unit/appariement",
    "tests/unit/maquettes/test_progression.py",
    "tests/unit/prechoix/test_prevision.py",
    "tests/unit/prevol/test_couplage.py",
    "tests/unit/rang",
    "tests/unit/verification/test_bons_journaux.py",
)
SUITES = (
    Suite(
        nom="Outages at true scale",
        invariants="I16, T15, G05, G06",
        injecte="SIGKILL at 40 s of a turn of 90, down 5 s, then 90 s",
        tests=("tests/faults/assurance_redemarrage.py",),
    ),
    Suite(
        nom="Permission matrix, canaries, attacks",
        invariants="I04, I39–I43, I49, S and C",
        injecte="every address as each of ten roles; tokens in every private field; forged forms and streams",
        tests=("tests/integration/permissions",),
        env={"GRADIN_MARCHE": "entiere"},
    ),
    Suite(
        nom="Who is known, by the time an answer takes",
        invariants="C03, G24",
        injecte="2,000 sign-ups and resets of the known and the unknown",
        tests=("tests/faults/assurance_inscription.py",),
        magasins=(SQLITE,),
    ),
    Suite(
        nom="Forged requests from the schema",
        invariants="S01, I41, C22",
        injecte="what the OpenAPI schema allows and forbids, drawn at random",
        tests=("tests/integration/api/test_schema.py",),
        magasins=(SQLITE,),
        exemples=30,
    ),
    Suite(
        nom="Engine under every command, model beside it",
        invariants="I01–I14, I20, I57",
        injecte="every command, forged ones too, a clock that jumps, drawn at random",
        tests=("tests/unit/amphi/test_machine.py",),
        magasins=(SQLITE,),
        exemples=10,
    ),
    Suite(
        nom="What `make test` plays in small",
        invariants="I01–I14, I10, I50, G21, G22",
        injecte="five times as many states, drawn examples, lists, amphis and races",
        tests=AMPLES,
        magasins=(SQLITE,),
        env={"GRADIN_AMPLEUR": "5"},
    ),
    Suite(
        nom="Races of `make test`, five times as many",
        invariants="I01, I02, I53, I54",
        injecte="500 races of three clients for each poste; two commands in one instant",
        tests=(
            "tests/concurrency/test_courses.py",
            "tests/concurrency/test_courses_http.py",
            "tests/concurrency/test_entrelacs.py",
        ),
        env={"GRADIN_AMPLEUR": "5"},
    ),
    Suite(
        nom="The same commands in memory and in the store",
        invariants="I25, I30",
        injecte="amphis played at random, each command sent to the engine alone and through the store",
        tests=("tests/integration/amphis/test_differentiel.py",),
        env={"GRADIN_AMPLEUR": "40"},
    ),
    Suite(
        nom="Hostile and odd files",
        invariants="B01–B15, G25",
        injecte="bombs, entities, encodings, formulas, hidden rows",
        tests=("tests/unit/imports",),
        magasins=(SQLITE,),
    ),
)


def run(essai: Essai) -> Iterator[Resultat]:
    for suite in SUITES:
        if essai.magasin in suite.magasins:
            yield judged(suite, essai)


def judged(suite: Suite, essai: Essai) -> Resultat:
    debut = time.monotonic()
    env = {
        **os.environ,
        "GRADIN_TEST_STORE": essai.magasin,
        **suite.env,
        "HYPOTHESIS_EXEMPLES": str(max(1, round(suite.exemples * essai.secondes / 60))),
    }
    fini = subprocess.run(
        [sys.executable, "-m", "pytest", *suite.tests],
        cwd=RACINE,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    if fini.returncode:
        print(fini.stdout[-6_000:], flush=True)
    comptes = {quoi: int(n) for n, quoi in re.findall(r"(\d+) (passed|failed|error|deselected)", fini.stdout)}
    rates = re.findall(r"^(?:FAILED|ERROR) \S*::(\S+)", fini.stdout, re.MULTILINE)
    return Resultat(
        nom=suite.nom,
        invariants=suite.invariants,
        injecte=suite.injecte,
        n=comptes.get("passed", 0) + comptes.get("failed", 0) + comptes.get("error", 0),
        unite="tests",
        magasin=essai.magasin,
        verdict=held(fini.returncode),
        chiffres={quoi: str(n) for quoi, n in comptes.items() if quoi != "deselected"},
        remarque=", ".join(rates[:3]),
        duree_s=time.monotonic() - debut,
    )
