"""`tallystick report`: the report of a case, to read on a screen, to print or to go on writing."""

import sys
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tallystick.cli.messages import say, waiting
from tallystick.cli.operator import operator
from tallystick.cli.options import AsOfOption, CaseOption, OutOption, end_of
from tallystick.cli.written import written
from tallystick.errors import TemplateError
from tallystick.inquiry.printing import Told, told
from tallystick.pipeline import VERSION, opened
from tallystick.reporting.printing.docx import docx
from tallystick.reporting.printing.markdown import markdown
from tallystick.reporting.printing.pdf import pdf
from tallystick.reporting.report import report

__all__ = ["ReportFormat", "add_to", "command"]

EPILOG = """Examples:

  tallystick report --case my-case --format pdf -o report.pdf

  tallystick report --case my-case --format docx --since 2025-06 -o june.docx

  tallystick report --case my-case --as-of 2025-06-17 --format md

  tallystick report --case my-case --format html --template ours.html -o report.html

PDF and DOCX need the extra `reports`. --as-of and --since derive anew from all reports, which takes long in a large
case. docs/reports.md tells what stands in a report, and how to write a template."""


class ReportFormat(StrEnum):
    """How a report is laid out."""

    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"
    MD = "md"


BINARY = (ReportFormat.PDF, ReportFormat.DOCX)
# Bytes of a template: a document of Word with pictures in its head has some hundred kB.
MOST_BYTES = 20_000_000
Write = Callable[[Told, bytes | None], bytes]
WRITERS: dict[ReportFormat, Write] = {
    ReportFormat.HTML: lambda made, template: report(
        made.ledger, made.dossier, version=VERSION, brief=made.brief, totals=made.totals, template=template
    ).encode("utf-8", "replace"),
    ReportFormat.PDF: lambda made, template: pdf(made.brief, template),
    ReportFormat.DOCX: lambda made, template: docx(made.brief, template),
    ReportFormat.MD: lambda made, template: markdown(made.brief, template),
}


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("report", epilog=EPILOG)(command)


def command(
    case: CaseOption,
    style: Annotated[ReportFormat, typer.Option("-f", "--format", help="Form of the report.")] = ReportFormat.HTML,
    out: OutOption = "-",
    as_of: AsOfOption = None,
    since: Annotated[
        date | None,
        typer.Option(
            "--since", metavar="DATE", parser=end_of, show_default=False,
            help="Tell what changed after the end of this day, month or year.",
        ),
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option(
            "--template", metavar="FILE", show_default=False,
            help="A template of your own: Jinja for html and md, Typst for pdf, a document of Word for docx.",
        ),
    ] = None,
) -> None:  # fmt: skip
    """Write the report of a case: key judgements, what changed, charts, map, origins, provisions, flags, footnotes."""
    if style in BINARY and out == "-" and sys.stdout.isatty():
        raise typer.BadParameter(f"a terminal cannot show {style}; give a file with -o, or pipe it")
    if as_of is not None and since is not None and since >= as_of:
        raise typer.BadParameter(f"--since {since} is not before --as-of {as_of}")
    own = None if template is None else _read(template)
    with opened(case, "report", by=operator()) as held, waiting(f"making the report of {case}"):
        made = told(held, as_of=as_of, since=since, drawn=style is not ReportFormat.HTML)
        try:
            content = WRITERS[style](made, own)
        except TemplateError as error:
            raise error if template is None else TemplateError(error.reason, str(template)) from error
    with written(out) as target:
        target.write(content)
    if out != "-":
        say(f"{case}: {made.totals.estimates:,} estimates of {made.totals.reports:,} reports told in {out}")


def _read(path: Path) -> bytes:
    """The bytes of a template."""
    try:
        if path.exists() and not path.is_file():
            # A pipe would be waited for, and a device has no end.
            raise TemplateError("it is no file", str(path))
        if path.stat().st_size > MOST_BYTES:
            raise TemplateError(f"it has more than {MOST_BYTES // 1_000_000} MB", str(path))
        return path.read_bytes()
    except OSError as error:
        raise TemplateError(f"it cannot be read: {error.strerror or error}", str(path)) from error
