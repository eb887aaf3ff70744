"""What every learned component shares: Rasa's life cycle around one linear model."""

from __future__ import annotations

import logging
from typing import Any, Dict, List, Optional, Type, TypeVar

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.dialogue.components.linear import LinearModel

logger = logging.getLogger(__name__)

Self = TypeVar("Self", bound="LearnedExtractor")
Entity = Dict[str, Any]


class LearnedExtractor(GraphComponent, EntityExtractorMixin):
    """An entity extractor around a `LinearModel`; with nothing to learn from it extracts nothing."""

    def __init__(
        self, config: Dict[str, Any], storage: ModelStorage, resource: Resource, model: Optional[LinearModel] = None
    ) -> None:
        self.config = config
        self.model = model
        self._storage = storage
        self._resource = resource

    @classmethod
    def create(
        cls: Type[Self],
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
        """Make the component before training."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls: Type[Self],
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> Self:
        """Make the component from what training stored."""
        try:
            with model_storage.read_from(resource) as folder:
                return cls(config, model_storage, resource, LinearModel.load(folder))
        except ValueError:  # Rasa's word for a resource that was never written
            logger.debug("%s was trained on nothing", cls.__name__)
            return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples and store the model."""
        examples = [m for m in training_data.intent_examples if m.get(TEXT)]
        self.model = self.learn(examples)
        if self.model is not None:
            with self._storage.write_to(self._resource) as folder:
                self.model.save(folder)
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Add the entities found in each message."""
        for message in messages:
            text = message.get(TEXT)
            if self.model is not None and text:
                found = self.add_extractor_name(self.extract(text, self.model))
                message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages

    def learn(self, examples: List[Message]) -> Optional[LinearModel]:
        """Return a model learned from the examples, None when they hold nothing to learn."""
        raise NotImplementedError

    def extract(self, text: str, model: LinearModel) -> List[Entity]:
        """Return the entities of one text."""
        raise NotImplementedError
