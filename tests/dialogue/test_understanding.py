"""The trained model on messages it has not seen: what is wanted, which facets, which spans, which language."""

from __future__ import annotations

from collections import Counter

from tests.dialogue.conftest import Engine

# Where facets decide the answer.
ASKING = ("ask_task", "ask_target", "ask_plan", "follow_up")
# Intents that lead to the same action: one taken for another changes little, for the answer weighs all of them.
ANSWERED = {
    "ask_task", "ask_target", "ask_plan", "ask_absent", "list_tasks", "list_targets", "compare_plans", "follow_up", "nlu_fallback",
}  # fmt: skip

# What is said about progress: in a report, or asking where the work stands.
REPORTED = {
    "log_progress", "log_measure", "inform", "correct", "change", "add_note", "nothing_more", "cancel", "postpone", "resume",
    "correct_saved", "undo_saved", "ask_progress", "list_progress", "ask_overview",
}  # fmt: skip


def test_nine_of_ten_held_out_messages_get_their_intent(engine: Engine) -> None:
    missed = [(e.intent, p["intent"], e.message) for e, p in engine.held_out if p["intent"] != e.intent]
    assert len(missed) <= len(engine.held_out) // 10, missed


def test_questions_about_the_plans_are_never_taken_for_small_talk_nor_the_other_way_round(engine: Engine) -> None:
    crossed = [
        (e.intent, p["intent"], e.message)
        for e, p in engine.held_out
        if (e.intent in ANSWERED) != (p["intent"] in ANSWERED)
    ]
    assert len(crossed) <= len(engine.held_out) // 25, crossed


def test_nine_of_ten_held_out_questions_get_exactly_their_facets(engine: Engine) -> None:
    asking = [(e, p) for e, p in engine.held_out if e.intent in ASKING]
    missed = [(sorted(e.facets), p["facets"], e.message) for e, p in asking if set(p["facets"]) != e.facets]
    assert len(missed) <= len(asking) // 10, missed


def test_nine_of_ten_held_out_reports_and_questions_about_progress_get_their_intent(engine: Engine) -> None:
    missed = [(e.intent, p["intent"], e.message) for e, p in engine.progress if p["intent"] != e.intent]
    assert len(missed) <= len(engine.progress) // 10, missed


def test_no_intent_of_progress_is_missed_more_often_than_one_time_in_four(engine: Engine) -> None:
    told = Counter(e.intent for e, _ in engine.progress)
    missed = Counter(e.intent for e, p in engine.progress if p["intent"] != e.intent)
    assert {intent: missed[intent] for intent in REPORTED if missed[intent] > told[intent] // 4} == {}


def test_questions_about_the_plans_are_not_taken_for_reports(engine: Engine) -> None:
    asked = [(e, p) for e, p in [*engine.held_out, *engine.progress] if e.intent not in REPORTED]
    crossed = [(e.intent, p["intent"], e.message) for e, p in asked if p["intent"] in REPORTED]
    assert len(crossed) <= len(asked) // 50, crossed


def test_what_saves_and_what_gives_up_are_never_taken_for_each_other(engine: Engine) -> None:
    told = {e.message: p["intent"] for e, p in engine.progress if e.intent in ("affirm", "cancel", "deny")}
    assert [m for m, intent in told.items() if intent not in ("affirm", "cancel", "deny")] == []
    assert [e.message for e, p in engine.progress if e.intent in ("cancel", "deny") and p["intent"] == "affirm"] == []
    assert [e.message for e, p in engine.progress if e.intent == "affirm" and p["intent"] in ("cancel", "deny")] == []


def test_facets_come_in_the_order_they_are_asked_in(engine: Engine) -> None:
    told = {e.message: p["facets"] for e, p in engine.held_out}
    assert told["chiếu sáng thông minh: ai chủ trì, ai phối hợp, bao giờ xong"] == ["lead", "partners", "deadline"]
    assert told["thời hạn và sản phẩm của đề án chuyển đổi số ngành giáo dục"] == ["deadline", "product"]


def test_the_language_of_a_message_is_told(engine: Engine) -> None:
    told = {e.message: p["lang"] for e, p in engine.held_out}
    assert told["Which department is in charge of the low-altitude economy model?"] == ["en"]
    assert told["what are the differences between the two plans"] == ["en"]
    assert told["ai chu tri nhiem vu 21 ke hoach UBND"] == ["vi"]
    assert told["ai phoi hop lam he thong giao thong thong minh"] == ["vi"]


def test_spans_of_the_library_come_as_entities(engine: Engine) -> None:
    told = {e.message: p["spans"] for e, p in engine.held_out}
    assert told["Thời gian thực hiện nhiệm vụ 14 của UBND tỉnh?"] == [
        ["part", "tasks"],
        ["item", "14"],
        ["plan", "kh-ubnd"],
    ]


def test_messages_without_words_and_very_long_ones_are_taken_without_an_error(engine: Engine) -> None:
    assert set(engine.bare[""]) == {"intent", "facets", "spans", "lang"}
    assert engine.bare["😀😀"]["facets"] == []
    assert engine.bare["?"]["facets"] == []
    assert engine.bare["a" * 10_000]["facets"] == []
    assert engine.bare["SOC"]["intent"] in ANSWERED
