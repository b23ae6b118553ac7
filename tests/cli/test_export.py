"""`tallystick export` and `import`: files that are whole or not there, and what does not go together is named."""

import builtins
import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from reviewing_case import a_case, claim_of, following, working
from tallystick.cli import export
from tallystick.cli.whole import app
from tallystick.exporting import jsonl
from tallystick.exporting.exporting import FORMATS
from tallystick.inquiry.reviewing import reject
from tallystick.storage.case import Case

runner = CliRunner()


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with a review."""
    folder = a_case(tmp_path_factory.mktemp("made") / "case")
    with working(folder) as held:
        reject(held, claim_of(held, "gazette-1").id, seen=0, why="It is a guess.")
        following(held)
    return folder


def tallystick(*arguments: str, code: int = 0) -> str:
    """Run a command, which must end so; its output."""
    done = runner.invoke(app, arguments)
    assert done.exit_code == code, done.output
    return done.stdout if code == 0 else done.output


@pytest.mark.parametrize("name", list(FORMATS))
def test_a_format_goes_to_a_file(name: str, case: Path, tmp_path: Path) -> None:
    """Whole, with the rights that a new file has, and nothing beside it."""
    out = tmp_path / f"out{FORMATS[name].suffix}"
    tallystick("export", "--case", str(case), "--format", name, "-o", str(out))
    assert out.stat().st_size > 0
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(out.stat().st_mode) == 0o666 & ~mask
    assert list(tmp_path.iterdir()) == [out]


def test_every_kind_is_a_table(case: Path) -> None:
    """As JSON lines, CSV and in the terminal; figures without --kind."""
    usual = tallystick("export", "--case", str(case))
    assert usual == tallystick("export", "--case", str(case), "--kind", "figure")
    with Case.open(case, read_only=True) as held:
        assert [json.loads(line)["id"] for line in usual.splitlines()] == [one.id for one in held.claims()]
    for kind in export.TABLES:
        names = tallystick("export", "--case", str(case), "--kind", kind, "-f", "csv").splitlines()[0].split(",")
        assert set(export.TABLES[kind]) <= set(names)
        assert tallystick("export", "--case", str(case), "--kind", kind, "-f", "table").strip()


def test_decisions_leave_whole(case: Path, tmp_path: Path) -> None:
    """What a colleague takes in by `import --judgements`."""
    (line,) = tallystick("export", "--case", str(case), "--kind", "judgement").splitlines()
    told = json.loads(line)
    assert (told["type"], told["verdict"], told["by"]) == ("review", "rejected", "ana")
    file, mine = tmp_path / "decided.jsonl", a_case(tmp_path / "mine")
    file.write_text(line + "\n", "utf-8")
    said = runner.invoke(app, ["import", "--judgements", str(file), "--case", str(mine)])
    assert said.exit_code == 0, said.output
    assert "reviews: 1 added, 0 already there, 0 left out" in said.output
    assert line == tallystick("export", "--case", str(mine), "--kind", "judgement").strip()


def test_a_case_is_not_written_over(case: Path) -> None:
    """By what is exported of it."""
    before = (case / "case.sqlite").stat().st_size
    tallystick("export", "--case", str(case), "-o", str(case / "case.sqlite"), code=2)
    assert (case / "case.sqlite").stat().st_size == before


def test_a_file_without_decisions_is_told(case: Path, tmp_path: Path) -> None:
    """Somebody may have taken the wrong one."""
    file = tmp_path / "estimates.jsonl"
    file.write_text('{"type":"end","reports":0}\n', "utf-8")
    said = runner.invoke(app, ["import", "--judgements", str(file), "--case", str(case)])
    assert said.exit_code == 0, said.output
    assert "holds nothing that anybody decided" in said.output


def test_a_case_goes_out_and_comes_back(case: Path, tmp_path: Path) -> None:
    """By a file and by a pipe; a second time nothing is new."""
    file = tmp_path / "case.jsonl"
    tallystick("export", "--case", str(case), "--kind", "case", "-o", str(file))
    tallystick("import", str(file), "--case", str(tmp_path / "new"))
    assert tallystick("export", "--case", str(tmp_path / "new"), "--kind", "case") == file.read_text("utf-8")
    said = runner.invoke(app, ["import", "-", "--case", str(tmp_path / "new")], input=file.read_bytes())
    assert "reports: 0 added, 3 already there" in said.output
    assert "reviews: 0 added, 1 already there" in said.output


def test_what_is_wrong_with_a_file_is_named(case: Path, tmp_path: Path) -> None:
    """By its line, with exit status 1; nothing of it is asked of a case that is none."""
    content = tallystick("export", "--case", str(case), "--kind", "case").splitlines()
    bad = [line.replace('"figure":"5,000"', '"figure":"9,000"') for line in content]
    (number,) = (turn for turn, pair in enumerate(zip(content, bad, strict=True), 1)
                 if pair[0] != pair[1] and '"type":"claim"' in pair[0])  # fmt: skip
    file = tmp_path / "bad.jsonl"
    file.write_text("\n".join(bad) + "\n", "utf-8")
    said = tallystick("import", str(file), "--case", str(tmp_path / "new"), code=1)
    assert "reports: 2 added" in said
    assert f"line {number - 1}: report 'wire-1' is left out" in said
    missing = runner.invoke(app, ["import", str(tmp_path / "none.jsonl"), "--case", str(tmp_path / "other")])
    assert "cannot be read" in str(missing.exception)
    assert not (tmp_path / "other").exists()
    tallystick("import", "--case", str(tmp_path / "other"), code=2)
    tallystick("import", str(file), "--judgements", str(file), "--case", str(tmp_path / "other"), code=2)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--kind", "case", "--format", "csv"), ("--kind", "case", "--as-of", "2025"),
        ("--kind", "estimate", "--format", "geojson"),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_refused(arguments: tuple[str, ...], case: Path, tmp_path: Path) -> None:
    """Before anything is written."""
    out = tmp_path / "out"
    tallystick("export", "--case", str(case), *arguments, "-o", str(out), code=2)
    assert not out.exists()


def test_an_export_that_breaks_off_leaves_what_was_there(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No half file takes the place of a whole one, and none stays beside it."""
    out = tmp_path / "claims.jsonl"
    out.write_text("earlier", "utf-8")

    def breaking(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(jsonl, "records_of", breaking)
    assert runner.invoke(app, ["export", "--case", str(case), "-o", str(out)]).exit_code != 0
    assert out.read_text("utf-8") == "earlier"
    assert list(tmp_path.iterdir()) == [out]


def test_where_nothing_can_be_written_is_named(case: Path, tmp_path: Path) -> None:
    """A folder, and a folder that is not there."""
    for target in (tmp_path, tmp_path / "none" / "out.csv"):
        done = runner.invoke(app, ["export", "--case", str(case), "-o", str(target)])
        assert "cannot be written" in str(done.exception)


def test_a_link_stays_a_link(case: Path, tmp_path: Path) -> None:
    """What it leads to is written."""
    (tmp_path / "folder").mkdir()
    link, target = tmp_path / "out.csv", tmp_path / "folder" / "claims.csv"
    target.write_text("earlier", "utf-8")
    target.chmod(0o600)
    link.symlink_to(target)
    tallystick("export", "--case", str(case), "-f", "csv", "-o", str(link))
    assert link.is_symlink()
    assert target.read_text("utf-8").startswith("id,document")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_terminal_is_shown_no_bytes(case: Path) -> None:
    """Parquet goes to a file or into a pipe."""
    parquet = FORMATS["parquet"]
    assert parquet.binary
    leader, follower = os.openpty()
    try:
        command = [sys.executable, "-m", "tallystick", "export", "--case", str(case), "--format", "parquet"]
        done = subprocess.run(command, stdout=follower, stderr=subprocess.PIPE, check=False)
        assert done.returncode == 2
        assert b"a terminal cannot show parquet" in done.stderr
        piped = subprocess.run(command, stdout=subprocess.PIPE, check=True)
        assert piped.stdout[:4] == b"PAR1"
    finally:
        os.close(leader)
        os.close(follower)


def test_a_missing_extra_is_named(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the command that installs it, and no file."""
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    out = tmp_path / "out.parquet"
    done = runner.invoke(app, ["export", "--case", str(case), "-f", "parquet", "-o", str(out)])
    assert "pip install 'tallystick[parquet]'" in str(done.exception)
    assert list(tmp_path.iterdir()) == []


def test_what_was_known_earlier_leaves_in_every_form(case: Path, tmp_path: Path) -> None:
    """A day in the past is derived anew, and written like today."""
    out = tmp_path / "out.parquet"
    arguments = ("export", "--case", str(case), "--as-of", "2025-06-17", "--kind", "estimate")
    tallystick(*arguments, "-f", "parquet", "-o", str(out))
    lines = [json.loads(line) for line in tallystick(*arguments).splitlines()]
    assert pq.read_table(out)["id"].to_pylist() == [line["id"] for line in lines]
    assert all(line["reports"] == 1 for line in lines)


def test_a_full_disk_is_no_fault_of_the_case(case: Path) -> None:
    """What is written to is named, not what is read."""
    done = runner.invoke(app, ["export", "--case", str(case), "-o", "/dev/full"])
    assert str(done.exception) == "/dev/full: cannot be written: No space left on device"


def test_a_reader_that_goes_is_told_nothing(case: Path) -> None:
    """A pipe that is closed ends the export without a word."""
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "tallystick", "export", "--case", str(case)]
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert done.stderr == b""
