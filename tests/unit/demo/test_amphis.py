"""Which amphis a rehearsal plays: ten that can run at once, and never where people would be written to."""

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from gradin.operations.demonstration.plan import REPETITION

EN_CHAINE = {"ancien-regime", "approfondissement"}


def test_the_ten_amphis_of_a_rehearsal_share_no_poste_and_none_is_played() -> None:
    cles = {(scene.groupe, scene.phase) for scene in REPETITION.scenes}
    enchaines = [groupe for groupe, phase in cles if phase in EN_CHAINE]
    assert len(cles) == 10 and len(enchaines) == len({*enchaines}) and not REPETITION.jouees
    assert all(scene.publiee and not scene.tours for scene in REPETITION.scenes)


@pytest.mark.parametrize(
    ("noms", "options", "mots"),
    [
        (("7",), {"smtp": "smtp://ailleurs"}, "vrais courriels"),
        ((), {}, "Dites quels amphis"),
        (("7",), {"tous": True}, "Dites quels amphis"),
    ],
)
def test_robots_refuse_to_play_what_was_not_said_or_would_write_to_people(
    settings: Settings, noms: tuple[str, ...], options: dict[str, object], mots: str
) -> None:
    settings.GRADIN_SMTP_URL = options.pop("smtp", "")
    with pytest.raises(CommandError, match=mots):
        call_command("run_robots", *noms, **options)
