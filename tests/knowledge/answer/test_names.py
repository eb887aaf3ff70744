"""What people call tasks and targets: short forms, everyday words, abbreviations, English. Each leads to its record or a twin of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.corpus import load_corpus
from knowledge.types import Facet, Key, Part
from tests.knowledge.answer.conftest import Ask, keys

DATA = Path(__file__).parents[2] / "data"
"""Folder of the names: item of the People's Committee's plan, language, name."""


@pytest.mark.parametrize(
    ("part", "intent", "facet", "frames"),
    [
        ("tasks", "ask_task", "lead", {"vi": "{} ai chủ trì", "en": "who leads {}?"}),
        ("targets", "ask_target", "monitor", {"vi": "{} ai theo dõi", "en": "who monitors {}?"}),
    ],
)
def test_every_name_leads_to_its_record(
    ask: Ask, part: Part, intent: str, facet: Facet, frames: dict[str, str]
) -> None:
    missed = []
    for line in (DATA / f"{part[:-1]}_names.tsv").read_text(encoding="utf-8").splitlines():
        item, lang, name = line.split("\t")
        record = Key("kh-ubnd", part, item)
        right = {f"{k.plan}/{k.part}/{k.item}" for k in (record, *load_corpus().twins(record)) if k.part == part}
        cited = keys(ask(frames[lang].format(name), intent, facet, lang=lang))
        if not set(cited[:1]) <= right or not cited:
            missed.append((item, name, cited))
    assert missed == []
