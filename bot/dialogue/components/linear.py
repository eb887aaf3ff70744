"""A small linear model over sparse string features: what the facet and language components learn with.

Multi-label, one logistic regression per label (one-vs-rest). It is kept as a vocabulary and a matrix in two plain files, so that
loading runs no pickled code and a prediction is one sum of rows.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Collection, Dict, Iterable, List, Sequence, Tuple

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

Features = Callable[[str], List[str]]

# How exactly the optimum is found: a hundred times finer takes three times as long and changes no prediction that we measured.
_PRECISION = 0.01


@dataclass(frozen=True)
class LinearModel:
    """`weights` has shape (features, labels), `bias` (labels,); features count as present or absent."""

    labels: Tuple[str, ...]
    vocabulary: Dict[str, int]
    weights: "np.ndarray[Tuple[int, int], np.dtype[np.float32]]"
    bias: "np.ndarray[Tuple[int], np.dtype[np.float32]]"

    def probabilities(self, features: Iterable[str]) -> Dict[str, float]:
        """Return the probability of each label, each on its own."""
        known = sorted({self.vocabulary[f] for f in features if f in self.vocabulary})
        scores = self.weights[known].sum(axis=0) + self.bias
        return dict(zip(self.labels, (1 / (1 + np.exp(-scores))).tolist(), strict=True))

    def save(self, folder: Path) -> None:
        """Write the model into an existing folder."""
        names = sorted(self.vocabulary, key=self.vocabulary.__getitem__)
        content = {"labels": self.labels, "features": names}
        (folder / "model.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        np.savez_compressed(folder / "model.npz", weights=self.weights, bias=self.bias)

    @classmethod
    def load(cls, folder: Path) -> "LinearModel":
        """Read a model that `save` wrote."""
        content = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        arrays = np.load(folder / "model.npz", allow_pickle=False)
        vocabulary = {name: i for i, name in enumerate(content["features"])}
        return cls(tuple(content["labels"]), vocabulary, arrays["weights"], arrays["bias"])


def fit(
    documents: Sequence[Collection[str]], answers: Sequence[Collection[str]], strength: float = 1.0, rarest: int = 1
) -> LinearModel:
    """Learn which labels go with which features.

    Args:
        documents: the features of each example.
        answers: the labels of each example; labels that occur nowhere or everywhere are left out.
        strength: inverse of the L2 penalty (scikit-learn's `C`).
        rarest: features seen in fewer examples are left out.
    """
    vectorizer = CountVectorizer(analyzer=list, binary=True, min_df=rarest)
    matrix = vectorizer.fit_transform(documents)
    labels, columns, biases = [], [], []
    for label in sorted({label for answer in answers for label in answer}):
        wanted = [label in answer for answer in answers]
        if all(wanted):
            continue
        learned = LogisticRegression(C=strength, solver="liblinear", tol=_PRECISION, random_state=0).fit(matrix, wanted)
        labels.append(label)
        columns.append(learned.coef_[0])
        biases.append(learned.intercept_[0])
    vocabulary = {str(name): int(i) for name, i in vectorizer.vocabulary_.items()}
    weights = np.array(columns, dtype=np.float32).T if columns else np.zeros((len(vocabulary), 0), dtype=np.float32)
    return LinearModel(tuple(labels), vocabulary, weights, np.array(biases, dtype=np.float32))
