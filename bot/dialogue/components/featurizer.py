"""The signs of a message as sparse features, for Rasa's stock classifiers."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, Dict, List, Optional, Type

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.dialogue.components.signs import message_signs

_FILE = "signs.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SignFeaturizer(SparseFeaturizer, GraphComponent):
    """Weigh signs by how telling they are: sublinear tf-idf (Manning et al., 2008, section 6.4), of length `scale`.

    Rasa's logistic regression does not let its penalty be set: a longer vector has the same effect as a weaker penalty.
    """

    @classmethod
    def required_components(cls) -> List[Type[Any]]:
        """Rasa's featurizers come after a tokenizer."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`rarest`: signs seen in fewer examples are left out; `scale`: length of a message's vector."""
        return {**SparseFeaturizer.get_default_config(), "rarest": 2, "scale": 4.5}

    @classmethod
    def validate_config(cls, config: Dict[str, Any]) -> None:
        """Nothing can be set wrongly that Rasa would not find itself."""

    def __init__(
        self,
        config: Dict[str, Any],
        name: str,
        storage: ModelStorage,
        resource: Resource,
        weights: Optional[Dict[str, float]] = None,
    ) -> None:
        super().__init__(name, config)
        self._storage = storage
        self._resource = resource
        self._use(weights or {})

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SignFeaturizer":
        """Make the component before training."""
        return cls(config, execution_context.node_name, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "SignFeaturizer":
        """Make the component from what training stored."""
        with model_storage.read_from(resource) as folder:
            weights = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        return cls(config, execution_context.node_name, model_storage, resource, weights)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn which signs there are and how rare each is."""
        texts = [m.get(TEXT) for m in training_data.training_examples if m.get(TEXT)]
        learned = TfidfVectorizer(analyzer=message_signs, min_df=self._config["rarest"]).fit(texts)
        self._use({sign: float(learned.idf_[i]) for sign, i in sorted(learned.vocabulary_.items())})
        with self._storage.write_to(self._resource) as folder:
            (folder / _FILE).write_text(json.dumps(self._weights, ensure_ascii=False), encoding="utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the features to every example."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Add one row of features to each message."""
        for message in messages:
            if message.get(TEXT) is not None:
                self.add_features_to_message(None, self._row(message.get(TEXT)), TEXT, message)
        return messages

    def _use(self, weights: Dict[str, float]) -> None:
        self._weights = weights
        self._columns = {sign: i for i, sign in enumerate(weights)}
        self._rarity = np.array(list(weights.values()))

    def _row(self, text: str) -> csr_matrix:
        counts = Counter(self._columns[sign] for sign in message_signs(text) if sign in self._columns)
        columns = np.array(sorted(counts), dtype=np.int32)
        values = np.array([1 + np.log(counts[c]) for c in columns]) * self._rarity[columns]
        length = np.sqrt((values**2).sum()) or 1.0
        shape = (1, len(self._columns))
        return csr_matrix((values / length * self._config["scale"], columns, [0, len(columns)]), shape=shape)
