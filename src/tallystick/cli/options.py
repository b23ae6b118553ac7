"""The options that several commands share, with one wording each."""

from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from tallystick.cli.output import Format, TableFormat
from tallystick.storage.stores.address import CaseAddress, case_address
from tallystick.values.dates import is_iso
from tallystick.values.periods import last_day

__all__ = [
    "INPUTS",
    "AsOfOption",
    "CaseOption",
    "ChangeFormat",
    "ChangeOption",
    "ClaimFormat",
    "DossierOption",
    "InputsArgument",
    "KindOption",
    "LedgerFormat",
    "OutOption",
    "RecordedOption",
    "StatementKind",
    "end_of",
]


class StatementKind(StrEnum):
    """Which statements are written."""

    FIGURE = "figure"
    FACT = "fact"
    ALL = "all"


class ChangeFormat(StrEnum):
    """How changes are written."""

    TEXT = "text"
    JSONL = "jsonl"
    CSV = "csv"


def end_of(text: str) -> date:
    """Give the last day of a day, month or year.

    Raises:
        typer.BadParameter: Where it is none.
    """
    found = last_day(text) if is_iso(text) else None
    if found is None:
        raise typer.BadParameter(f"'{text}' is no date; write a day (2025-06-17), a month (2025-06) or a year (2025)")
    return found


KindOption = Annotated[
    StatementKind,
    typer.Option(
        "--kind", help="Figures, facts (what the dossier asks for besides figures), or all, each with its kind."
    ),
]

INPUTS = (
    "Reports: web pages, texts, Markdown, PDF, DOCX, mail, JSON, CSV, feeds, WARC, WACZ or ZIP, told by their content;"
    " folders of them; or - for standard input."
)
InputsArgument = Annotated[list[str], typer.Argument(metavar="INPUT...", help=INPUTS)]
CaseOption = Annotated[
    CaseAddress,
    typer.Option(
        "--case",
        metavar="CASE",
        parser=case_address,
        help="The case: a folder, or postgresql://USER@HOST/DATABASE (extra `team`; password from ~/.pgpass).",
        show_default=False,
    ),
]
DossierOption = Annotated[
    str | None,
    typer.Option(
        "--dossier",
        metavar="FILE|NAME",
        help="A dossier file, or the name of a bundled one (general, dprk-russia).",
        show_default="the case's own, else general",
    ),
]
OutOption = Annotated[str, typer.Option("-o", "--out", metavar="FILE|-", help="Where to write; - is standard output.")]
ClaimFormat = Annotated[Format, typer.Option("-f", "--format", help="Form of the output.")]
LedgerFormat = Annotated[TableFormat, typer.Option("-f", "--format", help="Form of the output.")]
ChangeOption = Annotated[ChangeFormat, typer.Option("-f", "--format", help="Form of the output.")]
AsOfOption = Annotated[
    date | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        parser=end_of,
        help=(
            "What followed from the reports published by the end of this day, month or year; one without a date counts"
            " from the day on which the case got it."
        ),
        show_default=False,
    ),
]
RecordedOption = Annotated[
    date | None,
    typer.Option(
        "--recorded",
        metavar="DATE",
        parser=end_of,
        help="What followed from the reports and judgements that the case held by then (UTC), by the rules as they are"
        " now.",
        show_default=False,
    ),
]
