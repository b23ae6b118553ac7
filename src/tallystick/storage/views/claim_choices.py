"""What the fields of a filter of claims offer: a view comes in, the values that claims have go out, with how many."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from tallystick.storage import tables
from tallystick.storage.views.claims import name_of, named
from tallystick.storage.views.kept import Kept
from tallystick.storage.views.view import View

__all__ = ["Choice", "Choices", "choices"]

# Values that a field offers; the rest is found by its text, or by a link from another page.
MOST_CHOICES = 100


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


_CHOICES: Kept[Choices] = Kept(4)


def choices(view: View) -> Choices:
    """Give what the fields of a filter offer; while the case goes on changing, of shortly before."""
    return _CHOICES.of(view, None, _choices)


def _choices(view: View) -> Choices:
    """What the fields offer by now."""
    column = tables.listing.c
    languages, countries, statuses = _counted_together(view, (column.language, column.country, column.status))
    return Choices(
        categories=_counted(view, column.category),
        statuses=statuses,
        speakers=_counted(view, column.speaker),
        outlets=_counted(view, column.outlet),
        countries=countries,
        places=_counted(view, column.place),
        languages=languages,
        flags=_flags(view),
        populations=_populations(view),
    )


def _counted(view: View, column: sa.Column[Any]) -> tuple[Choice, ...]:
    """The values of a column, the most frequent first."""
    count = sa.func.count().label("count")
    query = sa.select(column.label("value"), count).where(column.is_not(None), column != "").group_by(column)
    found = view.rows(query.order_by(count.desc(), column).limit(MOST_CHOICES))
    return tuple(Choice(row["value"], row["count"]) for row in found)


def _counted_together(view: View, columns: Sequence[sa.Column[Any]]) -> list[tuple[Choice, ...]]:
    """The same of columns of few values, in one go through the index that has them in this order."""
    query = sa.select(*columns, sa.func.count()).group_by(*columns)
    counts: list[Counter[str]] = [Counter() for _ in columns]
    for *values, count in view.connection.execute(query):
        for counted, value in zip(counts, values, strict=True):
            if value:
                counted[value] += count
    return [
        tuple(Choice(value, count) for value, count in sorted(one.items(), key=lambda held: (-held[1], held[0])))
        for one in counts
    ]


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
    query = named(tables.estimates.c).add_columns(first.c.count).join(first, first.c.estimate == tables.estimates.c.id)
    found = view.rows(query.order_by(first.c.count.desc(), tables.estimates.c.position))
    return tuple(Choice(row["id"], row["count"], name_of(row)) for row in found)
