"""First touch on any text that comes from outside: a defined Unicode form without invisible or broken characters."""

from __future__ import annotations

import unicodedata

# Control, format (zero width, bidi marks, soft hyphen, BOM) and surrogate code points carry no words.
_DROPPED = frozenset(("Cc", "Cf", "Cs"))


def clean(text: str) -> str:
    """Return `text` in NFC without control, zero-width, bidi and surrogate characters, white space collapsed to single spaces.

    Never raises; the result is empty when nothing visible is left. Applying it twice changes nothing.
    """
    kept = text
    if not text.isprintable():  # printable text holds none of the dropped characters
        kept = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in _DROPPED)
    return " ".join(unicodedata.normalize("NFC", kept).split())


def lines(text: str) -> str:
    """Return `text` with every line cleaned as by `clean`, empty lines left out, one newline between lines."""
    return "\n".join(line for line in map(clean, text.splitlines()) if line)
