"""The commands on stored records as an operator runs them, on a folder of their own."""

import json
import sqlite3
from pathlib import Path

import pytest

from bot.messages.catalog import message
from knowledge.progress.types import Content
from knowledge.store.accounts import AccountStore
from knowledge.store.database import open_database
from knowledge.store.ledger import Ledger
from tests.bot.cli.commands import sauro
from tests.disks import full_beyond
from tests.knowledge.store.ledgers import task


def report(var: Path) -> None:
    """Three reports by an administrator."""
    engine = open_database(f"sqlite:///{var / 'sauro.db'}")
    accounts = AccountStore(engine)
    ledger = Ledger(engine, accounts, var / "ledger-head.json")
    author = accounts.create("Chi", "admin", None).id
    for percent in (10, 20, 30):
        ledger.append(author, task(), Content(percent, "in_progress"), "rest", f"k{percent}")
    engine.dispose()


def test_the_ledger_is_verified_listed_backed_up_and_restored(tmp_path: Path) -> None:
    first = sauro("ledger", "verify", var=tmp_path)
    assert (first.returncode, first.stdout.strip()) == (0, message("ledger.empty"))
    assert sauro("ledger", "list", var=tmp_path).stdout == message("ledger.none") + "\n"
    report(tmp_path)
    sound = sauro("ledger", "verify", var=tmp_path)
    assert (sound.returncode, sound.stdout.split(":")[0]) == (
        0,
        message("ledger.sound", count=3, hash="").split(":")[0],
    )
    listed = sauro("ledger", "list", "--limit", "2", var=tmp_path, SAURO_LANGUAGE="en").stdout.splitlines()
    assert [line.split()[0] for line in listed] == ["SR-000003", "SR-000002"]
    assert listed[0].endswith("kh-ubnd/tasks/3  update: 30%, in progress · Sở Khoa học và Công nghệ · Chi")

    saved = sauro("backup", "copy.tar.gz", var=tmp_path)
    assert (saved.returncode, "copy.tar.gz" in saved.stdout) == (0, True)
    assert (tmp_path / "copy.tar.gz").stat().st_mode & 0o777 == 0o600
    again = sauro("backup", "copy.tar.gz", var=tmp_path)
    assert (again.returncode, message("backup.exists", file="copy.tar.gz") in again.stderr) == (1, True)

    with sqlite3.connect(tmp_path / "sauro.db") as connection:
        connection.execute("DROP TRIGGER entries_no_update")
        connection.execute("UPDATE entries SET percent = 99 WHERE seq = 2")
    broken = sauro("ledger", "verify", var=tmp_path)
    assert (broken.returncode, broken.stdout, "SR-000002" in broken.stderr) == (1, "", True)
    unsaved = sauro("backup", "broken.tar.gz", var=tmp_path)
    assert (unsaved.returncode, "SR-000002" in unsaved.stderr) == (1, True)
    assert [path.name for path in tmp_path.glob("*.tar.gz*")] == ["copy.tar.gz"]

    refused = sauro("restore", "copy.tar.gz", var=tmp_path)
    assert (refused.returncode, message("restore.not_empty") in refused.stderr) == (1, True)
    with full_beyond(50):
        no_room = sauro("restore", "copy.tar.gz", "--replace", var=tmp_path)
    assert (no_room.returncode, no_room.stderr) == (1, "✗ " + message("restore.disk", reason="File too large") + "\n")
    restored = sauro("restore", "copy.tar.gz", "--replace", var=tmp_path)
    assert (restored.returncode, restored.stderr) == (0, "")
    assert sauro("ledger", "verify", var=tmp_path).stdout == sound.stdout


def test_a_backup_that_can_not_be_used_is_named_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "damaged.tar.gz").write_bytes(b"\x1f\x8b not an archive")
    for file, text in (
        ("nowhere.tar.gz", message("restore.no_file", file="nowhere.tar.gz")),
        ("damaged.tar.gz", message("restore.unreadable")),
    ):
        done = sauro("restore", file, var=tmp_path)
        assert (done.returncode, done.stdout, done.stderr.strip()) == (1, "", f"✗ {text}")
    unwritable = sauro("backup", "no/such/folder/copy.tar.gz", var=tmp_path)
    assert (unwritable.returncode, len(unwritable.stderr.strip().splitlines())) == (1, 1)


def test_the_check_by_hand_in_the_documents_works(tmp_path: Path) -> None:
    sauro("ledger", "verify", var=tmp_path)
    report(tmp_path)
    document = (Path(__file__).parents[3] / "docs" / "ledger.md").read_text("utf-8")
    code = document.partition("```python\n")[2].partition("```")[0].replace("var/sauro.db", str(tmp_path / "sauro.db"))
    names: dict[str, object] = {}
    exec(code, names)
    assert names["previous"] == json.loads((tmp_path / "ledger-head.json").read_text("utf-8"))["hash"]
    with sqlite3.connect(tmp_path / "sauro.db") as connection:
        connection.execute("DROP TRIGGER entries_no_update")
        connection.execute("UPDATE entries SET note = 'khác' WHERE seq = 2")
    with pytest.raises(AssertionError, match="2"):
        exec(code, {})
