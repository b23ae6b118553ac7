"""The table of claims: what is asked for comes in, one page of rows, their number, or what to choose from goes out.

A page is found by the narrow rows of `listing` and their indexes; the words of its claims are fetched last, for those
rows alone.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

import sqlalchemy as sa

from tallystick.errors import UnknownNameError
from tallystick.model.claim import Claim
from tallystick.model.flag import SEVERITIES
from tallystick.model.quantity import Bound, Number
from tallystick.model.review import Standing
from tallystick.storage import rows, tables
from tallystick.storage.dialects import POSTGRESQL
from tallystick.storage.views import search
from tallystick.storage.views.claim_filters import LATEST, Filter, Sort, gone, names_flag, ordered, where
from tallystick.storage.views.kept import Kept
from tallystick.storage.views.view import View

__all__ = ["PER_PAGE", "Found", "Row", "Whole", "listing", "name_of", "named", "place_of", "population", "positions",
           "total", "whole"]  # fmt: skip

# Rows on a page: some screens of sentences, drawn within the time of a request.
PER_PAGE = 25
# Rows that are fetched at once: SQLite takes 32,766 values in a statement, a portion of these is some hundred KB.
PORTION = 500
# Positions of what was searched for, some hundred KB for a search that finds nearly all.
_PLACES: "Kept[array[int]]" = Kept(48)
_TOTALS: Kept[int] = Kept(512)
# Claims that hold words from which on these are common: pages are found by looking at one claim after another, but
# at no more than so many. One takes some 8 microseconds; to find 20,000 by the index and to sort them 100 milliseconds.
COMMON, LOOKED = 20_000, 5_000
# To look one up in SQLite's index of words takes ten times as long, and meanwhile it finds many by the index: pages of
# common words took 95 of 100 readers 168 ms with 10 in place of 40, and 94 with 40 (a million claims, ten readers).
DEARER = 40


class Row(NamedTuple):
    """A claim as the table shows it; the fields are those of `Claim`, its report and what is derived of it.

    Attributes:
        severity: Of its gravest flag, or None.
        flags: Codes of its flags.
        lineage: Id of its origin, or None.
        estimates: (id, label) of the estimates that it goes into.
    """

    claim: str
    document: str
    start: int
    end: int
    figure: str
    low: Number | None
    high: Number | None
    bound: Bound
    unit: str
    counted: str | None
    category: str
    status: str
    speaker: str | None
    country: str | None
    place: str | None
    when: str | None
    outlet: str | None
    published: str | None
    title: str | None
    language: str
    quote: str
    prefix: str
    standing: str
    severity: str | None
    flags: tuple[str, ...]
    lineage: str | None
    estimates: tuple[tuple[str, str], ...]


class Found(NamedTuple):
    """A page of claims.

    Attributes:
        rows: Its claims, in order.
        number: Which page it is, from 1.
        pages: How many there are, at least 1.
        total: How many claims there are on all of them.
        seen: Number of the last review of any claim: who decides by this page knows of all up to it.
    """

    rows: tuple[Row, ...]
    number: int
    pages: int
    total: int
    seen: int


class Whole(NamedTuple):
    """A claim whole, with its standing and the id of its origin."""

    claim: Claim
    standing: Standing
    lineage: str | None


def total(view: View, filter_: Filter) -> int:
    """Give how many claims are asked for."""
    if not _common(view, filter_.text):
        return _total(view, *where(view, filter_))
    bare = replace(filter_, text="")
    if bare == Filter():
        # All that hold the words, but those few that do not count any more.
        has = search.claim_has(view, filter_.text, tables.listing.c.position)
        return search.claims_held(view, filter_.text, now=True) - _total(view, *gone(), has)
    few = total(view, bare) <= LOOKED
    return _total(view, *where(view, filter_, walked=few))


def _total(view: View, *held: sa.ColumnElement[bool]) -> int:
    count: int = view.scalar(sa.select(sa.func.count()).select_from(tables.listing).where(*held))
    return count


def _common(view: View, text: str) -> bool:
    """Whether many claims hold these words; where there are none, they are no filter."""
    return search.claims_held(view, text) >= COMMON


def listing(view: View, filter_: Filter, sort: Sort = LATEST, page: int = 1) -> Found:
    """Give a page of claims.

    Args:
        view: The case at a moment.
        filter_: Which claims are asked for.
        sort: In which order.
        page: From 1; one beyond the last gives the last.
    """
    wanted = filter_.flag or filter_.population or search.words(filter_.text)
    if wanted and not _walks(view, filter_, page):
        # To count these is as dear as to find them: they are found once for all pages.
        places = _PLACES.of(view, (filter_, sort), lambda held: positions(held, filter_, sort))
        held, number, pages = len(places), *_turn(page, len(places))
        found: Sequence[int] = places[(number - 1) * PER_PAGE : number * PER_PAGE].tolist()
    else:
        held = _TOTALS.of(view, filter_, lambda held: total(held, filter_))
        number, pages = _turn(page, held)
        found = _page(view, filter_, sort, (number - 1) * PER_PAGE, held)
    seen = view.scalar(sa.select(sa.func.max(tables.reviews.c.number))) or 0
    return Found(_rows(view, found), number, pages, held, seen)


def _walks(view: View, filter_: Filter, page: int) -> bool:
    """Whether a page is sooner found by looking at one claim after another than by its words, or by its flags."""
    few = filter_.population or names_flag(view, filter_.flag)
    if few or (search.words(filter_.text) and not _common(view, filter_.text)):
        return False
    # Of those with words it is counted anyway how many there are without; else all there are are enough to go by.
    bare = replace(filter_, text="", flag="") if search.words(filter_.text) else Filter()
    whole, held = (_TOTALS.of(view, one, partial(total, filter_=one)) for one in (bare, filter_))
    dear = bool(search.words(filter_.text)) and view.connection.dialect.name != POSTGRESQL
    return max(page, 1) * PER_PAGE * whole <= (LOOKED // DEARER if dear else LOOKED) * held


def _turn(page: int, held: int) -> tuple[int, int]:
    """The page that there is, and how many."""
    pages = max(1, -(-held // PER_PAGE))
    return min(max(page, 1), pages), pages


def _page(view: View, filter_: Filter, sort: Sort, first: int, held: int) -> Sequence[int]:
    """The positions of a page, counted from whichever end is nearer: what lies before it is gone through."""
    rest, walked = max(0, held - first - PER_PAGE), bool(filter_.flag or search.words(filter_.text))
    if first <= rest:
        query = ordered(view, filter_, sort, walked=walked).limit(PER_PAGE).offset(first)
        return view.connection.scalars(query).all()
    query = ordered(view, filter_, sort, backwards=True, walked=walked).limit(min(PER_PAGE, held - first)).offset(rest)
    return view.connection.scalars(query).all()[::-1]


def positions(view: View, filter_: Filter, sort: Sort = LATEST) -> "array[int]":
    """Give where all claims that are asked for stand, in order: what `whole` takes."""
    query = ordered(view, filter_, sort).execution_options(yield_per=PORTION)
    return array("q", view.connection.scalars(query))


def whole(view: View, places: Sequence[int]) -> tuple[Whole, ...]:
    """Give the claims at these positions, in their order; those that are not there any more are passed over."""
    found: dict[int, Whole] = {}
    for first in range(0, len(places), PORTION):
        some = list(places[first : first + PORTION])
        query = (
            sa.select(tables.claims, tables.listing.c.lineage.label("traced_to"))
            .join(tables.listing, tables.listing.c.position == tables.claims.c.position)
            .where(tables.claims.c.position.in_(some))
        )
        held = view.rows(query)
        spans = sa.select(tables.grounds).where(tables.grounds.c.claim.in_([row["id"] for row in held]))
        grounds = rows.grouped(view.rows(spans.order_by(tables.grounds.c.position)), "claim")
        for row in held:
            claim = rows.claim_of(row, grounds[row["id"]])
            found[row["position"]] = Whole(claim, Standing(row["standing"]), row["traced_to"])
    return tuple(found[place] for place in places if place in found)


def place_of(view: View, claim: str) -> tuple[str, int, int]:
    """Give the document of a claim, and its span in it.

    Raises:
        UnknownNameError: Where there is no such claim.
    """
    columns = tables.claims.c
    row = view.first(sa.select(columns.document, columns.start, columns.end).where(columns.id == claim))
    if row is None:
        raise UnknownNameError(claim, "is no claim of this case")
    return row["document"], row["start"], row["end"]


def population(view: View, estimate: str) -> str | None:
    """Give the name of an estimate for a reader, or None where there is none."""
    columns = tables.estimates.c
    row = view.first(named(columns).where(columns.id == estimate))
    return None if row is None else name_of(row)


def _rows(view: View, found: Sequence[int]) -> tuple[Row, ...]:
    """The rows at these positions, in their order."""
    claim, listed, document = tables.claims.c, tables.listing.c, tables.documents.c
    query = (
        sa.select(
            tables.claims, listed.outlet, listed.published, listed.language, listed.severity, listed.lineage,
            document.title,
        )
        .join(tables.listing, listed.position == claim.position)
        .join(tables.documents, document.id == claim.document)
        .where(claim.position.in_(found))
    )  # fmt: skip
    held = {row["position"]: row for row in view.rows(query)}
    names = [row["id"] for row in held.values()]
    estimates, flags = _estimates_of(view, names), _flags_of(view, names)
    return tuple(
        _row(held[place], estimates[held[place]["id"]], flags[held[place]["id"]]) for place in found if place in held
    )


def _row(row: dict[str, Any], estimates: Iterable[tuple[str, str]], flags: Iterable[str]) -> Row:
    grave = row["severity"]
    return Row(
        row["id"], row["document"], row["start"], row["end"], row["figure"], row["low"], row["high"],
        Bound(row["bound"]), row["unit"], row["counted"], row["category"], row["status"], row["speaker"],
        row["origin"], row["place"], row["when"], row["outlet"], row["published"], row["title"], row["language"],
        row["quote"], row["prefix"], row["standing"], SEVERITIES[len(SEVERITIES) - grave] if grave else None,
        tuple(flags), row["lineage"], tuple(estimates),
    )  # fmt: skip


def _estimates_of(view: View, claims: Sequence[str]) -> defaultdict[str, list[tuple[str, str]]]:
    """The estimates that each claim goes into."""
    pairs, columns = tables.estimate_claims, tables.estimates.c
    query = named(columns).add_columns(pairs.c.claim).join(pairs, pairs.c.estimate == columns.id)
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in view.rows(query.where(pairs.c.claim.in_(claims)).order_by(columns.position)):
        found[row["claim"]].append((row["id"], name_of(row)))
    return found


def _flags_of(view: View, claims: Sequence[str]) -> defaultdict[str, list[str]]:
    """The codes of the flags that concern each claim, each once."""
    pairs, columns = tables.flag_claims, tables.flags.c
    query = sa.select(pairs.c.claim, columns.code).join(tables.flags, columns.id == pairs.c.flag).distinct()
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in view.rows(query.where(pairs.c.claim.in_(claims)).order_by(columns.code)):
        found[row["claim"]].append(row["code"])
    return found


def named(columns: sa.sql.ColumnCollection[str, sa.Column[Any]]) -> sa.Select[Any]:
    """Give a query of what estimates are named by."""
    return sa.select(columns.id, columns.label, columns.status, columns.measure, columns.when)


def name_of(row: dict[str, Any]) -> str:
    """Give the name of an estimate for a reader: whom it counts, whether they are planned, and when."""
    return ", ".join(part for part in (row["label"], row["status"], row["measure"], row["when"]) if part)
