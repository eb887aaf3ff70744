"""The catalog is whole: both languages alike, every used key there, no key unused."""

import re
from pathlib import Path
from string import Formatter

import pytest

from bot.messages.catalog import message, preferred, texts

ROOT = Path(__file__).resolve().parents[3]
FILES = [p for top in ("bot", "knowledge") for p in (ROOT / top).rglob("*.py") if ".venv" not in p.parts]
SOURCES = "\n".join(p.read_text("utf-8") for p in FILES)


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def used_keys() -> set[str]:
    """Keys named in the code: written out, or by the function that puts the table's name in front."""
    tables = {key.partition(".")[0] for key in texts("vi")}
    literals = re.findall(r"""["']([a-z_]+)\.([a-z0-9_]+)["']""", SOURCES)
    keys = {f"{table}.{name}" for table, name in literals if table in tables and name not in ("py", "yml")}
    keys |= {f"turn.{k}" for k in re.findall(r'canned\(\s*"(\w+)"', SOURCES)}
    for call in (r"ApiError\(\s*\d+,\s*", r"error_body\(\s*", r"reply\(request, \d+, ", r"    \d{3}: "):
        keys |= {f"error.{k}" for k in re.findall(call + r'"(\w+)"', SOURCES)}
    return keys


def is_made(key: str) -> bool:
    """Does the code put this key together: f"serve.no_{part}", or f"error.{code}" with a code that stands in the code?"""
    beginnings = re.findall(r"""f["']([a-z_]+\.[a-z0-9_]*)\{""", SOURCES)
    table, _, name = key.partition(".")
    named = f"{table}." in beginnings and re.search(rf"""["']{name}["']""", SOURCES) is not None
    return named or key.startswith(tuple(b for b in beginnings if not b.endswith(".")))


def test_both_languages_have_the_same_keys_and_fields() -> None:
    vi, en = texts("vi"), texts("en")
    assert {k: fields(t) for k, t in vi.items()} == {k: fields(t) for k, t in en.items()}


def test_every_used_key_exists() -> None:
    assert sorted(used_keys() - set(texts("vi"))) == []


def test_every_key_is_used() -> None:
    assert sorted(k for k in set(texts("vi")) - used_keys() if not is_made(k)) == []


def test_a_message_is_filled_in() -> None:
    assert message("error.too_large", "en", limit=7) == "The body is larger than 7 bytes."


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        message("turn.nothing")


@pytest.mark.parametrize(
    ("header", "lang"),
    [(None, "vi"), ("", "vi"), ("vi-VN,vi;q=0.9,en;q=0.8", "vi"), ("en-US,en;q=0.9", "en"), ("*", "vi")],
)
def test_the_language_asked_for_first_is_taken(header: str | None, lang: str) -> None:
    assert preferred(header) == lang
