"""The process's clock: wall time at its start plus time elapsed since, so that a clock step moves nothing."""

import time

# BOOTTIME also counts the time a laptop sleeps: its amphi must see an outage, not a frozen hour.
_HORLOGE = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
_MUR_NS = time.time_ns()
_DEPART_NS = time.clock_gettime_ns(_HORLOGE)


def maintenant_ms() -> int:
    """Milliseconds UTC."""
    return (_MUR_NS + time.clock_gettime_ns(_HORLOGE) - _DEPART_NS) // 1_000_000
