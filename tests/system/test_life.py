"""The life of the service: its engine dies and comes back; a stop leaves nothing behind."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.messages.catalog import message
from tests.system.conftest import START_SECONDS, children, start, wait_ready

QUESTION = "Nhiệm vụ 34 của Kế hoạch UBND tỉnh do cơ quan nào chủ trì?"


def until(true: Callable[[], bool], seconds: float = START_SECONDS) -> None:
    limit = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < limit
        time.sleep(0.1)


def gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return b") Z" in Path(f"/proc/{pid}/stat").read_bytes()


def test_a_killed_engine_degrades_answers_until_it_is_back_and_a_stop_leaves_no_child(tmp_path: Path) -> None:
    process, running = start(tmp_path)
    try:
        wait_ready(process, running)
        (engine,) = children(process.pid)
        assert running.custom(QUESTION)["degraded"] is False

        os.kill(engine, signal.SIGKILL)
        answer, notice = running.say(QUESTION)
        assert answer["custom"]["degraded"] is True
        assert notice["text"] == message("turn.degraded")
        assert not running.ready()

        until(running.ready)
        assert running.custom(QUESTION)["degraded"] is False
        (restarted,) = children(process.pid)

        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
        assert gone(restarted)
    finally:
        process.kill()


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
