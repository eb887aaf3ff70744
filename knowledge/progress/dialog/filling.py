"""What a message adds to a report: its figures, its status, its words, its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from knowledge.answer.reading import content_words
from knowledge.corpus import load_corpus
from knowledge.progress.dialog.cues import names_evidence
from knowledge.progress.dialog.state import WORDS, State
from knowledge.progress.dialog.telling import unit_of
from knowledge.progress.dialog.turn import Heard
from knowledge.progress.reading.types import Report
from knowledge.progress.types import EVIDENCE_LIMIT, Evidence
from knowledge.text.fold import fold
from knowledge.text.references import find_numbers
from knowledge.types import Target

JOIN = "; "
"""Stands between what was told of one field in several messages."""
IMPLIED = {"done": 100, "not_started": 0}


def figures(state: State, report: Report) -> State:
    """The report with the percentage and the status of a message."""
    percent, status = report.percent, report.status
    if report.unhindered and not report.obstacle:
        state = state.saying(obstacle="", status=None if state.said.status == "blocked" else state.said.status)
    if percent is None and status in IMPLIED and state.said.percent is None:
        percent = IMPLIED[status]
    if percent is not None:
        said = state.said.status
        if status is None and said in IMPLIED and percent != IMPLIED[said]:
            state = state.saying(status=None)
        state = replace(state.saying(percent=percent), rounded=_rounded(report))
    return state.saying(status=status) if status is not None else state


def stated(state: State, heard: Heard) -> State:
    """The report with the figures of a message, as the record reported on has them."""
    record = load_corpus().record(state.key) if state.key else None
    return measured(state, heard, record) if isinstance(record, Target) else figures(state, heard.report)


def words(state: State, report: Report, *, whole: str = "") -> State:
    """The report with the free words of a message; `whole` is the note when the message as it stands is one."""
    note = "" if report.links and names_evidence(report.note) else report.note
    state = without_rejected(state, report)
    state = _added(state, "note", whole or note)
    state = _added(state, "obstacle", report.obstacle)
    return _added(state, "next_step", report.next_step)


def without_rejected(state: State, report: Report) -> State:
    """The report without the pieces of its free words that a message says are not so, and tells otherwise."""
    if not (any(c.isalpha() for c in report.rejected) and (report.note or report.obstacle or report.next_step)):
        return state
    return without_piece(state, fold(report.rejected))


def without_piece(state: State, said: str) -> State:
    """The report without the pieces of its free words that hold some folded words."""
    told = {field: getattr(state.said, field).split(JOIN) for field in WORDS}
    return state.saying(**{f: JOIN.join(p for p in pieces if said not in fold(p)) for f, pieces in told.items()})


def put_right(state: State, report: Report) -> State:
    """The report with words put right where they stand ("500 là sai, 600 giáo viên mới đúng", "3 cuộc chứ không phải 2 cuộc").

    A number takes the place of a number, words that of as many words. A wrong percentage is none of them.
    """
    wrong, told = report.rejected.rstrip("% "), report.note or report.mention
    if not wrong or wrong == str(state.said.percent):
        return state
    numbers = re.findall(r"\d+(?:[.,]\d+)*", told or report.raw)
    right = told if len(told.split()) == len(wrong.split()) else ""
    if wrong.isdigit():
        right = numbers[0] if len(numbers) == 1 else ""
    way = re.compile(rf"(?<![\w.,]){re.escape(wrong)}(?![\w%])", re.IGNORECASE)
    put = {field: way.sub(lambda _: right, getattr(state.said, field)) for field in WORDS} if right else {}
    changed = state.saying(**put)
    return figures(changed, report) if changed != state and told else changed


def evidence(state: State, heard: Heard) -> State:
    """The report with the links and files of a message."""
    links = tuple(Evidence("link", url, url=url) for url in map(_with_scheme, heard.report.links))
    return state.saying(evidence=_joined((*state.said.evidence, *links, *heard.evidence)))


def measured(state: State, heard: Heard, target: Target) -> State:
    """The report with the measured value of a message, its day, and which of the target's values it is."""
    report = heard.report
    place = state.said.measure
    if place < 0:
        place = which_measure(target, heard)
        state = state.saying(measure=place)
    if report.value is not None:
        state = state.saying(value=report.value)
    if state.said.value is not None:
        planned = unit_of(target, max(0, place))
        other = report.unit and not fold(planned).startswith(fold(report.unit))
        state = state.saying(unit=report.unit if other else planned)
    return state.saying(measured_on=report.measured_on) if report.measured_on is not None else state


def with_bare_number(heard: Heard) -> Heard:
    """A message whose only number stands alone ("72"), with that number as the value it gives."""
    numbers = list(find_numbers(heard.text))
    if heard.report.value is not None or len(numbers) != 1:
        return heard
    value = float(numbers[0].value.rstrip("%").replace(",", "."))
    return replace(heard, report=replace(heard.report, value=value))


def which_measure(target: Target, heard: Heard) -> int:
    """The place of the value that a message is about: the only one, the one in its unit or in its words; -1 when that is not clear."""
    values = target.values
    if len(values) < 2:
        return 0
    said = set(content_words(heard.text))
    held = [len(said & set(content_words(f"{v.subject} {v.text}"))) for v in values]
    best = max(held)
    if best and held.count(best) == 1:
        return held.index(best)
    unit = fold(heard.report.unit)
    same = [i for i, v in enumerate(values) if unit and fold(v.unit).startswith(unit)]
    return same[0] if len(same) == 1 else -1


def says_figure(report: Report) -> bool:
    """Whether a message says how far the work has come, or tries to."""
    return report.percent is not None or bool(report.problem) or report.status is not None


def _added(state: State, field: str, text: str) -> State:
    """The text added to a field, unless it says it already."""
    old: str = getattr(state.said, field)
    if not text or fold(text) in fold(old):
        return state
    return state.saying(**{field: f"{old}{JOIN}{text}" if old else text})


def _rounded(report: Report) -> str:
    """The words a percentage was read from, when they hold another number than it, or none."""
    return "" if re.findall(r"\d+", report.raw) == [str(report.percent)] else report.raw


def _joined(pieces: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(pieces))[:EVIDENCE_LIMIT]


def _with_scheme(link: str) -> str:
    return link if link.startswith(("http://", "https://")) else f"https://{link}"
