"""The reports that a message holds: cut where its words say so, and where nothing but the names do ("SOC 35% IOC 40%")."""

from __future__ import annotations

import re

from knowledge.corpus import load_corpus
from knowledge.progress.dialog.cues import tells_what_happened
from knowledge.progress.dialog.naming import figure_of_name
from knowledge.progress.dialog.pasted import read_message, split_message
from knowledge.progress.dialog.subject import Found, find_work
from knowledge.progress.dialog.turn import Heard, World
from knowledge.progress.reading import behind_percents
from knowledge.text.normalise import lines
from knowledge.types import Key

FIGURE = re.compile(r"\d+")


def reports_in(text: str, world: World) -> tuple[str, ...]:
    """The pieces of a message, one for each report; the message as it stands when it holds one.

    Pieces that nothing marks off are several reports when each surely names a work, and each another one: in "bố trí 1% GRDP cho
    KHCN 30%" they do not.
    """
    pieces = _named(lines(text), split_message(text), world)
    if len(pieces) > 1 or len(FIGURE.findall(text)) < 2:
        return pieces
    loose = _without_cuts_in_names(behind_percents(text), world)
    works = [_work(piece, world) for piece in loose] if len(loose) > 1 else [None]
    return pieces if None in works or len(set(works)) < len(works) else loose


def _named(typed: str, pieces: tuple[str, ...], world: World) -> tuple[str, ...]:
    """The pieces, each that names no work and tells what happened put back to the one before ("xong rồi, nghiệm thu 3/4 hạng mục")."""
    out = list(pieces[:1])
    for piece in pieces[1:]:
        mention = read_message(piece, world.today).mention
        if tells_what_happened(piece) and not find_work(mention, world.account).keys:
            start = typed.index(out[-1])
            out[-1] = typed[start : typed.index(piece, start + len(out[-1])) + len(piece)]
        else:
            out.append(piece)
    return tuple(out)


def _without_cuts_in_names(pieces: tuple[str, ...], world: World) -> tuple[str, ...]:
    """The pieces, each that ends in a figure of its work's name put to the one behind it ("dự toán 1% | GRDP được 71%")."""
    out = list(pieces[:1])
    for piece in pieces[1:]:
        whole, report = f"{out[-1]} {piece}", read_message(out[-1], world.today)
        found = find_work(report.mention, world.account) if report.mention else Found()
        if found.sure and figure_of_name(Heard(whole, "", 1.0, report), found.keys[0]):
            out[-1] = whole
        else:
            out.append(piece)
    return tuple(out)


def _work(piece: str, world: World) -> Key | None:
    report = read_message(piece, world.today)
    found = find_work(report.mention, world.account) if report.mention and report.percent is not None else None
    if found is None or not found.sure:
        return None
    return min((found.keys[0], *load_corpus().twins(found.keys[0])), key=str)
