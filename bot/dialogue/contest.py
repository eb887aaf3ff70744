"""Cross-validate intent classifiers, each over features of its own, on one set of NLU examples: what benchmarks/classifiers.py prints.

    bot/dialogue/.venv/bin/python bot/dialogue/contest.py DATA --texts
    bot/dialogue/.venv/bin/python bot/dialogue/contest.py DATA --vectors FILE [--folds 5]

Run by the dialogue engine's interpreter, where scikit-learn and our features are. The encoder is the application's: the first call
prints the texts in which it is needed (JSON), the second reads their vectors (.npy, float32 (texts, dimension)) and prints the figures.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Callable, Dict, List, Sequence, Tuple

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from knowledge.text.fold import fold  # noqa: E402

from bot.dialogue.cut import cuts, in_order  # noqa: E402

Told = Sequence[Tuple[str, str]]  # texts and their intents
MARKED = ("m:", "x:")  # signs that bot/dialogue/components/signs.py takes with their diacritics
FORMS: Dict[str, Callable[[str], str]] = {"typed": str, "folded": fold}
ENCODER_WEIGHT = 0.5  # length of an encoder's vector beside tf-idf's vector of length 1; 1 is worse


@dataclass(frozen=True)
class Candidate:
    """One way to tell intents.

    `features`: any of "words" (words, and pieces of words up to four characters, as in Rasa's documentation), "signs" (ours), "bare
    signs" (ours without those that keep diacritics) and "encoder" (the vector of the whole message). `classifier`: "svm" (linear, one
    against the rest) or "logistic" (of all intents together). `balanced`: rare intents weigh as much as frequent ones. `unmarked`:
    each example is learned from without its diacritics too. `strength`: inverse of the L2 penalty (scikit-learn's `C`).
    """

    name: str
    features: Tuple[str, ...]
    classifier: str = "svm"
    balanced: bool = False
    unmarked: bool = False
    strength: float = 1.0


CANDIDATES = (
    Candidate("logistic regression on words and pieces of words", ("words",), "logistic", strength=10),
    Candidate("linear SVM on words and pieces of words", ("words",)),
    Candidate("logistic regression on our signs", ("signs",), "logistic", strength=10),
    Candidate("linear SVM on our signs", ("signs",)),
    Candidate("the same, rare intents weighing as much as frequent ones", ("signs",), balanced=True),
    Candidate("the same, learning from each example without its diacritics too", ("signs",), balanced=True, unmarked=True),
    Candidate("**the same, half the penalty**", ("signs",), balanced=True, unmarked=True, strength=2),
    Candidate("the same without signs that keep diacritics", ("bare signs",), balanced=True, strength=2),
    Candidate("the chosen one and the encoder's vector", ("signs", "encoder"), balanced=True, unmarked=True, strength=2),
    Candidate("the encoder's vector alone", ("encoder",), balanced=True),
)  # fmt: skip


def main() -> None:
    """Print the texts to encode, or measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="NLU examples, a file or a folder")
    parser.add_argument("--texts", action="store_true", help="print the texts whose vectors are needed")
    parser.add_argument("--vectors", type=Path, help="the vectors of these texts")
    parser.add_argument("--folds", type=int, default=5, help="number of folds (default 5)")
    options = parser.parse_args()
    os.environ.update(RASA_TELEMETRY_ENABLED="false", LOG_LEVEL="ERROR", SQLALCHEMY_SILENCE_UBER_WARNING="1")
    with contextlib.redirect_stdout(sys.stderr):  # Rasa prints
        from bot.dialogue import absent

        absent.register()
        from rasa.shared.nlu.training_data.loading import load_data

        examples = in_order(load_data(str(options.data)).intent_examples)
        texts = sorted({change(m.get("text")) for m in examples for change in FORMS.values()})
        found: Any = texts
        if not options.texts:
            vectors = dict(zip(texts, np.load(options.vectors), strict=True))
            found = {"messages": len(examples), "candidates": contest(examples, vectors, options.folds)}
    print(json.dumps(found, ensure_ascii=False))


def contest(examples: Sequence[Any], vectors: Dict[str, Any], folds: int) -> Dict[str, Dict[str, float]]:
    """Return for each candidate accuracy as typed and without diacritics (percent), and processor seconds of one fitting."""
    told = [(str(m.get("text")), str(m.get("intent"))) for m in examples]
    found: Dict[str, Dict[str, float]] = {c.name: dict.fromkeys((*FORMS, "fit"), 0.0) for c in CANDIDATES}
    for kept, left in cuts(examples, folds):
        for candidate in CANDIDATES:
            print(candidate.name, file=sys.stderr, flush=True)
            right, seconds = judge(candidate, [told[i] for i in kept], [told[i] for i in left], vectors)
            for form, count in right.items():
                found[candidate.name][form] += 100 * count / len(told)
            found[candidate.name]["fit"] += seconds / folds
    return found


def judge(candidate: Candidate, told: Told, asked: Told, vectors: Dict[str, Any]) -> Tuple[Dict[str, int], float]:
    """Learn from some messages; return how many others are told rightly in each form, and the processor seconds of fitting."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression
    from sklearn.svm import LinearSVC

    from bot.dialogue.components.intents import unmarked

    vectorizers = [_vectorizer(f).fit([text for text, _ in told]) for f in candidate.features if f != "encoder"]
    weight = ENCODER_WEIGHT if vectorizers else 1.0

    def features(texts: Sequence[str]) -> Any:
        parts = [vectorizer.transform(texts) for vectorizer in vectorizers]
        if "encoder" in candidate.features:
            parts.append(csr_matrix(weight * np.stack([vectors[text] for text in texts])))
        return hstack(parts).tocsr()

    learned: List[Tuple[str, str]] = [*told, *(unmarked(told) if candidate.unmarked else ())]
    matrix = features([text for text, _ in learned])
    weights = "balanced" if candidate.balanced else None
    if candidate.classifier == "logistic":
        model = LogisticRegression(C=candidate.strength, class_weight=weights, tol=0.01, max_iter=1000, random_state=0)
    else:
        model = LinearSVC(C=candidate.strength, class_weight=weights, tol=0.01, max_iter=5000, random_state=0)
    started = time.process_time()
    model.fit(matrix, [intent for _, intent in learned])
    seconds = time.process_time() - started
    wanted = np.array([intent for _, intent in asked])
    right = {
        form: int((model.predict(features([change(text) for text, _ in asked])) == wanted).sum())
        for form, change in FORMS.items()
    }
    return right, seconds


def _vectorizer(features: str) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import FeatureUnion

    if features == "words":
        pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4), min_df=2, sublinear_tf=True)
        return FeatureUnion([("words", TfidfVectorizer(min_df=2, sublinear_tf=True)), ("pieces", pieces)])
    return TfidfVectorizer(analyzer=_signs if features == "signs" else _bare_signs, min_df=2, sublinear_tf=True)


@lru_cache(maxsize=None)
def _signs(text: str) -> Tuple[str, ...]:
    from bot.dialogue.components.signs import message_signs

    return message_signs(text)


def _bare_signs(text: str) -> List[str]:
    return [sign for sign in _signs(text) if not sign.startswith(MARKED)]


if __name__ == "__main__":
    main()
