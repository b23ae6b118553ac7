"""Reports that repeat the text of earlier ones: a casebook comes in, the steps back go out.

Candidates are reports that share marks; what they share is then counted exactly, and every step shows the passages.
The steps of a report depend on it and on the first reports that hold one of its marks, on nothing else of the case.
"""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from functools import partial
from math import ceil
from typing import NamedTuple

import numpy as np

from tallystick.model.lineage import Mechanism, Shared
from tallystick.tracing.copies.candidates import Index
from tallystick.tracing.copies.figures import (
    Copying,
    common_figures,
    in_paragraphs,
    in_runs,
    is_same_count,
    reworded,
    within,
)
from tallystick.tracing.copies.pairing import MIN_NEAR_WORDS, MIN_WORDS, PLAIN_WORDS, Match, longest, overlap
from tallystick.tracing.copies.texts import Text, read
from tallystick.tracing.copies.verifying import Run
from tallystick.tracing.copies.words import Flags
from tallystick.tracing.hands import ALONE, Hands
from tallystick.tracing.likeness import is_small
from tallystick.tracing.links import IDENTICAL, NEAR, REWORDED, Link, report_link
from tallystick.tracing.tellings import Casebook, Report

__all__ = ["copies"]

# A report of which this share stands in an earlier one is a copy of it; what shares less has taken over a passage.
WHOLE_SHARE = 0.6
# News is copied within days. The same text a month and more after is no new report of what it tells (recycling).
STALE_DAYS = 30
# Of the figures of two reports with the same quotations, from the one that has fewer, as many must be the same.
SAME_FIGURES = 0.5
# Small figures ("two men") that may be the same by chance in two reports of one event.
MOST_CHANCES = 2
# Passages that an edge carries, the longest ones: a long report with a word changed in each line has many.
MOST_SHARED = 100
# Reports whose words are kept at hand, 12 kB each. A copy mostly follows its source closely, but formulas are held by
# the first reports that have them: of a block of 2,000, 512 at hand had to read nearly every report twice.
AT_HAND = 2048
# Reports that are read together.
BATCH = 64


def copies(casebook: Casebook, hands: Hands = ALONE) -> Iterator[Link]:
    """Yield the steps back that the same text shows, of claims and of whole reports.

    Args:
        casebook: The case.
        hands: Who looks for them; each takes as many reports.
    """
    yield from within(casebook)
    size = max(1, ceil(len(casebook.reports) / hands.count))
    firsts = range(0, len(casebook.reports), size)
    for found in hands.each([partial(_of_reports, casebook, first, first + size) for first in firsts]):
        yield from found


def _of_reports(casebook: Casebook, first: int, last: int) -> list[Link]:
    """The steps back of the reports from one turn to before another; of those before them only the marks are read."""
    links: list[Link] = []
    index = Index()
    shelf = _Shelf(casebook.reports)
    for report, text in shelf.in_order(last):
        marks = text.prints.marks
        if report.rank >= first:
            found = [_copying(casebook, shelf, report, text, turn) for turn, _ in index.candidates(marks)]
            links.extend(_steps(casebook, [copying for copying in found if copying.overlap.runs]))
        index.add(report.rank, marks)
    return links


class _Shelf:
    """The words of reports, those used last at hand."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self._reports = reports
        self._texts: OrderedDict[int, Text] = OrderedDict()

    def in_order(self, last: int) -> Iterator[tuple[Report, Text]]:
        """Yield every report before the turn `last` with its words."""
        reports = self._reports[:last]
        for first in range(0, len(reports), BATCH):
            batch = reports[first : first + BATCH]
            for report, text in zip(batch, read([report.document for report in batch]), strict=True):
                yield report, text
                self._put(report.rank, text)

    def text(self, rank: int) -> Text:
        """Give the words of the report with this turn."""
        text = self._texts.get(rank)
        if text is None:
            (text,) = read([self._reports[rank].document])
        self._put(rank, text)
        return text

    def _put(self, rank: int, text: Text) -> None:
        self._texts[rank] = text
        self._texts.move_to_end(rank)
        if len(self._texts) > AT_HAND:
            self._texts.popitem(last=False)


def _copying(casebook: Casebook, shelf: _Shelf, report: Report, text: Text, turn: int) -> Copying:
    earlier = shelf.text(turn)
    return Copying(report, casebook.reports[turn], (text, earlier), overlap(text, earlier))


def _steps(casebook: Casebook, found: Sequence[Copying]) -> Iterator[Link]:
    """The steps back of one report and its figures."""
    linked: set[int] = set()
    for copying, matches in _best(found):
        for step in in_paragraphs(casebook, copying, matches):
            linked.add(step.later)
            yield step
    taken: list[Copying] = []
    for copying, fresh in _chosen(found):
        link = _report_step(copying, fresh)
        yield from in_runs(casebook, copying, linked)
        if link is not None:
            taken.append(copying)
            yield link
    if not any(_is_whole(copying) for copying in taken):
        yield from _rewording(casebook, [copying for copying in found if copying not in taken], linked)


def _best(found: Sequence[Copying]) -> Iterator[tuple[Copying, list[Match]]]:
    """For each paragraph the likest one of all earlier reports, of those as like one the earliest."""
    order = sorted(range(len(found)), key=lambda turn: (not _is_credited(found[turn]), found[turn].earlier.rank))
    best: dict[int, tuple[float, int, Match]] = {}
    for turn in order:
        for match in found[turn].overlap.matches:
            share = 1.0 if match.same else min(match.share, 0.999)
            if share > best.get(match.later.first, (0.0, 0, match))[0]:
                best[match.later.first] = share, turn, match
    for turn in order:
        matches = [match for _, by, match in best.values() if by == turn]
        if matches:
            yield found[turn], matches


def _chosen(found: Sequence[Copying]) -> Iterator[tuple[Copying, Flags]]:
    """The earlier reports that explain the text of a report, the one that explains most first, with what is new in it.

    The report that the credit line names comes before all others that hold as good as the whole text.
    """
    left = list(found)
    done = np.zeros(len(found[0].overlap.inside) if found else 0, dtype=np.bool_)
    while left:
        fresh = ~done
        gains = [np.count_nonzero(copying.overlap.inside & fresh) for copying in left]
        turn = max(
            range(len(left)),
            key=lambda at: (_is_credited(left[at]) and _is_whole(left[at]), gains[at], -left[at].earlier.rank),
        )
        if gains[turn] < MIN_WORDS:
            return
        copying = left.pop(turn)
        yield copying, copying.overlap.inside & ~done
        done |= copying.overlap.inside


def _is_credited(copying: Copying) -> bool:
    return copying.later.credit is not None and copying.later.credit == copying.earlier.outlet


def _is_same(copying: Copying) -> bool:
    """Whether a whole report stands in an earlier one word for word."""
    return copying.overlap.share == 1.0 and not any(match.aside for match in copying.overlap.matches)


def _is_whole(copying: Copying) -> bool:
    words = len(copying.overlap.inside)
    return words >= (MIN_WORDS if _is_same(copying) else MIN_NEAR_WORDS) and copying.overlap.share >= WHOLE_SHARE


def _report_step(copying: Copying, fresh: Flags) -> Link | None:
    """The step of a report that is a copy as a whole or has taken over a passage; `fresh` are words not found yet."""
    later, earlier = copying.later, copying.earlier
    words = np.count_nonzero(copying.overlap.inside)
    share = words / len(copying.overlap.inside)
    if _is_whole(copying) and np.count_nonzero(fresh) >= WHOLE_SHARE * len(fresh):
        shared = _longest_passages(copying)
        same = _is_same(copying)
        mechanism = Mechanism.IDENTICAL_TEXT if same else Mechanism.NEAR_IDENTICAL_TEXT
        reason = f"{share:.0%} of the text of {later.name} stands in {earlier.name} already"
        days = later.day - earlier.day if later.day is not None and earlier.day is not None else 0
        if days >= STALE_DAYS:
            mechanism = Mechanism.REPUBLISHED_TEXT
            reason += f", published {days} days before ({earlier.document.published}): an old text under a new date"
        return report_link(later, earlier, mechanism, reason + ".", IDENTICAL if same else NEAR, shared=shared)
    if _is_taken_over(copying, fresh):
        count = len(copying.overlap.runs)
        shared = _longest_passages(copying)
        reason = (
            f"{words} words of {later.name} ({share:.0%} of its text), in {count} "
            f"{'passage' if count == 1 else 'passages'}, stand in {earlier.name} already."
        )
        return report_link(later, earlier, Mechanism.PARTIAL_TEXT, reason, NEAR, shared=shared)
    return None


def _is_taken_over(copying: Copying, fresh: Flags) -> bool:
    """Whether part of a report comes from another outlet.

    An outlet's own formulas recur in all its reports, and what somebody said is the same wherever it is quoted.
    """
    if copying.later.outlet is not None and copying.later.outlet == copying.earlier.outlet:
        return False
    told = fresh & ~copying.texts[0].spoken
    spans = [(run.later, run.later + run.length) for run in copying.overlap.runs]
    spans.extend((match.later.first, match.later.last) for match in copying.overlap.matches)
    return any(
        np.count_nonzero(fresh[first:last]) >= PLAIN_WORDS and np.count_nonzero(told[first:last]) >= MIN_WORDS
        for first, last in spans
    )


def _longest_passages(copying: Copying) -> tuple[Shared, ...]:
    """The passages that an edge between two reports carries."""
    runs = copying.overlap.runs
    if len(runs) > MOST_SHARED:
        runs = tuple(sorted(sorted(runs, key=lambda run: (-run.length, run.later))[:MOST_SHARED]))
    return copying.shared(runs)


class _Rewording(NamedTuple):
    """An earlier report whose quotations and figures a report gives in other words."""

    copying: Copying
    quoted: list[Run]
    words: int
    figures: int


def _rewording(casebook: Casebook, found: Sequence[Copying], linked: set[int]) -> Iterator[Link]:
    """The step of a report with the quotations and figures of an earlier one in other words."""
    candidates = [candidate for copying in found if (candidate := _reworded(casebook, copying)) is not None]
    if not candidates:
        return
    best = max(candidates, key=lambda one: (one.words, one.figures, -one.copying.earlier.rank))
    later, earlier = best.copying.later, best.copying.earlier
    reason = (
        f"{later.name} has {best.words} words of direct speech and {best.figures} "
        f"{'figure' if best.figures == 1 else 'figures'} of {earlier.name} in other words."
    )
    shared = best.copying.shared(best.quoted)
    yield report_link(later, earlier, Mechanism.REWORDED_TEXT, reason, REWORDED, shared=shared)
    yield from reworded(casebook, best.copying, shared, linked)


def _reworded(casebook: Casebook, copying: Copying) -> _Rewording | None:
    """The quotations and figures that two reports share, if they are enough."""
    later, earlier = copying.texts
    quoted = []
    words = 0
    for run in copying.overlap.runs:
        if run.length < MIN_WORDS:
            continue
        spoken = (
            later.spoken[run.later : run.later + run.length] & earlier.spoken[run.earlier : run.earlier + run.length]
        )
        length = longest(spoken) if np.count_nonzero(spoken) >= MIN_WORDS else 0
        if length >= MIN_WORDS:
            quoted.append(run)
            words += length
    if not quoted:
        return None
    pairs = common_figures(casebook, copying)
    fewer = min(len(casebook.by_report[report.rank]) for report in (copying.later, copying.earlier))
    counts = [telling for telling, twin in pairs if is_same_count(telling, twin)]
    by_chance = len(counts) <= MOST_CHANCES and all(is_small(telling.claim) for telling in counts)
    if by_chance or len(pairs) < SAME_FIGURES * fewer:
        return None
    return _Rewording(copying, quoted, words, len(pairs))
