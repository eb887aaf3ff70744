"""Everything that is measured on noisy text, kind by kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from knowledge.evaluation.text import Mended, mended
from knowledge.evaluation.text_kinds import KINDS
from knowledge.evaluation.text_linking import same_records
from knowledge.evaluation.text_noise import Pair, read_pairs
from knowledge.evaluation.text_restoring import restore
from knowledge.text.repair import as_typed, repair

Understand = Callable[[Sequence[str], bool], list[object]]
"""What the dialogue engine takes texts for; the flag says whether they are repaired first."""


@dataclass(frozen=True)
class Ways:
    """How many noisy texts led where their clean ones do: left as typed, repaired, repaired and then given diacritics.

    `restored` is None where the noise leaves the diacritics on.
    """

    typed: int
    repaired: int
    restored: int | None


@dataclass(frozen=True)
class Kind:
    """Figures of one kind of noise; `records` and `understood` are None when they were not asked for."""

    name: str
    mended: Mended
    records: Ways | None = None
    understood: Ways | None = None


@dataclass(frozen=True)
class Clean:
    """Clean questions, how many of them repair changes, and microseconds a question in ascending order."""

    rows: int
    changed: int
    us: tuple[float, ...]


def measure(folder: Path, *, linked: bool = False, understand: Understand | None = None) -> list[Kind]:
    """Measure every kind on its set in `folder`."""
    sets = {name: read_pairs(folder / f"{name}.tsv") for name in KINDS}
    found = []
    for name, pairs in sets.items():
        kind = Kind(name, mended(pairs, _mend))
        found.append(replace(kind, records=_linked(pairs, unmarked=_unmarked(name))) if linked else kind)
    if not understand:
        return found
    taken = _understood(sets, understand)
    return [replace(kind, understood=taken[kind.name]) for kind in found]


def measure_clean(folder: Path) -> Clean:
    """See what repair does to the questions that were never noisy."""
    texts = (folder / "clean.txt").read_text(encoding="utf-8").splitlines()
    timed = mended([Pair(text, text, "hand") for text in texts], _mend)
    return Clean(timed.rows, sum(bool(repair(text).changes) for text in texts), timed.us)


def _mend(text: str) -> str:
    return repair(text).text


def _restored(text: str) -> str:
    return restore(repair(text).text)


def _linked(pairs: Sequence[Pair], *, unmarked: bool) -> Ways:
    repaired = same_records(pairs)
    restored = same_records(pairs, _restored) if unmarked else None
    with as_typed():
        return Ways(same_records(pairs), repaired, restored)


def _understood(sets: Mapping[str, Sequence[Pair]], understand: Understand) -> dict[str, Ways]:
    """All sets at once: starting the engine takes longer than all of them."""
    noisy = [p.noisy for pairs in sets.values() for p in pairs]
    bare = {p.noisy: _restored(p.noisy) for name, pairs in sets.items() if _unmarked(name) for p in pairs}
    read = list(dict.fromkeys([*noisy, *bare.values(), *(p.clean for pairs in sets.values() for p in pairs)]))
    repaired = dict(zip(read, understand(read, True), strict=True))
    typed = dict(zip(noisy, understand(noisy, False), strict=True))
    return {
        name: Ways(
            sum(typed[p.noisy] == repaired[p.clean] for p in pairs),
            sum(repaired[p.noisy] == repaired[p.clean] for p in pairs),
            sum(repaired[bare[p.noisy]] == repaired[p.clean] for p in pairs) if _unmarked(name) else None,
        )
        for name, pairs in sets.items()
    }


def _unmarked(kind: str) -> bool:
    return kind.startswith("unmarked")
