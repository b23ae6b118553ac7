"""`tallystick report`: each form, days, templates, the same bytes whatever the order, and what is refused."""

import io
import json
import os
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from typer.testing import CliRunner

from tallystick.cli.whole import app
from tallystick.inquiry import printing
from tallystick.pipeline import run
from tallystick.sample import reports
from tallystick.storage.case import Case
from tallystick.storage.views.foremost import amounts
from tallystick.storage.views.view import Views

JUDGED = "Construction workers, KP to Kursk: 3,750 to 6,650"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case of the sample."""
    folder = tmp_path_factory.mktemp("report") / "case"
    with reports() as sample:
        run([sample], folder, "dprk-russia")
    return folder


def written(case: Path, target: Path, *arguments: str) -> bytes:
    """What the command writes."""
    finished = CliRunner().invoke(app, ["report", "--case", str(case), "-o", str(target), *arguments])
    assert finished.exit_code == 0, finished.output
    return target.read_bytes()


def refused(*arguments: str) -> str:
    """What the command says where it refuses."""
    finished = CliRunner().invoke(app, ["report", *arguments])
    assert finished.exit_code != 0
    return finished.output + str(finished.exception)


def test_every_form_tells_the_judgements(case: Path, tmp_path: Path) -> None:
    """HTML, Markdown, PDF and DOCX have the same sentence."""
    assert JUDGED in written(case, tmp_path / "r.html", "--format", "html").decode()
    assert JUDGED in written(case, tmp_path / "r.md", "--format", "md").decode()
    pages = pypdfium2.PdfDocument(written(case, tmp_path / "r.pdf", "--format", "pdf"))
    told = " ".join(page.get_textpage().get_text_bounded() for page in pages)
    assert JUDGED in " ".join(told.split())
    document = Document(io.BytesIO(written(case, tmp_path / "r.docx", "--format", "docx")))
    assert any(JUDGED in paragraph.text for paragraph in document.paragraphs)


def test_markdown_goes_to_standard_output(case: Path) -> None:
    """It pipes: nothing else is on it."""
    finished = CliRunner().invoke(app, ["report", "--case", str(case), "--format", "md"])
    assert finished.stdout.startswith("# North Korean workers")


@pytest.mark.parametrize("style", ["html", "md", "pdf", "docx"])
def test_the_order_in_which_a_case_was_filled_changes_no_byte(style: str, case: Path, tmp_path: Path) -> None:
    """Reports that came one by one, the last first, give the report of all at once."""
    with reports() as sample:
        for path in sorted(sample.iterdir(), reverse=True):
            run([path], tmp_path / "other", "dprk-russia")
    first = written(case, tmp_path / "one", "--format", style)
    assert first == written(tmp_path / "other", tmp_path / "two", "--format", style)
    if style == "docx":
        assert zipfile.ZipFile(io.BytesIO(first)).testzip() is None


def test_a_day_in_the_past_is_told_as_it_was(case: Path, tmp_path: Path) -> None:
    """Before the announcement nobody had announced anything; the days stand on the report."""
    text = written(case, tmp_path / "r.md", "--format", "md", "--as-of", "2025-05").decode()
    assert JUDGED not in text
    assert "As known by the end of 2025-05-31." in text


def test_what_changed_is_told_with_what_brought_it(case: Path, tmp_path: Path) -> None:
    """Between two days the announcement came up, by the reports of that day."""
    days = ("--since", "2025-05", "--as-of", "2025-06-17")
    text = written(case, tmp_path / "r.md", "--format", "md", *days).decode()
    changed = text.partition("## What changed since 2025-05-31")[2].partition("\n## ")[0]
    assert "Construction workers, KP to Kursk (planned, plan): none → 3,750 to 6,650" in changed
    assert all(f"{outlet}, 2025-06-17" in changed for outlet in ("Harbor Press", "Volga Wire", "Речной вестник"))
    page = written(case, tmp_path / "r.html", *days).decode()
    assert "What changed since 2025-05-31" in page


def test_behind_the_last_report_nothing_has_changed(case: Path, tmp_path: Path) -> None:
    """Though figures of that day would have grown old."""
    text = written(case, tmp_path / "r.md", "--format", "md", "--since", "2030").decode()
    assert text.partition("## What changed since 2030-12-31")[2].split()[0] == "Nothing."


def test_a_template_of_ones_own_lays_it_out(case: Path, tmp_path: Path) -> None:
    """Of HTML and Markdown alike; in HTML words of a report stay escaped."""
    own = tmp_path / "own"
    own.write_text("{{ brief.judgements | length }} judged, {{ brief.cover.title }}")
    assert written(case, tmp_path / "r.md", "--format", "md", "--template", str(own)).startswith(b"24 judged, North")
    own.write_text("<p>{% for one in brief.sources %}{{ one.name }};{% endfor %}{{ '<b>' }}</p>")
    page = written(case, tmp_path / "r.html", "--template", str(own)).decode()
    assert page.startswith("<p>Harbor Press;")
    assert "&lt;b&gt;" in page


def test_what_cannot_be_is_refused_with_a_reason(case: Path, tmp_path: Path) -> None:
    """A day behind the other, no such template, a faulty one, no case."""
    held = ("--case", str(case))
    assert "is not before" in refused(*held, "--since", "2025-07", "--as-of", "2025-06")
    assert "cannot be read" in refused(*held, "--template", str(tmp_path / "none"))
    os.mkfifo(tmp_path / "pipe")
    for what in (tmp_path / "pipe", tmp_path):
        assert "it is no file" in refused(*held, "--template", str(what))
    faulty = tmp_path / "faulty.html"
    faulty.write_text("a\n{{ nothing_of_this_name }}")
    said = refused(*held, "--template", str(faulty))
    assert "faulty.html" in said
    assert "line 2" in said
    faulty.write_text("{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}")
    assert "calls itself without an end" in refused(*held, "--template", str(faulty))
    assert "none" in refused("--case", str(tmp_path / "none"))


def test_the_access_is_in_the_custody_log(case: Path, tmp_path: Path) -> None:
    """As every look at a case."""
    written(case, tmp_path / "r.md", "--format", "md")
    with Case.open(case, read_only=True) as held:
        assert held.custody()[-1].subject == "report"


def test_a_large_case_is_told_by_its_foremost_part(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its judgements, counts, sources and footnotes are those that the whole ledger gives."""
    whole = written(case, tmp_path / "whole.md", "--format", "md").decode()
    monkeypatch.setattr(printing, "LARGE", 1)
    part = written(case, tmp_path / "part.md", "--format", "md").decode()
    assert part == whole
    page = written(case, tmp_path / "part.html", "--format", "html")
    monkeypatch.undo()
    assert page == written(case, tmp_path / "whole.html", "--format", "html")


def test_amounts_are_those_of_the_ledger(case: Path) -> None:
    """What is counted in the file is what the ledger holds."""
    with Case.open(case, read_only=True) as held:
        ledger = held.ledger()
    views = Views(case)
    with views.moment() as view:
        found = amounts(view)
    views.close()
    held_in_all = (ledger.documents, ledger.claims, ledger.lineage.origins, ledger.estimates, ledger.flags, ledger.hits)
    assert found[:6] == tuple(map(len, held_in_all))
    assert _quoted(found.speakers) == _quoted(
        (origin.speaker, len(origin.claims), 1) for origin in ledger.lineage.origins if origin.speaker
    )


def _quoted(told: Iterable[tuple[str, int, int]]) -> str:
    """Figures and origins by speaker."""
    held: dict[str, list[int]] = {}
    for name, figures, origins in told:
        sums = held.setdefault(name, [0, 0])
        sums[0] += figures
        sums[1] += origins
    return json.dumps(held, sort_keys=True)
