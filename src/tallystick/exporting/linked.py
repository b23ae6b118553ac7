"""What the JSON of the web has in common: ids of records come in as IRIs, records as JSON text in bytes."""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from math import isfinite
from typing import BinaryIO
from urllib.parse import quote, urlsplit

from tallystick.model.claim import Claim
from tallystick.model.quantity import Number

__all__ = [
    "ALLOWED",
    "PREFIXES",
    "TERMS",
    "Json",
    "address",
    "agent",
    "encoded",
    "figure_terms",
    "iri",
    "number",
    "present",
    "write_array",
]

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

# Nobody owns a host for this vocabulary, so its words are names without an address.
TERMS = "urn:tallystick:terms:"
PREFIXES: Mapping[str, Json] = {"tallystick": TERMS}
# What RFC 3986 allows in an address as it stands; all else is escaped.
ALLOWED = "!#$%&'()*+,/:;=?@[]-._~"
# Marks of the hash that names an agent; a case has at most some hundred thousand names.
HASH_LENGTH = 16
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def iri(kind: str, name: str) -> str:
    """Give the IRI of a record: its id as everywhere, escaped, at the end of "urn:tallystick:KIND:"."""
    return f"urn:tallystick:{kind}:{quote(name, safe='', errors='replace')}"


def agent(name: str) -> str:
    """Give the IRI of a speaker, an outlet or a reviewer: of a hash of the name, which may be of any length."""
    return iri("agent", sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:HASH_LENGTH])


def address(url: str | None) -> str | None:
    """Give the address of a report where it is one of the web, escaped as an IRI must be; else None."""
    if url is None:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    return quote(url.strip(), safe=ALLOWED, errors="replace")


def present(fields: Mapping[str, Json]) -> dict[str, Json]:
    """Give the fields that hold something: what is not known is left out."""
    return {name: value for name, value in fields.items() if value is not None and value != []}


def number(value: Number | None) -> Number | None:
    """Give a number that JSON can hold."""
    return value if value is None or isfinite(value) else None


def figure_terms(claim: Claim) -> dict[str, Json]:
    """Give the fields of a claim in the words of the claim record, each under the prefix of our vocabulary."""
    fields: dict[str, Json] = {
        "figure": claim.figure, "low": number(claim.low), "high": number(claim.high), "bound": claim.bound.value,
        "unit": claim.unit, "counted": claim.counted, "category": claim.category, "origin": claim.origin,
        "place": claim.place, "status": claim.status.value, "aspect": claim.aspect and claim.aspect.value,
        "measure": claim.measure and claim.measure.value, "speaker": claim.speaker, "via": claim.via,
        "when": claim.when, "stated": claim.stated,
    }  # fmt: skip
    return {f"tallystick:{name}": value for name, value in fields.items() if value is not None}


def encoded(value: Json) -> bytes:
    """Give a value as JSON text in UTF-8.

    A lone surrogate of a hostile report has no bytes in UTF-8; JSON has an escape for it.
    """
    return _encode(value).encode("utf-8", "backslashreplace")


def write_array(out: BinaryIO, members: Iterable[Json]) -> None:
    """Write an array as it comes, one member on a line."""
    out.write(b"[")
    mark = b"\n"
    for member in members:
        out.write(mark + encoded(member))
        mark = b",\n"
    out.write(b"\n]")
