"""How well predictions agree with what was expected: counts, precision, recall, F1, confusions. Plain data in, JSON-ready data out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, Collection, Dict, List, Sequence, Tuple


@dataclass(frozen=True)
class Judged:
    """One message: the intent and facets it should be understood as, and those it was understood as."""

    text: str
    intent: str
    facets: Tuple[str, ...]
    found_intent: str
    found_facets: Tuple[str, ...]


def accuracy(judged: Sequence[Judged]) -> float:
    """Share of messages with the right intent; 0 of none."""
    return sum(j.intent == j.found_intent for j in judged) / len(judged) if judged else 0.0


def intents(judged: Sequence[Judged]) -> Dict[str, Dict[str, Any]]:
    """Precision, recall, F1 and number of messages of each intent that was expected or found."""
    return _scores([({j.intent}, {j.found_intent}) for j in judged])


def facets(judged: Sequence[Judged]) -> Dict[str, Dict[str, Any]]:
    """Precision, recall, F1 and number of messages of each facet that was expected or found."""
    return _scores([(set(j.facets), set(j.found_facets)) for j in judged])


def facet_f1(judged: Sequence[Judged]) -> float:
    """F1 over all facets of all messages together (micro average); 1 when none was expected and none found."""
    pairs = [(set(j.facets), set(j.found_facets)) for j in judged]
    hit = sum(len(wanted & found) for wanted, found in pairs)
    expected, returned = sum(len(w) for w, _ in pairs), sum(len(f) for _, f in pairs)
    return 2 * hit / (expected + returned) if expected + returned else 1.0


def confusions(judged: Sequence[Judged], most: int, examples: int) -> List[Dict[str, Any]]:
    """Return the pairs of intents most often taken for each other, most frequent first, with the first few of their messages."""
    pairs = Counter((j.intent, j.found_intent) for j in judged if j.intent != j.found_intent)
    ranked = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))[:most]
    return [
        {
            "intent": intent,
            "found": found,
            "count": count,
            "examples": [j.text for j in judged if (j.intent, j.found_intent) == (intent, found)][:examples],
        }
        for (intent, found), count in ranked
    ]


def _scores(pairs: Sequence[Tuple[Collection[str], Collection[str]]]) -> Dict[str, Dict[str, Any]]:
    expected = Counter(label for wanted, _ in pairs for label in wanted)
    returned = Counter(label for _, found in pairs for label in found)
    hit = Counter(label for wanted, found in pairs for label in wanted if label in found)
    return {
        label: {
            "precision": _share(hit[label], returned[label]),
            "recall": _share(hit[label], expected[label]),
            "f1": _share(2 * hit[label], expected[label] + returned[label]),
            "messages": expected[label],
        }
        for label in sorted({*expected, *returned})
    }


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
