"""Cuts paragraphs into sentences with underthesea, which knows Vietnamese abbreviations ("TP. Hồ Chí Minh", "đ/c")."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache

_TRANSLATOR = "underthesea.pipeline.translate"


def split_sentences(text: str) -> list[str]:
    """The sentences of a paragraph as underthesea sees them; white space inside them may differ from the text."""
    return [str(s) for s in _tokenizer()(text)] if text else []


@cache
def _tokenizer() -> Callable[[str], list[str]]:
    """Underthesea's, without its translator: that one, of no use here, loads PyTorch, and the package does without what is not there."""
    sys.modules[_TRANSLATOR] = None  # type: ignore[assignment]  # how the import system marks a module that is not to be found
    try:
        from underthesea import sent_tokenize  # type: ignore[import-untyped]
    finally:
        del sys.modules[_TRANSLATOR]
    return sent_tokenize  # type: ignore[no-any-return]
