"""What moved in a case: a time and a kind come in, changes with the population that they are about go out."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from tallystick.model.change import Change, ChangeKind
from tallystick.storage import rows, tables
from tallystick.storage.views.view import View

__all__ = ["KINDS", "PAGE", "About", "Moved", "Moves", "after", "last", "moves", "numbered"]

# Changes on one page.
PAGE = 50
OF_ESTIMATES = (ChangeKind.ESTIMATE, ChangeKind.ESTIMATE_GONE, ChangeKind.CONFLICT, ChangeKind.CONFLICT_GONE)
OF_ORIGINS = (ChangeKind.ORIGIN, ChangeKind.ORIGIN_GONE, ChangeKind.SUPERSEDED)
OF_FLAGS = (ChangeKind.FLAG, ChangeKind.FLAG_GONE)
# What a page of changes is narrowed to, with the kinds that belong to it.
KINDS: dict[str, tuple[ChangeKind, ...]] = {
    "reports": (ChangeKind.REPORT, ChangeKind.REPORT_GONE),
    "origins": (ChangeKind.ORIGIN, ChangeKind.ORIGIN_GONE),
    "estimates": (ChangeKind.ESTIMATE, ChangeKind.ESTIMATE_GONE),
    "superseded": (ChangeKind.SUPERSEDED,),
    "conflicts": (ChangeKind.CONFLICT, ChangeKind.CONFLICT_GONE),
    "flags": OF_FLAGS,
    "provisions": (ChangeKind.HIT, ChangeKind.HIT_GONE),
}


class About(NamedTuple):
    """The population that a change is about: id of one of its estimates, or None by now, and a line for a reader."""

    estimate: str | None
    label: str


class Moved(NamedTuple):
    """One change: its number, when it was noted, what it is, and the population that it is about, or None."""

    number: int
    made: str
    change: Change
    about: About | None


class Moves(NamedTuple):
    """One page of changes, those of the last work first: which page, of how many, and how many changes there are."""

    moved: tuple[Moved, ...]
    number: int
    pages: int
    total: int


def moves(
    view: View, *, since: str = "", kind: str = "", number: int = 1, most: int = PAGE,
    states: tuple[int, int] | None = None,
) -> Moves:  # fmt: skip
    """Give a page of what moved.

    Args:
        view: The case.
        since: ISO 8601 date or time from which on; empty for all.
        kind: One of `KINDS`; empty for all.
        number: Which page, from 1; one behind the last gives the last.
        most: Changes on a page.
        states: States of the case, after the first and up to the second of which they were noted; None for all.
    """
    columns = tables.changes.c
    wanted: list[sa.ColumnElement[bool]] = []
    if since:
        wanted.append(columns.made >= since)
    if states is not None:
        wanted.extend((columns.state > states[0], columns.state <= states[1]))
    if kind in KINDS:
        wanted.append(columns.kind.in_([one.value for one in KINDS[kind]]))
    total = view.scalar(sa.select(sa.func.count()).select_from(tables.changes).where(*wanted)) or 0
    pages = max(1, -(-total // most))
    number = min(max(1, number), pages)
    query = sa.select(tables.changes).where(*wanted).order_by(columns.state.desc(), columns.number)
    found = [
        (row["number"], row["made"], rows.change_of(row))
        for row in view.rows(query.limit(most).offset((number - 1) * most))
    ]
    about = _about(view, [change for _, _, change in found])
    shown = (Moved(turn, made, change, about.get(_subject(change))) for turn, made, change in found)
    return Moves(tuple(shown), number, pages, total)


def last(view: View) -> int:
    """Give the number of the last change; 0 where nothing has changed."""
    return view.scalar(sa.select(sa.func.max(tables.changes.c.number))) or 0


def after(view: View, number: int, most: int = PAGE) -> tuple[Moved, ...]:
    """Give the first `most` changes after the one of this number, in the order in which they were noted."""
    columns = tables.changes.c
    return _noted(view, sa.select(tables.changes).where(columns.number > number).order_by(columns.number).limit(most))


def numbered(view: View, numbers: Sequence[int]) -> tuple[Moved, ...]:
    """Give the changes of these numbers, in the order in which they were noted."""
    columns = tables.changes.c
    return _noted(view, sa.select(tables.changes).where(columns.number.in_(numbers)).order_by(columns.number))


def _noted(view: View, query: sa.Select[Any]) -> tuple[Moved, ...]:
    """The changes of a query, each with the population that it is about."""
    found = [(row["number"], row["made"], rows.change_of(row)) for row in view.rows(query)]
    about = _about(view, [change for _, _, change in found])
    return tuple(Moved(turn, made, change, about.get(_subject(change))) for turn, made, change in found)


def _subject(change: Change) -> tuple[str, str]:
    """The table in which what a change is about stands, and its id there."""
    if change.kind in OF_ESTIMATES:
        return "estimate", change.id
    if change.kind in OF_ORIGINS:
        return "origin", change.id
    if change.kind in OF_FLAGS:
        return "flag", change.id
    return ("hit" if change.kind in KINDS["provisions"] else "report"), change.id


def _about(view: View, changes: list[Change]) -> dict[tuple[str, str], About]:
    """The populations that changes are about, by what these change."""
    names: dict[str, set[str]] = {"estimate": set(), "origin": set(), "flag": set(), "hit": set(), "report": set()}
    for change in changes:
        kind, name = _subject(change)
        names[kind].add(name)
    found: dict[tuple[str, str], About] = {}
    estimates = tables.estimates.c
    direct = sa.select(estimates.id.label("subject"), estimates.id, estimates.label)
    for row in view.rows(direct.where(estimates.id.in_(sorted(names["estimate"])))):
        found["estimate", row["subject"]] = About(row["id"], row["label"])
    for kind, pairs in (("origin", tables.origin_claims), ("flag", tables.flag_claims)):
        for row in view.rows(_through(pairs, kind, sorted(names[kind]))):
            found[kind, row["subject"]] = About(row["id"], row["label"])
    hits = tables.hits.c
    of_hits = sa.select(hits.id, hits.label, hits.estimates).where(hits.id.in_(sorted(names["hit"])))
    for row in view.rows(of_hits):
        found["hit", row["id"]] = About(next(iter(row["estimates"]), None), row["label"])
    return found


def _through(pairs: sa.Table, column: str, names: list[str]) -> sa.Select[Any]:
    """One estimate of each of some origins or flags, by their claims."""
    estimates, of_estimate = tables.estimates, tables.estimate_claims
    own = pairs.c[column]
    one = sa.select(own.label("subject"), sa.func.min(of_estimate.c.estimate).label("estimate"))
    each = (
        one.join(of_estimate, of_estimate.c.claim == pairs.c.claim).where(own.in_(names)).group_by(own).subquery()
    )  # fmt: skip
    return sa.select(each.c.subject, estimates.c.id, estimates.c.label).join(
        estimates, estimates.c.id == each.c.estimate
    )
