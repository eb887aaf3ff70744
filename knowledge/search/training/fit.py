"""Training the static encoder with sentence-transformers: token vectors moved until texts that belong together are near.

Its models and losses are used, its trainer is not: that would bring `datasets`, `accelerate`, pandas and Arrow into every
environment for the sake of one short loop.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.losses import MatryoshkaLoss, MultipleNegativesRankingLoss
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer

from knowledge.search.training.pairs import Pair

BATCH = 1024
"""Pairs per step; the other texts of a batch are what a text must not be near."""
LEARNING_RATE = 0.02
WARM_UP = 0.1
"""Share of the steps over which the learning rate rises; it falls to zero over the rest."""
COUNTED = 50_000
"""Texts whose tokens are counted for the first token vectors."""


def fit(
    tokenizer: Tokenizer,
    pairs: dict[str, list[Pair]],
    dimension: int,
    seed: int,
    step_done: Callable[[int, int, float], None],
    batch: int = BATCH,
) -> SentenceTransformer:
    """Train one pass over the pairs, each batch of one kind, and return the model in half precision.

    The loss is the contrastive one of in-batch negatives (Henderson et al., 2017) over the whole vector, its first half and
    its first quarter (Matryoshka, Kusupati et al., 2022), so that vectors may be cut short. After each step `step_done`
    gets the step, their number and the loss.
    """
    torch.manual_seed(seed)
    start = _first_vectors(tokenizer, pairs, dimension, seed)
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=start)], device="cpu")
    loss = MatryoshkaLoss(
        model, MultipleNegativesRankingLoss(model), matryoshka_dims=[dimension, dimension // 2, dimension // 4]
    )
    batches = _batches(pairs, batch, seed)
    optimiser = torch.optim.Adam(model.parameters(), lr=LEARNING_RATE)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _pace(step, len(batches)))
    for step, drawn in enumerate(batches, 1):
        features = [model.preprocess([a for a, _ in drawn]), model.preprocess([b for _, b in drawn])]
        value = loss(features, None)
        optimiser.zero_grad()
        value.backward()
        optimiser.step()
        schedule.step()
        step_done(step, len(batches), float(value.detach()))
    return model.half()


def save(model: SentenceTransformer, folder: Path) -> None:
    """Write the model in sentence-transformers' own format, readable for everyone."""
    folder.mkdir(parents=True, exist_ok=True)
    model.save(str(folder), create_model_card=False)
    (folder / "model.safetensors").chmod(0o644)


def _batches(pairs: dict[str, list[Pair]], size: int, seed: int) -> list[list[Pair]]:
    """Cut each kind into batches of its own and mix them: texts of one kind are the harder negatives to each other."""
    batches = [two[i : i + size] for two in pairs.values() for i in range(0, len(two), size)]
    Random(seed).shuffle(batches)  # noqa: S311 - orders training examples, keeps no secret
    return batches


def _pace(step: int, steps: int) -> float:
    return min(1.0, (step + 1) / max(1.0, WARM_UP * steps)) * (1 - step / steps)


def _first_vectors(tokenizer: Tokenizer, pairs: dict[str, list[Pair]], dimension: int, seed: int) -> torch.Tensor:
    """Random directions, longer for rarer tokens.

    The mean of such vectors is a random projection of the text's tf-idf vector: training starts at lexical similarity.
    """
    texts = [text for two in pairs.values() for pair in two[: COUNTED // len(pairs) // 2] for text in pair]
    counts: Counter[int] = Counter()
    for encoding in tokenizer.encode_batch_fast(texts, add_special_tokens=False):
        counts.update(set(encoding.ids))
    seen = np.array([counts[i] for i in range(tokenizer.get_vocab_size())])
    idf = np.log((len(texts) + 1) / (seen + 1))
    directions = np.random.default_rng(seed).standard_normal((len(seen), dimension))
    return torch.from_numpy(0.1 * directions * (idf / idf.mean())[:, None]).float()
