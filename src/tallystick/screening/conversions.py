"""Wrong conversions: texts, and the tellings of each origin, come in; flags with the arithmetic go out.

"31 miles (60 km)" holds one wrong number, and whoever copies the bracket copies the fault.
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from math import log10
from re import IGNORECASE, Match, Pattern
from re import compile as pattern
from typing import NamedTuple

from yaml import CSafeLoader, load

from tallystick.model.claim import Claim
from tallystick.model.document import READABLE, Document, Passage
from tallystick.model.flag import Evidence, Flag
from tallystick.screening.findings import WARNING, Holdings, amount, cut, flag, named, spans
from tallystick.values.ratios import NUMBERS

__all__ = ["inconsistent_units"]

# Reporters convert with round factors: 1.6 for a mile, 2.5 acres for a hectare (1 to 3 % off; twice that is left).
TOLERANCE = 0.06
# Zeros at the end of a number are no digits, but nobody rounds 92 to 100.
ZEROS = 0.10
SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
# Conversions of one paragraph that are looked at.
MOST = 50
# Currencies are written with three capital letters; of the other units only these are measured.
CURRENCY = 3
MEASURED = frozenset(("tonne", "kilogram", "pound", "hectare", "square kilometer"))


class _Unit(NamedTuple):
    """What a unit measures, and how many base units one of it is, at least and at most."""

    measure: str
    least: float
    most: float


class _Measured(NamedTuple):
    """A number with its unit: the words, and what it comes to in base units, as far as rounding leaves it open."""

    words: str
    unit: _Unit
    low: float
    high: float


@cache
def _units() -> dict[str, _Unit]:
    text = (files("tallystick.screening") / "conversions.yaml").read_text(encoding="utf-8")
    # CSafeLoader builds plain values only; nothing in the file can run.
    found: dict[str, dict[str | float, list[str]]] = load(text, CSafeLoader)
    units: dict[str, _Unit] = {}
    for measure, factors in found.items():
        for factor, names in factors.items():
            least, _, most = str(factor).partition("-")
            units.update((name, _Unit(measure, float(least), float(most or least))) for name in names)
    return units


@cache
def _conversion() -> Pattern[str]:
    """A number with its unit, and another one in brackets directly behind it."""
    units = "|".join(name.replace(" ", "[ -]") for name in sorted(_units(), key=lambda name: (-len(name), name)))
    small = "|".join(word for word, number in NUMBERS.items() if number.is_integer())
    one = (
        r"(?P<number{0}>\d{{1,3}}(?:,\d{{3}}){{1,3}}|\d{{1,9}}(?:\.\d{{1,3}})?|(?:" + small + r")\b)"
        r"(?:[ -](?P<scale{0}>" + "|".join(SCALES) + r"))?[ -]?(?P<unit{0}>" + units + r")"
    )
    about = r"(?:(?:about|around|roughly|approximately|approx\.|some|nearly|almost|or|or about|c\.|~) ?)?"
    return pattern(r"(?<![\w.,–/$€£-])" + one.format(1) + r" ?\(" + about + one.format(2) + r"\)", IGNORECASE)


def inconsistent_units(holdings: Holdings) -> Iterator[Flag]:
    """Yield a warning for each conversion that is wrong beyond rounding, and for each number that changed its unit.

    The latter stands in two reports of one statement: the same number, of dollars in one and of rubles in the other.
    """
    for document in holdings.documents:
        for passage in document.passages:
            if passage.kind in READABLE and passage.repeats is None and "(" in document.text:
                yield from _of_passage(holdings, document, passage)
    yield from _changed(holdings)


def _of_passage(holdings: Holdings, document: Document, passage: Passage) -> Iterator[Flag]:
    for turn, found in enumerate(_conversion().finditer(document.text, passage.start, passage.end)):
        if turn == MOST:
            return
        one, other = _measured(found, "1"), _measured(found, "2")
        if _may_agree(one, other):
            continue
        least, most = other.unit.least, other.unit.most
        low, high = one.low / most, one.high / least
        span = f"{_short(low)} to {_short(high)} {found['unit2']}"
        reason = (
            f"{holdings.outlet(document.id)} has “{cut(found.group())}”: {one.words}, as rounded, would be {span}, "
            f"not {other.words}."
        )
        evidence = (Evidence(document.id, *found.span("number1")), Evidence(document.id, *found.span("number2")))
        claims = [claim for claim in holdings.claims_of(document.id) if found.start() <= claim.start < found.end()]
        yield flag("inconsistent_units", WARNING, reason, evidence, claims)


def _measured(found: Match[str], turn: str) -> _Measured:
    """The first or the second number of a conversion."""
    number, scale, name = found[f"number{turn}"], found[f"scale{turn}"], found[f"unit{turn}"]
    unit = _units()[name.casefold().replace("-", " ")]
    size = SCALES[scale.casefold()] if scale is not None else 1.0
    digits = number.replace(",", "").casefold()
    value = NUMBERS[digits] if digits in NUMBERS else float(digits)
    slack = _slack(digits, value)
    words = found.string[found.start(f"number{turn}") : found.end(f"unit{turn}")]
    return _Measured(cut(words), unit, (value - slack) * size * unit.least, (value + slack) * size * unit.most)


def _slack(digits: str, value: float) -> float:
    """How far a number may be from what it was rounded from."""
    decimals = len(digits.partition(".")[2]) if digits[0].isdigit() else 0
    if decimals:
        return float(0.5 * 10.0**-decimals)
    whole = str(int(value))
    zeros = len(whole) - len(whole.rstrip("0"))
    return min(0.5 * 10.0**zeros, max(0.5, ZEROS * value)) if value else 0.5


def _may_agree(one: _Measured, other: _Measured) -> bool:
    """Whether two numbers may be of one size; those of different measures are no conversion of each other."""
    if one.unit.measure != other.unit.measure:
        return True
    return one.low <= other.high * (1 + TOLERANCE) and other.low <= one.high * (1 + TOLERANCE)


def _short(value: float) -> str:
    """A number with three digits."""
    places = 2 - int(log10(value)) if value >= 1 else 2
    return f"{round(value, places):,.10g}"


def _changed(holdings: Holdings) -> Iterator[Flag]:
    """The numbers that two reports of one origin give with different units."""
    for origin in holdings.lineage.origins:
        first: dict[float, Claim] = {}
        seen: set[tuple[str, str]] = set()
        for claim in holdings.known(origin.claims):
            value = amount(claim)
            if value is None or not _is_measured(claim.unit):
                continue
            known = first.setdefault(value, claim)
            if (
                known.unit != claim.unit
                and known.document != claim.document
                and (claim.document, claim.unit) not in seen
            ):
                seen.add((claim.document, claim.unit))
                reason = (
                    f"{holdings.outlet(known.document)} and {holdings.outlet(claim.document)} give one statement with "
                    f"one number of two units: {named(known)} ({known.unit}) and {named(claim)} ({claim.unit})."
                )
                yield flag("inconsistent_units", WARNING, reason, spans((known, claim)), (known, claim))


def _is_measured(unit: str) -> bool:
    return unit in MEASURED or (len(unit) == CURRENCY and unit.isupper())
