"""A server whose whole log goes to a file, finer than production's, and that fails when asked to."""

import os

from tests.settings_serveur import *  # noqa: F403
from tests.settings_serveur import LOGGING, MIDDLEWARE

LOGGING = {
    **LOGGING,
    "handlers": {
        "console": {
            "class": "logging.FileHandler",
            "filename": os.environ["GRADIN_TEST_JOURNAL"],
            "filters": LOGGING["handlers"]["console"]["filters"],
        },
    },
    "root": {"handlers": ["console"], "level": "INFO"},
}
# Innermost: the view itself is what breaks.
MIDDLEWARE = [*MIDDLEWARE, "tests.panne.Panne"]
