"""A stage for each test."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.faults.ledger import Ledger
from tests.faults.stage import Stage


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with Stage(tmp_path) as stage:
        yield stage


@pytest.fixture
def ledger(stage: Stage) -> Ledger:
    return Ledger(stage)


@pytest.fixture
def rounds() -> int:
    return int(os.environ.get("FAULT_ROUNDS", "8"))


@pytest.fixture
def seed() -> int:
    return int(os.environ.get("FAULT_SEED", "2026"))
