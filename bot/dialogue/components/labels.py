"""Between annotated entities and what a sequence model learns and gives: one label a token, outside or inside of a kind of entity."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Collection, Dict, List, Optional, Sequence, Set, Tuple

from bot.dialogue.components.tokens import Token

# Entity, role and group; the last two are None where the data name none.
Kind = Tuple[str, Optional[str], Optional[str]]
Entity = Dict[str, Any]

OUTSIDE = "O"


def kind_of(entity: Entity) -> Kind:
    """Return the kind of an entity."""
    return entity["entity"], entity.get("role"), entity.get("group")


def entities_of(found: Sequence[Token], entities: Sequence[Entity]) -> List[Optional[Entity]]:
    """Return the entity that each token is part of; the first, where there are several."""
    return [next((e for e in entities if e["start"] < t.end and t.start < e["end"]), None) for t in found]


def side_by_side(texts: Sequence[Sequence[Optional[Entity]]]) -> Set[Kind]:
    """Return the kinds of which two stand side by side in a text, given the entity that each token is part of."""
    pairs = ((a, b) for within in texts for a, b in pairwise(within) if a and b and a is not b)
    return {kind_of(b) for a, b in pairs if kind_of(a) == kind_of(b)}


def to_labels(within: Sequence[Optional[Entity]], kinds: Sequence[Kind], parted: Collection[Kind]) -> List[str]:
    """Return the label of each token, given the entity that it is part of.

    The first token of an entity has a label of its own in the kinds `parted` alone: a label costs time, and few kinds need two.
    """
    labels, last = [], None
    for entity in within:
        if entity is None:
            labels.append(OUTSIDE)
        else:
            begins = entity is not last and kind_of(entity) in parted
            labels.append(f"{'B' if begins else 'I'}{kinds.index(kind_of(entity))}")
        last = entity
    return labels


def to_entities(
    text: str, found: Sequence[Token], labels: Sequence[str], sure: Sequence[float], kinds: Sequence[Kind]
) -> List[Entity]:
    """Return the entities of a text; each is as sure as the least sure of its tokens."""
    entities: List[Entity] = []
    last = OUTSIDE
    for token, label, chance in zip(found, labels, sure, strict=True):
        if label != OUTSIDE and label[0] == "I" and last[1:] == label[1:]:
            entities[-1].update(end=token.end, confidence_entity=min(chance, entities[-1]["confidence_entity"]))
        elif label != OUTSIDE:
            entity, role, group = kinds[int(label[1:])]
            entities.append({"entity": entity, "start": token.start, "end": token.end, "confidence_entity": chance})
            entities[-1].update({k: v for k, v in (("role", role), ("group", group)) if v is not None})
        last = label
    return [{**e, "value": text[e["start"] : e["end"]]} for e in entities]
