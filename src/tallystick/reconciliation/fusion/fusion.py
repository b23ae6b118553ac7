"""Fuse contradicting observations: what sources say comes in, one value a question and a record of each source go out.

Nobody tells which values are right. A first vote gives every value its share of belief; the shares tell how accurate
each source is and who shares wrong values with whom; both weigh the next vote; and so on a fixed number of times.
Accuracy is first taken over all attributes alike: within one attribute a majority that repeats one mistake looks like
one that is right, and how its sources do elsewhere tells them apart. Later rounds judge each attribute by itself.
"""

from collections.abc import Iterable

import numpy as np

from tallystick.model.observation import Copying, Fusion, Observation, Record, Resolved, SourceAccuracy
from tallystick.model.progress import Progress, Silent
from tallystick.reconciliation.fusion.accuracy import Accuracy, Grades, accuracies, evidence
from tallystick.reconciliation.fusion.agreement import Agreement, agreement
from tallystick.reconciliation.fusion.copying import Pairs, copies, independence, pairs
from tallystick.reconciliation.fusion.table import Floats, Ints, Table, tabulate, tally

__all__ = ["fuse"]

# Rounds that take a source for the same on every attribute, then rounds that judge it on each.
TOGETHER, APART = 5, 4
# Wrong values there are to choose from: more are possible, but they crowd around a few likely ones. From 10 to 100
# flight times stay within 0.2 points.
CHOICES = 20.0
# How much each question that two sources answer speaks for their independence: while the vote is crude, since two
# accurate sources share the few values for which it is wrong (from 0.05 to 0.12 flight times stay within 0.1 points);
# and for naming who copies, since of what two accurate sources share some is right after all.
CRUDE, NAMING = 0.08, 0.02
# What a first vote for a value within the tolerance counts beside one for the value itself.
BESIDE = 0.9
# Scores closer than this are equal: sums of the same votes in another order differ by less.
EQUAL = 1e-6
# Whoever is named as copied is so with at least this probability.
TOLD = 0.2


def fuse(observations: Iterable[Observation], *, progress: Progress | None = None) -> Fusion:
    """Give the value that the sources together carry for every question, and how far each source is to be trusted.

    Where nothing tells the sources apart, the value that most of them support wins, one within its tolerance being
    support; of several with the same support the one nearest to the middle of its supporters, then the least. The order
    of the observations does not matter.

    Args:
        observations: What the sources say, gone through once.
        progress: Told of every round.

    Raises:
        ValueError: Where a value with a tolerance is no number.
    """
    listener = progress or Silent()
    table = tabulate(observations)
    if not len(table.vote_value):
        return Fusion((), ())
    near = agreement(table)
    couples = pairs(table, near)
    rounds = TOGETHER + APART
    counts, own, beside = table.vote_weight, np.ones(1), np.full(1, BESIDE)
    for done in range(rounds + 1):
        scores = _scores(table, near, counts * own, counts * beside)
        belief = _shares(table, scores) if done else _votes(table)
        grades = _grades(table, near, belief)
        accurate = accuracies(table, grades)
        listener.reach(done + 1, rounds + 1)
        if done < rounds:
            shares = accurate.by_attribute if done >= TOGETHER else accurate.elsewhere
            own, beside = evidence(table, shares, CHOICES)
            innocent = CRUDE if done < TOGETHER else 0.0
            repeated = copies(couples, couples.agree, grades.wrong, CHOICES, innocent)
            counts = independence(table, couples, repeated)
    best = _best(table, near, scores)
    named = copies(couples, couples.same, grades.wrong, CHOICES, NAMING)
    return Fusion(_resolved(table, near, belief, best), _sources(table, accurate, couples, named))


def _scores(table: Table, near: Agreement, own: Floats, beside: Floats) -> Floats:
    """What the votes for each value, and for those within its tolerance, add up to."""
    values = len(table.value_question)
    mine = tally(table.vote_value, own, values)
    around = tally(table.vote_value, beside, values)
    return mine + near.total(around) - around


def _votes(table: Table) -> Floats:
    """The share of each value among the votes on its question."""
    votes = tally(table.vote_value, table.vote_weight, len(table.value_question))
    return votes / np.add.reduceat(votes, table.question_start)[table.value_question]


def _shares(table: Table, scores: Floats) -> Floats:
    """The probability of each value: its score as log-odds beside those of its question and of all that nobody says."""
    highest = np.maximum.reduceat(scores, table.question_start)
    odds = np.exp(scores - highest[table.value_question])
    unsaid = CHOICES * np.exp(-highest)
    return odds / (np.add.reduceat(odds, table.question_start) + unsaid)[table.value_question]


def _grades(table: Table, near: Agreement, belief: Floats) -> Grades:
    """How likely each vote is exact, near and wrong, when each value is true with the probability `belief`."""
    exact = belief[table.vote_value]
    right = np.clip(near.total(belief), 0.0, 1.0)[table.vote_value]
    return Grades(exact, np.maximum(right - exact, 0.0), 1.0 - right)


def _best(table: Table, near: Agreement, scores: Floats) -> Ints:
    """The value of each question with the highest score; of equal ones the nearest to the middle, then the least."""
    votes = tally(table.vote_value, table.vote_weight, len(scores))
    middle = near.total(votes * table.value_number) / np.maximum(near.total(votes), 1e-9)
    # On a circle the middle of a run that wraps is on the wrong side: there the least stands for it.
    wraps = near.wrapped_high > near.wrapped_low
    away = np.where(wraps, 0.0, np.abs(table.value_number - middle))
    highest = np.maximum.reduceat(scores, table.question_start)
    lower = highest[table.value_question] - scores > EQUAL * np.maximum(1.0, np.abs(scores))
    order = np.lexsort((np.arange(len(scores)), np.round(away, 6), lower, table.value_question))
    return order[table.question_start]


def _resolved(table: Table, near: Agreement, belief: Floats, best: Ints) -> tuple[Resolved, ...]:
    votes = tally(table.vote_value, np.ones(len(table.vote_value)), len(table.value_question))
    support = np.rint(near.total(votes))[best].astype(np.int64).tolist()
    asked = np.add.reduceat(votes, table.question_start).astype(np.int64).tolist()
    sure = np.clip(near.total(belief), 0.0, 1.0)[best].tolist()
    return tuple(
        Resolved(subject, attribute, table.texts[value], sure[at], support[at], asked[at])
        for at, ((subject, attribute), value) in enumerate(zip(table.questions, best.tolist(), strict=True))
    )


def _sources(table: Table, accurate: Accuracy, couples: Pairs, found: Floats) -> tuple[SourceAccuracy, ...]:
    votes = np.bincount(table.vote_source, minlength=len(table.sources))
    records: list[list[Record]] = [[] for _ in table.sources]
    for source, attribute, count, wrong in zip(
        table.record_source.tolist(), table.record_attribute.tolist(),
        np.bincount(table.vote_record).tolist(), accurate.by_attribute[2].tolist(), strict=True,
    ):  # fmt: skip
        records[source].append(Record(table.attributes[attribute], count, 1.0 - wrong))
    copied = _copied(votes, couples, found)
    return tuple(
        SourceAccuracy(
            name, int(votes[at]), float(1.0 - accurate.overall[2, at]), tuple(records[at]),
            tuple(Copying(table.sources[other], sure) for other, sure in copied.get(at, ())),
        )
        for at, name in enumerate(table.sources)
    )  # fmt: skip


def _copied(votes: Ints, couples: Pairs, found: Floats) -> dict[int, list[tuple[int, float]]]:
    """For each source whom it copies: of two that share what is wrong, the one with less beside it is the later."""
    if not len(couples.one):
        return {}
    # The attribute that shows it most: a copy may take one column and not another.
    first = np.flatnonzero(np.diff(couples.column_couple, prepend=-1))
    surest = np.maximum.reduceat(found, first)
    common = tally(couples.column_couple, couples.common, len(couples.one))
    mine, its = common / votes[couples.one], common / votes[couples.other]
    listed: dict[int, list[tuple[int, float]]] = {}
    for who, whom, share in (
        (couples.one, couples.other, mine / (mine + its)),
        (couples.other, couples.one, its / (mine + its)),
    ):
        sure = surest * share
        told = sure >= TOLD
        for one, other, probability in zip(who[told].tolist(), whom[told].tolist(), sure[told].tolist(), strict=True):
            listed.setdefault(one, []).append((other, probability))
    return {who: sorted(whom, key=lambda pair: (-pair[1], pair[0])) for who, whom in listed.items()}
