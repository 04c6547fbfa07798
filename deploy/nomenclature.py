"""The bill of materials (CycloneDX 1.6) of what runs: `python3 deploy/nomenclature.py > sbom.json`.

Read from the lock, so that it names exactly what `make setup` installs; standard library only, no network.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

RACINE = Path(__file__).resolve().parents[1]
EPINGLE = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)(?:\s*;\s*([^\\]+))?")
EMPREINTE = re.compile(r"--hash=sha256:([0-9a-f]{64})")


class VerrouIncomplet(ValueError):
    """A line of the lock is not pinned by version and hash."""


def read_components(verrou: str) -> Iterator[dict[str, Any]]:
    """One component a pinned package; every package must have a hash."""
    for bloc in re.split(r"\n(?=[^\s#-])", verrou):
        found = EPINGLE.match(bloc.strip())
        if found is None:
            continue
        nom, version = found[1].lower().replace("_", "-"), found[2]
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


def main() -> None:
    verrou = (RACINE / "requirements" / "run.txt").read_text("utf-8")
    found = re.search(r'^version = "([^"]+)"', (RACINE / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    json.dump(write_sbom(verrou, found[1] if found else "0"), sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
