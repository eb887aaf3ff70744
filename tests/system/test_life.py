"""The life of the service: its engine dies and comes back; a stop leaves nothing behind."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.messages.catalog import message
from tests.system.conftest import START_SECONDS, Running, children, gone, start

QUESTION = "Nhiệm vụ 34 của Kế hoạch UBND tỉnh do cơ quan nào chủ trì?"


def until(true: Callable[[], bool], seconds: float = START_SECONDS) -> None:
    limit = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < limit
        time.sleep(0.1)


def test_a_killed_engine_degrades_answers_until_it_is_back(server: Running) -> None:
    (engine,) = children(server.pid)
    assert server.custom(QUESTION)["degraded"] is False

    os.kill(engine, signal.SIGKILL)
    answer, notice = server.say(QUESTION)
    assert (answer["custom"]["status"], answer["custom"]["degraded"]) == ("answered", True)
    assert notice["text"] == message("turn.degraded")
    assert not server.ready()

    until(server.ready)
    assert server.custom(QUESTION)["degraded"] is False
    assert children(server.pid) != [engine]


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_however_a_start_is_broken_off_no_child_stays(tmp_path: Path, ending: signal.Signals) -> None:
    process, _ = start(tmp_path)
    try:
        until(lambda: bool(children(process.pid)))
        (engine,) = children(process.pid)
        time.sleep(1)
        process.send_signal(ending)
        process.wait(60)
        until(lambda: gone(engine), 60)
    finally:
        process.kill()
