"""What sources say of the same things, and what comes of weighing them: observations in, resolved values out.

The records know nothing of news: any table of sources that contradict one another fits them.
"""

from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Copying", "Fusion", "Observation", "Record", "Resolved", "SourceAccuracy", "Tolerance"]


@dataclass(frozen=True, slots=True, order=True)
class Tolerance:
    """How far two numbers may lie apart and still be the same figure.

    Attributes:
        amount: In the unit of the value, or a share of it (0.01 is one percent).
        relative: Whether `amount` is a share.
        period: Length of the circle on which the values lie (1,440 for minutes of the day); 0 where they lie on a line.
    """

    amount: float
    relative: bool = False
    period: float = 0.0


class Observation(NamedTuple):
    """One source that says one value.

    Attributes:
        source: Who says it.
        subject: What it is about: a flight of one day, a city in one year, a population.
        attribute: What of it is told.
        value: As the source writes it; a number where there is a tolerance.
        tolerance: Within what two values agree; None compares texts.
    """

    source: str
    subject: str
    attribute: str
    value: str
    tolerance: Tolerance | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """The value of one attribute of one subject, as the sources together carry it.

    Attributes:
        subject: What it is about.
        attribute: What of it is told.
        value: One of the values that were observed, as it was written.
        confidence: Probability, from 0 to 1, that the true value agrees with it.
        support: How many sources say a value that agrees with it.
        sources: How many sources say anything.
    """

    subject: str
    attribute: str
    value: str
    confidence: float
    support: int
    sources: int


@dataclass(frozen=True, slots=True)
class Record:
    """How often a source is right about one attribute.

    Attributes:
        attribute: Its name.
        observations: How many values of it the source tells.
        accuracy: Estimated share of them that agree with the true value.
    """

    attribute: str
    observations: int
    accuracy: float


@dataclass(frozen=True, slots=True)
class Copying:
    """Whom a source repeats.

    Attributes:
        source: The one repeated, or the one that draws on the same origin.
        probability: How likely it is that a wrong value of the one stands with the other because one had it from the
            other, and that the other is the earlier.
    """

    source: str
    probability: float


@dataclass(frozen=True, slots=True)
class SourceAccuracy:
    """What its observations tell of a source.

    Attributes:
        source: Its name.
        observations: How many values it tells.
        accuracy: Estimated share of them that agree with the true values, every attribute counting alike.
        records: The same for each attribute, in order of their names.
        copies: Whom it repeats, the likeliest first.
    """

    source: str
    observations: int
    accuracy: float
    records: tuple[Record, ...]
    copies: tuple[Copying, ...]


@dataclass(frozen=True, slots=True)
class Fusion:
    """What came of weighing observations.

    Attributes:
        resolved: One value for each subject and attribute, in order of their names.
        sources: Every source, in order of their names.
    """

    resolved: tuple[Resolved, ...]
    sources: tuple[SourceAccuracy, ...]
