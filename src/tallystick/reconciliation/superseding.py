"""What a speaker has said anew: readings of a line come in, the same with those marked that no longer hold go out.

A later figure of the same speaker supersedes an earlier one, and never that of anybody else (rule R8). A count to
date cannot fall, so whoever lowers one is not believed silently: both figures stand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from tallystick.model.claim import Measure
from tallystick.reconciliation.entries import CASUALTY
from tallystick.reconciliation.intervals import written
from tallystick.reconciliation.readings import Voiced
from tallystick.values.periods import Period

__all__ = ["Decrease", "decreases", "superseded"]


class Decrease(NamedTuple):
    """A speaker who lowers a count to date that he had given higher.

    Attributes:
        earlier: What he had said.
        later: What he says now: all of it lies below.
    """

    earlier: Voiced
    later: Voiced


def superseded(found: Sequence[Voiced]) -> tuple[Voiced, ...]:
    """Give `found` with those marked that a correction or a later statement of the same speaker has replaced.

    Args:
        found: The readings of a line, in order of date.
    """
    latest: dict[str, Voiced] = {}
    for voiced in found:
        if voiced.said is not None and not voiced.revised:
            latest[voiced.body] = voiced
    lowered = {decrease.later.reading.origin for decrease in decreases(found)}
    return tuple(_marked(voiced, latest, lowers=voiced.reading.origin in lowered) for voiced in found)


def decreases(found: Sequence[Voiced]) -> tuple[Decrease, ...]:
    """Give every count to date whose speaker lowers it later: his highest figure before, and the last one.

    Args:
        found: The readings of a line, in order of date; corrected ones count for nothing.
    """
    speakers: dict[str, list[Voiced]] = {}
    for voiced in found:
        if voiced.said is not None and not voiced.revised and _to_date(voiced):
            speakers.setdefault(voiced.body, []).append(voiced)
    result = []
    for told in speakers.values():
        last = told[-1]
        before = [one for one in told if _before(one.said, last.said) and one.tolerant.low > last.tolerant.high]
        if before:
            highest = max(before, key=lambda one: (one.tolerant.low, one.reading.origin))
            result.append(Decrease(highest, last))
    return tuple(result)


def _to_date(voiced: Voiced) -> bool:
    """Whether a reading counts what happened up to its day, so that a later count cannot be lower."""
    return voiced.lead.kind == CASUALTY or voiced.lead.measure is Measure.CUMULATIVE


def _marked(voiced: Voiced, latest: Mapping[str, Voiced], *, lowers: bool) -> Voiced:
    """The reading, superseded where it no longer holds, with the reason."""
    if lowers:
        step = f"{voiced.name} lowers with {written(voiced.stated)} a count to date that cannot fall: both stand."
        return voiced._replace(lowers=True, steps=(*voiced.steps, step))
    last = latest.get(voiced.body)
    if voiced.revised:
        step = f"{voiced.name}: {written(voiced.stated)} was corrected and does not count."
    elif last is None or not _before(voiced.said, last.said) or _falls(voiced, last):
        return voiced
    else:
        same = "the same speaker" if last.voice == voiced.voice else f"{last.name}, who speaks for the same body"
        step = (
            f"{voiced.name}: {written(voiced.stated)} ({voiced.reading.date}) is superseded by "
            f"{written(last.stated)} ({last.reading.date}) of {same}."
        )
    reading = replace(voiced.reading, superseded=True)
    return voiced._replace(reading=reading, steps=(*voiced.steps, step))


def _falls(voiced: Voiced, last: Voiced) -> bool:
    """Whether the last figure of the speaker lowers this count to date."""
    return _to_date(voiced) and _to_date(last) and voiced.tolerant.low > last.tolerant.high


def _before(one: Period | None, other: Period | None) -> bool:
    return one is not None and other is not None and one.last < other.first
