"""The pieces of a message that name agencies, times, numbers, items and plans, as Rasa entities."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict, List

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.dialogue.components.stored import StoredComponent
from bot.dialogue.components.words import read

_FILE = "spans.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class SpanExtractor(StoredComponent, EntityExtractorMixin):
    """Emit the spans `knowledge.text` finds: entity names are span kinds, offsets are those of the cleaned text.

    Examples that annotate entities of their own say what the entities are: trained on such, this emits nothing.
    """

    def __init__(self, config: Dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, storage, resource)
        self._wanted = True

    def restore(self, folder: Path) -> None:
        """Read whether the examples had entities of their own."""
        self._wanted = json.loads((folder / _FILE).read_text(encoding="utf-8"))["wanted"]

    def train(self, training_data: TrainingData) -> Resource:
        """Look whether the examples have entities of their own."""
        self._wanted = not any(m.get(ENTITIES) for m in training_data.nlu_examples)
        with self._storage.write_to(self._resource) as folder:
            (folder / _FILE).write_text(json.dumps({"wanted": self._wanted}), encoding="utf-8")
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Add the spans of each message to its entities."""
        for message in messages if self._wanted else ():
            found: List[Dict[str, Any]] = [
                {"entity": s.kind, "value": s.value, "start": s.start, "end": s.end}
                for s in read(message.get(TEXT) or "").spans
            ]
            message.set(ENTITIES, message.get(ENTITIES, []) + self.add_extractor_name(found), add_to_output=True)
        return messages
