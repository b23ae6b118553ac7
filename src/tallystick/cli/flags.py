"""`tallystick flags`: what in the reports cannot be right."""

import typer

from tallystick.cli.moments import listed
from tallystick.cli.options import AsOfOption, CaseOption, LedgerFormat, OutOption, RecordedOption
from tallystick.cli.output import TableFormat, write_rows
from tallystick.model.flag import Flag
from tallystick.storage.case import Case

__all__ = ["add_to", "command", "fields"]

EPILOG = """Examples:

  tallystick flags --case my-case

  tallystick flags --case my-case --format jsonl | jq 'select(.severity == "error")'"""
COLUMNS = ("severity", "code", "reason", "documents")


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("flags", epilog=EPILOG)(command)


def command(
    case: CaseOption,
    style: LedgerFormat = TableFormat.TABLE,
    out: OutOption = "-",
    as_of: AsOfOption = None,
    recorded: RecordedOption = None,
) -> None:
    """List what does not add up, each with the facts compared and its evidence."""
    found = listed(case, "flags", as_of, recorded, now=Case.flags, then=lambda ledger: ledger.flags)
    write_rows([fields(flag) for flag in found], COLUMNS, style, out)


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
