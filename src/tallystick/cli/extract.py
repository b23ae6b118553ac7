"""`tallystick extract`: the figure claims and facts of reports, without a case."""

import typer

from tallystick.cli.each import write_each
from tallystick.cli.options import ClaimFormat, DossierOption, InputsArgument, KindOption, OutOption, StatementKind
from tallystick.cli.output import Cell, Format
from tallystick.cli.statements import columns, rows_of
from tallystick.dossiers.loading import load
from tallystick.extraction.extraction import extract
from tallystick.extraction.facts import facts
from tallystick.model.document import Retrieved
from tallystick.pipeline import DEFAULT_DOSSIER

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
    inputs: InputsArgument,
    style: ClaimFormat = Format.JSONL,
    out: OutOption = "-",
    dossier: DossierOption = None,
    kind: KindOption = StatementKind.FIGURE,
) -> None:
    """Write every figure claim of the inputs, one a line; with --kind fact or all, what is told besides figures."""
    subject = load(dossier or DEFAULT_DOSSIER)

    def rows(found: Retrieved) -> list[dict[str, Cell]]:
        claims = () if kind is StatementKind.FACT else extract(found.document, subject)
        told = () if kind is StatementKind.FIGURE else facts(found.document, subject)
        return rows_of(claims, told, kind)

    wanted = columns(kind, TABLE_COLUMNS, FACT_TABLE_COLUMNS) if style is Format.TABLE else columns(kind)
    write_each(inputs, rows, wanted, style, out, title="extracting")
