"""Training data, stories and the pipeline itself, judged by Rasa's own tools."""

from __future__ import annotations

from knowledge.text.fold import fold
from knowledge.text.normalise import clean
from tests.dialogue.conftest import FOREIGN, Engine, held_out, progress
from tests.dialogue.data import DOMAIN, EXAMPLES, RULES


def test_rasa_complains_of_nothing_but_the_replies_that_only_the_action_server_sends(engine: Engine) -> None:
    led_to = {step["action"] for rule in RULES for step in rule["steps"] if "action" in step}
    sent = sorted(set(DOMAIN["responses"]) - led_to)
    assert sorted(engine.complaints) == [f"The utterance '{name}' is not used in any story or rule." for name in sent]


def test_the_policies_choose_every_action_of_our_stories(engine: Engine) -> None:
    assert engine.stories["accuracy"] == 1.0
    assert engine.stories["actions"] > 20


def test_the_pipeline_trains_on_any_nlu_file_and_gives_the_same_model_each_time(engine: Engine) -> None:
    first, second = engine.general
    assert first == second
    wanted = ["order_drink"] * 8 + ["ask_price"] * 6 + ["leave"] * 5 + ["book_seat"] * 6 + ["say_yes"] * 2
    wanted += ["weigh"] * 4 + ["cheer"] * 3 + ["grumble"] * 3
    assert [intent for _, intent, _, _ in first[: -len(FOREIGN)]] == wanted


def test_entities_of_any_nlu_file_come_with_their_roles_synonyms_and_patterns(engine: Engine) -> None:
    told = {text: (intent, entities) for text, intent, _, entities in engine.general[0][-len(FOREIGN) :]}
    assert told == {
        "cho tôi một ly cà phê": ("order_drink", [["drink", None, "coffee"]]),
        "giữ ghế D27 đến Cần Thơ": ("book_seat", [["seat", None, "D27"], ["city", "to", "Cần Thơ"]]),
        "dat xe tu Vinh den Huế": ("book_seat", [["city", "from", "Vinh"], ["city", "to", "Huế"]]),
        "cân 7kg gạo nếp": ("weigh", [["unit", None, "kg"], ["facet", None, "gạo"], ["facet", None, "nếp"]]),
        "🎉🎉🎉": ("cheer", []),
    }


def test_held_out_messages_are_not_among_the_training_examples() -> None:
    known = {_bare(e.text) for e in EXAMPLES}
    assert [e.message for e in [*held_out(), *progress()] if _bare(e.message) in known] == []


def _bare(text: str) -> str:
    return "".join(c for c in fold(clean(text)) if c.isalnum())
