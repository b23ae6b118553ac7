"""What was derived of many blocks of reports, kept at once: rows of the model come in, the rows of `Case` are there.

Takes a connection within a transaction; gives of how many reports. Only reports that no block has yet are settled.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from tallystick.model.ledger import Derived
from tallystick.model.priority import Priority
from tallystick.model.tie import Tie
from tallystick.storage import listing, rows, tables
from tallystick.storage.contents import MOST_VALUES
from tallystick.storage.custody import Action, canonical
from tallystick.storage.journal import Journal, block_name, of_derivation
from tallystick.storage.stores import bulk
from tallystick.storage.stores.bulk import Shape

__all__ = ["Settled", "settle"]

Made = dict[str, Any]


class Settled(NamedTuple):
    """Reports that are derived together, and what follows from them.

    Attributes:
        ties: Of each document, by its id, its ties.
        homes: Of each claim that counts, by its id, its document.
        derived: What was derived of them.
        priorities: How soon a reviewer should look at each claim.
    """

    ties: Mapping[str, Sequence[Tie]]
    homes: Mapping[str, str]
    derived: Derived
    priorities: Mapping[str, Priority] = {}


def settle(connection: sa.Connection, journal: Journal, found: Iterable[Settled]) -> int:
    """Keep blocks and what was derived of them; gives of how many reports."""
    wanted = list(found)
    places = _places(connection, [name for one in wanted for name in one.ties])
    taken = _settled(connection, places)
    blocks = {
        min(places[name] for name in one.ties): one
        for one in wanted
        if all(name in places for name in one.ties) and not any(name in taken for name in one.ties)
    }
    members = [(places[name], block, False) for block, one in blocks.items() for name in one.ties]
    bulk.insert(connection, Shape(tables.blocks), members)
    bulk.insert(connection, Shape(tables.ties), _ties(blocks.values(), places))
    made: defaultdict[str, list[Made]] = defaultdict(list)
    for block, one in blocks.items():
        for table, row in _rows(one.derived):
            made[table.name].append(row | {"block": block} if "block" in table.c else row)
    for table in tables.metadata.sorted_tables:
        if table.name in made:
            shape = Shape(table, [column.name for column in table.c if column.name != "position"])
            bulk.insert(connection, shape, list(map(shape.of, made[table.name])))
    entries = (
        (Action.DERIVED.value, block_name(block), canonical(of_derivation(one.derived)))
        for block, one in blocks.items()
    )
    bulk.insert(connection, Shape(tables.custody), journal.following(entries))
    listing.place_many(
        connection, [row for one in blocks.values() for row in listing.placed(one.derived, one.homes, one.priorities)]
    )
    return len(members)


def _ties(blocks: Iterable[Settled], places: Mapping[str, int]) -> list[tuple[int, int, int, int]]:
    """The ties of reports; of the same tie of several one is enough."""
    least: dict[tuple[int, int, int], int] = {}
    for one in blocks:
        for name, own in one.ties.items():
            for tie in own:
                what = (tie.key, tie.first, tie.last)
                least[what] = min(places[name], least.get(what, places[name]))
    return sorted((*what, place) for what, place in least.items())


def _rows(derived: Derived) -> Iterator[tuple[sa.Table, Made]]:
    """Every row of what was derived of a block, with its table."""
    for edge in derived.lineage.edges:
        yield tables.edges, rows.edge_row(edge)
    for origin in derived.lineage.origins:
        yield tables.origins, rows.origin_row(origin)
        yield from _pairs(tables.origin_claims, "origin", origin.id, origin.claims)
    for estimate in derived.estimates:
        yield tables.estimates, rows.estimate_row(estimate)
        yield from ((tables.readings, rows.reading_row(estimate.id, one)) for one in estimate.readings)
        yield from _pairs(tables.estimate_claims, "estimate", estimate.id, estimate.claims)
    for flag in derived.flags:
        yield tables.flags, rows.flag_row(flag)
        for one in flag.evidence:
            yield tables.evidence, {"flag": flag.id, "document": one.document, "start": one.start, "end": one.end}
        yield from _pairs(tables.flag_claims, "flag", flag.id, flag.claims)
    for hit in derived.hits:
        yield tables.hits, rows.hit_row(hit)


def _pairs(table: sa.Table, column: str, whole: str, claims: Iterable[str]) -> Iterator[tuple[sa.Table, Made]]:
    for claim in dict.fromkeys(claims):
        yield table, {column: whole, "claim": claim}


def _places(connection: sa.Connection, names: Sequence[str]) -> dict[str, int]:
    """Positions of reports by id."""
    columns, found = tables.documents.c, dict[str, int]()
    for first in range(0, len(names), MOST_VALUES):
        query = sa.select(columns.id, columns.position).where(columns.id.in_(names[first : first + MOST_VALUES]))
        found.update((row[0], row[1]) for row in connection.execute(query))
    return found


def _settled(connection: sa.Connection, places: Mapping[str, int]) -> set[str]:
    """The ids of those reports that have a block."""
    names, member = {place: name for name, place in places.items()}, tables.blocks.c.member
    wanted, found = sorted(names), set[str]()
    for first in range(0, len(wanted), MOST_VALUES):
        query = sa.select(member).where(member.in_(wanted[first : first + MOST_VALUES]))
        found.update(names[place] for place in connection.scalars(query))
    return found
