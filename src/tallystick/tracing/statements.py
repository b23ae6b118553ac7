"""One statement in several reports: the same speaker, figure and population, near in time or repeated later.

Takes a casebook; gives the steps back that who, when, what and where show, without any text in common. A speaker may
be named in full, by surname, by an office, or by a body that the dossier says he speaks for.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tallystick.model.claim import Status
from tallystick.model.lineage import Mechanism
from tallystick.tracing.likeness import CLOSE, Likeness, is_frequent, is_small, lifetime, same_figure, same_status
from tallystick.tracing.links import (
    ANNOUNCED,
    ANNOUNCED_BY_BODY,
    ATTRIBUTED,
    DRIFTED,
    REPEATED_STATEMENT,
    UNDATED,
    Link,
    claim_link,
)
from tallystick.tracing.lookup import Index, said
from tallystick.tracing.naming import said_by, what, when_and_who
from tallystick.tracing.tellings import Casebook, Telling
from tallystick.tracing.voices import Kinship, VoiceKind, kinship
from tallystick.values.periods import gap

__all__ = ["is_near", "kin_in_time", "statements"]


class _Step(NamedTuple):
    """A candidate with how well it fits; the greater the better."""

    confidence: float
    earliness: int
    earlier: Telling
    mechanism: Mechanism
    how: str


def statements(casebook: Casebook, likeness: Likeness, repeated: frozenset[int]) -> Iterator[Link]:
    """Yield the steps back to the same statement.

    Args:
        casebook: The case.
        likeness: Compares populations.
        repeated: Turns of claims in copied paragraphs; they go back to the first printing and need no other step.
    """
    own, through = Index(likeness, said), Index(likeness, said)
    for telling in casebook.tellings:
        voice = telling.voice
        if telling.order in repeated or voice is None or voice.kind is VoiceKind.MEDIA:
            continue
        circles = [own.like(telling, voice.key), through.like(telling, voice.key)]
        circles.extend(own.like(telling, body) for body in voice.speaks_for)
        taken: set[int] = set()
        for circle in circles:
            step = _best(telling, circle, likeness)
            if step is not None and step.earlier.order not in taken:
                taken.add(step.earlier.order)
                yield claim_link(telling, step.earlier, step.mechanism, _reason(telling, step), step.confidence)
        own.add(telling, voice.key)
        for body in voice.speaks_for:
            through.add(telling, body)


def _best(telling: Telling, candidates: Iterable[Telling], likeness: Likeness) -> _Step | None:
    steps = (_step(telling, candidate, likeness) for candidate in candidates)
    return max((step for step in steps if step is not None), key=lambda step: step[:2], default=None)


def _step(later: Telling, earlier: Telling, likeness: Likeness) -> _Step | None:
    """How `later` goes back to `earlier`, or None where it is another statement."""
    if not likeness.population(later, earlier) or not same_figure(later.claim, earlier.claim):
        return None
    kin = _kin(later, earlier)
    if kin is Kinship.STRANGERS or not _in_time(later, earlier, kin):
        return None
    near = is_near(later, earlier)
    turn = -earlier.order
    if not same_status(later.claim, earlier.claim):
        if near and kin is Kinship.SAME and _drifted(later, earlier):
            how = f" within two days, once as {earlier.claim.status} and once as {later.claim.status}"
            return _Step(DRIFTED, turn, earlier, Mechanism.SAME_ANNOUNCEMENT, how)
        return None
    if later.report is earlier.report:
        return _Step(ANNOUNCED, turn, earlier, Mechanism.SAME_STATEMENT, " twice")
    if later.via is not None and later.via != later.report.outlet and kin is Kinship.SAME:
        how = f", the latter through {later.claim.via}"
        return _Step(ATTRIBUTED if near else UNDATED, turn, earlier, Mechanism.ATTRIBUTION, how)
    if near:
        certain = ANNOUNCED if kin is Kinship.SAME else ANNOUNCED_BY_BODY
        return _Step(certain, turn, earlier, Mechanism.SAME_ANNOUNCEMENT, " within two days")
    if later.said is None or earlier.said is None:
        return _Step(UNDATED, turn, earlier, Mechanism.SAME_ANNOUNCEMENT, "; when it was said is not told everywhere")
    return _Step(REPEATED_STATEMENT, turn, earlier, Mechanism.SAME_STATEMENT, ": a statement repeated later")


def _drifted(later: Telling, earlier: Telling) -> bool:
    """Whether a relay can have made a plan a fact, or the other way round, with all else the same."""
    one, other = later.claim, earlier.claim
    told = later.report is not earlier.report and Status.DENIED not in (one.status, other.status)
    return told and not is_small(one) and one.category == other.category


def _reason(later: Telling, step: _Step) -> str:
    earlier = step.earlier
    if later.report is earlier.report:
        return f"{later.report.name} gives the {what(earlier)} of {said_by(earlier)}{step.how}."
    return f"{when_and_who(earlier)} and {when_and_who(later)} give {what(earlier)}{step.how}."


def kin_in_time(one: Telling, other: Telling) -> Kinship:
    """Tell how close the voices of two tellings are; STRANGERS too where their times speak against one statement."""
    kin = _kin(one, other)
    return kin if kin is not Kinship.STRANGERS and _in_time(one, other, kin) else Kinship.STRANGERS


def _kin(one: Telling, other: Telling) -> Kinship:
    if one.voice is None or other.voice is None:
        return Kinship.STRANGERS
    return kinship(one.voice, other.voice)


def _in_time(one: Telling, other: Telling, kin: Kinship) -> bool:
    """Whether the times of two tellings allow that they are one statement."""
    if one.report is other.report or is_near(one, other):
        return True
    role = one.voice is not None and one.voice.kind is VoiceKind.ROLE
    if role or is_small(one.claim) or is_small(other.claim):
        return False
    same_event = one.happened is not None and other.happened is not None and gap(one.happened, other.happened) <= CLOSE
    if one.said is None or other.said is None:
        return same_event or not is_frequent(one.claim)
    if kin is Kinship.SPEAKS_FOR and one.dated and other.dated:
        return False
    return same_event or gap(one.said, other.said) <= lifetime(one.claim, other.claim)


def is_near(one: Telling, other: Telling) -> bool:
    """Whether both were said within two days, as far as is known."""
    return one.said is not None and other.said is not None and gap(one.said, other.said) <= CLOSE
