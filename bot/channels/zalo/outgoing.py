"""From a turn's replies to what is sent over Zalo: few messages, none longer than Zalo takes, with its buttons and pictures.

Zalo shows plain text only and no more than five buttons; a person may be sent eight free messages until he writes again, so the
replies of a turn become one message wherever they fit into one. Sources stand as lines at the end, for there is nothing to press.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.messages.catalog import Lang, message

TEXT_LIMIT = 2000
TITLE_LIMIT = 100
PAYLOAD_LIMIT = 1000
BUTTONS = 5
PICTURE_LIMIT = 1_000_000
"""Bytes of an uploaded picture."""

_SENTENCE_END = re.compile(r"(?<=[.!?;:…])\s+|\n+")
_NUMBERED = re.compile(r"(.* )(\d+)")
_PICTURE = re.compile(r"data:(image/(?:png|jpeg));base64,", re.ASCII)


@dataclass(frozen=True)
class Picture:
    """A picture to be uploaded."""

    media_type: str
    data: bytes


@dataclass(frozen=True)
class Parcel:
    """One message to send: a text with at most `BUTTONS` buttons (title, what the press types), or a picture alone.

    `place` says which of the turn's replies holds the picture.
    """

    text: str = ""
    buttons: tuple[tuple[str, str], ...] = ()
    picture: Picture | None = None
    place: int = 0


def stored(parcel: Parcel) -> dict[str, Any]:
    """A parcel as it is kept until it is sent: a picture only by its place."""
    if parcel.picture is not None:
        return {"picture": parcel.place}
    return {"text": parcel.text, "buttons": [list(button) for button in parcel.buttons]}


def restored(kept: dict[str, Any], replies: Sequence[dict[str, Any]]) -> Parcel:
    """A kept parcel of a turn with these replies; an empty one when its picture is gone."""
    if "picture" in kept:
        place = int(kept["picture"])
        image = replies[place].get("image") if place < len(replies) else None
        return Parcel(picture=_picture(image), place=place)
    return Parcel(str(kept["text"]), tuple((str(t), str(p)) for t, p in kept["buttons"]))


def halves(parcel: Parcel) -> list[Parcel]:
    """A text that Zalo found too long as shorter ones; itself alone when it can not be cut."""
    pieces = split(parcel.text, max(1, (len(parcel.text) + 1) // 2))
    return [*(Parcel(piece) for piece in pieces[:-1]), Parcel(pieces[-1], parcel.buttons)] if pieces else [parcel]


def parcels(replies: Sequence[dict[str, Any]], lang: Lang) -> list[Parcel]:
    """The messages that carry a turn's replies, in order: pictures first, then the text, its buttons on the last piece."""
    pictures = [Parcel(picture=p, place=n) for n, r in enumerate(replies) if (p := _picture(r.get("image")))]
    texts = [str(r["text"]) for r in replies if r.get("text")]
    buttons = [(str(b["title"]), str(b["payload"])) for r in replies for b in r.get("buttons") or ()]
    sources = _sources(replies, "\n".join(texts), lang)
    listed = [*texts, *([sources] if sources else [])]
    if len(buttons) > BUTTONS or any(len(payload) > PAYLOAD_LIMIT for _, payload in buttons):
        listed.append(_as_lines(buttons, lang))
        buttons = []
    pieces = split("\n\n".join(listed))
    shown = tuple((shortened(title, TITLE_LIMIT), payload) for title, payload in buttons)
    out = pictures + [Parcel(piece) for piece in pieces[:-1]]
    return [*out, Parcel(pieces[-1], shown)] if pieces else out


def split(text: str, limit: int = TEXT_LIMIT) -> list[str]:
    """Cut a text into pieces of at most `limit` characters, between lines or sentences where that is possible."""
    pieces: list[str] = []
    rest = text.strip()
    while len(rest) > limit:
        cut = _cut(rest, limit)
        pieces.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*pieces, rest] if rest else pieces


def shortened(text: str, limit: int) -> str:
    """A text of at most `limit` characters; what is cut off ends in an ellipsis."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def as_message(parcel: Parcel, attachment_id: str = "") -> dict[str, Any]:
    """The `message` of Zalo's send call; a picture is named by the id that its upload gave."""
    if parcel.picture is not None:
        element = {"media_type": "image", "attachment_id": attachment_id}
        return {"attachment": {"type": "template", "payload": {"template_type": "media", "elements": [element]}}}
    if not parcel.buttons:
        return {"text": parcel.text}
    buttons = [{"title": title, "type": "oa.query.hide", "payload": payload} for title, payload in parcel.buttons]
    return {"text": parcel.text, "attachment": {"type": "template", "payload": {"buttons": buttons}}}


def _cut(text: str, limit: int) -> int:
    """Where to cut: after the last paragraph, line, sentence or word that fits, if that leaves a piece worth sending."""
    ends = [m.end() for m in _SENTENCE_END.finditer(text, 0, limit + 1) if m.end() <= limit]
    if ends and ends[-1] > limit // 2:
        return ends[-1]
    space = text.rfind(" ", limit // 2, limit)
    return space + 1 if space > 0 else limit


def _sources(replies: Sequence[dict[str, Any]], text: str, lang: Lang) -> str:
    """A line with the sources that the text itself does not name."""
    labels = [str(c["label"]) for r in replies for c in (r.get("custom") or {}).get("citations") or ()]
    unique = [label for label in dict.fromkeys(labels) if not re.search(rf"{re.escape(label)}(?!\w)", text)]
    return message("zalo.sources", lang, labels="; ".join(_gathered(unique))) if unique else ""


def _gathered(labels: Sequence[str]) -> list[str]:
    """Labels that differ in their last number alone as one: "nhiệm vụ 1", "nhiệm vụ 2" are "nhiệm vụ 1, 2"."""
    numbers: dict[str, list[str]] = {}
    for label in labels:
        numbered = _NUMBERED.fullmatch(label)
        own = numbers.setdefault(numbered[1] if numbered else label, [])
        if numbered:
            own.append(numbered[2])
    return [start + ", ".join(own) for start, own in numbers.items()]


def _as_lines(buttons: Sequence[tuple[str, str]], lang: Lang) -> str:
    lines = [f"{n}. {title}" for n, (title, _) in enumerate(buttons, start=1)]
    return "\n".join([message("zalo.choose", lang), *lines])


def _picture(image: object) -> Picture | None:
    """A picture that came as a data URI; None for anything else, and for one that Zalo would not take."""
    head = _PICTURE.match(image) if isinstance(image, str) else None
    if head is None or not isinstance(image, str):
        return None
    try:
        data = base64.b64decode(image[head.end() :], validate=True)
    except (binascii.Error, ValueError):
        return None
    return Picture(head[1], data) if 0 < len(data) <= PICTURE_LIMIT else None
