"""Known weaknesses of what is locked: `python3 deploy/audit.py` asks the public database OSV, in one request.

`make check` runs it wherever that database answers; where it does not, a loud line says that nothing was
audited, and `--exige` (`make audit`) fails. Standard library only: nothing is fetched to judge what is.
"""

import json
import os
import sys
import urllib.error
import urllib.request
from collections.abc import Iterable, Mapping
from typing import Any

from nomenclature import BESOINS, read_components

SOURCE = "https://api.osv.dev/v1/querybatch"
PATIENCE_S = 10
VERROUS = ("run", "test", "uv")
# Advisory → why it does not touch Gradin: nothing is left out without its reason.
ACCEPTES: Mapping[str, str] = {}
SAUF, TROUVE, MUET = 0, 1, 2


class SourceMuette(Exception):
    """Nobody there answers for the packages that were named."""


def read_purls() -> list[str]:
    """Each package and version that any lock installs, once."""
    textes = [(BESOINS / f"{verrou}.txt").read_text("utf-8") for verrou in VERROUS]
    return sorted({un["purl"] for texte in textes for un in read_components(texte)})


def ask_advisories(source: str, purls: Iterable[str]) -> dict[str, list[str]]:
    """Package → its advisories, for those that have one."""
    demandes = [{"package": {"purl": purl}} for purl in purls]
    corps = json.dumps({"queries": demandes}).encode()
    requete = urllib.request.Request(source, corps, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(requete, timeout=PATIENCE_S) as reponse:
            lus: list[dict[str, Any]] = json.load(reponse)["results"]
    except (OSError, urllib.error.URLError, ValueError, KeyError, TypeError) as error:
        raise SourceMuette(str(error)) from error
    if len(lus) != len(demandes):
        raise SourceMuette(f"{len(lus)} réponses pour {len(demandes)} paquets")
    return {
        demande["package"]["purl"]: avis
        for demande, lu in zip(demandes, lus, strict=True)
        if (avis := [un["id"] for un in lu.get("vulns", ()) if un["id"] not in ACCEPTES])
    }


def main(source: str, *, exige: bool) -> int:
    purls = read_purls()
    try:
        avis = ask_advisories(source, purls)
    except SourceMuette as error:
        sys.stdout.write(f"!!! NOT AUDITED: {source} does not answer ({error}).\n")
        sys.stdout.write(
            f"!!! {len(purls)} locked packages were not looked up: run `make audit` elsewhere.\n"
        )
        return MUET if exige else SAUF
    for purl, trouves in avis.items():
        sys.stdout.write(f"{purl}: {', '.join(trouves)}\n")
    sys.stdout.write(f"audit: {len(purls)} locked packages, {len(avis)} with a known weakness\n")
    return TROUVE if avis else SAUF


if __name__ == "__main__":
    sys.exit(main(os.environ.get("GRADIN_AUDIT_URL", SOURCE), exige="--exige" in sys.argv[1:]))
