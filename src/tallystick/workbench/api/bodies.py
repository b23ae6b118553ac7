"""What operations take in their body: bytes come in, JSON that fits its schema goes out, or every fault of it."""

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any, NoReturn

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from litestar import Request

from tallystick.workbench.api.problems import Fault, RefusedError

__all__ = ["BYTES", "JSON", "media_type", "record", "take_json", "text"]

JSON, BYTES = "application/json", "application/octet-stream"
# Faults that one problem names.
MOST_FAULTS = 20
# Values in one body: a split into 20 parts with all their fields has 400. Each value that does not fit costs some kB
# until all are told: a body of 3 MB with a million of them took 44 s and 5 GB.
MOST_VALUES = 1_000
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
        RefusedError: 415, where it is none of these, or is packed.
    """
    packed = request.headers.get("content-encoding", "").strip()
    if packed.casefold() not in ("", "identity"):
        raise RefusedError(415, f"Content-Encoding {packed[:LONGEST]}: a body is taken as it is; send it unpacked")
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
    if _values_in(found) > MOST_VALUES:
        raise RefusedError(400, f"the body holds more than {MOST_VALUES:,} values")
    meant = _meant(schema, found)
    faults = tuple(dict.fromkeys(map(_fault, _validator(json.dumps(meant)).iter_errors(found))))
    if faults:
        raise RefusedError(400, f"{faults[0].parameter or 'body'}: {faults[0].reason}", faults[:MOST_FAULTS])
    held: dict[str, Any] = found
    return held


def _values_in(found: Any) -> int:
    """How many values a body holds, as far as it matters."""
    left, count = [found], 0
    while left and count <= MOST_VALUES:
        one = left.pop()
        count += 1
        inner: Iterable[Any] = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        left.extend(islice(inner, MOST_VALUES + 1))
    return count


def _meant(schema: Mapping[str, Any], found: Any) -> Mapping[str, Any]:
    """Of several ways to be right the one that is meant, by its constants or its names: its faults are to be told."""
    if not isinstance(found, dict):
        return schema
    ways: list[Mapping[str, Any]] = schema.get("oneOf", [])
    for fits in (_says, _has):
        meant = [way for way in ways if fits(way, found)]
        if len(meant) == 1:
            return meant[0]
    return schema


def _says(way: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    """Whether a body has the constants of a way; one without any is told by nothing."""
    constants = {name: told["const"] for name, told in way["properties"].items() if "const" in told}
    return bool(constants) and all(found.get(name) == value for name, value in constants.items())


def _has(way: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    """Whether a body has the names that a way takes."""
    return set(way["required"]) <= set(found)


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
