"""`tallystick verify` and `tallystick custody`: loud where something was changed, quiet where it was not."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tallystick.cli.whole import app
from tallystick.pipeline import run

runner = CliRunner()


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case of one report."""
    report = tmp_path / "a.txt"
    report.write_text("The ministry said on 3 March 2025 that 1,200 sappers had arrived in Kursk.\n", "utf-8")
    run([report], tmp_path / "case", "dprk-russia")
    return tmp_path / "case"


def test_a_whole_case_passes_and_the_log_says_that_it_was_verified(case: Path) -> None:
    """Exit status 0, the counts, and one entry more."""
    found = runner.invoke(app, ["verify", "--case", str(case)])
    assert found.exit_code == 0
    assert "1 originals, 0 WARC records" in found.stdout
    assert "everything is as it was" in found.stdout
    listed = runner.invoke(app, ["custody", "--case", str(case), "--format", "jsonl"])
    log = [json.loads(line) for line in listed.stdout.splitlines()]
    assert [entry["action"] for entry in log[-2:]] == ["report written", "verification"]
    assert log[-1]["particulars"] == {"entries": len(log) - 1, "faults": 0}


def test_a_changed_byte_is_named_with_exit_status_one(case: Path) -> None:
    """On standard error, by the name of the file."""
    (path,) = (path for path in (case / "evidence").rglob("*") if path.is_file())
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().replace(b"1,200", b"1,300"))
    found = runner.invoke(app, ["verify", "--case", str(case)])
    assert found.exit_code == 1
    assert path.name in found.stderr
    assert "1 fault" in found.stdout


def test_an_access_is_logged_with_the_operator(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who opens the evidence for what."""
    monkeypatch.setenv("TALLYSTICK_OPERATOR", "A. Analyst")
    for command in ("export", "estimates", "origins", "flags"):
        assert runner.invoke(app, [command, "--case", str(case)]).exit_code == 0
    listed = runner.invoke(app, ["custody", "--case", str(case), "--format", "jsonl"])
    log = [json.loads(line) for line in listed.stdout.splitlines()][-4:]
    assert [entry["subject"] for entry in log] == ["export", "estimates", "origins", "flags"]
    assert {entry["actor"] for entry in log} == {"A. Analyst"}
    assert {entry["action"] for entry in log} == {"access"}


def test_a_case_that_cannot_be_written_is_read_without_a_word(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An access that cannot be logged changes no output."""
    usual = runner.invoke(app, ["export", "--case", str(case)])
    before = (case / "case.sqlite").read_bytes()
    monkeypatch.setattr("tallystick.storage.stores.sqlite.WRITABLE", "ro")
    found = runner.invoke(app, ["export", "--case", str(case)])
    assert (found.exit_code, found.stdout, found.stderr) == (0, usual.stdout, "")
    assert runner.invoke(app, ["verify", "--case", str(case)]).exit_code == 0
    assert (case / "case.sqlite").read_bytes() == before


def test_the_log_as_a_table_names_who_and_what(case: Path) -> None:
    """For people."""
    found = runner.invoke(app, ["custody", "--case", str(case)])
    assert "case made" in found.stdout
    assert "receipt" in found.stdout
