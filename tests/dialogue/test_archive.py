"""The file in which the dialogue engine keeps conversations."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot.dialogue import archive
from bot.dialogue.archive import Archive
from tests.dialogue.conftest import ROOT

DAY = 86400.0
WRITER = """
import sys
from pathlib import Path
from bot.dialogue.archive import Archive

kept = Archive(Path(sys.argv[1]), 100.0)
for number in range(1_000_000):
    kept.append("talk", str(number))
    print(number, flush=True)
"""


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def test_pieces_come_back_in_order_after_the_file_was_closed(tmp_path: Path) -> None:
    kept = Archive(tmp_path / "new" / "conversations.db", DAY)
    for piece in ("một", "hai"):
        kept.append("a", piece)
    kept.append("b", "khác")
    kept.close()
    again = Archive(tmp_path / "new" / "conversations.db", DAY)
    assert (again.read("a"), again.read("b"), again.read("c"), again.names()) == (
        ["một", "hai"],
        ["khác"],
        [],
        ["a", "b"],
    )


def test_replacing_leaves_one_piece(tmp_path: Path) -> None:
    kept = Archive(tmp_path / "conversations.db", DAY)
    for piece in ("một", "hai"):
        kept.append("a", piece)
    kept.replace("a", "cả hai")
    kept.append("a", "ba")
    assert kept.read("a") == ["cả hai", "ba"]


def test_what_is_silent_for_too_long_is_forgotten_oldest_first(tmp_path: Path) -> None:
    clock = Clock()
    kept = Archive(tmp_path / "conversations.db", 30 * DAY, clock)
    for day, name in enumerate(("a", "b", "c", "d")):
        clock.now = 1_000_000.0 + day * DAY
        kept.append(name, "x")
    clock.now += 28.5 * DAY
    kept.append("a", "y")  # not silent any more
    kept.forget(1)
    assert kept.names() == ["a", "c", "d"]
    clock.now += 1 * DAY
    kept.close()
    again = Archive(tmp_path / "conversations.db", 30 * DAY, clock)
    assert (again.names(), again.read("b"), again.read("c")) == (["a", "d"], [], [])


def test_only_its_owner_may_read_the_file(tmp_path: Path) -> None:
    kept = Archive(tmp_path / "conversations.db", DAY)
    kept.append("a", "x")
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


def test_a_second_engine_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "BUSY_MS", 10)
    kept = Archive(tmp_path / "conversations.db", DAY)
    kept.append("a", "x")
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        Archive(tmp_path / "conversations.db", DAY)
    assert kept.read("a") == ["x"]


def test_what_was_written_when_the_process_is_killed_is_there(tmp_path: Path) -> None:
    file = tmp_path / "conversations.db"
    with subprocess.Popen([sys.executable, "-c", WRITER, file], stdout=subprocess.PIPE, text=True, cwd=ROOT) as writer:
        assert writer.stdout is not None
        for line in writer.stdout:
            if line == "200\n":
                break
        os.kill(writer.pid, signal.SIGKILL)
        last = int(([line, *writer.stdout.read().splitlines()])[-1])
    pieces = Archive(file, 100.0).read("talk")
    assert pieces[: last + 1] == [str(n) for n in range(last + 1)]
    assert len(pieces) <= last + 2


def test_several_processes_share_the_file_each_on_a_seat_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "conversations.db"
    monkeypatch.setattr(archive, "BUSY_MS", 50)
    one, two = Archive(file, DAY, seat=1), Archive(file, DAY, seat=2)
    one.append("a", "một")
    two.append("b", "hai")
    assert (one.read("b"), two.read("a"), one.names()) == (["hai"], ["một"], ["a", "b"])
    for taken in (1, 2, 0):
        with pytest.raises(sqlite3.OperationalError):
            Archive(file, DAY, seat=taken)
    two.close()
    two = Archive(file, DAY, seat=2)
    one.close()
    two.close()
    assert Archive(file, DAY).read("b") == ["hai"]


def test_many_processes_may_find_no_file_at_once(tmp_path: Path) -> None:
    opened = "import sys; from pathlib import Path; from bot.dialogue.archive import Archive; "
    opened += "Archive(Path(sys.argv[1]), 1.0, seat=int(sys.argv[2])).append(sys.argv[2], sys.argv[2])"
    file = tmp_path / "conversations.db"
    started = [subprocess.Popen([sys.executable, "-c", opened, file, str(n)], cwd=ROOT) for n in range(1, 5)]
    assert [process.wait(60) for process in started] == [0] * 4
    assert Archive(file, DAY).names() == ["1", "2", "3", "4"]
