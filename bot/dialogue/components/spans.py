"""The pieces of a message that name agencies, times, numbers, items and plans, as Rasa entities."""

from __future__ import annotations

from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.dialogue.components.words import read


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class SpanExtractor(GraphComponent, EntityExtractorMixin):
    """Emit the spans `knowledge.text` finds: entity names are span kinds, offsets are those of the cleaned text."""

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SpanExtractor":
        """Make the component; it has nothing to set."""
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        """Add the spans of each message to its entities."""
        for message in messages:
            found: List[Dict[str, Any]] = [
                {"entity": s.kind, "value": s.value, "start": s.start, "end": s.end}
                for s in read(message.get(TEXT) or "").spans
            ]
            message.set(ENTITIES, message.get(ENTITIES, []) + self.add_extractor_name(found), add_to_output=True)
        return messages
