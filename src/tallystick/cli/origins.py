"""`tallystick origins`: where the figures of a case come from."""

import typer

from tallystick.cli.operator import operator
from tallystick.cli.options import CaseOption, LedgerFormat, OutOption
from tallystick.cli.output import TableFormat, write_rows
from tallystick.model.lineage import Origin
from tallystick.pipeline import open_ledger

__all__ = ["add_to", "command", "fields"]

EPILOG = """Examples:

  tallystick origins --case my-case

  tallystick origins --case my-case --format jsonl | jq 'select(.documents | length > 2)'"""
COLUMNS = ("origin", "speaker", "date", "documents", "claims", "independent", "reason")


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("origins", epilog=EPILOG)(command)


def command(case: CaseOption, style: LedgerFormat = TableFormat.TABLE, out: OutOption = "-") -> None:
    """List the origins of a case: each is one count, however many reports carry it."""
    origins = open_ledger(case, "origins", by=operator()).lineage.origins
    rows = [fields(origin) for origin in origins]
    if style is TableFormat.TABLE:
        # On a screen the ids would bury the rest: how many there are is what one looks for.
        counts = ({"documents": len(origin.documents), "claims": len(origin.claims)} for origin in origins)
        rows = [row | count for row, count in zip(rows, counts, strict=True)]
    write_rows(rows, COLUMNS, style, out)


def fields(origin: Origin) -> dict[str, object]:
    """Give the outside record of `origin`."""
    return {
        "origin": origin.id,
        "speaker": origin.speaker,
        "date": origin.date,
        "documents": list(origin.documents),
        "claims": list(origin.claims),
        "independent": {"low": origin.independent.low, "high": origin.independent.high},
        "reason": origin.reason,
    }
