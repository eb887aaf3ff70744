"""Small linear models over sparse string features: what the intent, facet and language components learn with.

A model is kept as a vocabulary and a matrix in two plain files, so that loading runs no pickled code and a prediction is one sum of
rows. Numbers are kept with half precision, which halves the files and changes no prediction that we measured.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Collection, Dict, Iterable, List, Optional, Sequence, Tuple

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

Floats = Any  # NumPy's array of float32
Documents = Sequence[Collection[str]]

# How exactly the optimum is found: a hundred times finer takes three times as long and changes no prediction that we measured.
_PRECISION = 0.01
_ROUNDS = 5000
# With fewer examples than these a feature seen once tells something too.
_FEW = 500


@dataclass(frozen=True)
class LinearModel:
    """`weights` has shape (features, labels), `bias` (labels,).

    Without `rarity` features count as present or absent. With it, shape (features,), a text is a vector of length 1 of sublinear
    tf-idf values (Manning et al., Introduction to Information Retrieval, 2008, section 6.4).
    """

    labels: Tuple[str, ...]
    vocabulary: Dict[str, int]
    weights: Floats
    bias: Floats
    rarity: Optional[Floats] = None

    def scores(self, features: Iterable[str]) -> Floats:
        """Return how much speaks for each label, in the order of `labels`."""
        counts = Counter(self.vocabulary[f] for f in features if f in self.vocabulary)
        known = sorted(counts)
        if self.rarity is None or not known:
            return self.weights[known].sum(axis=0) + self.bias
        values = (1 + np.log([counts[k] for k in known])) * self.rarity[known]
        return (values / np.sqrt((values**2).sum())) @ self.weights[known] + self.bias

    def probabilities(self, features: Iterable[str]) -> Dict[str, float]:
        """Return the probability of each label, each on its own."""
        return dict(zip(self.labels, (1 / (1 + np.exp(-self.scores(features)))).tolist(), strict=True))

    def save(self, folder: Path) -> None:
        """Write the model into an existing folder."""
        names = sorted(self.vocabulary, key=self.vocabulary.__getitem__)
        content = {"labels": self.labels, "features": names}
        (folder / "model.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        arrays = {"weights": self.weights, "bias": self.bias}
        if self.rarity is not None:
            arrays["rarity"] = self.rarity
        np.savez_compressed(folder / "model.npz", **{name: a.astype(np.float16) for name, a in arrays.items()})

    @classmethod
    def load(cls, folder: Path) -> "LinearModel":
        """Read a model that `save` wrote."""
        content = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        arrays = {name: a.astype(np.float32) for name, a in np.load(folder / "model.npz", allow_pickle=False).items()}
        vocabulary = {name: i for i, name in enumerate(content["features"])}
        return cls(tuple(content["labels"]), vocabulary, arrays["weights"], arrays["bias"], arrays.get("rarity"))


def fit(
    documents: Documents, answers: Sequence[Collection[str]], strength: float = 1.0, rarest: int = 1
) -> LinearModel:
    """Learn which labels go with which features, any number of labels to a document: a logistic regression for each.

    Args:
        documents: the features of each example.
        answers: the labels of each example; labels that occur nowhere or everywhere are left out.
        strength: inverse of the L2 penalty (scikit-learn's `C`).
        rarest: features seen in fewer examples are left out.
    """
    vectorizer = CountVectorizer(analyzer=list, binary=True, min_df=rarest)
    matrix = vectorizer.fit_transform(documents)
    labels: List[str] = []
    columns, biases = [], []
    for label in sorted({label for answer in answers for label in answer}):
        wanted = [label in answer for answer in answers]
        if all(wanted):
            continue
        learned = LogisticRegression(C=strength, solver="liblinear", tol=_PRECISION, random_state=0).fit(matrix, wanted)
        labels.append(label)
        columns.append(learned.coef_[0])
        biases.append(learned.intercept_[0])
    weights = (
        np.array(columns, dtype=np.float32).T if columns else np.zeros((len(vectorizer.vocabulary_), 0), np.float32)
    )
    return LinearModel(tuple(labels), _numbered(vectorizer), weights, np.array(biases, dtype=np.float32))


def fit_one_of(
    told: Sequence[Tuple[Collection[str], str]],
    variants: Sequence[Tuple[Collection[str], str]],
    strength: float,
    rarest: int,
) -> LinearModel:
    """Learn which one label a document has: a linear support vector machine for each label against the rest.

    Examples of rare labels weigh as much together as those of frequent ones.

    Args:
        told: the features and the label of each example.
        variants: other forms of examples. They are learned from too, but what features there are and how rare they are is told by `told`.
        strength: inverse of the L2 penalty (scikit-learn's `C`).
        rarest: features seen in fewer examples are left out, when there are enough examples to choose.
    """
    vectorizer = TfidfVectorizer(analyzer=list, min_df=rarest if len(told) >= _FEW else 1, sublinear_tf=True)
    vectorizer.fit([features for features, _ in told])
    vocabulary, rarity = _numbered(vectorizer), vectorizer.idf_.astype(np.float32)
    answers = [label for _, label in (*told, *variants)]
    labels = tuple(sorted(set(answers)))
    if len(labels) < 2:
        nothing = np.zeros((len(vocabulary), len(labels)), np.float32)
        return LinearModel(labels, vocabulary, nothing, np.zeros(len(labels), np.float32), rarity)
    learned = LinearSVC(C=strength, class_weight="balanced", tol=_PRECISION, max_iter=_ROUNDS, random_state=0)
    learned.fit(vectorizer.transform([features for features, _ in (*told, *variants)]), answers)
    weights, bias = learned.coef_, learned.intercept_
    if len(labels) == 2:  # scikit-learn tells of two labels the second alone
        weights, bias = np.concatenate([-weights, weights]), np.concatenate([-bias, bias])
    return LinearModel(labels, vocabulary, weights.T.astype(np.float32), bias.astype(np.float32), rarity)


def _numbered(vectorizer: Any) -> Dict[str, int]:
    return {str(name): int(i) for name, i in vectorizer.vocabulary_.items()}
