"""After the last call, over HTTP: the rattrapage from its announcement to the verifier, then a correction."""

import subprocess
import sys
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from gradin.data.amphis.models import Amphi, Proposition
from gradin.data.attestations.models import Attestation
from gradin.data.courriers.models import Envoi
from gradin.live.temps import maintenant_ms
from gradin.operations.courriers.redaction import redige
from gradin.queries.etats import lire_etat
from gradin.queries.journal import export_jsonl
from tests.factories.amphis import compte_of
from tests.factories.live import choose
from tests.integration.regie.conftest import BACKEND, AgentClient

pytestmark = pytest.mark.django_db
VERIFIER = Path(__file__).resolve().parents[3] / "verification" / "verify_journal.py"


def interne_client(amphi: Amphi, rang: int) -> Client:
    client = Client()
    client.force_login(compte_of(amphi, rang), backend=BACKEND)
    return client


def text(reponse) -> str:
    return unescape(reponse.content.decode()).replace("\u202f", " ").replace("\xa0", " ")


def act(client: Client, amphi: Amphi, **champs: object) -> None:
    assert client.post(f"/regie/amphis/{amphi.pk}/actes/", champs).status_code == 302


def verified(amphi: Amphi, dossier: Path) -> str:
    chemin = dossier / "amphi.jsonl"
    chemin.write_text("\n".join(export_jsonl(amphi.pk, complet=True)) + "\n", "utf-8")
    lu = subprocess.run(
        [sys.executable, str(VERIFIER), str(chemin)], capture_output=True, text=True, check=False
    )
    assert lu.returncode == 0, lu.stdout + lu.stderr
    return lu.stdout


@pytest.fixture
def called(amphi: Amphi, agent: Client) -> Amphi:
    """Rank 1 has n° 1, rank 2 was passed by the agent, rank 3 has n° 3."""
    choose(amphi, 1, "1", maintenant_ms())
    act(agent, amphi, type="passer", tour=2, cle="passer")
    choose(amphi, 3, "3", maintenant_ms())
    return amphi


def test_the_rattrapage_is_announced_opened_played_and_verified(
    called: Amphi, agent: Client, tmp_path: Path
) -> None:
    adresse = f"/regie/amphis/{called.pk}/rattrapage/"
    assert "Rattrapage" in text(agent.get(f"/regie/amphis/{called.pk}/"))
    assert agent.post(adresse, {"jour": "2020-01-01", "heure": "09:00"}).status_code == 409
    quand = datetime.now(ZoneInfo("Europe/Paris")) + timedelta(days=1)
    assert agent.post(adresse, {"jour": f"{quand:%Y-%m-%d}", "heure": "16:05"}).status_code == 302
    annonce = Envoi.objects.get(cle__startswith="rattrapage-")
    assert "16 h 05" in redige(annonce).texte.replace("\xa0", " ")
    assert annonce.destinataire == compte_of(called, 2).email
    assert "Rattrapage" in text(interne_client(called, 2).get("/"))
    assert "Rattrapage" not in text(interne_client(called, 1).get("/"))
    assert "16 h 05" in text(interne_client(called, 2).get(f"/mon-amphi/?amphi={called.pk}"))
    assert "16 h 05" in text(Client().get(f"/amphis/{called.pk}/ecran/"))
    act(agent, called, type="rattrapage", cle="ouvrir")
    assert lire_etat(called.pk)[1].tour.interne == 2
    choose(called, 2, "2", maintenant_ms())
    act(agent, called, type="clore", cle="clore")
    assert "Clos" in text(agent.get(f"/regie/amphis/{called.pk}/"))
    verified(called, tmp_path)


def test_a_correction_after_the_close_reaches_everybody_it_concerns(
    called: Amphi, agent: Client, agent_client: AgentClient, tmp_path: Path
) -> None:
    act(agent, called, type="clore", cle="clore")
    mienne = interne_client(called, 1)
    assert mienne.get("/mes-attestations/2027-05.pdf").status_code == 200
    code = Attestation.objects.get().code
    motif = "Erreur de saisie"
    act(agent, called, type="corriger_choix", interne=1, poste="2", motif=motif, cle="a")
    assert "n° 1 devient n° 2" in text(agent.get(f"/regie/amphis/{called.pk}/"))
    second = agent_client("second@ars.example")
    assert "Rien ne vous attend" in text(agent.get("/regie/"))
    assert "Rien ne vous attend" not in text(second.get("/regie/"))
    act(
        second,
        called,
        type="approuver",
        proposition=Proposition.objects.get().pk,
        cle="b",
    )
    assert {*Envoi.objects.filter(cle__startswith="annulation-").values_list("cle", flat=True)}
    assert "corrigé par l’ARS, remplace le n° 1" in text(agent.get("/affectations/"))
    journal = text(agent.get(f"/regie/amphis/{called.pk}/"))
    assert "n° 1 de Prénom I., rang 1" in journal and "annulé depuis" in journal and motif in journal
    profil = text(mienne.get("/mes-attestations/"))
    assert "Choix corrigé par l’ARS" in profil and "c’est le n° 2" in profil
    assert "Attestation révoquée" in text(Client().get(f"/verification/{code}/"))
    assert mienne.get("/mes-attestations/2027-05.pdf").status_code == 200
    assert Attestation.objects.exclude(code=code).count() == 1
    verified(called, tmp_path)
