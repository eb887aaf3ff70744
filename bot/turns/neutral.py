"""Make a message harmless before the dialogue engine sees it: clean text, never a command."""

from __future__ import annotations

from knowledge.text.normalise import clean

# Rasa takes a message that begins with this sign for a command ("/restart", "/intent{...}") instead of words.
COMMAND_SIGN = "/"
AGREEING = frozenset("👍👌✅")
"""Signs that people send for a yes."""
TONES = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
"""Shades of skin that may follow a sign of a hand."""
YES = "ok"


def neutralise(text: str) -> str:
    """The message as one clean line that can not be read as a command; empty when it holds no letter and no digit.

    Signs for a yes, and nothing else, are one.
    """
    words = clean(text).lstrip(COMMAND_SIGN + " ")
    if any(c.isalnum() for c in words):
        return words
    signs = set(words) - TONES - {" "}
    return YES if signs and signs <= AGREEING else ""
