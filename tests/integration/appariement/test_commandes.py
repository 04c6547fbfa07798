"""gradin run-appariement: a trial writes nothing, a run is then verified offline from what is published."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from gradin.data.appariement.models import CalculAppariement, ResultatCandidat
from gradin.domain.appariement.calendrier import Etape
from gradin.live.temps import maintenant_ms
from tests.factories.appariement import Campagne
from tests.integration.appariement.conftest import answer


def call(*arguments: str) -> str:
    sortie = StringIO()
    call_command(*arguments, stdout=sortie)
    return sortie.getvalue()


def test_a_trial_writes_nothing_and_a_run_is_verified(campagne: Campagne, tmp_path: Path) -> None:
    answer(campagne)
    campagne.at(Etape.CALCUL, maintenant=maintenant_ms())
    assert "2 affectés sur 3 candidats" in call("run_appariement", "2027-05", "--essai")
    assert not ResultatCandidat.objects.exists()
    assert "calculé, stable" in call("run_appariement", str(campagne.row.pk))
    publie = tmp_path / "tour.json"
    publie.write_text(CalculAppariement.objects.get().fichier, encoding="utf-8")
    dit = call("verify_appariement", str(publie))
    assert "identique au calcul" in dit and CalculAppariement.objects.get().empreinte in dit
    with pytest.raises(CommandError, match="Aucun tour à calculer"):
        call("run_appariement", "2027-05")
    with pytest.raises(CommandError, match="Aucune campagne"):
        call("run_appariement", "2030-05")
