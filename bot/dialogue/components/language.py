"""Whether a message is Vietnamese or English, so that canned replies come in the same language.

Learned from the training examples: blocks that carry `metadata: {lang: en}` are English, all others Vietnamese.
A message that could be either ("ok", "SOC") gets no entity, and the conversation stays in the language it was in.
"""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message

from bot.dialogue.components.features import sentence_features
from bot.dialogue.components.learned import Entity, LearnedExtractor
from bot.dialogue.components.linear import LinearModel, fit

LANG = "lang"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class LanguageDetector(LearnedExtractor):
    """Emit one entity `lang` with the value vi or en when the message shows its language."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`certain`: least probability of English for "en"; Vietnamese needs the same for "vi"."""
        return {"certain": 0.6, "strength": 1.0}

    def learn(self, examples: List[Message]) -> Optional[LinearModel]:
        """Learn English against the rest."""
        answers = [["en"] if _language(m) == "en" else [] for m in examples]
        if not any(answers):
            return None
        return fit([sentence_features(m.get("text")) for m in examples], answers, self.config["strength"])

    def extract(self, text: str, model: LinearModel) -> List[Entity]:
        """Return the language of a message when it is clear."""
        english = model.probabilities(sentence_features(text))["en"]
        if 1 - self.config["certain"] < english < self.config["certain"]:
            return []
        value, certainty = ("en", english) if english >= self.config["certain"] else ("vi", 1 - english)
        return [{"entity": LANG, "value": value, "start": 0, "end": len(text), "confidence_entity": certainty}]


def _language(message: Message) -> str:
    metadata = message.get("metadata") or {}
    return str((metadata.get("intent") or {}).get("lang", "vi"))
