"""What people were told is saved stays saved, once, whenever the power goes."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.crash import Service, check, play

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds the processes in /proc")
KILLS = 2
SEED = 20261122


def test_reports_survive_kills_at_random_moments_and_none_is_saved_twice(tmp_path: Path) -> None:
    service = Service(tmp_path)
    service.start()
    try:
        crashes, played, receipts = play(service, KILLS, SEED)
        check(service, played, receipts)
    finally:
        service.kill()
    assert len(crashes) == KILLS
    # What a crash left unanswered was answered when it was sent again.
    assert service.rows("SELECT count(*) FROM turns WHERE state <> 'done'") == [(0,)]
