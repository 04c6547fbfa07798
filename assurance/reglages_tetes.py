"""Settings of the services and commands of the drill: published heads are kept, as in production."""

from tests.settings_serveur import *  # noqa: F403
from tests.settings_serveur import GRADIN_DATA

GRADIN_TETES = GRADIN_DATA / "tetes.json"
