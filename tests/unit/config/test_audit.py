"""The locks name everything by hash, and the audit never takes silence for health."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

DEPLOY = Path(__file__).resolve().parents[3] / "deploy"
sys.path.insert(0, str(DEPLOY))

from audit import SourceMuette, ask_advisories, main, read_purls  # noqa: E402
from nomenclature import BESOINS, VerrouIncomplet, read_components, verify_locks  # noqa: E402

EMPREINTE = "--hash=sha256:" + "a" * 64
JUSTE = f"un==1.0 \\\n    {EMPREINTE}\nautre-paquet==2.0 ; python_version >= '3.12' \\\n    {EMPREINTE}\n"


@contextmanager
def advisories(*touches: str, manque: int = 0) -> Iterator[str]:
    """A database like OSV, for which these packages are weak; `manque` answers too few."""

    class Avis(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            demandes = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
            lus: list[dict[str, Any]] = [
                {"vulns": [{"id": "AVIS-1"}]} if un["package"]["purl"] in touches else {} for un in demandes
            ]
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps({"results": lus[manque:]}).encode())

        def log_message(self, format: str, *args: Any) -> None:
            pass

    serveur = ThreadingHTTPServer(("127.0.0.1", 0), Avis)
    fil = Thread(target=serveur.serve_forever, args=(0.01,), daemon=True)
    fil.start()
    try:
        yield f"http://127.0.0.1:{serveur.server_port}/"
    finally:
        serveur.shutdown()
        serveur.server_close()


def test_our_locks_pin_every_need_by_hash() -> None:
    assert set(verify_locks(BESOINS)) == {"run", "test", "bench", "uv"}


def test_a_pinned_lock_is_read_whole() -> None:
    assert [un["name"] for un in read_components(JUSTE)] == ["un", "autre-paquet"]


@pytest.mark.parametrize(
    "ligne",
    [
        "flou>=1.0",
        "sans-empreinte==1.0",
        f"distant @ git+https://exemple.fr/distant {EMPREINTE}",
        "--extra-index-url https://ailleurs.example/simple",
        "-e ./ici",
    ],
)
def test_a_line_that_is_not_pinned_or_leads_elsewhere_is_refused(ligne: str) -> None:
    with pytest.raises(VerrouIncomplet):
        list(read_components(f"{JUSTE}{ligne}\n"))


def test_a_need_that_no_lock_holds_is_refused(tmp_path: Path) -> None:
    (tmp_path / "run.in").write_text("un\nautre_paquet~=2.0\nnouveau\n")
    (tmp_path / "run.txt").write_text(JUSTE)
    with pytest.raises(VerrouIncomplet, match="nouveau"):
        verify_locks(tmp_path)


def test_a_weakness_stops_and_health_does_not(capsys: pytest.CaptureFixture[str]) -> None:
    faible = read_purls()[0]
    with advisories(faible) as source:
        assert main(source, exige=False) == 1
    assert f"{faible}: AVIS-1" in capsys.readouterr().out
    with advisories() as source:
        assert main(source, exige=True) == 0


def test_silence_is_said_loudly_and_is_no_health(capsys: pytest.CaptureFixture[str]) -> None:
    with advisories() as ferme:
        pass
    assert main(ferme, exige=False) == 0
    assert "!!! NOT AUDITED" in capsys.readouterr().out
    assert main(ferme, exige=True) == 2
    with advisories(manque=1) as source, pytest.raises(SourceMuette):
        ask_advisories(source, read_purls())


def test_make_check_judges_the_locks_and_asks_for_the_audit() -> None:
    dit = subprocess.run(
        ["make", "-n", "check"], cwd=DEPLOY.parent, capture_output=True, text=True, check=True
    )
    assert "deploy/nomenclature.py --verifie" in dit.stdout and "deploy/audit.py" in dit.stdout
