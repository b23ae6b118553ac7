"""Figures by the day on which their reports were published: a window in time and filters come in, counts and lines out.

A window is the beginning of an ISO date: "" for all time, a year, a month or a day.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from tallystick.model.claim import Status
from tallystick.model.lineage import Course
from tallystick.model.quantity import Bound, Number
from tallystick.model.review import Standing
from tallystick.storage import tables
from tallystick.storage.dialects import piece, total, up
from tallystick.storage.views.view import View

__all__ = [
    "PAGE", "Bucket", "Entries", "Entry", "Fault", "Quoted", "Window", "buckets", "entries", "extent", "faults",
    "label", "quoted", "speakers", "undated",
]  # fmt: skip

# Figures on one page, and pages: who wants what lies further back looks at a year or a month.
PAGE, MOST_PAGES = 40, 250
# Speakers that a window is narrowed by: the loudest ones.
MOST_SPEAKERS = 60
# Figures of office holders that are looked at for the picture, and reports that name an office wrongly.
MOST_QUOTED, MOST_FAULTS = 600, 200
# A flag that somebody is called by an office that they did not hold.
OUT_OF_OFFICE = "office_anachronism"
GONE = [one.value for one in Standing if not one.counts]
# Behind every digit and dash of a date.
LAST = "~"


class Window(NamedTuple):
    """Which figures are looked at; an empty text means all.

    Attributes:
        day: The beginning of an ISO date.
        category: Id of a category.
        speaker: A speaker as written.
        population: Id of an estimate, for all figures of its population.
    """

    day: str = ""
    category: str = ""
    speaker: str = ""
    population: str = ""


class Bucket(NamedTuple):
    """How many figures were told in a span of time: its beginning of a date, and the figures by their course."""

    key: str
    first: int
    copied: int
    superseded: int

    @property
    def total(self) -> int:
        """How many figures there are."""
        return self.first + self.copied + self.superseded


class Entry(NamedTuple):
    """One figure of the timeline.

    Attributes:
        claim: Id of the claim.
        document: Id of the report.
        outlet: Who published it, or None.
        title: Its title, or None.
        published: When it was published.
        start: First code point of the figure.
        end: One past its last code point.
        figure: The words of the figure.
        quote: The sentence.
        prefix: Code points before the figure.
        low: Lower bound, or None.
        high: Upper bound, or None.
        bound: How the text bounds it.
        counted: What is counted, or None.
        status: Planned, actual, possible or denied.
        speaker: Who said it, or None.
        happened: EDTF date of the counted event, or None.
        stated: EDTF date on which it was said, or None.
        course: Whether it is told first, again, or replaced by a later one; None where that is not derived yet.
        origin: Id of its origin, or None.
        estimate: Id of the estimate that it went into, or None.
    """

    claim: str
    document: str
    outlet: str | None
    title: str | None
    published: str
    start: int
    end: int
    figure: str
    quote: str
    prefix: str
    low: Number | None
    high: Number | None
    bound: Bound
    counted: str | None
    status: Status
    speaker: str | None
    happened: str | None
    stated: str | None
    course: Course | None
    origin: str | None
    estimate: str | None


class Entries(NamedTuple):
    """One page of figures, the newest reports first: which page, of how many, and how many figures there are."""

    entries: tuple[Entry, ...]
    number: int
    pages: int
    total: int


class Quoted(NamedTuple):
    """A figure of a speaker: who, the day on which it was said or, failing that, published, and the report."""

    speaker: str
    day: str
    document: str


class Fault(NamedTuple):
    """A report that calls somebody by an office that they did not hold: the words, the day, and why."""

    document: str
    day: str
    words: str
    reason: str


def extent(view: View) -> tuple[str, str] | None:
    """Give the day of the first and of the last report with figures; None where none has a date."""
    column = tables.listing.c.published
    first, last = (view.scalar(sa.select(end(column))) for end in (sa.func.min, sa.func.max))
    return None if first is None or last is None else (first[:10], last[:10])


def undated(view: View) -> int:
    """Give how many figures stand in reports without a date."""
    columns = tables.listing.c
    query = sa.select(sa.func.count()).select_from(tables.listing).where(columns.published.is_(None))
    return view.scalar(query.where(columns.standing.not_in(GONE))) or 0


def _within(window: Window) -> tuple[sa.ColumnElement[bool], ...]:
    """The conditions on figures."""
    columns = tables.listing.c
    found = [columns.published >= window.day, columns.published < f"{window.day}{LAST}", columns.standing.not_in(GONE)]
    if window.category:
        found.append(columns.category == window.category)
    if window.speaker:
        found.append(columns.speaker == window.speaker)
    if window.population:
        found.append(columns.claim.in_(_of_population(window.population)))
    return tuple(found)


def _of_population(name: str) -> sa.Select[Any]:
    """The claims of all estimates of the population of one of them."""
    asked, other, pairs = tables.estimates.alias(), tables.estimates, tables.estimate_claims
    same = [other.c[name].is_not_distinct_from(asked.c[name]) for name in ("category", "origin", "place", "unit")]
    among = sa.select(other.c.id).select_from(asked.join(other, sa.and_(*same))).where(asked.c.id == name)
    return sa.select(pairs.c.claim).where(pairs.c.estimate.in_(among))


def buckets(view: View, window: Window, width: int) -> tuple[Bucket, ...]:
    """Count the figures of a window in order of time.

    Args:
        view: The case.
        window: Which figures.
        width: Code points of a date by which they are put together: 4 for years, 7 for months, 10 for days.
    """
    columns = tables.listing.c
    # In the order of the index first: nothing is sorted but what is left of it.
    by = (columns.published, columns.standing, columns.course)
    inner = sa.select(*by, sa.func.count().label("held")).where(*_within(window)).group_by(*by).subquery()
    key = sa.func.substr(inner.c.published, 1, width)
    query = sa.select(key.label("key"), inner.c.course, total(inner.c.held).label("held"))
    found: dict[str, dict[str | None, int]] = {}
    for row in view.rows(query.group_by(key, inner.c.course)):
        found.setdefault(row["key"], {})[row["course"]] = row["held"]
    return tuple(
        # What is not derived yet is told for the first time, as far as anybody knows.
        Bucket(name, held.get(Course.FIRST, 0) + held.get(None, 0), held.get(Course.COPIED, 0),
               held.get(Course.SUPERSEDED, 0))
        for name, held in sorted(found.items())
    )  # fmt: skip


def entries(view: View, window: Window, total: int, number: int) -> Entries:
    """Give a page of figures, the newest reports first.

    Args:
        view: The case.
        window: Which figures.
        total: How many these are, as `buckets` counts them.
        number: Which page, from 1; one behind the last gives the last.
    """
    pages = min(max(1, -(-total // PAGE)), MOST_PAGES)
    number = min(max(1, number), pages)
    listing, claims, documents = tables.listing.c, tables.claims.c, tables.documents.c
    pairs = tables.estimate_claims.c
    chosen = sa.select(listing.position).where(*_within(window))
    chosen = chosen.order_by(listing.published.desc(), listing.position).limit(PAGE).offset((number - 1) * PAGE)
    estimate = sa.select(sa.func.min(pairs.estimate)).where(pairs.claim == listing.claim).scalar_subquery()
    names = ("start", "end", "figure", "quote", "prefix", "low", "high", "bound", "counted", "status", "speaker",
             "stated")  # fmt: skip
    query = (
        sa.select(
            listing.claim, listing.document, documents.outlet, documents.title, listing.published, listing.happened,
            listing.course, listing.lineage.label("origin"), estimate.label("estimate"),
            *(claims[name] for name in names),
        )
        .select_from(tables.listing.join(tables.claims, claims.position == listing.position)
                     .join(tables.documents, documents.id == listing.document))
        .where(listing.position.in_(chosen)).order_by(listing.published.desc(), listing.position)
    )  # fmt: skip
    return Entries(tuple(map(_entry, view.rows(query))), number, pages, total)


def _entry(row: dict[str, Any]) -> Entry:
    course = None if row["course"] is None else Course(row["course"])
    return Entry(**row | {"bound": Bound(row["bound"]), "status": Status(row["status"]), "course": course})


def speakers(view: View, window: Window) -> tuple[tuple[str, int], ...]:
    """Give the speakers of a window, whoever it is narrowed to, with how many figures each has, the most first."""
    columns = tables.listing.c
    within = _within(window._replace(speaker=""))
    if not (window.day or window.category or window.population):
        # Of all time every speaker is asked for, undated reports among them: the index of speakers alone is read.
        within = within[2:]
    query = sa.select(columns.speaker, sa.func.count().label("held")).where(*within, columns.speaker.is_not(None))
    ranked = query.group_by(columns.speaker).order_by(sa.desc("held"), columns.speaker).limit(MOST_SPEAKERS)
    return tuple((row["speaker"], row["held"]) for row in view.rows(ranked))


def quoted(view: View, window: Window, names: Sequence[str]) -> tuple[Quoted, ...]:
    """Give the figures of some speakers in a window, as many as a picture holds."""
    listing, claims = tables.listing.c, tables.claims.c
    day = sa.func.coalesce(claims.stated, listing.published)
    query = (
        sa.select(listing.speaker, day.label("day"), listing.document)
        .select_from(tables.listing.join(tables.claims, claims.position == listing.position))
        .where(*_within(window), listing.speaker.in_(names))
        # As the index of speakers has them: what comes first is found without the rest.
        .order_by(*map(up, (listing.speaker, listing.published, listing.standing, listing.status, listing.course)),
                  listing.position)
    )  # fmt: skip
    return tuple(Quoted(**row) for row in view.rows(query.limit(MOST_QUOTED)))


def faults(view: View) -> tuple[Fault, ...]:
    """Give the reports that call somebody by an office that they did not hold, in order of time."""
    flags, evidence, documents = tables.flags, tables.evidence, tables.documents.c
    words = piece(documents.text, evidence.c.start + 1, evidence.c.end - evidence.c.start)
    query = (
        sa.select(evidence.c.document, documents.published.label("day"), words.label("words"), flags.c.reason)
        .select_from(flags.join(evidence, evidence.c.flag == flags.c.id)
                     .join(tables.documents, documents.id == evidence.c.document))
        .where(flags.c.code == OUT_OF_OFFICE, documents.published.is_not(None))
        .order_by(documents.published, flags.c.position).limit(MOST_FAULTS)
    )  # fmt: skip
    return tuple(Fault(**row) for row in view.rows(query))


def label(view: View, estimate: str) -> str | None:
    """Give the line that names the population of an estimate; None where there is no such estimate."""
    columns = tables.estimates.c
    found: str | None = view.scalar(sa.select(columns.label).where(columns.id == estimate))
    return found
