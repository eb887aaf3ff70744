"""Keeps the dialogue engine running as a private child process: on loopback, restarted when it dies or hangs, ended with this process."""

from __future__ import annotations

import asyncio
import os
import re
import sys
import time
from collections import deque
from contextlib import suppress
from pathlib import Path

import structlog

from bot.turns.dialogue import Dialogue, DialogueError, DialogueFault
from bot.turns.launch import Launch
from bot.turns.ports import HOST, free_port
from bot.turns.pulse import silence

log = structlog.get_logger(__name__)

GUARD = Path(__file__).with_name("guard.py")
STEADY_SECONDS = 60.0
LONGEST_PAUSE = 30.0
STOP_SECONDS = 10.0
# Rasa's error lines may quote the message as text='...'.
QUOTED_TEXT = re.compile(r"\btext=('[^']*'|\"[^\"]*\"|\S+)")


class EngineFailed(Exception):
    """The engine did not become ready; the text is the last thing it said."""


class Engine:
    """Supervises one engine process. `address` is its URL while it runs, else None; each start takes a free port unless one is given.

    One that does not answer within `start_seconds` of its start counts as hung.
    """

    def __init__(self, launch: Launch, start_seconds: float, port: int = 0, first_pause: float = 1.0) -> None:
        self._launch = launch
        self._start_seconds = start_seconds
        self._port = port
        self._first_pause = first_pause
        self._process: asyncio.subprocess.Process | None = None
        self._watch: asyncio.Task[None] | None = None
        self._said: deque[str] = deque(maxlen=30)
        self.address: str | None = None
        self.starts = 0

    @property
    def pid(self) -> int | None:
        """Process id while it runs."""
        return self._process.pid if self._process else None

    async def start(self) -> None:
        """Start the process and keep it running from now on."""
        await self._spawn()
        self._watch = asyncio.create_task(self._keep())

    async def wait_ready(self, dialogue: Dialogue) -> None:
        """Wait until the engine is ready, at most as long as it may take to start.

        Raises:
            EngineFailed: the process ended, it has no model, or the time is up.
        """
        limit = time.monotonic() + self._start_seconds
        while True:
            try:
                return await dialogue.check(self.address)
            except DialogueFault as error:
                raise EngineFailed(self.last_words()) from error
            except DialogueError:
                pass
            if self.starts > 1 or self._process is None:
                raise EngineFailed(self.last_words())
            if time.monotonic() > limit:
                raise EngineFailed(f"{self._start_seconds:.0f} s; {self.last_words()}")
            await asyncio.sleep(0.25)

    async def stop(self) -> None:
        """End the process: asked first, then killed."""
        if self._watch is not None:
            self._watch.cancel()
            with suppress(asyncio.CancelledError):
                await self._watch
        process, self._process, self.address = self._process, None, None
        if process is None or process.returncode is not None:
            return
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), STOP_SECONDS)
        except TimeoutError:
            process.kill()
            await process.wait()

    def last_words(self) -> str:
        """The last line that names an error, else the last line."""
        lines = [line for line in self._said if line.strip()]
        named = [line for line in lines if "Error" in line or "ERROR" in line]
        return (named or lines or ["-"])[-1]

    async def _keep(self) -> None:
        pause = self._first_pause
        while True:
            began = time.monotonic()
            if self._process is not None:
                hung = asyncio.create_task(self._end_when_silent(self._process))
                try:
                    await self._listen(self._process)
                    code = await self._process.wait()
                finally:
                    hung.cancel()
                self._process, self.address = None, None
                log.error("engine ended", code=code, said=self.last_words())
            steady = time.monotonic() - began > STEADY_SECONDS
            pause = self._first_pause if steady else min(pause * 2, LONGEST_PAUSE)
            await asyncio.sleep(pause)
            try:
                await self._spawn()
            except OSError as error:  # the machine is short of something; it may not be for long
                log.error("engine start failed", reason=str(error), retry_in=pause)

    async def _end_when_silent(self, process: asyncio.subprocess.Process) -> None:
        if self.address is not None:
            await silence(self.address, self._start_seconds)
            log.error("engine hangs", pid=process.pid)
            process.kill()

    async def _spawn(self) -> None:
        port = self._port or free_port()
        command = [sys.executable, "-I", "-S", str(GUARD), str(os.getpid()), *self._launch.command(HOST, port)]
        self._process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            cwd=self._launch.root,
            env=self._launch.environment(),
            start_new_session=True,  # Ctrl-C in a terminal is for this process, which then ends the engine in order
        )
        self.address = f"http://{HOST}:{port}"
        self.starts += 1
        log.info("engine started", pid=self._process.pid, port=port, start=self.starts)

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None  # noqa: S101  (it was opened as a pipe)
        while chunk := await _line(process.stdout):
            line = QUOTED_TEXT.sub("text=…", chunk.decode("utf-8", "replace").rstrip())
            self._said.append(line)
            log.debug("engine", line=line)


async def _line(stream: asyncio.StreamReader) -> bytes:
    try:
        return await stream.readuntil(b"\n")
    except asyncio.IncompleteReadError as error:
        return error.partial
    except asyncio.LimitOverrunError as error:
        return await stream.readexactly(error.consumed)
