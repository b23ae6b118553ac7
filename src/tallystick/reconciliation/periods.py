"""Which figures are of one time: entries of one population come in, groups of them with a name for each go out.

Counts of different times are a series, not a conflict: two years' entries never meet in one line.
"""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from tallystick.model.claim import Measure
from tallystick.reconciliation.adoption import adopted
from tallystick.reconciliation.entries import Entry
from tallystick.values.periods import Period, period

__all__ = ["STALE_DAYS", "by_time", "runs"]

# A count that nobody has refreshed for this long is another count: rule R14 of the domain notes (180 days).
STALE_DAYS = 180
# A figure that differs speaks of the same event only if it was given about a month from it.
EVENTS_APART = 31
# Who counts to a day tells it within two (rule R15).
DAYS_TO_TELL = 2


def by_time(group: Sequence[Entry]) -> list[tuple[str, list[Entry]]]:
    """Split entries by the time of the counted event; an undated one follows the day on which it was said.

    Returns:
        A name for each period ("2024-01-01/2024-12-31", "" where nothing is dated) with its entries.
    """
    dated = sorted((entry for entry in group if entry.when is not None and not runs(entry)), key=_narrowest)
    undated = [entry for entry in group if entry.when is None or runs(entry)]
    named = {f"{_day(span.first)}/{_day(span.last)}": (span, members) for span, members in _periods(dated)}
    undated = _joined(undated, named, STALE_DAYS, unless_alone=True)
    undated = _joined(undated, named, EVENTS_APART, unless_alone=False)
    found = [(name, members) for name, (_, members) in named.items()]
    found.extend(_by_statement(undated))
    return [(name, sorted(members, key=_turn)) for name, members in found]


def runs(entry: Entry) -> bool:
    """Whether a text makes a figure a count that stands on the day on which it is said ("as of today 600 are there").

    The same speaker's next such figure supersedes it (rule R8); what a time of its own holds is dated.
    """
    when, said = entry.when, period(entry.origin.date) or entry.said
    if when is None or said is None or entry.claim.measure not in (Measure.STOCK, Measure.CUMULATIVE):
        return False
    return said.last >= when.first and said.first - when.last <= DAYS_TO_TELL


def _joined(
    undated: Sequence[Entry], named: dict[str, tuple[Period, list[Entry]]], reach: int, *, unless_alone: bool
) -> list[Entry]:
    """Put undated entries into the period they can belong to, if said within `reach` days of it; give the others."""
    goals = adopted(undated, {name: members for name, (_, members) in named.items()}, unless_alone=unless_alone)
    kept = []
    for entry in undated:
        goal = goals.get(entry.origin.id)
        if goal is not None and (entry.said is None or _near(entry.said, named[goal][0], reach)):
            named[goal][1].append(entry)
        else:
            kept.append(entry)
    return kept


def _periods(dated: Sequence[Entry]) -> list[tuple[Period, list[Entry]]]:
    """Groups of overlapping times, the narrowest first; a time that holds several groups stays by itself."""
    cores: list[Period] = []
    groups: list[list[Entry]] = []
    wide: dict[Period, list[Entry]] = {}
    for entry in dated:
        when = entry.when
        if when is None:
            continue
        at = bisect_left(cores, when.first, key=lambda core: core.last)
        met = at < len(cores) and cores[at].first <= when.last
        if met and at + 1 < len(cores) and cores[at + 1].first <= when.last:
            wide.setdefault(when, []).append(entry)
        elif met:
            cores[at] = Period(max(cores[at].first, when.first), min(cores[at].last, when.last))
            groups[at].append(entry)
        else:
            cores.insert(at, when)
            groups.insert(at, [entry])
    return [*zip(cores, groups, strict=True), *wide.items()]


def _by_statement(undated: Sequence[Entry]) -> list[tuple[str, list[Entry]]]:
    """Groups of statements with no long gap between them; what nobody dated joins the only group there is."""
    said = sorted((entry for entry in undated if entry.said is not None), key=_spoken)
    silent = [entry for entry in undated if entry.said is None]
    groups: list[list[Entry]] = []
    last = 0
    for entry in said:
        first, end = _spoken(entry)[:2]
        if not groups or first - last > STALE_DAYS:
            groups.append([])
            last = end
        groups[-1].append(entry)
        last = max(last, end)
    if silent and len(groups) == 1:
        groups[0].extend(silent)
    elif silent:
        groups.insert(0, silent)
    # The first group keeps the plain name, so that later statements leave its id alone.
    return [("" if turn == 0 else _first_day(group), group) for turn, group in enumerate(groups)]


def _first_day(group: Sequence[Entry]) -> str:
    days = [entry.said.first for entry in group if entry.said is not None]
    return f"said {_day(min(days))}" if days else "undated"


def _near(said: Period, span: Period, reach: int) -> bool:
    return said.first <= span.last + reach and said.last >= span.first - reach


def _narrowest(entry: Entry) -> tuple[int, int, str, int]:
    when = entry.when or Period(0, 0)
    return when.last - when.first, when.first, entry.claim.document, entry.claim.start


def _spoken(entry: Entry) -> tuple[int, int, str, int]:
    said = entry.said or Period(0, 0)
    return said.first, said.last, entry.claim.document, entry.claim.start


def _turn(entry: Entry) -> tuple[str, int, str]:
    return entry.claim.document, entry.claim.start, entry.claim.id


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()
