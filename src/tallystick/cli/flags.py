"""`tallystick flags`: what in the reports cannot be right."""

from collections.abc import Mapping

import typer

from tallystick.cli.moments import listed
from tallystick.cli.options import AsOfOption, CaseOption, LedgerFormat, OutOption, RecordedOption
from tallystick.cli.output import TableFormat, write_rows
from tallystick.model.document import Document
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
    found, documents = listed(
        case, "flags", as_of, recorded, now=_held, then=lambda ledger: (ledger.flags, ledger.documents)
    )
    texts = {document.id: document.text for document in documents}
    write_rows((fields(flag, texts) for flag in found), COLUMNS, style, out)


def _held(case: Case) -> tuple[tuple[Flag, ...], tuple[Document, ...]]:
    """The flags of a case and its reports, of one moment."""
    with case.moment():
        return case.flags(), case.documents()


def fields(flag: Flag, texts: Mapping[str, str]) -> dict[str, object]:
    """Give the outside record of `flag`.

    Args:
        flag: The flag; its first span gives `document` and `quote`.
        texts: The text of each report, by its id.
    """
    first = flag.evidence[0]
    return {
        "flag": flag.id,
        "code": flag.code,
        "severity": flag.severity,
        "document": first.document,
        "quote": texts.get(first.document, "")[first.start : first.end],
        "reason": flag.reason,
        "claims": list(flag.claims),
        "documents": list(dict.fromkeys(evidence.document for evidence in flag.evidence)),
        "evidence": [
            {"document": evidence.document, "start": evidence.start, "end": evidence.end} for evidence in flag.evidence
        ],
    }
