"""Whoever owns the database can change its rows; the chain tells."""

import json
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from knowledge.progress.chain import sealed
from knowledge.progress.types import Content
from knowledge.store.head import Head, advance, read_head, write_head
from knowledge.store.ledger import Ledger
from knowledge.store.tables import entries
from knowledge.store.verification import Fault
from tests.knowledge.store.ledgers import Desk, task

LENGTH = 6


@pytest.fixture
def written(desk: Desk) -> Desk:
    """A ledger of six entries."""
    for n in range(LENGTH):
        desk.report(n)
    assert desk.ledger.verify() is None
    return desk


def rows(desk: Desk) -> dict[int, dict[str, Any]]:
    with desk.engine.connect() as connection:
        return {row.seq: dict(row._mapping) for row in connection.execute(select(entries))}


def put(desk: Desk, *new: dict[str, Any]) -> None:
    with desk.engine.begin() as connection:
        connection.execute(insert(entries), list(new))


def head_at(desk: Desk, seq: int) -> str:
    """A statement that makes the database's head fit a chain that ends at `seq`."""
    return f"UPDATE ledger_head SET seq = {seq}, hash = '{rows(desk)[seq]['hash']}'"


CHANGES = (
    "percent = 99", "percent = NULL", "status = 'done'", "note = 'khác'", "obstacle = 'x'", "next_step = 'x'", "unit = 'x'",
    "value = 1", "measured_on = '2026-01-01'", "measure = 1", "evidence = '[{\"kind\":\"link\"}]'", "author = 'x'",
    "agency = NULL", "channel = 'x'", "kind = 'undo'", "record = 'x'", "plan = 'x'", "part = 'x'", "item = 'x'",
    "version = 'x'", "corrects = 'x'", "id = 'x'", "idempotency_key = 'x'", "at = '2026-01-01 00:00:00'", "previous = 'x'",
    "hash = 'x'",
)  # fmt: skip


def test_an_edit_of_any_column_is_named(written: Desk) -> None:
    assert {change.split(" = ")[0] for change in CHANGES} == {column.name for column in entries.columns} - {"seq"}
    sound = rows(written)
    for seq in (1, 4, LENGTH):
        for change in CHANGES:
            written.tamper(f"UPDATE entries SET {change} WHERE seq = {seq}")
            assert (change, written.ledger.verify()) == (change, Fault(seq, "changed"))
            with written.engine.begin() as connection:
                connection.execute(update(entries).where(entries.c.seq == seq).values(sound[seq]))
    assert written.ledger.verify() is None


@pytest.mark.parametrize("seq", [1, 4])
def test_an_edit_that_is_sealed_again_is_named_by_what_comes_after(written: Desk, seq: int) -> None:
    edited = rows(written)[seq] | {"percent": 99}
    written.tamper(f"UPDATE entries SET percent = 99, hash = '{sealed(edited)}' WHERE seq = {seq}")
    assert written.ledger.verify() == Fault(seq, "rewritten")


def test_an_edit_of_the_last_row_that_is_sealed_again_is_named(written: Desk) -> None:
    edited = rows(written)[LENGTH] | {"percent": 99}
    written.tamper(f"UPDATE entries SET percent = 99, hash = '{sealed(edited)}' WHERE seq = {LENGTH}")
    assert Ledger(written.engine, written.accounts).verify() == Fault(LENGTH, "rewritten")
    written.tamper(head_at(written, LENGTH))
    assert written.ledger.verify() == Fault(LENGTH, "head_file")


@pytest.mark.parametrize("seq", [1, 4, LENGTH])
def test_a_row_that_was_deleted_is_named(written: Desk, seq: int) -> None:
    written.tamper(f"DELETE FROM entries WHERE seq = {seq}")
    assert written.ledger.verify() == Fault(seq, "missing")


def test_rows_that_close_the_gap_are_named(written: Desk) -> None:
    written.tamper("DELETE FROM entries WHERE seq = 3", "UPDATE entries SET seq = 3 WHERE seq = 4")
    assert written.ledger.verify() == Fault(3, "changed")


def test_rows_that_changed_places_are_named(written: Desk) -> None:
    swap = ("SET seq = 99 WHERE seq = 3", "SET seq = 3 WHERE seq = 4", "SET seq = 4 WHERE seq = 99")
    written.tamper(*(f"UPDATE entries {step}" for step in swap))
    assert written.ledger.verify() == Fault(3, "changed")


def test_a_tail_that_was_cut_off_is_named(written: Desk) -> None:
    written.tamper("DELETE FROM entries WHERE seq > 4")
    assert written.ledger.verify() == Fault(5, "missing")


def test_a_tail_that_was_cut_off_is_named_though_the_database_was_made_to_fit(written: Desk) -> None:
    written.tamper("DELETE FROM entries WHERE seq > 4", head_at(written, 4))
    assert written.ledger.verify() == Fault(5, "missing")


def test_a_table_that_was_emptied_is_named(written: Desk) -> None:
    written.tamper("DELETE FROM entries", "UPDATE ledger_head SET seq = 0, hash = ''")
    assert written.ledger.verify() == Fault(1, "missing")


def test_a_chain_that_was_written_anew_from_some_row_on_is_caught_by_the_file(written: Desk) -> None:
    old, previous, new = rows(written), "", []
    for seq in range(1, LENGTH + 1):
        row = old[seq] | {"previous": previous} | ({"percent": 99} if seq == 3 else {})
        previous = row["hash"] = sealed(row)
        new.append(row)
    written.tamper("DELETE FROM entries")
    put(written, *new)
    written.tamper(head_at(written, LENGTH))
    assert written.ledger.verify() == Fault(LENGTH, "head_file")


def test_rows_that_were_put_in_are_named(written: Desk) -> None:
    last = rows(written)[LENGTH]
    extra = last | {"seq": LENGTH + 1, "id": "x", "idempotency_key": "x", "previous": last["hash"]}
    put(written, extra | {"hash": sealed(extra)})
    assert written.ledger.verify() == Fault(LENGTH + 1, "extra")
    before = last | {"seq": 0, "id": "y", "idempotency_key": "y", "previous": ""}
    put(written, before | {"hash": sealed(before)})
    assert written.ledger.verify() == Fault(0, "extra")


def test_a_head_that_is_gone_from_the_database_is_named(written: Desk) -> None:
    written.tamper("DELETE FROM ledger_head")
    assert written.ledger.verify() == Fault(LENGTH, "head")


def test_values_that_can_not_even_be_read_are_named(desk: Desk) -> None:
    for n in range(3):
        desk.report(n)
    if desk.engine.dialect.name == "sqlite":
        desk.tamper("UPDATE entries SET at = 'yesterday', evidence = '[' WHERE seq = 2")
    else:
        desk.tamper("UPDATE entries SET evidence = '{\"a\":1}' WHERE seq = 2")
    assert desk.ledger.verify() == Fault(2, "changed")


def test_a_file_that_lags_behind_is_well_and_catches_up(written: Desk) -> None:
    made = rows(written)
    for seq in (0, 2, LENGTH - 1):
        write_head(written.file, Head(seq, made[seq]["hash"] if seq else ""))
        assert written.ledger.verify() is None
    last = written.report(50)
    assert read_head(written.file) == Head(last.seq, last.hash)


def test_a_file_that_holds_another_hash_is_named(written: Desk) -> None:
    write_head(written.file, Head(3, "0" * 64))
    assert written.ledger.verify() == Fault(3, "head_file")


def test_a_file_that_is_gone_or_can_not_be_read_is_named(written: Desk) -> None:
    written.file.write_text("{", "utf-8")
    assert written.ledger.verify() == Fault(0, "head_file")
    written.file.unlink()
    assert written.ledger.verify() == Fault(LENGTH, "head_missing")
    assert Ledger(written.engine, written.accounts).verify() is None


def test_the_file_never_goes_backwards(written: Desk) -> None:
    last = read_head(written.file)
    advance(written.file, Head(2, rows(written)[2]["hash"]))
    assert read_head(written.file) == last
    assert json.loads(written.file.read_text("utf-8"))["seq"] == LENGTH


def test_there_is_a_file_before_the_first_entry_is_kept(desk: Desk) -> None:
    with pytest.raises(Exception, match="percent"):
        desk.ledger.append(desk.science.id, task(), Content(101), "rest", "k")
    assert read_head(desk.file) == Head(0, "")
    assert desk.ledger.verify() is None


def test_a_long_ledger_is_read_in_pieces(desk: Desk) -> None:
    last, made = desk.report(1), []
    row = rows(desk)[1]
    for seq in range(2, 2502):
        row = row | {
            "seq": seq,
            "id": f"{seq}",
            "idempotency_key": f"{seq}",
            "previous": last.hash if seq == 2 else row["hash"],
        }
        row["hash"] = sealed(row)
        made.append(row)
    put(desk, *made)
    desk.tamper(head_at(desk, 2501))
    assert desk.ledger.verify() is None
    assert [e.seq for e in desk.ledger.everything()] == list(range(1, 2502))
    desk.tamper("UPDATE entries SET percent = 99 WHERE seq = 2222")
    assert desk.ledger.verify() == Fault(2222, "changed")
