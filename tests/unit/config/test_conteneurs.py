"""The image and compose.yaml name only what exists: files, settings, commands, services, one PostgreSQL."""

import re
from fnmatch import fnmatch
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

RACINE = Path(__file__).resolve().parents[3]
DEPLOY = RACINE / "deploy"
IMAGE = (DEPLOY / "Containerfile").read_text("utf-8")
COMPOSE = (DEPLOY / "compose.yaml").read_text("utf-8")
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE)["services"]
AMONT = (DEPLOY / "nginx" / "gradin-amont-conteneurs.conf").read_text("utf-8")
EXEMPLES = {un: (DEPLOY / un).read_text("utf-8") for un in ("env.exemple", "systemd/gradin.env.exemple")}
COMMANDES = "gradin.cli.management.commands"


def test_the_image_is_made_of_what_is_named_and_of_nothing_else() -> None:
    lignes = [
        un for un in (RACINE / ".dockerignore").read_text("utf-8").splitlines() if un[:1] not in ("#", "")
    ]
    admis = [un[1:] for un in lignes if un.startswith("!")]
    assert lignes[0] == "*" and [un for un in admis if not (RACINE / un).exists()] == []
    for secret in (".git", "var", ".venv", "deploy", ".env"):
        assert not any(fnmatch(secret, un) for un in admis), secret
    # What make setup reads; the code itself, and the verifier that a command of it runs.
    assert {"Makefile", "README.md", "LICENSE", "pyproject.toml", "requirements"} <= set(admis)
    assert {"gradin", "verification"} <= set(admis)
    assert ".env" in (RACINE / ".gitignore").read_text("utf-8").splitlines()


def test_the_image_runs_as_a_user_who_may_do_nothing_else() -> None:
    assert IMAGE.rindex("\nUSER gradin\n") > IMAGE.rindex("\nRUN ")
    for nom, service in SERVICES.items():
        if service["image"] == "localhost/gradin":
            assert service["read_only"] and service["cap_drop"] == ["ALL"], nom
            assert service["security_opt"] == ["no-new-privileges:true"] and "ports" not in service, nom


def test_pg_dump_is_of_the_version_of_the_server() -> None:
    client, serveur = re.search(r"postgresql-client-(\d+)", IMAGE), SERVICES["base"]["image"]
    debian = re.search(r"python:[\d.]+-slim-(\w+)", IMAGE)
    assert client and debian and serveur.endswith(f"postgres:{client[1]}-{debian[1]}")
    # Upstream's images keep their data elsewhere from 18 on: mounted beside it, they would be lost.
    ou = "/var/lib/postgresql" if int(client[1]) >= 18 else "/var/lib/postgresql/data"
    assert f"base:{ou}" in SERVICES["base"]["volumes"]


def test_every_variable_is_read_by_somebody_and_every_secret_is_asked_for() -> None:
    lus = "".join(un.read_text("utf-8") for un in (RACINE / "gradin" / "config").glob("*.py"))
    nommes = set(re.findall(r"\bGRADIN_[A-Z_]+", COMPOSE + "".join(EXEMPLES.values())))
    assert len(nommes) > 8 and [un for un in nommes if f'"{un}"' not in lus] == []
    demandes = set(re.findall(r"\$\{(\w+)", COMPOSE))
    assert [un for un in demandes if not re.search(rf"^{un}=", EXEMPLES["env.exemple"], re.MULTILINE)] == []


@pytest.mark.parametrize("nom", [un for un in SERVICES if SERVICES[un]["image"] == "localhost/gradin"])
def test_every_command_of_a_container_exists_with_its_options(nom: str) -> None:
    commande, *options = SERVICES[nom]["command"]
    analyse = import_module(f"{COMMANDES}.{commande}").Command().create_parser("gradin", commande)
    lues = analyse.parse_args(options)
    if commande == "serve":
        assert (lues.adresse, lues.port) == ("0.0.0.0", 8000)
        assert "http://127.0.0.1:8000/sante'" in SERVICES[nom]["healthcheck"]["test"][-1]
        assert f"server {nom}:8000 " in bloc_of("gradin_" + lues.role)


def bloc_of(amont: str) -> str:
    trouve = re.search(rf"upstream {amont} \{{(.*?)\n\}}", AMONT, re.DOTALL)
    return trouve[1] if trouve else ""


def test_every_file_that_is_mounted_exists_and_every_server_is_a_service() -> None:
    montes = [un.split(":")[0] for service in SERVICES.values() for un in service.get("volumes", ())]
    fichiers = [un for un in montes if un.startswith("./")]
    assert len(fichiers) >= 4 and [un for un in fichiers if not (DEPLOY / un).is_file()] == []
    attendus = re.findall(r"server (\w+):8000", AMONT)
    assert len(attendus) == 3 and set(attendus) == set(SERVICES["nginx"]["depends_on"])
