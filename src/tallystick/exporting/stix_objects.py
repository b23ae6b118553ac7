"""What every STIX 2.1 object of ours has in common: ids, times, who made it, and the extension that holds figures.

Ids are UUIDv5 of our own ids in a namespace of ours, so that a second export gives the same object its id again; the
namespace of STIX itself is for observables, and none is written. `modified` is when the case last changed. `created`
is the day on which the thing was published, or became known by a report; what has no day has a fixed one.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Final
from uuid import UUID, uuid5

from tallystick.exporting.linked import Json, present

__all__ = ["ADMIRALTY", "EPOCH", "EXTENSION", "MAKER", "SCALE", "common", "extension_definition", "figures", "instant",
           "maker", "stix_id"]  # fmt: skip

# Drawn once by chance, never to change: every id is made of it.
NAMESPACE: Final = UUID("c1f4c1b0-7d3c-4b0e-9c55-2f6f0a7e51d4")
# A fixed day before the first case.
EPOCH: Final = "2026-01-01T00:00:00.000Z"
# STIX 2.1, appendix A, "Admiralty Credibility": what confidence, 0 to 100, a credibility is. 6 has none.
SCALE: Final = "STIX 2.1 appendix A, Admiralty Credibility"
ADMIRALTY: Mapping[int, int] = MappingProxyType({1: 90, 2: 70, 3: 50, 4: 30, 5: 10})
# Ids that are made once: the claims of one estimate refer to the same reports and speakers again and again.
KEPT = 2**14
# A year with four digits, as RFC 3339 writes it.
FIRST_YEAR = 1000


@lru_cache(KEPT)
def stix_id(kind: str, name: str) -> str:
    """Give the id of an object: its type, and the UUIDv5 of type and name."""
    # Half a surrogate has no bytes to make a hash of.
    sound = name if name.isascii() else name.encode("utf-8", "replace").decode("utf-8")
    return f"{kind}--{uuid5(NAMESPACE, f'{kind}:{sound}')}"


MAKER: Final = stix_id("identity", "tallystick")
EXTENSION: Final = stix_id("extension-definition", "figures/1")


def instant(text: str | None) -> str | None:
    """Give an ISO 8601 date or time as STIX writes it, in UTC to the millisecond; None where it is none.

    A month is its first day, and a year its first, since STIX has only times.
    """
    whole = (text or "").strip()
    try:
        told = datetime.fromisoformat(whole + "-01" * ((10 - len(whole)) // 3 if len(whole) in (4, 7) else 0))
        told = told.replace(tzinfo=UTC) if told.tzinfo is None else told.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return f"{told:%Y-%m-%dT%H:%M:%S}.{told.microsecond // 1000:03}Z" if told.year >= FIRST_YEAR else None


def common(kind: str, name: str, made: str, created: str | None = None) -> dict[str, Json]:
    """Give the properties that every object has.

    Args:
        kind: Type of the object.
        name: Our id.
        made: When the case last changed, as `instant` gives it.
        created: When the thing came to be, or None; never later than `made`.
    """
    return {
        "type": kind,
        "spec_version": "2.1",
        "id": stix_id(kind, name),
        "created_by_ref": MAKER,
        "created": min(created or EPOCH, made),
        "modified": made,
    }


def maker(version: str, made: str) -> dict[str, Json]:
    """Give who writes the bundle: the program, which nobody has made."""
    told = common("identity", "tallystick", made)
    del told["created_by_ref"]
    return {**told, "name": "Tallystick", "identity_class": "system", "description": f"Tallystick {version}"}


def figures(fields: Mapping[str, Json]) -> dict[str, Json]:
    """Give the property `extensions` with the fields of a figure; what is not known is left out."""
    return {EXTENSION: {"extension_type": "property-extension", **present(fields)}}


def extension_definition(made: str) -> dict[str, Json]:
    """Give the definition of the extension, with its JSON schema as text."""
    return {
        **common("extension-definition", "figures/1", made),
        "name": "Figures of reports",
        "description": (
            "What reports say of a number, on a note: the line of the ledger with its range, its two grades by"
            " Admiralty, which are never one, and each claim behind it with its span of the preserved report."
        ),
        "schema": json.dumps(SCHEMA, ensure_ascii=False, separators=(",", ":"), sort_keys=True),
        "version": "1.0.0",
        "extension_types": ["property-extension"],
    }


TEXT: Json = {"type": "string"}
NUMBER: Json = {"type": "number"}
WHOLE: Json = {"type": "integer", "minimum": 0}
TEXTS: Json = {"type": "array", "items": TEXT}
BOUND: Json = {"enum": ["exact", "approx", "at_least", "at_most", "range", "vague"]}
SCHEMA: Json = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "properties": {
        "extension_type": {"const": "property-extension"},
        "estimate_id": TEXT,
        "category": TEXT,
        "unit": TEXT,
        "origin_country": {"type": "string", "pattern": "^[A-Z]{2}$"},
        "place": TEXT,
        "status": {"enum": ["planned", "actual", "possible", "denied"]},
        "measure": TEXT,
        "when": {"type": "string", "description": "EDTF"},
        "best": NUMBER,
        "low": NUMBER,
        "high": NUMBER,
        "source_reliability": {"enum": ["A", "B", "C", "D", "E", "F"]},
        "information_credibility": {"type": "integer", "minimum": 1, "maximum": 6},
        "confidence_scale": TEXT,
        "independent_origins_low": WHOLE,
        "independent_origins_high": WHOLE,
        "reports": WHOLE,
        "steps": TEXTS,
        "conflicts": TEXTS,
        "stale": {"type": "boolean"},
        "claims": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "claim_id": TEXT,
                    "traced_to": TEXT,
                    "figure": TEXT,
                    "low": NUMBER,
                    "high": NUMBER,
                    "bound": BOUND,
                    "speaker_ref": {"type": "string", "pattern": "^identity--"},
                    "stated": {"type": "string", "description": "EDTF"},
                    "report_ref": {"type": "string", "pattern": "^report--"},
                    "document_sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
                    "start": {"type": "integer", "minimum": 0, "description": "Code points of the report's text"},
                    "end": {"type": "integer", "minimum": 0},
                    "quotation": TEXT,
                },
                "required": ["claim_id", "figure", "bound", "report_ref", "document_sha256", "start", "end"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["extension_type", "estimate_id", "category", "unit", "status", "source_reliability",
                 "information_credibility", "claims"],
    "additionalProperties": False,
}  # fmt: skip
