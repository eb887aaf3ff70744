"""Reads .txt and .tsv: lines of text, and tab-separated table rows among them."""

from __future__ import annotations

import re

from knowledge.errors import BadEncoding
from knowledge.ingest.blocks import Block, Line, Row, Scribe, Slot
from knowledge.ingest.readers import Source

_COMPARISONS = {r"\geq": "≥", r"\ge": "≥", r"\leq": "≤", r"\le": "≤"}
_MATH = re.compile(r"\$\s*(\\(?:geq|leq|ge|le))?\s*([^$\n]*?)\s*\$")
_TAG = re.compile(r"</?(?:i|b|u|em|strong|sub|sup)>", re.IGNORECASE)
_RULE = re.compile(r"^[-_=*]{3,}$")


def read(data: bytes, name: str) -> Source:
    """Read the bytes of a text file.

    Raises:
        BadEncoding: neither UTF-8 nor UTF-16 with a byte-order mark.
    """
    lines = decode(data, name).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    soft_ends = any(line.endswith(" ") for line in lines)
    scribe, blocks, gap, table = Scribe(), list[Block](), 0, 1
    for number, raw in enumerate(lines, 1):
        line = plain(raw)
        if not line.strip() or _RULE.match(line.strip()):
            gap += 1
            continue
        if "\t" in line:
            slots = []
            for piece in line.split("\t"):
                scribe.cut()
                slots.append(Slot(scribe.write(piece, "L", number)))
            blocks.append(Row(tuple(slots), table))
        else:
            if blocks and isinstance(blocks[-1], Row):
                table += 1
            words = scribe.write(line, "L", number)
            if words:
                blocks.append(Line(words, gap, line.endswith(" ") if soft_ends else None))
        gap = 0
    return Source(tuple(blocks), tuple(scribe.words))


def decode(data: bytes, name: str) -> str:
    """Decode UTF-8 (with or without a mark) or UTF-16 with a byte-order mark."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadEncoding(f"{name} is not UTF-8: byte {error.start}", file=name, position=error.start) from error
    if "\x00" in text:
        raise BadEncoding(f"{name} holds NUL characters", file=name, position=text.index("\x00"))
    return text


def plain(line: str) -> str:
    r"""Mark-up as plain text: tags go, `$\geq 95\%$` becomes "≥ 95%"."""
    line = _TAG.sub("", line)
    return _MATH.sub(_comparison, line) if "$" in line else line


def _comparison(match: re.Match[str]) -> str:
    sign, body = match.groups()
    return f"{_COMPARISONS[sign]} {body}".replace("\\%", "%") if sign else body.replace("\\%", "%")
