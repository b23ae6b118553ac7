"""The same reports in any order give the same bytes: every list of a case and its report."""

import json
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from typer.testing import CliRunner

from newsroom import keeper_on
from tallystick.cli.whole import app
from tallystick.inquiry.timeline import When, differences, kept
from tallystick.pipeline import run
from tallystick.sample import reports
from tallystick.storage.case import REPORT, Case
from tallystick.values.periods import last_day

runner = CliRunner()
COMMANDS = (
    ("estimates", "--format", "jsonl"),
    ("estimates", "--format", "csv"),
    ("estimates", "--format", "table"),
    ("estimates", "--format", "jsonl", "--as-of", "2025-06-20"),
    ("origins", "--format", "tree"),
    ("origins", "--format", "jsonl"),
    ("origins", "--format", "tree", "--as-of", "2025-06-20"),
    ("flags", "--format", "jsonl"),
    ("export",),
    ("export", "--kind", "all"),
    ("diff", "2025-05", "2025-06"),
    ("diff", "2025-06", "2025-12", "--format", "jsonl"),
    ("without", "Harbor Press"),
    ("without", "National Intelligence Service", "--format", "jsonl"),
)


def lines_of(folder: Path) -> list[tuple[str, str]]:
    """The sample, one report a file: a name and what it holds."""
    found = []
    for path in sorted(folder.iterdir()):
        text = path.read_text("utf-8")
        if path.suffix == ".jsonl":
            found += [(f"{json.loads(line)['id']}.jsonl", line) for line in text.splitlines() if line.strip()]
        else:
            found.append((path.name, text))
    return found


def case_in(folder: Path, held: Sequence[tuple[str, str]], batches: Sequence[Sequence[int]]) -> Path:
    """A case that gets the reports batch by batch, each in its order, under the same names wherever it lies."""
    for name, text in held:
        (folder / name).write_text(text, "utf-8")
    for batch in batches:
        run([folder / held[number][0] for number in batch], folder / "case", "dprk-russia", by=keeper_on("2025-12-01"))
    return folder / "case"


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """The sample as it is listed, in another order, and in three batches of a third one."""
    with reports() as folder:
        held = lines_of(folder)
    order = list(range(len(held)))
    shuffled = Random(7).sample(order, len(order))  # noqa: S311 - an order, no secret
    batched = Random(11).sample(order, len(order))  # noqa: S311
    plans = ([order], [shuffled], [batched[:5], batched[5:9], batched[9:]])
    found = []
    for number, plan in enumerate(plans):
        made = tmp_path_factory.mktemp(f"order-{number}") / "reports"
        made.mkdir()
        found.append(case_in(made, held, plan))
    return tuple(found)


def shown(case: Path, arguments: Sequence[str]) -> str:
    """What a command writes, without the folder in which the reports lay."""
    done = runner.invoke(app, [*arguments, "--case", str(case)])
    assert done.exit_code == 0, done.output
    return done.stdout.replace(str(case.parent), "")


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_every_command_writes_the_same_bytes(cases: tuple[Path, ...], arguments: Sequence[str]) -> None:
    """In whatever order and in however many runs the reports came."""
    first, *others = (shown(case, arguments) for case in cases)
    assert first
    assert others == [first] * len(others)


def test_the_report_has_the_same_bytes(cases: tuple[Path, ...]) -> None:
    """Apart from where the reports were read."""
    pages = [(case / REPORT).read_bytes().replace(str(case.parent).encode(), b"") for case in cases]
    assert pages[0] == pages[1]
    assert pages[0] == pages[2]


def test_changes_are_the_same_from_either_end_of_a_list(cases: tuple[Path, ...]) -> None:
    """Also where a caller hands the records over in another order."""
    with Case.open(cases[0], read_only=True) as case:
        held = kept(case)
    days = tuple(When(published=last_day(text)) for text in ("2025-05", "2025-12"))
    turned = held._replace(documents=held.documents[::-1], claims=held.claims[::-1], facts=held.facts[::-1])
    assert differences(turned, *days) == differences(held, *days)
