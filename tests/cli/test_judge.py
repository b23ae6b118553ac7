"""`tallystick judge`: what a reviewer decides is kept with its reason, and everything after it follows."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from newsroom import BUILDERS, case_of
from tallystick.cli.whole import app
from tallystick.errors import CaseError, JudgementError, UnknownNameError
from tallystick.storage.case import Case

runner = CliRunner()
STEP = ("herald-2", "wire-1")


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A case in which the Herald repeats the wire."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TALLYSTICK_OPERATOR", "A. Analyst")
    case_of(tmp_path, BUILDERS, "2025-08-01")
    return tmp_path / "case"


def judge(case: Path, *arguments: str) -> Result:
    """Run `tallystick judge`."""
    return runner.invoke(app, ["judge", *arguments, "--case", str(case)])


def listed(case: Path) -> list[dict[str, object]]:
    """The judgements as `judge list` writes them."""
    done = judge(case, "list", "--format", "jsonl")
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def ends(case: Path) -> tuple[str, str]:
    """The ids of the claim that repeats and of the one it goes back to."""
    with Case.open(case, read_only=True) as opened:
        claims = {claim.document: claim.id for claim in opened.claims()}
    return claims["herald-2"], claims["wire-1"]


def origins(case: Path) -> list[set[str]]:
    """The reports of each origin."""
    with Case.open(case, read_only=True) as opened:
        return [set(origin.documents) for origin in opened.lineage().origins]


def test_a_step_is_cut_and_what_follows_is_told(case: Path) -> None:
    """The two reports have one origin before and two after; the judgement holds who, why and what held before."""
    assert {"wire-1", "herald-2"} in origins(case)
    later, earlier = ends(case)
    done = judge(case, "cut", later, earlier, "--why", " The Herald counted for itself. ")
    assert done.exit_code == 0, done.output
    assert "because: judgement 1: step cut (The Herald counted for itself.)" in done.stdout
    assert f"judgement 1: {later} -> {earlier} cut" in done.stderr
    assert {"herald-2"} in origins(case)
    (row,) = listed(case)
    assert (row["number"], row["by"], row["verdict"]) == (1, "A. Analyst", "cut")
    assert (row["later"], row["earlier"], row["level"]) == (later, earlier, "claim")
    assert row["why"] == "The Herald counted for itself."
    assert str(row["before"]).endswith(("0.98", "0.90"))
    assert row["after"] is None


def test_a_judgement_holds_in_every_later_run(case: Path) -> None:
    """A report that comes in afterwards leaves it as it is."""
    judge(case, "cut", *ends(case), "--why", "Own count.")
    further = {"id": "late-5", "text": "At least 3 people were hurt in Kursk, police said.", "published": "2025-08-02"}
    case_of(case.parent, [further], "2025-08-03")
    assert {"herald-2"} in origins(case)


def test_a_judgement_that_is_withdrawn_leaves_the_rules_to_decide(case: Path) -> None:
    """Everything is as before, and both judgements stay in the list."""
    before, step = origins(case), ends(case)
    judge(case, "cut", *step, "--why", "Own count.")
    assert origins(case) != before
    done = judge(case, "withdraw", *step, "--why", "They copied after all.")
    assert done.exit_code == 0, done.output
    assert origins(case) == before
    cut, withdrawn = listed(case)
    assert withdrawn["after"] == cut["before"]
    assert withdrawn["before"] is None


def test_a_step_is_added_between_abbreviated_ids(case: Path) -> None:
    """The beginning of an id is enough where only one begins so."""
    done = judge(case, "add", "seoul", "wire", "--why", "The agency told us that it repeats the wire.")
    assert done.exit_code == 0, done.output
    (row,) = listed(case)
    assert (row["later"], row["earlier"], row["after"]) == ("seoul-3", "wire-1", "analyst 1.00")


def test_a_step_is_confirmed(case: Path) -> None:
    """It is as sure as can be by the mechanism that it had, and a step that is not there cannot be confirmed."""
    later, earlier = ends(case)
    done = judge(case, "confirm", later, earlier, "--why", "Read both.")
    assert done.exit_code == 0, done.output
    (row,) = listed(case)
    assert row["verdict"] == "confirmed"
    assert str(row["after"]) == f"{str(row['before']).split()[0]} 1.00"
    assert {"wire-1", "herald-2"} in origins(case)
    refused = judge(case, "confirm", "seoul-3", "wire-1", "--why", "No.")
    assert "no such step to confirm" in str(refused.exception)


def test_an_added_step_needs_no_confirmation(case: Path) -> None:
    """A confirmation in its place would take the step away."""
    judge(case, "add", "seoul", "wire", "--why", "The agency told us.")
    assert "is added already, by judgement 1" in str(judge(case, "confirm", "seoul", "wire", "--why", "Yes.").exception)


def test_a_case_with_judgements_is_whole(case: Path) -> None:
    """`verify` holds them against the log; one that is changed behind its back is named."""
    judge(case, "cut", *STEP, "--why", "Own count.")
    assert runner.invoke(app, ["verify", "--case", str(case)]).exit_code == 0
    with closing(sqlite3.connect(case / "case.sqlite")) as connection, connection:
        connection.execute("DROP TRIGGER judgements_no_update")
        connection.execute("UPDATE judgements SET why = 'Something else.'")
    found = runner.invoke(app, ["verify", "--case", str(case)])
    assert found.exit_code == 1
    assert "judgement 1: is not what the log says was decided" in found.output


def test_judgements_go_into_the_bundle(case: Path) -> None:
    """One line each."""
    judge(case, "cut", *STEP, "--why", "Own count.")
    out = case.parent / "package"
    assert runner.invoke(app, ["bundle", "--case", str(case), "--out", str(out)]).exit_code == 0
    (line,) = (out / "data" / "judgements.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line) == listed(case)[0]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("cut", *STEP), "say why"),
        (("cut", *STEP, "--why", "  "), "say why"),
        (("cut", "seoul-3", "wire-1", "--why", "No."), "no such step to cut; it goes back to"),
        (("add", "wire-1", "seoul-3", "--why", "No."), "give the later one first"),
        (("add", "wire-1", "wire-1", "--why", "No."), "from one to another"),
        (("add", "herald-2", "c-", "--why", "No."), "more than one claim or document begins so"),
        (("withdraw", *STEP, "--why", "No."), "no judgement about it to withdraw"),
        (("add", "nowhere", "wire-1", "--why", "No."), "no claim or document of that id"),
    ],
)
def test_what_cannot_be_decided_is_told(case: Path, arguments: tuple[str, ...], reason: str) -> None:
    """An error of ours, and nothing is kept."""
    done = judge(case, *arguments)
    assert isinstance(done.exception, JudgementError | UnknownNameError)
    assert reason in str(done.exception)
    assert listed(case) == []


def test_the_same_is_not_decided_twice(case: Path) -> None:
    """The error names the judgement that stands."""
    judge(case, "cut", *STEP, "--why", "Own count.")
    assert "is cut already, by judgement 1" in str(judge(case, "cut", *STEP, "--why", "Again.").exception)


def test_a_case_that_is_not_there_is_named(tmp_path: Path) -> None:
    """Nothing is made where there is no case."""
    done = judge(tmp_path / "nowhere", "cut", *STEP, "--why", "No.")
    assert isinstance(done.exception, CaseError)
    assert not (tmp_path / "nowhere").exists()


def test_the_settings_hold_for_every_part_of_it(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The case of the settings is taken where `--case` is not given."""
    monkeypatch.setenv("TALLYSTICK_CASE", str(case))
    command = [sys.executable, "-m", "tallystick", "judge"]
    decided = subprocess.run(
        [*command, "cut", *ends(case), "--why", "Own count."], capture_output=True, text=True, check=False, timeout=120
    )
    assert decided.returncode == 0, decided.stderr
    assert [row["number"] for row in listed(case)] == [1]
    wrong = subprocess.run([*command, "cut", "x", "y"], capture_output=True, text=True, check=False, timeout=120)
    assert wrong.returncode == 2
    assert "Traceback" not in wrong.stderr
