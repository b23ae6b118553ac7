"""Accuracy of attributions on PolNeAR: the floors hold, and the set is that on which the figures were measured."""

import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from tallystick.extraction.attributions import attribution_record, attributions_in
from tallystick.model.document import Failure
from tallystick.reading.reading import read

BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"
FOLDER = BENCH / "polnear"
# Raised with the figures, never lowered to pass: F1 over the characters of sources and of contents, and the part of
# the attributions with a number in their content whose source is right.
FLOORS = {"source": 0.72, "content": 0.84, "numbers": 0.78}
DIGEST = "0fce2531bb81c16d75fb9615f801a38e6d70177af5650a5c6d917acc3b15137b"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="../shared is absent: accuracy on PolNeAR is NOT checked"),
]


def test_attributions_reach_the_floors_on_polnear(tmp_path: Path) -> None:
    """Every measure of the development part is at or above its floor."""
    predicted = tmp_path / "attributions.jsonl"
    with predicted.open("w", encoding="utf-8") as lines:
        for found in read([FOLDER / "dev.docs.jsonl"]):
            assert not isinstance(found, Failure)
            for attribution in attributions_in(found.document):
                lines.write(json.dumps(attribution_record(found.document, attribution)) + "\n")
    scorer = [sys.executable, str(BENCH / "score_attributions.py"), str(FOLDER), "dev", str(predicted)]
    finished = subprocess.run(scorer, capture_output=True, text=True, check=False)
    figures = json.loads(finished.stdout)
    assert {name: figures[name] for name, floor in FLOORS.items() if figures[name] < floor} == {}


def test_the_set_is_the_one_that_was_measured() -> None:
    """Floors of another set would mean nothing."""
    parts = (FOLDER / "dev.docs.jsonl", FOLDER / "dev.attributions.jsonl")
    assert sha256(b"".join(part.read_bytes() for part in parts)).hexdigest() == DIGEST
