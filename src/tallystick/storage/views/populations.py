"""Populations with their estimates: what a reader looks for comes in, lines and whole populations go out.

A population is what estimates of one category, country, place and unit count. Everything is limited, and says how much
there is beyond.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from tallystick.errors import UnknownEstimateError
from tallystick.model.claim import Measure, Status
from tallystick.model.estimate import Estimate, Population
from tallystick.model.ledger import Ledger
from tallystick.model.lineage import Independent
from tallystick.model.provision import Tier
from tallystick.model.quantity import Number
from tallystick.storage import contents, rows, tables
from tallystick.storage.dialects import POSTGRESQL, gathered, lists, up
from tallystick.storage.views.kept import Kept
from tallystick.storage.views.view import View

__all__ = [
    "PAGE", "Brief", "Group", "Groups", "HitLine", "Line", "Point", "Sought", "Told", "Whole", "categories", "groups",
    "ledger_around", "told", "whole",
]  # fmt: skip

# Populations on one page.
PAGE = 25
# Estimates of a population that a list shows, and that its own page does: few have more than a handful.
MOST_LINES, MOST_ESTIMATES = 6, 12
# Readings that a small picture shows, and that the page of a population lists for each estimate.
MOST_POINTS, MOST_READINGS = 40, 24
# Claims that are taken of one reading; the page quotes the first ones, the chart needs to know which are in conflict.
MOST_CLAIMS = 24
# Sentences that are quoted for one reading.
MOST_QUOTED = 2
MOST_HITS = 12
# Reports of a block up to which the whole derivation is told at once; above that it takes too long for a page.
MOST_AROUND = 200
KEYS = ("category", "origin", "place", "unit")
_TOTALS: Kept[int] = Kept()
# To rank all is as dear for one page as for the foremost: those pages are found once.
FOREMOST = 1_000
_FOREMOST: Kept[tuple[rows.Row, ...]] = Kept(32)


class Sought(NamedTuple):
    """What a list of populations is narrowed to; an empty text means everything."""

    category: str = ""
    status: str = ""
    text: str = ""


class Point(NamedTuple):
    """One reading as a small picture shows it: its day, ends, and whether a later figure replaced it."""

    day: str | None
    low: Number | None
    high: Number | None
    superseded: bool


class Line(NamedTuple):
    """One estimate as a list shows it.

    Attributes:
        id: Id of the estimate.
        status: Planned, actual, possible or denied.
        measure: How the figure relates to time, or None.
        when: EDTF date of the counted event, or None.
        best: The best figure, or None.
        low: Lower end of the range, or None.
        high: Upper end of the range, or None.
        credibility: 1 to 6.
        independent: How many independent origins stand behind it.
        reports: Documents that carry it.
        conflicts: How many conflicts it has.
        stale: Whether it is only the last known count.
        known: Day of its latest report, or None.
        points: Its last readings, in order of date.
    """

    id: str
    status: Status
    measure: Measure | None
    when: str | None
    best: Number | None
    low: Number | None
    high: Number | None
    credibility: int
    independent: Independent
    reports: int
    conflicts: int
    stale: bool
    known: str | None
    points: tuple[Point, ...]


class Group(NamedTuple):
    """A population with its most reported estimates, and how many more it has."""

    population: Population
    lines: tuple[Line, ...]
    more: int


class Groups(NamedTuple):
    """One page of populations: which page, of how many, and how many populations there are."""

    groups: tuple[Group, ...]
    number: int
    pages: int
    total: int


class Told(NamedTuple):
    """A claim with the sentence that holds it, and the report where it stands; offsets are code points of its text."""

    id: str
    document: str
    start: int
    end: int
    figure: str
    quote: str
    prefix: str
    outlet: str | None
    title: str | None
    published: str | None


class Brief(NamedTuple):
    """Another estimate in a line."""

    id: str
    label: str
    status: Status
    best: Number | None
    low: Number | None
    high: Number | None


class HitLine(NamedTuple):
    """A provision that may apply, in a line."""

    id: str
    pack: str
    provision: str
    label: str
    tier: Tier
    statement: str


class Whole(NamedTuple):
    """A population with all that is shown of it.

    Attributes:
        population: Who or what is counted.
        estimates: Its estimates, the one that was asked for first; `claims` of each are left out, its readings and
            their claims are limited.
        held: How many estimates it has.
        readings: How many readings each estimate has, by its id.
        places: How many claims each reading has, by id of the estimate and of the origin.
        told: The claims that are quoted, by id.
        briefs: The estimates that are parts of these, or of which these are parts, by id.
        hits: The provisions that may apply to it.
        hits_held: How many these are in all.
    """

    population: Population
    estimates: tuple[Estimate, ...]
    held: int
    readings: dict[str, int]
    places: dict[tuple[str, str], int]
    told: dict[str, Told]
    briefs: dict[str, Brief]
    hits: tuple[HitLine, ...]
    hits_held: int


def categories(view: View) -> tuple[str, ...]:
    """Give the categories of which there are estimates."""
    column = tables.estimates.c.category
    return tuple(row["category"] for row in view.rows(sa.select(column).distinct().order_by(column)))


def groups(view: View, sought: Sought, number: int) -> Groups:
    """Give a page of populations, the most reported first.

    Args:
        view: The case.
        sought: What they are narrowed to; an estimate of another status is left out of its population as well.
        number: Which page, from 1; one behind the last gives the last.
    """
    columns, wanted = tables.estimates.c, _wanted(sought)
    keys = [columns[name] for name in KEYS]
    grouped = sa.select(*keys, sa.func.sum(columns.reports).label("reports"), sa.func.min(columns.label).label("label"),
                        sa.func.count().label("held")).where(*wanted).group_by(*keys)  # fmt: skip
    # To count them takes as long as to rank them: 78 ms each of 100,000 estimates.
    total = _TOTALS.of(
        view, sought, lambda each: each.scalar(sa.select(sa.func.count()).select_from(grouped.subquery())) or 0
    )
    pages = max(1, -(-total // PAGE))
    number = min(max(1, number), pages)
    ranked, skipped = grouped.order_by(sa.desc("reports"), "label", *map(up, keys)), (number - 1) * PAGE
    if number * PAGE <= FOREMOST:
        first = _FOREMOST.of(view, sought, lambda each: tuple(each.rows(ranked.limit(FOREMOST))))
        found: Sequence[rows.Row] = first[skipped : skipped + PAGE]
    else:
        found = view.rows(ranked.limit(PAGE).offset(skipped))
    lines = _lines(view, found, wanted)
    shown = (
        Group(Population(row["category"], row["origin"], row["place"], row["label"], row["unit"]),
              tuple(lines[_key(row)]), row["held"] - len(lines[_key(row)]))
        for row in found
    )  # fmt: skip
    return Groups(tuple(shown), number, pages, total)


def _wanted(sought: Sought) -> tuple[sa.ColumnElement[bool], ...]:
    """The conditions on estimates."""
    columns = tables.estimates.c
    found: list[sa.ColumnElement[bool]] = []
    if sought.category:
        found.append(columns.category == sought.category)
    if sought.status:
        found.append(columns.status == sought.status)
    if sought.text:
        found.append(columns.label.icontains(sought.text, autoescape=True))
    return tuple(found)


def _key(row: rows.Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in KEYS)


def _same(key: rows.Row) -> sa.ColumnElement[bool]:
    """The estimates of the population that has these values."""
    columns = tables.estimates.c
    return sa.and_(*(columns[name].is_(None) if key[name] is None else columns[name] == key[name] for name in KEYS))


def _lines(
    view: View, keys: Sequence[rows.Row], wanted: Iterable[sa.ColumnElement[bool]]
) -> defaultdict[tuple[Any, ...], list[Line]]:
    """The most reported estimates of each population."""
    found: defaultdict[tuple[Any, ...], list[Line]] = defaultdict(list)
    if not keys:
        return found
    columns = tables.estimates.c
    # Places first, from the index alone: a row of an estimate holds all of its steps.
    turn = sa.func.row_number().over(
        partition_by=[columns[name] for name in KEYS], order_by=(columns.reports.desc(), columns.position)
    )
    inner = sa.select(columns.position, turn.label("turn")).where(sa.or_(*map(_same, keys)), *wanted).subquery()
    first = sa.select(inner.c.position).where(inner.c.turn <= MOST_LINES)
    names = ("position", "id", *KEYS, "status", "measure", "when", "best", "low", "high", "credibility",
             "independent_low", "independent_high", "reports", "stale", "known")  # fmt: skip
    conflicts = sa.func.json_array_length(columns.conflicts).label("disputes")
    query = sa.select(*(columns[name] for name in names), conflicts).where(columns.position.in_(first))
    held = view.rows(query.order_by(columns.reports.desc(), columns.position))
    points = _points(view, [row["position"] for row in held])
    for row in held:
        found[_key(row)].append(_line(row, points[row["id"]]))
    return found


def _line(row: rows.Row, points: Sequence[Point]) -> Line:
    return Line(
        row["id"], Status(row["status"]), None if row["measure"] is None else Measure(row["measure"]), row["when"],
        row["best"], row["low"], row["high"], row["credibility"],
        Independent(row["independent_low"], row["independent_high"]), row["reports"], row["disputes"],
        bool(row["stale"]), row["known"], tuple(points),
    )  # fmt: skip


def _points(view: View, positions: Sequence[int]) -> defaultdict[str, list[Point]]:
    """The last readings of each of some estimates, by its id, in order."""
    found: defaultdict[str, list[Point]] = defaultdict(list)
    estimates, each = tables.estimates, tables.readings.alias()
    own = sa.select(each).where(each.c.estimate == estimates.c.id).order_by(each.c.position.desc()).limit(MOST_POINTS)
    if view.connection.dialect.name == POSTGRESQL:
        # It would ask for the last readings of each estimate once for every reading there is; SQLite knows no LATERAL.
        last = own.lateral()
        columns, joined = last.c, estimates.join(last, sa.true())
    else:
        places = own.with_only_columns(each.c.position).correlate(estimates).scalar_subquery()
        columns = tables.readings.c
        joined = estimates.join(tables.readings, columns.position.in_(places))
    query = (
        sa.select(columns.estimate, columns.known, columns.date, columns.low, columns.high, columns.superseded)
        .select_from(joined).where(estimates.c.position.in_(positions)).order_by(columns.position)
    )  # fmt: skip
    for row in view.rows(query):
        point = Point(row["known"] or row["date"], row["low"], row["high"], bool(row["superseded"]))
        found[row["estimate"]].append(point)
    return found


def whole(view: View, name: str) -> Whole:
    """Give the population of an estimate.

    Raises:
        UnknownEstimateError: Where there is no such estimate.
    """
    columns = tables.estimates.c
    # All but the ids of its claims: there may be as many as the case has.
    shown = [column for column in columns if column.name != "claims"]
    asked = view.first(sa.select(*shown).where(columns.id == name))
    if asked is None:
        raise UnknownEstimateError(name, ())
    same = _same(asked)
    held = view.scalar(sa.select(sa.func.count()).select_from(tables.estimates).where(same)) or 0
    others = sa.select(*shown).where(same, columns.id != name).order_by(columns.reports.desc(), columns.position)
    found = [asked, *view.rows(others.limit(MOST_ESTIMATES - 1))]
    counted: dict[str, int] = {}
    places: dict[tuple[str, str], int] = {}
    estimates = []
    for row in found:
        readings = _readings(view, row["id"])
        counted[row["id"]] = readings[0]["beyond"] if readings else 0
        places.update({(row["id"], one["origin"]): one["places"] for one in readings})
        estimates.append(rows.estimate_of(row | {"claims": []}, readings))
    quoted = [claim for one in estimates for reading in one.readings for claim in reading.claims[:MOST_QUOTED]]
    disputed = [claim for one in estimates for conflict in one.conflicts for claim in conflict.claims[:MOST_QUOTED]]
    related = {other for one in estimates for other in (*one.parts, one.whole) if other is not None}
    hits, hits_held = _hits(view, asked)
    return Whole(
        estimates[0].population, tuple(estimates), held, counted, places, told(view, (*quoted, *disputed)),
        _briefs(view, related), hits, hits_held,
    )  # fmt: skip


def _readings(view: View, estimate: str) -> list[dict[str, Any]]:
    """The readings of an estimate that matter most, in order of date, with the first of their claims."""
    columns = tables.readings.c
    own = columns.estimate == estimate
    # Which ones first: what they hold is read of these alone.
    ranked = sa.select(columns.position).where(own).order_by(columns.superseded, columns.reports.desc())
    first = ranked.order_by(columns.position).limit(MOST_READINGS)
    beyond = sa.select(sa.func.count()).select_from(tables.readings).where(own).scalar_subquery()
    query = sa.select(
        *(column for column in columns if column.name != "claims"),
        _first_claims().label("claims"),
        sa.func.json_array_length(columns.claims).label("places"), beyond.label("beyond"),
    ).where(columns.position.in_(first)).order_by(columns.position)  # fmt: skip
    return view.rows(query)


def _first_claims() -> sa.ScalarSelect[Any]:
    """The first claims of a reading, as its list holds them."""
    each = lists(tables.readings.c.claims)
    first = sa.select(each.c.value).limit(MOST_CLAIMS).subquery()
    return sa.select(gathered(first.c.value)).scalar_subquery()


def told(view: View, names: Iterable[str]) -> dict[str, Told]:
    """Give claims in their sentences, by id; those that the case does not have are left out."""
    claims, documents = tables.claims.c, tables.documents.c
    columns = (claims.id, claims.document, claims.start, claims.end, claims.figure, claims.quote, claims.prefix,
               documents.outlet, documents.title, documents.published)  # fmt: skip
    query = sa.select(*columns).join(tables.documents, documents.id == claims.document)
    found = view.rows(query.where(claims.id.in_(sorted(set(names)))))
    return {row["id"]: Told(**row) for row in found}


def _briefs(view: View, names: Iterable[str]) -> dict[str, Brief]:
    columns = tables.estimates.c
    query = sa.select(columns.id, columns.label, columns.status, columns.best, columns.low, columns.high)
    found = view.rows(query.where(columns.id.in_(sorted(names))))
    return {row["id"]: Brief(**row | {"status": Status(row["status"])}) for row in found}


def _hits(view: View, key: rows.Row) -> tuple[tuple[HitLine, ...], int]:
    """The provisions that may apply to a population, and how many there are."""
    columns = tables.hits.c
    same = [columns[name].is_(None) if key[name] is None else columns[name] == key[name] for name in KEYS]
    shown = (columns.id, columns.pack, columns.provision, columns.label, columns.tier, columns.statement)
    query = sa.select(*shown, sa.func.count().over().label("held")).where(*same).order_by(columns.position)
    found = view.rows(query.limit(MOST_HITS))
    lines = tuple(
        HitLine(row["id"], row["pack"], row["provision"], row["label"], Tier(row["tier"]), row["statement"])
        for row in found
    )
    return lines, found[0]["held"] if found else 0


def ledger_around(view: View, name: str) -> Ledger | None:
    """Give the block from which an estimate was derived; None where it is too large to be told at once.

    Raises:
        UnknownEstimateError: Where there is no such estimate.
    """
    columns = tables.estimates.c
    block = view.scalar(sa.select(columns.block).where(columns.id == name))
    if block is None:
        raise UnknownEstimateError(name, ())
    members = tables.blocks
    size = view.scalar(sa.select(sa.func.count()).select_from(members).where(members.c.block == block)) or 0
    if size > MOST_AROUND:
        return None
    found = contents.derived(view.connection, block, of=("edges", "origins", "estimates"))
    documents, claims = contents.documents(view.connection, block), contents.claims(view.connection, block)
    return Ledger(
        documents, claims, found.lineage, found.estimates, (), judgements=contents.judgements(view.connection)
    )
