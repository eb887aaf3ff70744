"""The sentences of both languages fit each other."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import knowledge.answer.wording as wording

FOLDER = Path(wording.__file__).parent


def fields(lang: str) -> dict[str, set[str]]:
    out: dict[str, set[str]] = {}

    def walk(prefix: str, node: object) -> None:
        if isinstance(node, dict):
            for name, child in node.items():
                walk(f"{prefix}.{name}", child)
        else:
            out[prefix] = set(re.findall(r"{(\w+)}", str(node)))

    walk("", tomllib.loads((FOLDER / "templates" / f"{lang}.toml").read_text(encoding="utf-8")))
    return out


def test_both_languages_have_the_same_sentences_with_the_same_names() -> None:
    assert fields("vi") == fields("en")


def test_a_shortened_title_ends_at_a_word() -> None:
    assert wording.shorten("Xây dựng Trung tâm điều hành an ninh mạng", 20) == "Xây dựng Trung tâm…"
    assert wording.shorten("Đề án.", 20) == "Đề án"
