"""docs/assurance.md, written from what the experiments left: nothing stands there that did not run."""

import os
import platform
from collections.abc import Iterator
from pathlib import Path

from assurance.catalogue import AUCUN, EXPERIENCES, Experience
from assurance.experiences.suites import SUITES
from assurance.resultat import Resultat, Verdict, read_resultats

RACINE = Path(__file__).resolve().parents[1]
DOSSIER = RACINE / "assurance" / "resultats"
RAPPORT = RACINE / "docs" / "assurance.md"
TETE = """# Assurance: what was tried against Gradin, and what came of it

Written by `make assurance` from what ran; do not edit it. What each experiment does and how to repeat one:
[assurance/README.md](../assurance/README.md). A line without a control shows that nothing broke, not that
it would have been seen. Invariants (I01…) are those of the reliability plan, whose full N are larger."""
LIMITES = """## What this does not show

- One machine, a few minutes: rare faults need the hours of a release run (`GRADIN_ASSURANCE_MINUTES`).
- Power is cut on an ext4 image whose copy is mounted again: no disk with a cache or a firmware of its own.
- PostgreSQL: no full disk; who promotes the replica, and when, is the region's own choice: it is done by hand
  here. A weaker setting of it is refused at the start (mutant M04).
- By radio: packets are lost and late one by one between two TUN devices of one machine, for some hundreds of
  readers and a few pages, over HTTP/1.1: not over nginx's HTTP/2, whose one connection the browser must first
  give up, nor on a real telephone.
- The plan speaks of mutants M01–M31 and defines no M31: its thirty-one are M01–M30 and M03b.
- 10,000 readers, and every latency: `make bench`. Eight hours, two thousand readers: not here."""


def write_rapport() -> None:
    resultats = [un for une in EXPERIENCES for un in left_by(une)]
    RAPPORT.write_text("\n".join(lines(resultats)) + "\n", encoding="utf-8")


def left_by(experience: Experience) -> list[Resultat]:
    fichiers = [result_of(experience.nom, magasin) for magasin in experience.magasins]
    return [un for fichier in fichiers if fichier.exists() for un in read_resultats(fichier)]


def result_of(nom: str, magasin: str) -> Path:
    return DOSSIER / (f"{nom}.json" if magasin == AUCUN else f"{nom}-{magasin}.json")


def lines(resultats: list[Resultat]) -> Iterator[str]:
    joues = [un for un in resultats if un.verdict is not Verdict.PAS_JOUE]
    yield TETE
    yield ""
    yield (
        f"Python {platform.python_version()}, {os.cpu_count()} cores. {len(joues)} experiments ran, "
        f"{sum(un.verdict is Verdict.TENU for un in joues)} held. Each says its commit, date and load; "
        "one that is run again alone replaces its own line."
    )
    yield ""
    yield "| experiment | injected | N | figures | control | verdict |"
    yield "|---|---|---|---|---|---|"
    yield from map(row, joues)
    yield from missing(resultats)
    for un in joues:
        if un.details:
            yield from ("", f"## {un.nom}, one by one", "", *(f"- {detail}" for detail in un.details))
    yield ""
    yield LIMITES


def row(un: Resultat) -> str:
    ou = f"{un.nom} ({un.invariants})<br>{un.magasin}, {un.joue_le} UTC, {un.duree_s:.0f} s"
    ou += f", `{un.commit}`, load {un.charge:.0f}" if un.commit else ""
    ou += f", seed {un.graine}" if un.graine is not None else ""
    chiffres = "<br>".join(f"{nom}: {valeur}" for nom, valeur in un.chiffres.items())
    verdict = str(un.verdict) + (f": {un.remarque}" if un.remarque else "")
    cases = (ou, un.injecte, f"{un.n} {un.unite}", chiffres, un.temoin or "–", verdict)
    return "| " + " | ".join(case.replace("|", "\\|").replace("\n", " ") for case in cases) + " |"


def missing(resultats: list[Resultat]) -> Iterator[str]:
    """Also an experiment of the catalogue that left nothing, and each suite on each store that it lacks."""
    absents = [f"{un.nom}: {un.remarque}" for un in resultats if un.verdict is Verdict.PAS_JOUE]
    absents += [
        f"`{une.nom}` ({magasin}): not part of this run"
        for une in EXPERIENCES
        for magasin in une.magasins
        if not result_of(une.nom, magasin).exists()
    ]
    absents += [
        f"{suite.nom} ({magasin}): not part of this run"
        for suite in SUITES
        for magasin in suite.magasins
        if not any((un.nom, un.magasin) == (suite.nom, magasin) for un in resultats)
    ]
    yield ""
    yield "## Did not run"
    yield ""
    yield from (f"- {un}" for un in absents or ["nothing: every experiment of the catalogue ran"])
