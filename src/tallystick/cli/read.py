"""`tallystick read`: the documents of reports as they are read, without a case."""

from enum import StrEnum
from typing import Annotated

import typer

from tallystick.cli.each import write_each
from tallystick.cli.options import InputsArgument, OutOption
from tallystick.cli.output import Cell
from tallystick.model.document import Document, Retrieved
from tallystick.reading.jsonl_form import to_form
from tallystick.reading.text.alignment import locate

__all__ = ["add_to", "command"]

EPILOG = """Examples:

  tallystick read article.html | jq -r .text

  tallystick read crawl.warc.gz --format jsonl -o documents.jsonl

  tallystick read mail/ paper.pdf export.csv --format table

  tallystick read page.html --bytes | jq '.parts[] | select(.kind == "caption") | .bytes'

  curl -s https://example.org/feed.xml | tallystick read - | jq '.details[]'

`text` is the body of the report. `start` and `end` of a part count code points from the start of the body; a part that
stands apart from it (a title above it, captions, reader comments) goes on behind it and carries its own text. What is
printed can be read again: tallystick extract documents.jsonl.

Exit status 1: a report could not be read, the others came out."""
TABLE_COLUMNS = ("id", "path", "published", "language", "outlet", "title", "characters", "parts")
ID_SHOWN = 12


class ReadFormat(StrEnum):
    """Formats for documents."""

    JSONL = "jsonl"
    TABLE = "table"


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("read", epilog=EPILOG)(command)


def command(
    inputs: InputsArgument,
    style: Annotated[ReadFormat, typer.Option("-f", "--format", help="Form of the output.")] = ReadFormat.JSONL,
    out: OutOption = "-",
    with_bytes: Annotated[
        bool,
        typer.Option("--bytes", help="Tell in which bytes of the original each part stands."),
    ] = False,
) -> None:
    """Print every document of the inputs: its text, its parts, and how each of its details was found."""

    def rows(found: Retrieved) -> list[dict[str, Cell]]:
        if style is ReadFormat.TABLE:
            return [_summary(found.document)]
        offsets = locate(found.document.text, found.original) if with_bytes else None
        return [dict(to_form(found.document, offsets))]

    write_each(inputs, rows, TABLE_COLUMNS, style, out, title="reading")


def _summary(document: Document) -> dict[str, Cell]:
    """One line of the table."""
    kinds = [passage.kind.value for passage in document.passages]
    counts = ", ".join(f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds))
    return {
            "id": document.id[:ID_SHOWN], "path": document.name, "published": document.published,
            "language": document.language, "outlet": document.outlet, "title": document.title,
            "characters": f"{len(document.text):,}", "parts": counts,
        }  # fmt: skip
