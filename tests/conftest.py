"""Settings of all tests: the same examples on every machine, and no clock."""

import os

import pytest
from hypothesis import settings

from tallystick.storage.views import kept

# A slow machine must not fail a test, and two runs of one commit must agree. To look for new examples:
# HYPOTHESIS_PROFILE=explore make test
settings.register_profile("same", deadline=None, derandomize=True)
# What readers of hostile input have stood: HYPOTHESIS_PROFILE=fuzz pytest -k fuzz
settings.register_profile("fuzz", deadline=None, max_examples=20_000)
settings.register_profile("explore", deadline=None, max_examples=1_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

# Longer than any count of a test takes.
LONG = 60.0


@pytest.fixture(autouse=True)
def counted_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No total lags behind because the machine is busy; `tests/storage/views/test_view_kept.py` is about that."""
    monkeypatch.setattr(kept, "CHEAP", LONG)
