"""Comparable claims weighed across origins: what the figure is, and why."""

from dataclasses import dataclass
from enum import StrEnum

from tallystick.model.claim import Measure, Status
from tallystick.model.lineage import Independent
from tallystick.model.quantity import Bound, Number

__all__ = ["Conflict", "ConflictKind", "Estimate", "Population", "Reading", "Widening", "estimate_order"]


@dataclass(frozen=True, slots=True)
class Population:
    """Who or what is counted.

    Attributes:
        category: Category id of the dossier.
        origin: ISO 3166-1 alpha-2 of the country they come from, or None.
        place: Where to or where, as the dossier or the clearest claim names it, or None.
        label: A line for a reader: "Construction workers, KP to Kursk".
        unit: What one of them is.
    """

    category: str
    origin: str | None
    place: str | None
    label: str
    unit: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What one origin says of a population.

    Attributes:
        origin: Id of the origin.
        speaker: Its speaker, or None.
        date: EDTF date of the statement or, failing that, of the counted event, or None.
        low: Closed lower bound, or None.
        high: Closed upper bound, or None.
        bound: How it is bounded.
        claims: Ids of the claims that carry it.
        reports: Number of documents that carry it.
        superseded: True where the same speaker gave a later figure.
        reliability: Admiralty letter A-F of the best source that carries it.
        weight: What it weighs in the median: precision, reliability and the speaker's record, from 0 to 1.
        known: Day on which the first report that carries it was published, or None.
    """

    origin: str
    speaker: str | None
    date: str | None
    low: Number | None
    high: Number | None
    bound: Bound
    claims: tuple[str, ...]
    reports: int
    superseded: bool = False
    reliability: str = "F"
    weight: float = 1.0
    known: str | None = None


class ConflictKind(StrEnum):
    """What does not agree: figures of one thing, or figures that arithmetic ties to one another."""

    DISAGREEMENT = "disagreement"
    SUM = "sum"
    CASUALTIES = "casualties"
    BALANCE = "balance"
    DECREASE = "decrease"
    RATE = "rate"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Figures that cannot all be right.

    Attributes:
        origins: Ids of the origins that disagree; one where a single origin contradicts itself.
        reason: One sentence for a reader, naming who says what.
        kind: What does not agree.
        arithmetic: The sum as it is and as it should be ("600 + 2,700 = 3,300, not 4,700"), or "".
        claims: Ids of the claims whose figures stand in it.
    """

    origins: tuple[str, ...]
    reason: str
    kind: ConflictKind = ConflictKind.DISAGREEMENT
    arithmetic: str = ""
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Widening:
    """One step by which a range became wider than the figures that stand in the reports.

    Attributes:
        rule: Its name: "single_origin", "one_side", "stale", "rounding", ...
        low: Lower end after it, or None.
        high: Upper end after it, or None.
        reason: One sentence for a reader, with the factor.
    """

    rule: str
    low: Number | None
    high: Number | None
    reason: str


@dataclass(frozen=True, slots=True)
class Estimate:
    """One line of the ledger: one population under one measure and status.

    Attributes:
        id: Hash of population, measure, status and time: stable across runs.
        population: Who or what is counted.
        status: Planned, actual, possible or denied: never mixed.
        measure: How the figure relates to time, or None where no claim decides it.
        when: EDTF date or interval of the counted event, or None.
        best: The best figure, or None where the evidence does not carry one.
        low: Lower end of the range, or None.
        high: Upper end of the range, or None.
        credibility: Admiralty 1-6, computed from independent origins alone.
        readings: One per origin, in order of date.
        claims: Every claim folded into it.
        independent: How many independent origins stand behind it.
        reports: Number of documents that carry it.
        parts: Ids of the estimates that add up to this one.
        whole: Id of the estimate of which this one is a part, or None.
        conflicts: What cannot be reconciled.
        steps: Every step of the arithmetic, one sentence each.
        widenings: By what the range is wider than the reported figures, in order.
        stale: Whether nobody has refreshed the count for so long that it is only the last known one.
        known: Day on which the latest report folded into it was published, or None.
    """

    id: str
    population: Population
    status: Status
    measure: Measure | None
    when: str | None
    best: Number | None
    low: Number | None
    high: Number | None
    credibility: int
    readings: tuple[Reading, ...]
    claims: tuple[str, ...]
    independent: Independent
    reports: int
    parts: tuple[str, ...]
    whole: str | None
    conflicts: tuple[Conflict, ...]
    steps: tuple[str, ...]
    widenings: tuple[Widening, ...] = ()
    stale: bool = False
    known: str | None = None


def estimate_order(estimate: Estimate) -> tuple[int, int, str, str, str, str]:
    """Give the key of the order in which a case shows its estimates: the most reported first."""
    population, when = estimate.population, estimate.when or ""
    return -estimate.reports, -estimate.independent.high, population.label, estimate.status, when, estimate.id
