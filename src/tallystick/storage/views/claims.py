"""The table of claims: what is asked for comes in, one page of rows, their number, or what to choose from goes out.

A page is found by the narrow rows of `listing` and their indexes; the words of its claims are fetched last, for those
rows alone.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

import sqlalchemy as sa

from tallystick.errors import UnknownNameError
from tallystick.model.claim import Claim
from tallystick.model.flag import SEVERITIES
from tallystick.model.quantity import Bound, Number
from tallystick.model.review import Standing
from tallystick.storage import rows, tables
from tallystick.storage.views import search
from tallystick.storage.views.view import View

__all__ = [
    "LATEST",
    "PER_PAGE",
    "Choice",
    "Choices",
    "Filter",
    "Found",
    "Kept",
    "Row",
    "Shown",
    "Sort",
    "SortKey",
    "choices",
    "kept",
    "listing",
    "place_of",
    "population",
    "positions",
    "total",
]

# Rows on a page: some screens of sentences, drawn within the time of a request.
PER_PAGE = 50
# Values that a field offers; the rest is found by its text, or by a link from another page.
MOST_CHOICES = 100
# Of a claim that was rejected or replaced no more than that it was said so remains.
GONE = tuple(one.value for one in Standing if not one.counts)
# Behind every time of a day: ISO times begin with their day and a "T" or a blank.
END_OF_DAY = "~"
# Rows that are fetched at once: SQLite takes 32,766 values in a statement, a portion of these is some hundred KB.
PORTION = 500


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


class Sort(NamedTuple):
    """An order; where the key is the same, that in which claims were added. What has no value comes last."""

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
        flag: Code of a flag that concerns it.
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


class Choice(NamedTuple):
    """A value that a field offers, with how many claims have it; `label` is for a reader where the value is not."""

    value: str
    claims: int
    label: str = ""


class Choices(NamedTuple):
    """What the fields of a filter offer, the most frequent first."""

    categories: tuple[Choice, ...]
    statuses: tuple[Choice, ...]
    speakers: tuple[Choice, ...]
    outlets: tuple[Choice, ...]
    countries: tuple[Choice, ...]
    places: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    flags: tuple[Choice, ...]
    populations: tuple[Choice, ...]


class Kept(NamedTuple):
    """A claim whole, with its standing and the id of its origin."""

    claim: Claim
    standing: Standing
    lineage: str | None


def total(view: View, filter_: Filter) -> int:
    """Give how many claims are asked for."""
    count: int = view.scalar(sa.select(sa.func.count()).select_from(tables.listing).where(*_where(filter_)))
    return count


def listing(view: View, filter_: Filter, sort: Sort = LATEST, page: int = 1, *, count: int | None = None) -> Found:
    """Give a page of claims.

    Args:
        view: The case at a moment.
        filter_: Which claims are asked for.
        sort: In which order.
        page: From 1; one beyond the last gives the last.
        count: How many claims there are, where that is known; else they are counted.
    """
    held = total(view, filter_) if count is None else count
    pages = max(1, -(-held // PER_PAGE))
    number = min(max(page, 1), pages)
    query = _ordered(filter_, sort).limit(PER_PAGE).offset((number - 1) * PER_PAGE)
    found = view.connection.scalars(query).all()
    seen = view.scalar(sa.select(sa.func.max(tables.reviews.c.number))) or 0
    return Found(_rows(view, found), number, pages, held, seen)


def positions(view: View, filter_: Filter, sort: Sort = LATEST) -> "array[int]":
    """Give where all claims that are asked for stand, in order: what `kept` takes."""
    query = _ordered(filter_, sort).execution_options(yield_per=PORTION)
    return array("q", view.connection.scalars(query))


def kept(view: View, places: Sequence[int]) -> tuple[Kept, ...]:
    """Give the claims at these positions, in their order; those that are not there any more are passed over."""
    found: dict[int, Kept] = {}
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
            found[row["position"]] = Kept(claim, Standing(row["standing"]), row["traced_to"])
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
    row = view.first(_named(columns).where(columns.id == estimate))
    return None if row is None else _name(row)


def choices(view: View) -> Choices:
    """Give what the fields of a filter offer; it takes tens of milliseconds, and is the same until the case changes."""
    column = tables.listing.c
    return Choices(
        categories=_counted(view, column.category),
        statuses=_counted(view, column.status),
        speakers=_counted(view, column.speaker),
        outlets=_counted(view, column.outlet),
        countries=_counted(view, column.country),
        places=_counted(view, column.place),
        languages=_counted(view, column.language),
        flags=_flags(view),
        populations=_populations(view),
    )


def _where(filter_: Filter) -> tuple[sa.ColumnElement[bool], ...]:
    """What a row of the listing must be."""
    column = tables.listing.c
    same = {
        column.category: filter_.category, column.status: filter_.status, column.speaker: filter_.speaker,
        column.outlet: filter_.outlet, column.country: filter_.country, column.lineage: filter_.lineage,
        column.place: filter_.place, column.language: filter_.language,
    }  # fmt: skip
    held = [one == value for one, value in same.items() if value]
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
        flags, pairs = tables.flags.c, tables.flag_claims.c
        of_code = sa.select(flags.id).where(flags.code == filter_.flag)
        held.append(column.claim.in_(sa.select(pairs.claim).where(pairs.flag.in_(of_code))))
    holding = search.claims_with(filter_.text)
    if holding is not None:
        held.append(column.position.in_(holding))
    return tuple(held)


def _standing(shown: Shown) -> tuple[sa.ColumnElement[bool], ...]:
    """What the standing of a row must be."""
    column = tables.listing.c.standing
    match shown:
        case Shown.ANY:
            return ()
        case Shown.COUNTING:
            return (column.not_in(GONE),)
        case Shown.UNREVIEWED:
            return (column == Standing.EXTRACTED.value,)
        case Shown.REVIEWED:
            return (column != Standing.EXTRACTED.value,)
        case _:
            return (column == shown.value,)


def _ordered(filter_: Filter, sort: Sort) -> sa.Select[Any]:
    """The positions of all rows that are asked for, in order."""
    key, turn = tables.listing.c[sort.key.value], tables.listing.c.position
    by = (key.desc(), turn.desc()) if sort.descending else (key.asc().nulls_last(), turn.asc())
    return sa.select(turn).where(*_where(filter_)).order_by(*by)


def _rows(view: View, found: Sequence[int]) -> tuple[Row, ...]:
    """The rows at these positions, in their order."""
    claim, listed, document = tables.claims.c, tables.listing.c, tables.documents.c
    query = (
        sa.select(
            tables.claims, listed.outlet, listed.published, listed.severity, listed.lineage, document.title,
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
        row["origin"], row["place"], row["when"], row["outlet"], row["published"], row["title"], row["quote"],
        row["prefix"], row["standing"], SEVERITIES[len(SEVERITIES) - grave] if grave else None, tuple(flags),
        row["lineage"], tuple(estimates),
    )  # fmt: skip


def _estimates_of(view: View, claims: Sequence[str]) -> defaultdict[str, list[tuple[str, str]]]:
    """The estimates that each claim goes into."""
    pairs, columns = tables.estimate_claims, tables.estimates.c
    query = _named(columns).add_columns(pairs.c.claim).join(pairs, pairs.c.estimate == columns.id)
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in view.rows(query.where(pairs.c.claim.in_(claims)).order_by(columns.position)):
        found[row["claim"]].append((row["id"], _name(row)))
    return found


def _flags_of(view: View, claims: Sequence[str]) -> defaultdict[str, list[str]]:
    """The codes of the flags that concern each claim, each once."""
    pairs, columns = tables.flag_claims, tables.flags.c
    query = sa.select(pairs.c.claim, columns.code).join(tables.flags, columns.id == pairs.c.flag).distinct()
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in view.rows(query.where(pairs.c.claim.in_(claims)).order_by(columns.code)):
        found[row["claim"]].append(row["code"])
    return found


def _named(columns: sa.sql.ColumnCollection[str, sa.Column[Any]]) -> sa.Select[Any]:
    """What an estimate is named by."""
    return sa.select(columns.id, columns.label, columns.status, columns.measure, columns.when)


def _name(row: dict[str, Any]) -> str:
    """The name of an estimate for a reader: whom it counts, whether they are planned, and when."""
    return ", ".join(part for part in (row["label"], row["status"], row["measure"], row["when"]) if part)


def _counted(view: View, column: sa.Column[Any]) -> tuple[Choice, ...]:
    """The values of a column, the most frequent first."""
    count = sa.func.count().label("count")
    query = sa.select(column.label("value"), count).where(column.is_not(None), column != "").group_by(column)
    found = view.rows(query.order_by(count.desc(), column).limit(MOST_CHOICES))
    return tuple(Choice(row["value"], row["count"]) for row in found)


def _flags(view: View) -> tuple[Choice, ...]:
    """The codes of flags with the claims that they concern."""
    pairs, flags = tables.flag_claims, tables.flags
    count = sa.func.count(pairs.c.claim.distinct()).label("count")
    query = sa.select(flags.c.code, count).join(pairs, pairs.c.flag == flags.c.id).group_by(flags.c.code)
    found = view.rows(query.order_by(count.desc(), flags.c.code).limit(MOST_CHOICES))
    return tuple(Choice(row["code"], row["count"]) for row in found)


def _populations(view: View) -> tuple[Choice, ...]:
    """The estimates that most claims go into."""
    pairs = tables.estimate_claims.c
    count = sa.func.count().label("count")
    most = sa.select(pairs.estimate, count).group_by(pairs.estimate).order_by(count.desc(), pairs.estimate)
    first = most.limit(MOST_CHOICES).subquery()
    query = _named(tables.estimates.c).add_columns(first.c.count).join(first, first.c.estimate == tables.estimates.c.id)
    found = view.rows(query.order_by(first.c.count.desc(), tables.estimates.c.position))
    return tuple(Choice(row["id"], row["count"], _name(row)) for row in found)
