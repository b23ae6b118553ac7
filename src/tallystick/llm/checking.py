"""What a model tells of a report, held against the report: claims as told come in, proposals and refusals go out.

Where a figure stands is found here, from its words alone, and what number it is by the number grammar of the language:
an offset or a number that a model gives is never taken. `text[start:end] == figure` holds for every proposal.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tallystick.errors import ReadingError
from tallystick.extraction.extraction import CLAIMABLE, claim_id
from tallystick.inquiry.fields import Entry, Fields, FieldsError, shown, span_of, typed
from tallystick.languages.known import parsed
from tallystick.llm.answers import Told, refusal
from tallystick.llm.plain import plain_numbers, stands_alone
from tallystick.model.claim import Claim, Ground
from tallystick.model.document import READABLE, Document
from tallystick.model.dossier import Category, Dossier
from tallystick.model.quantity import Bound, Number, Quantity, QuantityKind
from tallystick.model.second_reader import Refusal, RefusalKind

__all__ = ["Checker"]

# Places at which one quotation is looked for: a report repeats a sentence a few times, junk does so without end.
MOST_PLACES = 20
# Fields whose words must stand in the report.
COPIED = ("counted", "place", "speaker", "via")


class _Spot(NamedTuple):
    """Where a figure may stand, which of the places of the quotation holds it, and what number is read there."""

    start: int
    end: int
    place: int
    read: Quantity | None


class _RefusedError(Exception):
    """Why a claim as told is not taken; never leaves this module."""

    def __init__(self, kind: RefusalKind, told: str) -> None:
        super().__init__(told)
        self.kind = kind
        self.told = told


class Checker:
    """One report, against which what a model tells of it is held.

    Args:
        document: The report.
        dossier: Its categories are those that a proposal may have.
        cue: What stands as the ground of every field: the model, its version and the prompt.
    """

    def __init__(self, document: Document, dossier: Dossier, cue: str) -> None:
        self._document = document
        self._dossier = dossier
        self._cue = cue
        self._categories = {one.id: one for one in dossier.categories}
        self._spans = tuple((one.start, one.end) for one in document.passages if one.kind in READABLE)
        self._words = _folded(" ".join(document.text[start:end] for start, end in self._spans))
        self._quantities = _quantities(document)

    def check(self, told: Iterable[Told]) -> tuple[tuple[Claim, ...], tuple[Refusal, ...]]:
        """Give what of an answer is proposed, in the order of the text, and what is refused, in the order told."""
        found: dict[tuple[int, int], Claim] = {}
        refusals: list[Refusal] = []
        for one in told:
            try:
                claim = self._claim(one, found.keys())
                found[claim.start, claim.end] = claim
            except _RefusedError as refused:
                refusals.append(refusal(refused.kind, refused.told))
        return tuple(found[span] for span in sorted(found)), tuple(refusals)

    def _claim(self, told: Told, taken: Iterable[tuple[int, int]]) -> Claim:
        """The proposal that a claim as told makes."""
        spot = self._spot(told, set(taken))
        category = self._categories.get(told.category)
        if category is None:
            raise _RefusedError(RefusalKind.OTHER_FIELD, f"category '{told.category}' is none of the dossier's")
        if not _counts(category, spot.read):
            raise _RefusedError(RefusalKind.OTHER_FIELD, f"category '{told.category}' is not told in such a figure")
        for name in COPIED:
            value = getattr(told, name)
            if value is not None and not _stands(_folded(value), self._words):
                raise _RefusedError(RefusalKind.NO_WORDS, f"{name} '{value}' does not stand in the report")
        return self._made(self._fields(told, spot, category))

    def _spot(self, told: Told, taken: set[tuple[int, int]]) -> _Spot:
        """Where the figure stands."""
        places = list(self._places(told.quote))
        if not places:
            raise _RefusedError(RefusalKind.NO_QUOTATION, f"“{told.quote}”")
        if told.figure not in told.quote:
            raise _RefusedError(RefusalKind.NO_FIGURE, f"“{told.figure}” in “{told.quote}”")
        spots = [
            spot
            for turn, at in enumerate(places)
            for offset in _offsets(told.quote, told.figure)
            if (spot := self._read(at + offset, at + offset + len(told.figure), turn)) is not None
        ]
        if not spots:
            raise _RefusedError(RefusalKind.NO_NUMBER, f"“{told.figure}” in “{told.quote}”")
        fitting = [one for one in spots if self._fits(told, one)]
        if not fitting:
            raise _RefusedError(RefusalKind.OTHER_NUMBER, f"“{told.figure}” is not {_numbers_shown(told)}")
        counting = [one for one in fitting if one.read is None or one.read.kind in CLAIMABLE]
        if not counting:
            raise _RefusedError(RefusalKind.NOT_COUNTED, f"“{told.figure}” in “{told.quote}”")
        free = [one for one in counting if (one.start, one.end) not in taken]
        if not free:
            raise _RefusedError(RefusalKind.DUPLICATE, f"“{told.figure}” in “{told.quote}”")
        if sum(1 for one in counting if one.place == free[0].place) > 1:
            raise _RefusedError(RefusalKind.AMBIGUOUS, f"“{told.figure}” in “{told.quote}”")
        return free[0]

    def _places(self, quote: str) -> Iterator[int]:
        """Where a quotation begins, within one passage that is read."""
        left = MOST_PLACES
        for start, end in self._spans:
            at = self._document.text.find(quote, start, end)
            while at >= 0 and left:
                yield at
                left -= 1
                at = self._document.text.find(quote, at + 1, end)

    def _read(self, start: int, end: int, turn: int) -> _Spot | None:
        """The one number within a span, with its own span; where the language is not known, the span as it is."""
        if self._quantities is None:
            return _Spot(start, end, turn, None) if stands_alone(self._document.text, start, end) else None
        first = bisect_right(self._quantities, start, key=lambda one: one.end)
        touched = [one for one in self._quantities[first : first + 2] if one.start < end]
        if len(touched) != 1 or touched[0].start < start or touched[0].end > end:
            return None
        return _Spot(touched[0].start, touched[0].end, turn, touched[0])

    def _fits(self, told: Told, spot: _Spot) -> bool:
        """Whether the number that a model gives is the one that is read."""
        given = _given(told)
        if spot.read is None:
            return bool(given) and given <= plain_numbers(self._document.text[spot.start : spot.end])
        read = {one for one in (spot.read.low, spot.read.high) if one is not None}
        return given == read or (spot.read.bound is Bound.VAGUE and not given)

    def _fields(self, told: Told, spot: _Spot, category: Category) -> Fields:
        """The fields of the proposal, each checked as those that a reviewer types are."""
        low, high = _ends(told, spot.read)
        bound = Bound.VAGUE.value if spot.read is not None and spot.read.bound is Bound.VAGUE else told.bound
        entry = Entry(
            start=str(spot.start), end=str(spot.end), low=shown(low), high=shown(high), bound=bound,
            unit=_unit(category, spot.read), counted=told.counted or "", category=category.id,
            origin=told.origin or "", place=told.place or "", status=told.status, aspect=told.aspect or "",
            measure=told.measure or "", speaker=told.speaker or "", via=told.via or "", when=told.when or "",
            stated=told.stated or "",
        )  # fmt: skip
        try:
            return typed(entry, self._document, self._dossier)
        except FieldsError as error:
            told_of = "; ".join(f"{one.field} '{one.value}' {one.reason}" for one in error.problems)
            raise _RefusedError(RefusalKind.OTHER_FIELD, told_of) from None

    def _made(self, fields: Fields) -> Claim:
        """The proposal, every field of which is by the model's word."""
        located = span_of(self._document, fields.start, fields.end)
        told = ((name, getattr(fields, name)) for name in Fields.__slots__ if name not in ("start", "end"))
        return Claim(
            id=claim_id(self._document.id, fields.start, fields.end), document=self._document.id, start=fields.start,
            end=fields.end, figure=located.figure, low=fields.low, high=fields.high, bound=fields.bound,
            unit=fields.unit, counted=fields.counted, category=fields.category, origin=fields.origin,
            place=fields.place, status=fields.status, aspect=fields.aspect, measure=fields.measure,
            speaker=fields.speaker, via=fields.via, when=fields.when, stated=fields.stated, quote=located.quote,
            prefix=located.prefix, suffix=located.suffix,
            grounds=tuple(Ground(name, shown(value), self._cue) for name, value in told if value is not None),
        )  # fmt: skip


def _quantities(document: Document) -> tuple[Quantity, ...] | None:
    """Every number of a report as its language reads it; None where no language can."""
    try:
        read = parsed(document)
    except ReadingError:
        return None
    found = (
        one
        for language, parse in read
        for sentence in parse.sentences
        for one in language.quantities(sentence, document.text)
    )
    return tuple(sorted(found, key=lambda one: one.start))


def _offsets(quote: str, figure: str) -> Iterator[int]:
    """Where a figure stands in a quotation."""
    at = quote.find(figure)
    left = MOST_PLACES
    while at >= 0 and left:
        yield at
        left -= 1
        at = quote.find(figure, at + 1)


def _given(told: Told) -> set[Number]:
    return {one for one in (told.low, told.high) if one is not None}


def _numbers_shown(told: Told) -> str:
    return " to ".join(f"{one:,}" for one in sorted(_given(told))) or "a figure without a number"


def _ends(told: Told, read: Quantity | None) -> tuple[Number | None, Number | None]:
    """Both ends of a figure: the numbers that are read, set as the bound that the model gives sets them."""
    if read is not None and read.bound is Bound.VAGUE:
        return read.low, read.high
    numbers: Sequence[Number] = sorted(_given(told))
    if not numbers:
        return None, None
    first, last = numbers[0], numbers[-1]
    return (None if told.bound == Bound.AT_MOST else first), (None if told.bound == Bound.AT_LEAST else last)


def _counts(category: Category, read: Quantity | None) -> bool:
    """Whether a category can have such a number, as for the rules: sums are money, and only aid is weighed."""
    if read is None:
        return True
    if read.kind is QuantityKind.MONEY or category.kind == "money":
        return read.kind is QuantityKind.MONEY and category.kind == "money"
    return read.kind is not QuantityKind.MEASURE or category.kind == "aid"


def _unit(category: Category, read: Quantity | None) -> str:
    """What one of the counted is: of money its currency, of a measure its own unit, else that of the category."""
    own = read is not None and read.kind in (QuantityKind.MONEY, QuantityKind.MEASURE)
    return (read.unit if own and read is not None else None) or category.unit


def _stands(words: str, text: str) -> bool:
    """Whether words stand in a text as whole words; where a script parts none, anywhere."""
    at = text.find(words)
    while at >= 0:
        end = at + len(words)
        if not (_joined(text[at - 1 : at], words[:1]) or _joined(words[-1:], text[end : end + 1])):
            return True
        at = text.find(words, at + 1)
    return False


def _joined(first: str, second: str) -> bool:
    """Whether two neighbors are letters or digits of one word."""
    return first.isalnum() and second.isalnum() and "Lo" not in map(unicodedata.category, (first, second))


def _folded(text: str) -> str:
    """Words in lower case with single blanks between them."""
    return " ".join(text.casefold().split())
