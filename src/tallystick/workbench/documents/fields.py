"""The fields of a claim as a reader sees them: claims and reviews come in, rows of words with their grounds go out."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tallystick.model.claim import Claim, Ground
from tallystick.model.review import Review
from tallystick.reporting.wording import bounded

__all__ = ["Judged", "Row", "Turned", "history", "rows"]

# Each field of a claim that a reader is shown, and its name, in the order in which they answer one another.
LABELS = {
    "bound": "Figure", "counted": "Counted", "unit": "Unit", "category": "Category", "origin": "From", "place": "Place",
    "status": "Status", "aspect": "Step", "measure": "Measure", "speaker": "Speaker", "via": "Through", "when": "When",
    "stated": "Said on",
}  # fmt: skip
# Fields whose values are our own words, with underscores.
NAMES = frozenset(("category", "aspect", "measure"))


class Row(NamedTuple):
    """A field of a claim: its name for the model, for a reader, its value ("" where there is none) and its grounds."""

    field: str
    label: str
    value: str
    grounds: tuple[Ground, ...]


class Turned(NamedTuple):
    """A field that a reviewer changed: its name for a reader, and both values, "" where there is none."""

    label: str
    before: str
    after: str


class Judged(NamedTuple):
    """A review of one claim.

    Attributes:
        review: The review.
        turned: What it changed of the claim.
        into: The other claims that stand in its place.
    """

    review: Review
    turned: tuple[Turned, ...]
    into: tuple[Claim, ...]


def rows(claim: Claim) -> tuple[Row, ...]:
    """Give the fields of a claim, each with its grounds."""
    grounds = {field: tuple(one for one in claim.grounds if one.field == field) for field in LABELS}
    found = [Row(field, label, _value(claim, field), grounds[field]) for field, label in LABELS.items()]
    others = dict.fromkeys(one.field for one in claim.grounds if one.field not in LABELS)
    for field in others:
        held = tuple(one for one in claim.grounds if one.field == field)
        found.append(Row(field, field.replace("_", " ").capitalize(), held[0].value, held))
    return tuple(found)


def history(claim: str, reviews: Iterable[Review]) -> tuple[Judged, ...]:
    """Give what each review did to a claim, in their order."""
    return tuple(_judged(claim, review) for review in reviews)


def _judged(claim: str, review: Review) -> Judged:
    before = next((one for one in review.before if one.id == claim), None)
    after = next((one for one in review.after if one.id == claim), None)
    turned = () if before is None or after is None else tuple(_turned(before, after))
    into = tuple(one for one in review.after if one.id != claim) if after is None else ()
    return Judged(review, turned, into)


def _turned(before: Claim, after: Claim) -> Iterator[Turned]:
    """The fields in which two claims differ."""
    if before.figure != after.figure:
        yield Turned("Words", before.figure, after.figure)
    for field, label in LABELS.items():
        first, second = _value(before, field), _value(after, field)
        if first != second:
            yield Turned(label, first, second)


def _value(claim: Claim, field: str) -> str:
    """The value of a field in words; "" where there is none."""
    if field == "bound":
        return bounded(claim.low, claim.high, claim.bound)
    value = str(getattr(claim, field) or "")
    return value.replace("_", " ") if field in NAMES else value
