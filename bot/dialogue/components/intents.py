"""What a message wants: one intent, and how sure that is.

One linear support vector machine for each intent, over the signs of whole messages. Each example is learned from twice, as it was written
and without diacritics: in cross-validation that is worth three points on messages typed without them, and one on all others.
"""

from __future__ import annotations

from typing import Any, Dict, List, Sequence, Set, Tuple

import numpy as np
from knowledge.text.courtesies import without_courtesies
from knowledge.text.fold import fold
from knowledge.text.normalise import clean
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier as RasaIntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.dialogue.components.learned import LearnedComponent, Models
from bot.dialogue.components.linear import LinearModel, fit_one_of
from bot.dialogue.components.signs import message_signs

# From the margin of an intent to its chance (Platt, 1999), fitted once on what cross-validation of `nlu_data` kept back.
_SLOPE, _OFFSET = 4.5, -1.0
# Chance from which what is left of a message is clear by itself; each of 31 intents would have 0.03 by accident.
_CLEAR = 0.4
# The fewest intents that share the certainty, and how many all of them may be to share it: about as many as the above was fitted on.
# With more of them all margins are lower, the right one's too, so that fewer share; else a right answer would seem to be none.
_FEWEST, _ALL = 5, 31


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(LearnedComponent, RasaIntentClassifier):
    """Set `intent` and `intent_ranking` of each message; the chances of the likeliest sum to 1."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`strength`: inverse of the L2 penalty; `rarest`: signs seen in fewer examples are left out; `folded`: learn from each
        example without its diacritics too; `ranking_length`: how many intents the ranking names, 0 for all that have a chance.
        """
        return {"strength": 2.0, "rarest": 2, "folded": True, "ranking_length": 10}

    def learn(self, examples: List[Message]) -> Models:
        """Learn which messages have which intent."""
        if not examples:
            return {}
        told = [(m.get(TEXT), m.get(INTENT)) for m in examples]
        more = unmarked(told) if self.config["folded"] else []
        written, variants = [[(message_signs(text), intent) for text, intent in some] for some in (told, more)]
        return {"intents": fit_one_of(written, variants, self.config["strength"], self.config["rarest"])}

    def process(self, messages: List[Message]) -> List[Message]:
        """Rank the intents of each message."""
        for message in messages:
            if self._models and message.get(TEXT) is not None:
                ranked = [{"name": n, "confidence": c} for n, c in heard(self._models["intents"], message.get(TEXT))]
                message.set(INTENT, ranked[0], add_to_output=True)
                message.set("intent_ranking", ranked[: self.config["ranking_length"] or None], add_to_output=True)
        return messages


def unmarked(told: Sequence[Tuple[str, str]]) -> List[Tuple[str, str]]:
    """Return examples and their intents without diacritics, but for those that somebody wrote so: what is written says what it means.

    Left out too is what would mean two things: "đúng" agrees, "đừng" does not, and "dung" is neither.
    """
    written = {text.lower() for text, _ in told}
    meant: Dict[str, Set[str]] = {}
    for text, intent in told:
        meant.setdefault(fold(text), set()).add(intent)
    return [(bare, intent) for text, intent in told if len(meant[bare := fold(text)]) == 1 and bare not in written]


def heard(model: LinearModel, text: str) -> List[Tuple[str, float]]:
    """Return the ranking of a message, read with the courtesies around its matter or without them.

    Whichever is surer counts: "chào bạn, SOC ai làm" asks who does it, "chào bạn, mình mới vào đây" greets. Where the opening
    courtesy alone explains what the whole is taken for, its matter need only be clear by itself.
    """
    cleaned = clean(text)
    matter = without_courtesies(cleaned)
    whole = ranking(model, text)
    if matter == cleaned:
        return whole
    rest = ranking(model, matter)
    opening = cleaned[: len(matter) - len(matter.lstrip())]
    explained = opening and ranking(model, opening)[0][0] == whole[0][0]
    return rest if rest[0][1] >= (min(whole[0][1], _CLEAR) if explained else whole[0][1]) else whole


def ranking(model: LinearModel, text: str) -> List[Tuple[str, float]]:
    """Return the likeliest intents with their chances, which sum to 1; likeliest first. All, where there are no more than `_ALL`."""
    sharing = max(_FEWEST, _ALL**2 // len(model.labels))
    chances = (1 / (1 + np.exp(-(_SLOPE * model.scores(message_signs(text)) + _OFFSET)))).tolist()
    ranked = sorted(zip(model.labels, chances, strict=True), key=lambda pair: (-pair[1], pair[0]))[:sharing]
    whole = sum(chance for _, chance in ranked)
    return [(intent, chance / whole) for intent, chance in ranked]
