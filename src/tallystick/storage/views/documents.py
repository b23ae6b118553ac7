"""Reports as their room lists them, and one of them as it is read: a view comes in, records go out.

Only the rows of the report that is asked for are fetched; a list is sorted by an index that holds no text.
"""

from array import array
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple, TypeAlias

import sqlalchemy as sa

from tallystick.errors import UnknownDocumentError
from tallystick.model.document import Document, Failure
from tallystick.model.flag import SEVERITIES
from tallystick.model.review import Standing
from tallystick.storage import contents, rows, tables
from tallystick.storage.dialects import POSTGRESQL, down, up
from tallystick.storage.views import search
from tallystick.storage.views.kept import Kept
from tallystick.storage.views.search import Snippet
from tallystick.storage.views.view import View

__all__ = [
    "Asked",
    "Choice",
    "Failures",
    "Listed",
    "Sheet",
    "Sort",
    "document",
    "failures",
    "ids_like",
    "languages",
    "listed",
    "outlets",
]

# Reports on a page: about two screens, and soon drawn.
PER_PAGE = 50
# What could not be read, on a page of its panel.
FAILURES_PER_PAGE = 25
# Names that a list to choose from offers; others can be typed.
MOST_CHOICES = 150
# Ids that begin alike among which one of a digest is looked for.
MOST_ALIKE = 2_000
# Reports that hold words from which on these are common: pages are found by looking at one report after another, but at
# no more than so many. One of 1,500 characters takes 15 microseconds; to find 100,000 by the index and to sort them 300
# milliseconds.
COMMON, LOOKED = 2_000, 2_000
# To look one up in SQLite's index of words takes ten times as long, and meanwhile it finds many by the index: pages of
# common words took 95 of 100 readers 168 ms with 10 in place of 40, and 94 with 40 (a million claims, ten readers).
DEARER = 40
# Behind every code point that an id can hold.
LAST = "\U0010ffff"

_CHOICES: Kept[tuple["Choice", ...]] = Kept()
_ORDERS: "Kept[array[int]]" = Kept()
_TOTALS: Kept[int] = Kept()

Sort: TypeAlias = Literal["day", "outlet", "claims"]


class Asked(NamedTuple):
    """Which reports a list shows, and how.

    Attributes:
        words: Only those that hold all these words; "" for all.
        outlet: Only of this outlet; "" for every one.
        language: Only in this language; "" for every one.
        sort: By the day of publication, the outlet, or the number of claims.
        descending: Whether the greatest comes first.
        page: From 1; one beyond the last gives the last.
    """

    words: str = ""
    outlet: str = ""
    language: str = ""
    sort: Sort = "day"
    descending: bool = True
    page: int = 1


class Listed(NamedTuple):
    """A report in the list.

    Attributes:
        id: Its id.
        title: As published, or None.
        outlet: Who published it, or None.
        published: Day or time, ISO 8601, or None.
        language: BCP 47.
        claims: Figures found in it, also those that a reviewer took away.
        reviewed: How many of them a reviewer decided about.
        severity: That of its gravest flag, or None.
        snippet: Where its text holds the first of the words that are looked for; None where only its title does, or
            none are.
    """

    id: str
    title: str | None
    outlet: str | None
    published: str | None
    language: str
    claims: int
    reviewed: int
    severity: str | None
    snippet: Snippet | None


class Sheet(NamedTuple):
    """A page of the list: its reports, its number, and how many pages and reports there are."""

    rows: tuple[Listed, ...]
    number: int
    pages: int
    total: int


class Choice(NamedTuple):
    """A name that a list can be narrowed to, and how many reports have it."""

    name: str
    reports: int


class Failures(NamedTuple):
    """A page of what could not be read."""

    rows: tuple[Failure, ...]
    number: int
    pages: int
    total: int


def listed(view: View, asked: Asked) -> Sheet:
    """Give a page of the reports that are asked for."""
    looked_for = search.words(asked.words)
    if looked_for and not _walks(view, asked):
        # Found once and kept: to find few of many is as dear as to find all.
        key = looked_for, asked.outlet, asked.language, asked.sort, asked.descending
        found = _ORDERS.of(view, key, lambda moment: _found(moment, asked))
        number, pages = _turn(asked.page, len(found), PER_PAGE)
        places = found[(number - 1) * PER_PAGE : number * PER_PAGE].tolist()
        return Sheet(_lines(view, places, looked_for), number, pages, len(found))
    where, total = _where(asked), _total(view, asked)
    if looked_for:
        where.append(search.document_has(view, asked.words))
    number, pages = _turn(asked.page, total, PER_PAGE)
    query = _ordered(asked).where(*where).limit(PER_PAGE).offset((number - 1) * PER_PAGE)
    return Sheet(_lines(view, view.connection.scalars(query).all(), looked_for), number, pages, total)


def _where(asked: Asked) -> list[sa.ColumnElement[bool]]:
    """What a row of a report must be, but for its words."""
    held = tables.documents.c
    return [
        column == value for column, value in ((held.outlet, asked.outlet), (held.language, asked.language)) if value
    ]


def _found(view: View, asked: Asked) -> "array[int]":
    """The positions of all reports that hold words, in order."""
    holding = search.documents_with(view, asked.words)
    within = () if holding is None else (tables.documents.c.position.in_(holding),)
    return array("q", view.connection.scalars(_ordered(asked).where(*_where(asked), *within)))


def _walks(view: View, asked: Asked) -> bool:
    """Whether a page is sooner found by looking at one report after another than by the words that it holds."""
    if search.documents_held(view, asked.words) < COMMON:
        return False
    bare = _total(view, asked._replace(words=""))
    looked = LOOKED if view.connection.dialect.name == POSTGRESQL else LOOKED // DEARER
    return max(asked.page, 1) * PER_PAGE * bare <= looked * _total(view, asked)


def _total(view: View, asked: Asked) -> int:
    """How many reports are asked for."""
    key = search.words(asked.words), asked.outlet, asked.language
    return _TOTALS.of(view, key, lambda moment: _count(moment, asked))


def _count(view: View, asked: Asked) -> int:
    where, held = _where(asked), tables.documents.c
    if search.words(asked.words):
        if not where:
            return search.documents_held(view, asked.words, now=True)
        bare = _count(view, asked._replace(words=""))
        holding = None if bare <= LOOKED else search.documents_with(view, asked.words)
        has = search.document_has(view, asked.words) if holding is None else held.position.in_(holding)
        where.append(has)
    return view.scalar(sa.select(sa.func.count()).select_from(tables.documents).where(*where)) or 0


def _turn(page: int, total: int, each: int) -> tuple[int, int]:
    """The page that there is, and how many."""
    pages = max(1, -(-total // each))
    return min(max(page, 1), pages), pages


def _ordered(asked: Asked) -> sa.Select[Any]:
    """A query of the positions of reports; where what they are sorted by is the same, the latest come first."""
    held, sized = tables.documents.c, tables.sizes.c
    to = down if asked.descending else up
    if asked.sort == "claims":
        query = sa.select(sized.position)
        if asked.words or _where(asked):
            query = query.join(tables.documents, held.position == sized.position)
        return query.order_by(*map(to, (sized.claims, sized.published, sized.position)))
    keys = {"day": (held.published, held.outlet, held.language, held.id), "outlet": (held.outlet, held.published)}
    return sa.select(held.position).order_by(*map(to, (*keys[asked.sort], held.position)))


def _lines(view: View, places: Sequence[int], looked_for: Sequence[str]) -> tuple[Listed, ...]:
    """The lines of the reports at these positions, in this order."""
    held, found = tables.documents.c, tables.listing.c
    columns = (held.position, held.id, held.title, held.outlet, held.published, held.language)
    rows_of = {row.pop("position"): row for row in view.rows(sa.select(*columns).where(held.position.in_(places)))}
    # What was kept may name a report that is gone.
    shown = [rows_of[place] for place in places if place in rows_of]
    names = [row["id"] for row in shown]
    reviewed = sa.func.sum(sa.case((found.standing != Standing.EXTRACTED.value, 1), else_=0))
    counted = {
        row["document"]: row
        for row in view.rows(
            sa.select(
                found.document, sa.func.count().label("claims"), reviewed.label("reviewed"),
                sa.func.max(found.severity).label("severity"),
            ).where(found.document.in_(names)).group_by(found.document)
        )
    }  # fmt: skip
    texts = {}
    if looked_for:
        query = sa.select(held.id, held.text).where(held.id.in_(names))
        texts = {row["id"]: search.snippet(row["text"], looked_for) for row in view.rows(query)}
    none = {"claims": 0, "reviewed": 0, "severity": 0}
    return tuple(
        Listed(
            **row, claims=told["claims"], reviewed=told["reviewed"], severity=_severity(told["severity"]),
            snippet=texts.get(row["id"]),
        )
        for row in shown
        for told in (counted.get(row["id"], none),)
    )  # fmt: skip


def _severity(grave: int) -> str | None:
    """The name of a severity as the listing of claims counts it."""
    return SEVERITIES[len(SEVERITIES) - grave] if grave else None


def outlets(view: View) -> tuple[Choice, ...]:
    """Give the outlets with the most reports."""
    return _choices(view, tables.documents.c.outlet)


def languages(view: View) -> tuple[Choice, ...]:
    """Give the languages with the most reports."""
    return _choices(view, tables.documents.c.language)


def _choices(view: View, column: sa.Column[str]) -> tuple[Choice, ...]:
    return _CHOICES.of(view, column.name, lambda held: _counted(held, column))


def _counted(view: View, column: sa.Column[str]) -> tuple[Choice, ...]:
    many = sa.func.count().label("reports")
    query = sa.select(column.label("name"), many).where(column.is_not(None)).group_by(column)
    return tuple(Choice(**row) for row in view.rows(query.order_by(many.desc(), column).limit(MOST_CHOICES)))


def failures(view: View, page: int = 1) -> Failures:
    """Give a page of what could not be read, in order of its name."""
    held = tables.failures.c
    total = view.scalar(sa.select(sa.func.count()).select_from(tables.failures)) or 0
    number, pages = _turn(page, total, FAILURES_PER_PAGE)
    order = (held.document, held.stage, held.reason)
    query = sa.select(tables.failures).order_by(*order).limit(FAILURES_PER_PAGE)
    found = view.rows(query.offset((number - 1) * FAILURES_PER_PAGE))
    return Failures(tuple(map(rows.failure_of, found)), number, pages, total)


def ids_like(view: View, beginning: str) -> tuple[str, ...]:
    """Give the ids that begin so, at most MOST_ALIKE of them."""
    held = tables.documents.c.id
    query = sa.select(held).where(held >= beginning, held < beginning + LAST).order_by(held).limit(MOST_ALIKE)
    return tuple(row["id"] for row in view.rows(query))


def document(view: View, name: str) -> Document:
    """Give a report with its passages.

    Raises:
        UnknownDocumentError: Where the case does not hold it.
    """
    found = contents.some_documents(view.connection, (name,))
    if not found:
        raise UnknownDocumentError(name, "this case")
    return found[0]
