"""What the stream says of a poste when somebody chooses it."""

import json

import pytest

from gradin.data.internes.models import TypeChoix
from gradin.live.lecture import read_tranche
from gradin.live.sse import data_of
from tests.factories.amphis import T0, make_amphi
from tests.factories.live import choose, start, state

pytestmark = pytest.mark.django_db


def told(type_choix: TypeChoix) -> dict[str, object]:
    """The public event of the first interne's choice."""
    amphi = make_amphi(types={1: type_choix})
    start(amphi)
    seq = state(amphi).seq
    choose(amphi, 1, "2", T0 + 5_000)
    return dict(json.loads(data_of(read_tranche(amphi.pk, seq).blocs["public"][0])))


def test_a_classique_choice_turns_the_poste_red() -> None:
    assert told(TypeChoix.CLASSIQUE)["etat"] == "pourvu"


@pytest.mark.parametrize("type_choix", [TypeChoix.SURNOMBRE_VALIDANT, TypeChoix.SURNOMBRE_NON_VALIDANT])
def test_a_surnombre_leaves_the_poste_free_and_its_type_unsaid(type_choix: TypeChoix) -> None:
    fait = told(type_choix)
    assert fait["etat"] == "libre"
    assert "prive" not in fait and "surnombre" not in json.dumps(fait)
