"""Bring replies to the agreed form: the messages of a turn, exactly one of which carries `custom`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from bot.messages.catalog import Lang, message
from knowledge.records import as_json
from knowledge.types import Answer, Status

Message = dict[str, Any]
KEPT = ("text", "buttons", "image", "attachment")


def agreed(messages: Iterable[Message]) -> list[Message]:
    """The engine's messages in the agreed form, without recipients; empty when they show nothing.

    The engine sends the text and the `custom` part of one answer as two messages: they become one again. When several
    answers of a turn carry `custom` (a question answered in the middle of a form, then the form's own prompt), the first
    that is not the form's carries the whole, with the form's `asks`.
    """
    shown: list[Message] = []
    customs: list[tuple[int, Message]] = []
    for raw in messages:
        custom = raw.get("custom")
        visible = {key: raw[key] for key in KEPT if raw.get(key)}
        if visible:
            shown.append(visible)
        if isinstance(custom, dict) and custom:
            customs.append((max(len(shown) - 1, 0), custom))
    if not shown:
        return []
    if not customs:
        customs = [(len(shown) - 1, {"status": "social"})]
    at, main = next(((i, c) for i, c in customs if c.get("status") != "asking"), customs[0])
    rest = [c for _, c in customs if c is not main]
    shown[at]["custom"] = _joined(main, rest)
    return shown


def told(text: str, status: Status) -> list[Message]:
    """A reply that the engine has no part in."""
    return [{"text": text, "custom": _custom(status)}]


def canned(key: str, status: Status, lang: Lang, **values: object) -> list[Message]:
    """A reply of the gateway's own, from the message catalog."""
    return told(message(f"turn.{key}", lang, **values), status)


def degraded(answer: Answer, lang: Lang) -> list[Message]:
    """A single answer found without the dialogue engine, and the notice that dialogs are paused."""
    custom = _custom(answer.status) | {
        "citations": as_json(answer.citations), "records": as_json(answer.records), "degraded": True,
    }  # fmt: skip
    reply: Message = {"text": answer.text, "custom": custom}
    if answer.choices:
        reply["buttons"] = as_json(answer.choices)
    return [reply, {"text": message("turn.degraded", lang)}]


def addressed(messages: Sequence[Message], sender: str) -> list[Message]:
    """The messages with the client's own sender as their recipient."""
    return [{"recipient_id": sender, **m} for m in messages]


def _custom(status: Status) -> Message:
    return {"status": status, "citations": [], "records": [], "degraded": False}


def _joined(main: Message, rest: Sequence[Message]) -> Message:
    out = {"citations": [], "records": [], "degraded": False, **main}
    for other in rest:
        for key, value in other.items():
            if key in ("citations", "records"):
                out[key] = [*out[key], *(v for v in value if v not in out[key])]
            elif key not in out:
                out[key] = value
    return out
