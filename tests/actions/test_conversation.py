"""Between Rasa's tracker and the library's types."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import question_of, remember, utter
from knowledge.types import Answer, Choice, Citation, Key, Question, Span


def tracker(message: dict[str, Any], **slots: Any) -> Tracker:
    return Tracker("c1", slots, message, [], False, None, {}, "action_listen")


def test_a_tracker_becomes_a_question() -> None:
    message = {
        "text": "Công an tỉnh  làm gì,\u200b ai phối hợp?",
        "intent": {"name": "list_tasks", "confidence": 0.75},
        "intent_ranking": [{"name": "list_tasks", "confidence": 0.75}, {"name": "ask_task", "confidence": 0.2}],
        "entities": [
            {"entity": "facet", "value": "lead", "start": 13, "end": 16},
            {"entity": "facet", "value": "partners", "start": 22, "end": 30},
            {"entity": "facet", "value": "no such facet", "start": 0, "end": 1},
            {"entity": "agency", "value": "Công an tỉnh", "start": 0, "end": 12},
            {"entity": "lang", "value": "vi", "start": 0, "end": 30},
            {"entity": "drink", "value": "cà phê", "start": 0, "end": 3},
        ],
    }
    assert question_of(tracker(message, focus=["kh-tu/body/III.3"], facets=["value"], lang="vi")) == Question(
        text="Công an tỉnh làm gì, ai phối hợp?",
        intent="list_tasks",
        confidence=0.75,
        ranking=(("list_tasks", 0.75), ("ask_task", 0.2)),
        facets=("lead", "partners"),
        spans=(Span("agency", 0, 12, "Công an tỉnh", "Công an tỉnh"),),
        focus=(Key("kh-tu", "body", "III.3"),),
        lang="vi",
    )


def test_a_follow_up_without_facets_asks_for_those_asked_before() -> None:
    message = {"text": "thế còn nhiệm vụ 5?", "intent": {"name": "follow_up", "confidence": 0.9}, "entities": []}
    assert question_of(tracker(message, facets=["deadline"])).facets == ("deadline",)
    assert question_of(tracker({**message, "intent": {"name": "ask_task"}}, facets=["deadline"])).facets == ()


def test_an_empty_message_is_an_empty_question() -> None:
    assert question_of(tracker({"text": None, "intent": {}, "entities": []})) == Question(text="")


def test_an_answer_is_one_message_with_buttons_and_sources() -> None:
    citation = Citation("kh-tu", "tasks", "3", "Kế hoạch của Tỉnh ủy, nhiệm vụ 3", "Năm 2026")
    answer = Answer("answered", "Năm 2026.", (citation,), ({"plan": "kh-tu"},), (Choice("Sản phẩm", "sản phẩm là gì"),))
    dispatcher = CollectingDispatcher()
    utter(dispatcher, answer)
    (message,) = dispatcher.messages
    assert {k: v for k, v in message.items() if v} == {
        "text": "Năm 2026.",
        "buttons": [{"title": "Sản phẩm", "payload": "sản phẩm là gì"}],
        "custom": {
            "status": "answered",
            "citations": [
                {
                    "plan": "kh-tu", "part": "tasks", "item": "3", "label": "Kế hoạch của Tỉnh ủy, nhiệm vụ 3",
                    "quote": "Năm 2026",
                }
            ],
            "records": [{"plan": "kh-tu"}],
        },
    }  # fmt: skip


def test_what_an_answer_was_about_is_remembered_until_another_says_otherwise() -> None:
    question = Question("ai chủ trì SOC", "ask_task", facets=("lead",))
    focused = Answer("answered", "...", focus=(Key("kh-ubnd", "tasks", "34"),))
    assert remember(question, focused) == [
        {"event": "slot", "timestamp": None, "name": "asked", "value": "ask_task"},
        {"event": "slot", "timestamp": None, "name": "focus", "value": ["kh-ubnd/tasks/34"]},
        {"event": "slot", "timestamp": None, "name": "facets", "value": ["lead"]},
        {"event": "slot", "timestamp": None, "name": "rest", "value": []},
    ]
    assert remember(question, Answer("out_of_scope", "...")) == []
