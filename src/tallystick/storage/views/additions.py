"""Reports that have just come in: their ids come in, what a list shows of each goes out."""

from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa

from tallystick.storage import tables
from tallystick.storage.views.view import View

__all__ = ["New", "new_reports"]


class New(NamedTuple):
    """A report as the list of what came in shows it; `name` says where it was found."""

    id: str
    name: str
    title: str | None
    outlet: str | None
    published: str | None
    language: str
    claims: int


def new_reports(view: View, names: Sequence[str]) -> tuple[New, ...]:
    """Give the reports of these ids in the same order; one that is not there is left out.

    Args:
        view: The case.
        names: Ids, as many as a page shows.
    """
    held, found = tables.documents.c, tables.listing.c
    claims = sa.select(sa.func.count()).where(found.document == held.id).scalar_subquery()
    told = (held.id, held.name, held.title, held.outlet, held.published, held.language)
    query = sa.select(*told, claims.label("claims"))
    rows = {row["id"]: New(**row) for row in view.rows(query.where(held.id.in_(names)))}
    return tuple(rows[name] for name in names if name in rows)
