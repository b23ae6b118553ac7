"""Turn claims into the JSON and CSV records of the outside world, and nothing else.

Takes `Claim`s and `Fact`s; gives dictionaries ready for `json.dumps` and rows for `csv`. The keys are the fields of
the claim record, in its order; `exported` adds what only a case knows.
"""

from tallystick.model.claim import Claim
from tallystick.model.fact import Fact

__all__ = ["COLUMNS", "FACT_COLUMNS", "JsonValue", "fact_record", "record", "row"]

JsonValue = str | int | float | None | list[str]

COLUMNS = (
    "document", "start", "end", "figure", "low", "high", "bound", "unit", "counted", "category", "origin", "place",
    "status", "aspect", "measure", "speaker", "via", "when", "quote", "prefix", "suffix", "grounds",
)  # fmt: skip
FACT_COLUMNS = (
    "kind", "document", "slot", "value", "start", "end", "status", "speaker", "via", "stated", "quote", "prefix",
    "suffix", "grounds",
)  # fmt: skip


def fact_record(fact: Fact) -> dict[str, JsonValue]:
    """Give the record of `fact`: `kind` is "fact", the others are its fields as in the claim record."""
    found: dict[str, JsonValue] = {"kind": "fact"}
    for name in FACT_COLUMNS[1:-1]:
        value = getattr(fact, name)
        found[name] = str(value) if isinstance(value, str) else value
    found["grounds"] = [str(ground) for ground in fact.grounds]
    return found


def record(claim: Claim) -> dict[str, JsonValue]:
    """Give the claim record of `claim`: exactly the documented fields; enumerations and grounds as strings."""
    found: dict[str, JsonValue] = {}
    for name in COLUMNS:
        value = getattr(claim, name)
        if name == "grounds":
            found[name] = [str(ground) for ground in claim.grounds]
        else:
            found[name] = None if value is None else str(value) if isinstance(value, str) else value
    return found


def row(fields: dict[str, JsonValue]) -> list[str]:
    """Give the cells of a CSV row: empty for null, lists joined by " | "."""
    cells = []
    for value in fields.values():
        if isinstance(value, list):
            cells.append(" | ".join(value))
        else:
            cells.append("" if value is None else str(value))
    return cells
