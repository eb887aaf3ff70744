import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from knowledge.errors import BadProgress, Forbidden, KeyReused, LedgerBroken, SauroError, UnknownAccount, UnknownEntry
from knowledge.progress.types import Content, Entry, EntryKind, Evidence
from knowledge.store.ledger import Ledger
from knowledge.store.tables import entries
from knowledge.types import Key, Target, Task
from tests.knowledge.store.ledgers import SCIENCE, Desk, target, task

NOON = datetime(2026, 10, 1, 5, 0, 0, 123456, tzinfo=UTC)
FULL = Content(
    35, "in_progress", "Vừa khảo sát xong.\nDòng hai: “trích” 🙂", "Chờ vốn", "Đấu thầu",
    (Evidence("link", "Biên bản", "https://example.vn/bb"), Evidence("file", "a.pdf", "", "a" * 64, "application/pdf", 12)),
)  # fmt: skip


def test_an_entry_is_read_back_as_it_was_written(desk: Desk) -> None:
    ledger = Ledger(desk.engine, desk.accounts, desk.file, now=lambda: NOON, versions={"kh-ubnd": "v" * 64})
    entry = ledger.append(desk.science.id, task(), FULL, "zalo", "turn-1")
    record = task()
    assert entry == Entry(
        1, entry.id, "update", record.id, record.key, "v" * 64, None, desk.science.id, SCIENCE, "zalo", NOON, FULL, "", entry.hash
    )  # fmt: skip
    assert entry.receipt == "SR-000001"
    found = [ledger.entry(entry.id), ledger.entry("sr-000001"), ledger.by_key("turn-1"), *ledger.entries([record.id])]
    assert found == [entry] * 4
    assert [list(ledger.everything()), ledger.of_author(desk.science.id, 5), ledger.latest(5)] == [[entry]] * 3
    assert ledger.verify() is None


def test_every_entry_holds_the_hash_of_the_one_before(desk: Desk) -> None:
    made = [desk.report(n) for n in (10, 20, 30)]
    assert [e.seq for e in made] == [1, 2, 3]
    assert [e.previous for e in made] == ["", made[0].hash, made[1].hash]
    assert json.loads(desk.file.read_text("utf-8")) == {"seq": 3, "hash": made[2].hash}
    assert desk.ledger.of_author(desk.science.id, 2) == desk.ledger.latest(2) == [made[2], made[1]]


def test_a_report_sent_again_is_kept_once(desk: Desk) -> None:
    first = desk.report(35, "turn-1")
    assert desk.report(35, "turn-1") == first
    assert list(desk.ledger.everything()) == [first]


def test_a_key_stands_for_one_report_alone(desk: Desk) -> None:
    desk.report(35, "turn-1")
    other = [
        (desk.science.id, task(), Content(36), "update", None),
        (desk.admin.id, task(), Content(35, "in_progress", "Đã xong 35 phần trăm."), "update", None),
        (desk.admin.id, task("2"), Content(35, "in_progress", "Đã xong 35 phần trăm."), "update", None),
        (desk.science.id, task(), Content(35, "in_progress", "Đã xong 35 phần trăm."), "correction", "SR-000001"),
    ]
    for author, record, content, kind, corrects in other:
        with pytest.raises(KeyReused):
            desk.ledger.append(author, record, content, "rest", "turn-1", kind=kind, corrects=corrects)  # type: ignore[arg-type]
    assert len(list(desk.ledger.everything())) == 1


def test_who_may_not_write_leaves_no_row(desk: Desk) -> None:
    for author in ("", desk.finance.id, desk.leader.id):
        with pytest.raises(Forbidden) as refused:
            desk.ledger.append(author, task(), Content(10), "rest", "k")
        assert refused.value.details["who"] == (SCIENCE,)
    with pytest.raises(UnknownAccount):
        desk.ledger.append("0" * 32, task(), Content(10), "rest", "k")
    desk.accounts.disable(desk.science.id)
    with pytest.raises(Forbidden):
        desk.report(10)
    assert list(desk.ledger.everything()) == []


@pytest.mark.parametrize(
    ("record", "content", "kind", "field", "reason"),
    [
        (task(), Content(150), "update", "percent", "range"),
        (task(), Content(note="  "), "update", "percent", "nothing_said"),
        (task(), Content(10), "measurement", "kind", "other_kind"),
        (task(), Content(10), "correction", "corrects", "missing"),
        (
            target("5"),
            Content(value=72, unit="%", measured_on=date(2999, 1, 1)),
            "measurement",
            "measured_on",
            "future",
        ),
    ],
)
def test_what_can_not_be_true_is_refused(
    desk: Desk, record: Task | Target, content: Content, kind: EntryKind, field: str, reason: str
) -> None:
    with pytest.raises(BadProgress) as refused:
        desk.ledger.append(desk.admin.id, record, content, "rest", "k", kind=kind)
    assert (refused.value.details["field"], refused.value.details["reason"]) == (field, reason)
    assert list(desk.ledger.everything()) == []


def test_a_key_has_a_length(desk: Desk) -> None:
    for key in ("", "k" * 161):
        with pytest.raises(BadProgress):
            desk.ledger.append(desk.admin.id, task(), Content(10), "rest", key)


def test_a_measurement_is_kept_with_its_day(desk: Desk) -> None:
    content = Content(value=72.5, unit="%", measured_on=date(2026, 6, 30))
    entry = desk.ledger.append(desk.admin.id, target("5"), content, "web", "m", kind="measurement")
    assert (entry.content, entry.agency, entry.key) == (content, "Văn phòng UBND tỉnh", Key("kh-ubnd", "targets", "5"))
    assert desk.ledger.entry(entry.id) == entry
    assert desk.ledger.verify() is None


def test_an_administrator_reports_for_the_lead_where_there_is_one(desk: Desk) -> None:
    one = desk.ledger.append(desk.admin.id, task(), Content(10), "rest", "a")
    two = desk.ledger.append(desk.admin.id, target("9"), Content(value=1, unit="Tổ chức, doanh nghiệp", measured_on=date(2026, 1, 2)), "rest", "b", kind="measurement")  # fmt: skip  # noqa: E501
    assert (one.agency, two.agency) == (SCIENCE, None)


def test_a_correction_points_at_what_it_corrects_and_stays_in_its_series(desk: Desk) -> None:
    first = desk.report(35)
    fixed = desk.ledger.append(
        desk.admin.id, task(), Content(42), "web", "c", kind="correction", corrects=first.receipt
    )
    assert (fixed.kind, fixed.corrects, fixed.agency, fixed.author) == ("correction", first.id, SCIENCE, desk.admin.id)
    again = desk.ledger.append(desk.science.id, task(), Content(43), "web", "d", kind="correction", corrects=first.id)
    assert again.corrects == fixed.id
    assert desk.ledger.entry(first.id) == first


def test_a_correction_or_undo_sent_again_is_kept_once(desk: Desk) -> None:
    first = desk.report(35)
    made = [
        desk.ledger.append(desk.science.id, task(), content, "web", kind, kind=kind, corrects=first.id)
        for kind, content in (("correction", Content(42)), ("undo", Content()))
        for _ in range(2)
    ]
    assert made == [made[0], made[0], made[2], made[2]]


def test_what_was_undone_can_be_neither_undone_nor_corrected(desk: Desk) -> None:
    first = desk.report(35)
    undo = desk.ledger.append(desk.science.id, task(), Content(), "web", "u", kind="undo", corrects=first.id)
    for kind, content in (("undo", Content()), ("correction", Content(40))):
        for named in (first.id, undo.id):
            with pytest.raises(BadProgress) as refused:
                desk.ledger.append(
                    desk.science.id, task(), content, "web", f"{kind}-{named}", kind=kind, corrects=named
                )
            assert refused.value.details == {"field": "corrects", "reason": "undone"}
    assert len(list(desk.ledger.everything())) == 2


def test_undoing_a_correction_leaves_what_it_corrected_open(desk: Desk) -> None:
    first = desk.report(35)
    fixed = desk.ledger.append(desk.science.id, task(), Content(42), "web", "c", kind="correction", corrects=first.id)
    desk.ledger.append(desk.science.id, task(), Content(), "web", "u", kind="undo", corrects=fixed.id)
    again = desk.ledger.append(desk.science.id, task(), Content(43), "web", "d", kind="correction", corrects=first.id)
    assert again.corrects == first.id
    with pytest.raises(BadProgress):
        desk.ledger.append(desk.science.id, task(), Content(), "web", "v", kind="undo", corrects=fixed.id)


def test_nobody_corrects_the_entry_of_another_agency_or_record(desk: Desk) -> None:
    first = desk.report(35)
    with pytest.raises(Forbidden):
        desk.ledger.append(desk.finance.id, task(), Content(), "web", "u", kind="undo", corrects=first.id)
    for named in (first.id, "SR-000009", "x", "\x00", "\ud800"):
        with pytest.raises(UnknownEntry):
            desk.ledger.append(desk.admin.id, task("2"), Content(), "web", "u", kind="undo", corrects=named)
    with pytest.raises(UnknownEntry):
        desk.ledger.entry("SR-000002")


def test_entries_stay_with_a_task_that_a_new_version_of_its_plan_renumbers(desk: Desk) -> None:
    first = desk.report(35)
    moved = replace(task(), key=Key("kh-ubnd", "tasks", "7"))
    ledger = Ledger(desk.engine, desk.accounts, desk.file, versions={"kh-ubnd": "f" * 64})
    second = ledger.append(desk.science.id, moved, Content(50), "web", "after")
    assert ledger.entries([moved.id]) == [first, second]
    assert [(e.key.item, e.version == "f" * 64) for e in (first, second)] == [("3", False), ("7", True)]
    assert ledger.entries([task("7").id]) == []
    assert ledger.verify() is None


def test_a_name_that_is_erased_changes_nothing_in_the_ledger(desk: Desk) -> None:
    first = desk.report(35)
    desk.accounts.erase_name(desk.science.id)
    assert desk.accounts.get(desk.science.id).name == ""
    assert list(desk.ledger.everything()) == [first]
    assert desk.ledger.verify() is None


@pytest.mark.parametrize("statement", ["UPDATE entries SET percent = 99", "DELETE FROM entries", "TRUNCATE entries"])
def test_the_database_itself_refuses_to_change_an_entry(desk: Desk, statement: str) -> None:
    first = desk.report(35)
    with pytest.raises(DBAPIError), desk.engine.begin() as connection:
        # SQLite has no TRUNCATE, which is refusal enough.
        connection.execute(text(statement))
    assert list(desk.ledger.everything()) == [first]


def test_a_refused_entry_does_not_hold_up_the_next(desk: Desk) -> None:
    for key in ("a", "b"):
        with pytest.raises(SauroError):
            desk.ledger.append(desk.science.id, task(), Content(101), "rest", key)
    assert desk.report(5).seq == 1


def test_nothing_is_added_to_a_chain_whose_end_was_cut_off(desk: Desk) -> None:
    made = [desk.report(n) for n in (10, 20, 30)]
    desk.tamper("DELETE FROM entries WHERE seq = 3", f"UPDATE ledger_head SET seq = 2, hash = '{made[1].hash}'")
    with pytest.raises(LedgerBroken) as broken:
        desk.report(40)
    assert broken.value.details == {"seq": 3, "reason": "head"}
    with desk.engine.connect() as connection:
        assert connection.execute(select(entries.c.seq)).scalars().all() == [1, 2]
