"""`tallystick export`: the claims of a case, each with the origin it goes back to, and its facts."""

import typer

from tallystick.cli.moments import listed
from tallystick.cli.options import (
    AsOfOption,
    CaseOption,
    ClaimFormat,
    KindOption,
    OutOption,
    RecordedOption,
    StatementKind,
)
from tallystick.cli.output import Cell, Format, write_rows
from tallystick.cli.statements import columns, rows_of
from tallystick.extraction.record import COLUMNS, FACT_COLUMNS, fact_record, record
from tallystick.model.claim import Claim
from tallystick.model.fact import Fact
from tallystick.model.ledger import Ledger
from tallystick.storage.case import Case

__all__ = ["CASE_COLUMNS", "CASE_FACT_COLUMNS", "add_to", "command", "statements"]

EPILOG = """Examples:

  tallystick export --case my-case --format csv -o claims.csv

  tallystick export --case my-case --kind fact

  tallystick export --case my-case | jq 'select(.category == "killed")'"""
CASE_COLUMNS = ("id", *COLUMNS, "stated", "traced_to")
CASE_FACT_COLUMNS = ("kind", "id", *FACT_COLUMNS[1:])
FACT_TABLE_COLUMNS = ("id", "document", "slot", "value", "status", "speaker", "stated")
TABLE_COLUMNS = ("id", "document", "figure", "counted", "category", "status", "speaker", "stated", "traced_to")


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("export", epilog=EPILOG)(command)


def command(
    case: CaseOption,
    style: ClaimFormat = Format.JSONL,
    out: OutOption = "-",
    kind: KindOption = StatementKind.FIGURE,
    as_of: AsOfOption = None,
    recorded: RecordedOption = None,
) -> None:
    """Write the claims of a case: the claim record with the claim's id, date of statement and origin; or its facts."""
    ledger = listed(case, "export", as_of, recorded, now=_stated, then=lambda ledger: ledger)
    tabled = style is Format.TABLE
    shown = (TABLE_COLUMNS, FACT_TABLE_COLUMNS) if tabled else (CASE_COLUMNS, CASE_FACT_COLUMNS)
    write_rows(statements(ledger, kind), columns(kind, *shown), style, out)


def _stated(case: Case) -> Ledger:
    """What is exported of a case, and no more."""
    with case.moment():
        return Ledger(case.documents(), case.claims(), case.lineage(), (), (), facts=case.facts())


def statements(ledger: Ledger, kind: StatementKind) -> list[dict[str, Cell]]:
    """Give the outside records of the claims or facts of a case, each claim with the origin it goes back to."""
    origin_of = {claim: origin.id for origin in ledger.lineage.origins for claim in origin.claims}

    def row(claim: Claim) -> dict[str, Cell]:
        fields: dict[str, Cell] = {"id": claim.id}
        fields.update(record(claim))
        fields.update(stated=claim.stated, traced_to=origin_of.get(claim.id))
        return fields

    def told(fact: Fact) -> dict[str, Cell]:
        fields: dict[str, Cell] = {"kind": "fact", "id": fact.id}
        fields.update(fact_record(fact))
        return fields

    names = [document.id for document in ledger.documents]
    return rows_of(ledger.claims, ledger.facts, kind, claim_row=row, fact_row=told, documents=names)
