"""Turn observations into arrays: records in any order come in, sorted votes on values of questions go out.

A question is one attribute of one subject, a value what may be its answer, a vote one source that says one value. All
are numbered in the order of their names, so that any order of the observations gives the same arrays.
"""

import math
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from tallystick.model.observation import Observation, Tolerance

__all__ = ["Floats", "Ints", "Table", "number", "tabulate", "tally"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Name = TypeVar("Name", str, tuple[str, str], tuple[int, str])


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Votes in order of question, value and source.

    Attributes:
        sources: Name of each source.
        attributes: Name of each attribute.
        questions: Subject and attribute of each question.
        texts: Each value as written; the shortest form where it was written in several.
        question_attribute: Number of the attribute of each question.
        question_start: First value of each question.
        value_question: Question of each value.
        value_number: What it is as a number, on its circle where it has one; 0 for a text.
        value_within: How far from it another value agrees; -1 for a text, which agrees with itself alone.
        value_period: Length of its circle; 0 where it has none.
        record_source: Source of each record; a record is a source with the attributes that it tells, one each.
        record_attribute: Attribute of each record.
        vote_value: Value of each vote.
        vote_source: Source of each vote.
        vote_record: Record of each vote.
        vote_weight: 1, or a share of it where a source tells several values of one question.
    """

    sources: tuple[str, ...]
    attributes: tuple[str, ...]
    questions: tuple[tuple[str, str], ...]
    texts: tuple[str, ...]
    question_attribute: Ints
    question_start: Ints
    value_question: Ints
    value_number: Floats
    value_within: Floats
    value_period: Floats
    record_source: Ints
    record_attribute: Ints
    vote_value: Ints
    vote_source: Ints
    vote_record: Ints
    vote_weight: Floats


def number(text: str) -> float | None:
    """Give the number that `text` is as a program writes it ("7.5", "-3", "1e6"), or None."""
    try:
        read = float(text)
    except ValueError:
        return None
    return read if math.isfinite(read) and "_" not in text else None


def tally(codes: npt.NDArray[np.signedinteger], weights: Floats, length: int) -> Floats:
    """Give for each code below `length` the sum of the `weights` that stand with it, added in their order."""
    return np.bincount(codes, weights, length).astype(np.float64, copy=False)


class _Codes:
    """The observations as they come, one number for each name."""

    def __init__(self) -> None:
        self.sources: dict[str, int] = {}
        self.questions: dict[tuple[str, str], int] = {}
        self.texts: dict[str, int] = {}
        self.tolerances: dict[Tolerance | None, int] = {}
        self.columns = (array("i"), array("i"), array("i"), array("i"))

    def take(self, observations: Iterable[Observation]) -> None:
        """Number every observation."""
        sources, questions, texts, tolerances = self.sources, self.questions, self.texts, self.tolerances
        add_source, add_question, add_text, add_tolerance = (column.append for column in self.columns)
        last: Tolerance | None = None
        code = tolerances.setdefault(None, 0)
        for source, subject, attribute, value, tolerance in observations:
            add_source(sources.setdefault(source, len(sources)))
            add_question(questions.setdefault((subject, attribute), len(questions)))
            add_text(texts.setdefault(value, len(texts)))
            if tolerance is not last:
                last, code = tolerance, tolerances.setdefault(tolerance, len(tolerances))
            add_tolerance(code)


def tabulate(observations: Iterable[Observation]) -> Table:
    """Give the table of `observations`; one that is told twice counts once.

    Raises:
        ValueError: Where a value with a tolerance is no number.
    """
    codes = _Codes()
    codes.take(observations)
    sources, source = _ordered(codes.sources, codes.columns[0])
    questions, question = _ordered(codes.questions, codes.columns[1])
    # Of several writings of one number the shortest stands for it.
    by_length = {(len(text), text): code for text, code in codes.texts.items()}
    written, text = _ordered(by_length, codes.columns[2])
    texts = tuple(text for _, text in written)
    numeric, numbers, within, period = _meanings(codes.tolerances, codes.columns[3], texts, text)
    key = np.where(numeric, np.mod(numbers, period, out=numbers.copy(), where=period > 0), text)
    order = np.lexsort((within, period, source, text, key, ~numeric, question))
    source, text, key, question, numeric = source[order], text[order], key[order], question[order], numeric[order]
    within, period = within[order], period[order]
    opens = _changes(question, key, numeric)
    first = np.flatnonzero(opens)
    value = np.cumsum(opens) - 1
    again = ~_changes(value, source)
    value, source, of = value[~again], source[~again], question[~again]
    attributes = tuple(sorted({name for _, name in questions}))
    rank = {name: at for at, name in enumerate(attributes)}
    question_attribute = np.array([rank[name] for _, name in questions], dtype=np.int64)
    among = max(1, len(attributes))
    known, record = np.unique(source * among + question_attribute[of], return_inverse=True)
    return Table(
        sources=sources,
        attributes=attributes,
        questions=questions,
        texts=tuple(texts[at] for at in text[first]),
        question_attribute=question_attribute,
        question_start=np.flatnonzero(_changes(question[first])),
        value_question=question[first],
        value_number=np.where(numeric[first], key[first], 0.0),
        value_within=np.minimum.reduceat(within, first) if len(first) else within,
        value_period=period[first],
        record_source=known // among,
        record_attribute=known % among,
        vote_value=value,
        vote_source=source,
        vote_record=record,
        vote_weight=_shares(of, source),
    )


def _ordered(codes: dict[Name, int], column: "array[int]") -> tuple[tuple[Name, ...], Ints]:
    """The names in order, and the column numbered by it."""
    names = tuple(sorted(codes))
    rank = np.empty(len(names), dtype=np.int64)
    rank[[codes[name] for name in names]] = np.arange(len(names))
    return names, rank[np.frombuffer(column, dtype=np.intc)] if len(column) else np.zeros(0, dtype=np.int64)


def _meanings(
    tolerances: dict[Tolerance | None, int], column: "array[int]", texts: tuple[str, ...], text: Ints
) -> tuple[npt.NDArray[np.bool_], Floats, Floats, Floats]:
    """For each vote whether it is a number, which, how far from it others agree, and the length of its circle."""
    kinds = list(tolerances)
    kind = np.frombuffer(column, dtype=np.intc) if len(column) else np.zeros(0, dtype=np.intc)
    numeric = np.array([tolerance is not None for tolerance in kinds], dtype=np.bool_)[kind]
    numbers = np.zeros(len(texts))
    for at in np.unique(text[numeric]).tolist():
        read = number(texts[at])
        if read is None:
            raise ValueError(f"{texts[at]!r} has a tolerance and is no number")
        numbers[at] = read
    exact = [tolerance or Tolerance(0.0) for tolerance in kinds]
    amount = np.array([tolerance.amount for tolerance in exact])[kind]
    relative = np.array([tolerance.relative for tolerance in exact], dtype=np.bool_)[kind]
    period = np.array([tolerance.period for tolerance in exact])[kind]
    mine = numbers[text]
    within = np.where(numeric, np.where(relative, amount * np.abs(mine), amount), -1.0)
    return numeric, mine, within, period


def _changes(*columns: npt.NDArray[np.generic]) -> npt.NDArray[np.bool_]:
    """Where sorted rows differ from the row before; the first does."""
    opens = np.ones(len(columns[0]), dtype=np.bool_)
    if len(opens) > 1:
        opens[1:] = np.logical_or.reduce([column[1:] != column[:-1] for column in columns])
    return opens


def _shares(question: Ints, source: Ints) -> Floats:
    """What each vote counts: a source has one to give on a question, however many values it tells."""
    pair = question * (int(source.max(initial=0)) + 1) + source
    _, at, votes = np.unique(pair, return_inverse=True, return_counts=True)
    shares: Floats = 1.0 / votes[at]
    return shares
