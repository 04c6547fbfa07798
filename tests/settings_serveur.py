"""The settings of servers that tests start: rights are looked at twice a second."""

from gradin.config.settings_test import *  # noqa: F403

GRADIN_CONTROLE_S = 0.5
GRADIN_LENTEUR_S = 2.0
