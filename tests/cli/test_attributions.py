"""`tallystick attributions` from outside: its records, formats and failures."""

import json
import subprocess
import sys
from pathlib import Path

from tallystick.extraction.attributions import ATTRIBUTION_COLUMNS

REPORT = 'Anna Weiss, the energy minister, said that 400 engineers will leave. "We need them," she added.\n'


def attributions(*arguments: str, folder: Path, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run `tallystick attributions` in `folder`."""
    command = [sys.executable, "-m", "tallystick", "attributions", *arguments]
    return subprocess.run(command, cwd=folder, input=stdin, capture_output=True, text=True, check=False, timeout=120)


def test_a_line_is_one_attribution_whose_spans_are_words_of_the_text(tmp_path: Path) -> None:
    """Every record has the documented fields in order, and each span lies in the text."""
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    finished = attributions("report.txt", folder=tmp_path)
    assert finished.returncode == 0, finished.stderr
    records = [json.loads(line) for line in finished.stdout.splitlines()]
    assert [tuple(record) for record in records] == [ATTRIBUTION_COLUMNS] * 2
    assert {record["speaker"] for record in records} == {"Anna Weiss"}
    start, end = records[0]["content"][0]
    assert "400 engineers will leave" in REPORT[start:end]
    assert all(0 <= start < end <= len(REPORT) for record in records for start, end in record["source"])


def test_the_id_of_a_line_of_input_comes_back(tmp_path: Path) -> None:
    """`-` takes JSON lines; `document` is the id that came in."""
    finished = attributions("-", folder=tmp_path, stdin=json.dumps({"id": "n-1", "text": REPORT}) + "\n")
    assert {json.loads(line)["document"] for line in finished.stdout.splitlines()} == {"n-1"}


def test_a_table_shows_words_in_place_of_offsets(tmp_path: Path) -> None:
    """CSV and table are for people: their cells hold the words of the text."""
    finished = attributions("-", "--format", "csv", folder=tmp_path, stdin=REPORT)
    header, first, *_ = finished.stdout.splitlines()
    assert header == ",".join(ATTRIBUTION_COLUMNS)
    assert "400 engineers will leave" in first


def test_a_report_that_cannot_be_read_is_named_and_the_others_come_out(tmp_path: Path) -> None:
    """A language that is not built in is named on standard error; the status is 1."""
    unread = {"id": "xx", "text": "兵士十人が死亡したと発表した。", "language": "ja"}
    lines = [json.dumps(unread), json.dumps({"id": "en", "text": REPORT})]
    finished = attributions("-", folder=tmp_path, stdin="\n".join(lines) + "\n")
    assert finished.returncode == 1
    assert "xx" in finished.stderr
    assert {json.loads(line)["document"] for line in finished.stdout.splitlines()} == {"en"}
