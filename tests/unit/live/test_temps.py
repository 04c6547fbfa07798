"""The process's clock: what is done to the machine's hour moves nobody's turn (I15)."""

import time

import pytest

from gradin.live.temps import maintenant_ms

HEURE_NS = 3_600_000_000_000


@pytest.mark.parametrize("saut_ns", [HEURE_NS, -HEURE_NS, 500_000_000, -500_000_000])
def test_a_step_of_the_machine_s_hour_moves_nothing(monkeypatch: pytest.MonkeyPatch, saut_ns: int) -> None:
    avant, heure = maintenant_ms(), time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: heure() + saut_ns)
    monkeypatch.setattr(time, "time", lambda: heure() / 1e9 + saut_ns / 1e9)
    assert 0 <= maintenant_ms() - avant < abs(saut_ns) // 1_000_000
