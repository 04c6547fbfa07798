"""What a region installs is what was locked, and each alert that calls somebody says what to do."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from gradin.live.roles import Role, is_served_by

RACINE = Path(__file__).resolve().parents[3]
DEPLOY = RACINE / "deploy"
NGINX = (DEPLOY / "nginx" / "gradin.conf").read_text("utf-8")
SECRET = "canari~0123456789abcdefghijklmnop"
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
    flux = re.search(r"\(direct\|faits\)\$ \{(.*?)\}", NGINX, re.DOTALL)
    assert flux and "proxy_buffering off;" in flux[1] and "gzip off;" in flux[1]
    assert "listen 443 ssl http2;" in NGINX and "X-Forwarded-For $remote_addr;" in NGINX


@pytest.mark.parametrize(
    "demande",
    [
        *("GET /api/v1/amphis/7", "GET /api/v1/amphis/7/direct", "GET /api/v1/amphis/7/faits"),
        *("POST /api/v1/amphis/7/choix", "POST /api/v1/amphis/7/commandes", "GET /api/v1/moi/amphis/7"),
        *(
            "GET /api/v1/amphis/7/favoris",
            "PUT /api/v1/amphis/7/favoris",
            "GET /api/v1/amphis",
            "GET /postes/",
        ),
        *("POST /mon-amphi/choisir/", "GET /mon-amphi/", "POST /regie/amphis/7/", "GET /regie/amphis/7/"),
        *("POST /connexion/", "POST /api/v1/jetons", "POST /appariement/lien/abc/", "GET /sante/vivant"),
    ],
)
def test_the_proxy_sends_each_address_to_the_process_that_answers_it(demande: str) -> None:
    methode, chemin = demande.split()
    assert is_served_by(upstream_of(methode, chemin), methode, chemin)


def upstream_of(methode: str, chemin: str) -> Role:
    """As nginx chooses: the first expression that fits, else the pages."""
    for motif, corps in re.findall(r"location ~ (\S+)\s+\{((?:[^{}]|\{[^{}]*\})*)\}", NGINX):
        if re.search(motif, chemin):
            direct = "proxy_pass http://gradin_direct" in corps or ("@direct" in corps and methode == "POST")
            return Role.DIRECT if direct else Role.PAGES
    return Role.PAGES


@pytest.mark.parametrize(
    "adresse",
    [
        *(f"/appariement/lien/{SECRET}/", f"/commissions/lien/{SECRET}/documents/3/", f"/postes/?q={SECRET}"),
        *(f"/mot-de-passe/1a-{SECRET}/?x=1", f"/calendrier/{SECRET}.ics", f"/agrements/dossier/{SECRET}/"),
    ],
)
def test_the_log_of_the_proxy_holds_no_secret(adresse: str) -> None:
    table = re.search(r"map \$request_uri \$adresse_sans_secret \{(.*?)\n\}", NGINX, re.DOTALL)
    assert table
    for motif, ecrit in re.findall(r'"~(\S+)"\s+"?([^";]+)', table[1]):
        if trouve := re.search(motif.replace("(?<", "(?P<"), adresse):
            ecrit = re.sub(r"\$(\w+)", lambda nom, la=trouve: la[nom[1]], ecrit)
            break
    else:
        ecrit = adresse
    assert SECRET[8:] not in ecrit and ecrit.startswith(adresse[:8])
    assert "$request " not in NGINX and "$http_referer" not in NGINX


def test_a_measure_of_the_dashboard_is_not_hidden_by_another() -> None:
    panneaux = json.loads((DEPLOY / "grafana" / "gradin.json").read_text("utf-8"))["panels"]
    assert [cible for un in panneaux for cible in un.get("targets", []) if " or " in cible["expr"]] == []
