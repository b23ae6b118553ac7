"""Which figures may be compared: entries come in, lines of entries that count the same thing go out.

Unit, population, measure, status, time and place decide, as rules R1 to R5 of the domain notes say; where a text
leaves one of them open, its figure joins a line only if there is exactly one that it can belong to.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import inf
from typing import NamedTuple

from tallystick.model.claim import Measure, Status
from tallystick.reconciliation.adoption import SMALL, adopted
from tallystick.reconciliation.entries import CASUALTY, Entry
from tallystick.reconciliation.intervals import merged
from tallystick.reconciliation.periods import by_time

__all__ = ["Line", "lines"]

Group = Sequence[Entry]
# The key of entries whose text leaves a field open.
OPEN = ""
COUNTS = frozenset(("people", "other"))
MONEY = "money"
# Counts of one thing by several parties seldom differ by more than this (troops sent to Russia, October 2024 to April
# 2025: 3,000 to 15,000); beyond it one counts a detachment, the other all.
SCOPE_FACTOR = 5.0
# In one text, figures of two speakers that differ by more than this were, in 14 of 15 cases of the English development
# set, of two events or of a group within another, and so were nearly all figures up to 20 and all sums of money.
RIVAL_FACTOR = 2.0
MONEY_FACTOR = 1.02


class Line(NamedTuple):
    """Entries that count one population under one measure and status, at one time.

    Attributes:
        key: What sets the line apart from all others; makes its id.
        entries: In order.
        part: Whether it holds what its speakers count within a larger figure of the same sort.
    """

    key: tuple[str, ...]
    entries: tuple[Entry, ...]
    part: bool


def lines(found: Iterable[Entry], *, watched: bool) -> tuple[Line, ...]:
    """Give every entry in exactly one line.

    Args:
        found: The entries.
        watched: Whether the dossier watches one subject, so that a country alone tells who is counted. Under one that
            watches the whole world a figure without a place is compared within its own story only.
    """
    groups: defaultdict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for entry in found:
        claim = entry.claim
        alone = entry.kind == MONEY or not (watched or entry.site is not None)
        groups[claim.category, entry.head, claim.unit, claim.status, entry.story if alone else OPEN].append(entry)
    result = []
    for sort, group in groups.items():
        for country, compatriots in _by_known(group, lambda entry: entry.country):
            for site, neighbors in _by_place(compatriots):
                for story, told in _by_story(neighbors, known=bool(country or site)):
                    for measure, measured in _by_known(told, lambda entry: entry.measure):
                        for period, contemporaries in by_time(measured):
                            for scope, peers in _by_scope(contemporaries, watched=watched):
                                key = (*sort, country, site, story, measure, period, scope)
                                result.extend(_parted(key, peers))
    return tuple(result)


def _by_story(group: Group, *, known: bool) -> list[tuple[str, list[Entry]]]:
    """Split by story where neither country nor place tells who is counted."""
    if known:
        return [(OPEN, list(group))]
    split: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in group:
        split[entry.story].append(entry)
    return list(split.items())


def _by_known(group: Group, field: Callable[[Entry], str | Measure | None]) -> list[tuple[str, list[Entry]]]:
    """Split by a field; an entry without it joins the one value it can belong to."""
    split: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in group:
        value = field(entry)
        split[OPEN if value is None else str(value)].append(entry)
    if OPEN in split:
        _settle(split, OPEN, {key: members for key, members in split.items() if key != OPEN})
    return list(split.items())


def _by_place(group: Group) -> list[tuple[str, list[Entry]]]:
    """Split by place; a wider place, or none, joins the one narrower place it can belong to."""
    split: defaultdict[str, list[Entry]] = defaultdict(list)
    above: dict[str, tuple[str, ...]] = {}
    for entry in group:
        split[OPEN if entry.site is None else entry.site.key].append(entry)
        if entry.site is not None:
            above[entry.site.key] = entry.site.above
    for key in sorted(above, key=lambda key: (-len(above[key]), key)):
        inner = {other: split[other] for other in above if key in above[other] and other in split}
        if inner and key in split:
            _settle(split, key, inner)
    if OPEN in split:
        named = {key: members for key, members in split.items() if key != OPEN}
        widest = [key for key in named if all(key == other or key in above[other] for other in named)]
        homes = {key: named[key] for key in widest[:1]} or named
        _settle(split, OPEN, homes, unless_alone=group[0].kind != CASUALTY)
    return list(split.items())


def _settle(
    split: defaultdict[str, list[Entry]],
    source: str,
    homes: dict[str, list[Entry]],
    *,
    unless_alone: bool = True,
) -> None:
    """Move the entries of `source` to the groups they can belong to, those of one origin together."""
    goals = adopted(split[source], homes, unless_alone=unless_alone)
    kept: list[Entry] = []
    for entry in split[source]:
        goal = goals.get(entry.origin.id)
        (kept if goal is None else split[goal]).append(entry)
    if kept:
        split[source] = kept
    else:
        del split[source]


def _by_scope(group: Group, *, watched: bool) -> list[tuple[str, list[Entry]]]:
    """Split counts whose measure no text tells where they are too far apart to count the same; money more strictly.

    A toll of no known day is split by story where no one subject is watched: a place alone tells no event ("six were
    shot in Chicago this weekend" was written of many weekends).
    """
    first = group[0]
    if first.kind == CASUALTY and not watched and all(entry.when is None and entry.said is None for entry in group):
        return _by_story(group, known=False)
    counts = first.kind in COUNTS and first.measure is None and first.claim.status is Status.ACTUAL
    if not counts and first.kind != MONEY:
        return [(OPEN, list(group))]
    factor = MONEY_FACTOR if first.kind == MONEY else SCOPE_FACTOR
    origins: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in group:
        origins[entry.origin.id].append(entry)
    sizes = sorted((_size(members), origin) for origin, members in origins.items())
    found: list[tuple[str, list[Entry]]] = []
    largest = 0.0
    for size, origin in sizes:
        if not found or size > largest * factor:
            found.append((f"from {size:g}" if found else OPEN, []))
        found[-1][1].extend(origins[origin])
        largest = size
    return found


def _size(members: Group) -> float:
    """The figure of the earliest telling; of an open bound the end that is known."""
    low, high = min(members, key=lambda entry: (entry.rank, entry.claim.id)).stated
    return abs(high if high != inf else low if low != -inf else 0.0)


def _parted(key: tuple[str, ...], group: Group) -> list[Line]:
    """Lines of one population: one text does not contradict itself, so its lesser figures count parts or others.

    A figure is set apart where the first telling of its origin gives it beside a larger one by the same speaker, or by
    another beside a much larger one.
    """
    texts: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in group:
        texts[entry.claim.document].append(entry)
    lesser: set[str] = set()
    for members in texts.values():
        lesser.update(_lesser(members))
    origins: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in group:
        origins[entry.origin.id].append(entry)
    main: list[Entry] = []
    apart: defaultdict[str, list[Entry]] = defaultdict(list)
    for members in origins.values():
        for cluster in _clusters(members):
            if cluster[0].claim.id in lesser and not cluster[0].revised:
                apart[_amount(cluster[0])].extend(cluster)
            else:
                main.extend(cluster)
    found = [Line((*key, ""), tuple(main), part=False)] if main else []
    found.extend(Line((*key, amount), tuple(members), part=True) for amount, members in sorted(apart.items()))
    return found


def _lesser(members: Group) -> Iterator[str]:
    """The claims of one text whose figures lie below its largest: another speaker may only be that far from it."""
    top = merged(entry.tolerant for entry in members)[-1]
    voices = {entry.voice for entry in members if entry.tolerant.meets(top)}
    for entry in members:
        if not entry.tolerant.meets(top):
            high = entry.tolerant.high
            if entry.voice in voices or top.low <= SMALL or high * RIVAL_FACTOR < top.low:
                yield entry.claim.id


def _clusters(members: Group) -> list[list[Entry]]:
    """Entries of one origin whose figures agree, each cluster led by its earliest telling."""
    spans = merged(entry.tolerant for entry in members)
    clusters: list[list[Entry]] = [[] for _ in spans]
    at = 0
    for entry in sorted(members, key=lambda entry: entry.tolerant):
        while entry.tolerant.low > spans[at].high:
            at += 1
        clusters[at].append(entry)
    return [sorted(cluster, key=lambda entry: (entry.rank, entry.claim.id)) for cluster in clusters]


def _amount(entry: Entry) -> str:
    return f"{entry.stated.low:g}-{entry.stated.high:g}"
