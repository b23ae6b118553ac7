"""`tallystick without`: what falls if a source falls, from outside."""

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from newsroom import BUILDERS, case_of
from tallystick.cli.whole import app
from tallystick.errors import UnknownNameError

runner = CliRunner()


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of four reports."""
    folder = tmp_path_factory.mktemp("without")
    case_of(folder, BUILDERS, "2025-08-01")
    return folder / "case"


def test_it_says_what_falls_and_changes_nothing(case: Path) -> None:
    """The effects are headings; how much falls is said on standard error; the case stays as it is."""
    before = (case / "report.html").read_bytes()
    done = runner.invoke(app, ["without", "Coast Courier", "--case", str(case)])
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("Vanishes:\n  Killed")
    assert "      by: Coast Courier" in done.stdout
    assert "without outlet or agency Coast Courier: 1 report and 1 claim fall; vanishes: 1" in done.stderr
    assert (case / "report.html").read_bytes() == before


def test_it_writes_for_programs(case: Path) -> None:
    """JSON lines and CSV name the effects first."""
    lines = runner.invoke(app, ["without", "undated-4", "--case", str(case), "--format", "jsonl"]).stdout.splitlines()
    found = [json.loads(line) for line in lines]
    assert found[0]["effects"] == ["vanishes"]
    assert found[0]["reports"] == ["undated-4"]
    written = runner.invoke(app, ["without", "undated-4", "--case", str(case), "--format", "csv"]).stdout
    table = list(csv.DictReader(io.StringIO(written)))
    assert [row["effects"] for row in table] == [" | ".join(row["effects"]) for row in found]


def test_a_name_that_nothing_has_is_told(case: Path) -> None:
    """With what is near."""
    done = runner.invoke(app, ["without", "Cost Courier", "--case", str(case)])
    assert isinstance(done.exception, UnknownNameError)
    assert "did you mean" in str(done.exception)
    assert "Coast Courier" in str(done.exception)
