"""The supervisor with a real child process in the engine's place."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.turns.dialogue import Dialogue, DialogueUnavailable
from bot.turns.engine import Engine, EngineFailed
from bot.turns.launch import Launch, MissingPart

STANDIN = Path(__file__).parents[1] / "standin.py"
PATIENCE = 120.0  # seconds; a loaded machine is slow to start a process
ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class StandIn(Launch):
    options: tuple[str, ...] = ()

    def command(self, host: str, port: int) -> list[str]:
        return [sys.executable, str(STANDIN), "--port", str(port), *self.options]


@asynccontextmanager
async def running(*options: str) -> AsyncIterator[tuple[Engine, Dialogue]]:
    engine = Engine(
        StandIn(ROOT, Path(sys.executable), STANDIN, "", Path("conversations.db"), "", options=options),
        PATIENCE,
        first_pause=0.01,
    )
    dialogue = Dialogue(lambda: [engine.address], 5)
    await engine.start()
    try:
        yield engine, dialogue
    finally:
        await engine.stop()
        await dialogue.close()


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not true():  # noqa: ASYNC110  (another process is watched)
            await asyncio.sleep(0.02)


async def engine_ready(dialogue: Dialogue) -> None:
    async with asyncio.timeout(PATIENCE):
        while not await dialogue.ready():  # noqa: ASYNC110
            await asyncio.sleep(0.02)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return b") Z" not in Path(f"/proc/{pid}/stat").read_bytes()


async def test_a_started_engine_answers_and_a_stopped_one_is_gone() -> None:
    async with running() as (engine, dialogue):
        await engine.wait_ready(dialogue)
        assert (await dialogue.send("c", "chào"))[0]["text"] == "đáp: chào"
        pid = engine.pid
        assert pid is not None
    assert (alive(pid), engine.address) == (False, None)


async def test_an_engine_that_dies_is_started_again() -> None:
    async with running() as (engine, dialogue):
        await engine.wait_ready(dialogue)
        with pytest.raises(DialogueUnavailable):
            await dialogue.send("c", "chết đi")
        await until(lambda: engine.starts == 2)
        await engine_ready(dialogue)
        assert (await dialogue.send("c", "chào"))[0]["text"] == "đáp: chào"


async def test_an_engine_that_hangs_is_killed_and_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.turns.pulse.CHECK_SECONDS", 0.3)
    async with running() as (engine, dialogue):
        await engine.wait_ready(dialogue)
        hung = engine.pid
        assert hung is not None
        await asyncio.sleep(0.7)  # it is seen to answer
        assert engine.starts == 1
        os.kill(hung, signal.SIGSTOP)
        await until(lambda: engine.starts == 2)
        assert not alive(hung)
        await engine_ready(dialogue)
        assert (await dialogue.send("c", "chào"))[0]["text"] == "đáp: chào"


async def test_an_engine_that_can_not_start_says_why() -> None:
    async with running("--dies") as (engine, dialogue):
        with pytest.raises(EngineFailed, match="ValueError: the model is broken"):
            await engine.wait_ready(dialogue)


async def test_an_engine_without_a_model_fails_the_start_at_once() -> None:
    async with running("--empty") as (engine, dialogue):
        with pytest.raises(EngineFailed, match="no model"):
            await engine.wait_ready(dialogue)


async def test_an_engine_that_does_not_listen_to_sigterm_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.turns.engine.STOP_SECONDS", 0.2)
    async with running("--stays") as (engine, dialogue):
        await engine.wait_ready(dialogue)
        pid = engine.pid
        assert pid is not None
    assert not alive(pid)


@pytest.mark.skipif(sys.platform != "linux", reason="asks the Linux kernel")
def test_an_engine_does_not_outlive_a_killed_parent() -> None:
    guard = ROOT / "bot/turns/guard.py"
    script = (
        "import os, subprocess, sys, time\n"
        f"child = subprocess.Popen([sys.executable, '-I', '-S', {str(guard)!r}, str(os.getpid()), 'sleep', '600'])\n"
        "print(child.pid, flush=True)\n"
        "time.sleep(600)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        asyncio.run(until(lambda: Path(f"/proc/{pid}/comm").read_text() == "sleep\n"))
        parent.send_signal(signal.SIGKILL)
    asyncio.run(until(lambda: not alive(pid)))


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    python, model = tmp_path / "python", tmp_path / "model.tar.gz"
    launch = Launch(tmp_path, python, model, "", tmp_path / "conversations.db", "")
    with pytest.raises(MissingPart) as missing:
        launch.check()
    assert (missing.value.part, missing.value.path) == ("engine", python)
    python.touch()
    with pytest.raises(MissingPart) as missing:
        launch.check()
    assert (missing.value.part, missing.value.path) == ("model", model)


def test_the_engine_is_not_told_secrets_and_sends_no_telemetry() -> None:
    launch = Launch(
        ROOT, Path("python"), Path("model"), "http://127.0.0.1:1/webhook?token=t", Path("/var/talks.db"), "for callers"
    )
    ours = ("SECRET", "DATABASE_URL", "OIDC_CLIENT_SECRET", "ZALO_OA_SECRET", "ZALO_REFRESH_TOKEN", "RASA_TOKEN")
    environment = launch.environment({"HOME": "/home/an", **{f"SAURO_{name}": "secret" for name in ours}})
    assert {name: value for name, value in environment.items() if name.startswith("SAURO_")} == {
        "SAURO_ACTIONS_URL": "http://127.0.0.1:1/webhook?token=t",
        "SAURO_CONVERSATIONS": "/var/talks.db",
        "SAURO_RASA_TOKEN": "for callers",
        "SAURO_SEAT": "0",
    }
    assert (environment["HOME"], environment["RASA_TELEMETRY_ENABLED"]) == ("/home/an", "false")
