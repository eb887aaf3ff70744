"""`sauro eval`: how good the parts are, measured on sets whose right answers are known."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.evaluate_questions import questions
from bot.cli.evaluate_text import text
from bot.messages.catalog import message

if TYPE_CHECKING:
    from knowledge.search.evaluation import Quality
    from knowledge.search.hybrid import Hybrid

evaluation = typer.Typer(no_args_is_help=True, help=message("eval.help"))
evaluation.command(help=message("eval.questions_help"))(questions)
evaluation.command(help=message("eval.text_help"))(text)


@evaluation.command(help=message("eval.retrieval_help"))
def retrieval(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help=message("eval.file_help"))],
    no_diacritics: Annotated[bool, typer.Option("--no-diacritics", help=message("eval.no_diacritics_help"))] = False,
    sweep: Annotated[bool, typer.Option("--sweep", help=message("eval.sweep_help"))] = False,
    encoder: Annotated[str | None, typer.Option(help=message("eval.encoder_help"))] = None,
) -> None:
    """Print nDCG@10, recall@1, recall@10 and milliseconds per question of lexical, dense and hybrid search."""
    from rich.console import Console
    from rich.table import Table

    from bot.cli.terminal import fail
    from knowledge.errors import EncoderError, SearchError
    from knowledge.search.encoder import load_encoder
    from knowledge.search.evaluation import measure, read_set, searches
    from knowledge.search.hybrid import Hybrid

    try:
        data = read_set(file)
        hybrid = Hybrid(data.texts, load_encoder(encoder))
    except SearchError as error:
        fail(message("eval.bad_set", file=file, line=error.details.get("line", 1)))
    except EncoderError as error:
        fail(message("eval.bad_encoder", encoder=error.details["encoder"], reason=error.details["reason"]))
    if no_diacritics:
        data = data.without_diacritics()
    table = Table("search", "nDCG@10", "recall@1", "recall@10", "ms/query")
    for name, search in searches(hybrid).items():
        table.add_row(name, *_cells(measure(search, data)))
    if sweep:
        for tenths in range(1, 10):
            table.add_row(f"hybrid {tenths / 10:.2f}", *_cells(measure(partial(_fixed, hybrid, tenths / 10), data)))
    Console().print(table)


def _fixed(hybrid: Hybrid, weight: float, query: str, k: int) -> list[int]:
    return [hit.index for hit in hybrid.search(query, k, weight)]


def _cells(quality: Quality) -> tuple[str, str, str, str]:
    return (
        f"{100 * quality.ndcg_at_10:.1f}",
        f"{100 * quality.recall_at_1:.1f}",
        f"{100 * quality.recall_at_10:.1f}",
        f"{quality.ms:.2f}",
    )
