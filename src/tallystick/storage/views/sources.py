"""Who publishes and who speaks in a case: a view comes in, counts of reports, figures and origins go out.

Outlets and speakers are counted as reports write them; which of them are one party is for those who know a dossier.
"""

from typing import Any, NamedTuple

import sqlalchemy as sa

from tallystick.model.review import Standing
from tallystick.storage import tables
from tallystick.storage.dialects import first_of, gathered, together
from tallystick.storage.views.view import View

__all__ = ["Outlet", "Speaker", "outlets", "speakers"]

COUNTING = tables.listing.c.standing.not_in([one.value for one in Standing if not one.counts])


class Outlet(NamedTuple):
    """An outlet as its reports write it.

    Attributes:
        name: The name; "" for reports that name none.
        reports: How many reports.
        claims: How many figures that count.
        first: How many of them are the earliest of their origin; the rest repeat one.
    """

    name: str
    reports: int
    claims: int
    first: int


class Speaker(NamedTuple):
    """A speaker as reports write the name.

    Attributes:
        name: The name.
        claims: How many figures that count.
        origins: How many origins go by this name.
        begin: When the first report with such a figure was published, or None.
        end: When the last one was, or None.
    """

    name: str
    claims: int
    origins: int
    begin: str | None
    end: str | None


def outlets(view: View) -> tuple[Outlet, ...]:
    """Give every outlet of a case, in the order of their names; the whole case is counted."""
    documents, listed = tables.documents.c, tables.listing.c
    reports = _counts(view, sa.select(documents.outlet, sa.func.count().label("n")).group_by(documents.outlet))
    claims = _counts(view, sa.select(listed.outlet, sa.func.count().label("n")).where(COUNTING).group_by(listed.outlet))
    # The claims of an origin stand by publication, the earliest first.
    earliest = tables.origins.join(tables.listing, listed.claim == first_of(tables.origins.c.claims))
    first = _counts(
        view, sa.select(listed.outlet, sa.func.count().label("n")).select_from(earliest).group_by(listed.outlet)
    )  # fmt: skip
    return tuple(
        Outlet(name, number, claims.get(name, 0), first.get(name, 0)) for name, number in sorted(reports.items())
    )


def speakers(view: View) -> tuple[Speaker, ...]:
    """Give everybody who is told to have given a figure, in the order of their names; the whole case is counted."""
    listed, held = tables.listing.c, tables.origins.c
    named = sa.select(held.speaker, sa.func.count().label("n")).where(held.speaker.is_not(None))
    origins = _counts(view, named.group_by(held.speaker))
    days = (sa.func.min(listed.published).label("first"), sa.func.max(listed.published).label("last"))
    query = (
        sa.select(listed.speaker, sa.func.count().label("n"), *days)
        .where(listed.speaker.is_not(None), COUNTING)
        .group_by(listed.speaker)
    )
    return tuple(
        Speaker(name, claims, origins.get(name, 0), begin, end)
        for name, claims, begin, end in sorted(_all(view, query), key=lambda row: str(row[0]))
    )


def _counts(view: View, query: sa.Select[Any]) -> dict[str, int]:
    """Numbers by name; what has none under ""."""
    found: dict[str, int] = {}
    for name, number in _all(view, query):
        found[name or ""] = found.get(name or "", 0) + number
    return found


def _all(view: View, query: sa.Select[Any]) -> list[list[Any]]:
    """The rows of a query, as one value: a thread gives up its turn at every row, and with ten readers waits for it."""
    rows = query.subquery()
    return list(view.scalar(sa.select(gathered(together(*rows.c)))))
