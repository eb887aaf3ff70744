"""Diacritics put back on text typed without: measured beside searching and reading the text without them, and not used.

Each syllable gets the likeliest of its written forms, by pairs of neighbours (Viterbi) over the table of `knowledge.text.language`.
"""

from __future__ import annotations

from knowledge.text.fold import fold
from knowledge.text.language import load_language
from knowledge.text.syllables import syllables


def restore(text: str) -> str:
    """The text with diacritics; text that has some already, and words the table lacks, stay as they are."""
    if fold(text) != text.lower():
        return text
    language = load_language()
    words = language.marked
    cut = syllables(text)
    best: dict[str, tuple[float, tuple[str, ...]]] = {"": (0.0, ())}
    for s in cut:
        forms = language.written(s.folded)[:12] or [s.text.lower()]
        best = {
            form: max((score + words.log_pair(last, form), (*path, form)) for last, (score, path) in best.items())
            for form in forms
        }
    _, path = max(best.values())
    out, at = [], 0
    for s, form in zip(cut, path, strict=True):
        out += [text[at : s.start], form[0].upper() + form[1:] if s.text[0].isupper() else form]
        at = s.end
    return "".join((*out, text[at:]))
