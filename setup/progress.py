"""How set-up talks: numbered steps with seconds, a sign of life in long ones, and one last line that says what to do.

Lines are in Vietnamese, then in English; they come from `bot/messages/setup.toml`. What a step's commands print goes to
`.tools/setup.log`.
"""

from __future__ import annotations

import fcntl
import os
import re
import subprocess
import sys
import time
import tomllib
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Thread

from setup.project import LOG, ROOT, TOOLS

QUIET = 0.8  # a step that is over sooner says nothing (seconds)
SIGN_OF_LIFE = 15.0  # seconds between two lines in a long step, where the output is no terminal
KEPT_LINES = 15  # of a failed command's output, shown before the last line
ANSI = re.compile("\x1b\\[[0-9;]*m")
CHATTER = re.compile(r"\s|.*/site-packages/")  # continued lines and warnings say nothing of how far a step is


class SetupError(Exception):
    """A step can not be taken; the text is the one line that says what to do."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(say(key, **values))


@dataclass(frozen=True)
class Step:
    """`name` is its key in the messages, `ready` tells whether its result is there, `do` makes it."""

    name: str
    ready: Callable[[], bool]
    do: Callable[[Progress], None]


@cache
def _messages() -> dict[str, dict[str, str]]:
    return tomllib.loads((ROOT / "bot" / "messages" / "setup.toml").read_text("utf-8"))


def say(key: str, **values: object) -> str:
    """A message in both languages, on one line."""
    return " · ".join(_messages()[language][key].format(**values) for language in ("vi", "en"))


@contextmanager
def exclusive() -> Iterator[None]:
    """Hold the checkout for one set-up at a time; a second one waits, and says so."""
    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(say("waiting"), flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class Progress:
    """The lines of one step: its headline, what it is at, how long it took."""

    def __init__(self, headline: str) -> None:
        self._headline = headline
        self._started = time.monotonic()
        self._shown_at: float | None = None
        self._terminal = sys.stdout.isatty()

    def seconds(self) -> float:
        """Time since the step began."""
        return time.monotonic() - self._started

    def show(self) -> None:
        """Print the headline, once."""
        if self._shown_at is None:
            print(self._headline, flush=True)
            self._shown_at = time.monotonic()

    def note(self, line: str) -> None:
        """Print a line under the headline."""
        self.show()
        self._erase()
        print(f"      {line}", flush=True)

    def beat(self, latest: str) -> None:
        """Show that the step is alive: rewrite one line on a terminal, else print one every SIGN_OF_LIFE seconds."""
        if self.seconds() < QUIET:
            return
        self.show()
        line = f"      {self.seconds():4.0f} s  {latest}"[:110]
        if self._terminal:
            print(f"\r\033[K{line}", end="", flush=True)
        elif time.monotonic() - (self._shown_at or 0) >= SIGN_OF_LIFE:
            print(line, flush=True)
            self._shown_at = time.monotonic()

    def close(self, key: str) -> None:
        """Print how long the step took, if it was shown at all."""
        if self._shown_at is not None:
            self._erase()
            print(f"      {say(key, seconds=f'{self.seconds():.0f}')}", flush=True)

    def _erase(self) -> None:
        if self._terminal:
            print("\r\033[K", end="", flush=True)


def take(step: Step, number: int, of: int) -> None:
    """Take a step unless its result is there."""
    if step.ready():
        return
    progress = Progress(f"[{number}/{of}] {say(step.name)}")
    step.do(progress)
    progress.close("done")


def attempt(progress: Progress, command: Sequence[str | Path], cwd: Path = ROOT, **settings: str) -> deque[str] | None:
    """Run a command, its output kept in the log. Returns None when it succeeded, else the last lines it printed."""
    last: deque[str] = deque(maxlen=KEPT_LINES)
    with LOG.open("a", encoding="utf-8") as log:
        print("$", *command, file=log, flush=True)
        try:
            child = subprocess.Popen(
                [str(piece) for piece in command], cwd=cwd, env=environment(**settings), stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
            )  # fmt: skip
        except OSError as error:
            return deque([str(error)])
        reader = Thread(target=_read, args=(child, log, last), daemon=True)
        reader.start()
        try:
            while reader.is_alive():
                progress.beat(next((line for line in reversed(last) if not CHATTER.match(line)), ""))
                reader.join(timeout=0.2)
        except KeyboardInterrupt:
            child.terminate()
            raise
        return last if child.wait() else None


def run(progress: Progress, command: Sequence[str | Path], otherwise: str, cwd: Path = ROOT, **settings: str) -> None:
    """Run a command; when it fails, show its last lines and end with the message `otherwise`."""
    last = attempt(progress, command, cwd, **settings)
    if last is not None:
        progress.show()
        for line in last:
            progress.note(line)
        raise SetupError(otherwise, log=LOG.relative_to(ROOT))


def environment(**settings: str) -> Mapping[str, str]:
    """The environment of a step's commands: the caller's, less what would lead them to another Python."""
    misleading = {"VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME", "UV_PROJECT_ENVIRONMENT", "UV_PYTHON"}
    kept = {name: value for name, value in os.environ.items() if name not in misleading}
    return {**kept, "UV_PYTHON_DOWNLOADS": "never", "PYTHONUNBUFFERED": "1", **settings}


def _read(child: subprocess.Popen[str], log: object, last: deque[str]) -> None:
    for line in child.stdout or ():
        print(line, end="", file=log, flush=True)  # type: ignore[call-overload]
        if plain := ANSI.sub("", line).rstrip():
            last.append(plain)
