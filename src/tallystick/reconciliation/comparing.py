"""Which figures may be compared: entries come in, lines of entries that count the same thing go out.

Unit, population, measure, status, time and place decide, as rules R1 to R5 of the domain notes say; where a text
leaves one of them open, its figure joins a line only if there is exactly one that it can belong to.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from tallystick.model.claim import Measure, Status
from tallystick.reconciliation.entries import CASUALTY, Entry
from tallystick.reconciliation.intervals import Interval
from tallystick.reconciliation.periods import by_time

__all__ = ["Line", "lines"]

Group = Sequence[Entry]


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


def lines(found: Iterable[Entry]) -> tuple[Line, ...]:
    """Give every entry in exactly one line."""
    groups: defaultdict[tuple[str, str, str, Status], list[Entry]] = defaultdict(list)
    for entry in found:
        claim = entry.claim
        groups[claim.category, entry.head, claim.unit, claim.status].append(entry)
    result = []
    for (category, head, unit, status), group in groups.items():
        for country, compatriots in _by_known(group, lambda entry: entry.country):
            for site, neighbors in _by_place(compatriots):
                for measure, measured in _by_known(neighbors, lambda entry: entry.measure):
                    for period, contemporaries in by_time(measured):
                        key = (category, head, unit, status, country or "", site, measure or "", period)
                        result.extend(_parted(key, contemporaries))
    return tuple(result)


def _by_known(group: Group, field: Callable[[Entry], str | Measure | None]) -> list[tuple[str | None, list[Entry]]]:
    """Split by a field; an entry without it joins the only value there is, where its figure agrees with that."""
    split: dict[str | None, list[Entry]] = {}
    for entry in group:
        value = field(entry)
        split.setdefault(None if value is None else str(value), []).append(entry)
    if None in split and len(split) == 2:
        (only,) = (value for value in split if value is not None)
        _move(split, None, only, needs_overlap=True)
    return list(split.items())


def _by_place(group: Group) -> list[tuple[str, list[Entry]]]:
    """Split by place; a wider place, or none, joins the only narrower one, where its figures agree with those."""
    split: dict[str | None, list[Entry]] = {}
    above: dict[str, tuple[str, ...]] = {}
    for entry in group:
        split.setdefault(None if entry.site is None else entry.site.key, []).append(entry)
        if entry.site is not None:
            above[entry.site.key] = entry.site.above
    narrower: defaultdict[str, list[str]] = defaultdict(list)
    for key, holders in above.items():
        for holder in holders:
            if holder in above:
                narrower[holder].append(key)
    for key in sorted(narrower, key=lambda key: (-len(above[key]), key)):
        direct = [inner for inner in narrower[key] if inner in split and not set(above[inner]) & set(narrower[key])]
        if len(direct) == 1:
            _move(split, key, direct[0], needs_overlap=True)
    named = [key for key in split if key is not None]
    widest = [key for key in named if all(key == other or key in above[other] for other in named)]
    if None in split and len(widest) == 1:
        _move(split, None, widest[0], needs_overlap=group[0].kind != CASUALTY)
    return [(key or "", members) for key, members in split.items()]


def _move(split: dict[str | None, list[Entry]], source: str | None, target: str, *, needs_overlap: bool) -> None:
    """Move entries to another part of a split, those of one origin together."""
    spans = _merged(entry.tolerant for entry in split[target])
    homes = {entry.origin.id for entry in split[target]}
    by_origin: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in split[source]:
        by_origin[entry.origin.id].append(entry)
    kept: list[Entry] = []
    moved: list[Entry] = []
    for origin, members in by_origin.items():
        first = min(members, key=lambda entry: (entry.rank, entry.claim.id))
        fits = not needs_overlap or any(span.meets(first.tolerant) for span in spans)
        (moved if fits or origin in homes else kept).extend(members)
    split[target] = sorted((*split[target], *moved), key=_turn)
    if kept:
        split[source] = kept
    else:
        del split[source]


def _turn(entry: Entry) -> tuple[str, int, str]:
    return entry.claim.document, entry.claim.start, entry.claim.id


def _merged(spans: Iterable[Interval]) -> list[Interval]:
    """Overlapping intervals joined."""
    merged: list[Interval] = []
    for span in sorted(spans):
        if merged and span.low <= merged[-1].high:
            merged[-1] = Interval(merged[-1].low, max(merged[-1].high, span.high))
        else:
            merged.append(span)
    return merged


def _parted(key: tuple[str, ...], group: Group) -> list[Line]:
    """Lines of one population: one text does not contradict itself, so its lesser figures count parts or others.

    A figure is set apart where the first telling of its origin gives it beside a larger one by the same speaker.
    """
    voices: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in group:
        voices[entry.claim.document, entry.voice].append(entry)
    lesser: set[str] = set()
    for members in voices.values():
        spans = _merged(entry.tolerant for entry in members)
        lesser.update(entry.claim.id for entry in members if not entry.tolerant.meets(spans[-1]))
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


def _clusters(members: Group) -> list[list[Entry]]:
    """Entries of one origin whose figures agree, each cluster led by its earliest telling."""
    spans = _merged(entry.tolerant for entry in members)
    clusters: list[list[Entry]] = [[] for _ in spans]
    at = 0
    for entry in sorted(members, key=lambda entry: entry.tolerant):
        while entry.tolerant.low > spans[at].high:
            at += 1
        clusters[at].append(entry)
    return [sorted(cluster, key=lambda entry: (entry.rank, entry.claim.id)) for cluster in clusters]


def _amount(entry: Entry) -> str:
    return f"{entry.stated.low:g}-{entry.stated.high:g}"
