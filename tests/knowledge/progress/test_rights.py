"""Every role, every relation of an agency to a record, every operation: what passes, what is refused, and that a refusal leaves no row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import product
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from bot.migrations.upgrade import upgrade
from knowledge.corpus import load_corpus
from knowledge.errors import Forbidden
from knowledge.progress.rights import WORDS, authorise, may_log, may_read_notes, sees, shown, who_may_log
from knowledge.progress.types import CITIZEN, Account, Content, Entry, Evidence, Role
from knowledge.store.accounts import AccountStore
from knowledge.store.database import open_database
from knowledge.store.ledger import Ledger
from knowledge.types import Key, Target, Task

DOCUMENT = Path(__file__).parents[3] / "docs" / "rights.md"
ROLES: tuple[Role, ...] = ("citizen", "staff", "leader", "editor", "admin")
COMMUNE = "UBND xã Xuân Lộc"
STRANGER = "Kho bạc Nhà nước khu vực"


@dataclass(frozen=True)
class Relation:
    """How an agency stands to a record, and whether staff of it report there."""

    name: str
    record: str
    agency: str
    reports: bool
    other: str = ""  # another agency that reports on the record, where there is one
    related: bool = True


RELATIONS = (
    Relation("one lead", "kh-ubnd/tasks/2", "Sở Tài chính", True),
    Relation("first of two leads", "kh-ubnd/tasks/25", "Sở Tài chính", True, "Sở Khoa học và Công nghệ"),
    Relation("second of two leads", "kh-ubnd/tasks/25", "Sở Khoa học và Công nghệ", True, "Sở Tài chính"),
    Relation("in brackets", "kh-tu/tasks/2", "Sở Tài chính", True, "Đảng ủy UBND tỉnh"),
    Relation("second in brackets", "kh-tu/tasks/24", "Sở Khoa học và Công nghệ", True, "Trường Đại học Đồng Nai"),
    Relation("before the brackets", "kh-tu/tasks/2", "Đảng ủy UBND tỉnh", True, "Sở Tài chính"),
    Relation("agency of the committee before the brackets", "kh-tu/tasks/2", "UBND tỉnh", True, "Sở Tài chính"),
    Relation("committee of the lead", "kh-ubnd/tasks/5", "Đảng ủy Công an tỉnh", True),
    Relation("agency of the leading committee", "kh-tu/tasks/5", "Công an tỉnh", True),
    Relation("class of departments", "kh-ubnd/tasks/8", "Sở Y tế", True, "Sở Nội vụ"),
    Relation("class in brackets", "kh-tu/tasks/7", "Sở Y tế", True, "Sở Nội vụ"),
    Relation("class of communes", "kh-ubnd/tasks/23", COMMUNE, True, "UBND xã Long Thành"),
    Relation("class of party committees", "kh-tu/tasks/21", COMMUNE, True, "UBND xã Long Thành"),
    Relation("chosen localities", "kh-ubnd/tasks/29", "UBND xã Long Thành", True, COMMUNE),
    Relation("commune beside the departments", "kh-ubnd/tasks/8", COMMUNE, False, "Sở Nội vụ", related=False),
    Relation(
        "department beside the communes", "kh-ubnd/tasks/23", "Kho bạc Nhà nước khu vực", False, COMMUNE, related=False
    ),
    Relation("nothing to do with it", "kh-ubnd/tasks/2", STRANGER, False, "Sở Tài chính", related=False),
    Relation("monitor of a target", "kh-ubnd/targets/28", "Sở Y tế", True),
    Relation("second monitor of a target", "kh-ubnd/targets/9", "Sở Tài chính", True),
    Relation("monitor of the twin", "kh-tu/targets/21", "Sở Y tế", True),
    Relation("not its monitor", "kh-ubnd/targets/28", STRANGER, False, related=False),
)
CELLS = tuple(product(ROLES, RELATIONS))
NAMES = [f"{role}-{relation.name}" for role, relation in CELLS]
ENTRIES = tuple(
    (role, relation, writer)
    for role, relation in CELLS
    for writer in ((relation.agency,) if relation.reports else ()) + ((relation.other,) if relation.other else ())
)


def record_of(address: str) -> Task | Target:
    plan, part, item = address.split("/")
    record = load_corpus().record(Key(plan, part, item))  # type: ignore[arg-type]
    assert isinstance(record, (Task, Target))
    return record


def said_of(record: Task | Target) -> tuple[Content, str]:
    if isinstance(record, Task):
        return Content(40, "in_progress", "Đã khảo sát"), "update"
    value = record.values[0]
    return Content(value=value.value, unit=value.unit, measured_on=date(2026, 6, 30)), "measurement"


@dataclass
class Desk:
    accounts: AccountStore
    ledger: Ledger

    made: dict[tuple[Role, str], Account] = field(default_factory=dict)

    def account(self, role: Role, agency: str) -> Account:
        if role == "citizen":
            return CITIZEN
        if (role, agency) not in self.made:
            self.made[role, agency] = self.accounts.create(f"{role} {agency}", role, agency)
        return self.made[role, agency]

    def end(self) -> Entry | None:
        """The last row: whatever was added after it is another one."""
        return next(iter(self.ledger.latest(1)), None)

    def report(self, account: Account, record: Task | Target, content: Content, **more: Any) -> Entry:
        return self.ledger.append(account.id, record, content, "rest", uuid4().hex, **more)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    engine = open_database(f"sqlite:///{tmp_path_factory.mktemp('rights') / 'sauro.db'}")
    upgrade(engine)
    accounts = AccountStore(engine)
    accounts.add_agency(COMMUNE)
    yield Desk(accounts, Ledger(engine, accounts))
    engine.dispose()


class TestWriting:
    @pytest.mark.parametrize(("role", "relation"), CELLS, ids=NAMES)
    def test_reporting(self, made: Desk, role: Role, relation: Relation) -> None:
        record, account = record_of(relation.record), made.account(role, relation.agency)
        content, kind = said_of(record)
        allowed = role == "admin" or (role == "staff" and relation.reports)
        before = made.end()
        assert may_log(account, record) is allowed
        if allowed:
            entry = made.report(account, record, content, kind=kind)
            assert (entry.author, entry.content, made.end()) == (account.id, content, entry)
            return
        with pytest.raises(Forbidden) as error:
            made.report(account, record, content, kind=kind)
        assert (error.value.details["who"], made.end()) == (who_may_log(record), before)

    @pytest.mark.parametrize("kind", ["correction", "undo"])
    @pytest.mark.parametrize(("role", "relation", "writer"), ENTRIES)
    def test_correcting_and_undoing(self, made: Desk, role: Role, relation: Relation, writer: str, kind: str) -> None:
        record = record_of(relation.record)
        content, told = said_of(record)
        old = made.report(made.account("staff", writer), record, content, kind=told)
        account = made.account(role, relation.agency)
        content = content if kind == "correction" else Content()
        if role == "admin" or (role == "staff" and writer == relation.agency):
            new = made.report(account, record, content, kind=kind, corrects=old.id)
            assert (new.corrects, new.agency, made.end()) == (old.id, old.agency, new)
            return
        with pytest.raises(Forbidden) as error:
            made.report(account, record, content, kind=kind, corrects=old.id)
        assert (error.value.details["who"], made.end()) == ((writer,), old)

    @pytest.mark.parametrize("role", ["staff", "admin"])
    def test_a_disabled_account_may_nothing(self, made: Desk, role: Role) -> None:
        record, account = record_of("kh-ubnd/tasks/2"), made.accounts.create(f"gone {role}", role, "Sở Tài chính")
        made.accounts.disable(account.id)
        before = made.end()
        with pytest.raises(Forbidden):
            made.report(account, record, said_of(record)[0])
        assert (made.end(), sees(made.accounts.get(account.id), public=True)) == (before, "nothing")

    def test_an_agency_that_lost_the_record_can_no_longer_correct_its_entry(self) -> None:
        entry = entry_by("Sở Y tế")
        with pytest.raises(Forbidden) as error:
            authorise(Account("x", "staff", "Sở Y tế"), record_of("kh-ubnd/tasks/2"), "correction", entry)
        assert error.value.details["who"] == ("Sở Y tế",)

    def test_the_committee_of_an_agency_corrects_what_the_agency_wrote(self) -> None:
        account = Account("x", "staff", "Đảng ủy Công an tỉnh")
        authorise(account, record_of("kh-ubnd/tasks/5"), "correction", entry_by("Công an tỉnh"))

    def test_the_twin_of_a_task_is_reported_on_by_its_own_lead_alone(self) -> None:
        corpus = load_corpus()
        for plan in corpus.plans:
            for task in plan.tasks:
                for other in corpus.twins(task.key):
                    twin = corpus.record(other)
                    assert isinstance(twin, Task)
                    for name in who_may_log(task):
                        account = Account("x", "staff", name)
                        assert may_log(account, task)
                        assert may_log(account, twin) or name not in who_may_log(twin)


def entry_by(agency: str | None) -> Entry:
    evidence = (Evidence("link", "báo cáo", "https://dongnai.gov.vn/bc"),)
    content = Content(40, "delayed", "ghi chú", "vướng", "tiếp", evidence)
    at = datetime(2026, 6, 30, 18, tzinfo=UTC)
    return Entry(
        1, "e1", "update", "r", Key("kh-ubnd", "tasks", "2"), "v", None, "author", agency, "web", at, content, "", "h"
    )


STATE = {"id": "e1", "percent": 40, "status": "delayed", "value": None, "unit": "", "measured_on": None, "measure": 0}
WITHHELD = dict.fromkeys(WORDS)
MORE = {
    "at": "2026-06-30T18:00:00+00:00", "receipt": "SR-000001", "kind": "update", "corrects": None, "plan": "kh-ubnd", "part": "tasks",
    "item": "2", "agency": "Sở Tài chính", "channel": "web",
}  # fmt: skip
SAID = {"author": "author", "note": "ghi chú", "obstacle": "vướng", "next_step": "tiếp"}


class TestReading:
    @pytest.mark.parametrize("public", [False, True], ids=["internal", "public"])
    @pytest.mark.parametrize(("role", "relation"), CELLS, ids=NAMES)
    def test_every_role_sees_what_the_matrix_says(self, role: Role, relation: Relation, public: bool) -> None:
        work = [record_of(relation.record)]
        account = CITIZEN if role == "citizen" else Account("x", role, relation.agency)
        entry = entry_by("Sở Tài chính")
        out = shown(entry, account, work, public)
        reads = role in ("leader", "admin") or (
            role == "staff" and (relation.related or relation.agency == entry.agency)
        )
        if role == "citizen":
            day = {**STATE, "status": "in_progress", "agency": "Sở Tài chính", "at": "2026-07-01", **WITHHELD}
            assert out == (day if public else None)
            return
        assert out is not None
        evidence = out.pop("evidence")
        assert (out, evidence is not None) == ({**STATE, **MORE, **(SAID if reads else no_words())}, reads)
        assert may_read_notes(account, entry, work) is reads

    def test_the_author_reads_its_words_where_it_no_longer_leads(self) -> None:
        account = Account("x", "staff", STRANGER)
        assert may_read_notes(account, entry_by(STRANGER), [record_of("kh-ubnd/tasks/2")])

    def test_partners_of_either_twin_read_the_words(self) -> None:
        corpus, entry = load_corpus(), entry_by("Sở Tài chính")
        task = record_of("kh-ubnd/tasks/2")
        twins = [r for r in map(corpus.record, corpus.twins(task.key)) if isinstance(r, Task)]
        assert isinstance(task, Task)
        for record in (task, *twins):
            for partner in record.partners.agencies:
                assert may_read_notes(Account("x", "staff", partner), entry, [task, *twins])

    def test_a_citizen_reads_nothing_but_the_state_whatever_is_asked(self) -> None:
        assert not may_read_notes(CITIZEN, entry_by(None), [record_of("kh-ubnd/tasks/2")])


def no_words() -> dict[str, None]:
    return {word: None for word in WORDS if word != "evidence"}


def table(heading: str) -> list[list[str]]:
    section = DOCUMENT.read_text("utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = [[c.strip() for c in line.strip("|").split("|")] for line in section.splitlines() if line.startswith("|")]
    return [row for row in rows[2:] if re.match(r"citizen|staff|leader|editor|admin", row[0])]


class TestDocument:
    """docs/rights.md says what the code does."""

    def test_who_reports(self) -> None:
        record = record_of("kh-ubnd/tasks/2")
        made = [
            [
                role,
                *(
                    "yes" if may_log(Account("x", role, agency), record) else "no"
                    for agency in ("Sở Tài chính", STRANGER)
                ),
            ]
            for role in ROLES
        ]
        assert table("Who reports") == made

    def test_who_corrects(self) -> None:
        record = record_of("kh-ubnd/tasks/25")

        def may(role: Role, author: str) -> str:
            try:
                authorise(Account("x", role, "Sở Tài chính"), record, "undo", entry_by(author))
            except Forbidden:
                return "no"
            return "yes"

        made = [[role, may(role, "Sở Tài chính"), may(role, "Sở Khoa học và Công nghệ")] for role in ROLES]
        assert table("Who corrects and undoes") == made

    def test_who_reads(self) -> None:
        said = {
            "nothing": ["no", "no"],
            "public": ["percent, status, values, agency and the day", "no"],
            "own": ["yes", "where its agency wrote the entry, or is lead, monitor or partner of the work"],
            "all": ["yes", "yes"],
            "state": ["yes", "no"],
        }
        made = [[role, *said[sees(Account("x", role), public=False)]] for role in ROLES]
        made.insert(1, ["citizen, with `SAURO_PUBLIC_PROGRESS=true`", *said[sees(CITIZEN, public=True)]])
        assert table("Who reads") == made
