"""`sauro eval questions`: plays questions whose right answers are known, and counts how many are answered right."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.messages.catalog import message

if TYPE_CHECKING:
    from knowledge.evaluation.checks import Verdict
    from knowledge.evaluation.questions import Row

HEAD = 600


def questions(
    files: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, help=message("eval.questions_file_help"))],
    url: Annotated[str | None, typer.Option(help=message("eval.url_help"))] = None,
    only: Annotated[str | None, typer.Option(metavar="CATEGORY,...", help=message("eval.only_help"))] = None,
    folded: Annotated[bool, typer.Option("--fold", help=message("eval.fold_help"))] = False,
    alone: Annotated[bool, typer.Option("--in-process", help=message("eval.in_process_help"))] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help=message("eval.verbose_help"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=message("eval.json_help"))] = False,
) -> None:
    """Print how many rows of each set pass, by category and register; refused and wrong ones, early ones and the time of a turn."""
    import json

    from bot.cli.terminal import fail
    from knowledge.errors import EvaluationError
    from knowledge.evaluation.questions import read_rows

    sets: dict[Path, list[Row]] = {}
    try:
        for file in files:
            sets[file] = [r for r in read_rows(file) if only is None or r.category in only.split(",")]
    except EvaluationError as error:
        wrong = error.details
        fail(message("eval.bad_questions", file=wrong["file"], line=wrong["line"], field=wrong["field"]))
    if not any(sets.values()):
        fail(message("eval.no_rows", only=only))
    if folded:
        sets = {file: [row.without_diacritics() for row in rows] for file, rows in sets.items()}
    judged = _alone(sets) if alone else _served(sets, url)
    if as_json:
        print(json.dumps({str(file): figures(verdicts) for file, verdicts in judged.items()}, ensure_ascii=False))
        return
    for file, verdicts in judged.items():
        _show(file, verdicts, len(sets[file]) - len(verdicts), verbose)


def figures(verdicts: Sequence[Verdict]) -> dict[str, Any]:
    """Counts and failures as JSON."""
    from knowledge.evaluation.tally import Count, tally

    def pair(count: Count) -> dict[str, int]:
        return {"passed": count.passed, "total": count.total}

    counted = tally(verdicts)
    return {
        **pair(counted.rows),
        "categories": {name: pair(count) for name, count in counted.categories.items()},
        "registers": {name: pair(count) for name, count in counted.registers.items()},
        "early": counted.early,
        "refused": counted.refused,
        "wrong": counted.wrong,
        "turn_ms": {"p50": round(counted.percentile(0.5)), "p95": round(counted.percentile(0.95))},
        "failures": [failure(v) for v in verdicts if not v.passed],
    }


def failure(verdict: Verdict) -> dict[str, Any]:
    """A failed row as JSON: what was asked, which checks failed, what came back."""
    row, reply = verdict.row, verdict.reply
    return {
        "id": row.id,
        "category": row.category,
        "register": row.register,
        "turns": row.turns,
        "missing": verdict.missing,
        "found": verdict.found,
        "status_right": verdict.status_right,
        "cited": verdict.cited,
        "verbatim": verdict.verbatim,
        "status": reply.status,
        "degraded": reply.degraded,
        "error": reply.error,
        "answer": reply.text[:HEAD],
    }


def _alone(sets: dict[Path, list[Row]]) -> dict[Path, list[Verdict]]:
    from bot.cli.parts import explained
    from bot.cli.playing import in_process
    from bot.cli.terminal import StartFailed, fail

    try:
        with explained():
            return {file: in_process(rows) for file, rows in sets.items()}
    except StartFailed as error:
        fail(str(error))


def _served(sets: dict[Path, list[Row]], url: str | None) -> dict[Path, list[Verdict]]:
    import asyncio

    from bot.cli.asking import AskFailed, runs
    from bot.cli.embedded import embedded
    from bot.cli.playing import over_rest
    from bot.cli.terminal import StartFailed, Teller, fail, progress
    from bot.gateway.logs import set_up_logging
    from bot.gateway.settings import BadSetting, load

    async def played(server: str) -> dict[Path, list[Verdict]]:
        from rich.progress import Progress

        with Progress(console=progress, transient=True) as bar:
            task = bar.add_task("", total=sum(map(len, sets.values())))
            return {file: await over_rest(rows, server, lambda: bar.advance(task)) for file, rows in sets.items()}

    async def run() -> dict[Path, list[Verdict]]:
        settings = load(url=url)
        set_up_logging("error", settings.log_format)
        if url is None:
            async with embedded(settings, Teller(settings.language)) as server:
                return await played(server)
        if not await runs(settings.url):
            raise AskFailed(message("eval.no_server", url=settings.url))
        return await played(settings.url)

    try:
        return asyncio.run(run())
    except (AskFailed, BadSetting, StartFailed) as error:
        fail(str(error))
    except KeyboardInterrupt:
        raise typer.Exit(130) from None


def _show(file: Path, verdicts: Sequence[Verdict], left_out: int, verbose: bool) -> None:
    import json

    from rich.console import Console
    from rich.table import Table

    from knowledge.evaluation.tally import tally

    counted = tally(verdicts)
    table = Table("", message("eval.passed"), message("eval.of"), "%", title=str(file), title_justify="left")
    for group in (counted.categories, counted.registers, {message("eval.all"): counted.rows}):
        for name, count in group.items():
            table.add_row(name, str(count.passed), str(count.total), f"{100 * count.share:.1f}")
        table.add_section()
    console = Console(highlight=False)
    console.print(table)
    summary = message(
        "eval.summary",
        early=counted.early,
        total=counted.rows.total,
        refused=counted.refused,
        wrong=counted.wrong,
        p50=f"{counted.percentile(0.5):.0f}",
        p95=f"{counted.percentile(0.95):.0f}",
    )
    console.print(summary, soft_wrap=True)
    if left_out:
        console.print(message("eval.left_out", count=left_out), soft_wrap=True)
    if verbose:
        for verdict in verdicts:
            if not verdict.passed:
                print(json.dumps(failure(verdict), ensure_ascii=False))
