"""Each check on its own, on replies that are right but for what it looks at."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from knowledge.evaluation.checks import Reply, Verdict, judge
from knowledge.evaluation.questions import Row
from knowledge.evaluation.sources import SourceText, source_texts
from knowledge.types import Citation, Key
from tests.knowledge.evaluation.conftest import REPLY, ROW, source

SOURCES = {
    "kh-ubnd": SourceText("34\tXây dựng Trung tâm\nCông an tỉnh\nSở Khoa học\n và Công nghệ – Viễn thông"),
    "kh-tu": SourceText("1. Mục đích, yêu cầu: ≥ 80% dịch vụ công"),
}


def verdict(row: dict[str, Any] | None = None, reply: dict[str, Any] | None = None) -> Verdict:
    return judge(replace(ROW, **row or {}), replace(REPLY, **reply or {}), SOURCES)


def test_a_right_answer_passes_and_is_early() -> None:
    assert verdict() == Verdict(ROW, REPLY, (), (), status_right=True, cited=True, verbatim=True, early=True)
    assert (verdict().passed, verdict().refused, verdict().wrong) == (True, False, False)


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("Công an tỉnh", "CÔNG AN  TỈNH"),
        ("2026-2030", "giai đoạn 2026 – 2030"),
        ("Sở KH-CN", "sở kh — cn"),
        ("ệ", "e\u0323\u0302"),
    ],
)
def test_case_spaces_dashes_and_unicode_form_make_no_difference(wanted: str, said: str) -> None:
    assert verdict({"must": ((wanted,),)}, {"text": said}).missing == ()


def test_every_group_needs_one_of_its_alternatives() -> None:
    groups = (("Sở Y tế", "SYT"), ("CA tỉnh", "Công an tỉnh"), ("2030",))
    found = verdict({"must": groups})
    assert (found.missing, found.passed, found.wrong) == ((("Sở Y tế", "SYT"), ("2030",)), False, True)


def test_what_must_not_be_said_fails_the_row() -> None:
    found = verdict({"must_not": ("chủ trì", "2045")})
    assert (found.found, found.passed, found.wrong) == (("chủ trì",), False, True)


@pytest.mark.parametrize(
    ("category", "right"),
    [
        ("task_facet", {"answered"}),
        ("followup", {"answered"}),
        ("conflict", {"answered"}),
        ("out_of_scope", {"unanswerable", "out_of_scope", "clarify", "social"}),
        ("social", {"social", "answered", "asking"}),
    ],
)
def test_the_status_must_be_one_of_its_category(category: str, right: set[str]) -> None:
    statuses = (
        "answered", "clarify", "unanswerable", "out_of_scope", "social", "asking", "saved", "cancelled", "forbidden", "error", None,
    )  # fmt: skip
    assert {s for s in statuses if verdict({"category": category}, {"status": s}).status_right} == right


def test_a_degraded_reply_never_passes() -> None:
    assert not verdict(reply={"degraded": True}).status_right


def test_an_error_fails_the_row_whatever_came_before() -> None:
    assert not verdict(reply={"error": "timeout"}).passed


def test_a_row_that_is_not_answered_is_refused_and_one_answered_amiss_is_wrong() -> None:
    refused, wrong = verdict(reply={"status": "clarify"}), verdict({"must": (("Sở Y tế",),)})
    assert [(v.refused, v.wrong) for v in (refused, wrong)] == [(True, False), (False, True)]


def test_rows_that_the_plans_do_not_answer_are_neither_refused_nor_wrong() -> None:
    failed = verdict({"category": "out_of_scope"})
    assert (failed.passed, failed.refused, failed.wrong) == (False, False, False)


BODY = {"category": "body", "cite": (Key("kh-tu", "body", "III.3"),)}


@pytest.mark.parametrize(
    ("item", "fits"), [("III.3", True), ("III.3.2", True), ("III", False), ("III.30", False), ("III.2", False)]
)
def test_a_source_in_the_body_may_be_deeper_than_asked_never_shallower(item: str, fits: bool) -> None:
    cited = (source("kh-tu", "body", item, "Mục đích"),)
    assert verdict(BODY, {"citations": cited}).cited is fits


def test_outside_the_body_an_item_is_itself_alone() -> None:
    assert not verdict(reply={"citations": (source(item="34.1"),)}).cited


def test_a_row_without_wanted_records_takes_any_source() -> None:
    assert verdict({"cite": ()}, {"citations": (source(item="1"),)}).cited


def test_an_answer_about_one_record_may_cite_as_much_beside_it_as_of_it() -> None:
    half, more = (source(), source(item="1")), (source(), source(item="1"), source(item="2"))
    assert [verdict(reply={"citations": c}).cited for c in (half, more)] == [True, False]
    assert verdict({"category": "list_filter"}, {"citations": more}).cited


TWO_PLANS = {
    "note": "all",
    "cite": (Key("kh-tu", "tasks", "1"), Key("kh-ubnd", "tasks", "34"), Key("kh-ubnd", "tasks", "2")),
}
TWO_PARTS = {"note": "all of them", "cite": (Key("kh-ubnd", "targets", "28"), Key("kh-ubnd", "tasks", "34"))}


@pytest.mark.parametrize(
    ("row", "citations", "fits"),
    [
        (TWO_PLANS, (source(), source("kh-tu", item="1")), True),
        (TWO_PLANS, (source(), source(item="2")), False),
        (TWO_PARTS, (source(), source(part="targets", item="28")), True),
        (TWO_PARTS, (source(),), False),
        (TWO_PARTS | {"note": ""}, (source(),), True),
    ],
)
def test_all_asks_for_every_plan_or_every_part_of_one(
    row: dict[str, Any], citations: tuple[Citation, ...], fits: bool
) -> None:
    assert verdict(row, {"citations": citations}).cited is fits


@pytest.mark.parametrize(
    ("cited", "verbatim"),
    [
        (source(quote="công an\ntỉnh"), True),
        (source(quote="Sở Khoa học và Công nghệ - Viễn thông"), True),
        (source(quote="Trung tâm Công nghệ"), True),
        (source(quote="Công an huyện"), False),
        (source(quote=" "), False),
        (source("kh-tu", "body", "I.1", "yêu cầu: ≥ 80%"), True),
        (source("kh-tu", "body", "I.1", "yêu cầu, mục đích"), False),
        (source("kh-new", "targets", "1", "không có văn bản nguồn"), True),
        (source("kh-new", "targets", "1", ""), False),
    ],
)
def test_quotes_are_the_words_of_the_source(cited: Citation, verbatim: bool) -> None:
    assert verdict(reply={"citations": (source(), cited)}).verbatim is verbatim


def test_an_answer_that_buries_the_fact_passes_but_is_not_early() -> None:
    late = verdict(reply={"text": "." * 395 + "Công an tỉnh"})
    assert (late.passed, late.early) == (True, False)


def test_an_answer_that_fails_is_not_early() -> None:
    assert not verdict(reply={"status": "clarify"}).early


def test_the_sources_of_the_published_plans_are_there_as_plain_text() -> None:
    texts = source_texts()
    assert sorted(texts) == ["kh-tu", "kh-ubnd"]
    assert texts["kh-ubnd"].holds(source(part="targets", quote="hồ sơ sức khỏe điện tử ≥ 95%"))


def test_nothing_at_all_came_back() -> None:
    row: Row = replace(ROW, category="out_of_scope", must=(), cite=())
    assert not judge(row, Reply(), SOURCES).passed
