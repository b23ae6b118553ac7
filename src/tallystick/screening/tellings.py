"""Tellings of one statement: the claims of a case come in, groups that one speaker gave with one figure go out.

What a statement turned into can be seen only where several reports tell it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tallystick.model.claim import Claim, Status
from tallystick.screening.findings import Holdings, amount
from tallystick.values.periods import period

__all__ = [
    "CASUALTY",
    "COMMON",
    "Telling",
    "apart",
    "related",
    "same_occasion",
    "same_statement",
    "statements",
    "telling_of",
]

# Figures up to this number agree by chance too often: 0.4 % of all pairs up to 100 (3,221 claims of the gold sets).
COMMON = 100
# Days between two tellings of one statement; rule R15 gives two, weeklies take a week.
SAME_STATEMENT_DAYS = 7
# Days within which a speaker has not yet anything new to tell of the same figure (rule R15).
SAME_OCCASION_DAYS = 2
CASUALTY, OTHER = "casualty", "other"


class Telling(NamedTuple):
    """A claim with who said it and when it became known.

    Attributes:
        claim: The claim.
        voice: Id of the actor who speaks, or "name:" and the folded words.
        day: Ordinal of the day of the statement, else of the publication; None where neither is known.
    """

    claim: Claim
    voice: str
    day: int | None


def telling_of(holdings: Holdings, claim: Claim) -> Telling | None:
    """Give a claim with its speaker and day; None where nobody is named."""
    origin = holdings.origin(claim)
    own = holdings.names.voice(claim.speaker)
    voice = own if own is not None and not own.startswith("name:") else None
    voice = voice or holdings.names.voice(origin.speaker if origin is not None else None) or own
    if voice is None:
        return None
    said = period(claim.stated)
    published = holdings.published(claim)
    day = said[0] if said is not None else published.toordinal() if published is not None else None
    return Telling(claim, voice, day)


def statements(holdings: Holdings) -> Iterator[list[Telling]]:
    """Yield the claims of one speaker, figure and unit that were told within days of one another, by day.

    Figures up to `COMMON` and denials are left out.
    """
    yield from holdings.once(_statements)


def _statements(holdings: Holdings) -> list[list[Telling]]:
    """All of them, for the rules that ask one after another."""
    return list(_told_together(holdings))


def _told_together(holdings: Holdings) -> Iterator[list[Telling]]:
    """Tellings by voice, figure and unit, cut where days lie between."""
    groups: defaultdict[tuple[str, float, str], list[Telling]] = defaultdict(list)
    for claim in holdings.claims:
        value, telling = amount(claim), telling_of(holdings, claim)
        if telling is not None and value is not None and value > COMMON and claim.status is not Status.DENIED:
            groups[telling.voice, value, claim.unit].append(telling)
    for _, group in sorted(groups.items()):
        dated = sorted((telling for telling in group if telling.day is not None), key=_day)
        run: list[Telling] = []
        for telling in dated:
            if run and _day(telling) - _day(run[0]) > SAME_STATEMENT_DAYS:
                yield run
                run = []
            run.append(telling)
        if run:
            yield run


def same_statement(holdings: Holdings, one: Claim, other: Claim) -> bool:
    """Tell whether two claims of different reports go back to one statement."""
    return _joined(holdings, one, other, SAME_STATEMENT_DAYS)


def same_occasion(holdings: Holdings, one: Claim, other: Claim) -> bool:
    """Tell whether two claims of different reports go back to one origin, or to one speaker within two days."""
    return _joined(holdings, one, other, SAME_OCCASION_DAYS)


def _joined(holdings: Holdings, one: Claim, other: Claim, days: int) -> bool:
    """Whether two claims of different reports have one origin, or one speaker within `days`."""
    if one.document == other.document:
        return False
    origins = holdings.origin(one), holdings.origin(other)
    if origins[0] is not None and origins[0] is origins[1]:
        return True
    first, second = telling_of(holdings, one), telling_of(holdings, other)
    if first is None or second is None or first.voice != second.voice:
        return False
    return first.day is not None and second.day is not None and abs(first.day - second.day) <= days


def apart(one: Iterable[Claim], other: Iterable[Claim]) -> tuple[Claim, Claim] | None:
    """Give the first claims of two sorts from different reports; None where some report gives both."""
    first, second = list(one), list(other)
    if not first or not second or {claim.document for claim in first} & {claim.document for claim in second}:
        return None
    return first[0], second[0]


def related(holdings: Holdings, one: Claim, other: Claim) -> bool:
    """Tell whether the categories of two claims may name the same people, or one says too little."""
    kinds = [holdings.category(claim) for claim in (one, other)]
    first, second = kinds
    if first is None or second is None or OTHER in (first.kind, second.kind):
        return True
    if CASUALTY in (first.kind, second.kind):
        return first.kind != second.kind
    return second.id in first.parts or first.id in second.parts or bool(_shared(holdings, first.parts, second.parts))


def _shared(holdings: Holdings, one: Sequence[str], other: Sequence[str]) -> set[str]:
    return {category.id for category in holdings.dossier.categories} & set(one) & set(other)


def _day(telling: Telling) -> int:
    return telling.day or 0
