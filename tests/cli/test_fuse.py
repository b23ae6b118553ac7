"""The command that fuses a table of observations, from outside."""

import csv
import gzip
import io
import re
import subprocess
import sys
from pathlib import Path

HEADER = "source,item,attribute,value,tolerance,period\n"
TIMES = HEADER + "".join(
    f"{source},AA-1,departure,{time},10,1440\n" for source, time in zip("abcd", (1438, 2, 700, 5), strict=True)
)


def fuse(*arguments: str, folder: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run `tallystick fuse` in `folder`."""
    command = [sys.executable, "-m", "tallystick", "fuse", *arguments]
    return subprocess.run(command, cwd=folder, input=stdin, capture_output=True, check=False, timeout=120)


def rows(table: bytes) -> list[dict[str, str]]:
    """The rows of a CSV table."""
    return list(csv.DictReader(io.StringIO(table.decode("utf-8"))))


def reasons(finished: subprocess.CompletedProcess[bytes]) -> str:
    """What was said on standard error."""
    return finished.stderr.decode("utf-8")


def test_every_item_gets_one_value(tmp_path: Path) -> None:
    """Times around midnight support one another; the value is one that was observed."""
    (tmp_path / "times.csv").write_text(TIMES, encoding="utf-8")
    finished = fuse("times.csv", "-o", "resolved.csv", folder=tmp_path)
    assert (finished.returncode, finished.stdout, finished.stderr) == (0, b"", b"")
    (one,) = rows((tmp_path / "resolved.csv").read_bytes())
    assert list(one) == ["item", "attribute", "value", "confidence"]
    assert (one["item"], one["attribute"], one["value"]) == ("AA-1", "departure", "2")
    assert 0.5 < float(one["confidence"]) <= 1


def test_it_stands_in_a_pipe(tmp_path: Path) -> None:
    """Standard input, packed or not, to standard output; a table in a file gives the same."""
    plain = fuse("-", folder=tmp_path, stdin=TIMES.encode())
    packed = fuse("-", folder=tmp_path, stdin=gzip.compress(TIMES.encode()))
    (tmp_path / "times.csv.gz").write_bytes(gzip.compress(TIMES.encode()))
    assert plain.returncode == packed.returncode == 0
    assert plain.stdout == packed.stdout == fuse("times.csv.gz", folder=tmp_path).stdout
    assert rows(plain.stdout)[0]["value"] == "2"


def test_the_order_of_the_rows_gives_the_same_bytes(tmp_path: Path) -> None:
    """Both tables, turned around."""
    head, *lines = TIMES.splitlines(keepends=True)
    turned = (head + "".join(reversed(lines))).encode()
    first = fuse("-", "--sources", "one.csv", folder=tmp_path, stdin=TIMES.encode())
    second = fuse("-", "--sources", "two.csv", folder=tmp_path, stdin=turned)
    assert first.stdout == second.stdout
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


def test_sources_come_with_accuracy_and_whom_they_copy(tmp_path: Path) -> None:
    """Each on the whole, then for each attribute, then those whose mistakes it shares."""
    told = ["source,item,attribute,value"]
    for at in range(60):
        wrong = f"wrong {at}" if at % 2 else f"right {at}"
        told += [f"{name},i{at},gate,{wrong}" for name in ("feed", "mirror")]
        told += [f"{name},i{at},gate,right {at}" for name in ("north", "south", "west")]
    finished = fuse("-", "--sources", "who.csv", folder=tmp_path, stdin="\n".join(told).encode())
    assert finished.returncode == 0, reasons(finished)
    assert all(row["value"].startswith("right") for row in rows(finished.stdout))
    found = rows((tmp_path / "who.csv").read_bytes())
    assert list(found[0]) == ["source", "attribute", "observations", "accuracy", "copies", "probability"]
    of = [row for row in found if row["source"] == "feed"]
    assert [(row["attribute"], row["observations"], row["copies"]) for row in of] == [
        ("", "60", ""), ("gate", "60", ""), ("", "", "mirror"),
    ]  # fmt: skip
    assert abs(float(of[1]["accuracy"]) - 0.5) < 0.1
    assert float(of[2]["probability"]) > 0.3
    assert not [row for row in found if row["source"] == "north" and row["copies"]]


def test_other_separators_and_columns_are_read(tmp_path: Path) -> None:
    """A sheet with semicolons, a mark of its encoding, columns in another order and one that is not known."""
    table = "\ufeffNote;Value;Item;Attribute;Source\n-;7;x;n;a\n-;8;x;n;b\n-;8;x;n;c\n"
    finished = fuse("-", folder=tmp_path, stdin=table.encode())
    assert finished.returncode == 0, reasons(finished)
    assert rows(finished.stdout)[0]["value"] == "8"


def test_cells_in_quotation_marks_may_hold_anything(tmp_path: Path) -> None:
    """Commas, doubled marks and line ends within a cell are text."""
    table = 'source,item,attribute,value\n"a, b","x ""y""",n,"one\ntwo"\n'
    finished = fuse("-", folder=tmp_path, stdin=table.encode())
    assert finished.returncode == 0, reasons(finished)
    assert [(row["item"], row["value"]) for row in rows(finished.stdout)] == [('x "y"', "one\ntwo")]


def test_many_bad_rows_are_counted(tmp_path: Path) -> None:
    """The first are named, the number of all is told."""
    table = HEADER + "a,x,n,7,,\n" + "b,x,n\n" * 1_000
    finished = fuse("-", folder=tmp_path, stdin=table.encode())
    assert finished.returncode == 1
    assert "left out: 1,000 rows, the first 20 are named above" in reasons(finished)
    assert len(reasons(finished).splitlines()) == 21


def test_a_file_that_is_no_table_is_refused(tmp_path: Path) -> None:
    """One message that names the file and what to do; no traceback, nothing written."""
    (tmp_path / "t.csv").write_text("source,item,value\na,x,7\n", encoding="utf-8")
    finished = fuse("t.csv", "-o", "out.csv", folder=tmp_path)
    assert finished.returncode == 2
    assert reasons(finished).startswith("tallystick: t.csv:1: no column named attribute; the first row names")
    assert len(reasons(finished).splitlines()) == 1
    assert not (tmp_path / "out.csv").exists()


def test_a_table_without_rows_is_refused(tmp_path: Path) -> None:
    """A header alone resolves nothing."""
    finished = fuse("-", folder=tmp_path, stdin=HEADER.encode())
    assert (finished.returncode, finished.stdout) == (2, b"")
    assert "no row holds an observation" in reasons(finished)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """One line, no traceback."""
    finished = fuse("none.csv", folder=tmp_path)
    assert (finished.returncode, reasons(finished)) == (
        2, "tallystick: none.csv: cannot be read: No such file or directory\n",
    )  # fmt: skip


def test_the_table_is_not_written_over(tmp_path: Path) -> None:
    """What is read stays as it is, under another name of it as well."""
    (tmp_path / "times.csv").write_text(TIMES, encoding="utf-8")
    finished = fuse("times.csv", "-o", "./times.csv", folder=tmp_path)
    assert finished.returncode == 2
    assert "it is the table that is read" in reasons(finished)
    assert (tmp_path / "times.csv").read_text(encoding="utf-8") == TIMES


def test_the_example_of_the_how_to_works(tmp_path: Path) -> None:
    """Its table and its command, as they stand there."""
    page = (Path(__file__).resolve().parents[2] / "docs" / "how-to.md").read_text(encoding="utf-8")
    found = re.search(r"```csv\n(.*?)```\n\n<!-- [^\n]* -->\n```\ntallystick fuse (.*?)\n```", page, re.DOTALL)
    assert found is not None
    (tmp_path / "observations.csv").write_text(found.group(1), encoding="utf-8")
    finished = fuse(*found.group(2).split(), folder=tmp_path)
    assert finished.returncode == 0, reasons(finished)
    told = {row["attribute"]: row["value"] for row in rows((tmp_path / "resolved.csv").read_bytes())}
    assert told["gate"] == "B4"
    assert rows((tmp_path / "sources.csv").read_bytes())[0]["source"] == "airline"


def test_help_shows_examples(tmp_path: Path) -> None:
    """Columns and examples stand in it."""
    shown = fuse("--help", folder=tmp_path).stdout.decode("utf-8")
    assert "tallystick fuse observations.csv -o resolved.csv" in shown
    assert "source, item, attribute, value" in shown
