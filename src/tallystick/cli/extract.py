"""`tallystick extract`: the figure claims and facts of reports, without a case."""

from typing import Annotated

import typer

from tallystick.cli.messages import DOCUMENT_FAILED, bar, say_failures
from tallystick.cli.options import ClaimFormat, DossierOption, KindOption, OutOption, StatementKind
from tallystick.cli.output import Cell, Format, write_rows
from tallystick.cli.statements import columns, rows_of
from tallystick.dossiers.loading import load
from tallystick.errors import ReadingError
from tallystick.extraction.extraction import extract
from tallystick.extraction.facts import facts
from tallystick.model.document import Failure
from tallystick.pipeline import DEFAULT_DOSSIER
from tallystick.reading.reading import read

__all__ = ["add_to", "command"]

EPILOG = """Examples:

  tallystick extract article.txt

  tallystick extract reports.jsonl --dossier dprk-russia --kind fact

  tallystick extract reports.jsonl --format csv -o claims.csv

  curl -s https://example.org/feed.jsonl | tallystick extract - | jq .figure

Exit status 1: a document could not be read, the others came out."""
TABLE_COLUMNS = ("document", "figure", "bound", "counted", "category", "status", "speaker", "place", "when")
FACT_TABLE_COLUMNS = ("document", "slot", "value", "status", "speaker")


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("extract", epilog=EPILOG)(command)


def command(
    inputs: Annotated[
        list[str], typer.Argument(metavar="INPUT...", help="Files (.txt .md .html .jsonl), folders, or - for stdin.")
    ],
    style: ClaimFormat = Format.JSONL,
    out: OutOption = "-",
    dossier: DossierOption = None,
    kind: KindOption = StatementKind.FIGURE,
) -> None:
    """Write every figure claim of the inputs, one a line; with --kind fact or all, what is told besides figures."""
    subject = load(dossier or DEFAULT_DOSSIER)
    rows: list[dict[str, Cell]] = []
    failures: list[Failure] = []
    with bar("extracting") as progress:
        for found in read(inputs, progress=progress):
            if isinstance(found, Failure):
                failures.append(found)
                continue
            try:
                claims = () if kind is StatementKind.FACT else extract(found.document, subject)
                told = () if kind is StatementKind.FIGURE else facts(found.document, subject)
                rows += rows_of(claims, told, kind)
            except ReadingError as error:
                failures.append(Failure(error.document, "extract", error.reason))
    wanted = columns(kind, TABLE_COLUMNS, FACT_TABLE_COLUMNS) if style is Format.TABLE else columns(kind)
    write_rows(rows, wanted, style, out)
    say_failures(failures)
    if failures:
        raise typer.Exit(DOCUMENT_FAILED)
