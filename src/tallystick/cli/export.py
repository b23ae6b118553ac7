"""`tallystick export`: the claims of a case, each with the origin it goes back to."""

import typer

from tallystick.cli.options import CaseOption, ClaimFormat, OutOption
from tallystick.cli.output import Format, write_rows
from tallystick.extraction.record import COLUMNS, record
from tallystick.pipeline import open_ledger

__all__ = ["add_to", "command"]

EPILOG = """Examples:

  tallystick export --case my-case --format csv -o claims.csv

  tallystick export --case my-case | jq 'select(.category == "killed")'"""
CASE_COLUMNS = ("id", *COLUMNS, "stated", "traced_to")
TABLE_COLUMNS = ("id", "document", "figure", "counted", "category", "status", "speaker", "stated", "traced_to")


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("export", epilog=EPILOG)(command)


def command(case: CaseOption, style: ClaimFormat = Format.JSONL, out: OutOption = "-") -> None:
    """Write the claims of a case: the claim record with the claim's id, date of statement and origin."""
    ledger = open_ledger(case)
    origin_of = {claim: origin.id for origin in ledger.lineage.origins for claim in origin.claims}
    rows = [
        {"id": claim.id} | record(claim) | {"stated": claim.stated, "traced_to": origin_of.get(claim.id)}
        for claim in ledger.claims
    ]
    write_rows(rows, TABLE_COLUMNS if style is Format.TABLE else CASE_COLUMNS, style, out)
