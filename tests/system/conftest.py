"""The whole service as a person starts it, with the real dialogue engine and the trained model."""

from __future__ import annotations

import os
import ssl
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from bot.turns.ports import free_port

SAURO = Path(sys.executable).with_name("sauro")
START_SECONDS = 240
PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""For `verify` of single calls to loopback: without it each of them reads all certificate authorities, which takes longer than the call."""


@dataclass(frozen=True)
class Running:
    """A running `sauro serve`: its base URL, process id and what it wrote to standard error."""

    url: str
    pid: int
    log: Path

    def say(self, text: str, sender: str | None = None, token: str = "") -> list[dict[str, Any]]:
        """One turn over REST, in a conversation of its own unless a sender is given; signed in with a token."""
        body = {"sender": sender or f"test-{uuid4().hex}", "message": text}
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        url = f"{self.url}/webhooks/rest/webhook"
        response = httpx.post(url, json=body, headers=headers, timeout=60, trust_env=False, verify=PLAIN)
        response.raise_for_status()
        replies: list[dict[str, Any]] = response.json()
        return replies

    def custom(self, text: str, sender: str | None = None, token: str = "") -> dict[str, Any]:
        """The `custom` of a turn, which exactly one of its messages must carry."""
        (custom,) = [m["custom"] for m in self.say(text, sender, token) if "custom" in m]
        return dict(custom)

    def ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/readyz", timeout=10, trust_env=False, verify=PLAIN).is_success
        except httpx.TransportError:
            return False


def children(pid: int) -> list[int]:
    """Process ids of a process's children."""
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False).stdout
    return [int(line) for line in found.split()]


def gone(pid: int) -> bool:
    """Has a process ended? One that nobody has waited for yet counts as ended."""
    try:
        return b") Z" in Path(f"/proc/{pid}/stat").read_bytes()
    except FileNotFoundError:
        return True


def start(folder: Path, **settings: str) -> tuple[subprocess.Popen[bytes], Running]:
    """Start `sauro serve` and return at once."""
    port = free_port()
    environment = {k: v for k, v in os.environ.items() if not k.startswith("SAURO_")}
    environment |= {"SAURO_VAR": str(folder), "SAURO_PORT": str(port), **settings}
    log = folder / "serve.log"
    with log.open("wb") as out:
        process = subprocess.Popen([SAURO, "serve"], stdout=out, stderr=out, stdin=subprocess.DEVNULL, env=environment)
    return process, Running(f"http://127.0.0.1:{port}", process.pid, log)


def wait_answers(process: subprocess.Popen[bytes], url: str) -> None:
    """Wait until something is served at a URL, whatever it is."""
    limit = time.monotonic() + START_SECONDS
    while True:
        try:
            httpx.get(url, trust_env=False, verify=PLAIN)
            return
        except httpx.TransportError:
            assert process.poll() is None, "it ended"
            assert time.monotonic() < limit, "it did not start"
            time.sleep(0.05)


def wait_ready(process: subprocess.Popen[bytes], running: Running) -> None:
    """Wait until the service is ready; fail with its log when it ends instead."""
    limit = time.monotonic() + START_SECONDS
    while not running.ready():
        if process.poll() is not None or time.monotonic() > limit:
            process.kill()
            pytest.fail(f"sauro serve did not become ready:\n{running.log.read_text('utf-8')[-3000:]}")
        time.sleep(0.3)
