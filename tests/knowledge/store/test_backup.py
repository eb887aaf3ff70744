"""A backup and its way back, between both databases, through damage of every kind."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, insert, select

from bot.migrations.upgrade import migrate, upgrade
from knowledge.errors import BadBackup, LedgerBroken
from knowledge.progress.types import Content
from knowledge.store.accounts import AccountStore
from knowledge.store.backup import Kept, back_up, restore
from knowledge.store.database import open_database
from knowledge.store.drafts import DraftStore
from knowledge.store.evidence import EvidenceStore
from knowledge.store.head import Head, read_head
from knowledge.store.ledger import Ledger
from knowledge.store.tables import metadata
from knowledge.store.turns import TurnStore
from tests.knowledge.store.ledgers import Desk, task

Members = dict[str, bytes]


@pytest.fixture
def evidence(tmp_path: Path) -> EvidenceStore:
    return EvidenceStore(tmp_path / "evidence")


@pytest.fixture
def lived_in(desk: Desk, evidence: EvidenceStore) -> Desk:
    """A service that was used: reports with evidence, a draft, turns."""
    proof = evidence.keep("Biên bản.pdf", b"%PDF-1.7 minutes")
    first = desk.report(35)
    desk.ledger.append(desk.science.id, task(), Content(42, note="Sửa “lại” 🙂\nhai dòng", evidence=(proof,)), "web", "c", kind="correction", corrects=first.id)  # fmt: skip  # noqa: E501
    DraftStore(desk.engine).put(desk.science.id, "c", {"percent": None, "note": "dở"}, kept=True)
    turns = TurnStore(desk.engine)
    done, _ = turns.receive("rest", "c", "chào")
    turns.finish(done.id, "done", [{"text": "Dạ, xin chào."}])
    turns.receive("rest", "c", "đang chờ")
    desk.accounts.issue_token(desk.science.id)
    return desk


@pytest.fixture
def saved(lived_in: Desk, evidence: EvidenceStore, tmp_path: Path) -> Path:
    """A backup of it."""
    path = tmp_path / "backup.tar.gz"
    with path.open("wb") as out:
        back_up(lived_in.engine, lived_in.file, evidence, out, tmp_path)
    return path


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Engine]:
    """Another machine's database, nothing in it yet."""
    engine = open_database(f"sqlite:///{tmp_path / 'other' / 'sauro.db'}")
    yield engine
    engine.dispose()


def content(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    with engine.connect() as connection:
        return {
            t.name: [dict(r._mapping) for r in connection.execute(select(t).order_by(*t.primary_key.columns))]
            for t in metadata.sorted_tables
        }


def put_back(engine: Engine, source: Path, folder: Path, *, replace: bool = False) -> Kept:
    evidence = EvidenceStore(folder / "evidence")
    return restore(engine, folder / "head.json", evidence, source, folder, migrate, replace=replace)


def test_everything_comes_back_on_another_machine(lived_in: Desk, saved: Path, fresh: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "other"
    kept = put_back(fresh, saved, folder)
    before = content(lived_in.engine)
    assert content(fresh) == before
    assert (kept.entries, kept.files, kept.rows, kept.lost) == (2, 1, sum(map(len, before.values())), 0)
    ledger = Ledger(fresh, AccountStore(fresh), folder / "head.json")
    assert list(ledger.everything()) == list(lived_in.ledger.everything())
    assert ledger.verify() is None
    proof = list(ledger.everything())[1].content.evidence[0]
    assert EvidenceStore(folder / "evidence").open(proof.sha256).read_bytes() == b"%PDF-1.7 minutes"


def test_the_restored_service_goes_on(lived_in: Desk, saved: Path, fresh: Engine, tmp_path: Path) -> None:
    put_back(fresh, saved, tmp_path / "other")
    upgrade(fresh)
    ledger = Ledger(fresh, AccountStore(fresh), tmp_path / "other" / "head.json")
    assert ledger.append(lived_in.science.id, task(), Content(50), "web", "next").seq == 3
    assert TurnStore(fresh).receive("rest", "c", "tiếp")[1]
    assert ledger.verify() is None


def test_a_database_in_use_is_replaced_when_that_is_said(lived_in: Desk, saved: Path, tmp_path: Path) -> None:
    before = content(lived_in.engine)
    lived_in.report(60)
    with pytest.raises(BadBackup) as refused:
        restore(lived_in.engine, lived_in.file, EvidenceStore(tmp_path / "e"), saved, tmp_path, migrate, replace=False)
    assert refused.value.details == {"reason": "not_empty"}
    kept = restore(
        lived_in.engine, lived_in.file, EvidenceStore(tmp_path / "e"), saved, tmp_path, migrate, replace=True
    )
    assert (kept.entries, kept.lost) == (2, 1)
    assert content(lived_in.engine) == before
    assert lived_in.ledger.verify() is None
    assert lived_in.report(70).seq == 3
    assert TurnStore(lived_in.engine).receive("rest", "c", "tiếp")[1]


def test_a_backup_from_sqlite_is_restored_on_the_other_database(
    saved: Path, fresh: Engine, empty_database: Engine, lived_in: Desk, tmp_path: Path
) -> None:
    """From either to SQLite, and from there into either."""
    put_back(fresh, saved, tmp_path / "other")
    again = tmp_path / "again.tar.gz"
    with again.open("wb") as out:
        back_up(fresh, tmp_path / "other" / "head.json", EvidenceStore(tmp_path / "other" / "evidence"), out, tmp_path)
    before = content(lived_in.engine)
    put_back(lived_in.engine, again, tmp_path, replace=True)
    assert content(lived_in.engine) == before
    assert members(again)["tables/entries.jsonl"] == members(saved)["tables/entries.jsonl"]


def test_a_backup_of_an_older_version_is_brought_to_this_one(database: Engine, fresh: Engine, tmp_path: Path) -> None:
    with fresh.begin() as connection:
        migrate(connection, "0002")
        connection.execute(
            insert(metadata.tables["agencies"]).values(name="Sở Xây dựng", created_at=datetime(2026, 1, 2, tzinfo=UTC))
        )
    path = tmp_path / "old.tar.gz"
    with path.open("wb") as out:
        back_up(fresh, tmp_path / "none.json", EvidenceStore(tmp_path / "none"), out, tmp_path)
    assert json.loads(members(path)["manifest.json"])["revision"] == "0002"
    put_back(database, path, tmp_path)
    assert [row["name"] for row in content(database)["agencies"]] == ["Sở Xây dựng"]


def test_an_archive_holds_no_more_than_it_lists(saved: Path) -> None:
    found = members(saved)
    listed = json.loads(found.pop("manifest.json"))["files"]
    assert {name: {"size": len(data), "sha256": sha256(data).hexdigest()} for name, data in found.items()} == listed


def test_no_backup_is_made_of_a_ledger_that_does_not_hold(
    lived_in: Desk, evidence: EvidenceStore, tmp_path: Path
) -> None:
    lived_in.tamper("UPDATE entries SET percent = 99 WHERE seq = 1")
    with pytest.raises(LedgerBroken) as broken:
        back_up(lived_in.engine, lived_in.file, evidence, io.BytesIO(), tmp_path)
    assert broken.value.details == {"seq": 1, "reason": "changed"}


def members(path: Path) -> Members:
    with tarfile.open(path) as archive:
        return {m.name: archive.extractfile(m).read() for m in archive}  # type: ignore[union-attr]


def rebuilt(found: Members, *, listed: bool = True) -> bytes:
    """An archive of these members; `listed` makes its manifest fit them."""
    manifest = json.loads(found["manifest.json"])
    if listed:
        rest = {n: d for n, d in found.items() if n != "manifest.json"}
        manifest["files"] = {n: {"size": len(d), "sha256": sha256(d).hexdigest()} for n, d in rest.items()}
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, data in {**found, "manifest.json": json.dumps(manifest).encode()}.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return out.getvalue()


def _without(name: str) -> Callable[[Members], bytes]:
    return lambda found: rebuilt({n: d for n, d in found.items() if n != name}, listed=False)


def _edited(old: bytes, new: bytes, *, listed: bool) -> Callable[[Members], bytes]:
    def change(found: Members) -> bytes:
        assert old in found["tables/entries.jsonl"]
        table = found["tables/entries.jsonl"].replace(old, new, 1)
        return rebuilt({**found, "tables/entries.jsonl": table}, listed=listed)

    return change


def _about(**values: object) -> Callable[[Members], bytes]:
    def change(found: Members) -> bytes:
        manifest = json.loads(found["manifest.json"]) | values
        return rebuilt({**found, "manifest.json": json.dumps(manifest).encode()}, listed=False)

    return change


def _cut_off(found: Members) -> bytes:
    lines = found["tables/entries.jsonl"].splitlines(keepends=True)
    return rebuilt({**found, "tables/entries.jsonl": lines[0]})


def _linked(found: Members) -> bytes:
    out = io.BytesIO(rebuilt(found))
    plain = io.BytesIO()
    with tarfile.open(fileobj=out) as old, tarfile.open(fileobj=plain, mode="w:gz") as new:
        for member in old:
            if member.name.startswith("evidence/"):
                member.type, member.linkname, member.size = tarfile.SYMTYPE, "/etc/passwd", 0
                new.addfile(member)
            else:
                new.addfile(member, old.extractfile(member))
    return plain.getvalue()


DAMAGES: list[tuple[Callable[[Members], bytes], str]] = [
    (lambda found: b"not an archive", "unreadable"),
    (lambda found: rebuilt(found)[:-400], "unreadable"),
    (_without("tables/accounts.jsonl"), "missing"),
    (lambda found: rebuilt({n: d for n, d in found.items() if n != "tables/accounts.jsonl"}), "missing"),
    (_edited(b'"percent":35', b'"percent":36', listed=False), "content"),
    (_edited(b'"percent":35', b'"percent":36', listed=True), "ledger"),
    (_edited(b'"percent":35', b'"percent":400', listed=True), "rows"),
    (_edited(b'"percent":35', b'"per":35', listed=True), "rows"),
    (_edited(b'{"seq"', b'["seq"', listed=True), "rows"),
    (_cut_off, "ledger"),
    (_about(format=2), "format"),
    (_about(revision="9999"), "newer"),
    (_about(ledger={"seq": 1, "hash": "0"}), "ledger"),
    (_about(ledger=None), "format"),
    (_about(files={"tables/accounts.jsonl": 1}), "unreadable"),
    (lambda found: rebuilt({**found, "../../outside.txt": b"x"}), "name"),
    (lambda found: rebuilt({**found, "/outside.txt": b"x"}), "name"),
    (lambda found: rebuilt({**found, "tables/../../../x.jsonl": b"x"}), "name"),
    (lambda found: rebuilt({**found, "tables/unknown.jsonl": b""}), "name"),
    (lambda found: rebuilt({**found, "evidence/" + "0" * 64: b"x"}), "content"),
    (_linked, "name"),
]


def test_a_damaged_archive_changes_nothing(lived_in: Desk, saved: Path, tmp_path: Path) -> None:
    found, evidence = members(saved), EvidenceStore(tmp_path / "evidence")
    before, head, files = content(lived_in.engine), read_head(lived_in.file), _files(tmp_path)

    def known(connection: Connection, revision: str) -> None:
        if revision == "9999":
            raise BadBackup(revision, reason="newer")
        migrate(connection, revision)

    reasons = []
    for damage, _ in DAMAGES:
        saved.write_bytes(damage(found))
        with pytest.raises(BadBackup) as refused:
            restore(lived_in.engine, lived_in.file, evidence, saved, tmp_path, known, replace=True)
        reasons.append(refused.value.details["reason"])
        assert (content(lived_in.engine), read_head(lived_in.file), _files(tmp_path)) == (before, head, files)
    assert reasons == [reason for _, reason in DAMAGES]
    assert lived_in.ledger.verify() is None
    assert isinstance(head, Head)


def _files(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if "sauro.db" not in path.name}
