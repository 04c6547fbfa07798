"""The bill of materials (CycloneDX 1.6) of what runs: `python3 deploy/nomenclature.py > sbom.json`.

Read from the lock, so that it names exactly what `make setup` installs; standard library only, no network.
None is kept, so none is out of date; `--verifie` judges the locks themselves, in `make check`.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

RACINE = Path(__file__).resolve().parents[1]
BESOINS = RACINE / "requirements"
EPINGLE = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)(?:\s*;\s*([^\\]+))?")
EMPREINTE = re.compile(r"--hash=sha256:([0-9a-f]{64})")


OPTION = re.compile(r"^\s*-(?!-hash=)", re.MULTILINE)
DEMANDE = re.compile(r"^[A-Za-z0-9._-]+", re.MULTILINE)


class VerrouIncomplet(ValueError):
    """A line of a lock is not pinned by version and hash, or what is asked for is not locked."""


def read_components(verrou: str) -> Iterator[dict[str, Any]]:
    """One component a pinned package; every package must have a hash, and no line may lead elsewhere."""
    if found := OPTION.search(verrou):
        raise VerrouIncomplet(
            f"une option dans un verrou : {verrou[found.start() :].strip().splitlines()[0]}"
        )
    for bloc in re.split(r"\n(?=[^\s#])", verrou.strip()):
        if not bloc or bloc.startswith("#"):
            continue
        found = EPINGLE.match(bloc)
        if found is None:
            raise VerrouIncomplet(f"{bloc.splitlines()[0]} n’est pas épinglé")
        nom, version = plain(found[1]), found[2]
        empreintes = EMPREINTE.findall(bloc)
        if not empreintes:
            raise VerrouIncomplet(f"{nom} {version} n’a pas d’empreinte")
        yield {
            "type": "library",
            "bom-ref": f"pkg:pypi/{nom}@{version}",
            "name": nom,
            "version": version,
            "purl": f"pkg:pypi/{nom}@{version}",
            "properties": [{"name": "lock:sha256", "value": empreinte} for empreinte in empreintes],
        }


def plain(nom: str) -> str:
    """As the registry compares names."""
    return re.sub(r"[-_.]+", "-", nom).lower()


def verify_locks(besoins: Path) -> dict[str, int]:
    """How many packages each lock holds; refused when one is not pinned, or a need is in no lock."""
    comptes = {}
    for demande in sorted(besoins.glob("*.in")):
        verrous = {un["name"] for un in read_components(demande.with_suffix(".txt").read_text("utf-8"))}
        demandes = {plain(nom) for nom in DEMANDE.findall(demande.read_text("utf-8")) if nom[0] != "-"}
        if manquants := demandes - verrous:
            raise VerrouIncomplet(f"{demande.name} n’est pas verrouillé : {', '.join(sorted(manquants))}")
        comptes[demande.stem] = len(verrous)
    return comptes


def write_sbom(verrou: str, version: str) -> dict[str, Any]:
    composants = sorted(read_components(verrou), key=lambda un: un["bom-ref"])
    principal = {"type": "application", "bom-ref": "gradin", "name": "gradin", "version": version}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": principal},
        "components": composants,
        "dependencies": [{"ref": "gradin", "dependsOn": [un["bom-ref"] for un in composants]}],
    }


def run_sbom() -> dict[str, Any]:
    verrou = (BESOINS / "run.txt").read_text("utf-8")
    found = re.search(r'^version = "([^"]+)"', (RACINE / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    return write_sbom(verrou, found[1] if found else "0")


def main() -> None:
    if sys.argv[1:] == ["--verifie"]:
        comptes = verify_locks(BESOINS)
        nommes = len(run_sbom()["components"])
        sys.stdout.write(f"SBOM: {nommes} packages run; locked by hash: {comptes}\n")
        return
    json.dump(run_sbom(), sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
