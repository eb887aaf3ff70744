"""Each source document is read once per run: rebuilding the broken one takes seconds."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.ingest.ingest import Ingestion, ingest
from knowledge.records import PLANS

DATA = Path(__file__).parents[2] / "data" / "plans"


@pytest.fixture(scope="session")
def party() -> Ingestion:
    return ingest(PLANS / "sources" / "kh-tu.txt", "kh-tu")


@pytest.fixture(scope="session")
def committee() -> Ingestion:
    return ingest(PLANS / "sources" / "kh-ubnd.txt", "kh-ubnd")
