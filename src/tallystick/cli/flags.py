"""`tallystick flags`: what in the reports cannot be right."""

import typer

from tallystick.cli.operator import operator
from tallystick.cli.options import CaseOption, LedgerFormat, OutOption
from tallystick.cli.output import TableFormat, write_rows
from tallystick.model.flag import Flag
from tallystick.pipeline import open_ledger

__all__ = ["add_to", "command", "fields"]

EPILOG = """Examples:

  tallystick flags --case my-case

  tallystick flags --case my-case --format jsonl | jq 'select(.severity == "error")'"""
COLUMNS = ("severity", "code", "reason", "documents")


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("flags", epilog=EPILOG)(command)


def command(case: CaseOption, style: LedgerFormat = TableFormat.TABLE, out: OutOption = "-") -> None:
    """List what does not add up, each with the facts compared and its evidence."""
    write_rows([fields(flag) for flag in open_ledger(case, "flags", by=operator()).flags], COLUMNS, style, out)


def fields(flag: Flag) -> dict[str, object]:
    """Give the outside record of `flag`."""
    return {
        "flag": flag.id,
        "code": flag.code,
        "severity": flag.severity,
        "reason": flag.reason,
        "claims": list(flag.claims),
        "documents": list(dict.fromkeys(evidence.document for evidence in flag.evidence)),
        "evidence": [
            {"document": evidence.document, "start": evidence.start, "end": evidence.end} for evidence in flag.evidence
        ],
    }
