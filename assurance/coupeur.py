"""An ext4 of its own in a file, whose content at an instant is what a power cut would leave."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assurance.essai import Impossible

TAILLE = "96M"


def sh(*commande: str) -> None:
    fait = subprocess.run(commande, capture_output=True, text=True, check=False)
    if fait.returncode:
        raise Impossible(f"{' '.join(commande[:3])}: {fait.stderr.strip()[:120]}")


class Disque:
    """`image` lies in memory: what the file system has sent to it, and nothing of the page cache."""

    def __init__(self, dossier: Path, taille: str = TAILLE) -> None:
        self.image = dossier / "disque.img"
        self.point = dossier / "disque"
        self._dossier = dossier
        sh("truncate", "-s", taille, str(self.image))
        sh("mkfs.ext4", "-q", "-F", str(self.image))
        mount(self.image, self.point)

    @contextmanager
    def as_cut(self) -> Iterator[Path]:
        """The files as the machine finds them when power comes back; the copy is thrown away."""
        copie, point = self._dossier / "copie.img", self._dossier / "copie"
        sh("cp", "--sparse=always", str(self.image), str(copie))
        mount(copie, point)
        try:
            yield point
        finally:
            sh("umount", str(point))
            copie.unlink()


def mount(image: Path, point: Path) -> None:
    point.mkdir(exist_ok=True)
    sh("mount", "-o", "loop", str(image), str(point))


@contextmanager
def own_disk(taille: str = TAILLE) -> Iterator[Disque]:
    """Needs root and loop devices; raises Impossible."""
    if os.geteuid() != 0:
        raise Impossible("needs root: a file system is mounted")
    memoire = Path("/dev/shm")
    dossier = Path(tempfile.mkdtemp(prefix="gradin-coupures-", dir=memoire if memoire.is_dir() else None))
    disque = None
    try:
        disque = Disque(dossier, taille)
        yield disque
    finally:
        if disque is not None:
            subprocess.run(["umount", "-l", str(disque.point)], check=False, capture_output=True)
        shutil.rmtree(dossier, ignore_errors=True)
