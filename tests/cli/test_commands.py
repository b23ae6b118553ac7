"""The command line from outside: what comes out where, and with which exit status."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tallystick import cli
from tallystick.cli import COMMANDS

PLAN = (
    "Sergei Shoigu said on June 17 that North Korea will send 5,000 construction workers and 1,000 sappers"
    " to Russia's Kursk region."
)
TOLL = "At least 12 people were killed and 30 wounded when a bomb exploded in Kabul, police said."


def tallystick(*arguments: str, folder: Path, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command line in `folder`."""
    command = [sys.executable, "-m", "tallystick", *arguments]
    return subprocess.run(command, cwd=folder, input=stdin, capture_output=True, text=True, check=False, timeout=120)


def written(folder: Path) -> Path:
    """A folder with three reports in three formats."""
    folder.mkdir()
    (folder / "plan.txt").write_text(PLAN + "\n", encoding="utf-8")
    (folder / "toll.md").write_text("# Bomb in Kabul\n\n" + TOLL + "\n", encoding="utf-8")
    wire = {"id": "wire-1", "text": PLAN, "published": "2025-06-17", "outlet": "Example Wire"}
    (folder / "wire.jsonl").write_text(json.dumps(wire) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """The reports in a folder of the test."""
    return written(tmp_path / "reports")


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a case of the reports, for tests that only read it."""
    folder = tmp_path_factory.mktemp("held")
    made = tallystick("run", str(written(folder / "reports")), "--case", "case", folder=folder)
    assert made.returncode == 0, made.stderr
    return folder


def test_extract_writes_one_claim_a_line_with_exact_spans(reports: Path) -> None:
    """The record of every line has the documented fields, and its span holds its figure."""
    finished = tallystick("extract", "plan.txt", folder=reports)
    assert finished.returncode == 0, finished.stderr
    claims = [json.loads(line) for line in finished.stdout.splitlines()]
    text = (reports / "plan.txt").read_text(encoding="utf-8")
    assert [claim["figure"] for claim in claims] == ["5,000", "1,000"]
    assert all(text[claim["start"] : claim["end"]] == claim["figure"] for claim in claims)
    assert {claim["status"] for claim in claims} == {"planned"}
    assert {claim["speaker"] for claim in claims} == {"Sergei Shoigu"}
    assert list(claims[0]) == [
        "document", "start", "end", "figure", "low", "high", "bound", "unit", "counted", "category", "origin", "place",
        "status", "aspect", "measure", "speaker", "via", "when", "quote", "prefix", "suffix", "grounds",
    ]  # fmt: skip


UNIT = "North Korea sent the 404th Bridge Brigade with 300 soldiers to Kursk.\n"


def test_extract_writes_facts_where_they_are_asked_for(reports: Path) -> None:
    """`--kind fact` writes facts alone, `--kind all` both in the order of the text, each with its kind."""
    (reports / "unit.txt").write_text(UNIT, encoding="utf-8")
    arguments = ("extract", "unit.txt", "--dossier", "dprk-russia")
    lines = {
        kind: [json.loads(line) for line in tallystick(*arguments, "--kind", kind, folder=reports).stdout.splitlines()]
        for kind in ("figure", "fact", "all")
    }
    assert [line["figure"] for line in lines["figure"]] == ["300"]
    assert all("kind" not in line for line in lines["figure"])
    assert [(line["slot"], line["value"]) for line in lines["fact"]] == [("unit", "404th Bridge Brigade")]
    assert [line["kind"] for line in lines["all"]] == ["fact", "figure"]
    assert lines["all"][0] == lines["fact"][0]
    assert lines["all"][1] == {"kind": "figure"} | lines["figure"][0]


def test_export_writes_the_facts_of_a_case(reports: Path) -> None:
    """What `run` stored comes out with its id, the same as `extract` found; figures stay what they were."""
    (reports / "unit.txt").write_text(UNIT, encoding="utf-8")
    finished = tallystick("run", "unit.txt", "--case", "case", "--dossier", "dprk-russia", folder=reports)
    assert finished.returncode == 0, finished.stderr
    fact = json.loads(tallystick("export", "--case", "case", "--kind", "fact", folder=reports).stdout)
    extracted = tallystick("extract", "unit.txt", "--dossier", "dprk-russia", "--kind", "fact", folder=reports)
    assert fact == {"id": fact["id"]} | json.loads(extracted.stdout)
    listed = tallystick("export", "--case", "case", "--kind", "all", folder=reports)
    every = [json.loads(line) for line in listed.stdout.splitlines()]
    figures = [json.loads(line) for line in tallystick("export", "--case", "case", folder=reports).stdout.splitlines()]
    assert every == [fact, {"kind": "figure"} | figures[0]]
    assert "What is told besides figures" in (reports / "case" / "report.html").read_text(encoding="utf-8")


def test_a_table_of_everything_leaves_empty_what_a_row_lacks(reports: Path) -> None:
    """CSV of both kinds has the columns of both."""
    (reports / "unit.txt").write_text(UNIT, encoding="utf-8")
    finished = tallystick(
        "extract", "unit.txt", "--dossier", "dprk-russia", "--kind", "all", "-f", "csv", folder=reports
    )
    fact, figure = csv.DictReader(io.StringIO(finished.stdout))
    assert (fact["kind"], fact["slot"], fact["figure"]) == ("fact", "unit", "")
    assert (figure["kind"], figure["slot"], figure["figure"]) == ("figure", "", "300")


def test_extract_reads_standard_input_and_echoes_the_callers_id(reports: Path) -> None:
    """`-` takes JSON lines; `document` is the id that came in."""
    stdin = (reports / "wire.jsonl").read_text(encoding="utf-8")
    finished = tallystick("extract", "-", folder=reports, stdin=stdin)
    assert finished.returncode == 0, finished.stderr
    assert {json.loads(line)["document"] for line in finished.stdout.splitlines()} == {"wire-1"}


def test_extract_names_what_it_cannot_read_and_gives_the_rest(reports: Path) -> None:
    """A broken line and a binary file are named on standard error; the status is 1; the others come out."""
    (reports / "broken.jsonl").write_text('{"id": "a", "text": "Five soldiers died."}\n{"id": \n', encoding="utf-8")
    (reports / "image.txt").write_bytes(b"\x89PNG\r\n\x00\x00")
    finished = tallystick("extract", "broken.jsonl", "image.txt", "plan.txt", folder=reports)
    assert finished.returncode == 1
    assert "broken.jsonl:2" in finished.stderr
    assert "image.txt" in finished.stderr
    documents = {json.loads(line)["document"] for line in finished.stdout.splitlines()}
    assert "a" in documents
    assert len(documents) == 2


def test_extract_names_a_missing_file(tmp_path: Path) -> None:
    """A path that does not exist is named in the message."""
    finished = tallystick("extract", "nowhere.txt", folder=tmp_path)
    assert finished.returncode in (1, 2)
    assert "nowhere.txt" in finished.stderr
    assert "Traceback" not in finished.stderr


def test_extract_csv_has_a_header_and_inert_cells(reports: Path) -> None:
    """CSV opens in a spreadsheet: a header, one row a claim, no cell that is a formula."""
    finished = tallystick("extract", "plan.txt", "--format", "csv", folder=reports)
    rows = list(csv.DictReader(io.StringIO(finished.stdout)))
    assert [row["low"] for row in rows] == ["5000", "1000"]
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row.values())


def test_bad_usage_has_status_2(tmp_path: Path) -> None:
    """An unknown format, command or dossier is bad usage."""
    assert tallystick("extract", "x.txt", "--format", "xml", folder=tmp_path).returncode == 2
    assert tallystick("frobnicate", folder=tmp_path).returncode == 2
    (tmp_path / "x.txt").write_text(PLAN, encoding="utf-8")
    finished = tallystick("extract", "x.txt", "--dossier", "atlantis", folder=tmp_path)
    assert finished.returncode == 2
    assert "atlantis" in finished.stderr
    assert "general" in finished.stderr


def test_run_makes_a_case_that_a_second_run_leaves_alone(reports: Path, tmp_path: Path) -> None:
    """The report, the claims and the origins are there; running again changes no byte of the report."""
    first = tallystick("run", str(reports), "--case", "case", "--dossier", "dprk-russia", folder=tmp_path)
    assert first.returncode == 0, first.stderr
    page = tmp_path / "case" / "report.html"
    assert first.stdout.strip().endswith("report.html")
    before = page.read_bytes()
    listed = tallystick("origins", "--case", "case", "--format", "jsonl", folder=tmp_path).stdout
    second = tallystick("run", str(reports), "--case", "case", folder=tmp_path)
    assert second.returncode == 0, second.stderr
    assert "0 added, 3 already there" in second.stderr
    assert page.read_bytes() == before
    assert tallystick("origins", "--case", "case", "--format", "jsonl", folder=tmp_path).stdout == listed


def test_run_collapses_two_reports_of_one_announcement(reports: Path, tmp_path: Path) -> None:
    """Each figure of the plan stands in two documents and has one origin; the toll has its own."""
    tallystick("run", str(reports), "--case", "case", "--dossier", "dprk-russia", folder=tmp_path)
    listed = tallystick("origins", "--case", "case", "--format", "jsonl", folder=tmp_path).stdout
    origins = [json.loads(line) for line in listed.splitlines()]
    assert sorted(len(origin["documents"]) for origin in origins) == [1, 1, 2, 2]
    assert all(set(origin["independent"]) == {"low", "high"} for origin in origins)
    names = ("origin", "speaker", "date", "documents", "claims", "independent", "reason", "linked", "known", "steps")
    assert tuple(origins[0]) == names


@pytest.mark.parametrize("command", ["origins", "estimates", "flags", "hits", "export"])
@pytest.mark.parametrize("style", ["jsonl", "csv", "table"])
def test_ledger_commands_write_every_format(command: str, style: str, held: Path) -> None:
    """Each part of the ledger comes as JSON lines, CSV and table."""
    finished = tallystick(command, "--case", "case", "--format", style, folder=held)
    assert finished.returncode == 0, finished.stderr
    if style == "jsonl":
        assert all(isinstance(json.loads(line), dict) for line in finished.stdout.splitlines())
    else:
        assert finished.stdout.strip()


def test_export_adds_the_origin_of_each_claim(held: Path) -> None:
    """An exported claim resolves to an origin that `origins` lists."""
    claims = tallystick("export", "--case", "case", folder=held).stdout.splitlines()
    origins = tallystick("origins", "--case", "case", "--format", "jsonl", folder=held).stdout.splitlines()
    known = {json.loads(line)["origin"] for line in origins}
    assert {json.loads(line)["traced_to"] for line in claims} == known


def test_show_marks_the_claims_of_a_file(reports: Path) -> None:
    """Piped, each claim stands in brackets with its status."""
    finished = tallystick("show", "plan.txt", folder=reports)
    assert finished.returncode == 0, finished.stderr
    assert "[[5,000|planned construction_worker; Sergei Shoigu]]" in finished.stdout


def test_show_finds_a_document_of_a_case_by_the_start_of_its_id(held: Path) -> None:
    """`wire` is enough for wire-1; an unknown id is an error that says where it looked."""
    assert "[[1,000|" in tallystick("show", "wire", "--case", "case", folder=held).stdout
    missing = tallystick("show", "nothing", "--case", "case", folder=held)
    assert missing.returncode == 2
    assert "nothing" in missing.stderr


def test_a_case_that_is_none_is_named(tmp_path: Path) -> None:
    """Asking a folder without a case says so."""
    finished = tallystick("origins", "--case", "empty", folder=tmp_path)
    assert finished.returncode == 2
    assert "empty" in finished.stderr
    assert "Traceback" not in finished.stderr


def test_settings_lists_value_and_source(tmp_path: Path) -> None:
    """Each setting comes with its value and where it came from."""
    finished = tallystick("settings", "--format", "jsonl", folder=tmp_path)
    assert finished.returncode == 0, finished.stderr
    assert all({"name", "value", "source", "help"} <= set(json.loads(line)) for line in finished.stdout.splitlines())


def test_a_command_reads_no_other(tmp_path: Path) -> None:
    """What settings there are is told without the program that reads reports; the help still lists every command."""
    code = (
        "import sys; from tallystick.cli import main; sys.argv = ['tallystick', 'settings'];"
        "import atexit; atexit.register(lambda: print(*sorted(sys.modules), file=sys.stderr)); main()"
    )
    told = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "tallystick.settings" in told.stderr
    assert "tallystick.pipeline" not in told.stderr
    listed = tallystick("--help", folder=tmp_path).stdout
    assert all(f"\n  {name} " in listed for name in COMMANDS)


def test_a_stop_while_a_command_is_read_shows_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C in the first second ends it as shells expect."""

    def stop(_names: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "application", stop)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 130


@pytest.mark.parametrize(
    "command",
    [
        "run", "extract", "quantities", "attributions", "show", "origins", "estimates", "flags", "hits", "export",
        "demo", "settings",
    ],
)  # fmt: skip
def test_help_has_an_example(command: str, tmp_path: Path) -> None:
    """`--help` of every command shows how it is used."""
    finished = tallystick(command, "--help", folder=tmp_path)
    assert finished.returncode == 0
    assert f"tallystick {command}" in finished.stdout
    assert "Example" in finished.stdout
