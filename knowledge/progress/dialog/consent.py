"""Whether a message agrees that a report is saved: nothing is saved on a word for yes that is asked about, put off or refused.

"lưu", "chuẩn rồi em ơi" agree; "lưu được chưa", "mai hãy lưu", "chưa ok" have the same words in them and do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from knowledge.progress.dialog.cues import question_words
from knowledge.progress.dialog.wordings import CLAUSE, joined, leading, spoken_words, wordings
from knowledge.text.syllables import Syllable

Withheld = Literal["", "asked", "later", "refused"]

SHORT = 8
"""Most words of a message whose plain yes may be taken back by its other clause ("ok, mai lưu")."""


def agrees(text: str) -> bool:
    """Whether a message is a yes and nothing else: a word for it, and words that only go with one."""
    words = spoken_words(text)
    said = joined([w.folded for w in words])
    heads = [p for p in wordings()["yes"] if f" {p} " in said]
    rest = said
    for phrase in sorted(heads, key=len, reverse=True):
        rest = rest.replace(f" {phrase} ", "  ")
    beside = set(wordings()["yes_beside"])
    if not heads or not beside.issuperset(rest.split()) or "?" in text:
        return False
    return not (withheld(text) or yes_or_no(text)) and _is_no_stop(words, heads)


def yes_or_no(text: str) -> bool:
    """Whether an unmarked message may mean both "đúng, lưu" and "đừng lưu"."""
    said = [w.folded for w in spoken_words(text)]
    known = {*wordings()["yes"], *wordings()["yes_beside"]}
    pairs = {(wordings()["yes_or_stop"], saving) for saving in wordings()["save"]}
    if not text.isascii() or not known.issuperset(said) or not set(said).isdisjoint(wordings()["yes_no_stop"]):
        return False
    return any(pair in pairs for pair in pairwise(said))


def withheld(text: str) -> Withheld:
    """How the word for yes in a message is kept from being one; "" when it is not, or when there is none."""
    clauses = [c for c in _clauses(text) if c.strip()]
    if not is_short(text) and any(_saves(c) for c in clauses):
        return ""  # "lưu giúp, bên tài chính chưa đồng ý": the rest is told of the work
    found: Withheld = next((kept for c in clauses if (kept := _kept_back(c))), "")
    taken_back = len(clauses) > 1 and _head_of(clauses[0]) and any(_begins_with_but(c) for c in clauses[1:])
    if found or not taken_back or not is_short(text):
        return found
    return "refused"


def _kept_back(clause: str) -> Withheld:
    words = spoken_words(clause)
    said = [w.folded for w in words]
    place, size = _head(said)
    if not size:
        return ""
    before = [w for w in words[:place] if w.folded not in wordings()["yes_led"]]
    if before and (
        before[-1].folded in wordings()["refuses"] or before[-1].text.lower() in wordings()["refuses_marked"]
    ):
        return "refused"
    if question_words(clause) or _ends_asking(words[place + size :]):
        return "asked"
    if any(f" {p} " in joined(said) for p in wordings()["saved_already"]):
        return "asked"
    return "later" if any(f" {p} " in joined(said) for p in wordings()["yes_later"]) else ""


def is_short(text: str) -> bool:
    """Whether a message is so short that a word for yes in it is all that it is about."""
    return len(spoken_words(text)) <= SHORT


def asks_at_the_end(text: str) -> bool:
    """Whether a message closes as a question does behind other words ("em ăn cơm chưa", "hả")."""
    words = spoken_words(text)
    return _ends_asking(words) if len(words) > 1 else any(w.text.lower() in wordings()["asks_marked"] for w in words)


def _ends_asking(after: Sequence[Syllable]) -> bool:
    """Whether words close as a question does ("lưu chưa em", "ok không", "lưu luôn hả")."""
    closing = [w for w in after if w.folded not in {*wordings()["polite"], *wordings()["asks_along"]}]
    ways = wordings()["asks_marked"]
    marked = any(w.text.lower() in ways for w in after) or any(w.text == "ha" for w in after[-2:])
    return marked or bool(closing and closing[-1].folded in wordings()["asks_last"])


def _head_of(clause: str) -> bool:
    """Whether a clause has a word for yes that can be kept back."""
    return _head([w.folded for w in spoken_words(clause)])[1] > 0


def _begins_with_but(clause: str) -> bool:
    return any(w.folded in wordings()["but"] for w in spoken_words(clause)[:1])


def _saves(clause: str) -> bool:
    """Whether a clause asks to save, plainly."""
    said = [w.folded for w in spoken_words(clause)]
    return not _kept_back(clause) and bool(said) and set(wordings()["save"]).issuperset(said[:1])


def _head(said: Sequence[str]) -> tuple[int, int]:
    """Where the first word for yes that can be kept back begins, and how many words it takes up: 0 for none."""
    return next(((i, n) for i in range(len(said)) if (n := leading(said[i:], wordings()["yes_weighed"]))), (0, 0))


def _is_no_stop(words: Sequence[Syllable], heads: Sequence[str]) -> bool:
    """Whether "dung", should it be all that says yes, is no word for stopping: by its marks, or by the words around it."""
    stop = wordings()["yes_or_stop"]
    typed = [w for w in words if w.folded == stop]
    if any(not w.text.isascii() and w.text.lower() not in wordings()["yes_marked"] for w in typed):
        return False
    if not typed or set(heads) != {stop} or not all(w.text.isascii() for w in typed):
        return True
    rest = joined([w.folded for w in words if w.folded != stop])
    for phrase in wordings()["yes_unmarked"]:
        rest = rest.replace(f" {phrase} ", "  ").replace(f" {phrase} ", "  ")
    return not rest.strip()


def _clauses(text: str) -> list[str]:
    return [part for clause in CLAUSE.split(text) for part in _apart(clause)]


def _apart(clause: str) -> list[str]:
    """A clause cut before its words for "but"."""
    words = spoken_words(clause)
    cuts = [w.start for w in words if w.folded in wordings()["but"]]
    return [clause[a:b] for a, b in zip([0, *cuts], [*cuts, len(clause)], strict=True)]
