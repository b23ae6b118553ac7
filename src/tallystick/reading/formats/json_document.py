"""Read a report from one JSON object, such as a line of a JSONL file: bytes come in, the document goes out."""

import json
from collections.abc import Mapping

from tallystick.errors import ReadingError
from tallystick.model.document import Detail, Retrieved, Sureness
from tallystick.reading.received import Kind, Received, assemble
from tallystick.reading.text.headers import FIELDS
from tallystick.reading.text.passages import Hints

__all__ = ["json_document"]


def json_document(content: bytes, received: Received) -> Retrieved:
    """Read one JSON object with `text` and, where known, `id`, `title`, `published` and so on.

    Raises:
        ReadingError: Where it is no such object.
    """
    name = received.name
    try:
        values = json.loads(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ReadingError(name, f"invalid UTF-8 at byte {error.start}") from error
    except (ValueError, RecursionError) as error:
        raise ReadingError(name, f"broken JSON: {error}") from error
    if not isinstance(values, dict):
        raise ReadingError(name, 'a line must be one JSON object, such as {"text": "..."}')
    text = values.get("text")
    if not isinstance(text, str):
        raise ReadingError(name, "the object has no 'text' string")
    found = _fields(values, name)
    details = tuple(
        Detail(field, value, f"JSON {field}", Sureness.STATED) for field, value in found.items() if field != "id"
    )
    return assemble(received, content, Kind.JSON, text, details, Hints(found.get("title")), id=found.get("id"))


def _fields(values: Mapping[str, object], name: str) -> dict[str, str]:
    """The fields of a JSON object; numbers are taken as ids, empty strings as absent."""
    found: dict[str, str] = {}
    for field in FIELDS:
        value = values.get(field)
        if field == "id" and isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is None or value == "":
            continue
        if not isinstance(value, str):
            raise ReadingError(name, f"'{field}' must be a string, not {type(value).__name__}")
        found[field] = value
    return found
