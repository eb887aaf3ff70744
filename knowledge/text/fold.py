"""Diacritics-free form of Vietnamese, so that "khoa hoc" finds "khoa học". One character stays one character: offsets carry over."""

from __future__ import annotations

import unicodedata


class _Folding(dict[int, str]):
    """Translation table that is filled as characters are met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        base = unicodedata.normalize("NFD", char)
        # Hangul also decomposes, into letters and not into marks: only marks are taken away.
        plain = base[0] if all(unicodedata.combining(c) for c in base[1:]) else char
        lower = plain.lower()
        self[code] = folded = lower if len(lower) == 1 else lower[0]
        return folded


_TABLE = _Folding({ord("đ"): "d", ord("Đ"): "d"})


def fold(text: str) -> str:
    """Lower case, no diacritics, "đ" as "d". For NFC input the result has exactly one character per input character."""
    return text.translate(_TABLE)
