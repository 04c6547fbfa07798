"""Drawn examples have no time limit: a machine that does ten things at once is slow, not wrong."""

from hypothesis import HealthCheck, settings

settings.register_profile("gradin", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("gradin")
