"""The command that writes every number of a text, from outside."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

NOTE = (
    "The army sent more than 30 to 40 thousand men and 12 tanks on 3 May 2024.\n\n"
    "Coal rose 4 percent to $71.50 per tonne, and the mine loads 2,000 tonnes a day.\n"
)


def quantities(*arguments: str, folder: Path, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run `tallystick quantities` in `folder`."""
    command = [sys.executable, "-m", "tallystick", "quantities", *arguments]
    return subprocess.run(command, cwd=folder, input=stdin, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture
def note(tmp_path: Path) -> Path:
    """A folder with one report."""
    (tmp_path / "note.txt").write_text(NOTE, encoding="utf-8")
    return tmp_path


def test_every_number_is_one_line_with_an_exact_span(note: Path) -> None:
    """Dates and percentages too; `text[start:end]` is the figure."""
    finished = quantities("note.txt", folder=note)
    assert finished.returncode == 0, finished.stderr
    found = [json.loads(line) for line in finished.stdout.splitlines()]
    assert all(NOTE[one["start"] : one["end"]] == one["figure"] for one in found)
    assert [(one["kind"], one["unit"]) for one in found] == [
        ("count", ""), ("count", ""), ("date", ""), ("date", ""), ("percent", "percent"),
        ("money", "dollar per tonne"), ("measure", "tonne per day"),
    ]  # fmt: skip
    assert list(found[0]) == [
        "document", "start", "end", "figure", "low", "high", "bound", "change", "kind", "unit", "counted", "hedge",
    ]  # fmt: skip


def test_a_number_carries_its_bounds_its_change_and_what_it_counts(note: Path) -> None:
    """A range has both ends; a step is told apart from the value it reached."""
    found = [json.loads(line) for line in quantities("note.txt", folder=note).stdout.splitlines()]
    assert (found[0]["low"], found[0]["high"], found[0]["bound"]) == (30_000, 40_000, "range")
    assert found[1]["counted"] == "tanks"
    assert [(one["low"], one["change"]) for one in found[4:6]] == [(4, "up"), (71.5, "=")]


def test_a_sum_in_cents_keeps_the_number_as_written(tmp_path: Path) -> None:
    """19 cents are 19, with the cent for a unit."""
    finished = quantities("-", folder=tmp_path, stdin='{"id": "a", "text": "It costs 19 cents more."}\n')
    (found,) = (json.loads(line) for line in finished.stdout.splitlines())
    assert (found["document"], found["low"], found["high"], found["unit"]) == ("a", 19, 19, "cent")


@pytest.mark.parametrize("style", ["csv", "table"])
def test_every_format_holds_every_number(style: str, note: Path) -> None:
    """CSV opens with a header; a table is for reading."""
    finished = quantities("note.txt", "--format", style, folder=note)
    assert finished.returncode == 0, finished.stderr
    assert "30 to 40 thousand" in finished.stdout
    if style == "csv":
        assert [row["kind"] for row in csv.DictReader(io.StringIO(finished.stdout))].count("date") == 2


def test_what_cannot_be_read_is_named_and_the_rest_comes_out(note: Path) -> None:
    """The status is 1, as with `extract`."""
    (note / "image.txt").write_bytes(b"\x89PNG\r\n\x00\x00")
    finished = quantities("image.txt", "note.txt", folder=note)
    assert finished.returncode == 1
    assert "image.txt" in finished.stderr
    assert len(finished.stdout.splitlines()) == 7
