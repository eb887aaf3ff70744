"""Which facets a message asks for: who leads, until when, what comes out of it; several at once.

Learned from the annotations `[ai chủ trì]{"entity": "facet", "role": "lead"}` of the NLU examples.
"""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.dialogue.components.features import sentence_features
from bot.dialogue.components.learned import Entity, LearnedExtractor
from bot.dialogue.components.linear import LinearModel, fit
from bot.dialogue.components.mixtures import mixtures

FACET = "facet"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class FacetClassifier(LearnedExtractor):
    """Emit one entity `facet` per facet asked for, its value the facet's name, most certain first."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`threshold`: least probability of a facet that is emitted; `strength`: inverse of the L2 penalty; `mixtures`: how many
        examples are made up from the annotated ones.
        """
        return {"threshold": 0.45, "strength": 1.0, "mixtures": 3000}

    def learn(self, examples: List[Message]) -> Optional[LinearModel]:
        """Learn from the roles of the annotated facets."""
        answers = [asked(m) for m in examples]
        if not any(answers):
            return None
        mixed = mixtures(examples, FACET, self.config["mixtures"])
        texts = [m.get(TEXT) for m in examples] + [text for text, _ in mixed]
        answers += [roles for _, roles in mixed]
        return fit([sentence_features(text) for text in texts], answers, self.config["strength"])

    def extract(self, text: str, model: LinearModel) -> List[Entity]:
        """Return the facets above the threshold; they cover the whole message."""
        chances = model.probabilities(sentence_features(text))
        kept = sorted((-p, facet) for facet, p in chances.items() if p >= self.config["threshold"])
        return [
            {"entity": FACET, "value": facet, "start": 0, "end": len(text), "confidence_entity": -p}
            for p, facet in kept
        ]


def asked(message: Message) -> List[str]:
    """Return the facets annotated in a training example."""
    return sorted({e["role"] for e in message.get(ENTITIES, []) if e["entity"] == FACET and e.get("role")})
