"""What tests in several places share: one running service."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.gateway.settings import Settings
from tests.system.conftest import Running, children, gone, start, wait_ready


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One running service for all tests that do not end it."""
    model = Settings().rasa_model
    if not model.is_file():
        pytest.fail(f"the dialogue model {model} is missing; run: make setup")
    process, running = start(tmp_path_factory.mktemp("sauro"))
    try:
        wait_ready(process, running)
        yield running
        engine = children(process.pid)
        process.terminate()
        # An ordered stop: no error, and nothing of it stays.
        assert process.wait(60) == 0
        assert all(gone(pid) for pid in engine)
    finally:
        process.kill()
