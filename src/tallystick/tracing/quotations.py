"""The same words in direct speech: a casebook comes in, steps of the reports and of the figures in them go out.

Whoever quotes the same words goes back to the first report that has them, however old that is, and a figure that
stands in or beside them is one figure where the speaker may be the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tallystick.model.claim import Status
from tallystick.model.lineage import EdgeLevel, Mechanism, Shared
from tallystick.tracing.copies.figures import inside
from tallystick.tracing.likeness import Likeness, same_figure, same_status
from tallystick.tracing.links import BESIDE, QUOTED, QUOTES, Link, claim_link, report_link
from tallystick.tracing.naming import what
from tallystick.tracing.speech import ALIKE, SENTENCE, Quote, sampled, speech
from tallystick.tracing.tellings import Casebook, Report, Telling
from tallystick.tracing.voices import Kinship, VoiceKind, kinship

__all__ = ["quotations"]

# The first reports that hold a mark; what a hundred papers quote goes back to the first of them, and where that gives
# no figure with the words, to one that came soon after.
HOLDERS = 4
# Reports whose quotations are kept at hand; whoever quotes does so within days.
AT_HAND = 512
# Passages and words that an edge shows.
MOST_SHARED = 20
SHOWN = 8
# Figures of one paragraph that are compared; what has more is a table.
MOST_FIGURES = 60
NAMED = (VoiceKind.ACTOR, VoiceKind.NAME)


class _Run(NamedTuple):
    """Words that stand in a quotation of two reports, by the turn of their first word in each."""

    later: Quote
    first: int
    earlier: Quote
    start: int
    length: int

    @property
    def shared(self) -> Shared:
        """The passages."""
        spans = (self.later.spans[self.first : self.first + self.length],
                 self.earlier.spans[self.start : self.start + self.length])  # fmt: skip
        return Shared(spans[0][0][0], spans[0][-1][1], spans[1][0][0], spans[1][-1][1])

    def turns(self, later: Telling, earlier: Telling) -> tuple[int, int]:
        """The turns of the words in which two figures start, counted from the start of the run; -1 outside of it."""
        return (
            _turn(self.later, self.first, self.length, later.claim.start),
            _turn(self.earlier, self.start, self.length, earlier.claim.start),
        )


def _turn(quote: Quote, first: int, length: int, start: int) -> int:
    for turn in range(length):
        if quote.spans[first + turn][0] <= start < quote.spans[first + turn][1]:
            return turn
    return -1


class _Shelf:
    """The quotations of reports, and which of them hold a mark."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self._reports = reports
        self._quotes: dict[int, tuple[Quote, ...]] = {}
        self._holders: dict[int, tuple[tuple[int, int, int], ...]] = {}

    def runs(self, report: Report) -> dict[int, list[_Run]]:
        """Give what `report` quotes alike with each earlier report, by its turn, and keep the marks of `report`."""
        quotes = self._read(report.rank)
        found: defaultdict[int, dict[tuple[int, int, int], _Run]] = defaultdict(dict)
        fresh = sampled(quotes)
        for mark, turn, place in fresh:
            for rank, other, start in self._holders.get(mark, ()):
                # A run has one offset between its places, so a second mark of it need not be looked at.
                key = turn, other, place - start
                known = found[rank].get(key)
                if known is not None and known.first <= place < known.first + known.length:
                    continue
                run = _extended(quotes[turn], place, self._read(rank)[other], start)
                if run is not None:
                    found[rank][key] = run
        for mark, turn, place in fresh:
            held = self._holders.get(mark, ())
            if len(held) < HOLDERS and all(rank != report.rank for rank, _, _ in held):
                self._holders[mark] = (*held, (report.rank, turn, place))
        return {rank: sorted(runs.values(), key=_by_place) for rank, runs in sorted(found.items()) if runs}

    def _read(self, rank: int) -> tuple[Quote, ...]:
        quotes = self._quotes.pop(rank, None)
        if quotes is None:
            quotes = speech(self._reports[rank].document)
            if len(self._quotes) >= AT_HAND:
                del self._quotes[next(iter(self._quotes))]
        self._quotes[rank] = quotes
        return quotes


def _by_place(run: _Run) -> tuple[int, int]:
    return run.later.spans[run.first][0], run.earlier.spans[run.start][0]


def _extended(later: Quote, place: int, earlier: Quote, start: int) -> _Run | None:
    """The run of equal words around two places; None where it is too short to be the same speech."""
    back = 0
    while min(place, start) > back and later.words[place - back - 1] == earlier.words[start - back - 1]:
        back += 1
    ahead = 0
    most = min(len(later.words) - place, len(earlier.words) - start)
    while ahead < most and later.words[place + ahead] == earlier.words[start + ahead]:
        ahead += 1
    length = back + ahead
    place, start = place - back, start - back
    sentence = length >= SENTENCE and later.is_whole(place, length) and earlier.is_whole(start, length)
    return _Run(later, place, earlier, start, length) if length >= ALIKE or sentence else None


def quotations(
    casebook: Casebook, likeness: Likeness, links: Iterable[Link], repeated: frozenset[int]
) -> Iterator[Link]:
    """Yield the steps back that the same words in direct speech show.

    Args:
        casebook: The case.
        likeness: Compares populations.
        links: Steps that copied text has shown; two reports that they join need no other step.
        repeated: Turns of claims in copied paragraphs, which need no other step.
    """
    copied = {(link.later, link.earlier) for link in links if link.edge.level is EdgeLevel.DOCUMENT}
    shelf = _Shelf(casebook.reports)
    for report in casebook.reports:
        runs = shelf.runs(report)
        taken: set[int] = set()
        for rank, of_report in runs.items():
            earlier = casebook.reports[rank]
            first = [run for run in of_report if not _is_taken(run, taken)]
            taken.update(word for run in of_report for word in _words(run))
            if first and (report.rank, rank) not in copied:
                yield _report_step(report, earlier, first)
        yield from _figures(casebook, report, runs, likeness, repeated)


def _words(run: _Run) -> range:
    """Offsets that stand for the words of a run in the later report."""
    return range(run.later.spans[run.first][0], run.later.spans[run.first + run.length - 1][1])


def _is_taken(run: _Run, taken: set[int]) -> bool:
    """Whether all of a run stands in what was found in a report before."""
    return all(run.later.spans[turn][0] in taken for turn in range(run.first, run.first + run.length))


def _report_step(later: Report, earlier: Report, runs: Sequence[_Run]) -> Link:
    words = sum(run.length for run in runs)
    best = max(runs, key=lambda run: (run.length, -run.first))
    shown = later.document.text[best.later.spans[best.first][0] :]
    shown = shown[: best.later.spans[best.first + min(best.length, SHOWN) - 1][1] - best.later.spans[best.first][0]]
    more = "…" if best.length > SHOWN else ""
    reason = f"{later.name} quotes {words} words that {earlier.name} quotes: “{shown}{more}”."
    shared = tuple(run.shared for run in runs[:MOST_SHARED])
    return report_link(later, earlier, Mechanism.QUOTATION, reason, QUOTES, shared=shared)


def _figures(
    casebook: Casebook, report: Report, found: dict[int, list[_Run]], likeness: Likeness, repeated: frozenset[int]
) -> Iterator[Link]:
    """Steps of the figures in and beside quotations, each to the first report that has it with the same words."""
    tied: set[int] = set()
    for rank, runs in found.items():
        for run in runs:
            own = inside(casebook.by_report[report.rank], run.later.passage)[:MOST_FIGURES]
            others = inside(casebook.by_report[rank], run.earlier.passage)[:MOST_FIGURES]
            for telling in own:
                if telling.order in tied or telling.order in repeated:
                    continue
                fits = (_fit(run, telling, other, likeness) for other in others)
                best = max((fit for fit in fits if fit is not None), key=lambda fit: fit[:2], default=None)
                if best is not None:
                    tied.add(telling.order)
                    yield _figure_step(run, telling, best)


_Fit = tuple[float, int, Telling]


def _fit(run: _Run, telling: Telling, other: Telling, likeness: Likeness) -> _Fit | None:
    """How surely a figure is the one that an earlier report gives with the same words; None where it is another."""
    one, two = telling.claim, other.claim
    denied = (one.status is Status.DENIED) != (two.status is Status.DENIED)
    if one.unit != two.unit or denied or not same_figure(one, two) or not _may_be_one_speaker(telling, other):
        return None
    at, there = run.turns(telling, other)
    if at >= 0 and at == there:
        return QUOTED, -other.order, other
    if same_status(one, two) and likeness.population(telling, other):
        return BESIDE, -other.order, other
    return None


def _figure_step(run: _Run, telling: Telling, fit: _Fit) -> Link:
    confidence, _, other = fit
    where = "in" if confidence == QUOTED else "beside"
    reason = (
        f"{telling.report.name} gives {what(telling)} {where} the same {run.length} words of direct speech as "
        f"{other.report.name}."
    )
    return claim_link(telling, other, Mechanism.QUOTATION, reason, confidence, shared=(run.shared,))


def _may_be_one_speaker(one: Telling, other: Telling) -> bool:
    """Whether two quotations have one speaker, or one of them does not name him."""
    named = [telling.voice for telling in (one, other) if telling.voice is not None and telling.voice.kind in NAMED]
    return len(named) <= 1 or kinship(named[0], named[1]) is not Kinship.STRANGERS
