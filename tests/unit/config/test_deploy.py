"""What a region installs is what was locked, and each alert that calls somebody says what to do."""

import json
import re
import subprocess
import sys
from pathlib import Path

RACINE = Path(__file__).resolve().parents[3]
DEPLOY = RACINE / "deploy"
SONDE = (RACINE / "gradin" / "live" / "sante.py").read_text("utf-8")


def run_nomenclature() -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, DEPLOY / "nomenclature.py"], capture_output=True, text=True, check=True
    )
    return dict(json.loads(done.stdout))


def test_the_bill_of_materials_names_every_locked_package() -> None:
    verrou = (RACINE / "requirements" / "run.txt").read_text("utf-8")
    epingles = {nom.lower() for nom in re.findall(r"^([A-Za-z0-9._-]+)(?:\[\S+\])?==", verrou, re.MULTILINE)}
    nommes = {un["name"] for un in run_nomenclature()["components"]}  # type: ignore[attr-defined]
    assert "django" in nommes and {nom.replace("_", "-") for nom in epingles} == nommes


def test_every_alert_has_its_remedy_and_every_measure_exists() -> None:
    alertes = (DEPLOY / "prometheus" / "alertes.yml").read_text("utf-8")
    guide = (RACINE / "docs" / "operations.md").read_text("utf-8")
    noms = re.findall(r"alert: (\w+)", alertes)
    assert len(noms) >= 10 and [nom for nom in noms if f"`{nom}`" not in guide] == []
    panneaux = json.loads((DEPLOY / "grafana" / "gradin.json").read_text("utf-8"))["panels"]
    demandes = alertes + json.dumps(panneaux)
    for mesure in set(re.findall(r"gradin_(\w+?)(?:_total)?\b", demandes)):
        assert f"gradin_{mesure}" in SONDE or f'("{mesure}"' in SONDE, mesure


def test_the_proxy_keeps_no_part_of_a_stream_back() -> None:
    conf = (DEPLOY / "nginx" / "gradin.conf").read_text("utf-8")
    flux = re.search(r"\(direct\|faits\)\$ \{(.*?)\}", conf, re.DOTALL)
    assert flux and "proxy_buffering off;" in flux[1] and "gzip off;" in flux[1]
    assert "http2 on;" in conf and "X-Forwarded-For $remote_addr;" in conf
