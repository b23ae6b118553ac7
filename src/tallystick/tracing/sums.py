"""Parts and wholes of one announcement: 6,000 in one report is 5,000 and 1,000 in another.

Takes a casebook; gives the steps that join a whole with parts that stand together and add up to it, by one speaker.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from tallystick.model.claim import Claim
from tallystick.model.lineage import Mechanism
from tallystick.model.quantity import Number
from tallystick.tracing.likeness import Likeness, counted_alike, is_small, same_figure, same_status
from tallystick.tracing.links import ANNOUNCED, ANNOUNCED_BY_BODY, Link, claim_link
from tallystick.tracing.naming import what, when_and_who
from tallystick.tracing.peoples import counts_a_people
from tallystick.tracing.statements import is_near, kin_in_time
from tallystick.tracing.tellings import Casebook, Telling
from tallystick.tracing.voices import Kinship
from tallystick.values.names import fold

__all__ = ["sums"]

# Parts stand in one sentence or in neighboring ones.
TOGETHER = 400
# The longest known split of the reference case has seven parts (13,221 entries by purpose).
MOST_PARTS = 8
# "thousands" are 2,000 to 9,999, "dozens" 24 to 99 (rule R11): less than five times the lower bound.
VAGUE_REACH = 5
# Runs with one total that are kept for comparison.
KEPT = 16


PEOPLE = "people"


class _Run(NamedTuple):
    """Neighboring figures of one report that may be parts of one whole."""

    parts: tuple[Telling, ...]


def sums(casebook: Casebook, likeness: Likeness, repeated: frozenset[int]) -> Iterator[Link]:
    """Yield the steps that join wholes and parts.

    Args:
        casebook: The case.
        likeness: Compares populations.
        repeated: Turns of claims in copied paragraphs, which need no other step.
    """
    fresh = [[telling for telling in tellings if telling.order not in repeated] for tellings in casebook.by_report]
    runs: defaultdict[tuple[str, Number], list[_Run]] = defaultdict(list)
    for tellings in fresh:
        for run in _runs(tellings):
            held = runs[run.parts[0].claim.unit, sum(part.exact or 0 for part in run.parts)]
            if len(held) < KEPT:
                held.append(run)
    wholes: dict[int, _Run] = {}
    for tellings in fresh:
        for whole in tellings:
            if whole.exact is None or is_small(whole.claim):
                continue
            fitting = [
                run
                for run in runs.get((whole.claim.unit, whole.exact), ())
                if whole not in run.parts and _adds_up(whole, run, likeness)
            ]
            # The first printing by the same speaker and that of the own report; the others lead back to these.
            fitting.sort(key=lambda run: not _is_of_one_speaker(whole, run))
            beside = (run for run in fitting if run.parts[0].report is whole.report)
            for run in dict.fromkeys((*fitting[:1], *beside)):
                wholes.setdefault(whole.order, run)
                yield from _joined(whole, run)
    for tellings in fresh:
        yield from _included(tellings, wholes)
        yield from _vague(tellings, likeness)


def _runs(tellings: Sequence[Telling]) -> Iterator[_Run]:
    """Every run of two to eight neighboring numbers that one speaker gives with one status."""
    for first in range(len(tellings)):
        run = [tellings[first]]
        for part in tellings[first + 1 : first + MOST_PARTS]:
            if not _goes_with(run[-1], part):
                break
            run.append(part)
            yield _Run(tuple(run))


def _goes_with(one: Telling, other: Telling) -> bool:
    """Whether two neighboring figures can be parts of one whole."""
    if one.exact is None or other.exact is None or one.claim.unit != other.claim.unit:
        return False
    key, second = (telling.voice.key if telling.voice else None for telling in (one, other))
    near = other.claim.start - one.claim.end <= TOGETHER
    return near and key == second and same_status(one.claim, other.claim)


def _adds_up(whole: Telling, run: _Run, likeness: Likeness) -> bool:
    """Whether `run` can be the parts of `whole`: kind, setting, status and speaker all fit."""
    same_report = whole.report is run.parts[0].report
    relayed = _relays(whole, run)
    if not same_report and likeness.is_catch_all(whole.claim.category) and not is_near(whole, run.parts[0]):
        return False
    anybody = counts_a_people(whole.claim, likeness)
    for part in run.parts:
        holds = likeness.holds(whole.claim.category, part.claim.category) or (
            anybody and likeness.kind(part.claim.category) == PEOPLE
        )
        fits = holds and likeness.setting(whole, part)
        if not fits or not same_status(whole.claim, part.claim):
            return False
        if kin_in_time(whole, part) is Kinship.STRANGERS and not (same_report and whole.voice is None) and not relayed:
            return False
    kinds = {(part.claim.category, part.claim.counted, part.seat.words) for part in run.parts}
    return len(kinds) == len(run.parts)


def _relays(whole: Telling, run: _Run) -> bool:
    """Whether the whole names the outlet that reports the parts, as its relay or as its speaker."""
    source = run.parts[0].report
    if source.outlet is None or whole.report is source:
        return False
    return source.outlet in (whole.via, " ".join(fold(whole.naming or "")))


def _is_of_one_speaker(whole: Telling, run: _Run) -> bool:
    return all(kin_in_time(whole, part) is Kinship.SAME for part in run.parts)


def _joined(whole: Telling, run: _Run) -> Iterator[Link]:
    arithmetic = " + ".join(part.claim.figure for part in run.parts)
    same = _is_of_one_speaker(whole, run)
    for part in run.parts:
        earlier, later = sorted((whole, part))
        reason = (
            f"{whole.claim.figure} = {arithmetic}: {when_and_who(whole)} gives the whole, {when_and_who(run.parts[0])} "
            "the parts of one announcement."
        )
        mechanism = Mechanism.ATTRIBUTION if _relays(whole, run) else Mechanism.SAME_ANNOUNCEMENT
        yield claim_link(later, earlier, mechanism, reason, ANNOUNCED if same else ANNOUNCED_BY_BODY)


def _included(tellings: Sequence[Telling], wholes: dict[int, _Run]) -> Iterator[Link]:
    """A part under another name beside its whole: "700 men, including 90 divers"."""
    for place, whole in enumerate(tellings):
        run = wholes.get(whole.order)
        if run is None:
            continue
        for part in tellings[place + 1 : place + MOST_PARTS]:
            if not _is_beside(part.claim, whole.claim):
                break
            twin = next((other for other in run.parts if same_figure(part.claim, other.claim)), None)
            spoken = part.voice == whole.voice and same_status(part.claim, whole.claim)
            if twin is not None and spoken and twin.order != part.order:
                earlier, later = sorted((part, twin))
                reason = (
                    f"{when_and_who(part)} gives {what(part)} as part of the {whole.claim.figure} of which "
                    f"{what(twin)} are a part."
                )
                yield claim_link(later, earlier, Mechanism.SAME_ANNOUNCEMENT, reason, ANNOUNCED_BY_BODY)


def _vague(tellings: Sequence[Telling], likeness: Likeness) -> Iterator[Link]:
    """A vague word and the number that its own sentence gives for it: "thousands of builders, namely 5,000"."""
    for one, other in pairwise(tellings):
        if not _is_beside(one.claim, other.claim) or one.voice != other.voice:
            continue
        vague, exact = (one, other) if one.exact is None else (other, one)
        low, number = vague.claim.low, exact.exact
        if vague.exact is not None or number is None or low is None or vague.claim.high is not None:
            continue
        meant = low <= number < VAGUE_REACH * low and counted_alike(one.claim.counted, other.claim.counted)
        if meant and same_status(one.claim, other.claim) and likeness.population(one, other):
            reason = f"{one.report.name} gives {what(exact)} for {what(vague)} in one sentence."
            yield claim_link(other, one, Mechanism.SAME_STATEMENT, reason, ANNOUNCED_BY_BODY)


def _is_beside(one: Claim, other: Claim) -> bool:
    """Whether two claims stand in one sentence."""
    return one.document == other.document and one.quote == other.quote
