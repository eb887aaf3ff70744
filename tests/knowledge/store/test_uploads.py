from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from knowledge.errors import BadEvidence
from knowledge.progress.types import Content, Evidence
from knowledge.store.drafts import DraftStore
from knowledge.store.evidence import EvidenceStore
from knowledge.store.tables import evidence_files
from knowledge.store.uploads import Uploads
from tests.knowledge.store.ledgers import Desk, task

QUOTA = 1000
NOW = datetime.now(UTC)
MONTH_AGO = NOW - timedelta(days=30)


@pytest.fixture
def uploads(database: Engine, tmp_path: Path) -> Uploads:
    return Uploads(database, EvidenceStore(tmp_path / "evidence"), QUOTA)


def text(size: int, letter: str = "a") -> bytes:
    return letter.encode() * size


def full(uploads: Uploads, account: str, data: bytes) -> bool:
    """Send a file; whether it is refused for want of room."""
    try:
        uploads.keep(account, "a.txt", data)
    except BadEvidence as error:
        return (error.details["reason"], error.details["limit"]) == ("full", QUOTA)
    return False


def test_an_account_keeps_as_much_as_it_may_and_nothing_more_is_written(uploads: Uploads, desk: Desk) -> None:
    account, other = desk.science.id, desk.finance.id
    sent = [
        (account, text(600)),
        (account, text(401, "b")),
        (account, text(400, "c")),
        (account, text(600)),
        (other, text(1000, "d")),
    ]
    assert [full(uploads, *one) for one in sent] == [False, True, False, False, False]
    assert {uploads.files.open(name).stat().st_size for name in uploads.files.everything()} == {600, 400, 1000}


def test_content_that_is_here_counts_for_who_sent_it_first(uploads: Uploads, desk: Desk) -> None:
    uploads.keep(desk.science.id, "a.txt", text(900))
    uploads.keep(desk.finance.id, "b.txt", text(900))
    assert [full(uploads, a.id, text(101, "b")) for a in (desk.finance, desk.science)] == [False, False]
    assert full(uploads, desk.science.id, text(101, "c"))


def test_files_that_come_at_once_do_not_both_get_the_last_room(uploads: Uploads, desk: Desk) -> None:
    with ThreadPoolExecutor(4) as threads:
        refused = list(threads.map(lambda n: full(uploads, desk.science.id, text(600, chr(97 + n))), range(4)))
    assert sorted(refused) == [False, True, True, True]


def old(uploads: Uploads, database: Engine, found: Evidence) -> None:
    """Let a file have been sent 40 days ago."""
    then = NOW - timedelta(days=40)
    os.utime(uploads.files.open(found.sha256), (then.timestamp(), then.timestamp()))
    with database.begin() as connection:
        connection.execute(update(evidence_files).where(evidence_files.c.sha256 == found.sha256).values(at=then))


def test_what_no_report_and_no_draft_names_is_swept_when_it_is_old(
    uploads: Uploads, desk: Desk, database: Engine
) -> None:
    names = ("reported", "drafted", "left over", "new", "sent again", "not counted")
    kept = {n: uploads.keep(desk.science.id, f"{n}.txt", n.encode()) for n in names[:-1]}
    kept["not counted"] = uploads.files.keep("not counted.txt", b"not counted")
    for name in ("reported", "drafted", "left over", "sent again", "not counted"):
        old(uploads, database, kept[name])
    uploads.keep(desk.science.id, "again.txt", b"sent again")
    desk.ledger.append(desk.science.id, task(), Content(40, evidence=(kept["reported"],)), "web", "k")
    said = {"said": {"evidence": [{"kind": "file", "sha256": kept["drafted"].sha256}]}}
    DraftStore(database).put(desk.science.id, "c", said)
    assert (uploads.sweep(MONTH_AGO), uploads.sweep(MONTH_AGO)) == (2, 0)
    left = set(uploads.files.everything())
    assert {name for name, found in kept.items() if found.sha256 in left} == {
        "reported",
        "drafted",
        "new",
        "sent again",
    }
    assert not full(uploads, desk.science.id, text(900))


def test_a_file_that_another_gateway_has_swept_meanwhile_does_not_end_the_sweep(
    uploads: Uploads, desk: Desk, database: Engine
) -> None:
    for name in ("one", "two"):
        old(uploads, database, uploads.keep(desk.science.id, f"{name}.txt", name.encode()))
    gone = uploads.files.open(next(uploads.files.everything()))
    gone.unlink()
    gone.symlink_to("nowhere")  # listed, and not there when it is looked at
    assert uploads.sweep(MONTH_AGO) == 1


def test_what_could_not_be_written_takes_no_room_of_the_account_for_ever(
    uploads: Uploads, desk: Desk, database: Engine, tmp_path: Path
) -> None:
    (tmp_path / "evidence").touch()  # no folder: nothing can be written
    with pytest.raises(OSError, match="evidence"):
        uploads.keep(desk.science.id, "a.txt", text(900))
    (tmp_path / "evidence").unlink()
    assert full(uploads, desk.science.id, text(200, "b"))
    with database.begin() as connection:
        connection.execute(update(evidence_files).values(at=NOW - timedelta(days=40)))
    assert uploads.sweep(MONTH_AGO) == 0
    assert not full(uploads, desk.science.id, text(200, "b"))
