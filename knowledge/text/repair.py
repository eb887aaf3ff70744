"""Noisy text as its writer meant it: short forms written out, slips of the keyboard undone, everything else untouched.

The words of a message form a lattice: a word the language knows in its place stands alone, an odd one brings what it may have been meant
as. The likeliest path through the lattice wins (Viterbi over pairs of syllables). Unmarked text stays unmarked; English text,
names, numbers and known foreign words pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from knowledge.text.candidates import Candidate, candidates, keyed, mistaken
from knowledge.text.fold import fold
from knowledge.text.language import Language, Words, load_language
from knowledge.text.lexicon import Lexicon, load_lexicon
from knowledge.text.normalise import clean
from knowledge.text.syllables import Syllable, syllables
from knowledge.text.telex import decode
from knowledge.text.tone import is_syllable, settle

_PHRASE_END = re.compile(r"[.,;:?!()\"“”/]")
_UNKNOWN = 9.0
"""What a word that no table knows costs when it is left as it is: more than two slips, so that it is only left when nothing fits."""
_RARE = 60
"""A marked word met less often than this in the table may itself be a slip; one met more often is changed only for a very strong pair."""

_SOUND = (1.0, 2.0, 3.0)
"""What speaks for a known word as it stands: for one without marks in a marked message, for a rare one, for any other."""
_PLACED = 1.2
"""How many times as unlikely any slip is in a word that is known than in one that is not."""
_CHEAPEST = 8
"""How many readings of an unknown word are weighed whether they fit beside its neighbours or not."""
BEAM = 12
"""Readings of the words so far that are carried on to the next word."""
_HEAD = re.compile(r"[bcdđghklmnpqrstvx]{1,2}", re.IGNORECASE)


_repairing: ContextVar[bool] = ContextVar("repairing", default=True)


@dataclass(frozen=True)
class Edit:
    """Characters [start, end) of the cleaned text become `after`.

    `reason` is one of office, chat, telex, doubled, swapped, space, marks, letter, tone.
    """

    start: int
    end: int
    before: str
    after: str
    reason: str


@dataclass(frozen=True)
class Repaired:
    """The repaired text, and what was changed: (before, after, reason), in order of place."""

    text: str
    changes: tuple[tuple[str, str, str], ...] = ()


def repair(text: str) -> Repaired:
    """Repair `text` (cleaned first). Clean text comes back unchanged, with no changes."""
    cleaned = clean(text)
    made = edits(cleaned)
    return Repaired(apply(cleaned, made), tuple((e.before, e.after, e.reason) for e in made))


def apply(text: str, made: Sequence[Edit]) -> str:
    """Carry out edits, which are in order of place, on the text they were made for."""
    out, at = [], 0
    for e in made:
        out += [text[at : e.start], e.after]
        at = e.end
    return "".join((*out, text[at:]))


@contextmanager
def as_typed() -> Iterator[None]:
    """Within, no text is repaired: what repair is worth is measured by leaving it out."""
    token = _repairing.set(False)
    try:
        yield
    finally:
        _repairing.reset(token)


def edits(text: str) -> tuple[Edit, ...]:
    """Find what to change in `text` (see `normalise.clean`)."""
    return _edits(text) if _repairing.get() else ()


@lru_cache(maxsize=512)  # a turn looks at its message several times
def _edits(text: str) -> tuple[Edit, ...]:
    language, lexicon = load_language(), load_lexicon()
    cut = _joined(syllables(text), text)
    if not cut or _is_english(cut, lexicon):
        return ()
    restore = any(s.text.lower() != s.folded for s in cut)
    marked = restore or any(keyed(s.folded, language) for s in cut if s.text[1:].islower())
    shouted = text.isupper()
    short: dict[int, Edit] = {}
    for i, s in enumerate(cut):
        if "/" in s.text:
            if after := _opened(s, language.marked if marked else language.folded, lexicon):
                after = after if marked else fold(after)
                short[i] = Edit(s.start, s.end, s.text, _as_typed(s.text, after, at_start=not i), "office")
        elif s.text in lexicon:
            expansion = lexicon.expand(s.text, text[: s.start], text[s.end :], shouted=shouted)
            if expansion and fold(expansion.reading) != s.folded:
                after = expansion.reading if marked else fold(expansion.reading)
                short[i] = Edit(s.start, s.end, s.text, _as_typed(s.text, after, at_start=not i), expansion.style)
    lattice = [_readings(i, cut, text, language, lexicon, (marked, restore), short) for i in range(len(cut))]
    known = language.marked if marked else language.folded
    made = []
    for i, (s, chosen) in enumerate(zip(cut, _best_path(cut, text, lattice, known), strict=True)):
        if i in short:
            made.append(short[i])
        elif chosen.reason:
            after = _as_typed(s.text, " ".join(chosen.words), at_start=True)
            made.append(Edit(s.start, s.end, s.text, after, chosen.reason))
    return tuple(made)


def _readings(
    i: int,
    cut: list[Syllable],
    text: str,
    language: Language,
    lexicon: Lexicon,
    mode: tuple[bool, bool],
    short: dict[int, Edit],
) -> list[Candidate]:
    """The readings of word `i`: itself alone when it is sound, itself and what it may be meant as when it is odd.

    `mode` says whether the message has marks, typed or as keys, and whether it has typed ones: only then are missing marks restored.
    """
    marked, restore = mode
    s = cut[i]
    word = s.text.lower()
    if i in short:
        return [Candidate(tuple(short[i].after.lower().split()))]
    if _is_name(i, s, cut, text) or word in lexicon.keep or not _wordy(s):
        return [Candidate((word,))]
    placed = settle(word)
    itself = Candidate((placed,), 0.0, "tone" if placed != word else "")
    known = language.marked if marked else language.folded
    if placed not in known or keyed(word, language):
        left, right = _neighbours(i, cut, text, short)
        found = candidates(word, language, marked=marked)
        usual = [c for c in found if _fits(c, left, right, known)]
        return [
            Candidate((placed,), _UNKNOWN, itself.reason),
            *found[:_CHEAPEST],
            *(c for c in usual if c not in found[:_CHEAPEST]),
        ]
    if marked and (not restore or (i and s.text[0].isupper())):
        return [itself]
    left, right = _neighbours(i, cut, text, short)
    if _at_home(placed, left, right, known):
        return [itself]
    sound = _SOUND[0 if word == s.folded and marked else 1 if known.counts[placed] < _RARE else 2]
    meant = (c for c in mistaken(placed, language, marked=marked) if _fits(c, left, right, known))
    return [itself, *(replace(c, cost=sound + _PLACED * c.cost) for c in meant)]


def _at_home(word: str, left: str, right: str, words: Words) -> bool:
    """Whether the language knows the word beside each of its neighbours."""
    return (not left or words.pair(left, word) > 0) and (not right or words.pair(word, right) > 0)


def _fits(c: Candidate, left: str, right: str, words: Words) -> bool:
    return words.pair(left, c.words[0]) > 0 or words.pair(c.words[-1], right) > 0


def _joined(cut: list[Syllable], text: str) -> list[Syllable]:
    """Take "k/hoạch" and "n/v" for one word each."""
    found: list[Syllable] = []
    for s in cut:
        head = found[-1] if found else None
        if (
            head
            and s.start == head.end + 1
            and text[head.end] == "/"
            and s.text.islower()
            and _HEAD.fullmatch(head.text)
        ):
            found[-1] = Syllable(f"{head.text}/{s.text}", f"{head.folded}/{s.folded}", head.start, s.end)
        else:
            found.append(s)
    return found


def _opened(s: Syllable, words: Words, lexicon: Lexicon) -> str:
    """What a word shortened by a slash stands for, "" when that is not known."""
    head, _, tail = s.text.lower().partition("/")
    if expansion := lexicon.expand(head + tail):
        return expansion.reading
    first = next(iter(words.before(tail, head)), "")
    return f"{first} {tail}" if first else ""


def _neighbours(i: int, cut: list[Syllable], text: str, short: dict[int, Edit]) -> tuple[str, str]:
    """The words beside word `i` in its phrase, "" at an end of it; those of a short form as it is written out."""

    def written(at: int) -> list[str]:
        return (short[at].after if at in short else cut[at].text).lower().split()

    left = written(i - 1)[-1] if i and not _apart(cut, i, text) else ""
    right = written(i + 1)[0] if i + 1 < len(cut) and not _apart(cut, i + 1, text) else ""
    return left, right


def _best_path(cut: list[Syllable], text: str, lattice: list[list[Candidate]], words: Words) -> list[Candidate]:
    scores: list[float] = [0.0]
    lasts: list[str] = [""]
    back: list[list[int]] = []
    for i, column in enumerate(lattice):
        if i and _apart(cut, i, text):
            lasts = [""] * len(lasts)
        steps = []
        carried = sorted(range(len(scores)), key=lambda k: -scores[k])[:BEAM]
        for c in column:
            inner = sum(words.log_pair(a, b) for a, b in pairwise(c.words)) - c.cost
            reached = [(scores[k] + words.log_pair(lasts[k], c.words[0]), -k) for k in carried]
            score, best = max(reached)
            steps.append((score + inner, -best))
        back.append([best for _, best in steps])
        scores = [score for score, _ in steps]
        lasts = [c.words[-1] for c in column]
    path = []
    at = max(range(len(scores)), key=scores.__getitem__)
    for column, origin in zip(reversed(lattice), reversed(back), strict=True):
        path.append(column[at])
        at = origin[at]
    return path[::-1]


def _apart(cut: list[Syllable], i: int, text: str) -> bool:
    return bool(_PHRASE_END.search(text, cut[i - 1].end, cut[i].start))


def _is_name(i: int, s: Syllable, cut: list[Syllable], text: str) -> bool:
    """Whether the word is a name or an acronym: capitals inside, or a capital at the front that no sentence start explains."""
    if s.text.islower() or text.isupper():
        return False
    if any(c.isupper() for c in s.text[1:]):
        return True
    starts = not i or bool(re.search(r"[.?!:;]", text[cut[i - 1].end : s.start]))
    return not starts and not is_syllable(s.text) and decode(s.text) is None


def _wordy(s: Syllable) -> bool:
    return s.text.isalpha() or decode(s.text) is not None


def _is_english(cut: list[Syllable], lexicon: Lexicon) -> bool:
    plain = [s.folded for s in cut if s.text.isalpha()]
    if 5 * sum(s.text.lower() != s.folded for s in cut) > len(plain):
        return False
    return 4 * sum(w in lexicon.english for w in plain) >= len(plain) > 0


def _as_typed(before: str, after: str, *, at_start: bool) -> str:
    """Give `after` the capital that `before` starts with, where that capital is not an abbreviation's."""
    capital = before[0].isupper() and (at_start and before[1:] == before[1:].lower())
    return after[0].upper() + after[1:] if capital else after
