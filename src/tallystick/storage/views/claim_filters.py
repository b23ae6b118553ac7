"""Which claims a table shows, and in what order: what somebody asks for comes in, conditions and an order go out."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from tallystick.model.flag import SEVERITIES
from tallystick.model.review import Standing
from tallystick.storage import tables
from tallystick.storage.dialects import down, unindexed, up
from tallystick.storage.listing import BAR
from tallystick.storage.views import search
from tallystick.storage.views.view import View

__all__ = ["LATEST", "Filter", "Shown", "Sort", "SortKey", "gone", "names_flag", "ordered", "where"]

# Of a claim that was rejected or replaced no more than that it was said so remains.
GONE = tuple(one.value for one in Standing if not one.counts)
# Behind every time of a day: ISO times begin with their day and a "T" or a blank.
END_OF_DAY = "~"


class Shown(StrEnum):
    """Which claims are shown by what reviewers said of them."""

    COUNTING = "counting"
    UNREVIEWED = "unreviewed"
    REVIEWED = "reviewed"
    ACCEPTED = "accepted"
    EDITED = "edited"
    SPLIT = "split"
    MERGED = "merged"
    ADDED = "added"
    REJECTED = "rejected"
    REPLACED = "replaced"
    ANY = "any"


class SortKey(StrEnum):
    """What a table of claims can be sorted by; the names are columns of `listing`."""

    PUBLISHED = "published"
    VALUE = "value"
    CATEGORY = "category"
    SPEAKER = "speaker"
    OUTLET = "outlet"
    PLACE = "place"
    SWAY = "sway"
    DOUBT = "doubt"


# By which columns rows are sorted: the key, and where that is the same those of its index, so that the index alone
# gives the order. Of 100,000 claims sorted by category the first page took 30 ms without it.
_THEN = ("published", "standing", "status", "course")
ORDERS: Mapping[SortKey, tuple[str, ...]] = {
    SortKey.PUBLISHED: ("published", "standing", "status", "category", "country", "language", "severity"),
    SortKey.VALUE: ("value", "standing", "status", "category"),
    SortKey.CATEGORY: ("category", *_THEN), SortKey.SPEAKER: ("speaker", *_THEN),
    SortKey.OUTLET: ("outlet", *_THEN), SortKey.PLACE: ("place", *_THEN),
    SortKey.SWAY: ("sway", "standing"), SortKey.DOUBT: ("doubt", "standing"),
}  # fmt: skip


class Sort(NamedTuple):
    """An order; what has no value comes last."""

    key: SortKey = SortKey.PUBLISHED
    descending: bool = True


LATEST = Sort()


@dataclass(frozen=True, slots=True)
class Filter:
    """Which claims are asked for; all that is given must hold, "" asks nothing.

    Attributes:
        population: Id of an estimate.
        category: One of the dossier's.
        status: "planned", "actual", "possible" or "denied".
        speaker: As written.
        outlet: As published.
        country: ISO 3166-1 alpha-2 of the country the counted come from.
        lineage: Id of the origin that the claim goes back to.
        place: As written.
        since: First day of publication, ISO 8601.
        until: Last day of publication, ISO 8601.
        flag: Code of a flag that concerns it, or the id of one flag.
        severity: "error", "warning" or "note": a flag as grave as that, or graver, concerns it.
        shown: What reviewers said of it.
        language: Of its report, BCP 47.
        text: Words that its sentence holds.
    """

    population: str = ""
    category: str = ""
    status: str = ""
    speaker: str = ""
    outlet: str = ""
    country: str = ""
    lineage: str = ""
    place: str = ""
    since: str = ""
    until: str = ""
    flag: str = ""
    severity: str = ""
    shown: Shown = Shown.COUNTING
    language: str = ""
    text: str = ""


def where(
    view: View, filter_: Filter, sort: SortKey | None = None, *, walked: bool = False
) -> tuple[sa.ColumnElement[bool], ...]:
    """Give what a row of the listing must be to be asked for.

    Args:
        view: The case.
        filter_: What is asked for.
        sort: By what the rows are sorted, if they are.
        walked: Whether rows are looked at one after another in this order, and not found by their words.
    """
    column = tables.listing.c
    same = {
        column.category: filter_.category, column.status: filter_.status, column.speaker: filter_.speaker,
        column.outlet: filter_.outlet, column.country: filter_.country, column.lineage: filter_.lineage,
        column.place: filter_.place, column.language: filter_.language,
    }  # fmt: skip
    # The index by which rows are counted or sorted tells of these: to go along it is quicker than to sort what another
    # index finds.
    along = {column.status, column.country, column.language, *((column.category,) if sort is SortKey.VALUE else ())}
    held = [(unindexed(one) if one in along else one) == value for one, value in same.items() if value]
    held.extend(_standing(filter_.shown))
    if filter_.since:
        held.append(column.published >= filter_.since)
    if filter_.until:
        held.append(column.published <= filter_.until + END_OF_DAY)
    if filter_.severity in SEVERITIES:
        held.append(column.severity >= len(SEVERITIES) - SEVERITIES.index(filter_.severity))
    if filter_.population:
        pairs = tables.estimate_claims.c
        held.append(column.claim.in_(sa.select(pairs.claim).where(pairs.estimate == filter_.population)))
    if filter_.flag:
        held.extend(_flagged(view, filter_.flag, walked=walked))
    holding = search.claims_with(view, filter_.text)
    if holding is not None:
        told = search.claim_has(view, filter_.text, column.position) if walked else column.position.in_(holding)
        held.append(told)
    return tuple(held)


def gone() -> tuple[sa.ColumnElement[bool], ...]:
    """Give what the row of a claim is that does not count any more."""
    return (_reviewed(), tables.listing.c.standing.in_(GONE))


def _reviewed() -> sa.ColumnElement[bool]:
    # In these words, and not as a value, so that the index of these alone is found.
    return sa.literal_column("listing.standing") != sa.literal_column(f"'{Standing.EXTRACTED.value}'")


def names_flag(view: View, flag: str) -> bool:
    """Whether this is the id of a flag, and no code."""
    of = tables.flags.c.id
    return bool(flag) and view.once(("flag", flag), lambda: view.scalar(sa.select(of).where(of == flag))) is not None


def _flagged(view: View, flag: str, *, walked: bool) -> tuple[sa.ColumnElement[bool], ...]:
    """What a row must be that a flag of this code, or of this id, concerns; `walked` as `where`."""
    column, pairs = tables.listing.c, tables.flag_claims.c
    if names_flag(view, flag):
        return (column.claim.in_(sa.select(pairs.claim).where(pairs.flag == flag)),)
    every = view.once("codes", lambda: view.connection.scalars(_codes()).all())
    found = [codes for codes in every if flag in codes.split(BAR)]
    if not found:
        return (sa.false(),)
    # The first in these words, so that the index of claims that any flag concerns is found.
    marked = sa.literal_column("listing.severity") > sa.literal_column("0")
    return marked, (unindexed(column.codes) if walked else column.codes).in_(found)


@cache
def _codes() -> sa.Select[Any]:
    """A query of which codes claims have together: some dozen, each looked up in the index behind the one before."""
    of = tables.listing.alias().c
    least = sa.select(sa.func.min(of.codes).label("codes")).where(of.severity > sa.literal_column("0"))
    first = least.cte("found", recursive=True)
    following = least.where(of.codes > first.c.codes).scalar_subquery()
    found = first.union_all(sa.select(following).where(first.c.codes.is_not(None)))
    return sa.select(found.c.codes).where(found.c.codes.is_not(None))


def _standing(shown: Shown) -> tuple[sa.ColumnElement[bool], ...]:
    """What the standing of a row must be."""
    column = tables.listing.c.standing
    match shown:
        case Shown.ANY:
            return ()
        case Shown.COUNTING:
            return (column.not_in(GONE),)
        case Shown.UNREVIEWED:
            # Nearly all claims are so: an index of standings would find them in no order that is asked for.
            return (unindexed(column) == Standing.EXTRACTED.value,)
        case Shown.REVIEWED:
            return (_reviewed(),)
        case _:
            return (column == shown.value,)


def ordered(
    view: View, filter_: Filter, sort: Sort, *, backwards: bool = False, walked: bool = False
) -> sa.Select[Any]:  # fmt: skip
    """Give a query of the positions of all rows that are asked for, in order or from its end; `walked` as `where`."""
    column = tables.listing.c
    key, *then = (column[name] for name in (*ORDERS[sort.key], "position"))
    to = down if sort.descending is not backwards else up
    # What has no value comes last either way, and so first from the end.
    first = to(key) if sort.descending else key.desc().nulls_first() if backwards else key.asc().nulls_last()
    by = (first, *(to(one) for one in then))
    return sa.select(column.position).where(*where(view, filter_, sort.key, walked=walked)).order_by(*by)
