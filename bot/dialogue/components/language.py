"""Whether a message is Vietnamese or English, so that canned replies come in the same language.

Learned from the training examples: blocks that carry `metadata: {lang: en}` are English, all others Vietnamese.
A message that could be either ("ok", "SOC") gets no entity, and the conversation stays in the language it was in.
"""

from __future__ import annotations

from typing import Any, Dict, List

from knowledge.text.normalise import clean
from knowledge.text.syllables import syllables
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.dialogue.components.learned import Entity, LearnedExtractor, Models
from bot.dialogue.components.linear import fit
from bot.dialogue.components.words import LIMIT, pieces

LANG = "lang"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class LanguageDetector(LearnedExtractor):
    """Emit one entity `lang` with the value vi or en when the message shows its language."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`certain`: least chance of a language that is emitted; `strength`: inverse of the L2 penalty."""
        return {"certain": 0.6, "strength": 1.0}

    def learn(self, examples: List[Message]) -> Models:
        """Learn English against the rest."""
        answers = [["en"] if _language(m) == "en" else [] for m in examples]
        if not any(answers) or all(answers):
            return {}
        return {"english": fit([language_signs(m.get(TEXT)) for m in examples], answers, self.config["strength"])}

    def extract(self, text: str, models: Models) -> List[Entity]:
        """Return the language of a message when it is clear."""
        english = models["english"].probabilities(language_signs(text))["en"]
        value, chance = ("en", english) if english >= 0.5 else ("vi", 1 - english)
        if chance < self.config["certain"]:
            return []
        return [{"entity": LANG, "value": value, "start": 0, "end": len(text), "confidence_entity": chance}]


def language_signs(text: str) -> List[str]:
    """Return the words of a message as they were typed, with and without diacritics, and their pieces.

    Repaired words would not do: repairing writes "thanks" out in Vietnamese.
    """
    found = [s for s in syllables(clean(text)[:LIMIT]) if s.text[0].isalpha()]
    signs = {f"f:{s.folded}" for s in found} | {f"m:{s.text.lower()}" for s in found}
    return sorted(signs | {f"c:{piece}" for s in found for piece in pieces(s.folded)})


def _language(message: Message) -> str:
    metadata = message.get("metadata") or {}
    return str((metadata.get("intent") or {}).get("lang", "vi"))
