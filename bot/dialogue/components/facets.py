"""Which facets a message asks for: who leads, until when, what comes out of it; several at once, in order of mention.

Learned from the annotations `[ai chủ trì]{"entity": "facet", "role": "lead"}` of the NLU examples, in two ways that see different
things: the message as a whole, and each word in its surroundings, so that "sản phẩm" inside a subject and several facets in one
message are told apart. In cross-validation the mean of both finds more than either. Each example is learned from twice, as it was
written and without diacritics.
"""

from __future__ import annotations

from typing import Any, Dict, List, Tuple

from knowledge.text.courtesies import without_courtesies
from knowledge.text.fold import fold
from knowledge.text.normalise import clean
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.dialogue.components.learned import Entity, LearnedExtractor, Models
from bot.dialogue.components.linear import fit
from bot.dialogue.components.signs import message_signs, word_signs
from bot.dialogue.components.words import Word, read

FACET = "facet"


@DefaultV1Recipe.register(
    [DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR],
    is_trainable=True,
)
class FacetClassifier(LearnedExtractor):
    """Emit one entity `facet` per facet asked for: its value the facet's name, its place the word that shows it best.

    It counts as a featurizer too, for Rasa then lets it take its annotations out of the examples before the components after it
    learn: a general entity extractor in the same pipeline is left with the entities that are its own.
    """

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`threshold`: least chance of a facet that is emitted; `strength`: inverse of the L2 penalty; `rarest`: signs seen less
        often are left out, in either form of an example; `folded`: learn from each example without its diacritics too.
        """
        return {"threshold": 0.36, "strength": 1.0, "rarest": 3, "folded": True}

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Return the examples without their facet annotations: those with a role, which names the facet."""
        return TrainingData(
            [_without_facets(m) for m in training_data.training_examples],
            training_data.entity_synonyms,
            training_data.regex_features,
            training_data.lookup_tables,
            training_data.responses,
        )

    def learn(self, examples: List[Message]) -> Models:
        """Learn which messages, and which of their words, ask for which facet."""
        asked = [_annotations(m) for m in examples]
        if not any(asked):
            return {}
        texts = [m.get(TEXT) for m in examples]
        if self.config["folded"]:  # of the same length: annotations stay where they are
            texts, asked = [*texts, *map(fold, texts)], [*asked, *asked]
        # Both of a text at once: only the last few readings are kept.
        both = [(read(text).words, message_signs(text)) for text in texts]
        readings, whole = [words for words, _ in both], [of_message for _, of_message in both]
        signs = [s for words in readings for s in word_signs(words)]
        answers = [_facets_of(word, found) for words, found in zip(readings, asked, strict=True) for word in words]
        facets = [[facet for _, _, facet in found] for found in asked]
        strength, rarest = self.config["strength"], self.config["rarest"]
        return {
            "whole": fit(whole, facets, strength, rarest),
            "words": fit(signs, answers, strength, rarest),
        }

    def extract(self, text: str, models: Models) -> List[Entity]:
        """Return the facets whose mean chance reaches the threshold; courtesies ask for none."""
        text = without_courtesies(clean(text))
        words = read(text).words
        if not words:
            return []
        by_word = [models["words"].probabilities(signs) for signs in word_signs(words)]
        found = []
        for facet, whole in models["whole"].probabilities(message_signs(text)).items():
            best = max(range(len(words)), key=lambda i: by_word[i].get(facet, 0.0))
            chance = (whole + by_word[best].get(facet, 0.0)) / 2
            if chance >= self.config["threshold"]:
                place = {"start": words[best].start, "end": words[best].end}
                found.append({"entity": FACET, "value": facet, **place, "confidence_entity": chance})
        return sorted(found, key=lambda e: (e["start"], e["value"]))


def _annotations(message: Message) -> List[Tuple[int, int, str]]:
    return [
        (e["start"], e["end"], e["role"]) for e in message.get(ENTITIES, []) if e["entity"] == FACET and e.get("role")
    ]


def _facets_of(word: Word, annotations: List[Tuple[int, int, str]]) -> List[str]:
    return [facet for start, end, facet in annotations if start < word.end and word.start < end]


def _without_facets(message: Message) -> Message:
    if not message.get(ENTITIES):
        return message
    others = [e for e in message.get(ENTITIES) if e["entity"] != FACET or not e.get("role")]
    return Message({**message.data, ENTITIES: others}, message.output_properties, features=message.features)
