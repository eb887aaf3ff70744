"""Plan records as JSON: how a published plan is written to disk, read back and shown by the API."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.errors import UnknownPlan
from knowledge.types import AgencyCell, Cell, Key, Passage, Plan, Record, Section, Target, TargetValue, Task, Timeframe

PLANS = Path(__file__).parent / "plans"


def as_json(value: Any) -> Any:
    """Turn a record, or anything built of the types in `knowledge.types`, into plain JSON values.

    A `Key` becomes the three fields plan, part and item of the record that holds it; dates become ISO strings.
    """
    if is_dataclass(value) and not isinstance(value, type):
        out: dict[str, Any] = {}
        for f in fields(value):
            v = getattr(value, f.name)
            if f.name == "key" and isinstance(v, Key):
                out.update(plan=v.plan, part=v.part, item=v.item)
            else:
                out[f.name] = as_json(v)
        return out
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return [as_json(v) for v in value]
    return value


def write_plan(plan: Plan, path: Path) -> None:
    """Write a plan as UTF-8 JSON, atomically: a reader sees the old file or the new one, never half of one."""
    partial = path.with_suffix(".part")
    partial.write_text(json.dumps(as_json(plan), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    partial.replace(path)


def read_plan(path: Path) -> Plan:
    """Read a plan written by `write_plan`."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    return Plan(
        id=raw["id"], version=raw["version"], title=raw["title"], short=raw["short"], issuer=raw["issuer"],
        number=_cell(raw["number"]), date=_cell(raw["date"]), blanks=tuple(raw["blanks"]), signer=_optional(raw["signer"]),
        sections=tuple(Section(s["item"], _cell(s["title"])) for s in raw["sections"]),
        tasks=tuple(_task(t) for t in raw["tasks"]),
        targets=tuple(_target(t) for t in raw["targets"]),
        body=tuple(_passage(p) for p in raw["body"]),
    )  # fmt: skip


def read_plans(folder: Path = PLANS) -> tuple[Plan, ...]:
    """Read every published plan (`*.json`) of a folder, in order of plan id.

    Raises:
        UnknownPlan: the folder holds none.
    """
    plans = tuple(read_plan(p) for p in sorted(folder.glob("*.json")))
    if not plans:
        raise UnknownPlan(f"no published plan in {folder}", folder=str(folder))
    return plans


def plain(record: Record) -> str:
    """The main sentence of a record: task title, target sentence or passage."""
    return record.title.text if isinstance(record, Task) else record.text.text


def _key(raw: dict[str, Any]) -> Key:
    return Key(raw["plan"], raw["part"], raw["item"])


def _cell(raw: dict[str, Any]) -> Cell:
    return Cell(raw["text"], tuple(raw["source"]))


def _optional(raw: dict[str, Any] | None) -> Cell | None:
    return None if raw is None else _cell(raw)


def _agencies(raw: dict[str, Any]) -> AgencyCell:
    return AgencyCell(raw["text"], tuple(raw["source"]), tuple(raw["agencies"]))


def _day(raw: str | None) -> date | None:
    return None if raw is None else date.fromisoformat(raw)


def _timeframe(raw: dict[str, Any]) -> Timeframe:
    return Timeframe(
        raw["text"], tuple(raw["source"]), _day(raw["start"]), _day(raw["due"]), raw["recurring"], raw["open_ended"]
    )


def _task(raw: dict[str, Any]) -> Task:
    return Task(
        _key(raw), raw["id"], raw["section"], _cell(raw["title"]), _agencies(raw["lead"]), _agencies(raw["partners"]),
        _cell(raw["product"]), _timeframe(raw["timeframe"]),
    )  # fmt: skip


def _target(raw: dict[str, Any]) -> Target:
    values = tuple(
        TargetValue(v["operator"], v["value"], v["unit"], v["text"], v["high"], v["subject"]) for v in raw["values"]
    )
    monitor = None if raw["monitor"] is None else _agencies(raw["monitor"])
    return Target(
        _key(raw), raw["id"], _cell(raw["text"]), values, _optional(raw["unit"]), _optional(raw["result"]), monitor
    )


def _passage(raw: dict[str, Any]) -> Passage:
    return Passage(_key(raw), raw["id"], tuple(raw["heading"]), _cell(raw["text"]), tuple(raw["sentences"]))
