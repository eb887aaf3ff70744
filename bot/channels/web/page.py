"""The pages' HTML, filled from the string tables once at start-up."""

from __future__ import annotations

import html
import json
from pathlib import Path

from bot.messages.catalog import Lang

STATIC = Path(__file__).parent / "static"
STRINGS = Path(__file__).parent / "strings"
LANGS: tuple[Lang, ...] = ("vi", "en")


def page(name: str, lang: Lang = "vi", **values: str) -> str:
    """`static/<name>.html` with every `{{key}}` replaced by the escaped text of the language's table or of `values`.

    `{{strings}}` is the page's whole table as JSON for its script, safe inside a script element.
    """
    tables = json.loads((STRINGS / f"{lang}.json").read_text(encoding="utf-8"))
    table: dict[str, object] = tables["page"] | values | {"lang": lang}
    text = (STATIC / f"{name}.html").read_text(encoding="utf-8")
    for key, value in table.items():
        if isinstance(value, str):
            text = text.replace("{{" + key + "}}", html.escape(value))
    return text.replace("{{strings}}", json.dumps(table, ensure_ascii=False).replace("<", "\\u003c"))
