"""The channel as processes: several on one database, and one that is killed over and over."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from benchmarks.zalo_crash import play
from benchmarks.zalo_stage import Stage
from bot.turns.ports import free_port
from knowledge.store.database import open_database
from tests.system.conftest import PLAIN

KILLS = 2
SEED = 20261122


def test_an_event_that_comes_fifty_times_over_two_processes_is_one_turn_and_one_reply(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    try:
        ports = [int(stage.gateway.rpartition(":")[2]), free_port()]
        for p in ports:
            stage.wait_ready(stage.start(p), p)
        raw, headers = stage.signed("u1", "Ai chủ trì SOC?")
        with ThreadPoolExecutor(10) as pool:
            addresses = [f"http://127.0.0.1:{p}/webhooks/zalo" for p in ports * 25]
            answers = list(
                pool.map(
                    lambda a: httpx.post(a, content=raw, headers=headers, timeout=30, verify=PLAIN).status_code,
                    addresses,
                )
            )
        stage.drain()
        heard, exchanges = stage.heard(), stage.state()["exchanges"]
    finally:
        stage.close()
    database = open_database(f"sqlite:///{tmp_path / 'sauro.db'}")
    with database.connect() as connection:
        (turns,) = connection.exec_driver_sql("SELECT count(*) FROM turns").one()
    database.dispose()
    assert (set(answers), turns, heard, exchanges) == ({200}, 1, {"u1": ["re: Ai chủ trì SOC?"]}, 1)


def test_what_was_taken_survives_kills_at_random_moments(tmp_path: Path) -> None:
    outcome = play(tmp_path, KILLS, SEED, 0)
    assert outcome.kills == KILLS
    assert outcome.taken > KILLS
