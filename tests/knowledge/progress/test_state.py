"""What the entries of a work come to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from knowledge.progress.state import as_of, series, standing
from knowledge.progress.types import Content, Entry, EntryKind
from knowledge.types import Key

START = datetime(2026, 6, 1, 3, tzinfo=UTC)


def entry(
    seq: int, kind: EntryKind = "update", corrects: int | None = None, *, agency: str | None = "Công an tỉnh", **content: object
) -> Entry:  # fmt: skip
    said = Content(**content) if content else Content(percent=seq)  # type: ignore[arg-type]
    return Entry(
        seq, f"e{seq}", kind, "r", Key("kh-ubnd", "tasks", "34"), "v", f"e{corrects}" if corrects else None, "a", agency,
        "rest", START + timedelta(days=seq), Content() if kind == "undo" else said, "", "",
    )  # fmt: skip


def ids(entries: list[Entry]) -> list[str]:
    return [e.id for e in entries]


def test_entries_stand_in_the_order_they_came() -> None:
    assert ids(standing([entry(2), entry(1), entry(3)])) == ["e1", "e2", "e3"]


def test_a_correction_takes_the_place_of_what_it_corrects() -> None:
    assert ids(standing([entry(1), entry(2), entry(3, "correction", 1)])) == ["e3", "e2"]


def test_of_several_corrections_the_last_holds() -> None:
    assert ids(standing([entry(1), entry(2, "correction", 1), entry(3, "correction", 1)])) == ["e3"]
    assert ids(standing([entry(1), entry(2, "correction", 1), entry(3, "correction", 2)])) == ["e3"]


def test_what_is_undone_is_gone_with_its_corrections() -> None:
    assert ids(standing([entry(1), entry(2), entry(3, "undo", 2)])) == ["e1"]
    assert ids(standing([entry(1), entry(2, "correction", 1), entry(3, "undo", 1)])) == []


def test_undoing_a_correction_brings_back_what_it_corrected() -> None:
    assert ids(standing([entry(1), entry(2, "correction", 1), entry(3, "undo", 2)])) == ["e1"]


def test_an_undone_undo_has_no_effect() -> None:
    assert ids(standing([entry(1), entry(2, "undo", 1), entry(3, "undo", 2)])) == ["e1"]


def test_a_day_in_the_past_is_seen_as_it_was() -> None:
    entries = [entry(1), entry(2, "correction", 1), entry(3, "undo", 1)]
    assert [ids(as_of(entries, date(2026, 6, day))) for day in (1, 2, 3, 4)] == [[], ["e1"], ["e2"], []]


def test_a_day_ends_at_midnight_in_the_province() -> None:
    late = entry(1)
    late = Entry(
        **{**{f: getattr(late, f) for f in late.__dataclass_fields__}, "at": datetime(2026, 6, 30, 17, tzinfo=UTC)}
    )
    assert (ids(as_of([late], date(2026, 6, 30))), ids(as_of([late], date(2026, 7, 1)))) == ([], ["e1"])


def test_agencies_keep_series_of_their_own_and_a_party_committee_shares_that_of_its_agency() -> None:
    entries = [
        entry(1, agency="Công an tỉnh"), entry(2, agency="Sở Y tế"), entry(3, agency="Đảng ủy Công an tỉnh"), entry(4, agency=None),
    ]  # fmt: skip
    assert [(s.agency, ids(list(s.entries))) for s in series(entries)] == [
        (None, ["e4"]), ("Đảng ủy Công an tỉnh", ["e1", "e3"]), ("Sở Y tế", ["e2"]),
    ]  # fmt: skip


def test_percentage_and_status_are_those_said_last() -> None:
    (told,) = series([entry(1, percent=35), entry(2, status="blocked", obstacle="thiếu vốn"), entry(3, note="họp")])
    assert (told.percent and told.percent.id, told.status, told.latest.id, told.done) == ("e1", "blocked", "e3", False)


def test_a_later_percentage_alone_implies_the_status() -> None:
    statuses = [series([entry(1, status="delayed"), entry(2, percent=p)])[0].status for p in (0, 60, 100)]
    assert statuses == ["not_started", "in_progress", "done"]
    assert series([entry(1, note="đã họp")])[0].status is None
