"""The pages' HTML, filled from the string table once at start-up."""

from __future__ import annotations

import html
import json
from pathlib import Path

STATIC = Path(__file__).parent / "static"


def page(name: str, **values: str) -> str:
    """`static/<name>.html` with every `{{key}}` replaced by the escaped text of `strings.json` or of `values`.

    `{{strings}}` is the whole table as JSON for the page's script, safe inside a script element.
    """
    table: dict[str, object] = json.loads((STATIC / "strings.json").read_text(encoding="utf-8")) | values
    text = (STATIC / f"{name}.html").read_text(encoding="utf-8")
    for key, value in table.items():
        if isinstance(value, str):
            text = text.replace("{{" + key + "}}", html.escape(value))
    return text.replace("{{strings}}", json.dumps(table, ensure_ascii=False).replace("<", "\\u003c"))
