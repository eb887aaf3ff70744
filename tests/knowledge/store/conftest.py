"""The databases the store runs on: SQLite and a real PostgreSQL."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from bot.migrations.upgrade import upgrade
from knowledge.store.database import open_database
from tests.databases import migrated
from tests.knowledge.store.ledgers import Desk
from tests.postgres import account, installation


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A fresh PostgreSQL cluster that listens on a Unix socket only."""
    folder = Path(tempfile.mkdtemp(prefix="sauro-pg-", dir="/tmp"))
    folder.chmod(0o777)
    programs = installation(folder) / "bin"

    def run(program: str, *arguments: str) -> None:
        done = subprocess.run([programs / program, *arguments], capture_output=True, text=True, cwd=folder, **account())  # type: ignore[call-overload]
        if done.returncode:
            pytest.fail(f"{program}: {done.stderr}")

    data = str(folder / "data")
    run("initdb", "-D", data, "-U", "sauro", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C")
    # pg_ctl's child keeps its standard output: it goes to the log, so that the pipe of `run` closes.
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    run("pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start")
    yield f"postgresql:///postgres?host={folder}&user=sauro"
    run("pg_ctl", "-D", data, "-m", "immediate", "stop")
    shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without any table."""
    if request.param == "sqlite":
        engine = open_database(f"sqlite:///{tmp_path / 'data' / 'sauro.db'}")
    else:
        engine = open_database(request.getfixturevalue("postgres_url"))
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    yield engine
    engine.dispose()


@pytest.fixture
def database(empty_database: Engine) -> Engine:
    """A database with every migration applied."""
    if empty_database.dialect.name == "postgresql":
        upgrade(empty_database)
        return empty_database
    return migrated(Path(str(empty_database.url.database)))


@pytest.fixture
def desk(database: Engine, tmp_path: Path) -> Desk:
    """An empty ledger with accounts."""
    return Desk(database, tmp_path / "ledger.head")
