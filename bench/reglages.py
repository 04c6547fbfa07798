"""Settings of a bench server: the shipped ones, over a store of its own."""

import os

os.environ.setdefault("GRADIN_SECRET_KEY", "0123456789-banc-de-mesure-abcdefghijklmnopqrstuvwxyz")

from gradin.config.settings import *  # noqa: F403

LOGGING = {**LOGGING, "loggers": {"gradin": {"level": "ERROR"}}}  # noqa: F405
