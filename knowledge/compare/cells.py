"""Compares agency cells by who is meant: a party committee stands for the body it leads, or for those named in brackets after it."""

from __future__ import annotations

import re

from knowledge.text.agencies import Registry
from knowledge.types import AgencyCell

_BRACKET = re.compile(r"\s*\(")


def meant(cell: AgencyCell, agencies: Registry) -> tuple[str, ...]:
    """The canonical names of who is meant.

    "Đảng ủy UBND tỉnh (Sở Tài chính)" means the department in brackets; "Đảng ủy Công an tỉnh" the police.
    """
    names: list[str] = []
    for mention, following in _with_following(cell, agencies):
        agency = agencies.get(mention)
        committee_of = agency.party_of if agency else None
        if committee_of and _BRACKET.match(following) and _opens_with_agency(following, agencies):
            continue
        names.append(committee_of or mention)
    found = {mention for mention, _ in _with_following(cell, agencies)}
    # What only the whole cell tells (a list such as "Các Sở: Tài chính, Công Thương") comes last.
    names += [name for name in cell.agencies if name not in found]
    return tuple(dict.fromkeys(names))


def only_in(names: tuple[str, ...], others: tuple[str, ...], agencies: Registry) -> tuple[str, ...]:
    """The names that have no equal, in whatever form, among the others."""
    return tuple(name for name in names if not any(agencies.same(name, other) for other in others))


def _with_following(cell: AgencyCell, agencies: Registry) -> list[tuple[str, str]]:
    return [(mention.name, cell.text[mention.end :]) for mention in agencies.find(cell.text)]


def _opens_with_agency(bracket: str, agencies: Registry) -> bool:
    """Whether a bracket lists agencies; "(gắn nhiệm vụ với Tổ Công nghệ số cộng đồng)" is a remark."""
    inside = bracket[bracket.index("(") + 1 :]
    found = agencies.find(inside)
    return bool(found) and found[0].start == 0
