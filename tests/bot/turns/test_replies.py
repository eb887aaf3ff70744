from bot.messages.catalog import message
from bot.turns.replies import addressed, agreed, canned, degraded
from knowledge.types import Answer, Choice, Citation

CITATION = {"plan": "kh-tu", "part": "tasks", "item": "1", "label": "Nhiệm vụ 1", "quote": "Sở Tư pháp"}
PLAIN = {"citations": [], "records": [], "degraded": False}


def test_text_and_custom_of_one_answer_become_one_message() -> None:
    engine = [
        {"recipient_id": "x", "text": "Sở Tư pháp.", "buttons": [{"title": "Hạn?", "payload": "hạn"}]},
        {"recipient_id": "x", "custom": {"status": "answered", "citations": [CITATION]}},
    ]
    assert agreed(engine) == [
        {
            "text": "Sở Tư pháp.",
            "buttons": [{"title": "Hạn?", "payload": "hạn"}],
            "custom": PLAIN | {"status": "answered", "citations": [CITATION]},
        }
    ]


def test_a_question_answered_inside_a_form_keeps_the_forms_request() -> None:
    engine = [
        {"text": "Sở Tư pháp."},
        {"custom": {"status": "answered", "citations": [CITATION]}},
        {"text": "Anh/chị cho biết tỷ lệ hoàn thành?"},
        {"custom": {"status": "asking", "asks": "percent"}},
    ]
    assert agreed(engine) == [
        {"text": "Sở Tư pháp.", "custom": PLAIN | {"status": "answered", "citations": [CITATION], "asks": "percent"}},
        {"text": "Anh/chị cho biết tỷ lệ hoàn thành?"},
    ]


def test_citations_of_several_answers_are_joined_once_each() -> None:
    other = CITATION | {"item": "2"}
    engine = [
        {"text": "a", "custom": {"status": "answered", "citations": [CITATION]}},
        {"text": "b", "custom": {"status": "answered", "citations": [CITATION, other]}},
    ]
    assert agreed(engine)[0]["custom"]["citations"] == [CITATION, other]
    assert "custom" not in agreed(engine)[1]


def test_a_prompt_without_custom_gets_a_status() -> None:
    assert agreed([{"text": "Xin chào"}, {"image": "https://a/b.png"}]) == [
        {"text": "Xin chào"},
        {"image": "https://a/b.png", "custom": PLAIN | {"status": "social"}},
    ]


def test_nothing_to_show_is_nothing() -> None:
    assert agreed([]) == []
    assert agreed([{"recipient_id": "x", "text": ""}, {"custom": {"status": "answered"}}]) == []


def test_an_answer_without_the_engine_is_marked_and_followed_by_the_notice() -> None:
    answer = Answer("answered", "Sở Tư pháp.", (Citation(**CITATION),), ({"id": "t1"},), (Choice("Hạn?", "hạn"),))  # type: ignore[arg-type]
    assert degraded(answer, "vi") == [
        {
            "text": "Sở Tư pháp.",
            "buttons": [{"title": "Hạn?", "payload": "hạn"}],
            "custom": {"status": "answered", "citations": [CITATION], "records": [{"id": "t1"}], "degraded": True},
        },
        {"text": message("turn.degraded", "vi")},
    ]


def test_canned_replies_come_from_the_catalog() -> None:
    assert canned("empty", "clarify", "en") == [
        {"text": message("turn.empty", "en"), "custom": PLAIN | {"status": "clarify"}}
    ]


def test_replies_are_addressed_to_the_clients_own_sender() -> None:
    assert addressed([{"text": "a"}], "an") == [{"recipient_id": "an", "text": "a"}]
