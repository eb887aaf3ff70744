"""Numbers written in letters ("mười hai", "hai lăm", "twelve"), in Roman letters, and in digits the Vietnamese way ("0,5", "1.000")."""

from __future__ import annotations

import re
from typing import Any

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")


def number_words(raw: dict[str, Any]) -> dict[str, int]:
    """Every folded way to write 1 to 100 in letters, from the word lists of `data/references.json`."""
    units: list[str] = raw["units"]
    ten: str = raw["ten"]
    said = {unit: i for i, unit in enumerate(units) if i}
    last = {**{unit: i for i, unit in enumerate(units) if i}, **raw["in_tens"]}
    said.update({f"{ten} {word}": 10 + i for word, i in last.items()}, **{ten: 10})
    for i, unit in enumerate(units[2:], 2):
        said[f"{unit} {ten}"] = 10 * i
        said.update({f"{unit} {ten} {word}": 10 * i + n for word, n in last.items()})
        said.update({f"{unit} {word}": 10 * i + n for word, n in raw["in_tens"].items() if word != "mot"})
    said.update({word: i for i, word in enumerate(raw["english"], 1)})
    for tens, value in raw["english_tens"].items():
        said[tens] = value
        for i, word in enumerate(raw["english"][:9], 1):
            said[f"{tens} {word}"] = said[f"{tens}-{word}"] = value + i
    said.update(raw["hundred"])
    return said


def roman(written: str) -> str | None:
    """Return the Roman numeral (up to X) of a numeral in Roman letters or digits, None for anything else."""
    if written.isdigit():
        value = int(written)
        return ROMAN[value - 1] if 1 <= value <= len(ROMAN) else None
    upper = written.upper()
    return upper if upper in ROMAN else None


def canonical(digits: str) -> str:
    """A number in Vietnamese digits as plain decimal text: "01" -> "1", "0,5" -> "0.5", "1.000" -> "1000"."""
    if _THOUSANDS.fullmatch(digits):
        digits = digits.replace(".", "")
    whole, _, part = digits.replace(",", ".").partition(".")
    whole = whole.lstrip("0") or "0"
    return f"{whole}.{part}" if part else whole
