"""Rasa's life cycle of a component that learns: made, trained into a folder of the model, made again from that folder."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any, Dict, Type, TypeVar

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage

Self = TypeVar("Self", bound="StoredComponent")


class StoredComponent(GraphComponent):
    """A component that training writes into a folder; where it wrote nothing, the component is as it was made."""

    def __init__(self, config: Dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self.config = config
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
        component = cls(config, model_storage, resource)
        with ExitStack() as opened:
            try:
                folder = opened.enter_context(model_storage.read_from(resource))
            except ValueError:  # Rasa's word for a resource that was never written
                return component
            component.restore(folder)
        return component

    def restore(self, folder: Path) -> None:
        """Read what `train` wrote into the folder."""
        raise NotImplementedError
