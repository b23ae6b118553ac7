"""The options that several commands share, with one wording each."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tallystick.cli.output import Format, TableFormat

__all__ = [
    "CaseOption",
    "ClaimFormat",
    "DossierOption",
    "InputsArgument",
    "KindOption",
    "LedgerFormat",
    "OutOption",
    "StatementKind",
]


class StatementKind(StrEnum):
    """Which statements are written."""

    FIGURE = "figure"
    FACT = "fact"
    ALL = "all"


KindOption = Annotated[
    StatementKind,
    typer.Option(
        "--kind", help="Figures, facts (what the dossier asks for besides figures), or all, each with its kind."
    ),
]

InputsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT...",
        help=(
            "Reports: web pages, texts, Markdown, PDF, DOCX, mail, JSON, CSV, feeds, WARC, WACZ or ZIP, told by their"
            " content; folders of them; or - for standard input."
        ),
    ),
]
CaseOption = Annotated[Path, typer.Option("--case", metavar="DIR", help="The case folder.", show_default=False)]
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
