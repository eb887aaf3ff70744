"""Precision, recall, F1 and confusions, by hand-counted cases."""

from __future__ import annotations

from bot.dialogue.measures import Judged, accuracy, confusions, facet_f1, facets, intents

JUDGED = [
    Judged("a", "ask", ("lead",), "ask", ("lead",)),
    Judged("b", "ask", ("lead", "deadline"), "list", ("lead",)),
    Judged("c", "list", (), "list", ("product",)),
    Judged("d", "ask", (), "list", ()),
    Judged("e", "greet", (), "ask", ()),
]


def test_intents_are_scored_each_on_its_own() -> None:
    assert accuracy(JUDGED) == 0.4
    assert intents(JUDGED) == {
        "ask": {"precision": 0.5, "recall": 1 / 3, "f1": 0.4, "messages": 3},
        "greet": {"precision": 0.0, "recall": 0.0, "f1": 0.0, "messages": 1},
        "list": {"precision": 1 / 3, "recall": 1.0, "f1": 0.5, "messages": 1},
    }


def test_facets_are_scored_each_on_its_own_and_together() -> None:
    assert facets(JUDGED) == {
        "deadline": {"precision": 0.0, "recall": 0.0, "f1": 0.0, "messages": 1},
        "lead": {"precision": 1.0, "recall": 1.0, "f1": 1.0, "messages": 2},
        "product": {"precision": 0.0, "recall": 0.0, "f1": 0.0, "messages": 0},
    }
    assert facet_f1(JUDGED) == 2 * 2 / (3 + 3)


def test_the_most_frequent_confusions_come_first_with_examples() -> None:
    assert confusions(JUDGED, most=2, examples=1) == [
        {"intent": "ask", "found": "list", "count": 2, "examples": ["b"]},
        {"intent": "greet", "found": "ask", "count": 1, "examples": ["e"]},
    ]


def test_of_nothing_there_is_nothing_to_say() -> None:
    assert (accuracy([]), facet_f1([]), intents([]), confusions([], 3, 3)) == (0.0, 1.0, {}, [])
