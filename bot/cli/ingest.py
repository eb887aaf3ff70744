"""`sauro ingest`: read a plan from a file, show what is doubtful, publish its records."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.messages.catalog import Lang, message

if TYPE_CHECKING:
    from knowledge.ingest.ingest import Ingestion

# A file that is rejected ends with exit code 1; a mapping that a person must approve with this one.
NEEDS_APPROVAL = 3
_PLAN_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def ingest(
    file: Annotated[Path, typer.Argument(help=message("ingest.file_help"))],
    plan: Annotated[str, typer.Option("--plan", help=message("ingest.plan_help"))],
    out: Annotated[Path | None, typer.Option("--out", help=message("ingest.out_help"))] = None,
    check: Annotated[bool, typer.Option("--check", help=message("ingest.check_help"))] = False,
    accept_mapping: Annotated[bool, typer.Option("--accept-mapping", help=message("ingest.accept_help"))] = False,
    title: Annotated[str | None, typer.Option(help=message("ingest.title_help"))] = None,
    short: Annotated[str | None, typer.Option(help=message("ingest.short_help"))] = None,
    issuer: Annotated[str | None, typer.Option(help=message("ingest.issuer_help"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=message("ingest.json_help"))] = False,
    lang: Annotated[str, typer.Option(help=message("ingest.lang_help"))] = "vi",
) -> None:
    """Read a plan from a file and publish its records."""
    import json
    from dataclasses import replace

    from bot.cli.terminal import fail
    from knowledge.errors import PlanError
    from knowledge.ingest.ingest import ingest as read
    from knowledge.ingest.ingest import known_about, publish
    from knowledge.records import PLANS, read_plan

    spoken: Lang = "en" if lang == "en" else "vi"
    folder = out or PLANS
    if not _PLAN_ID.fullmatch(plan):
        fail(message("ingest.bad_plan_id", spoken, plan=plan))
    given = {name: text for name, text in (("title", title), ("short", short), ("issuer", issuer)) if text}
    published = folder / f"{plan}.json"
    try:
        found = read(
            file,
            plan,
            about=replace(known_about(plan), **given),
            published=read_plan(published) if published.exists() else None,
        )
    except OSError as error:
        fail(message("ingest.unreadable", spoken, file=file, reason=error.strerror or error))
    except PlanError as error:
        fail(message(f"ingest.{error.code}", spoken, **{"file": file.name, **error.details}))
    try:
        path = None if check else publish(found, folder, accept_mapping=accept_mapping)
    except OSError as error:
        fail(message("ingest.not_written", spoken, folder=folder, reason=error.strerror or error))
    if as_json:
        print(json.dumps(_as_json(found, path), ensure_ascii=False, indent=1))
    else:
        _show(found, spoken)
        outcome = "checked" if check else "published" if path else "needs_approval"
        print(message(f"ingest.{outcome}", spoken, path=path or "", plan=plan))
    if found.mapping.approval_needed and not accept_mapping:
        raise typer.Exit(NEEDS_APPROVAL)


def _show(found: Ingestion, lang: Lang) -> None:
    """Print counts, doubts, unused words and the mapping."""
    report, mapping = found.report, found.mapping
    print(found.plan.title)
    print(message("ingest.counts", lang, words=sum(report.words.values()), **report.counts))
    for blank in found.plan.blanks:
        print(message(f"ingest.blank_{blank}", lang))
    for doubt in report.doubts:
        print(f"? {message(f'ingest.doubt_{doubt.kind}', lang, where=doubt.where, text=doubt.text)}")
    for unused in report.unused:
        print(f"? {message('ingest.unused', lang, where=', '.join(unused.source), text=unused.text)}")
    if not (report.doubts or report.unused):
        print(message("ingest.no_doubts", lang))
    for move in mapping.moved:
        print(message("ingest.moved", lang, old=move.old, new=move.new, text=move.text, likeness=round(move.likeness)))
    for key in mapping.gone:
        print(message("ingest.gone", lang, item=key))
    if mapping.added:
        print(message("ingest.added", lang, count=len(mapping.added)))


def _as_json(found: Ingestion, path: Path | None) -> dict[str, Any]:
    from knowledge.records import as_json

    report, mapping = found.report, found.mapping
    return {
        "plan": found.plan.id,
        "version": found.plan.version,
        "published": str(path) if path else None,
        "approval_needed": mapping.approval_needed,
        "counts": report.counts,
        "words": report.words,
        "blanks": list(found.plan.blanks),
        "doubts": as_json(report.doubts),
        "unused": as_json(report.unused),
        "moved": [
            {"id": m.id, "old": str(m.old), "new": str(m.new), "text": m.text, "likeness": m.likeness}
            for m in mapping.moved
        ],
        "gone": [str(key) for key in mapping.gone],
        "added": [str(key) for key in mapping.added],
    }
