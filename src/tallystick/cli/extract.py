"""`tallystick extract`: the figure claims of reports, without a case."""

from typing import Annotated

import typer

from tallystick.cli.messages import DOCUMENT_FAILED, bar, say_failures
from tallystick.cli.options import ClaimFormat, DossierOption, OutOption
from tallystick.cli.output import Format, write_rows
from tallystick.dossiers.loading import load
from tallystick.errors import ReadingError
from tallystick.extraction.extraction import extract
from tallystick.extraction.record import COLUMNS, record
from tallystick.model.document import Failure
from tallystick.pipeline import DEFAULT_DOSSIER
from tallystick.reading.reading import read

__all__ = ["add_to", "command"]

EPILOG = """Examples:

  tallystick extract article.txt

  tallystick extract reports.jsonl --format csv -o claims.csv

  curl -s https://example.org/feed.jsonl | tallystick extract - | jq .figure

Exit status 1: a document could not be read, the others came out."""
TABLE_COLUMNS = ("document", "figure", "bound", "counted", "category", "status", "speaker", "place", "when")


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
) -> None:
    """Write every figure claim of the inputs, one a line."""
    subject = load(dossier or DEFAULT_DOSSIER)
    rows = []
    failures: list[Failure] = []
    with bar("extracting") as progress:
        for found in read(inputs, progress=progress):
            if isinstance(found, Failure):
                failures.append(found)
                continue
            try:
                rows += [record(claim) for claim in extract(found.document, subject)]
            except ReadingError as error:
                failures.append(Failure(error.document, "extract", error.reason))
    write_rows(rows, TABLE_COLUMNS if style is Format.TABLE else COLUMNS, style, out)
    say_failures(failures)
    if failures:
        raise typer.Exit(DOCUMENT_FAILED)
