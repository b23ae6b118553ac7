"""`tallystick attributions`: who is credited with what, without a case."""

import typer

from tallystick.cli.each import write_each
from tallystick.cli.options import ClaimFormat, InputsArgument, OutOption
from tallystick.cli.output import Format
from tallystick.extraction.attributions import ATTRIBUTION_COLUMNS, attribution_record, attributions_in
from tallystick.model.attribution import Span
from tallystick.model.document import Document

__all__ = ["add_to", "command"]

EPILOG = """Examples:

  tallystick attributions article.txt

  tallystick attributions reports.jsonl --format table

  tallystick attributions - < article.txt | jq .speaker

Exit status 1: a document could not be read, the others came out."""
SPANS = ("source", "cue", "content")
# A cell of a table or of CSV shows words, not offsets, and not more of them than fit.
LONGEST_CELL = 160


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("attributions", epilog=EPILOG)(command)


def command(
    inputs: InputsArgument,
    style: ClaimFormat = Format.JSONL,
    out: OutOption = "-",
) -> None:
    """Write every attribution of the inputs, one a line: source, cue, content, speaker, relay and kind."""
    in_words = style is not Format.JSONL
    write_each(
        inputs, lambda found: _rows(found.document, in_words=in_words), ATTRIBUTION_COLUMNS, style, out, title="reading"
    )


def _rows(document: Document, *, in_words: bool) -> list[dict[str, object]]:
    """The records of `document`; for people, the words that the spans hold in place of the offsets."""
    rows = []
    for attribution in attributions_in(document):
        row = attribution_record(document, attribution)
        if in_words:
            row.update({name: _words(document.text, getattr(attribution, name)) for name in SPANS})
        rows.append(row)
    return rows


def _words(text: str, spans: tuple[Span, ...]) -> str:
    found = " ... ".join(" ".join(text[start:end].split()) for start, end in spans)
    return found if len(found) <= LONGEST_CELL else found[: LONGEST_CELL - 3] + "..."
