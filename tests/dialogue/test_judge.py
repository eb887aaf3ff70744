"""What a pipeline is judged by: whole slots, and the facets of a message."""

from __future__ import annotations

from bot.dialogue.judge import f1, facets, slots

LEAD = {"entity": "facet", "role": "lead", "value": "ai chủ trì", "start": 0, "end": 10}


def test_a_facet_counts_once_by_its_name_and_a_slot_by_its_place() -> None:
    city = {"entity": "city", "role": "from", "value": "Huế", "start": 14, "end": 17}
    of_ours = {"entity": "facet", "value": "lead", "start": 3, "end": 6}
    assert facets([LEAD, of_ours, city]) == {"lead"}
    assert slots([LEAD, of_ours, city]) == {(14, 17, "city", "from", "")}


def test_f1_is_over_all_messages_together() -> None:
    assert f1([({"a", "b"}, {"a"}), (set(), {"c"}), ({"d"}, {"d"})]) == 200 * 2 / 6
    assert f1([(set(), set())]) == 100.0
