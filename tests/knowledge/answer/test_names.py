"""What people call the tasks: official short forms, everyday words, abbreviations, English. Each leads to its task or the twin of it."""

from __future__ import annotations

from pathlib import Path

from knowledge.corpus import load_corpus
from knowledge.types import Key
from tests.knowledge.answer.conftest import Ask, keys

NAMES = Path(__file__).parents[2] / "data" / "task_names.tsv"
"""Item of the People's Committee's plan, language, name."""
FRAMES = {"vi": "{} ai chủ trì", "en": "who leads {}?"}


def test_every_name_of_a_task_leads_to_it(ask: Ask) -> None:
    missed = []
    for line in NAMES.read_text(encoding="utf-8").splitlines():
        item, lang, name = line.split("\t")
        task = Key("kh-ubnd", "tasks", item)
        right = {f"{k.plan}/{k.part}/{k.item}" for k in (task, *load_corpus().twins(task)) if k.part == "tasks"}
        cited = keys(ask(FRAMES[lang].format(name), "ask_task", "lead", lang=lang))
        if not set(cited[:1]) <= right or not cited:
            missed.append((item, name, cited))
    assert missed == []
