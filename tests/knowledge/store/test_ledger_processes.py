"""Real processes that write to one ledger at once, on both databases."""

from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from benchmarks.ledger import race
from knowledge.store.database import open_database
from knowledge.store.head import read_head
from knowledge.store.transactions import reading, writing
from tests.knowledge.store.ledgers import Desk


def test_writers_in_many_processes_make_one_chain(database: Engine, tmp_path: Path) -> None:
    file = tmp_path / "ledger.head"
    race(database.url.render_as_string(hide_password=False), file, writers=3, appends=20)
    head = read_head(file)
    assert head is not None
    assert head.seq == 60


def test_a_writer_on_sqlite_keeps_others_out_from_its_first_look(tmp_path: Path) -> None:
    engine, other = (open_database(f"sqlite:///{tmp_path / 'sauro.db'}") for _ in range(2))
    with writing(engine), other.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=0")
        with pytest.raises(OperationalError, match="locked"):
            connection.exec_driver_sql("BEGIN IMMEDIATE")
    engine.dispose()
    other.dispose()


def test_a_reader_sees_one_state_throughout(desk: Desk) -> None:
    desk.report(10)
    with reading(desk.engine) as connection:
        counts = [connection.exec_driver_sql("SELECT count(*) FROM entries").scalar()]
        desk.report(20)
        counts.append(connection.exec_driver_sql("SELECT count(*) FROM entries").scalar())
    assert counts == [1, 1]
    assert desk.ledger.verify() is None
