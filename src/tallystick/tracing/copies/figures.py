"""Figures of copied text: two reports and what they share come in, the step back of each figure goes out."""

from bisect import bisect_left, bisect_right
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from re import compile as pattern
from typing import NamedTuple

import numpy as np

from tallystick.model.document import Passage
from tallystick.model.lineage import Mechanism, Shared
from tallystick.tracing.copies.pairing import MIN_WORDS, PLAIN_WORDS, Match, Overlap
from tallystick.tracing.copies.texts import Text
from tallystick.tracing.copies.verifying import Run, passages
from tallystick.tracing.likeness import counted_alike, is_small, same_status
from tallystick.tracing.links import CERTAIN, IDENTICAL, NEAR, REWORDED, Link, claim_link
from tallystick.tracing.tellings import Casebook, Report, Telling

__all__ = ["Copying", "common_figures", "in_paragraphs", "in_runs", "is_same_count", "reworded", "within"]

# What may stand between groups of three digits.
SEPARATOR = pattern(r"[,. \u00a0\u202f]")


class Copying(NamedTuple):
    """A report and an earlier one with which it shares text.

    Attributes:
        later: The report.
        earlier: The one that it shares text with.
        texts: What is compared of both.
        overlap: What they share.
    """

    later: Report
    earlier: Report
    texts: tuple[Text, Text]
    overlap: Overlap

    def shared(self, runs: Sequence[Run]) -> tuple[Shared, ...]:
        """Give the passages of some common runs."""
        later, earlier = self.texts
        return passages(later.prints, earlier.prints, runs, (later.document.text, earlier.document.text))


def in_paragraphs(casebook: Casebook, copying: Copying, matches: Iterable[Match]) -> Iterator[Link]:
    """Yield the step back of each figure in copied paragraphs to the same figure of the original.

    A figure that has lost its thousands separator goes back to the one that it was cut from.
    """
    for match in matches:
        later = inside(casebook.by_report[copying.later.rank], match.later.passage)
        earlier = inside(casebook.by_report[copying.earlier.rank], match.earlier.passage)
        if not later or not earlier:
            continue
        who, whom = copying.later.name, copying.earlier.name
        aside = ", numbers aside" if match.aside else ""
        how = "word for word" if match.same else f"with {match.share:.0%} of its five-word runs{aside}"
        mechanism = Mechanism.IDENTICAL_TEXT if match.same else Mechanism.NEAR_IDENTICAL_TEXT
        shared = copying.shared(_clipped(copying.overlap.runs, match))
        pairs = list(_paired(later, earlier))
        for telling, twin in pairs:
            reason = f"{who} repeats the paragraph of {whom} {how}, with its {twin.claim.figure}."
            yield claim_link(telling, twin, mechanism, reason, IDENTICAL if match.same else NEAR, shared=shared)
        taken = {telling.order for pair in pairs for telling in pair}
        spoiled = [telling for telling in earlier if telling.order not in taken]
        for telling in later:
            cut = next((other for other in spoiled if _lost_separator(telling, other)), None)
            if telling.order not in taken and cut is not None:
                spoiled.remove(cut)
                reason = (
                    f"{who} repeats the paragraph of {whom} {how}, but has {telling.claim.figure} where that has "
                    f"{cut.claim.figure}: a thousands separator was lost."
                )
                yield claim_link(telling, cut, mechanism, reason, NEAR, shared=shared)


def in_runs(casebook: Casebook, copying: Copying, linked: set[int]) -> Iterator[Link]:
    """Yield the step back of each figure that stands at the same place of a long common run.

    Args:
        casebook: The case.
        copying: The two reports.
        linked: Turns of claims that have a step back; those found are added.
    """
    later, earlier = copying.texts
    olds, tellings = casebook.by_report[copying.earlier.rank], casebook.by_report[copying.later.rank]
    at_word = dict(zip(_words(earlier, olds), olds, strict=True))
    for word, telling in zip(_words(later, tellings), tellings, strict=True):
        if telling.order in linked:
            continue
        run = _run(copying.overlap.runs, word)
        if run is None:
            continue
        spoken = bool(later.spoken[word]) and bool(earlier.spoken[run.earlier + word - run.later])
        twin = at_word.get(run.earlier + word - run.later)
        if twin is None or _number(twin) != _number(telling) or run.length < (MIN_WORDS if spoken else PLAIN_WORDS):
            continue
        linked.add(telling.order)
        what = "quotes the same" if spoken else "has taken over"
        reason = f"{copying.later.name} {what} {run.length} words of {copying.earlier.name}, with {twin.claim.figure}."
        mechanism = Mechanism.QUOTATION if spoken else Mechanism.PARTIAL_TEXT
        yield claim_link(telling, twin, mechanism, reason, NEAR, shared=copying.shared([run]))


def reworded(casebook: Casebook, copying: Copying, shared: tuple[Shared, ...], linked: set[int]) -> Iterator[Link]:
    """Yield the step back of each figure that two reports with the same quotations have in common.

    Small figures ("two men") are equal by chance, the quotations say nothing about them.
    """
    for telling, twin in common_figures(casebook, copying):
        told = is_same_count(telling, twin) and _one_voice(telling, twin)
        if told and telling.order not in linked and not is_small(telling.claim):
            linked.add(telling.order)
            reason = (
                f"{copying.later.name} has the quotations of {copying.earlier.name} and its {twin.claim.figure} in "
                "other words."
            )
            yield claim_link(telling, twin, Mechanism.REWORDED_TEXT, reason, REWORDED, shared=shared)


def common_figures(casebook: Casebook, copying: Copying) -> list[tuple[Telling, Telling]]:
    """Give the figures of two reports that are the same number of the same unit."""
    by_report = casebook.by_report
    return list(_paired(by_report[copying.later.rank], by_report[copying.earlier.rank]))


def is_same_count(one: Telling, other: Telling) -> bool:
    """Tell whether two equal figures count the same kind of thing and are both a fact or both none."""
    first, second = one.claim, other.claim
    alike = first.category == second.category and counted_alike(first.counted, second.counted)
    return alike and same_status(first, second)


def within(casebook: Casebook) -> Iterator[Link]:
    """Yield the steps back from figures of a paragraph that its own report has printed before."""
    for report in casebook.reports:
        starts = {passage.start: passage for passage in report.document.passages}
        for passage in report.document.passages:
            first = starts.get(-1 if passage.repeats is None else passage.repeats)
            if first is None:
                continue
            tellings = casebook.by_report[report.rank]
            for later, earlier in _paired(inside(tellings, passage), inside(tellings, first)):
                reason = f"{report.name} prints the same paragraph twice, both times with {later.claim.figure}."
                yield claim_link(later, earlier, Mechanism.REPEATED_PASSAGE, reason, CERTAIN)


def inside(tellings: list[Telling], passage: Passage) -> list[Telling]:
    """Give the tellings of a report that stand in one of its passages."""
    first = bisect_left(tellings, passage.start, key=_start)
    return tellings[first : bisect_left(tellings, passage.end, lo=first, key=_start)]


def _start(telling: Telling) -> int:
    return telling.claim.start


def _words(text: Text, tellings: Sequence[Telling]) -> list[int]:
    """The turns of the words in which figures start; -1 for one that is left out."""
    starts, ends = text.prints.starts, text.prints.ends
    bounds = np.array([(telling.claim.start, telling.claim.end) for telling in tellings], np.int64).reshape(-1, 2)
    found = ends.searchsorted(bounds[:, 0], side="right")
    if not len(starts):
        return [-1] * len(tellings)
    held = (found < len(starts)) & (starts[np.minimum(found, len(starts) - 1)] < bounds[:, 1])
    words: list[int] = np.where(held, found, -1).tolist()
    return words


def _run(runs: Sequence[Run], word: int) -> Run | None:
    """The run that holds a word of the later text."""
    turn = bisect_right(runs, word, key=_first) - 1
    return runs[turn] if turn >= 0 and word < runs[turn].later + runs[turn].length else None


def _first(run: Run) -> int:
    return run.later


def _clipped(runs: Sequence[Run], match: Match) -> list[Run]:
    """The parts of the runs that lie in both paragraphs."""
    found = []
    for run in runs:
        first = max(run.later, match.later.first, run.later + match.earlier.first - run.earlier)
        last = min(run.later + run.length, match.later.last, run.later + match.earlier.last - run.earlier)
        if first < last:
            found.append(Run(first, run.earlier + first - run.later, last - first))
    return found


def _paired(later: list[Telling], earlier: list[Telling]) -> Iterator[tuple[Telling, Telling]]:
    """Figures of two like passages that belong together: the same number, in the same turn."""
    left: defaultdict[tuple[object, ...], deque[Telling]] = defaultdict(deque)
    for telling in earlier:
        left[_number(telling)].append(telling)
    for telling in later:
        twins = left[_number(telling)]
        if twins:
            yield telling, twins.popleft()


def _number(telling: Telling) -> tuple[object, ...]:
    return telling.claim.low, telling.claim.high, telling.claim.unit


def _one_voice(one: Telling, other: Telling) -> bool:
    """Whether two figures may be one speaker's."""
    return one.voice is None or other.voice is None or one.voice.key == other.voice.key


def _lost_separator(one: Telling, other: Telling) -> bool:
    """Whether one figure is what stands before the first separator of the other ("13" and "13,221")."""
    groups, others = SEPARATOR.split(one.claim.figure), SEPARATOR.split(other.claim.figure)
    return len(groups) != len(others) and min(len(groups), len(others)) == 1 and groups[0] == others[0]
