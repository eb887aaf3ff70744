"""Play sets of questions, against a server over REST or against the answering part alone, and judge what comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from time import perf_counter
from typing import Any

import httpx

from bot.cli.asking import Asker, AskFailed, Message
from knowledge.answer.answerer import load_answerer
from knowledge.evaluation.answering import answerable, ask
from knowledge.evaluation.checks import Reply, Verdict, judge
from knowledge.evaluation.questions import Row
from knowledge.evaluation.sources import source_texts
from knowledge.types import Citation

SECONDS = 60


def in_process(rows: Iterable[Row]) -> list[Verdict]:
    """Judge the answering part alone on the rows that lead to it, understood as they say."""
    answerer, sources = load_answerer(), source_texts()
    return [judge(row, ask(row, answerer), sources) for row in rows if answerable(row)]


async def over_rest(rows: Sequence[Row], url: str, done: Callable[[], None] = lambda: None) -> list[Verdict]:
    """Judge the server at `url`, every row in a conversation of its own; `done` is called after each."""
    verdicts = []
    async with httpx.AsyncClient(base_url=url, timeout=SECONDS, trust_env=False) as client:
        for row in rows:
            verdicts.append(judge(row, await _play(row, Asker(client)), source_texts()))
            done()
    return verdicts


async def _play(row: Row, asker: Asker) -> Reply:
    messages: list[Message] = []
    ms = []
    try:
        for turn in row.turns:
            began = perf_counter()
            messages = await asker.ask(turn)
            ms.append(1000 * (perf_counter() - began))
        return _reply(messages, tuple(ms))
    except AskFailed as error:
        return Reply(error=str(error), ms=tuple(ms))
    except (AttributeError, TypeError) as error:  # what came back is not of the convention's shape
        return Reply(error=f"{type(error).__name__}: {error}", ms=tuple(ms))


def _reply(messages: Sequence[Message], ms: tuple[float, ...]) -> Reply:
    custom: dict[str, Any] = {}
    for message in messages:
        custom |= message.get("custom") or {}
    return Reply(
        text="\n".join(message.get("text") or "" for message in messages),
        status=custom.get("status"),
        citations=tuple(_citation(c) for c in custom.get("citations") or ()),
        degraded=bool(custom.get("degraded")),
        ms=ms,
    )


def _citation(raw: dict[str, Any]) -> Citation:
    plan, part, item = (raw.get(name) for name in ("plan", "part", "item"))
    return Citation(str(plan), part, str(item), raw.get("label") or "", raw.get("quote") or "")  # type: ignore[arg-type]
