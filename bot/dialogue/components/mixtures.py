"""More examples out of the annotated ones: any subject with any one to three of the phrases that ask for something.

Hand-written examples show each way of asking with a few subjects; people ask any of it of anything, and several things at once.
Mixing teaches the facet classifier that the ways of asking are independent of each other and of the subject.
"""

from __future__ import annotations

import random
import re
from typing import List, Sequence, Tuple

from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

Mixture = Tuple[str, List[str]]

_JOINTS = (", ", " và ", " va ", " + ", "; ", " , ")
_HEADS = (": ", " ", " thì ", " thi ", ", ")
_LINKS = (" ", " của ", " cua ")
_SIZES = (1, 2, 2, 3)
_FIRST = 0.6
"""Share of the mixtures in which the subject stands before what is asked of it."""
_SHORTEST = 2
"""Fewest words of a subject."""


def mixtures(examples: Sequence[Message], entity: str, count: int, seed: int = 0) -> List[Mixture]:
    """Return `count` made-up messages, each with the roles of `entity` it asks for; none when nothing is annotated."""
    cues = [(m.get(TEXT)[e["start"] : e["end"]], e["role"]) for m in examples for e in _annotated(m, entity)]
    subjects = [s for m in examples if (s := _subject(m, entity))]
    if not cues or not subjects:
        return []
    chance = random.Random(seed)  # noqa: S311 - the same mixtures at every training, nothing secret
    return [_mixed(chance, cues, subjects) for _ in range(count)]


def _mixed(chance: random.Random, cues: Sequence[Tuple[str, str]], subjects: Sequence[str]) -> Mixture:
    chosen = chance.choices(cues, k=chance.choice(_SIZES))
    asked = chance.choice(_JOINTS).join(phrase for phrase, _ in chosen)
    subject = chance.choice(subjects)
    if chance.random() < _FIRST:
        text = f"{subject}{chance.choice(_HEADS)}{asked}"
    else:
        text = f"{asked}{chance.choice(_LINKS)}{subject}"
    return text, sorted({role for _, role in chosen})


def _subject(message: Message, entity: str) -> str:
    """Return what is left of an annotated example without its annotations, empty when that is too little."""
    found = _annotated(message, entity)
    text = message.get(TEXT)
    for e in sorted(found, key=lambda e: -e["start"]):
        text = f"{text[: e['start']]} {text[e['end'] :]}"
    text = re.sub(r"\s+", " ", text).strip(" ?.,:;")
    return text if found and len(text.split()) >= _SHORTEST else ""


def _annotated(message: Message, entity: str) -> List[dict]:  # type: ignore[type-arg]  # Rasa's own untyped entities
    return [e for e in message.get(ENTITIES, []) if e["entity"] == entity and e.get("role")]
