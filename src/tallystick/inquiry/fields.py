"""The fields of a claim as a reviewer has them: as typed, as read, and as they go into a claim.

What was typed comes in as text; a checked record goes out, or an error that names every field that will not do.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from math import isfinite
from typing import NamedTuple, TypeVar

from tallystick.errors import ReadingError, ReviewError
from tallystick.extraction.extraction import CONTEXT
from tallystick.languages.known import parsed
from tallystick.model.claim import Aspect, Claim, Ground, Measure, Status
from tallystick.model.document import Document
from tallystick.model.dossier import Dossier
from tallystick.model.quantity import Bound, Number
from tallystick.values.periods import period
from tallystick.values.places import is_country

__all__ = ["ENTRIES", "Entry", "Fields", "FieldsError", "Problem", "applied", "differing", "entry_of", "fields_of",
           "shown", "span_of", "typed"]  # fmt: skip

# Longest phrase that a reviewer may write into a field; no speaker or place of a report has half as much.
LONGEST = 300
# Largest figure: beyond it a decimal number no longer tells one from the next, and nothing is counted in such numbers.
LARGEST = 10**18
# Longest numeral as typed; the largest figure with its separators and decimals is shorter.
LONGEST_NUMERAL = 40


class Entry(NamedTuple):
    """The fields as text, as a form shows and sends them; empty where there is nothing.

    The span stays with the text that it marks, so that `start` and `end` are text too.
    """

    start: str = ""
    end: str = ""
    low: str = ""
    high: str = ""
    bound: str = ""
    unit: str = ""
    counted: str = ""
    category: str = ""
    origin: str = ""
    place: str = ""
    status: str = ""
    aspect: str = ""
    measure: str = ""
    speaker: str = ""
    via: str = ""
    when: str = ""
    stated: str = ""


ENTRIES = Entry._fields


@dataclass(frozen=True, slots=True)
class Fields:
    """What a reviewer may say of a claim; the attributes are those of `Claim`."""

    start: int
    end: int
    low: Number | None
    high: Number | None
    bound: Bound
    unit: str
    counted: str | None
    category: str
    origin: str | None
    place: str | None
    status: Status
    aspect: Aspect | None
    measure: Measure | None
    speaker: str | None
    via: str | None
    when: str | None
    stated: str | None


class Problem(NamedTuple):
    """A field that will not do.

    Attributes:
        field: Its name.
        value: What was typed.
        reason: What is wrong, for a reader.
    """

    field: str
    value: str
    reason: str


class FieldsError(ReviewError):
    """Fields of a claim that will not do."""

    def __init__(self, claim: str, problems: tuple[Problem, ...]) -> None:
        """Name the claim and every field that will not do, with its value."""
        super().__init__(claim, "; ".join(f"{one.field} '{one.value}': {one.reason}" for one in problems))
        self.problems = problems


def fields_of(claim: Claim) -> Fields:
    """Give the fields of a claim as they stand."""
    return Fields(*(getattr(claim, name) for name in ENTRIES))


def entry_of(fields: Fields) -> Entry:
    """Give the fields as a form shows them."""
    return Entry(*(shown(getattr(fields, name)) for name in ENTRIES))


def shown(value: StrEnum | Number | str | None) -> str:
    """Give one value as text; empty for None. `typed` reads it back as it was."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return f"{value:.1f}"
    return value.value if isinstance(value, StrEnum) else str(value)


def differing(one: Claim | Fields, other: Claim | Fields) -> tuple[str, ...]:
    """Give the names of the fields that two claims do not have alike."""
    return tuple(name for name in ENTRIES if getattr(one, name) != getattr(other, name))


def typed(entry: Entry, document: Document, dossier: Dossier, *, known: Fields | None = None, name: str = "") -> Fields:
    """Read what was typed.

    Args:
        entry: As it came from the form.
        document: The report; the span must lie in its text.
        dossier: Its categories are those that a claim may have.
        known: The claim as it stands; what is left as it is there is taken as it is.
        name: What the error calls the claim; empty names the document.

    Raises:
        FieldsError: Where a field will not do; all of them are named.
    """
    reading = _Reading(entry, known)
    found = Fields(
        start=reading.offset("start", document), end=reading.offset("end", document),
        low=reading.number("low"), high=reading.number("high"), bound=reading.member("bound", Bound, Bound.EXACT),
        unit=reading.words("unit") or "", counted=reading.words("counted"), category=entry.category.strip(),
        origin=reading.country("origin"), place=reading.words("place"),
        status=reading.member("status", Status, Status.ACTUAL), aspect=reading.choice("aspect", Aspect),
        measure=reading.choice("measure", Measure), speaker=reading.words("speaker"), via=reading.words("via"),
        when=reading.date("when"), stated=reading.date("stated"),
    )  # fmt: skip
    problems = (*reading.problems, *_together(found, entry, document, dossier, known, reading.problems))
    if problems:
        raise FieldsError(name or document.id, problems)
    return found


Member = TypeVar("Member", Bound, Status, Aspect, Measure)


class _Reading:
    """The fields of an entry, read one by one; what will not do is kept in `problems`."""

    def __init__(self, entry: Entry, known: Fields | None) -> None:
        self.entry = entry
        self.known = known
        self.problems: list[Problem] = []

    def _given(self, name: str) -> str:
        return " ".join(str(getattr(self.entry, name)).split())

    def _as_it_is(self, name: str) -> bool:
        """Whether the field is what stands already."""
        return self.known is not None and getattr(self.entry, name) == shown(getattr(self.known, name))

    def _refuse(self, name: str, reason: str) -> None:
        self.problems.append(Problem(name, self._given(name), reason))

    def offset(self, name: str, document: Document) -> int:
        """A place in the text."""
        given = self._given(name)
        if given.isascii() and given.isdigit() and len(given) <= LONGEST_NUMERAL and int(given) <= len(document.text):
            return int(given)
        self._refuse(name, f"is no place in the text, which has {len(document.text):,} characters")
        return 0

    def number(self, name: str) -> Number | None:
        """A number as written, with or without separators of thousands."""
        if self.known is not None and self._as_it_is(name):
            found: Number | None = getattr(self.known, name)
            return found
        given = self._given(name)
        if not given:
            return None
        bare = given.replace(",", "").replace(" ", "").replace("_", "")
        whole, _, decimals = bare.partition(".")
        if len(bare) > LONGEST_NUMERAL or not bare.isascii() or not (whole + decimals).isdigit() or not whole:
            self._refuse(name, "is no number; write it with digits, such as 5,000 or 2.5")
            return None
        value: Number = float(bare) if "." in bare else int(bare)
        if not isfinite(value) or value > LARGEST:
            self._refuse(name, "is too large")
            return None
        return value

    def words(self, name: str) -> str | None:
        """A phrase."""
        if self.known is not None and self._as_it_is(name):
            found: str | None = getattr(self.known, name)
            return found
        given = self._given(name)
        if len(given) > LONGEST:
            self._refuse(name, f"is longer than {LONGEST} characters")
        return given or None

    def country(self, name: str) -> str | None:
        """A country by its code."""
        given = self._given(name).upper()
        if given and not self._as_it_is(name) and not is_country(given):
            self._refuse(name, "is no country; give its two letters, such as KP")
        return given or None

    def date(self, name: str) -> str | None:
        """A date of EDTF."""
        given = self._given(name)
        if given and not self._as_it_is(name) and period(given) is None:
            self._refuse(name, "is no date; write 2025, 2025-06, 2025-06-17 or two of them with / between")
        return given or None

    def member(self, name: str, kind: type[Member], default: Member) -> Member:
        """One of a list, which must be chosen."""
        found = self.choice(name, kind)
        if found is None and not self._given(name):
            self._refuse(name, f"choose one of {', '.join(one.value for one in kind)}")
        return default if found is None else found

    def choice(self, name: str, kind: type[Member]) -> Member | None:
        """One of a list, or none."""
        given = self._given(name)
        try:
            return kind(given) if given else None
        except ValueError:
            self._refuse(name, f"is none of {', '.join(one.value for one in kind)}")
            return None


def _together(
    found: Fields, entry: Entry, document: Document, dossier: Dossier, known: Fields | None, before: list[Problem]
) -> list[Problem]:  # fmt: skip
    """What is wrong between fields that are each by itself well formed."""
    refused = {one.field for one in before}
    problems: list[Problem] = []
    if not refused & {"start", "end"} and not document.text[found.start : found.end].strip():
        problems.append(Problem("end", entry.end, f"there is no text between {found.start} and {found.end}"))
    if found.category not in {one.id for one in dossier.categories}:
        reason = "choose a category" if not found.category else f"is no category of the dossier {dossier.name}"
        problems.append(Problem("category", entry.category, reason))
    if not found.unit and "unit" not in refused:
        problems.append(Problem("unit", entry.unit, "say what one of them is, such as person"))
    figure = ("low", "high", "bound")
    same = known is not None and all(getattr(found, name) == getattr(known, name) for name in figure)
    if not same and not refused & set(figure):
        problems += _bounds(found, entry)
    return problems


def _bounds(found: Fields, entry: Entry) -> list[Problem]:
    """What is wrong between the ends of a figure and how it is bounded."""
    low, high, bound = found.low, found.high, found.bound
    if low is None and high is None and bound is not Bound.VAGUE:
        return [Problem("low", entry.low, "give a number")]
    if low is not None and high is not None and low > high:
        return [Problem("high", entry.high, f"is less than the low end, {entry.low}")]
    if bound is Bound.EXACT and low != high:
        return [Problem("bound", entry.bound, "is for one number: make the low and the high end the same")]
    if bound is Bound.RANGE and (low is None or high is None):
        return [Problem("bound", entry.bound, "is for two numbers: give a low and a high end")]
    if bound is Bound.AT_LEAST and low is None:
        return [Problem("low", entry.low, "give the number that it is at least")]
    if bound is Bound.AT_MOST and high is None:
        return [Problem("high", entry.high, "give the number that it is at most")]
    return []


def applied(claim: Claim, fields: Fields, document: Document, by: str) -> Claim:
    """Give a claim with the fields that a reviewer says, each of which has its ground in that.

    Args:
        claim: As it stands.
        fields: As they are to be.
        document: The report, from whose text figure and sentence come.
        by: Who says so; empty where nobody is named.
    """
    changed = differing(claim, fields)
    cue = f"reviewer {by}".strip()
    grounds = [one for one in claim.grounds if one.field not in changed]
    if {"start", "end"} & set(changed):
        span = document.text[fields.start : fields.end]
        grounds = [*(one for one in grounds if one.field != "figure"), Ground("figure", span, cue)]
        claim = replace(claim, **span_of(document, fields.start, fields.end)._asdict())
    grounds += (
        Ground(name, shown(getattr(fields, name)) or "null", cue) for name in changed if name not in ("start", "end")
    )
    return replace(
        claim, start=fields.start, end=fields.end, low=fields.low, high=fields.high, bound=fields.bound,
        unit=fields.unit, counted=fields.counted, category=fields.category, origin=fields.origin, place=fields.place,
        status=fields.status, aspect=fields.aspect, measure=fields.measure, speaker=fields.speaker, via=fields.via,
        when=fields.when, stated=fields.stated, grounds=tuple(grounds),
    )  # fmt: skip


class Located(NamedTuple):
    """A figure with its sentence and what stands around it."""

    figure: str
    quote: str
    prefix: str
    suffix: str


def span_of(document: Document, start: int, end: int) -> Located:
    """Give the figure at a span of a report with its sentence, or its line where the report cannot be parsed."""
    text = document.text
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    last = len(text) if last < 0 else last
    try:
        sentences = [sentence for _, parse in parsed(document) for sentence in parse.sentences]
    except ReadingError:
        sentences = []
    for sentence in sentences:
        if sentence.start <= start < sentence.end:
            first, last = sentence.start, max(sentence.end, end)
            break
    return Located(text[start:end], text[first:last], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])
