"""`tallystick show`: the text of a document with its claims marked, in the terminal."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from tallystick.cli.operator import operator
from tallystick.cli.options import DossierOption
from tallystick.dossiers.loading import load
from tallystick.errors import ReadingError, UnknownDocumentError
from tallystick.extraction.extraction import extract
from tallystick.model.claim import Claim
from tallystick.model.document import READABLE, Document, Failure
from tallystick.pipeline import DEFAULT_DOSSIER, opened
from tallystick.reading.reading import read
from tallystick.storage.stores.address import CaseAddress, case_address

__all__ = ["add_to", "command", "marked"]

EPILOG = """Examples:

  tallystick show article.html

  tallystick show wire-17 --case my-case

  tallystick show reports.jsonl | less -R

Piped, the marks are brackets: [[6,000|planned worker_other; Sergei Shoigu]]."""
STYLES = {"actual": "bold black on green", "planned": "bold black on cyan", "possible": "bold black on yellow",
          "denied": "bold white on red"}  # fmt: skip


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("show", epilog=EPILOG)(command)


def command(
    document: Annotated[str, typer.Argument(help="A document id (or its start) of a case, or a file.")],
    case: Annotated[
        CaseAddress | None,
        typer.Option("--case", metavar="CASE", parser=case_address, help="The case that holds it."),
    ] = None,
    dossier: DossierOption = None,
) -> None:
    """Print the text of a document with every claim marked; passages that are not read are dimmed."""
    # A file that is named is meant, also where the settings give a case.
    held = case is not None and not Path(document).is_file()
    found = _of_case(document, case) if held and case is not None else _of_file(document, dossier)
    console = Console(soft_wrap=True, highlight=False)
    for report, claims in found:
        if console.is_terminal:
            console.print(marked(report, claims))
        else:
            sys.stdout.write(bracketed(report, claims) + "\n")


def marked(document: Document, claims: tuple[Claim, ...]) -> Text:
    """Give the document as terminal text: claims in the color of their status, passages left out dimmed."""
    text = Text()
    at = 0
    for claim in claims:
        text.append(_printable(document.text[at : claim.start]))
        text.append(_printable(claim.figure), style=STYLES[claim.status])
        text.append(f"[{_note(claim)}]", style="dim italic")
        at = claim.end
    text.append(_printable(document.text[at:]))
    shifts = _shifts(claims)
    for passage in document.passages:
        if passage.kind not in READABLE:
            shift = sum(size for start, size in shifts if start < passage.start)
            text.stylize("dim strike", passage.start + shift, passage.end + shift)
    return text


def bracketed(document: Document, claims: tuple[Claim, ...]) -> str:
    """Give the document as plain text, each claim as `[[figure|note]]`."""
    pieces: list[str] = []
    at = 0
    for claim in claims:
        pieces += (document.text[at : claim.start], f"[[{claim.figure}|{_note(claim)}]]")
        at = claim.end
    pieces.append(document.text[at:])
    return _printable("".join(pieces))


def _note(claim: Claim) -> str:
    return f"{claim.status} {claim.category}" + (f"; {claim.speaker}" if claim.speaker else "")


def _shifts(claims: tuple[Claim, ...]) -> list[tuple[int, int]]:
    """Where notes were put in, and how many characters each added."""
    return [(claim.start, len(_note(claim)) + 2) for claim in claims]


def _printable(text: str) -> str:
    """Without control characters: a hostile report must not steer the terminal."""
    return "".join(mark if mark.isprintable() or mark in "\n\t" else "\N{REPLACEMENT CHARACTER}" for mark in text)


def _of_case(name: str, case: CaseAddress) -> list[tuple[Document, tuple[Claim, ...]]]:
    with opened(case, "show", by=operator()) as held, held.moment():
        documents, claims = held.documents(), held.claims()
    found = [document for document in documents if document.id == name]
    found = found or [document for document in documents if document.id.startswith(name)]
    if len(found) != 1:
        raise UnknownDocumentError(name, str(case))
    document = found[0]
    return [(document, tuple(claim for claim in claims if claim.document == document.id))]


def _of_file(path: str, dossier: str | None) -> list[tuple[Document, tuple[Claim, ...]]]:
    subject = load(dossier or DEFAULT_DOSSIER)
    shown = []
    for found in read([path]):
        if isinstance(found, Failure):
            raise ReadingError(found.document, found.reason)
        shown.append((found.document, extract(found.document, subject)))
    return shown
