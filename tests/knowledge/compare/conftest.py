"""The two published plans."""

from __future__ import annotations

import pytest

from knowledge.records import PLANS, read_plan
from knowledge.types import Plan


@pytest.fixture(scope="session")
def party() -> Plan:
    return read_plan(PLANS / "kh-tu.json")


@pytest.fixture(scope="session")
def committee() -> Plan:
    return read_plan(PLANS / "kh-ubnd.json")
