"""The two files of a whole subdivision load, by the commands, and load again without any change."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

import gradin.cli
from gradin.data.internes.models import Inscription, Interne
from gradin.data.postes.models import Poste
from gradin.data.referentiel.models import Specialite
from tests.factories.fichiers import INTERNE, write_csv

pytestmark = pytest.mark.django_db
DEMO = Path(gradin.cli.__file__).parent / "demo"


def call(nom, *arguments):
    sortie = StringIO()
    call_command(nom, *arguments, "--semestre", "2027-05", stdout=sortie)
    return sortie.getvalue()


def test_whole_subdivision_loads_twice():
    internes, postes = DEMO / "internes-lyon-2027-05.xlsx", DEMO / "postes-lyon-2027-05.xlsx"
    assert "1350 créés" in call("import_internes", internes)
    assert "1434 créés" in call("import_postes", postes)
    assert (Interne.objects.count(), Inscription.objects.count()) == (1350, 1350)
    assert Poste.objects.count() == 1434
    assert not Specialite.objects.filter(annees=None).exists()
    assert "(0 changements en tout)" in call("import_internes", internes)
    assert "(0 changements en tout)" in call("import_postes", postes)


def test_refused_file_ends_the_command_with_every_error(tmp_path):
    chemin = write_csv(tmp_path / "f.csv", [{**INTERNE, "Rang local": "98e", "Promotion": ""}])
    with pytest.raises(CommandError) as caught:
        call("import_internes", chemin)
    assert caught.value.returncode == 1
    assert "ligne 2, colonne « Rang local » (O2)" in str(caught.value)
    assert "rien n’a été enregistré" in str(caught.value)


def test_essai_says_so(tmp_path):
    sortie = call("import_internes", write_csv(tmp_path / "f.csv", [INTERNE]), "--essai")
    assert "Essai : rien n’a été enregistré." in sortie
    assert not Interne.objects.exists()
