"""Bad input from outside: each is named with what to do, and the rest still comes out."""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

GOOD = "Moscow said that 5,000 builders from North Korea had come to the Kursk region."
PAGE = f"""<html><head><title>T</title><script>steal("9,999 soldiers")</script></head><body><article><p>{GOOD}</p>
<p>Nobody else confirmed that, and the ministry gave no date for it at all on Monday.</p></article></body></html>"""


def tallystick(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the command line in `folder`."""
    command = [sys.executable, "-m", "tallystick", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder in which most of what can be wrong is wrong, and three reports are good."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 100)
    (folder / "garbage.txt").write_bytes(b"Zehn M\x81\x8d\x8f\x90nner")
    with (folder / "large.txt").open("wb") as stream:
        # 50 MB without writing them: the file is a hole with a text at its start.
        stream.write(GOOD.encode())
        stream.truncate(50_000_000)
    line = json.dumps({"id": "wire", "text": GOOD.replace("5,000", "700")})
    (folder / "broken.jsonl").write_text(f'{{"id": \n{line}\n', "utf-8")
    (folder / "page.html").write_text(PAGE, "utf-8")
    (folder / "good.md").write_text(f"# Builders\n\n{GOOD}\n", "utf-8")
    return folder


def test_each_bad_report_is_named_and_the_good_ones_come_out(reports: Path) -> None:
    """Status 1, one line each on standard error, and a report of the rest."""
    finished = tallystick("run", ".", "nowhere.txt", "--case", "../case", folder=reports)
    assert finished.returncode == 1
    for name in ("empty.txt", "binary.txt", "garbage.txt", "large.txt", "broken.jsonl:1", "nowhere.txt"):
        assert sum(name in line for line in finished.stderr.splitlines()) == 1, name
    assert "Traceback" not in finished.stderr
    assert "3 added, 0 already there, 6 failed" in finished.stderr
    page = (reports.parent / "case" / "report.html").read_text("utf-8")
    assert "9,999" not in page
    assert all(name in page for name in ("binary.txt", "garbage.txt", "broken.jsonl:1"))


def test_a_case_of_a_newer_version_is_left_alone(reports: Path) -> None:
    """Both reading and writing say so."""
    tallystick("run", "good.md", "--case", "case", folder=reports)
    with sqlite3.connect(reports / "case" / "case.sqlite") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    for arguments in (["run", "good.md"], ["origins"]):
        finished = tallystick(*arguments, "--case", "case", folder=reports)
        assert finished.returncode == 2
        assert "newer Tallystick" in finished.stderr
        assert "Traceback" not in finished.stderr


def test_a_case_that_cannot_be_made_is_named(reports: Path) -> None:
    """A file in its place, and a folder where nobody may write."""
    finished = tallystick("run", "good.md", "--case", "page.html", folder=reports)
    assert finished.returncode == 2
    assert "page.html: is a file" in finished.stderr


def test_a_folder_without_a_database_is_no_case(reports: Path) -> None:
    """Asking it names it and says how to make one."""
    finished = tallystick("estimates", "--case", ".", folder=reports)
    assert finished.returncode == 2
    assert "tallystick run" in finished.stderr
