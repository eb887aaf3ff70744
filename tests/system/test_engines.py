"""Two dialogue engines: reports that are told to both at once, while one of them is killed in the middle."""

from __future__ import annotations

import os
import signal
import sys
import time
from itertools import islice
from pathlib import Path
from zlib import crc32

import pytest

from benchmarks.crash import RECEIPT, Dialog, Service, dialogs
from tests.system.conftest import START_SECONDS, children

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds the processes in /proc")
TALKS = 8


class Talk:
    """One dialog in a conversation of its own."""

    def __init__(self, service: Service, number: int, dialog: Dialog) -> None:
        self.name = f"talk-{number}"
        self.dialog = dialog
        self._service = service
        self._said = 0

    @property
    def engine(self) -> int:
        """Which of the two engines the conversation has, as its first row tells."""
        (row,) = self._service.rows("SELECT DISTINCT conversation FROM turns WHERE message_id LIKE ?", f"{self.name}-%")
        return crc32(row[0].encode()) % 2

    def say(self, text: str) -> list[dict[str, object]]:
        self._said += 1
        replies = self._service.say(self.name, text, f"{self.name}-{self._said}")
        return [{**m["custom"], "text": m.get("text", "")} for m in replies if "custom" in m]


def test_while_one_engine_is_killed_the_other_goes_on_and_each_report_comes_to_its_end(tmp_path: Path) -> None:
    service = Service(tmp_path, settings={"SAURO_ENGINES": "2"})
    service.start()
    try:
        assert service.process is not None
        talks = [Talk(service, number, dialog) for number, dialog in enumerate(islice(dialogs(), TALKS))]
        for talk in talks:
            assert [m["status"] for m in talk.say(talk.dialog.messages[0])] == ["asking"]
        first, second = sorted(children(service.process.pid))
        assert {talk.engine for talk in talks} == {0, 1}

        os.kill(first, signal.SIGKILL)
        receipts = {}
        for talk in (talk for talk in talks if talk.engine == 1):
            for text in talk.dialog.messages[1:]:
                (told,) = talk.say(text)
                assert told["degraded"] is False
            assert told["status"] == "saved"
            receipts[talk.dialog.item] = RECEIPT.findall(str(told["text"]))
        assert second in children(service.process.pid)

        limit = time.monotonic() + START_SECONDS
        while not service.ready():
            assert time.monotonic() < limit
            time.sleep(0.1)
        for talk in (talk for talk in talks if talk.engine == 0):
            statuses = [talk.say(text)[0]["status"] for text in talk.dialog.messages[1:]]
            assert statuses == ["asking"] * (len(statuses) - 1) + ["saved"]
        rows = service.rows("SELECT item, percent FROM entries ORDER BY seq")
        assert sorted(rows) == sorted((talk.dialog.item, talk.dialog.percent) for talk in talks)
        saved = service.rows("SELECT item, 'SR-' || printf('%06d', seq) FROM entries")
        assert {item: [receipt] for item, receipt in saved if item in receipts} == receipts

        # With another number of engines, conversations go on where they were.
        talk = Talk(service, TALKS, talks[1].dialog)
        for text in talk.dialog.messages[:-1]:
            assert talk.say(text)[0]["status"] == "asking"
        service.kill()
        service.settings["SAURO_ENGINES"] = "1"
        service.start()
        assert talk.say(talk.dialog.messages[-1])[0]["status"] == "saved"
    finally:
        service.kill()
