"""Pages that lose and double nothing while reports come in: where the last one ended comes in, the next one goes out.

A page begins behind the last row of the one before, by what rows are sorted by and, where that is the same, by a name
that no two share and that no row ever changes: an id, or the number under which it was kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, TypeAlias, TypeVar

import sqlalchemy as sa

from tallystick.model.quantity import Number
from tallystick.storage import tables
from tallystick.storage.views import search
from tallystick.storage.views.changes import KINDS
from tallystick.storage.views.claim_filters import END_OF_DAY, Filter, Sort, SortKey, where
from tallystick.storage.views.view import View

__all__ = ["Asked", "End", "Leaf", "changes", "claims", "derived", "documents", "judgements", "of_document", "reviews"]

Key: TypeAlias = Number | str | None
Name: TypeAlias = int | str
Value = TypeVar("Value")
# What each kind that is derived can be narrowed by: columns that hold the value itself.
SAME: Mapping[str, tuple[str, ...]] = {
    "origins": ("speaker",), "estimates": ("category", "status", "measure", "place", "unit"),
    "flags": ("code", "severity"), "hits": ("pack", "provision", "tier", "category"),
}  # fmt: skip
PAIRS = {"origins": tables.origin_claims, "estimates": tables.estimate_claims, "flags": tables.flag_claims}
# Claims that hold words from which on these are common: of 100,000 that all held them a page took 55 ms to find by the
# words, and 10 ms by looking at one claim after another.
COMMON = 2_000
KEYS = ("category", "origin", "place", "unit")


class End(NamedTuple):
    """Where a page ends: by what its last row is sorted (None where it has nothing there), and the row's name."""

    key: Key
    name: Name


class Leaf(NamedTuple):
    """A page: the ids of its rows in order, and where it ends; None where no further page follows."""

    ids: tuple[Any, ...]
    end: End | None


class Asked(NamedTuple):
    """Which page is asked for: behind which row (None begins), and how many rows it may have."""

    after: End | None = None
    most: int = 50


class _Order(NamedTuple):
    """By what rows are sorted; `key` None sorts by `name` alone. `id` is what a page gives of each row."""

    id: sa.ColumnElement[Any]
    name: sa.ColumnElement[Any]
    key: sa.ColumnElement[Any] | None = None
    descending: bool = False


def claims(view: View, filter_: Filter, sort: Sort, asked: Asked) -> Leaf:
    """Give a page of the ids of claims; what has no value to be sorted by comes last, either way."""
    of = tables.listing.c
    # What every derivation sets anew gives no lasting order; where many rows are the same, places are sooner told.
    name = of.position if sort.key in (SortKey.SWAY, SortKey.DOUBT) else of.claim
    order = _Order(of.claim, name, of[sort.key], sort.descending)
    held = where(view, replace(filter_, text=""), sort.key)
    return _leaf(view, order, (*held, *_with_words(view, filter_.text)), asked)


def _with_words(view: View, text: str) -> tuple[sa.ColumnElement[bool], ...]:
    """What a claim must be whose sentence holds words: found by them where they are rare, else looked at one by one."""
    holding, place = search.claims_with(view, text), tables.listing.c.position
    if holding is None:
        return ()
    if search.claims_held(view, text) < COMMON:
        return (place.in_(holding),)
    return (search.claim_has(view, text, place),)


def of_document(view: View, document: str, asked: Asked) -> Leaf:
    """Give a page of the ids of the claims of a report in the order of its text, those that were taken away too."""
    of = tables.claims.c
    return _leaf(view, _Order(of.id, of.id, of.start), (of.document == document,), asked)


def documents(
    view: View, values: Mapping[str, str], asked: Asked, *, by: str = "", descending: bool = False
) -> Leaf:  # fmt: skip
    """Give a page of the ids of reports.

    Args:
        view: The case.
        values: Of "outlet", "language", "author", "words", "since" and "until" those that are asked for.
        asked: The page.
        by: "published" sorts by the day of publication; "" in the order in which the case got them.
        descending: Whether the latest comes first.
    """
    of = tables.documents.c
    held = [of[name] == values[name] for name in ("outlet", "language", "author") if values.get(name)]
    if since := values.get("since"):
        held.append(of.published >= since)
    if until := values.get("until"):
        held.append(of.published <= until + END_OF_DAY)
    holding = search.documents_with(view, values.get("words", ""))
    if holding is not None:
        common = search.documents_held(view, values["words"]) >= COMMON
        held.append(search.document_has(view, values["words"]) if common else of.position.in_(holding))
    key = of.published if by else None
    return _leaf(view, _Order(of.id, of.position, key, descending), held, asked)


def derived(view: View, kind: str, values: Mapping[str, str], asked: Asked) -> Leaf:
    """Give a page of the ids of what is derived, in order of id: the only order that a new report leaves as it is.

    Args:
        view: The case.
        kind: "origins", "estimates", "flags" or "hits".
        values: What is asked for: of the columns that `SAME` names, and "claim" (the id of a claim that it rests on),
            "document" (that of a report) and "population" (that of an estimate).
        asked: The page.
    """
    table = tables.metadata.tables[kind]
    held = [table.c[name] == values[name] for name in SAME[kind] if values.get(name)]
    if kind in PAIRS:
        pairs = PAIRS[kind]
        whole = pairs.c[kind.removesuffix("s")]
        if claim := values.get("claim"):
            held.append(table.c.id.in_(sa.select(whole).where(pairs.c.claim == claim)))
        if document := values.get("document"):
            of = tables.claims.c
            own = sa.select(of.id).where(of.document == document)
            held.append(table.c.id.in_(sa.select(whole).where(pairs.c.claim.in_(own))))
        if (estimate := values.get("population")) and kind != "estimates":
            of_it = tables.estimate_claims.c
            own = sa.select(of_it.claim).where(of_it.estimate == estimate)
            held.append(table.c.id.in_(sa.select(whole).where(pairs.c.claim.in_(own))))
    if (estimate := values.get("population")) and kind in ("estimates", "hits"):
        held.append(_same_population(table, estimate))
    return _leaf(view, _Order(table.c.id, table.c.id), held, asked)


def _same_population(table: sa.Table, estimate: str) -> sa.ColumnElement[bool]:
    """Of the population of this estimate."""
    of = tables.estimates.alias()
    same = [table.c[name].is_not_distinct_from(of.c[name]) for name in KEYS]
    return sa.exists().where(of.c.id == estimate, *same).correlate(table)


def judgements(view: View, values: Mapping[str, str], asked: Asked) -> Leaf:
    """Give a page of the numbers of judgements, the first made first; `values` of "by", "level" and "about"."""
    of = tables.judgements.c
    held: list[sa.ColumnElement[bool]] = [of[name] == values[name] for name in ("by", "level") if values.get(name)]
    if about := values.get("about"):
        held.append(sa.or_(of.later == about, of.earlier == about))
    return _leaf(view, _Order(of.number, of.number), held, asked)


def reviews(view: View, values: Mapping[str, str], asked: Asked) -> Leaf:
    """Give a page of the numbers of reviews, the first made first; `values` of "by", "verdict", "document", "claim"."""
    of, about = tables.reviews.c, tables.reviewed.c
    held: list[sa.ColumnElement[bool]] = [
        of[name] == values[name] for name in ("by", "verdict", "document") if values.get(name)
    ]
    if claim := values.get("claim"):
        held.append(of.number.in_(sa.select(about.review).where(about.claim == claim)))
    return _leaf(view, _Order(of.number, of.number), held, asked)


def changes(view: View, values: Mapping[str, str], asked: Asked) -> Leaf:
    """Give a page of the numbers of changes in order; `values` of "since" (a time) and "kind" (one of `KINDS`)."""
    of = tables.changes.c
    held: list[sa.ColumnElement[bool]] = []
    if since := values.get("since"):
        held.append(of.made >= since)
    if kind := values.get("kind"):
        held.append(of.kind.in_([one.value for one in KINDS[kind]]))
    return _leaf(view, _Order(of.number, of.number), held, asked)


def _leaf(view: View, order: _Order, held: Iterable[sa.ColumnElement[bool]], asked: Asked) -> Leaf:
    """The page, found by one row more than it has."""
    found = _found(view, order, tuple(held), asked.after, asked.most + 1)
    shown = found[: asked.most]
    end = End(shown[-1][0], shown[-1][1]) if len(found) > len(shown) else None
    return Leaf(tuple(row[2] for row in shown), end)


def _found(
    view: View, order: _Order, held: Sequence[sa.ColumnElement[bool]], after: End | None, most: int
) -> list[tuple[Any, ...]]:
    """Rows of key, name and id: those that have something to be sorted by, then those that have nothing."""
    key, name = order.key, order.name
    if key is None:
        behind = () if after is None else (_beyond(name, after.name, order.descending),)
        return _rows(view, (sa.null(), name, order.id), (*held, *behind), (_to(name, order.descending),), most)
    found: list[tuple[Any, ...]] = []
    if after is None or after.key is not None:
        further: tuple[sa.ColumnElement[bool], ...] = ()
        if after is not None:
            # The first says again what follows from the second, in a way that an index answers.
            up_to = key <= after.key if order.descending else key >= after.key
            same = sa.and_(key == after.key, name > after.name)
            further = (up_to, sa.or_(_beyond(key, after.key, order.descending), same))
        by = (_to(key, order.descending), name.asc())
        found = _rows(view, (key, name, order.id), (*held, key.is_not(None), *further), by, most)
    if len(found) < most:
        further = (name > after.name,) if after is not None and after.key is None else ()
        none = (*held, key.is_(None), *further)
        found += _rows(view, (sa.null(), name, order.id), none, (name.asc(),), most - len(found))
    return found


def _beyond(column: sa.ColumnElement[Any], value: Name | Key, descending: bool) -> sa.ColumnElement[bool]:
    less: sa.ColumnElement[bool] = column < value
    return less if descending else column > value


def _to(column: sa.ColumnElement[Value], descending: bool) -> sa.ColumnElement[Value]:
    return column.desc() if descending else column.asc()


def _rows(
    view: View, columns: Sequence[sa.ColumnElement[Any]], held: Sequence[sa.ColumnElement[bool]],
    by: Sequence[sa.ColumnElement[Any]], most: int,
) -> list[tuple[Any, ...]]:  # fmt: skip
    query = sa.select(*columns).where(*held).order_by(*by).limit(most)
    return [tuple(row) for row in view.connection.execute(query)]
