"""What the components around named linear models share."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any, Dict, List

from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.dialogue.components.linear import LinearModel
from bot.dialogue.components.stored import StoredComponent

logger = logging.getLogger(__name__)

Entity = Dict[str, Any]
Models = Dict[str, LinearModel]


class LearnedComponent(StoredComponent):
    """A component around linear models; where there was nothing to learn from it has none."""

    def __init__(self, config: Dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, storage, resource)
        self._models: Models = {}

    def restore(self, folder: Path) -> None:
        """Read the models."""
        self._models = {place.name: LinearModel.load(place) for place in folder.iterdir() if place.is_dir()}

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples and store the models."""
        self._models = self.learn([m for m in training_data.intent_examples if m.get(TEXT)])
        if not self._models:
            logger.debug("nothing for %s to learn", type(self).__name__)
            return self._resource
        with self._storage.write_to(self._resource) as folder:
            for name, model in self._models.items():
                (folder / name).mkdir()
                model.save(folder / name)
        return self._resource

    def learn(self, examples: List[Message]) -> Models:
        """Return models learned from the examples, none when they hold nothing to learn."""
        raise NotImplementedError


class LearnedExtractor(LearnedComponent, EntityExtractorMixin):
    """An entity extractor around linear models; where there was nothing to learn from it extracts nothing."""

    def process(self, messages: List[Message]) -> List[Message]:
        """Add the entities found in each message."""
        for message in messages:
            if self._models and message.get(TEXT):
                found = self.add_extractor_name(self.extract(message.get(TEXT), self._models))
                message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages

    def extract(self, text: str, models: Models) -> List[Entity]:
        """Return the entities of one text."""
        raise NotImplementedError
