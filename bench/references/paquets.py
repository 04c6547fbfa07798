"""What the references need and Gradin does not: fetched into a folder that is thrown away."""

import atexit
import functools
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

RACINE = Path(__file__).parent.parent.parent


class Absente(Exception):
    """This reference cannot be here; the text says why."""


@functools.cache
def _folder() -> Path:
    lieu = Path(tempfile.mkdtemp(prefix="gradin-references-"))
    atexit.register(shutil.rmtree, lieu, ignore_errors=True)
    # apt fetches as a user of its own.
    lieu.chmod(0o755)
    return lieu


@functools.cache
def python() -> Path:
    """Of an environment that holds requirements/bench.txt."""
    interprete = _folder() / "venv/bin/python"
    outil, avec = [sys.executable, "-m", "uv"], os.environ | {"PYTHONPATH": str(RACINE / ".tools")}
    verrou = str(RACINE / "requirements/bench.txt")
    for mots in (
        ("venv", "--quiet", "--python", sys.executable, str(_folder() / "venv")),
        ("pip", "install", "--quiet", "--python", str(interprete), "--require-hashes", "-r", verrou),
    ):
        _run([*outil, *mots], "the packages of requirements/bench.txt", env=avec, cwd=RACINE)
    return interprete


@functools.cache
def debian(*paquets: str) -> Path:
    """Unpacked, not installed: nothing of the machine changes."""
    lieu = _folder() / paquets[0]
    lieu.mkdir(exist_ok=True)
    if shutil.which("apt-get") is None:
        raise Absente(f"no apt-get to fetch {paquets[0]} with")
    _run(["apt-get", "download", "-qq", *paquets], f"the Debian package {paquets[0]}", cwd=lieu)
    for paquet in lieu.glob("*.deb"):
        _run(["dpkg", "-x", str(paquet), str(lieu)], f"the Debian package {paquets[0]}")
    return lieu


def _run(
    commande: list[str],
    quoi: str,
    env: "os._Environ[str] | dict[str, str] | None" = None,
    cwd: Path | None = None,
) -> None:
    fini = subprocess.run(commande, env=env, cwd=cwd, capture_output=True, text=True, check=False)
    if fini.returncode:
        raise Absente(f"{quoi} could not be had ({fini.stderr.strip().rpartition(chr(10))[2]})")
