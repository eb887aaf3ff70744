"""The pieces of a question that name something: agency, window of time, number, item, section, plan, part.

Each kind is found by its own module; here it is decided who keeps a piece that several claim. Part and plan may cover the same
characters ("Phụ lục II" names both); no other spans overlap.

The text is read twice, as typed and as `repair` has it. What was typed counts first; a repaired reading adds what the noise hid.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from knowledge.text.agencies import load_agencies
from knowledge.text.fold import fold
from knowledge.text.normalise import clean
from knowledge.text.plan_names import find_plans, plan_names
from knowledge.text.references import find_numbers, find_parts_and_items, find_sections
from knowledge.text.repair import Edit, apply, edits
from knowledge.text.timeframe import find_windows
from knowledge.types import Part, Span, Window


def find_spans(text: str, today: date | None = None) -> tuple[Span, ...]:
    """Find every span of a question, in order of place. Offsets refer to `clean(text)`.

    `today` lets expressions that count from the present ("năm nay", "30 ngày tới") be read as windows.
    """
    cleaned = clean(text)
    found = _spans(cleaned, today)
    made = edits(cleaned)
    if made:
        found = _without_keys(found, cleaned, made)
        for span in _spans(apply(cleaned, made), today):
            found = _with(_typed(span, cleaned, made), found)
    return tuple(sorted(found, key=lambda s: (s.start, s.end, s.kind)))


def numbered(spans: Iterable[Span]) -> tuple[tuple[str, Part | None], ...]:
    """Pair each item of a question with the part named before it: "nhiệm vụ 3 và 4" gives ("3", "tasks"), ("4", "tasks")."""
    part: Part | None = None
    found: list[tuple[str, Part | None]] = []
    for span in spans:
        if span.kind == "part":
            part = "tasks" if span.value == "tasks" else "targets"
        elif span.kind == "item":
            found.append((span.value, part))
    return tuple(found)


def window_value(window: Window) -> str:
    """Write a window as a span's value: `2026-04-01/2026-06-30`, with its relation in front unless it is "in"."""
    start = window.start.isoformat() if window.start else ""
    end = window.end.isoformat() if window.end else ""
    return f"{start}/{end}" if window.relation == "in" else f"{window.relation}:{start}/{end}"


def _spans(text: str, today: date | None) -> list[Span]:
    windows = [Span("window", a, b, text[a:b], window_value(w)) for a, b, w in find_windows(text, today)]
    agencies = [Span("agency", m.start, m.end, m.text, m.name) for m in load_agencies().find(text)]
    issuers = plan_names().issuers()
    kept = list(windows)
    plans = list(find_plans(text, [(a.start, a.end) for a in agencies if a.value not in issuers]))
    kept += plans
    kept += _free(agencies, kept)
    sections = _free(find_sections(text), kept)
    kept += sections
    for span in find_parts_and_items(text):
        kept += _free([span], kept)
    kept += _free(find_numbers(text), kept)
    return kept


def _without_keys(found: list[Span], text: str, made: Sequence[Edit]) -> list[Span]:
    """Leave out numbers that are keys of an input method: "so73" is "sở", unless it is the one word of an unmarked text that could be."""
    keyed = [e for e in made if e.reason == "telex" and not e.before.isalpha()]
    if len(keyed) < 2 and text.lower() == fold(text):
        return found
    return [s for s in found if s.kind not in ("item", "number") or not any(e.start < s.end <= e.end for e in keyed)]


def _typed(span: Span, text: str, made: Sequence[Edit]) -> Span:
    """Move a span of the repaired text to the typed text; a repaired word belongs to it whole or not at all."""
    start = _before(span.start, made, whole_to="start")
    end = _before(span.end, made, whole_to="end")
    return replace(span, start=start, end=end, text=text[start:end])


def _before(at: int, made: Sequence[Edit], *, whole_to: Literal["start", "end"]) -> int:
    """The typed place of place `at` of the repaired text."""
    shift = 0
    for e in made:
        start = e.start + shift
        end = start + len(e.after)
        if at < end or (at == end and whole_to == "end"):
            return (e.start if whole_to == "start" else e.end) if at > start or (at == start == end) else at - shift
        shift += len(e.after) - (e.end - e.start)
    return at - shift


def _with(span: Span, found: list[Span]) -> list[Span]:
    """Add a repaired span where nothing was found as typed, or where it says as much: a bare number may become an item."""
    rivals = [f for f in found if f.start < span.end and span.start < f.end]
    if not rivals:
        return [*found, span]
    if span.kind == "agency":  # "vnă phòng UBND tỉnh": the longer name holds the one that was read as typed
        held = all(span.start <= r.start and r.end <= span.end and r.text != span.text for r in rivals)
        return [*(f for f in found if f not in rivals), span] if held else found
    same = all(r.kind in (span.kind, "number") and r.end - r.start <= span.end - span.start for r in rivals)
    if same and span.kind != "number":
        return [*(f for f in found if f not in rivals), span]
    return found


def _free(spans: Iterable[Span], kept: list[Span]) -> list[Span]:
    free: list[Span] = []
    for span in spans:
        if not any(k.start < span.end and span.start < k.end for k in (*kept, *free)):
            free.append(span)
    return free
