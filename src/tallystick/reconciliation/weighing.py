"""What each reading weighs in the median: precision, source, and how often its speaker has agreed with others.

The readings of all lines come in, a weight from 0 to 1 with its reason for each goes out. Weights move the best
figure alone and never the credibility, which counts independent origins.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import inf
from typing import NamedTuple

from tallystick.model.quantity import Bound
from tallystick.reconciliation.grading import alliances
from tallystick.reconciliation.readings import UNKNOWN, Voiced
from tallystick.reconciliation.subjects import Subjects

__all__ = ["Record", "Records", "records", "weighed"]

# Exact before rounded before "about" before a bound: the order of rule R13 of the domain notes. The distances are
# placeholders until there are cases with a known truth to calibrate them on.
EXACT, ROUNDED, ABOUT, OPEN = 1.0, 0.8, 0.5, 0.2
# What the figure of a source weighs by its Admiralty letter; placeholders as well. F is missing from this table: it
# means that nobody could grade the source, so it weighs what the graded ones of the line weigh on the average.
GRADES = {"A": 1.0, "B": 0.9, "C": 0.75, "D": 0.5, "E": 0.25}
# A speaker of whom nothing is known is taken to agree in three cases of four, as if that had been seen in four, so that
# a record of a few figures moves little. In 512 English articles 10 of 16 comparisons agreed, and most of the others
# were of two things that reports told alike; a placeholder until larger cases have been judged.
PRIOR = 0.75
PSEUDO_COUNTS = 4.0
# Fewer comparisons than this are no record, and the reader is not told of one.
ENOUGH = 3


class Record(NamedTuple):
    """How often the figures of one speaker agreed with those of other independent origins.

    Attributes:
        agreed: Lines in which one of the others gave a figure that agrees.
        compared: Lines in which there was anybody to compare with.
    """

    agreed: int
    compared: int

    @property
    def accuracy(self) -> float:
        """Give the share of agreement, drawn towards that of a speaker of whom nothing is known."""
        if self.compared < ENOUGH:
            return PRIOR
        return (self.agreed + PRIOR * PSEUDO_COUNTS) / (self.compared + PSEUDO_COUNTS)


Records = dict[str, Record]
NO_RECORD = Record(0, 0)


def records(lines: Iterable[Sequence[Voiced]], subjects: Subjects) -> Records:
    """Give the record of every speaker who stands in one line with other independent origins.

    Args:
        lines: The readings of every line.
        subjects: Tells which speakers may share their knowledge: those are not compared with one another.
    """
    agreed: Counter[str] = Counter()
    compared: Counter[str] = Counter()
    for line in lines:
        closed = [voiced for voiced in line if not voiced.reading.superseded and not _open(voiced)]
        if len(closed) > 1:
            for body, agrees in _agreement(closed, subjects).items():
                agreed[body] += agrees
                compared[body] += 1
    return {body: Record(agreed[body], compared[body]) for body in sorted(compared)}


def weighed(found: Sequence[Voiced], known: Records, subjects: Subjects) -> tuple[tuple[Voiced, ...], tuple[str, ...]]:
    """Give `found` with the weight of every reading, and one sentence for each that says what the weight is made of."""
    leaders = alliances(found, subjects)
    standing = [voiced for voiced in found if not voiced.reading.superseded]
    allies = Counter(leaders[voiced.voice] for voiced in standing)
    own = Counter(voiced.voice for voiced in standing)
    graded = [GRADES[voiced.letter] for voiced in standing if voiced.letter in GRADES]
    neutral = sum(graded) / len(graded) if graded else 1.0
    result, reasons = [], []
    for voiced in found:
        precision, word = _precision(voiced)
        grade = GRADES.get(voiced.letter, neutral)
        record = known.get(voiced.body, NO_RECORD)
        share = _share(own[voiced.voice], allies[leaders[voiced.voice]])
        weight = round(precision * grade * record.accuracy * share, 4)
        result.append(voiced._replace(reading=replace(voiced.reading, weight=weight)))
        words = f"{word} ({precision:g})", _graded(voiced, grade), _told(record)
        shared = "" if share == 1.0 else f", shared with others of its knowledge ({share:.2g})"
        reasons.append(f"{voiced.name} weighs {weight:.2g}: {', '.join(words)}{shared}.")
    return tuple(result), tuple(reasons)


def _agreement(standing: Sequence[Voiced], subjects: Subjects) -> dict[str, bool]:
    """For every speaker with somebody to compare with, whether an independent one gives a figure that agrees with his.

    An open bound agrees with nearly anything, so it speaks neither for nor against anybody.
    """
    leaders = alliances(standing, subjects)
    sides: defaultdict[str, list[Voiced]] = defaultdict(list)
    for voiced in standing:
        sides[leaders[voiced.voice]].append(voiced)
    if len(sides) == 1:
        return {}
    every = _Figures(standing)
    found: dict[str, bool] = {}
    for allied in sides.values():
        own = _Figures(allied)
        for voiced in allied:
            found[voiced.body] = found.get(voiced.body, False) or every.met(voiced) > own.met(voiced)
    return found


class _Figures:
    """The figures of some readings, so that it costs little to count those that agree with one of them."""

    def __init__(self, found: Sequence[Voiced]) -> None:
        self._lows = sorted(voiced.tolerant.low for voiced in found)
        self._highs = sorted(voiced.tolerant.high for voiced in found)

    def met(self, voiced: Voiced) -> int:
        """How many of them agree with `voiced`: all but those that end below it or begin above it."""
        low, high = voiced.tolerant
        return bisect_right(self._lows, high) - bisect_left(self._highs, low)


def _precision(voiced: Voiced) -> tuple[float, str]:
    """What the words of a figure weigh, and a name for it."""
    low, high = voiced.stated
    if _open(voiced):
        return OPEN, "no more than a bound"
    if voiced.lead.claim.bound is Bound.APPROX or low != high:
        return ABOUT, "about so many"
    return (EXACT, "an exact figure") if voiced.tolerant == voiced.stated else (ROUNDED, "a figure that may be rounded")


def _open(voiced: Voiced) -> bool:
    """Whether a reading gives no figure, only a bound or a word for one."""
    return voiced.lead.claim.bound is Bound.VAGUE or -inf in voiced.stated or inf in voiced.stated


def _share(own: int, allies: int) -> float:
    """The part that is a reading's own: speakers that may share what they know count as between one and all of them."""
    if own == 0:
        return 1.0
    return (1 + own / allies) / (2 * own)


def _graded(voiced: Voiced, grade: float) -> str:
    return "source not graded" if voiced.letter == UNKNOWN else f"source {voiced.letter} ({grade:g})"


def _told(record: Record) -> str:
    if record.compared < ENOUGH:
        return f"no record ({PRIOR:g})"
    return f"agreed with others in {record.agreed:,} of {record.compared:,} lines ({record.accuracy:.2g})"
