"""Entities annotated in the NLU examples, with their roles and groups, found by a conditional random field (Lafferty et al., 2001).

One field labels every token with entity, role and group together, so that "từ Huế đến Vinh" is told apart in one pass; the lookup tables
and regular expressions of the training data and the values of its entities are among its signs.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any, Dict, List, Mapping, Sequence, Tuple

import pycrfsuite
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.nlu.utils.pattern_utils import extract_patterns
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.dialogue.components.labels import Entity, Kind, entities_of, kind_of, side_by_side, to_entities, to_labels
from bot.dialogue.components.stored import StoredComponent
from bot.dialogue.components.tokens import Pattern, Token, to_part, token_signs, tokens
from bot.dialogue.components.values import Known, Value, gather, value_signs, values


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class SlotTagger(StoredComponent, EntityExtractorMixin):
    """Emit what was annotated in the examples; nothing where nothing was. Offsets are those of the text as it came."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """`L1`, `L2`: weights of the penalties; `rounds`: most passes over the examples; `work`: with more tokens times labels
        squared than this, the field is trained as an averaged perceptron (Collins, 2002), in a tenth of the time.
        """
        return {"L1": 0.05, "L2": 0.02, "rounds": 60, "work": 2e9}

    def __init__(self, config: Dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, storage, resource)
        self._kinds: List[Kind] = []
        self._parted = False
        self._known: Known = {}
        self._patterns: List[Tuple[str, "re.Pattern[str]"]] = []
        self._model = b""  # the tagger reads from these very bytes as long as it lives
        self._tagger: Any = None

    def restore(self, folder: Path) -> None:
        """Read the field, its labels, its patterns and the values it knows."""
        told = json.loads((folder / "slots.json").read_text(encoding="utf-8"))
        self._kinds = [tuple(kind) for kind in told["kinds"]]
        self._parted = told["parted"]
        self._known = told["values"]
        self._patterns = _compiled(told["patterns"])
        self._model = (folder / "slots.crf").read_bytes()
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open_inmemory(self._model)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from every example, those without an entity included."""
        told = [(m.get(TEXT), m.get(ENTITIES, [])) for m in training_data.nlu_examples if m.get(TEXT)]
        self._kinds = sorted({kind_of(e) for _, entities in told for e in entities}, key=str)
        if not self._kinds:
            return self._resource
        patterns = [(p["name"], p["pattern"]) for p in extract_patterns(training_data)]
        self._patterns = _compiled(patterns)
        self._parted = to_part((text, [(e["start"], e["end"]) for e in entities]) for text, entities in told)
        found = [tokens(text, self._parted) for text, _ in told]
        within = [entities_of(of, entities) for of, (_, entities) in zip(found, told, strict=True)]
        values_told = [list(values(_words(of), inside)) for of, inside in zip(found, within, strict=True)]
        self._known = gather(value for of in values_told for value in of)
        repeated = side_by_side(within)
        labels = [to_labels(inside, self._kinds, repeated) for inside in within]
        trainer = self._trainer(sum(map(len, found)), len({label for of in labels for label in of}))
        for (text, _), of, answer, own in zip(told, found, labels, values_told, strict=True):
            if of:
                trainer.append(self._signs(text, of, Counter(own)), answer)
        with self._storage.write_to(self._resource) as folder:
            trainer.train(str(folder / "slots.crf"))
            learned = {"kinds": self._kinds, "parted": self._parted, "patterns": patterns, "values": self._known}
            (folder / "slots.json").write_text(json.dumps(learned, ensure_ascii=False), encoding="utf-8")
        return self._resource

    def process(self, messages: List[Message]) -> List[Message]:
        """Add the entities found in each message."""
        for message in messages:
            if self._tagger and message.get(TEXT):
                found = self.add_extractor_name(self._extract(message.get(TEXT)))
                message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages

    def _trainer(self, size: int, labels: int) -> Any:
        if size * labels**2 > self.config["work"]:
            return pycrfsuite.Trainer("ap", {"max_iterations": self.config["rounds"] // 6}, verbose=False)
        penalties = {"c1": self.config["L1"], "c2": self.config["L2"]}
        return pycrfsuite.Trainer("lbfgs", {**penalties, "max_iterations": self.config["rounds"]}, verbose=False)

    def _signs(self, text: str, found: Sequence[Token], own: Mapping[Value, int]) -> List[List[str]]:
        of_values = value_signs(_words(found), self._known, own)
        return [a + b for a, b in zip(token_signs(text, found, self._patterns), of_values, strict=True)]

    def _extract(self, text: str) -> List[Entity]:
        found = tokens(text, self._parted)
        if not found:
            return []
        labels = self._tagger.tag(self._signs(text, found, {}))
        sure = [self._tagger.marginal(label, at) for at, label in enumerate(labels)]
        return to_entities(text, found, labels, sure, self._kinds)


def _words(found: Sequence[Token]) -> List[str]:
    return [token.text.lower() for token in found]


def _compiled(patterns: Sequence[Pattern]) -> List[Tuple[str, "re.Pattern[str]"]]:
    return [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in patterns]
