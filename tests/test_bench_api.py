"""The pieces of the benchmark of the API, on a case of some reports."""

from pathlib import Path

from benchmarks.api import OK, measure
from benchmarks.workbench_case import TELLERS, fill

from tallystick.workbench.api.api import OPERATIONS


def test_every_operation_that_reads_is_measured_and_answers(tmp_path: Path) -> None:
    """A new one is found without a word; what nothing is of in the case (decisions, jobs) is asked as a list alone."""
    fill(tmp_path / "case", 2 * TELLERS)
    answered = measure(tmp_path / "case")
    assert not [one for one in answered if one.status != OK]
    reads = {path for one in OPERATIONS if "GET" in one.http_methods for path in one.paths}
    asked = {path for path in reads if any(one.path.startswith(path.partition("{")[0]) for one in answered)}
    assert reads - asked == {"/jobs/{name:str}", "/judgements/{number:str}", "/reviews/{number:str}"}
