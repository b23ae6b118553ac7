"""Turn claims into the JSON and CSV records of the outside world, and nothing else.

Takes `Claim`s; gives dictionaries ready for `json.dumps` and rows for `csv`. The keys are the fields of the claim
record, in its order; `exported` adds what only a case knows.
"""

from tallystick.model.claim import Claim

__all__ = ["COLUMNS", "JsonValue", "record", "row"]

JsonValue = str | int | float | None | list[str]

COLUMNS = (
    "document", "start", "end", "figure", "low", "high", "bound", "unit", "counted", "category", "origin", "place",
    "status", "aspect", "measure", "speaker", "via", "when", "quote", "prefix", "suffix", "grounds",
)  # fmt: skip


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
