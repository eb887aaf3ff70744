"""What the search tests share: a small retrieval set of our own and the shipped encoder."""

from pathlib import Path

import pytest

from knowledge.search.encoder import Encoder, load_encoder
from knowledge.search.evaluation import RetrievalSet, read_set

SET = Path(__file__).parents[2] / "data" / "retrieval.jsonl"


@pytest.fixture(scope="session")
def data() -> RetrievalSet:
    return read_set(SET)


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return load_encoder()
