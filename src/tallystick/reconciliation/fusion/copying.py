"""Who repeats whom: pairs of sources that answer the same questions come in, how surely one copies goes out.

Sources that are right agree because the truth is one; sources that share what is wrong agree because they share where
they have it from (Dong, Berti-Equille and Srivastava 2009). It is told for each attribute, since a copy may take one
column and not another, and pooled over all where an attribute has little to tell.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tallystick.reconciliation.fusion.agreement import Agreement
from tallystick.reconciliation.fusion.table import Floats, Ints, Table, tally

__all__ = ["Copies", "Pairs", "copies", "independence", "pairs"]

Codes = npt.NDArray[np.int32]
# A source that answers fewer questions shows nobody whom it copies.
FEWEST = 3
# Pairs that are looked at; more are left out, those furthest apart in the order of names first. 1.33 million flight
# times by 38 sources have 10.5 million; 30 million take some 2 GB.
MOST = 30_000_000
# Before any evidence one wrong value in twenty is shared, with the weight of ten.
FIRST_SHARED, FIRST_WEIGHT = 0.5, 10.0
# What an attribute tells of a pair in all others, at most, in wrong values: else one long column would speak for all.
CAP = 50.0
# While the vote is crude, each question that both answer speaks for independence this much: two accurate sources share
# the values for which the vote is wrong, and they are few. From 0.05 to 0.1 flight times stay within 0.1 points.
INNOCENT = 0.08


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Two votes on one question by two sources, for every two such votes.

    Attributes:
        first: Number of the one vote.
        second: Number of the other.
        column: Its column: an attribute that two sources tell.
        agree: Whether their values agree.
        column_couple: For each column, its two sources.
        common: For each column, how many questions both answer.
        one: For each two sources, the one.
        other: For each two sources, the other.
    """

    first: Codes
    second: Codes
    column: Codes
    agree: npt.NDArray[np.bool_]
    column_couple: Ints
    common: Floats
    one: Ints
    other: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Copies:
    """How surely a wrong value of one of a pair of sources stands with the other because they are dependent.

    Attributes:
        by_attribute: For each column of pairs.
        pooled: For each two sources.
    """

    by_attribute: Floats
    pooled: Floats


def pairs(table: Table, agreement: Agreement) -> Pairs:
    """Give every pair of votes on one question, of sources that answer enough of them."""
    count = np.bincount(table.vote_source, minlength=len(table.sources))
    votes = np.flatnonzero(count[table.vote_source] >= FEWEST)
    question = table.value_question[table.vote_value]
    # In the order of names, so that which pairs are left out has nothing to do with what they say.
    votes = votes[np.lexsort((table.vote_source[votes], question[votes]))]
    asked = question[votes]
    firsts, seconds, found = [np.zeros(0, dtype=np.int32)], [np.zeros(0, dtype=np.int32)], 0
    at = np.arange(len(votes))
    for apart in range(1, len(votes)):
        # Whoever has no neighbor so far away has none further away.
        at = at[at + apart < len(votes)]
        at = at[asked[at + apart] == asked[at]]
        found += len(at)
        if not len(at) or found > MOST:
            break
        one, other = votes[at], votes[at + apart]
        differ = table.vote_source[one] != table.vote_source[other]
        firsts.append(one[differ].astype(np.int32))
        seconds.append(other[differ].astype(np.int32))
    return _pairs(table, agreement, np.concatenate(firsts), np.concatenate(seconds))


def _pairs(table: Table, agreement: Agreement, first: Codes, second: Codes) -> Pairs:
    one, other = table.vote_value[first], table.vote_value[second]
    agree = agreement.agree(one, other) | agreement.agree(other, one)
    among = len(table.sources)
    known, couple = np.unique(table.vote_source[first] * among + table.vote_source[second], return_inverse=True)
    told = couple * len(table.attributes) + table.question_attribute[table.value_question[one]]
    columns, column = np.unique(told, return_inverse=True)
    weight: Floats = table.vote_weight[first] * table.vote_weight[second]
    return Pairs(
        first, second, column.astype(np.int32), agree, columns // len(table.attributes),
        tally(column, weight, len(columns)), known // among, known % among,
    )  # fmt: skip


def copies(table: Table, pairs: Pairs, wrong: Floats, choices: float, *, crude: bool) -> Copies:
    """Give how surely each pair of sources is dependent.

    Args:
        table: The votes.
        pairs: Their pairs.
        wrong: Probability that each vote is wrong.
        choices: How many wrong values there are to choose from: the more, the less chance has two sources choose
            the same.
        crude: Whether `wrong` comes of a vote that does not tell the attributes apart yet.
    """
    one, other = wrong[pairs.first], wrong[pairs.second]
    weight = table.vote_weight[pairs.first] * table.vote_weight[pairs.second]
    columns, couples = len(pairs.common), len(pairs.one)
    both = np.minimum(one, other) * weight
    shared = tally(pairs.column, both * pairs.agree, columns)
    any_ = np.where(pairs.agree, both, np.maximum(one, other) * weight)
    either = tally(pairs.column, any_, columns)
    by_chance = tally(pairs.column, one * other * weight, columns) / choices
    shared = np.maximum(shared - by_chance, 0.0)
    told = either + (INNOCENT * pairs.common if crude else 0.0)
    scale = np.minimum(1.0, CAP / np.maximum(told, 1e-9))
    pooled = tally(pairs.column_couple, shared * scale, couples) + FIRST_SHARED
    pooled /= tally(pairs.column_couple, told * scale, couples) + FIRST_WEIGHT
    by_attribute = (shared + FIRST_WEIGHT * pooled[pairs.column_couple]) / (told + FIRST_WEIGHT)
    return Copies(by_attribute, pooled)


def independence(table: Table, pairs: Pairs, found: Copies) -> Floats:
    """Give what each vote counts once those that agree with it and may be copies share one vote among them."""
    sure = found.by_attribute[pairs.column] * pairs.agree
    votes = len(table.vote_value)
    repeated = tally(pairs.first, sure * table.vote_weight[pairs.second], votes)
    repeated += tally(pairs.second, sure * table.vote_weight[pairs.first], votes)
    return table.vote_weight / (1.0 + repeated)
