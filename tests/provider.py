"""A real OpenID Connect provider: a process of its own on loopback, which knows the people that a test tells it of."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from bot.turns.ports import free_port
from tests.system.conftest import PLAIN, wait_answers


@contextmanager
def running_provider() -> Iterator[str]:
    """Its address."""
    port = free_port()
    command = [sys.executable, "-m", "oidc_provider_mock", "-p", str(port), "-n", "true"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        url = f"http://127.0.0.1:{port}"
        try:
            wait_answers(process, f"{url}/jwks")
            yield url
        finally:
            process.terminate()


def know(provider: str, sub: str, **claims: object) -> None:
    """What the provider tells of a person from now on."""
    httpx.put(f"{provider}/users/{sub}", json=claims, trust_env=False, verify=PLAIN).raise_for_status()
