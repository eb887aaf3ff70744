"""Which task or target a message names in the middle of a report: the one asked for, or another than the one reported on."""

from __future__ import annotations

from knowledge.answer.reading import content_words
from knowledge.corpus import load_corpus
from knowledge.progress.dialog.consent import agrees
from knowledge.progress.dialog.cues import after_denial, points_at, points_back, says_otherwise, tells_what_happened
from knowledge.progress.dialog.state import State
from knowledge.progress.dialog.subject import Found, find_work, plainly_named
from knowledge.progress.dialog.turn import Heard, World
from knowledge.progress.dialog.wordings import bare
from knowledge.records import plain
from knowledge.text.fold import fold
from knowledge.text.syllables import syllables
from knowledge.types import Key

BEHIND = 3
"""Letters behind a figure by which it is known for a part of a name."""
NAMED = 2
"""Least words of the subject with which a message without a figure can name another task."""


def named(heard: Heard, world: World, state: State) -> Found | None:
    """What an answer to "which task?" names; None for a yes or a no."""
    if heard.report.mention:
        found = find_work(heard.report.mention, world.account, state.part)
        if found.keys:
            return found
    if points_back(heard.text) and (focus := next((k for k in world.focus if k.part == state.part), None)):
        return Found((focus,), sure=True)
    if heard.intent in ("affirm", "deny", "nothing_more"):
        return None
    return find_work(heard.text, world.account, state.part)


def other_task(state: State, heard: Heard, world: World) -> Key | None:
    """The record of another work that a message surely names; None when it names none, or that of the report."""
    report = heard.report
    if state.kind in ("correction", "undo") or not report.mention:
        return None
    subject = content_words(report.mention)
    if not report.mention_replaces and report.percent is None and tells_what_happened(heard.text):
        return None
    if not (report.mention_replaces or len(subject) >= NAMED or (report.percent is not None and subject)):
        return None
    found = find_work(report.mention, world.account, state.part)
    if not found.sure:
        return None
    return None if _same_work(found.keys[0], state) else found.keys[0]


def renamed_to(state: State, heard: Heard, world: World) -> Key | None:
    """The record of another work whose bare name a message is: the one that was meant."""
    if state.kind in ("correction", "undo") or (tells_what_happened(heard.text) and not says_otherwise(heard.text)):
        return None
    if agrees(heard.text):
        return None
    if says_otherwise(heard.text):  # "không phải, ... cơ": a name follows
        found = find_work(after_denial(heard.text), world.account, state.part)
        key = found.keys[0] if found.sure else None
    else:
        key = plainly_named(heard.text, world.account, state.part)
    return None if key is None or _same_work(key, state) else key


def names_again(state: State, heard: Heard, world: World) -> bool:
    """Whether a message is the name of the work that the report is on, or points at it ("cái của ngành công an")."""
    if tells_what_happened(heard.text):
        return False
    key = plainly_named(heard.text, world.account, state.part)
    if key is None and points_at(heard.text):
        found = find_work(heard.text, world.account, state.part, () if state.key is None else (state.key,))
        key = found.keys[0] if found.sure else None
    return _same_work(key, state) if key is not None else _in_title(heard.text, state)


def figure_of_name(heard: Heard, key: Key) -> bool:
    """Whether the figure of a message is a part of the name ("ngân sách 1% GRDP"): the title has it with what follows it."""
    raw, typed = fold(heard.report.raw), fold(heard.text)
    if not raw or raw not in typed:
        return False
    told = typed[typed.index(raw) :].replace(" ", "")[: len(raw.replace(" ", "")) + BEHIND]
    return len(told) > len(raw) and told in fold(plain(load_corpus().record(key))).replace(" ", "")


def _in_title(text: str, state: State) -> bool:
    """Whether a text is made of words of the title of the work that the report is on ("trong công an")."""
    said = bare(text).split()
    if state.key is None or len(said) < 2:
        return False
    title = {s.folded for s in syllables(plain(load_corpus().record(state.key)))}
    return title.issuperset(said)


def _same_work(key: Key, state: State) -> bool:
    return state.key is not None and (key == state.key or key in load_corpus().twins(state.key))
