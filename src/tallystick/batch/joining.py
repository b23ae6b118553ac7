"""Join what the shards hold: ties of all reports come in, blocks and the parts in which they are derived go out.

A report that several shards hold counts once. Of each report its id, its time and its ties are in memory, some hundred
bytes; its text goes from its shard to its part as it is read.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from hashlib import sha256
from itertools import groupby
from typing import NamedTuple

from tallystick.batch.deriving_parts import under
from tallystick.batch.jobs import Part, Rules
from tallystick.batch.places import Folder
from tallystick.batch.reading_shards import SHARDS
from tallystick.batch.tables import Table, rows_of, sorted_out
from tallystick.model.claim import Claim
from tallystick.model.document import Document
from tallystick.model.fact import Fact
from tallystick.model.tie import Tie
from tallystick.tracing.blocking import leading

__all__ = ["Joined", "join", "spread"]

# Documents of a part: 10,000 short reports are derived within 490 MB, as in a case.
PORTION = 10_000
# Rows that each table of each part holds back while all are written at once.
HELD_BACK = 200


class Joined(NamedTuple):
    """The reports of all shards.

    Attributes:
        parts: What is derived together.
        documents: How many reports there are.
        known: How many more times the shards hold one of them.
        clashing: Names of reports of whose id the shards hold another one, which counts.
    """

    parts: tuple[Part, ...]
    documents: int
    known: int
    clashing: tuple[str, ...]


class _Member(NamedTuple):
    """A report as it is joined; in order as a case shows them."""

    undated: bool
    published: str
    id: str


class _Register:
    """Which shard's copy of a report counts."""

    def __init__(self) -> None:
        self.members: list[_Member] = []
        self.homes: dict[str, tuple[str, str]] = {}
        self.known = 0
        self.clashing: list[str] = []

    def enter(self, shard: str, row: dict[str, str | None]) -> bool:
        """Note a report of a shard; whether it is the first of its id."""
        name, published = row["id"] or "", row["published"]
        before = self.homes.get(name)
        if before is None:
            self.homes[name] = shard, row["sha256"] or ""
            self.members.append(_Member(published is None, published or "", name))
            return True
        if before[1] == row["sha256"]:
            self.known += 1
        else:
            self.clashing.append(row["name"] or name)
        return False


def join(out: Folder, shards: Sequence[str], rules: Rules, digests: Iterable[object]) -> Joined:
    """Find the blocks of the reports of shards, and the parts that they make.

    Args:
        out: The results.
        shards: Ids of those that are done, in order.
        rules: By which they were made.
        digests: What tells of each of them whether it is the same.

    Raises:
        OSError: Where they cannot be read.
    """
    register = _Register()
    leaders = leading(_tied(out, shards, register))
    held: defaultdict[int, list[_Member]] = defaultdict(list)
    for turn, leader in enumerate(leaders):
        held[leader].append(register.members[turn])
    blocks = sorted(sorted(members) for members in held.values())
    made_from = sha256()
    for shard, digest in zip(shards, digests, strict=True):
        made_from.update(f"{shard} {digest}\n".encode())
    parts = tuple(
        Part(number, found, sha256(repr((made_from.hexdigest(), rules, found)).encode()).hexdigest())
        for number, found in enumerate(_portions(blocks))
    )
    return Joined(parts, len(register.members), register.known, tuple(register.clashing))


def spread(out: Folder, shards: Sequence[str], parts: Iterable[Part]) -> None:
    """Bring documents, claims and facts from their shards to their parts, those of one part in order of the shards.

    Raises:
        OSError: Where they cannot be read or written.
    """
    homes = {name: part.number for part in parts for block in part.blocks for name in block}
    numbers = sorted(set(homes.values()))
    left = set(homes)
    for number in numbers:
        out.sweep(under(number))
    with ExitStack() as stack:
        tables = {
            name: {
                number: stack.enter_context(
                    Table(stack.enter_context(out.writing(f"{under(number)}/{name}.parquet")), kind, group=HELD_BACK)
                )
                for number in numbers
            }
            for name, kind in (("documents", Document), ("claims", Claim), ("facts", Fact))
        }
        held = (out.each(_files(shards, name)) for name in tables)
        for documents, claims, facts in zip(*held, strict=True):
            own = {row["id"]: homes[row["id"]] for row in rows_of(documents, columns=("id",)) if row["id"] in left}
            # Of a report that several shards hold the first counts.
            left.difference_update(own)
            for (_, parted), column, stream in zip(
                tables.items(), ("id", "document", "document"), (documents, claims, facts), strict=True
            ):
                for number, rows in sorted_out(stream, column, own):
                    parted[number].bring(rows)


def _tied(out: Folder, shards: Sequence[str], register: _Register) -> Iterator[list[Tie]]:
    """The ties of each report, in the order in which the register has them."""
    held = (out.each(_files(shards, name)) for name in ("ties", "documents"))
    for shard, ties, documents in zip(shards, *held, strict=True):
        tied = groupby(rows_of(ties), key=lambda row: row["document"])
        waiting = next(tied, None)
        for row in rows_of(documents, columns=("id", "name", "published", "sha256")):
            own = []
            if waiting is not None and waiting[0] == row["id"]:
                own = [Tie(one["key"], one["first"], one["last"], one["reach"]) for one in waiting[1]]
                waiting = next(tied, None)
            if register.enter(shard, row):
                yield own


def _files(shards: Iterable[str], name: str) -> Iterator[str]:
    return (f"{SHARDS}/{shard}/{name}.parquet" for shard in shards)


def _portions(blocks: Iterable[Sequence[_Member]]) -> Iterator[tuple[tuple[str, ...], ...]]:
    """Blocks together, as many as make a part; one that is larger is a part by itself."""
    found: list[tuple[str, ...]] = []
    count = 0
    for block in blocks:
        if found and count + len(block) > PORTION:
            yield tuple(found)
            found, count = [], 0
        found.append(tuple(member.id for member in block))
        count += len(block)
    if found:
        yield tuple(found)
