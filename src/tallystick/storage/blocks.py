"""Which reports of a case are derived together: their ties come in, the blocks that new reports touch go out.

A tie is looked up by its key and its days alone, so that a report costs the same in a small and in a large case. Of two
blocks that a report joins, the larger one keeps its number. Nothing here begins a transaction.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from tallystick.model.tie import Tie
from tallystick.storage import tables
from tallystick.storage.contents import MOST_VALUES
from tallystick.values.joined import Joined
from tallystick.values.meeting import meeting

__all__ = [
    "clear",
    "disturb",
    "disturb_hit",
    "extend",
    "freshen",
    "gone",
    "homes",
    "join",
    "reviewed",
    "settle",
    "size",
    "stale",
    "unsettled",
]

COLUMNS = ("key", "first", "last", "reach", "member")
INCOMING = sa.table("incoming", *(sa.column(name, sa.BigInteger) for name in COLUMNS))


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


def reviewed(connection: sa.Connection) -> tuple[str, ...]:
    """Give the documents of stale blocks whose claims people have reviewed, by id."""
    documents, blocks = tables.documents.c, tables.blocks.c
    query = (
        sa.select(documents.id)
        .join(tables.blocks, blocks.member == documents.position)
        .where(blocks.stale, documents.id.in_(sa.select(tables.reviews.c.document)))
        .order_by(documents.id)
    )
    return tuple(connection.scalars(query))


def size(connection: sa.Connection, block: int) -> int:
    """Give of how many documents a block is."""
    query = sa.select(sa.func.count()).select_from(tables.blocks).where(tables.blocks.c.block == block)
    return connection.scalar(query) or 0


def freshen(connection: sa.Connection, block: int) -> None:
    """Note that a block has been derived as it is."""
    connection.execute(sa.update(tables.blocks).where(tables.blocks.c.block == block).values(stale=False))


def homes(connection: sa.Connection, names: Iterable[str]) -> tuple[int, ...]:
    """Give the blocks of documents and claims, in order; what has none yet is left out."""
    return tuple(sorted(set(_homes(connection, _places(connection, _reports(connection, names)).values()).values())))


def disturb(connection: sa.Connection, names: Iterable[str]) -> None:
    """Have the blocks of documents and claims derived again."""
    for block in homes(connection, names):
        _mark(connection, block)


def disturb_hit(connection: sa.Connection, name: str) -> None:
    """Have the block from which a hit was derived derived again."""
    for block in connection.scalars(sa.select(tables.hits.c.block).where(tables.hits.c.id == name)).all():
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
    """Put documents that have no block yet into blocks by their ties; every block that gains one is stale then.

    Args:
        connection: Within a transaction.
        found: For each document its ties; one that another process has settled meanwhile is left as it is.
    """
    places = _places(connection, found)
    settled = _homes(connection, places.values())
    places = {name: place for name, place in places.items() if place not in settled}
    if not places:
        return
    homes = {place: place for place in places.values()}
    connection.execute(
        sa.insert(tables.blocks), [{"member": place, "block": place, "stale": True} for place in homes]
    )  # fmt: skip
    _tie(connection, {name: found[name] for name in sorted(places)}, places, homes, begun=homes)


def extend(connection: sa.Connection, found: Mapping[str, Sequence[Tie]]) -> None:
    """Give documents that have a block already further ties; their blocks are stale then, and joined where these meet.

    Args:
        connection: Within a transaction.
        found: For each document its ties; one that has no block yet is left as it is.
    """
    places = _places(connection, found)
    settled = _homes(connection, places.values())
    places = {name: place for name, place in places.items() if place in settled}
    for block in sorted(set(settled.values())):
        _mark(connection, block)
    if places:
        _tie(connection, {name: found[name] for name in sorted(places)}, places, settled)


def _tie(
    connection: sa.Connection, fresh: Mapping[str, Sequence[Tie]], places: Mapping[str, int],
    homes: Mapping[int, int], begun: Container[int] = (),
) -> None:  # fmt: skip
    """Keep the ties of documents, and join the blocks that meet by them; of those `begun` nothing can be derived."""
    _fill(connection, [{"member": places[name], **tie._asdict()} for name, own in fresh.items() for tie in own])
    joined = Joined(sorted(set(homes.values())))
    for one, other in _met(connection, fresh, places, homes):
        joined.join(one, other)
    for together in joined.sets().values():
        _merge(connection, together, begun)
    _keep(connection)


def _mark(connection: sa.Connection, block: int) -> None:
    """Have a block derived again."""
    connection.execute(sa.update(tables.blocks).where(tables.blocks.c.block == block).values(stale=True))


def _reports(connection: sa.Connection, names: Iterable[str]) -> list[str]:
    """The documents of ids, of documents or claims."""
    columns = tables.claims.c
    of_claim = sa.select(columns.document)
    return [connection.scalar(of_claim.where(columns.id == name)) or name for name in names]


def _met(
    connection: sa.Connection, found: Mapping[str, Sequence[Tie]], places: Mapping[str, int], homes: Mapping[int, int]
) -> list[tuple[int, int]]:  # fmt: skip
    """Pairs of blocks that ties join: of the `incoming` documents with kept ones, and with one another."""
    pairs: set[tuple[int, int]] = set()
    incoming, ties, blocks = INCOMING.c, tables.ties.c, tables.blocks.c
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
    for one, other in meeting((places[name], own) for name, own in found.items()):
        if homes[one] != homes[other]:
            pairs.add((homes[one], homes[other]))
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
    statement = sa.text("INSERT INTO gone (block) VALUES (:block) ON CONFLICT (block) DO NOTHING")
    if blocks:
        connection.execute(statement, [{"block": block} for block in blocks])


def _keep(connection: sa.Connection) -> None:
    """Keep the incoming ties, but for those that a kept one covers: they can join nothing that it does not."""
    incoming, ties = INCOMING.c, tables.ties.c
    covered = (
        sa.select(sa.literal(1))
        .where(ties.key == incoming.key, ties.first <= incoming.first, ties.last >= incoming.last)
        .correlate(INCOMING)
        .exists()
    )
    # Of the same tie of several documents one is enough.
    what = incoming.key, incoming.first, incoming.last
    query = sa.select(*what, sa.func.min(incoming.member)).where(~covered).group_by(*what)
    connection.execute(sa.insert(tables.ties).from_select(("key", "first", "last", "member"), query))
    connection.execute(sa.text("DELETE FROM incoming"))


def _fill(connection: sa.Connection, rows: Sequence[Mapping[str, int]]) -> None:
    """The ties of new documents as a table that can be joined."""
    connection.execute(sa.text(
        'CREATE TEMPORARY TABLE IF NOT EXISTS incoming '
        '("key" BIGINT, "first" BIGINT, "last" BIGINT, reach BIGINT, member BIGINT)'
    ))  # fmt: skip
    connection.execute(sa.text("DELETE FROM incoming"))
    if rows:
        connection.execute(sa.insert(INCOMING), [dict(row) for row in rows])


def _places(connection: sa.Connection, documents: Iterable[str]) -> dict[str, int]:
    """Positions of documents by id; those that the case lacks are left out."""
    columns = tables.documents.c
    return dict(_looked_up(connection, columns.id, columns.position, sorted(set(documents))))


def _homes(connection: sa.Connection, members: Iterable[int]) -> dict[int, int]:
    """Blocks of documents by position; those that have none are left out."""
    columns = tables.blocks.c
    return dict(_looked_up(connection, columns.member, columns.block, sorted(set(members))))


def _looked_up(
    connection: sa.Connection, key: sa.Column[Any], value: sa.Column[Any], keys: Sequence[Any]
) -> Iterator[tuple[Any, Any]]:
    """The rows with these keys, as pairs of key and value."""
    for first in range(0, len(keys), MOST_VALUES):
        query = sa.select(key, value).where(key.in_(keys[first : first + MOST_VALUES]))
        yield from ((row[0], row[1]) for row in connection.execute(query))
