"""Entities annotated in the NLU examples, with their roles and groups, found by a conditional random field (Lafferty et al., 2001).

One field labels every token with entity, role and group together, so that "từ Huế đến Vinh" is told apart in one pass; the lookup tables
and regular expressions of the training data are among its signs.
"""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any, Collection, Dict, List, Optional, Sequence, Tuple

import pycrfsuite
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.nlu.utils.pattern_utils import extract_patterns
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.dialogue.components.stored import StoredComponent
from bot.dialogue.components.tokens import Pattern, Token, to_part, token_signs, tokens

# Entity, role and group; the last two are None where the data name none.
Kind = Tuple[str, Optional[str], Optional[str]]
Entity = Dict[str, Any]

_OUTSIDE = "O"


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
        self._patterns: List[Tuple[str, "re.Pattern[str]"]] = []
        self._model = b""  # the tagger reads from these very bytes as long as it lives
        self._tagger: Any = None

    def restore(self, folder: Path) -> None:
        """Read the field, its labels and its patterns."""
        told = json.loads((folder / "slots.json").read_text(encoding="utf-8"))
        self._kinds = [tuple(kind) for kind in told["kinds"]]
        self._parted = told["parted"]
        self._patterns = _compiled(told["patterns"])
        self._model = (folder / "slots.crf").read_bytes()
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open_inmemory(self._model)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from every example, those without an entity included."""
        examples = [m for m in training_data.nlu_examples if m.get(TEXT)]
        self._kinds = sorted({_kind(e) for m in examples for e in m.get(ENTITIES, [])}, key=str)
        if not self._kinds:
            return self._resource
        patterns = [(p["name"], p["pattern"]) for p in extract_patterns(training_data)]
        self._patterns = _compiled(patterns)
        self._parted = to_part((m.get(TEXT), [(e["start"], e["end"]) for e in m.get(ENTITIES, [])]) for m in examples)
        found = [tokens(m.get(TEXT), self._parted) for m in examples]
        within = [_entities_of(ts, m.get(ENTITIES, [])) for ts, m in zip(found, examples, strict=True)]
        paired = {_kind(b) for of in within for a, b in pairwise(of) if a and b and a is not b and _kind(a) == _kind(b)}
        labels = [self._labels(of, paired) for of in within]
        trainer = self._trainer(sum(map(len, found)), len({label for of in labels for label in of}))
        for example, ts, of in zip(examples, found, labels, strict=True):
            if ts:
                trainer.append(token_signs(example.get(TEXT), ts, self._patterns), of)
        with self._storage.write_to(self._resource) as folder:
            trainer.train(str(folder / "slots.crf"))
            told = {"kinds": self._kinds, "parted": self._parted, "patterns": patterns}
            (folder / "slots.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
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

    def _labels(self, within: Sequence[Optional[Entity]], paired: Collection[Kind]) -> List[str]:
        """One label a token: outside, or inside of a kind (by its number).

        The first token of an entity is told apart in kinds that stand side by side, `paired`: a label costs time, and few need two.
        """
        labels, last = [], None
        for entity in within:
            if entity is None:
                labels.append(_OUTSIDE)
            else:
                begins = entity is not last and _kind(entity) in paired
                labels.append(f"{'B' if begins else 'I'}{self._kinds.index(_kind(entity))}")
            last = entity
        return labels

    def _extract(self, text: str) -> List[Entity]:
        found = tokens(text, self._parted)
        if not found:
            return []
        labels = self._tagger.tag(token_signs(text, found, self._patterns))
        entities: List[Entity] = []
        last = _OUTSIDE
        for at, (token, label) in enumerate(zip(found, labels, strict=True)):
            if label != _OUTSIDE:
                sure = self._tagger.marginal(label, at)
                if label[0] == "I" and last[1:] == label[1:]:
                    entities[-1].update(end=token.end, confidence_entity=min(sure, entities[-1]["confidence_entity"]))
                else:
                    entity, role, group = self._kinds[int(label[1:])]
                    entities.append(
                        {"entity": entity, "start": token.start, "end": token.end, "confidence_entity": sure}
                    )
                    entities[-1].update({k: v for k, v in (("role", role), ("group", group)) if v is not None})
            last = label
        return [{**e, "value": text[e["start"] : e["end"]]} for e in entities]


def _compiled(patterns: Sequence[Pattern]) -> List[Tuple[str, "re.Pattern[str]"]]:
    return [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in patterns]


def _entities_of(found: Sequence[Token], entities: Sequence[Entity]) -> List[Optional[Entity]]:
    """The entity that each token is part of; the first, where there are several."""
    return [next((e for e in entities if e["start"] < t.end and t.start < e["end"]), None) for t in found]


def _kind(entity: Entity) -> Kind:
    return entity["entity"], entity.get("role"), entity.get("group")
