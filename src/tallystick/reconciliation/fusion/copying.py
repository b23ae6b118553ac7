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

__all__ = ["Pairs", "copies", "independence", "pairs"]

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


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Two votes on one question by two sources, for every two such votes.

    Attributes:
        first: Number of the one vote.
        second: Number of the other.
        column: Its column: an attribute that two sources tell.
        agree: Whether their values agree.
        same: Whether they are the same.
        weight: What they count: the product of what each does.
        column_couple: For each column, its two sources.
        common: For each column, how many questions both answer.
        one: For each two sources, the one.
        other: For each two sources, the other.
    """

    first: Codes
    second: Codes
    column: Codes
    agree: npt.NDArray[np.bool_]
    same: npt.NDArray[np.bool_]
    weight: Floats
    column_couple: Ints
    common: Floats
    one: Ints
    other: Ints


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
        first, second, column.astype(np.int32), agree, one == other, weight, columns // len(table.attributes),
        tally(column, weight, len(columns)), known // among, known % among,
    )  # fmt: skip


def copies(pairs: Pairs, shared: npt.NDArray[np.bool_], wrong: Floats, choices: float, innocent: float) -> Floats:
    """Give for each column how surely a wrong value of the one source stands with the other as they are dependent.

    Args:
        pairs: The pairs of votes.
        shared: Which of them share a value, be it wrong: those that agree, or those that are the same.
        wrong: Probability that each vote is wrong.
        choices: How many wrong values there are to choose from: the more, the less chance has two sources choose
            the same.
        innocent: How much each question that both answer speaks for independence, in wrong values that are not
            shared.
    """
    one, other = wrong[pairs.first], wrong[pairs.second]
    columns, couples = len(pairs.common), len(pairs.one)
    both = np.minimum(one, other) * pairs.weight
    either = np.where(shared, both, np.maximum(one, other) * pairs.weight)
    by_chance = tally(pairs.column, one * other * pairs.weight, columns) / choices
    together = np.maximum(tally(pairs.column, both * shared, columns) - by_chance, 0.0)
    told = tally(pairs.column, either, columns) + innocent * pairs.common
    scale = np.minimum(1.0, CAP / np.maximum(told, 1e-9))
    pooled = tally(pairs.column_couple, together * scale, couples) + FIRST_SHARED
    pooled /= tally(pairs.column_couple, told * scale, couples) + FIRST_WEIGHT
    by_attribute: Floats = (together + FIRST_WEIGHT * pooled[pairs.column_couple]) / (told + FIRST_WEIGHT)
    return by_attribute


def independence(table: Table, pairs: Pairs, found: Floats) -> Floats:
    """Give what each vote counts once those that agree with it and may be copies share one vote among them."""
    sure = found[pairs.column] * pairs.agree
    votes = len(table.vote_value)
    repeated = tally(pairs.first, sure * table.vote_weight[pairs.second], votes)
    repeated += tally(pairs.second, sure * table.vote_weight[pairs.first], votes)
    return table.vote_weight / (1.0 + repeated)
