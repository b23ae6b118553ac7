"""Read a report from one JSON object, such as a line of a JSONL file: bytes come in, the document goes out."""

import json
from collections.abc import Mapping
from dataclasses import replace

from tallystick.errors import ReadingError
from tallystick.model.document import Retrieved
from tallystick.reading.exports import export
from tallystick.reading.jsonl_form import is_line_form, parts_of
from tallystick.reading.received import Kind, Received, assemble
from tallystick.reading.text.passages import Hints

__all__ = ["json_document", "json_values"]

FORM = "JSON"


def json_document(content: bytes, received: Received) -> Retrieved:
    """Read one JSON object with `text` and, where known, `id`, `title`, `published` and so on.

    Also read are the keys of other programs' exports (`exports.KEYS`) and what `tallystick read --format jsonl` gave.

    Raises:
        ReadingError: Where it is no such object.
    """
    name = received.name
    values = json_values(content, name)
    if is_line_form(values):
        return _printed(values, content, received)
    try:
        found = export(values, FORM)
    except ValueError as error:
        raise ReadingError(name, str(error)) from error
    hints = Hints(found.title, stretches=found.laid.stretches)
    return assemble(received, content, Kind.JSON, found.laid.text, found.details, hints, id=found.id)


def json_values(content: bytes, name: str) -> dict[str, object]:
    """Give the keys and values of one JSON object.

    Raises:
        ReadingError: Where `content` is no such object.
    """
    try:
        values = json.loads(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ReadingError(name, f"invalid UTF-8 at byte {error.start}") from error
    except (ValueError, RecursionError) as error:
        raise ReadingError(name, f"broken JSON: {error}") from error
    if not isinstance(values, dict):
        raise ReadingError(name, 'a line must be one JSON object, such as {"text": "..."}')
    return values


def _printed(values: Mapping[str, object], content: bytes, received: Received) -> Retrieved:
    """A document that was printed before: its passages and details are taken as they are."""
    try:
        text, passages, details = parts_of(values)
        found = export({**values, "text": text}, FORM)
    except ValueError as error:
        raise ReadingError(received.name, str(error)) from error
    known = {detail.field: detail.value for detail in found.details}
    # The fields of the line are those of the document; what `details` adds is how they were found.
    first = tuple(detail for detail in found.details if detail.field in ("published", "updated"))
    read = assemble(received, content, Kind.JSON, text, (*first, *details), id=found.id)
    document = replace(
        read.document, passages=passages, details=(*details, *received.details), title=known.get("title"),
        url=known.get("url"), outlet=known.get("outlet"), author=known.get("author"), published=known.get("published"),
        updated=known.get("updated"), language=known.get("language") or read.document.language,
    )  # fmt: skip
    return replace(read, document=document)
