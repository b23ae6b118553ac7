"""One worker for the tests of a batch, kept as long as they last."""

from collections.abc import Iterator

import pytest

from tallystick.batch.engines.engine import Engine
from tallystick.batch.engines.local import LocalEngine


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    """The local engine."""
    local = LocalEngine(1)
    yield local
    local.close()
