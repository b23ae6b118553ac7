"""What operations take in their body: bytes come in, JSON that fits its schema goes out, or every fault of it."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NoReturn

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from litestar import Request

from tallystick.workbench.api.problems import Fault, RefusedError

__all__ = ["BYTES", "JSON", "media_type", "record", "take_json", "text"]

JSON, BYTES = "application/json", "application/octet-stream"
# Faults that one problem names.
MOST_FAULTS = 20
# Characters of what was sent that a fault quotes.
LONGEST = 200


def text(told: str, *, least: int = 0, most: int, pattern: str | None = None) -> dict[str, Any]:
    """Give the schema of a text."""
    schema: dict[str, Any] = {"type": "string", "maxLength": most, "description": told}
    schema |= {"minLength": least} if least else {}
    return schema | ({"pattern": pattern} if pattern else {})


def record(properties: Mapping[str, Any], *required: str, told: str = "") -> dict[str, Any]:
    """Give the schema of a record that has these properties and no others."""
    schema = {
        "type": "object", "properties": dict(properties), "required": list(required), "additionalProperties": False,
    }  # fmt: skip
    return schema | ({"description": told} if told else {})


def media_type(request: Request[Any, Any, Any], *taken: str) -> str:
    """Give the media type of a body.

    Raises:
        RefusedError: 415, where it is none of these.
    """
    found = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
    if found not in taken:
        raise RefusedError(415, f"{found[:LONGEST] or 'no media type'}: this takes {' or '.join(taken)}")
    return found


def take_json(content: bytes, schema: Mapping[str, Any]) -> dict[str, Any]:
    """Give the record that a body holds.

    Raises:
        RefusedError: 400, where it is no JSON, or does not fit.
    """
    try:
        found = json.loads(content, parse_constant=_refuse)
        # Half a surrogate pair can be written in JSON, and kept nowhere.
        json.dumps(found, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise RefusedError(400, f"the body is no JSON that can be kept: {str(error)[:LONGEST]}") from error
    faults = tuple(dict.fromkeys(map(_fault, _validator(json.dumps(schema)).iter_errors(found))))
    if faults:
        raise RefusedError(400, f"{faults[0].parameter or 'body'}: {faults[0].reason}", faults[:MOST_FAULTS])
    held: dict[str, Any] = found
    return held


@lru_cache(maxsize=32)
def _validator(schema: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(schema))


def _fault(error: Any) -> Fault:
    """What a validator found: of several ways to be right, the one that came nearest."""
    nearest = best_match(error.context) if error.context else None
    told = nearest or error
    where = ".".join(map(str, (*error.absolute_path, *(nearest.path if nearest else ()))))
    return Fault(where, "body", str(told.message)[:LONGEST])


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")
