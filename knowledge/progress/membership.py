"""Which agency is meant by a name, and which agencies a name in a plan's cell speaks for.

A cell may name an agency, its party committee ("Đảng ủy Công an tỉnh") or a class ("Các sở, ban, ngành"); who belongs to a class
is data (`data/classes.json`). What an operator has added counts as any agency of the plans does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge.errors import UnknownAgency
from knowledge.records import read_plans
from knowledge.text.agencies import load_agencies
from knowledge.text.normalise import clean
from knowledge.text.syllables import syllables
from knowledge.types import AgencyCell

DATA = Path(__file__).parent / "data" / "classes.json"


@dataclass(frozen=True)
class _Class:
    kinds: frozenset[str]
    begins: tuple[str, ...]


@lru_cache(maxsize=1)
def _classes() -> tuple[str, dict[str, _Class]]:
    raw = json.loads(DATA.read_text(encoding="utf-8"))
    communes = raw["communes"]
    found = {
        name: _Class(
            frozenset(members.get("kinds", ())),
            tuple(_spelled(w) for w in (*members.get("begins", ()), *(communes if members.get("communes") else ()))),
        )
        for name, members in raw["classes"].items()
    }
    return _spelled(raw["party"]) + " ", found


def named_in(cell: AgencyCell) -> tuple[str, ...]:
    """The agencies a cell names, also those that the register does not know, as the cell writes them."""
    return (*cell.agencies, *_unlisted(cell.text))


@lru_cache(maxsize=1)
def plan_agencies() -> frozenset[str]:
    """Canonical names of the register and every agency named in a cell of a published plan."""
    cells: list[AgencyCell] = []
    for plan in read_plans():
        cells += [cell for task in plan.tasks for cell in (task.lead, task.partners)]
        cells += [target.monitor for target in plan.targets if target.monitor]
    return frozenset(a.name for a in load_agencies()) | {name for cell in cells for name in named_in(cell)}


def canonical(text: str, added: Iterable[str] = ()) -> str:
    """The agency that `text` names in any spelling ("so khcn"), among those of the plans and those an operator has `added`.

    Raises:
        UnknownAgency: nobody knows it; the detail `near` holds the nearest names.
    """
    registry, written, extra = load_agencies(), clean(text), sorted(added)
    known = registry.get(written)
    if known is not None:
        return known.name
    spelled = _spelled(written)
    for name in (*extra, *sorted(plan_agencies())):
        if _spelled(name) == spelled:
            return name
    whole = [m.name for m in registry.find(written) if (m.start, m.end) == (0, len(written))]
    if whole:
        return whole[0]
    near = [name for name in extra if spelled and spelled in _spelled(name)] + registry.near(written)
    raise UnknownAgency(text, agency=text, near=tuple(dict.fromkeys(near))[:3])


@lru_cache(maxsize=8192)
def same(a: str, b: str) -> bool:
    """Whether two names mean one agency: equal in any spelling, or one is the party committee of the other."""
    return load_agencies().same(a, b) or _seat(a) == _seat(b)


@lru_cache(maxsize=8192)
def speaks_for(agency: str, named: str) -> bool:
    """Whether `agency` is what a plan's cell calls `named`: the same, or a member of that class."""
    if same(agency, named):
        return True
    members = _classes()[1].get(_seat(named))
    if members is None or _is_class(agency):
        return False
    return any(_belongs(name, members) for name in {agency, _seat(agency)})


def _belongs(agency: str, members: _Class) -> bool:
    known, spelled = load_agencies().get(agency), _spelled(agency)
    return (known is not None and known.kind in members.kinds) or any(
        spelled.startswith(f"{words} ") for words in members.begins
    )


def _seat(name: str) -> str:
    """The agency itself where `name` is its party committee, else its canonical name."""
    registry = load_agencies()
    known = registry.get(name)
    if known is not None:
        return known.party_of or known.name
    party, spelled = _classes()[0], _spelled(name)
    led = registry.get(spelled.removeprefix(party)) if spelled.startswith(party) else None
    return led.name if led is not None else spelled


def _is_class(name: str) -> bool:
    known = load_agencies().get(name)
    return known is not None and known.kind == "class"


@lru_cache(maxsize=1024)
def _unlisted(text: str) -> tuple[str, ...]:
    return load_agencies().resolve_cell(text)[1]


def _spelled(text: str) -> str:
    return " ".join(s.folded for s in syllables(text))
