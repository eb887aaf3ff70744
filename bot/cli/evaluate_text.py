"""`sauro eval text`: how well noisy text is repaired, kind of noise by kind, and what that is worth."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.messages.catalog import message

if TYPE_CHECKING:
    from knowledge.evaluation.text_report import Kind, Ways

ROOT = Path(__file__).resolve().parents[2]
SETS = ROOT / "nlu_data" / "eval" / "text"
UNDERSTAND = ROOT / "bot" / "dialogue" / "understand.py"
WORDS = ("noise", "texts", "words repaired", "words harmed", "texts exact", "µs p50", "µs p95")
WAYS = tuple(f"{what}: {way}" for what in ("records", "intent") for way in ("typed", "repaired", "+ diacritics"))


def text(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help=message("eval.text_folder_help"))] = SETS,
    end_to_end: Annotated[bool, typer.Option("--end-to-end", help=message("eval.end_to_end_help"))] = False,
) -> None:
    """Print for every kind of noise what is repaired, and how often the noisy text leads where the clean one does."""
    from rich.console import Console
    from rich.table import Table

    from bot.cli.terminal import fail
    from knowledge.evaluation.text_report import measure, measure_clean

    try:
        kinds = measure(folder, linked=end_to_end, understand=understood if end_to_end else None)
        clean = measure_clean(folder)
    except (OSError, ValueError) as error:
        fail(message("eval.bad_text_set", reason=error))
    console = Console(highlight=False)
    for heads, cells in ((WORDS, words(kinds)), *([(("noise", "texts", *WAYS), ways(kinds))] if end_to_end else [])):
        table = Table(*heads)
        for row in cells:
            table.add_row(*row)
        console.print(table)
    console.print(message("eval.clean_text", changed=clean.changed, total=clean.rows), soft_wrap=True)


def words(kinds: Sequence[Kind]) -> list[tuple[str, ...]]:
    """The cells under `WORDS`: shares of damaged words and of texts, counts of harmed words, processor time."""
    return [
        (
            k.name,
            str(k.mended.rows),
            f"{100 * k.mended.share:.1f} %",
            str(k.mended.harmed),
            f"{100 * k.mended.exact / k.mended.rows:.1f} %",
            f"{k.mended.percentile(0.5):.0f}",
            f"{k.mended.percentile(0.95):.0f}",
        )
        for k in kinds
    ]


def ways(kinds: Sequence[Kind]) -> list[tuple[str, ...]]:
    """The cells under `WAYS`: how many noisy texts led to the records, and were taken for the intent and facets, of their clean ones."""
    return [(k.name, str(k.mended.rows), *_ways(k.records), *_ways(k.understood)) for k in kinds]


def understood(texts: Sequence[str], repaired: bool) -> list[object]:
    """What the dialogue engine's trained model takes texts for."""
    import json
    import subprocess
    import sys

    from bot.cli.terminal import configured

    command = [str(configured().rasa_python), str(UNDERSTAND), *([] if repaired else ["--as-typed"])]
    done = subprocess.run(command, input=json.dumps(list(texts)), capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        sys.exit(done.stderr.strip().rpartition("\n")[2])
    found: list[object] = json.loads(done.stdout)
    return found


def _ways(ways: Ways | None) -> tuple[str, str, str]:
    if ways is None:
        return "", "", ""
    return str(ways.typed), str(ways.repaired), "" if ways.restored is None else str(ways.restored)
