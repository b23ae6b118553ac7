"""Which reports of a case are derived together: their ties come in, the blocks that new reports touch go out.

A tie is looked up by its key and its days alone, so that a report costs the same in a small and in a large case. Of two
blocks that a report joins, the larger one keeps its number. Nothing here begins a transaction.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from tallystick.model.tie import Tie
from tallystick.storage import tables
from tallystick.storage.contents import MOST_VALUES
from tallystick.values.joined import Joined

__all__ = ["clear", "disturb", "freshen", "gone", "join", "settle", "stale", "unsettled"]

INCOMING = sa.table("incoming", *(sa.column(name, sa.Integer) for name in ("key", "first", "last", "reach", "member")))


def unsettled(connection: sa.Connection, most: int) -> tuple[str, ...]:
    """Give the ids of the documents that no block has yet, at most so many, in the order in which they came."""
    documents = tables.documents.c
    # They are settled in the order in which they came, so that those behind the last settled one are left.
    last = connection.scalar(sa.select(sa.func.max(tables.blocks.c.member))) or 0
    query = sa.select(documents.id).where(documents.position > last).order_by(documents.position).limit(most)
    return tuple(connection.scalars(query))


def stale(connection: sa.Connection) -> tuple[int, ...]:
    """Give the blocks that have changed since they were derived, in order."""
    blocks = tables.blocks.c
    return tuple(connection.scalars(sa.select(blocks.block).where(blocks.stale).distinct().order_by(blocks.block)))


def freshen(connection: sa.Connection, block: int) -> None:
    """Note that a block has been derived as it is."""
    connection.execute(sa.update(tables.blocks).where(tables.blocks.c.block == block).values(stale=False))


def disturb(connection: sa.Connection, names: Iterable[str]) -> None:
    """Have the blocks of documents and claims derived again."""
    for block in sorted(set(_homes(connection, _places(connection, _reports(connection, names)).values()).values())):
        _mark(connection, block)


def join(connection: sa.Connection, one: str, other: str) -> None:
    """Put the documents of two ids, of documents or claims, into one block; nothing happens where one is not there."""
    homes = _homes(connection, _places(connection, _reports(connection, (one, other))).values())
    _merge(connection, sorted(set(homes.values())))


def clear(connection: sa.Connection) -> None:
    """Forget all blocks, so that every document is settled anew."""
    blocks = tables.blocks.c
    _leave(connection, connection.scalars(sa.select(blocks.block).distinct()).all())
    connection.execute(sa.delete(tables.ties))
    connection.execute(sa.delete(tables.blocks))


def gone(connection: sa.Connection) -> tuple[int, ...]:
    """Give the blocks that are no more, of which something may still stand that was derived, and forget them."""
    found = tuple(connection.scalars(sa.select(tables.gone.c.block).order_by(tables.gone.c.block)))
    connection.execute(sa.delete(tables.gone))
    return found


def settle(connection: sa.Connection, found: Mapping[str, Sequence[Tie]]) -> None:
    """Put documents into blocks by their ties; every block that one of them joins has to be derived again.

    Args:
        connection: Within a transaction.
        found: For each document its ties. One that has a block already gains these ties.
    """
    places = _places(connection, found)
    homes = _homes(connection, places.values())
    changed = set(homes.values())
    rows = [
        {"member": places[name], **tie._asdict()} for name, own in sorted(found.items()) for tie in own
    ]  # fmt: skip
    new = [{"member": member, "block": member, "stale": True} for member in places.values() if member not in homes]
    if new:
        connection.execute(sa.insert(tables.blocks), new)
        homes.update((row["member"], row["block"]) for row in new)
    joined = Joined(sorted(set(homes.values())))
    for one, other in _met(connection, rows, homes):
        joined.join(one, other)
    begun = {row["block"] for row in new}
    for together in joined.sets().values():
        _merge(connection, together, begun)
    for block in changed:
        _mark(connection, block)
    _keep(connection, rows)


def _mark(connection: sa.Connection, block: int) -> None:
    """Have a block derived again."""
    connection.execute(sa.update(tables.blocks).where(tables.blocks.c.block == block).values(stale=True))


def _reports(connection: sa.Connection, names: Iterable[str]) -> list[str]:
    """The documents of ids, of documents or claims."""
    columns = tables.claims.c
    of_claim = sa.select(columns.document)
    return [connection.scalar(of_claim.where(columns.id == name)) or name for name in names]


def _met(
    connection: sa.Connection, rows: Sequence[Mapping[str, int]], homes: Mapping[int, int]
) -> list[tuple[int, int]]:  # fmt: skip
    """Pairs of blocks that ties join: of the incoming documents with kept ones, and with one another."""
    pairs: set[tuple[int, int]] = set()
    incoming, ties, blocks = INCOMING.c, tables.ties.c, tables.blocks.c
    _fill(connection, rows)
    query = (
        sa.select(incoming.member, blocks.block)
        .distinct()
        .select_from(INCOMING)
        .join(tables.ties, sa.and_(
            ties.key == incoming.key, ties.first <= incoming.last + incoming.reach,
            ties.last >= incoming.first - incoming.reach,
        ))
        .join(tables.blocks, blocks.member == ties.member)
    )  # fmt: skip
    pairs.update((homes[member], block) for member, block in connection.execute(query) if homes[member] != block)
    before: Mapping[str, int] | None = None
    until = 0
    for row in sorted(rows, key=lambda row: (row["key"], row["first"], row["last"], row["member"])):
        if before is not None and before["key"] == row["key"]:
            if row["first"] - until <= row["reach"] and homes[row["member"]] != homes[before["member"]]:
                pairs.add((homes[before["member"]], homes[row["member"]]))
            until = max(until, row["last"])
        else:
            until = row["last"]
        before = row
    return sorted(pairs)


def _merge(connection: sa.Connection, joined: Sequence[int], begun: Container[int] = ()) -> None:
    """Make several blocks the one that has most members; of those just begun nothing can have been derived."""
    if len(joined) <= 1:
        return
    blocks = tables.blocks.c
    sizes: dict[int, int] = dict(
        connection.execute(
            sa.select(blocks.block, sa.func.count()).where(blocks.block.in_(joined)).group_by(blocks.block)
        ).all()
    )  # fmt: skip
    kept = min(joined, key=lambda block: (-sizes.get(block, 0), block))
    others = [block for block in joined if block != kept]
    for first in range(0, len(others), MOST_VALUES):
        some = others[first : first + MOST_VALUES]
        connection.execute(sa.update(tables.blocks).where(blocks.block.in_(some)).values(block=kept))
        _leave(connection, [block for block in some if block not in begun])
    _mark(connection, kept)


def _leave(connection: sa.Connection, blocks: Sequence[int]) -> None:
    """Note that these blocks are no more; the number of one comes again where `clear` was called."""
    statement = sa.text("INSERT OR IGNORE INTO gone (block) VALUES (:block)")
    if blocks:
        connection.execute(statement, [{"block": block} for block in blocks])


def _keep(connection: sa.Connection, rows: Sequence[Mapping[str, int]]) -> None:
    """Keep ties, but for those that a kept one of the same block covers: they can join nothing that it does not."""
    seen: set[tuple[int, int, int]] = set()
    fresh = []
    for row in rows:
        what = row["key"], row["first"], row["last"]
        if what not in seen:
            seen.add(what)
            fresh.append(row)
    _fill(connection, fresh)
    incoming, ties = INCOMING.c, tables.ties.c
    covered = (
        sa.select(sa.literal(1))
        .where(ties.key == incoming.key, ties.first <= incoming.first, ties.last >= incoming.last)
        .correlate(INCOMING)
        .exists()
    )
    columns = ("key", "first", "last", "member")
    query = sa.select(*(INCOMING.c[name] for name in columns)).where(~covered)
    connection.execute(sa.insert(tables.ties).from_select(columns, query))
    connection.execute(sa.text("DELETE FROM incoming"))


def _fill(connection: sa.Connection, rows: Sequence[Mapping[str, int]]) -> None:
    """The ties of new documents as a table that can be joined."""
    connection.execute(sa.text(
        'CREATE TEMPORARY TABLE IF NOT EXISTS incoming '
        '("key" INTEGER, "first" INTEGER, "last" INTEGER, reach INTEGER, member INTEGER)'
    ))  # fmt: skip
    connection.execute(sa.text("DELETE FROM incoming"))
    if rows:
        connection.execute(sa.insert(INCOMING), [dict(row) for row in rows])


def _places(connection: sa.Connection, documents: Iterable[str]) -> dict[str, int]:
    """Positions of documents by id; those that the case lacks are left out."""
    columns = tables.documents.c
    names = sorted(set(documents))
    found: dict[str, int] = {}
    for first in range(0, len(names), MOST_VALUES):
        query = sa.select(columns.id, columns.position).where(columns.id.in_(names[first : first + MOST_VALUES]))
        found.update(_pairs(connection, query))
    return found


def _homes(connection: sa.Connection, members: Iterable[int]) -> dict[int, int]:
    """Blocks of documents by position."""
    columns = tables.blocks.c
    places = sorted(set(members))
    found: dict[int, int] = {}
    for first in range(0, len(places), MOST_VALUES):
        query = sa.select(columns.member, columns.block).where(columns.member.in_(places[first : first + MOST_VALUES]))
        found.update(_pairs(connection, query))
    return found


def _pairs(connection: sa.Connection, query: sa.Select[Any]) -> Iterable[tuple[Any, Any]]:
    return ((row[0], row[1]) for row in connection.execute(query))
