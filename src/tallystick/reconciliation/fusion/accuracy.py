"""How accurate each source is: how likely each vote is right comes in, shares by source and attribute go out.

A vote is exact, near (within the tolerance) or wrong. A source with few votes on an attribute is taken for what it is
elsewhere, and one with few votes at all for what sources with as few votes are: who says one thing in passing is not
as often right as who says hundreds, or more often; the votes tell.
"""

from dataclasses import dataclass

import numpy as np

from tallystick.reconciliation.fusion.table import Floats, Table, tally

__all__ = ["Accuracy", "Grades", "accuracies", "evidence"]

# Votes on one attribute that count for what a source is on the whole, at most: every attribute counts alike.
CAP = 50.0
# What sources of its size are counts as so many votes of one source, what it is elsewhere as so many on one attribute,
# and what all sources are as so many of a size. From 10 up populations stay the same; below 10, 2 points are lost.
ALIKE, ELSEWHERE, ALL = 10.0, 20.0, 20.0
# Sources with at least so many votes, doubled from size to size, are of the largest.
LARGEST = 64
# In the rounds that judge a source on an attribute by how it does elsewhere, its own votes there count so much: enough
# to tell sources apart where there is nothing else.
OWN = 0.2
# Before any evidence nine in ten are right, any value within the tolerance being as likely as another: then all votes
# are alike, and one beside a value supports it as one for it does. It weighs as much as so many votes.
FIRST_RIGHT, FIRST_WEIGHT = 0.9, 20.0
# Nobody is always right or always wrong.
SURE = 0.005
# Values within a tolerance that are as likely as one another, to which the chance of being near is spread.
NEIGHBORS = 10.0


@dataclass(frozen=True, slots=True, eq=False)
class Grades:
    """Probability that each vote is exact, near or wrong; the three add up to one."""

    exact: Floats
    near: Floats
    wrong: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Accuracy:
    """Shares of exact, near and wrong votes (first axis).

    Attributes:
        overall: For each source, every attribute counting alike.
        elsewhere: For each record, by the votes of its source on other attributes above all.
        by_attribute: For each record.
    """

    overall: Floats
    elsewhere: Floats
    by_attribute: Floats


def accuracies(table: Table, grades: Grades) -> Accuracy:
    """Give how accurate each source is, as its votes are graded."""
    records = len(table.record_source)
    graded = grades.exact, grades.near, grades.wrong
    told = np.stack([tally(table.vote_record, table.vote_weight * grade, records) for grade in graded])
    votes = told.sum(axis=0)
    first = np.array([FIRST_RIGHT / (1 + NEIGHBORS), FIRST_RIGHT * NEIGHBORS / (1 + NEIGHBORS), 1 - FIRST_RIGHT])
    everybody = (told.sum(axis=1) + FIRST_WEIGHT * first) / (float(votes.sum()) + FIRST_WEIGHT)
    scaled = told * np.minimum(1.0, CAP / np.maximum(votes, 1e-9))
    total = np.stack([tally(table.record_source, grade, len(table.sources)) for grade in scaled])
    total += ALIKE * _alike(table, total, everybody)
    overall = total / total.sum(axis=0)
    elsewhere = total[:, table.record_source] - (1 - OWN) * scaled
    elsewhere /= elsewhere.sum(axis=0)
    by_attribute = (told + ELSEWHERE * overall[:, table.record_source]) / (votes + ELSEWHERE)
    return Accuracy(overall, elsewhere, by_attribute)


def _alike(table: Table, total: Floats, everybody: Floats) -> Floats:
    """For each source the shares of those of its size: one vote, two or three, four to seven, and so on."""
    votes = np.bincount(table.vote_source, minlength=len(table.sources))
    size = np.floor(np.log2(np.clip(votes, 1, LARGEST))).astype(np.int64)
    sizes = int(size.max(initial=0)) + 1
    of_size = np.stack([tally(size, grade, sizes) for grade in total]) + ALL * everybody[:, np.newaxis]
    shares: Floats = (of_size / of_size.sum(axis=0))[:, size]
    return shares


def evidence(table: Table, shares: Floats, choices: float) -> tuple[Floats, Floats]:
    """Give how much each vote speaks for its own value, and for each value within the tolerance, as log-odds.

    Args:
        table: The votes.
        shares: Shares of exact, near and wrong votes by record.
        choices: How many wrong values there are to choose from.
    """
    exact, near, wrong = np.clip(shares, SURE, 1 - SURE)
    by_chance = wrong / choices
    own = np.log(exact / by_chance)
    beside = np.minimum(own, np.log(np.maximum(near / NEIGHBORS / by_chance, 1.0)))
    # A text has nothing near: all that is right is exact.
    alone = np.log((exact + near) / by_chance)
    textual = (table.value_within < 0)[table.vote_value]
    return np.where(textual, alone[table.vote_record], own[table.vote_record]), beside[table.vote_record]
