"""One thing that became different between two states of a case, and what brought it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from tallystick.model.quantity import Number

__all__ = ["Change", "ChangeKind", "Range", "Source", "Trait", "Turn"]


class ChangeKind(StrEnum):
    """What became different."""

    REPORT = "report"  # came in
    REPORT_GONE = "report_gone"
    ORIGIN = "origin"  # came up
    ORIGIN_GONE = "origin_gone"
    ESTIMATE = "estimate"  # came up, or is not what it was
    ESTIMATE_GONE = "estimate_gone"
    SUPERSEDED = "superseded"  # a reading gave way to a later one of its speaker
    CONFLICT = "conflict"  # came up
    CONFLICT_GONE = "conflict_gone"
    FLAG = "flag"  # came up
    FLAG_GONE = "flag_gone"
    HIT = "hit"  # came up, or has another tier
    HIT_GONE = "hit_gone"


class Trait(StrEnum):
    """What of an estimate became different."""

    BEST = "best"
    LOW = "low"
    HIGH = "high"
    CREDIBILITY = "credibility"
    INDEPENDENT = "independent origins"
    CONFLICTS = "conflicts"
    STALE = "stale"


class Source(NamedTuple):
    """A report that brought a change: its id, and its outlet and date for a reader."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Range:
    """The figure of an estimate: its best value, or None, and the ends of its range, None where they are open."""

    best: Number | None
    low: Number | None
    high: Number | None


@dataclass(frozen=True, slots=True)
class Turn:
    """One trait of an estimate that is another than it was, as a reader writes both."""

    trait: Trait
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that became different.

    Attributes:
        kind: What.
        id: Id of the document, origin, estimate or flag; of a conflict, that of its estimate; of a reading, that of its
            origin.
        label: A line for a reader.
        before: The estimate's figure in the earlier state; None where it was not there, and of what is no estimate.
        after: The same in the later state.
        turns: What of the estimate is different, where it was there before.
        reports: The reports that brought it: those that the earlier state did not have. Of what is gone, those that
            the later state does not have.
        causes: What else brought it, one sentence each; where no report did, at least one where it is known.
        was: Id that an estimate had in the earlier state, where its population or time is read otherwise by now; or an
            origin, where another of its claims is the earliest by now.
    """

    kind: ChangeKind
    id: str
    label: str
    before: Range | None = None
    after: Range | None = None
    turns: tuple[Turn, ...] = ()
    reports: tuple[Source, ...] = ()
    causes: tuple[str, ...] = ()
    was: str | None = None
