"""What programs ask a case for by words and ids: a view comes in, the names it knows and narrow records go out."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa

from tallystick.model.quantity import Number
from tallystick.model.stream import Citation
from tallystick.storage import contents, tables
from tallystick.storage.contents import Rules
from tallystick.storage.dialects import first_of
from tallystick.storage.views import claims
from tallystick.storage.views.kept import Kept
from tallystick.storage.views.view import View

__all__ = [
    "FIELDS",
    "Line",
    "Named",
    "carrying",
    "flag_codes",
    "kinds_of",
    "latest",
    "lines",
    "named",
    "rules",
    "values",
]

# Fields of claims by whose values they are asked for; the names are columns of `listing`.
FIELDS = ("category", "status", "speaker", "outlet", "place", "country", "language")
# Readings of an estimate whose claims a line quotes: the ends of a range and one between.
MOST_QUOTED = 3
# What an id can be of, in the order in which it is looked for.
KINDS = {
    "claim": tables.claims, "document": tables.documents, "estimate": tables.estimates, "origin": tables.origins,
    "flag": tables.flags, "hit": tables.hits,
}  # fmt: skip


class Named(NamedTuple):
    """An estimate as it is found by its words."""

    id: str
    label: str
    status: str
    measure: str | None
    when: str | None
    category: str
    country: str | None
    place: str | None


class Line(NamedTuple):
    """An estimate in a line; `quoted` are ids of claims that carry it, the first of the weightiest readings."""

    id: str
    label: str
    unit: str
    status: str
    measure: str | None
    when: str | None
    best: Number | None
    low: Number | None
    high: Number | None
    credibility: int
    independent: tuple[int, int]
    reports: int
    conflicts: int
    stale: bool
    known: str | None
    quoted: tuple[str, ...]


_NAMED: Kept[tuple[Named, ...]] = Kept(4)
_VALUES: Kept[tuple[str, ...]] = Kept(4 * len(FIELDS))


def named(view: View) -> tuple[Named, ...]:
    """Give every estimate by its words, the most reported first."""
    return _NAMED.of(view, None, _named)


def _named(view: View) -> tuple[Named, ...]:
    columns = tables.estimates.c
    names = (columns.id, columns.label, columns.status, columns.measure, columns.when, columns.category,
             columns.origin.label("country"), columns.place)  # fmt: skip
    query = sa.select(*names).order_by(columns.reports.desc(), columns.position)
    return tuple(Named(*row) for row in view.connection.execute(query))


def values(view: View, field: str) -> tuple[str, ...]:
    """Give every value that claims have in one of `FIELDS`, in order."""
    return _VALUES.of(view, field, lambda held: _values(held, field))


def _values(view: View, field: str) -> tuple[str, ...]:
    column = tables.listing.c[field]
    query = sa.select(column).where(column.is_not(None), column != "").distinct().order_by(column)
    return tuple(view.connection.scalars(query))


def flag_codes(view: View) -> tuple[str, ...]:
    """Give the codes of the flags that there are, in order."""
    column = tables.flags.c.code
    return tuple(view.connection.scalars(sa.select(column).distinct().order_by(column)))


def lines(view: View, names: Sequence[str]) -> tuple[Line, ...]:
    """Give estimates in lines, in the order of these ids; those that there are not are left out."""
    columns = tables.estimates.c
    shown = (columns.id, columns.label, columns.unit, columns.status, columns.measure, columns.when, columns.best,
             columns.low, columns.high, columns.credibility, columns.independent_low, columns.independent_high,
             columns.reports, sa.func.json_array_length(columns.conflicts).label("conflicts"), columns.stale,
             columns.known)  # fmt: skip
    quoted = carrying(view, names)
    found = {}
    for row in view.rows(sa.select(*shown).where(columns.id.in_(names))):
        independent = (row.pop("independent_low"), row.pop("independent_high"))
        row["stale"] = bool(row["stale"])
        found[row["id"]] = Line(**row, independent=independent, quoted=quoted.get(row["id"], ()))
    return tuple(found[name] for name in names if name in found)


def carrying(view: View, names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Give ids of claims that carry each of some estimates: of its readings with most reports the first ones."""
    columns = tables.readings.c
    turn = sa.func.row_number().over(
        partition_by=columns.estimate, order_by=(columns.superseded, columns.reports.desc(), columns.position)
    )
    ranked = sa.select(columns.position, turn.label("turn")).where(columns.estimate.in_(names)).subquery()
    first = first_of(columns.claims)
    query = (
        sa.select(columns.estimate, first).join(ranked, ranked.c.position == columns.position)
        .where(ranked.c.turn <= MOST_QUOTED).order_by(ranked.c.turn, columns.position)
    )  # fmt: skip
    held: defaultdict[str, list[str]] = defaultdict(list)
    for estimate, claim in view.connection.execute(query):
        if claim is not None:
            held[estimate].append(claim)
    return {estimate: tuple(names) for estimate, names in held.items()}


def weighing(view: View, origin: str, most: int) -> tuple[tuple[str, str], ...]:
    """Give the first estimates in which an origin is weighed, each by its id and its name for a reader."""
    columns = tables.estimates.c
    pairs, own = tables.estimate_claims.c, tables.origin_claims.c
    # By the pairs, which have indexes; readings have none of their origins.
    of = sa.select(pairs.estimate).where(pairs.claim.in_(sa.select(own.claim).where(own.origin == origin)))
    found = view.rows(claims.named(columns).where(columns.id.in_(of)).order_by(columns.position).limit(most))
    return tuple((row["id"], claims.name_of(row)) for row in found)


def kinds_of(view: View, name: str) -> tuple[str, ...]:
    """Give what an id is of: "claim", "document", "estimate", "origin", "flag" or "hit"; nothing where of none."""
    return tuple(
        kind for kind, table in KINDS.items() if view.scalar(sa.select(sa.literal(1)).where(table.c.id == name))
    )


def latest(view: View) -> Citation | None:
    """Give where the report is found that was published last; None where the case holds none."""
    columns = tables.documents.c
    shown = (columns.id, columns.sha256, columns.title, columns.url, columns.outlet, columns.author,
             columns.published, columns.language)  # fmt: skip
    order = (columns.published.desc().nulls_last(), columns.id)
    row = view.connection.execute(sa.select(*shown).order_by(*order).limit(1)).first()
    return None if row is None else Citation(*row)


def rules(view: View) -> Rules | None:
    """Give the rules by which the claims of the case were made; None for a case without any."""
    return contents.rules(view.connection)
