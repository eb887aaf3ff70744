"""From a file to a plan with a report, and from there to a published record. Nothing is written before everything has passed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import LayoutError
from knowledge.ingest.blocks import cell
from knowledge.ingest.build import About, build, with_ids
from knowledge.ingest.drafts import Doubt
from knowledge.ingest.ids import Mapping, map_records
from knowledge.ingest.parse import parse
from knowledge.ingest.readers import read
from knowledge.ingest.sentences import split_sentences
from knowledge.ingest.usage import Usage
from knowledge.records import write_plan
from knowledge.text.agencies import load_agencies
from knowledge.types import Cell, Plan, Record


@dataclass(frozen=True)
class Report:
    """What a person should know about a run. `words` counts source words by the role they were used for."""

    counts: dict[str, int]
    words: dict[str, int]
    doubts: tuple[Doubt, ...]
    unused: tuple[Cell, ...]


@dataclass(frozen=True)
class Ingestion:
    """A plan as read from a file, how its records correspond to the published ones, and the report."""

    plan: Plan
    mapping: Mapping
    report: Report


def ingest(path: Path, plan: str, *, about: About | None = None, published: Plan | None = None) -> Ingestion:
    """Read a plan from a file. Writes nothing.

    `about` names what the file does not say; by default the plan's entry in `data/about.json`, if it has one.
    `published` is the plan as published before, whose ids are kept.

    Raises:
        FileNotFoundError: there is no such file.
        SourceError: the file can not be used; the subclass says why.
        LayoutError: no known header or numbered section was found.
        WordLoss: rebuilt cells do not use every source word exactly once and in order.
    """
    source = read(path)
    usage = Usage()
    agencies = load_agencies()
    draft = parse(source.blocks, agencies, usage)
    version = hashlib.sha256(path.read_bytes()).hexdigest()
    bare = build(draft, plan, version, about or known_about(plan), agencies, split_sentences)
    _check_numbers(bare)
    mapping = map_records(published, bare)
    unused = tuple(cell(run) for run in usage.unused(source.words))
    report = Report(_counts(bare), dict(usage.roles()), tuple(draft.doubts), unused)
    return Ingestion(with_ids(bare, mapping.ids), mapping, report)


def publish(found: Ingestion, folder: Path, *, accept_mapping: bool = False) -> Path | None:
    """Write the plan record, atomically. Returns its path, or None when a mapping needs approval and nothing was written."""
    if found.mapping.approval_needed and not accept_mapping:
        return None
    path = folder / f"{found.plan.id}.json"
    write_plan(found.plan, path)
    return path


def known_about(plan: str) -> About:
    """What is known about a plan beside its file."""
    raw = json.loads((Path(__file__).parent / "data" / "about.json").read_text(encoding="utf-8"))
    return About(**raw.get(plan, {}))


def _check_numbers(plan: Plan) -> None:
    """Every record must have a place of its own: a number that occurs twice means the layout was misread."""
    seen = set()
    records: tuple[Record, ...] = (*plan.tasks, *plan.targets, *plan.body)
    for record in records:
        if record.key in seen:
            raise LayoutError(f"{record.key} occurs twice", item=str(record.key))
        seen.add(record.key)


def _counts(plan: Plan) -> dict[str, int]:
    return {
        "sections": len(plan.sections),
        "tasks": len(plan.tasks),
        "targets": len(plan.targets),
        "body": len(plan.body),
    }
