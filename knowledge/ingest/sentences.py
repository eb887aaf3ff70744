"""Cuts paragraphs into sentences with underthesea, which knows Vietnamese abbreviations ("TP. Hồ Chí Minh", "đ/c")."""

from __future__ import annotations


def split_sentences(text: str) -> list[str]:
    """The sentences of a paragraph as underthesea sees them; white space inside them may differ from the text."""
    from underthesea import sent_tokenize  # type: ignore[import-untyped]

    return [str(s) for s in sent_tokenize(text)] if text else []
