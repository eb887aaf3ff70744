"""Staff who report progress while the service is killed: what the kill tests and the soak play, and what must hold afterwards.

The processes are the real ones, started by `sauro serve`, and are ended by SIGKILL at random moments of a turn. A client does what the
widget does: a message without an answer is sent again under its id. What was confirmed must be in the ledger, once, and each dialog must
come to its end as if nothing had happened.
"""

from __future__ import annotations

import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import httpx

from bot.turns.ports import free_port
from knowledge.corpus import load_corpus
from knowledge.progress.rights import may_log
from knowledge.progress.types import Account

SAURO = Path(sys.executable).with_name("sauro")
REPORTS = json.loads(Path(__file__).with_name("reports.json").read_text("utf-8"))
RECEIPT = re.compile(r"SR-\d{6}")
START_SECONDS = 300
TURN_SECONDS = 0.12
"""A kill falls within so long after a message was sent: a turn and a little more."""


class Broken(Exception):
    """A dialog did not come to its end, or what was confirmed is not what is written."""


@dataclass(frozen=True)
class Dialog:
    """The messages of one report, and what is then to be in the ledger: the task's number in its plan and the percentage."""

    messages: tuple[str, ...]
    item: str
    percent: int


@dataclass(frozen=True)
class Crash:
    """A kill: how long after which message; what it found on disk (the turn's row, whether the report was saved); whether its client had
    been answered; how long the service took to be ready again.
    """

    message: str
    after_ms: int
    row: str
    saved: bool
    answered: bool
    ready_seconds: float


@dataclass
class Service:
    """`sauro serve` on a folder, with one account of staff; started and killed as often as one likes, each time with `settings`."""

    folder: Path
    process: subprocess.Popen[bytes] | None = None
    port: int = 0
    token: str = ""
    settings: dict[str, str] = field(default_factory=dict)
    _environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.port = free_port()
        kept = {k: v for k, v in os.environ.items() if not k.startswith("SAURO_")}
        own = {"SAURO_VAR": str(self.folder), "SAURO_PORT": str(self.port), "SAURO_RATE_BURST": "100000"}
        self._environment = kept | own
        who = ("--name", REPORTS["name"], "--role", "staff", "--agency", REPORTS["agency"])
        self.token = self.sauro("accounts", "create", *who, "--print-token").strip()
        self._client = httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=60, trust_env=False)

    def sauro(self, *arguments: str) -> str:
        """What a command prints. Raises CalledProcessError when it fails."""
        command = [str(SAURO), *arguments]
        done = subprocess.run(command, env=self._environment, capture_output=True, text=True, check=True)  # noqa: S603
        return done.stdout

    def start(self) -> float:
        """Start and wait until it is ready; returns the seconds that took."""
        began = time.monotonic()
        with (self.folder / "serve.log").open("ab") as log:
            environment = self._environment | self.settings
            self.process = subprocess.Popen([str(SAURO), "serve"], env=environment, stdout=log, stderr=log)  # noqa: S603
        while not self.ready():
            if self.process.poll() is not None or time.monotonic() - began > START_SECONDS:
                raise RuntimeError((self.folder / "serve.log").read_text("utf-8")[-2000:])
            time.sleep(0.1)
        return time.monotonic() - began

    def kill(self) -> None:
        """End the gateway and the dialogue engine at once, as a power cut does."""
        if self.process is None or self.process.poll() is not None:
            return
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text("ascii").split()
        for number in (signal.SIGSTOP, signal.SIGKILL):
            for pid in (self.process.pid, *map(int, children)):
                os.kill(pid, number)
        self.process.wait()

    def say(self, sender: str, text: str, message_id: str) -> list[dict[str, Any]]:
        """One turn over REST as staff.

        Raises:
            httpx.HTTPError: it was not answered.
        """
        body = {"sender": sender, "message": text, "message_id": message_id}
        headers = {"Authorization": f"Bearer {self.token}"}
        response = self._client.post("/webhooks/rest/webhook", json=body, headers=headers)
        replies: list[dict[str, Any]] = response.raise_for_status().json()
        return replies

    def rows(self, statement: str, *values: str) -> list[tuple[Any, ...]]:
        """Rows of the service's database."""
        with sqlite3.connect(self.folder / "sauro.db") as base:
            return base.execute(statement, values).fetchall()

    def ready(self) -> bool:
        """Is it ready?"""
        try:
            return self._client.get("/readyz").is_success
        except httpx.TransportError:
            return False


def dialogs() -> Iterator[Dialog]:
    """Reports without end, told in one sentence or step by step, on all tasks that the agency leads."""
    staff = Account("a", "staff", REPORTS["agency"])
    records = load_corpus().part(REPORTS["plan"], "tasks")
    items = [record.key.item for record in records if may_log(staff, record)]  # type: ignore[arg-type]  # tasks
    for number in count():
        item, percent = items[number % len(items)], 1 + number * 7 % 99
        told = REPORTS["dialogs"][number % len(REPORTS["dialogs"])]
        yield Dialog(tuple(text.format(item=item, percent=percent) for text in told), item, percent)


def play(service: Service, kills: int, seed: int) -> tuple[list[Crash], list[Dialog], list[str]]:
    """Play dialogs, each to its end, until the service was killed so often; returns the kills, the dialogs and the receipts given.

    Raises:
        Broken: a dialog did not come to its end.
    """
    rng = random.Random(seed)  # noqa: S311  (not for secrets)
    crashes: list[Crash] = []
    played: list[Dialog] = []
    receipts: list[str] = []
    until = rng.randint(1, 3)
    for number, dialog in enumerate(dialogs()):
        if len(crashes) == kills:
            return crashes, played, receipts
        statuses = []
        for step, text in enumerate(dialog.messages):
            until -= 1
            sent = (f"dialog-{number}", text, f"message-{number}-{step}")
            if until == 0 and len(crashes) < kills:
                replies, crash = _killed(service, sent, rng.uniform(0, TURN_SECONDS))
                crashes.append(crash)
                until = rng.randint(1, 3)
            else:
                replies = service.say(*sent)
            statuses += [m["custom"]["status"] for m in replies if "custom" in m]
        said = " ".join(m.get("text", "") for m in replies)
        if statuses != ["asking"] * (len(dialog.messages) - 1) + ["saved"]:
            raise Broken(f"{dialog}: {statuses}, {said[:300]!r}, after {crashes[-1:]}")
        receipts += RECEIPT.findall(said)
        played.append(dialog)
    raise Broken("dialogs end")


def _killed(service: Service, sent: tuple[str, str, str], after: float) -> tuple[list[dict[str, Any]], Crash]:
    """Send a message and kill the service so many seconds later; start it, and send the message again if it has no answer."""
    got: list[list[dict[str, Any]]] = []

    def send() -> None:
        with suppress(httpx.HTTPError):
            got.append(service.say(*sent))

    before = service.rows("SELECT count(*) FROM entries")
    client = threading.Thread(target=send)
    client.start()
    time.sleep(after)
    service.kill()
    client.join()
    answered = bool(got)
    row = service.rows("SELECT state FROM turns WHERE message_id = ?", sent[2])
    saved = service.rows("SELECT count(*) FROM entries") != before
    took = service.start()
    replies = got[0] if got else service.say(*sent)
    return replies, Crash(sent[1], round(after * 1000), row[0][0] if row else "", saved, answered, took)


def check(service: Service, played: list[Dialog], receipts: list[str]) -> None:
    """Everything that was confirmed is in the ledger, nothing is there twice, and the chain holds.

    Raises:
        Broken, subprocess.CalledProcessError: that is not so.
    """
    rows = service.rows("SELECT seq, item, percent FROM entries ORDER BY seq")
    if [(item, percent) for _, item, percent in rows] != [(d.item, d.percent) for d in played]:
        raise Broken(f"reported {played}, written {rows}")
    if receipts != [f"SR-{seq:06d}" for seq, _, _ in rows]:
        raise Broken(f"confirmed {receipts}, written {rows}")
    service.sauro("ledger", "verify")
