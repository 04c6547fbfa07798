"""gradin verify-appariement: exit 0 and a summary, or 1 and what is wrong."""

import subprocess
import sys
from pathlib import Path

from gradin.domain.appariement.publication import write_publication
from gradin.domain.appariement.resultat import pair
from tests.unit.appariement.test_appariement import random_tour


def verify(fichier: Path) -> subprocess.CompletedProcess[str]:
    gradin = Path(sys.executable).with_name("gradin")
    return subprocess.run(
        [gradin, "verify-appariement", fichier], cwd=fichier.parent, capture_output=True, text=True
    )


def test_a_published_round_is_verified_offline_and_a_changed_one_refused(tmp_path: Path) -> None:
    essai = random_tour(40, 12)
    publie = write_publication(essai, pair(essai))
    bon, faux = tmp_path / "bon.json", tmp_path / "faux.json"
    bon.write_text(publie, encoding="utf-8")
    faux.write_text(publie.replace('"graine": "novembre 2023"', '"graine": "décembre"'), encoding="utf-8")
    accepted, refused = verify(bon), verify(faux)
    assert (accepted.returncode, refused.returncode) == (0, 1)
    assert "40 candidats" in accepted.stdout
    assert "le calcul donne" in refused.stderr
