"""Expected tables, read from the source documents by eye and kept as tab-separated files."""

from __future__ import annotations

import csv
from pathlib import Path

from knowledge.types import Target, Task

EXPECTED = Path(__file__).parents[2] / "data" / "plans" / "expected"


def expected(name: str) -> list[dict[str, str]]:
    with (EXPECTED / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def task_row(task: Task) -> dict[str, str]:
    when = task.timeframe
    return {
        "item": task.key.item,
        "section": task.section,
        "title": task.title.text,
        "lead": task.lead.text,
        "partners": task.partners.text,
        "product": task.product.text,
        "timeframe": when.text,
        "start": when.start.isoformat() if when.start else "",
        "due": when.due.isoformat() if when.due else "",
        "recurring": when.recurring or "",
        "open_ended": "yes" if when.open_ended else "",
    }


def target_row(target: Target) -> dict[str, str]:
    row = {"item": target.key.item, "text": target.text.text}
    if target.unit is not None and target.result is not None and target.monitor is not None:
        row |= {"unit": target.unit.text, "result": target.result.text, "monitor": target.monitor.text}
    row["values"] = "; ".join(
        f"{v.value:g} to {v.high:g} [{v.unit}]" if v.high is not None else f"{v.operator} {v.value:g} [{v.unit}]"
        for v in target.values
    )
    return row
