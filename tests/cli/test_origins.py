"""`tallystick origins`: a tree for every origin, and which of them are shown."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from newsroom import BUILDERS, case_of
from tallystick.cli.whole import app

runner = CliRunner()
COPIES = 12


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case of four reports, and of twelve copies of the first."""
    folder = tmp_path_factory.mktemp("origins")
    copies = [
        dict(BUILDERS[0]) | {"id": f"copy-{number:02}", "outlet": f"Copyist {number:02}", "published": "2025-06-20"}
        for number in range(COPIES)
    ]
    case_of(folder, [*BUILDERS, *copies], "2025-08-01")
    return folder / "case"


def trees(case: Path, *arguments: str) -> list[list[str]]:
    """The lines of each tree."""
    done = runner.invoke(app, ["origins", "--case", str(case), *arguments])
    assert done.exit_code == 0, done.output
    return [block.splitlines() for block in done.stdout.split("\n\n") if block.strip()]


def test_a_tree_shows_who_repeats_whom_and_how(case: Path) -> None:
    """Statement, reason, then the first report with what goes back to it by which step, how surely and why."""
    (tree,) = trees(case, "--speaker", "shoigu")
    assert "Shoigu, 2025-06-17  (14 reports, 14 claims; independent" in tree[0]
    assert tree[2].split() == ["2025-06-17", "Volga", "Wire", "5,000", "construction", "workers", "[wire-1]"]
    assert tree[3].startswith("  ├─ 2025-06-18  Harbor Herald")
    assert any("0.98 (c-" in line and " -> c-" in line for line in tree)


def test_a_long_list_is_cut_with_its_count(case: Path) -> None:
    """Of thirteen copies eight are drawn."""
    (tree,) = trees(case, "--speaker", "shoigu")
    assert len([line for line in tree if "Copyist" in line and "[copy-" in line]) < COPIES
    assert tree[-1].strip().startswith("└─ … and ")
    assert tree[-1].endswith("reports more")


def test_the_figures_stand_in_one_column(case: Path) -> None:
    """However deep a report stands in its tree."""
    (tree,) = trees(case, "--speaker", "shoigu")
    assert len({line.index("5,000 construction") for line in tree if "[" in line and "by " not in line}) == 1


@pytest.mark.parametrize(
    ("option", "text", "reports"),
    [
        ("--outlet", "seoul", {"seoul-3"}),
        ("--outlet", "nobody", set()),
        ("--speaker", "INTELLIGENCE", {"seoul-3"}),
        ("--population", "killed", {"undated-4"}),
    ],
)
def test_only_what_is_asked_for_is_shown(case: Path, option: str, text: str, reports: set[str]) -> None:
    """By outlet, speaker or population, in any case of letters."""
    done = runner.invoke(app, ["origins", "--case", str(case), option, text, "--format", "jsonl"])
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert {name for row in found for name in row["documents"]} == reports


def test_the_table_counts(case: Path) -> None:
    """Ids would bury the rest."""
    done = runner.invoke(app, ["origins", "--case", str(case), "--format", "table"])
    assert "wire-1" not in done.stdout
    assert " 14 " in done.stdout


def test_a_hostile_name_does_not_steer_the_terminal(tmp_path: Path) -> None:
    """Control characters of a report are left out of the tree."""
    report = dict(BUILDERS[0]) | {"outlet": "Evil\x1b[2J Wire"}
    case_of(tmp_path, [report], "2025-08-01")
    done = runner.invoke(app, ["origins", "--case", str(tmp_path / "case")])
    assert "\x1b" not in done.stdout
    assert "Evil" in done.stdout


def test_json_lines_hold_every_step(case: Path) -> None:
    """What the tree draws, for programs: who goes back to whom, by what, how surely and since when it is known."""
    done = runner.invoke(app, ["origins", "--case", str(case), "--speaker", "shoigu", "--format", "jsonl"])
    (row,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert {step["later"] for step in row["steps"]} == set(row["claims"][1:])
    assert all({"earlier", "mechanism", "confidence", "reason", "known"} <= step.keys() for step in row["steps"])
