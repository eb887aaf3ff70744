"""The sign-in page: one HTML file, filled with the texts of a language."""

from __future__ import annotations

import html
import re
from functools import cache
from pathlib import Path

from bot.messages.catalog import Lang, message
from knowledge.store.accounts import SIGNED_IN

STATIC = Path(__file__).parent / "static"
_PLACE = re.compile(r"\{\{(\w+)\}\}")


@cache
def page(lang: Lang, oidc: bool, problem: str = "") -> str:
    """The page; `oidc` offers the provider's sign-in, `problem` is the rest of a key `staff.refused_...`."""
    values = {
        "lang": lang,
        "oidc": "" if oidc else "hidden",
        "problem": message(f"staff.refused_{problem}", lang) if problem else "",
        **{f"role_{role}": message(f"staff.role_{role}", lang) for role in SIGNED_IN},
    }

    def text(place: re.Match[str]) -> str:
        name = place[1]
        return html.escape(values[name] if name in values else message(f"staff.page_{name}", lang))

    return _PLACE.sub(text, (STATIC / "sign-in.html").read_text(encoding="utf-8"))
