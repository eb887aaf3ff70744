"""What tests in several places share: one running service, and how the whole suite is dealt out to several workers."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from bot.gateway.settings import Settings
from tests.system.conftest import Running, children, gone, start, wait_ready

HERE = Path(__file__).parent
TODAY = "2026-11-18"
"""A Wednesday: what the running service takes for today, so that "hôm qua" and "thứ sáu tuần trước" are known days."""
# Tests that share something costly run in one worker, so that it is made once: those of a folder, unless they stand here.
# The longest come first, so that no worker is left with one of them at the end.
GROUPS = {
    "dialogue": ("dialogue/test_training.py", "dialogue/test_understanding.py"),
    "service": ("system/test_turns.py", "system/test_life.py", "dialogues"),
    "browser": ("browser",),
    "kill": ("system/test_kill.py",),
    "processes": ("bot/channels/zalo/test_processes.py",),
    "compose": ("compose",),
    "engine": ("dialogue",),
    "zalo": ("system",),
    "database": ("knowledge/store",),
    "setup": ("setup",),
    "encoders": ("knowledge/search", "bot/cli/test_evaluate.py"),
}


class ByGroup(LoadScopeScheduling):
    """Deals out whole groups in the order of the tests. (`--dist loadgroup` names groups in test ids, which pytest 9.2 ignores.)"""

    def _split_scope(self, nodeid: str) -> str:
        return _group(Path(nodeid.partition("::")[0]))


def _group(file: Path) -> str:
    """The group of a test file, given from the root of the checkout: the first in `GROUPS` that holds it or a folder of it, else
    its folder.
    """
    place = file.relative_to(HERE.name)
    around = {place.as_posix(), *(folder.as_posix() for folder in place.parents)}
    return next((name for name, places in GROUPS.items() if around & set(places)), place.parent.as_posix())


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByGroup:
    return ByGroup(config, log)


def pytest_collection_finish() -> None:
    """What is loaded by now stays until the end: to look through it for garbage again and again takes a sixth of the suite's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In a worker: put the long groups first."""
    if hasattr(config, "workerinput"):
        order = {name: place for place, name in enumerate(GROUPS)}
        items.sort(key=lambda item: order.get(_group(item.path.relative_to(HERE.parent)), len(order)))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One running service for all tests that do not end it."""
    model = Settings().rasa_model
    if not model.is_file():
        pytest.fail(f"the dialogue model {model} is missing; run: make setup")
    process, running = start(tmp_path_factory.mktemp("sauro"), SAURO_TODAY=TODAY)
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
