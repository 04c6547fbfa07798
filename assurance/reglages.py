"""Settings of a process whose SQLite is opened otherwise: the controls of the power cuts.

GRADIN_PRAGMAS: what is executed at each opening, instead of the shipped pragmas.
"""

import os

from gradin.config.settings_test import *  # noqa: F403
from gradin.config.settings_test import DATABASES

if os.environ.get("GRADIN_PRAGMAS"):
    DATABASES["default"]["OPTIONS"]["init_command"] = os.environ["GRADIN_PRAGMAS"]
