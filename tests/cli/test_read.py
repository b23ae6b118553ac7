"""`tallystick read`: documents as lines, and those lines read again."""

import json
from pathlib import Path

from typer.testing import CliRunner

from tallystick.cli.whole import app

PAGE = """<html lang="en"><head><title>Dam crew grows</title>
<meta property="article:published_time" content="2025-03-02T09:30:00+01:00"></head><body><article>
<p>The crew at the lower dam has grown to 412 workers, the water office said on Sunday in a short statement.</p>
<p>They came in three groups since January, it said, and will stay until the spillway has been lined with concrete.</p>
</article><div id="comments" class="comments"><h3>Comments</h3><p>More like 4,000, if you ask me here.</p></div>
</body></html>"""


def test_read_prints_the_body_and_every_part_with_its_offsets(tmp_path: Path) -> None:
    """`text` is the body, parts count from its start, and what stands apart carries its own text."""
    path = tmp_path / "dam.html"
    path.write_text(PAGE, "utf-8")
    result = CliRunner().invoke(app, ["read", str(path), "--format", "jsonl"])
    assert result.exit_code == 0
    row = json.loads(result.stdout)
    assert row["text"].startswith("The crew")
    assert row["text"].endswith("concrete.")
    assert row["path"] == str(path)
    assert row["published"].startswith("2025-03-02")
    body = [part for part in row["parts"] if part["kind"] == "body"]
    assert [row["text"][part["start"] : part["end"]][:9] for part in body] == ["The crew ", "They came"]
    apart = {part["text"]: part["kind"] for part in row["parts"] if "text" in part}
    assert apart["More like 4,000, if you ask me here."] == "comment"


def test_what_read_prints_is_read_again(tmp_path: Path) -> None:
    """The second reading gives the same documents but for where they lie."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "dam.html").write_text(PAGE, "utf-8")
    (folder / "note.txt").write_text("Title: Pumps\n\nTwelve pumps ran for 5\u202f000 hours.\n", "utf-8")
    lines = tmp_path / "lines.jsonl"
    assert CliRunner().invoke(app, ["read", str(folder), "-o", str(lines)]).exit_code == 0
    again = CliRunner().invoke(app, ["read", str(lines)])
    first, second = ([json.loads(line) for line in text.splitlines()] for text in (lines.read_text(), again.stdout))
    assert len(first) == 2
    for before, after in zip(first, second, strict=True):
        assert {**before, "path": "", "sha256": ""} == {**after, "path": "", "sha256": ""}


def test_a_table_sums_each_document_up(tmp_path: Path) -> None:
    """A reader sees what was found before he reads it."""
    (tmp_path / "dam.html").write_text(PAGE, "utf-8")
    result = CliRunner().invoke(app, ["read", str(tmp_path), "-f", "table"])
    assert "Dam crew grows" in result.stdout
    assert "2 body" in result.stdout


def test_the_bytes_of_each_part_are_told_where_they_are_asked_for(tmp_path: Path) -> None:
    """They are those of the file as it lies there, in its own encoding."""
    path = tmp_path / "dam.html"
    path.write_text(PAGE, "utf-8")
    row = json.loads(CliRunner().invoke(app, ["read", str(path), "--bytes"]).stdout)
    first = next(part for part in row["parts"] if part["kind"] == "body")
    start, end = first["bytes"]
    assert path.read_bytes()[start:end].decode() == row["text"][first["start"] : first["end"]]
    assert "bytes" not in json.loads(CliRunner().invoke(app, ["read", str(path)]).stdout)["parts"][0]
