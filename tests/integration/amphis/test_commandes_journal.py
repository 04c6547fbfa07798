"""export-journal and verify-etat, as an operator types them."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from gradin.data.amphis.models import Place
from gradin.domain.amphi.empreintes import GENESE, commitment, line_hash
from gradin.queries.designations import AmphiInconnu, amphi_named
from tests.factories.amphis import T0, make_amphi
from tests.factories.live import choose, start

pytestmark = pytest.mark.django_db


def export(*options: str) -> list[dict[str, object]]:
    out = StringIO()
    call_command("export_journal", *options, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_the_public_export_chains_and_holds_numbers_only() -> None:
    amphi = make_amphi()
    start(amphi)
    seq = choose(amphi, 1, "2", T0 + 1_000).seq
    lines = export("2027-05/3/socle")
    assert [line["n"] for line in lines] == list(range(1, seq + 1))
    h = GENESE
    for line in lines:
        assert set(line) == {"n", "a", "fait", "p", "c", "h"}
        h = line_hash(h, a=line["a"], c=line["c"], fait=line["fait"], n=line["n"], p=line["p"])
        assert line["h"] == h
    text = json.dumps(lines)
    assert not [word for word in ("Interne1", "Prénom", "@", "compte:", "classique") if word in text]


def test_the_complete_export_opens_every_commitment() -> None:
    amphi = make_amphi()
    start(amphi)
    choose(amphi, 1, "2", T0 + 1_000)
    lines = export(str(amphi.pk), "--complet")
    assert all(commitment(line["sel"], line["prive"]) == line["c"] for line in lines if line["c"])
    assert any(line["c"] for line in lines)


def test_verify_etat_names_what_differs(lignes_ecrites_a_la_main: None) -> None:
    amphi = make_amphi()
    start(amphi)
    out = StringIO()
    call_command("verify_etat", "IDF/2027-05/3/socle", stdout=out)
    assert "2 faits" not in out.getvalue() and "3 faits" in out.getvalue()
    Place.objects.filter(amphi=amphi, numero=3).update(statut="a_choisi")
    with pytest.raises(CommandError, match="interne n° 3 : le journal dit a_venir, la base dit a_choisi"):
        call_command("verify_etat", str(amphi.pk))


@pytest.mark.parametrize("nom", ["999999", "2027-05", "2027-05/9/socle", "LYON/2027-05/3/socle", "n'importe"])
def test_an_unknown_name_is_said(nom: str) -> None:
    make_amphi()
    with pytest.raises(AmphiInconnu):
        amphi_named(nom)
