"""Tokens and agents: kept as hashes, twelve hours, made by the operator's commands too."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from gradin.data.comptes.models import Compte, Jeton
from gradin.operations.comptes.jetons import create_jeton
from gradin.queries.jetons import compte_of_jeton
from tests.factories.comptes import MOT_DE_PASSE, make_compte
from tests.factories.referentiel import make_groupe, make_subdivision

pytestmark = pytest.mark.django_db
MAINTENANT = datetime(2027, 4, 5, 7, 0, tzinfo=UTC)


def test_a_token_is_kept_as_a_hash_and_lasts_twelve_hours() -> None:
    compte = make_compte("a@exemple.fr")
    create_jeton(compte=compte.pk, secret="secret-du-jeton", maintenant=MAINTENANT)
    assert "secret-du-jeton" not in str(Jeton.objects.values().get())
    assert compte_of_jeton("secret-du-jeton", MAINTENANT + timedelta(hours=11, minutes=59)) == compte
    assert compte_of_jeton("secret-du-jeton", MAINTENANT + timedelta(hours=12)) is None


def test_a_revoked_token_or_a_closed_account_is_nobody() -> None:
    compte = make_compte("a@exemple.fr")
    create_jeton(compte=compte.pk, secret="x", maintenant=MAINTENANT)
    Compte.objects.filter(pk=compte.pk).update(is_active=False)
    assert compte_of_jeton("x", MAINTENANT) is None
    Compte.objects.filter(pk=compte.pk).update(is_active=True)
    Jeton.objects.update(revoked_at=MAINTENANT)
    assert compte_of_jeton("x", MAINTENANT) is None


def test_a_password_buys_a_token_over_the_api(client: Client) -> None:
    make_compte("a@exemple.fr")
    corps = {"courriel": "a@exemple.fr", "mot_de_passe": MOT_DE_PASSE}
    reponse = client.post("/api/v1/jetons", corps, content_type="application/json")
    assert (reponse.status_code, set(reponse.json())) == (201, {"jeton", "expire_le"})
    moi = client.get("/api/v1/moi", headers={"Authorization": f"Bearer {reponse.json()['jeton']}"})
    assert moi.json()["roles"] == ["interne"]


def test_the_operator_makes_a_token_for_an_existing_account_only() -> None:
    make_compte("a@exemple.fr")
    sortie = StringIO()
    call_command("create_jeton", "a@exemple.fr", stdout=sortie, stderr=StringIO())
    assert compte_of_jeton(sortie.getvalue().strip(), datetime.now(UTC)) is not None
    with pytest.raises(CommandError, match="Aucun compte actif"):
        call_command("create_jeton", "inconnu@exemple.fr")


def test_an_agent_gets_his_scope_and_a_first_password_that_works(client: Client) -> None:
    subdivision, groupe = make_subdivision(), make_groupe()
    sortie = StringIO()
    call_command(
        "create_agent", "ars@exemple.fr", portee=[f"{subdivision.code}:{groupe.code}"], stdout=sortie
    )
    mot_de_passe = sortie.getvalue().rpartition(" : ")[2].strip()
    compte = Compte.objects.get(email="ars@exemple.fr")
    assert compte.check_password(mot_de_passe)
    assert [(p.subdivision, p.groupe) for p in compte.portees.all()] == [(subdivision, groupe)]


def test_an_unknown_scope_creates_nothing() -> None:
    with pytest.raises(CommandError, match="Subdivision inconnue"):
        call_command("create_agent", "ars@exemple.fr", portee=["NULLE-PART"])
    assert not Compte.objects.exists()
