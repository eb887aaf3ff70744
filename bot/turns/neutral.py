"""Make a message harmless before the dialogue engine sees it: clean text, never a command."""

from __future__ import annotations

from knowledge.text.normalise import clean

# Rasa takes a message that begins with this sign for a command ("/restart", "/intent{...}") instead of words.
COMMAND_SIGN = "/"


def neutralise(text: str) -> str:
    """The message as one clean line that can not be read as a command; empty when it holds no letter and no digit."""
    words = clean(text).lstrip(COMMAND_SIGN + " ")
    return words if any(c.isalnum() for c in words) else ""
