"""Which task or target a report is about: what the person calls it, linked to one record that he may report on.

Twins are one piece of work and never a reason to ask. Work that fits about equally well is offered as a choice, what the account may
report on first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import inf
from pathlib import Path
from typing import cast

from knowledge.answer.link import SOME_COVERAGE, STRANGE, Candidate, Linker, load_linker
from knowledge.answer.reading import Reading, content_words, read
from knowledge.corpus import Corpus, load_corpus
from knowledge.progress.dialog.phrase import is_name, work_saying
from knowledge.progress.rights import may_log
from knowledge.progress.types import Account
from knowledge.records import plain
from knowledge.text.repair import repair
from knowledge.text.syllables import syllables
from knowledge.types import Key, Part, Question, Target, Task

ENOUGH = 0.45
"""Least share of the words of a mention that its record must hold."""
HALF = 0.6
"""Share of the words from which a record that does not fit well is still offered."""
NEAR = 0.06
"""Gap in score within which two works fit a mention equally well."""
WHOLE = 0.95
FULL = 0.36
"""Gap in score within which works that hold every word of a mention are offered both ("đề án chuyển đổi số")."""
KNOWN = -1.5
UNMISTAKABLE = 2.0
WITHIN = 0.15
"""Lead in score that decides between works that were offered."""
OFFERED = 4
PHRASE = 3
"""Least words of a mention that can be the head of one title and the tail of another."""
BETWEEN = 2
"""Most words of a title that may be left out between those of a phrase."""
FAR = 2
"""How many times later than in the one a tail is said in the other."""
WORDS = Path(__file__).parent / "data" / "choosing.json"


@dataclass(frozen=True)
class Found:
    """Records a mention may mean, one per work. `sure`: `keys[0]` is meant. Otherwise they are to be chosen from; none: nothing fits."""

    keys: tuple[Key, ...] = ()
    sure: bool = False


def find_work(mention: str, account: Account, part: Part = "tasks", among: Sequence[Key] = ()) -> Found:
    """Find the task (or target) that a mention names, `among` the records that were offered or among all of that part.

    What is no name in Vietnamese may be one in English.
    """
    reading = read(Question(mention))
    found = _find(reading, account, part, among)
    if found.keys:
        return found
    if (
        not among
        and (whole := repair(mention).text) != mention
        and (found := _find(read(Question(whole)), account, part, ())).keys
    ):
        return found  # "cđs giáo dục": the number in the short form is no office
    if not (among or reading.agencies or reading.items) and (key := work_saying(mention, part)) is not None:
        return Found((own_record(key, account),), sure=True)
    if not mention.isascii():
        return found
    return _find(read(Question(mention, lang="en")), account, part, among)


def _find(reading: Reading, account: Account, part: Part, among: Sequence[Key]) -> Found:
    corpus, linker = load_corpus(), load_linker()
    if among:
        return _chosen(reading, among, corpus, linker)
    if reading.items:
        return _numbered(reading, account, part, corpus, linker)
    ranked = [c for c in linker.rank(reading, {part: 1.0}) if c.key.part == part]
    return _named(reading, ranked, account, corpus, linker)


def own_record(key: Key, account: Account) -> Key:
    """Of a record and its twins the one to report on: where the plan names the account's agency itself, else where it may, else itself."""
    own = [k for k in (key, *load_corpus().twins(key)) if allowed(account, k)]
    return next((k for k in own if account.agency in leads(k)), own[0] if own else key)


def allowed(account: Account, key: Key) -> bool:
    """Whether an account may report on the record at an address."""
    record = load_corpus().record(key)
    return isinstance(record, (Task, Target)) and may_log(account, record)


def leads(key: Key) -> tuple[str, ...]:
    """The agencies that the plan itself names for a record, word for word: no office in brackets, no committee that stands for it."""
    record = load_corpus().record(key)
    cell = record.lead if isinstance(record, Task) else record.monitor if isinstance(record, Target) else None
    return tuple(name.strip() for name in re.split(r"[,;\n]", cell.text)) if cell is not None else ()


def plainly_named(text: str, account: Account, part: Part) -> Key | None:
    """The record whose name a whole text is: it holds every word of it, at least two; None when there is no such one."""
    reading = read(Question(text))
    if reading.items:
        found = _numbered(reading, account, part, load_corpus(), load_linker())
        return found.keys[0] if found.sure and len(reading.content) <= 1 else None
    if len(reading.content) < 2:
        return None
    found = find_work(text, account, part)
    whole = found.sure and load_linker().coverage(reading.content, found.keys[0]) >= WHOLE
    return found.keys[0] if whole else None


def _named(reading: Reading, ranked: Sequence[Candidate], account: Account, corpus: Corpus, linker: Linker) -> Found:
    best = ranked[0]
    told = [w for w in reading.content if w.isalpha()]  # "đề án 06" is a number that stands for the words of a name
    if not reading.subject and (reading.agencies or not told):
        # Words that mean little by themselves may still be a name ("vệ tinh"); an agency alone is none.
        named = not reading.content and best.known >= UNMISTAKABLE
        return Found((_own(best.key, reading, account),), sure=True) if named else Found()
    if reading.agencies and linker.coverage(reading.subject, best.key) <= 0:
        return Found()  # all that fits is the agency's name
    if best.coverage < ENOUGH or (best.known < STRANGE and best.coverage < HALF):
        return Found()
    if len(reading.content) == 1 and not is_name(reading.query, reading.content[0], best.key):
        return Found()
    works = _works(ranked, corpus)
    rivals = [c for c in works[1:] if _rivals(reading, best, c, linker)]
    best, *rivals = plainest(reading.content, (best, *rivals), corpus)
    keys = [_own(c.key, reading, account) for c in (best, *rivals)][:OFFERED]
    mine = [k for k in keys if allowed(account, k)]
    if best.known >= STRANGE and (not rivals or len(mine) == 1):
        return Found(tuple((mine or keys)[:1]), sure=True)
    return Found((*mine, *(k for k in keys if k not in mine)))


def _rivals(reading: Reading, best: Candidate, other: Candidate, linker: Linker) -> bool:
    """Whether another work fits about as well: near in score, as fully named, or holding words that the best one does not."""
    if other.coverage < SOME_COVERAGE:
        return False
    gap = best.score - other.score
    if gap < NEAR or (gap < FULL and other.coverage >= WHOLE and other.known >= KNOWN):
        return True
    missing = [w for w in reading.content if linker.coverage([w], best.key) < ENOUGH]
    return bool(missing) and gap < FULL and other.coverage >= ENOUGH and linker.coverage(missing, other.key) >= HALF


def plainest(words: Sequence[str], fit: Sequence[Candidate], corpus: Corpus) -> Sequence[Candidate]:
    """Those of works that fit about equally well which the words name: where they are the head of a title, not its tail.

    "khu công nghệ số tập trung" is how one title begins and what another one mentions at its end. Works whose titles do not differ so
    plainly are all kept, as they stood.
    """
    if len(words) < PHRASE or len(fit) < 2:
        return fit
    titles = [content_words(plain(corpus.record(c.key))) for c in fit]
    ends = [_said_by(words, title) for title in titles]
    head = min(ends)
    if not _in_one_go(words, titles[ends.index(head)]):
        return fit
    return [c for c, end in zip(fit, ends, strict=True) if end <= FAR * head]


def _in_one_go(words: Sequence[str], title: Sequence[str]) -> bool:
    """Whether a title says the words in their order with hardly a word between them ("khu công nghệ [số tập trung] Long Thành")."""
    starts = [k for k, w in enumerate(title) if w == words[0]]
    for start in starts:
        rest = iter(title[start : start + len(words) + BETWEEN])
        if all(any(w == said for said in rest) for w in words):
            return True
    return False


def _said_by(words: Sequence[str], title: Sequence[str]) -> float:
    """How many words of a title that mean something it takes until all of `words` were said; infinite when they are not all in it."""
    return max(title.index(w) + 1 if w in title else inf for w in words)


def _works(ranked: Sequence[Candidate], corpus: Corpus) -> list[Candidate]:
    """The best record of each work, best first."""
    taken: set[Key] = set()
    out = []
    for candidate in ranked:
        if candidate.key not in taken:
            out.append(candidate)
            taken |= {candidate.key, *corpus.twins(candidate.key)}
    return out


def _numbered(reading: Reading, account: Account, part: Part, corpus: Corpus, linker: Linker) -> Found:
    """Records given by number ("nhiệm vụ 34", "nv 15 bên ubnd")."""
    named, item = reading.items[0]
    plans = reading.plans or tuple(p.id for p in corpus.plans)
    keys = [k for plan in plans if corpus.get(k := Key(plan, named or part, item)) and k.part == part]
    works = [k for i, k in enumerate(keys) if not set(corpus.twins(k)) & set(keys[:i])]
    if len(works) > 1 and reading.content:
        held = {k: linker.coverage(reading.content, k) for k in works}
        most = max(held.values())
        works = [k for k in works if held[k] == most] if most >= ENOUGH else works
    if len(works) > 1:
        works = [k for k in works if allowed(account, k)] or works
    if reading.plans:
        return Found(tuple(works), sure=len(works) == 1)
    return Found(tuple(_own(k, reading, account) for k in works), sure=len(works) == 1)


def _own(key: Key, reading: Reading, account: Account) -> Key:
    """The record of a work to report on: that of the plan named, where the account may; else one on which it may."""
    if reading.plans:
        twins = (key, *load_corpus().twins(key))
        key = next((k for k in twins if k.plan in reading.plans), key)
        return key if allowed(account, key) else own_record(key, account)
    return own_record(key, account)


def _chosen(reading: Reading, among: Sequence[Key], corpus: Corpus, linker: Linker) -> Found:
    """One of those offered: by number, by place in the list, by plan, or by words that only it holds."""
    works = {k: (k, *corpus.twins(k)) for k in among}
    for _, item in reading.items:
        fit = [
            k for k, twins in works.items()
            if any(t.item == item and (not reading.plans or t.plan in reading.plans) for t in twins)
        ]  # fmt: skip
        if len(fit) == 1:
            return Found((fit[0],), sure=True)
    place = _place(reading, len(among))
    if place is not None:
        return Found((among[place],), sure=True)
    if reading.content:
        every = [c for c in linker.rank(reading, {among[0].part: 1.0}) if c.key.part == among[0].part]
        ranked = [c for c in every if c.key in among]
        if ranked[0].coverage < WHOLE and _named_beside(every, [k for twins in works.values() for k in twins]):
            return Found()
        lead = ranked[0].score - ranked[1].score if len(ranked) > 1 else 1.0
        if ranked[0].coverage >= ENOUGH and lead >= WITHIN:
            return Found((ranked[0].key,), sure=True)
    elif len(fit := [k for k in among if k.plan in reading.plans]) == 1:
        return Found((fit[0],), sure=True)
    return Found()


def _named_beside(every: Sequence[Candidate], offered: Sequence[Key]) -> bool:
    """Whether the words are those of a work that was not offered."""
    return every[0].key not in offered and every[0].coverage >= WHOLE and every[0].known >= STRANGE


def _place(reading: Reading, count: int) -> int | None:
    said = f" {' '.join(s.folded for s in syllables(reading.question.text))} "
    for place, phrases in enumerate(_places(), start=1):
        if place <= count and any(f" {p} " in said for p in phrases):
            return place - 1
    return count - 1 if any(f" {p} " in said for p in _last()) else None


@lru_cache(maxsize=1)
def _choosing() -> dict[str, object]:
    return cast("dict[str, object]", json.loads(WORDS.read_text(encoding="utf-8")))


def _places() -> Iterable[Sequence[str]]:
    return cast("list[list[str]]", _choosing()["places"])


def _last() -> Sequence[str]:
    return cast("list[str]", _choosing()["last"])
