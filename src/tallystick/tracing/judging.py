"""What reviewers decided about the lineage: their judgements come in, the steps that hold go out.

The last judgement about a pair decides; a judgement about reports or claims that the case does not hold waits for them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from tallystick.model.judgement import Judgement, Verdict
from tallystick.model.lineage import EdgeLevel, Mechanism
from tallystick.tracing.likeness import Likeness, same_figure, same_status
from tallystick.tracing.links import CERTAIN, Link, claim_link, report_link
from tallystick.tracing.naming import what
from tallystick.tracing.tellings import Casebook, Report, Telling
from tallystick.tracing.voices import Kinship, VoiceKind, kinship

__all__ = ["Rulings"]

# Steps between claims that show that one report has text, words or figures of the other: they fall with the reports'.
OF_TEXT = frozenset(
    (
        Mechanism.REPEATED_PASSAGE,
        Mechanism.IDENTICAL_TEXT,
        Mechanism.NEAR_IDENTICAL_TEXT,
        Mechanism.PARTIAL_TEXT,
        Mechanism.REWORDED_TEXT,
        Mechanism.REPUBLISHED_TEXT,
        Mechanism.QUOTATION,
        Mechanism.CREDIT,
    )
)
# A reviewer's reason is cut here within the reason of an edge.
LONGEST_WHY = 400


class _Pair(NamedTuple):
    """Two ids of one level, in alphabetical order: a decision holds whichever of them comes first."""

    level: EdgeLevel
    one: str
    other: str


class Rulings:
    """The decisions that hold in a case."""

    def __init__(self, casebook: Casebook, likeness: Likeness, judgements: Iterable[Judgement]) -> None:
        """Keep the last decision about each pair that the case holds.

        Args:
            casebook: The case.
            likeness: Compares populations.
            judgements: The decisions, in any order.
        """
        self._likeness = likeness
        self._casebook = casebook
        last: dict[_Pair, Judgement] = {}
        for judgement in sorted(judgements, key=_turn):
            last[_pair(judgement.level, judgement.later, judgement.earlier)] = judgement
        self._cut = frozenset(pair for pair, judgement in last.items() if judgement.verdict is Verdict.CUT)
        self._confirmed = {pair: one for pair, one in last.items() if one.verdict is Verdict.CONFIRMED}
        self._added = [
            judgement
            for judgement in last.values()
            if judgement.verdict is Verdict.ADDED and judgement.later != judgement.earlier
        ]

    def standing(self, links: Iterable[Link]) -> Iterator[Link]:
        """Yield the steps that no reviewer has cut; those that one has confirmed for certain."""
        if not self._cut and not self._confirmed:
            yield from links
            return
        for link in links:
            pairs = self._pairs(link)
            if self._cut.isdisjoint(pairs):
                ruling = next((self._confirmed[pair] for pair in pairs if pair in self._confirmed), None)
                yield link if ruling is None else _for_certain(link, ruling)

    def added(self) -> Iterator[Link]:
        """Yield the steps that reviewers have added, of reports together with those of their equal figures."""
        if not self._added:
            return
        tellings = {telling.claim.id: telling for telling in self._casebook.tellings}
        reports = {report.document.id: report for report in self._casebook.reports}
        for judgement in sorted(self._added, key=_turn):
            if judgement.level is EdgeLevel.CLAIM:
                one, other = tellings.get(judgement.later), tellings.get(judgement.earlier)
                if one is not None and other is not None:
                    yield claim_link(one, other, Mechanism.ANALYST, _reason(judgement), CERTAIN)
                continue
            later, earlier = reports.get(judgement.later), reports.get(judgement.earlier)
            if later is not None and earlier is not None:
                yield report_link(later, earlier, Mechanism.ANALYST, _reason(judgement), CERTAIN)
                yield from self.standing(self._equal_figures(later, earlier, judgement))

    def _pairs(self, link: Link) -> tuple[_Pair, ...]:
        """What a decision about this step may be about: its two ends, and where text shows it, their reports."""
        edge = link.edge
        own = _pair(edge.level, edge.later, edge.earlier)
        if edge.level is EdgeLevel.DOCUMENT or edge.mechanism not in OF_TEXT:
            return (own,)
        one, other = (self._casebook.tellings[turn].claim.document for turn in (link.later, link.earlier))
        return own, _pair(EdgeLevel.DOCUMENT, one, other)

    def _equal_figures(self, later: Report, earlier: Report, judgement: Judgement) -> Iterator[Link]:
        """Steps from each figure of one report to the first equal one of the report that it was derived from."""
        by_number: defaultdict[tuple[object, ...], list[Telling]] = defaultdict(list)
        for telling in self._casebook.by_report[earlier.rank]:
            by_number[telling.claim.unit, telling.values].append(telling)
        for telling in self._casebook.by_report[later.rank]:
            equal = by_number.get((telling.claim.unit, telling.values), ())
            twin = next((other for other in equal if _is_one_figure(telling, other, self._likeness)), None)
            if twin is not None:
                reason = f"{_reason(judgement)} Both reports give {what(twin)}."
                yield claim_link(telling, twin, Mechanism.ANALYST, reason, CERTAIN)


def _pair(level: EdgeLevel, one: str, other: str) -> _Pair:
    return _Pair(level, min(one, other), max(one, other))


def _turn(judgement: Judgement) -> int:
    return judgement.number


def _for_certain(link: Link, ruling: Judgement) -> Link:
    """A step that a reviewer has looked at: by the same mechanism, and sure; a mere repeat then has one origin."""
    told = _reason(ruling)
    # Copies are asked about twice: before and after what rests on them is found.
    told = link.edge.reason if link.edge.reason.endswith(told) else f"{link.edge.reason} {told}"
    edge = replace(link.edge, confidence=CERTAIN, reason=told)
    return link._replace(edge=edge, joins=link.joins or edge.mechanism is Mechanism.UNATTRIBUTED_REPEAT)


def _reason(judgement: Judgement) -> str:
    why = " ".join(judgement.why.split())
    why = why if len(why) <= LONGEST_WHY else why[: LONGEST_WHY - 1] + "…"
    stated = f"{judgement.by or 'A reviewer'} {judgement.verdict} this step"
    if not why:
        return f"{stated}."
    return f"{stated}: {why}" if why[-1] in ".!?" else f"{stated}: {why}."


def _is_one_figure(one: Telling, other: Telling, likeness: Likeness) -> bool:
    """Whether two equal numbers of two reports that are derived from one another are one figure."""
    if not same_figure(one.claim, other.claim) or not same_status(one.claim, other.claim):
        return False
    voices = [telling.voice for telling in (one, other) if telling.voice is not None]
    named = [voice for voice in voices if voice.kind in (VoiceKind.ACTOR, VoiceKind.NAME)]
    strangers = len(named) > 1 and kinship(named[0], named[1]) is Kinship.STRANGERS
    return not strangers and likeness.population(one, other)
