"""Origins whose speakers may share what they know (rule R7): groups of claims come in, links and doubts go out.

Independence is one of knowledge, not of mastheads: services that exchange findings, a spokesman and his minister, two
voices through one agency, and all who spoke on one occasion know the same things.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tallystick.tracing.events import Occasions
from tallystick.tracing.likeness import CLOSE, FREQUENT_DAYS, Likeness, is_frequent, is_small, same_figure, same_status
from tallystick.tracing.lookup import Index, said
from tallystick.tracing.naming import said_by, what
from tallystick.tracing.outlets import Outlets
from tallystick.tracing.tellings import Telling
from tallystick.tracing.voices import VoiceKind

__all__ = ["Sharing", "sharing"]

# Origins of one occasion of which each is linked with all others; of more, each is linked with the first ones.
MOST_LINKED = 16
# How keys of an index are written.
OF, FOR, THROUGH = "of ", "for ", "through "


class Sharing(NamedTuple):
    """What origins share.

    Attributes:
        linked: For each turn of a group the turns of the groups whose speakers may share its knowledge, in order.
        doubts: For a group that gives the figure of an earlier such group, why it may be no second count.
    """

    linked: dict[int, tuple[int, ...]]
    doubts: dict[int, str]


class _Partner(NamedTuple):
    """An earlier telling, and how its speaker may share what that of another telling knows."""

    telling: Telling
    how: str


def sharing(
    found: Sequence[tuple[Telling, ...]], likeness: Likeness, outlets: Outlets, occasions: Occasions
) -> Sharing:
    """Give the groups that may share knowledge, as far as they have a figure or an occasion in common.

    Args:
        found: The groups, each with its tellings in order.
        likeness: Compares populations.
        outlets: Knows which outlets are agencies.
        occasions: Reads occasions.
    """
    index = Index(likeness, said, small=FREQUENT_DAYS)
    home = {telling.order: number for number, group in enumerate(found) for telling in group}
    pairs: set[tuple[int, int]] = set()
    doubts: dict[int, str] = {}
    for number, group in enumerate(found):
        for telling in group:
            for partner in _partners(telling, index, outlets):
                other = home[partner.telling.order]
                if other == number or not _is_alike(telling, partner.telling, likeness):
                    continue
                pairs.add((number, other))
                doubts.setdefault(
                    number, f"{said_by(partner.telling)} gave {what(partner.telling)} before{partner.how}"
                )
        for telling in group:
            for key in _keys(telling, outlets):
                index.add(telling, key)
    pairs.update(_of_one_occasion(found, occasions))
    linked: defaultdict[int, set[int]] = defaultdict(set)
    for one, other in pairs:
        linked[one].add(other)
        linked[other].add(one)
    return Sharing({number: tuple(sorted(others)) for number, others in linked.items()}, doubts)


def _keys(telling: Telling, outlets: Outlets) -> Iterator[str]:
    """The keys under which a telling is found by those who may share what its speaker knows."""
    voice = telling.voice
    if voice is None:
        return
    if voice.kind is VoiceKind.ACTOR:
        yield OF + voice.key
        for other in (*voice.linked, *voice.speaks_for):
            yield FOR + other
    for agency in () if is_small(telling.claim) else _agencies(telling, outlets):
        yield THROUGH + agency


def _partners(telling: Telling, index: Index, outlets: Outlets) -> Iterator[_Partner]:
    """Earlier tellings with the number of `telling` by those with whom its speaker may share what he knows."""
    voice = telling.voice
    if voice is None:
        return
    if voice.kind is VoiceKind.ACTOR:
        how = ", and the two may share what they know."
        for key in (FOR + voice.key, *(OF + other for other in (*voice.linked, *voice.speaks_for))):
            yield from (_Partner(other, how) for other in index.like(telling, key))
    for agency in () if is_small(telling.claim) else _agencies(telling, outlets):
        how = ", and both are known through one agency."
        for other in index.like(telling, THROUGH + agency):
            if _are_of_one_story(telling, other):
                yield _Partner(other, how)


def _agencies(telling: Telling, outlets: Outlets) -> tuple[str, ...]:
    """The agencies through which a telling came, its own outlet where that is one."""
    keys = (telling.via, telling.report.credit, telling.report.outlet)
    return tuple(dict.fromkeys(key for key in keys if key is not None and outlets.is_agency(key)))


def _are_of_one_story(one: Telling, other: Telling) -> bool:
    """Whether two reports are so near in time that an agency can have given both what they tell."""
    if one.report.day is None or other.report.day is None:
        return True
    return abs(one.report.day - other.report.day) <= (CLOSE if is_frequent(one.claim) else FREQUENT_DAYS)


def _is_alike(one: Telling, other: Telling, likeness: Likeness) -> bool:
    """Whether two tellings give one figure of one population with one status."""
    first, second = one.claim, other.claim
    return same_figure(first, second) and same_status(first, second) and likeness.population(one, other)


def _of_one_occasion(found: Sequence[tuple[Telling, ...]], occasions: Occasions) -> Iterator[tuple[int, int]]:
    """Pairs of groups with figures that were told on one occasion within two days, whatever they count."""
    held: defaultdict[tuple[tuple[object, ...], int], list[int]] = defaultdict(list)
    for number, group in enumerate(found):
        own: dict[tuple[tuple[object, ...], int], None] = {}
        for telling in group:
            if telling.said is not None:
                own.update(dict.fromkeys((key, telling.said.first) for key in occasions.told(telling)))
        for key, day in own:
            for near in range(day - CLOSE, day + CLOSE + 1):
                yield from ((number, other) for other in held.get((key, near), ()))
        for place in own:
            if len(held[place]) < MOST_LINKED:
                held[place].append(number)
