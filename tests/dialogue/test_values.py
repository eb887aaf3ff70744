"""What the slot tagger knows of the values that entities have in the examples."""

from __future__ import annotations

from collections import Counter

from bot.dialogue.components.labels import entities_of, side_by_side, to_entities, to_labels
from bot.dialogue.components.tokens import tokens
from bot.dialogue.components.values import gather, value_signs, values

KINDS = [("city", "from", None), ("city", "to", None), ("stop", None, None)]
TEXT = "Từ Huế đi Vinh Đà Lạt"
ENTITIES = [
    {"entity": "city", "role": "from", "start": 3, "end": 6, "value": "Huế"},
    {"entity": "city", "role": "to", "start": 10, "end": 14, "value": "Vinh"},
    {"entity": "city", "role": "to", "start": 15, "end": 21, "value": "Đà Lạt"},
]


def test_labels_say_which_entities_stand_where_also_side_by_side() -> None:
    found = tokens(TEXT, parted=False)
    within = entities_of(found, ENTITIES)
    assert side_by_side([within]) == {("city", "to", None)}
    labels = to_labels(within, KINDS, side_by_side([within]))
    assert labels == ["O", "I0", "O", "B1", "B1", "I1"]
    sure = [1.0, 0.9, 1.0, 0.8, 0.7, 0.6]
    wanted = [{**e, "confidence_entity": chance} for e, chance in zip(ENTITIES, (0.9, 0.8, 0.6), strict=True)]
    assert to_entities(TEXT, found, labels, sure, KINDS) == wanted


def test_a_value_is_a_sign_of_its_entity_in_any_role_but_not_for_the_example_that_told_it() -> None:
    words = [t.text.lower() for t in tokens(TEXT, parted=False)]
    told = list(values(words, entities_of(tokens(TEXT, parted=False), ENTITIES)))
    assert told == [("city", "huế"), ("city", "vinh"), ("city", "đà lạt")]
    known = gather([*told, ("dish", "huế")])
    assert value_signs(["bún", "huế", "đà", "lạt"], known) == [[], ["v:city", "v:dish"], ["v:city"], ["v:city+"]]
    assert value_signs(words, known, Counter(told)) == [[], ["v:dish"], [], [], [], []]


def test_of_a_name_with_dots_the_last_part_counts() -> None:
    entity = {"entity": "fromloc.city", "start": 0, "end": 3, "value": "Huế"}
    assert list(values(["huế"], [entity])) == [("city", "huế")]
