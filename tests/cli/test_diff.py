"""`tallystick diff` and `--as-of`, `--recorded` of the other commands: what was known when."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from newsroom import BUILDERS, case_of
from tallystick.cli.whole import app

runner = CliRunner()


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case that got the two June reports on 1 July and the others on 1 August."""
    folder = tmp_path_factory.mktemp("diff")
    case_of(folder, BUILDERS[:2], "2025-07-01")
    case_of(folder, BUILDERS, "2025-08-01")
    return folder / "case"


def ask(case: Path, *arguments: str) -> Result:
    """Run a command that must succeed."""
    done = runner.invoke(app, [*arguments, "--case", str(case)])
    assert done.exit_code == 0, done.output
    return done


def rows(done: Result) -> list[dict[str, object]]:
    """The objects of its lines."""
    return [json.loads(line) for line in done.stdout.splitlines()]


def claims(found: Sequence[dict[str, object]]) -> set[str]:
    """The claims of estimates or origins."""
    return {str(name) for row in found for name in (row["claims"] if isinstance(row["claims"], list) else ())}


def test_diff_names_the_report_behind_each_change(case: Path) -> None:
    """In July a second voice came; the text names it under what it changed."""
    done = ask(case, "diff", "2025-06", "2025-07")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("+ report  ")
    assert "seoul-3" in lines[0] or "Seoul Desk" in lines[0]
    assert any(line.startswith("~ estimate  Construction workers") for line in lines)
    assert any(line == "      by: Seoul Desk, 2025-07-08" for line in lines)
    assert "from 2025-06-30 to 2025-07-31 in what was published" in done.stderr


def test_diff_takes_its_days_in_any_order(case: Path) -> None:
    """The earlier one is the first."""
    assert ask(case, "diff", "2025-07", "2025-06").stdout == ask(case, "diff", "2025-06", "2025-07").stdout


def test_diff_by_recording(case: Path) -> None:
    """What came on 1 August, whatever its publication."""
    found = rows(ask(case, "diff", "2025-07-01", "2025-08-01", "--recorded", "--format", "jsonl"))
    assert {row["id"] for row in found if row["kind"] == "report"} == {"seoul-3", "undated-4"}
    assert rows(ask(case, "diff", "2025-07-01", "2025-07-31", "--recorded", "--format", "jsonl")) == []


def test_diff_for_programs(case: Path) -> None:
    """JSON lines hold both figures and the ids of the reports, CSV the same in cells."""
    found = rows(ask(case, "diff", "2025-06", "2025-07", "--format", "jsonl"))
    estimates = [row for row in found if row["kind"] == "estimate"]
    assert estimates
    assert all(row["reports"] == ["seoul-3"] for row in estimates)
    assert all({"before", "after", "turns", "causes"} <= row.keys() for row in estimates)
    table = list(csv.DictReader(io.StringIO(ask(case, "diff", "2025-06", "2025-07", "--format", "csv").stdout)))
    assert [row["kind"] for row in table] == [row["kind"] for row in found]
    assert {row["reports"] for row in table if row["kind"] == "estimate"} == {"seoul-3"}


@pytest.mark.parametrize("command", ["estimates", "origins", "flags", "export"])
def test_lists_as_of_a_day_hold_what_was_published_by_then(command: str, case: Path) -> None:
    """Before the first report there is nothing; as of a late day it is the case as it is."""
    style = ("--format", "jsonl")
    before = ask(case, command, *style, "--as-of", "2025-06-16")
    assert before.stdout == ""
    assert "0 of 4 reports published by 2025-06-16" in before.stderr
    assert ask(case, command, *style, "--recorded", "2025-08-01").stdout == ask(case, command, *style).stdout


def test_both_times_can_be_asked_for(case: Path) -> None:
    """Published by June and held by July: the first two reports."""
    found = rows(ask(case, "estimates", "--format", "jsonl", "--as-of", "2025-06-17", "--recorded", "2025-07"))
    with_wire = rows(ask(case, "export", "--as-of", "2025-06-17"))
    assert claims(found) == {str(row["id"]) for row in with_wire}
    assert {row["document"] for row in with_wire} == {"wire-1"}


@pytest.mark.parametrize("date", ["2025-13", "yesterday", "2025-02-30", "25", ""])
def test_what_is_no_date_is_bad_usage(case: Path, date: str) -> None:
    """The message says how a date is written."""
    for arguments in (["estimates", "--as-of", date], ["diff", "2025", date]):
        done = runner.invoke(app, [*arguments, "--case", str(case)])
        assert done.exit_code == 2
        assert "is no date" in done.output


def test_each_look_is_one_access(tmp_path: Path) -> None:
    """The custody log names the commands in their order, and nothing else changes in the case."""
    case_of(tmp_path, BUILDERS[:1], "2025-07-01")
    case = tmp_path / "case"
    before = (case / "report.html").read_bytes()
    for arguments in (["estimates", "--as-of", "2025"], ["diff", "2024", "2025"], ["without", "wire-1"], ["origins"]):
        ask(case, *arguments)
    log = rows(ask(case, "custody", "--format", "jsonl"))
    accesses = [row["subject"] for row in log if row["action"] == "access"]
    assert accesses == ["estimates", "diff", "without", "origins"]
    assert (case / "report.html").read_bytes() == before
