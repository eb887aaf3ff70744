"""`sauro train`: make again what is shipped trained."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.messages.catalog import message

VOCABULARY_TEXTS = 80_000
"""Texts that the vocabulary is learned from: more only take longer."""

training = typer.Typer(no_args_is_help=True, help=message("train.help"))


@training.callback()
def trained_parts() -> None:
    """Keep the part's name in the command, also while there is only one part."""


@training.command(help=message("train.encoder_help"))
def encoder(
    corpus: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, help=message("train.corpus_help"))],
    out: Annotated[Path, typer.Option(help=message("train.out_help"))],
    title: Annotated[str, typer.Option(help=message("train.title_help"))] = "title",
    without: Annotated[Path | None, typer.Option(exists=True, help=message("train.without_help"))] = None,
    dimension: Annotated[int, typer.Option(min=8, help=message("train.dimension_help"))] = 256,
    pairs: Annotated[int, typer.Option(min=1, help=message("train.pairs_help"))] = 200_000,
    seed: Annotated[int, typer.Option(help=message("train.seed_help"))] = 1,
) -> None:
    """Train the static encoder on a plain corpus."""
    from bot.cli.terminal import fail
    from knowledge.errors import SearchError

    try:
        _train_encoder(corpus, out, title, without, dimension, pairs, seed)
    except SearchError as error:
        if "line" in error.details:
            fail(message("train.bad_corpus", file=error.details["file"], line=error.details["line"]))
        fail(message("train.no_pairs"))


def _train_encoder(
    files: list[Path], out: Path, title: str, without: Path | None, dimension: int, n: int, seed: int
) -> None:
    from rich.progress import Progress

    from bot.cli.terminal import Teller, progress
    from knowledge.search.evaluation import read_set
    from knowledge.search.training.corpus import read_corpus
    from knowledge.search.training.fit import fit, save
    from knowledge.search.training.pairs import make_pairs
    from knowledge.search.training.vocabulary import learn_vocabulary

    tell = Teller("vi")
    tell("train.reading")
    corpus = read_corpus(files, title)
    if without is not None:
        corpus = corpus.without(read_set(without))
    pairs = make_pairs(corpus, n, seed)
    sample = [text for two in pairs.values() for pair in two[: VOCABULARY_TEXTS // len(pairs) // 2] for text in pair]
    tell("train.vocabulary", texts=len(sample))
    tokenizer = learn_vocabulary(sample)
    tell("train.fitting", pairs=sum(len(two) for two in pairs.values()))
    with Progress(console=progress) as bar:
        fitting = bar.add_task("")
        model = fit(
            tokenizer,
            pairs,
            dimension,
            seed,
            lambda step, steps, loss: bar.update(fitting, completed=step, total=steps, description=f"{loss:.2f}"),
        )
    save(model, out)
    megabytes = sum(file.stat().st_size for file in out.rglob("*") if file.is_file()) / 1e6
    tokens = tokenizer.get_vocab_size()
    tell("train.done", out=out, tokens=tokens, dimension=dimension, megabytes=f"{megabytes:.1f}")
