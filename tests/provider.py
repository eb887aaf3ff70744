"""A real OpenID Connect provider: a process of its own on loopback, which knows the people that a test tells it of."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from tests.system.conftest import free_port


@contextmanager
def running_provider() -> Iterator[str]:
    """Its address."""
    port = free_port()
    command = [sys.executable, "-m", "oidc_provider_mock", "-p", str(port), "-n", "true"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        url = f"http://127.0.0.1:{port}"
        for _ in range(400):
            try:
                httpx.get(f"{url}/jwks", trust_env=False)
                break
            except httpx.TransportError:
                time.sleep(0.05)
        yield url
        process.terminate()


def know(provider: str, sub: str, **claims: object) -> None:
    """What the provider tells of a person from now on."""
    httpx.put(f"{provider}/users/{sub}", json=claims, trust_env=False).raise_for_status()
