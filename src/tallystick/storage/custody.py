"""The custody log: what was done with a case, by whom and when, in entries of which each holds the hash of the last.

Facts about an action come in and become the next entry, in the transaction of the action itself; entries go out with
what is wrong with their chain. Nothing that the case finds depends on the log.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from itertools import accumulate, chain, groupby, pairwise
from json.encoder import encode_basestring_ascii
from typing import Any, TypeAlias

import sqlalchemy as sa

from tallystick.storage import tables

__all__ = [
    "COLUMNS",
    "FIRST",
    "Action",
    "Entry",
    "Keeper",
    "Particulars",
    "append",
    "broken",
    "canonical",
    "chained",
    "digest",
    "digest_of",
    "digests_of",
    "entries",
    "fields",
    "instant",
]

# What the first entry holds in place of the hash of an earlier one.
FIRST = "0" * 64
# Only what JSON has: texts, whole numbers, null, and lists and mappings of them.
Particulars: TypeAlias = Mapping[str, object]
Values: TypeAlias = tuple[object, ...]
# As the driver takes them: three entries a report are half as dear as through SQLAlchemy's expressions.
LAST = "SELECT number, hash FROM custody ORDER BY number DESC LIMIT 1"
COLUMNS = ("number", "time", "actor", "tool", "action", "subject", "particulars", "previous", "hash")
NEXT = "INSERT INTO custody VALUES ({})"


# The one form of JSON that is hashed.
WRITER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True)
# What writes the values of most columns in the same form, in a tenth of the time.
WRITERS: Mapping[type, Callable[[Any], str]] = {
    str: encode_basestring_ascii, int: int.__repr__, type(None): lambda _: "null",
}  # fmt: skip
# Behind each row of values.
END = "}\n"


class Action(StrEnum):
    """What was done."""

    MADE = "case made"
    MIGRATED = "migration"
    TAKEN_OVER = "taken over"  # held since before there was a log
    RECEIVED = "receipt"
    READ = "reading"
    EXTRACTED = "extraction"
    RULED = "dossier changed"
    JUDGED = "judgement"
    REVIEWED = "review"
    DERIVED = "derivation"
    REPORTED = "report written"
    IMPORTED = "import"
    ACCESSED = "access"
    VERIFIED = "verification"
    STAMPED = "time-stamp"
    SENT = "sent to a model"
    PROPOSED = "proposals"
    REFUSED = "proposal refused"


def system_clock() -> datetime:
    """Give the time of this machine, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Keeper:
    """Who works with a case: what an entry of the log says besides what was done.

    Attributes:
        operator: The person, as the setting `operator` names them; empty where it names nobody.
        tool: Name and version of the program.
        clock: Gives the time, with its zone.
    """

    operator: str = ""
    tool: str = "tallystick"
    clock: Callable[[], datetime] = system_clock


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the log.

    Attributes:
        number: Counted from 1, without a gap.
        time: ISO 8601 in UTC.
        actor: The operator; empty where nobody was named.
        tool: Name and version of the program.
        action: What was done, a value of `Action`.
        subject: To what: the SHA-256 of bytes, the id of a document, or a name.
        particulars: Everything else, as canonical JSON.
        previous: `hash` of the entry before it; `FIRST` in the first.
        hash: SHA-256 in hex of the canonical JSON of all the others.
    """

    number: int
    time: str
    actor: str
    tool: str
    action: str
    subject: str
    particulars: str
    previous: str
    hash: str


def canonical(value: Particulars) -> str:
    """Write `value` as JSON in the one form that is hashed: ASCII, keys sorted, no spaces."""
    return WRITER.encode(value)


def digest(rows: Iterable[Mapping[str, object]]) -> str:
    """Give the SHA-256 in hex of the canonical JSON of `rows`, of two names or more each, one a line."""
    return digest_of((names, [tuple(row.values()) for row in some]) for names, some in groupby(rows, key=tuple))


def digest_of(groups: Iterable[tuple[Sequence[str], Sequence[Values]]]) -> str:
    """Give the digest of rows that come as values, those of one kind with their names, which are two or more."""
    return digests_of([(names, [rows]) for names, rows in groups])[0]


def digests_of(kinds: Sequence[tuple[Sequence[str], Sequence[Sequence[Values]]]]) -> list[str]:
    """Give the digests of several subjects at once, which takes little more than half of the time.

    Args:
        kinds: The names of the values of each kind of rows, two or more, and the rows of each subject.
    """
    told = [_lines(tuple(names), rows) for names, rows in kinds] or [[""]]
    return [sha256("".join(own).encode("ascii")).hexdigest() for own in zip(*told, strict=True)]


def _lines(names: tuple[str, ...], rows: Sequence[Sequence[Values]]) -> list[str]:
    """The rows of each subject as `canonical` writes each, a line each: written column by column."""
    order, keys = _form(names)
    columns = list(zip(*chain.from_iterable(rows), strict=True))
    number, step = sum(map(len, rows)), 2 * len(keys) + 1
    parts = [END] * (number * step)
    if number:
        for turn, (place, key) in enumerate(zip(order, keys, strict=True)):
            parts[2 * turn :: step] = [key] * number
            parts[2 * turn + 1 :: step] = _column(columns[place])
    ends = [0, *accumulate(step * len(own) for own in rows)]
    return ["".join(parts[begin:end]) for begin, end in pairwise(ends)]


def _column(values: Sequence[object]) -> list[str]:
    """Values as JSON."""
    kinds = set(map(type, values))
    if len(kinds) == 1:
        return list(map(WRITERS.get(kinds.pop(), WRITER.encode), values))
    return [WRITERS.get(type(one), WRITER.encode)(one) for one in values]


@lru_cache(maxsize=64)
def _form(names: tuple[str, ...]) -> tuple[Sequence[int], Sequence[str]]:
    """Places of the values in the order of `canonical`, and what stands before each."""
    order = sorted(range(len(names)), key=names.__getitem__)
    keys = [encode_basestring_ascii(names[place]) for place in order]
    return order, [f"{',' if turn else '{'}{key}:" for turn, key in enumerate(keys)]


def instant(moment: datetime) -> str:
    """Write a moment in UTC, to the microsecond."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def fields(entry: Entry) -> dict[str, object]:
    """Give the fields of `entry` by name, the particulars opened: the record that is printed and bundled.

    Raises:
        ValueError: Where the particulars are no JSON.
    """
    found: dict[str, object] = {name: getattr(entry, name) for name in COLUMNS}
    return found | {"particulars": json.loads(entry.particulars)}


def append(connection: sa.Connection, keeper: Keeper, action: Action, subject: str, particulars: Particulars) -> Entry:
    """Write the next entry, within the transaction that `connection` is in."""
    last = connection.exec_driver_sql(LAST).first()
    number, previous = (1, FIRST) if last is None else (last.number + 1, last.hash)
    entry = Entry(
        number, instant(keeper.clock()), keeper.operator, keeper.tool, action.value, subject, canonical(particulars),
        previous, "",
    )  # fmt: skip
    sealed = {name: getattr(entry, name) for name in COLUMNS} | {"hash": _hash(entry)}
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    connection.exec_driver_sql(NEXT.format(", ".join([mark] * len(COLUMNS))), tuple(sealed.values()))
    return Entry(**sealed)


def chained(
    connection: sa.Connection, keeper: Keeper, found: Iterable[tuple[str, str, str]]
) -> Iterator[tuple[int | str, ...]]:  # fmt: skip
    """Give the rows of many next entries, in the order of COLUMNS, of actions, subjects and canonical particulars."""
    last = connection.exec_driver_sql(LAST).first()
    number, previous = (0, FIRST) if last is None else (last.number, last.hash)
    actor, tool = WRITER.encode(keeper.operator), WRITER.encode(keeper.tool)
    # All are written now, in one transaction.
    time = instant(keeper.clock())
    for following, (action, subject, particulars) in enumerate(found, number + 1):
        # As `canonical` would write it, whose keys are in alphabetical order; the particulars are written already.
        content = (
            f'{{"action":"{action}","actor":{actor},"number":{following},"particulars":{particulars},'
            f'"previous":"{previous}","subject":{encode_basestring_ascii(subject)},"time":"{time}","tool":{tool}}}'
        )
        found_hash = sha256(content.encode("ascii")).hexdigest()
        yield following, time, keeper.operator, keeper.tool, action, subject, particulars, previous, found_hash
        previous = found_hash


def entries(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> Iterator[Entry]:
    """Give the entries in order, or those of them that `where` is true of; bytes that are no text are replaced."""
    # As bytes: a driver that fails on one changed byte could not name the entry that holds it. PostgreSQL lets in none.
    bare = connection.dialect.name == "sqlite"
    columns = [
        (sa.cast(column, sa.LargeBinary) if bare else sa.func.convert_to(column, "UTF8")).label(column.name)
        for column in (tables.custody.c[name] for name in COLUMNS[1:])
    ]
    query = sa.select(tables.custody.c.number, *columns).where(*where).order_by(tables.custody.c.number)
    for row in connection.execute(query):
        yield Entry(row.number, *((part or b"").decode("utf-8", "replace") for part in row[1:]))


def broken(found: Iterable[Entry]) -> Iterator[tuple[int, str]]:
    """Give the number of each entry that is not as it was written, and what is wrong with it."""
    previous, expected = FIRST, 1
    for entry in found:
        if entry.number != expected:
            yield entry.number, f"entry {expected} is missing before it"
        elif entry.previous != previous:
            yield entry.number, "does not hold the hash of the entry before it"
        try:
            whole = canonical(json.loads(entry.particulars)) == entry.particulars and _hash(entry) == entry.hash
        except ValueError:
            whole = False
        if not whole:
            yield entry.number, "was changed: its hash is not that of its content"
        previous, expected = entry.hash, entry.number + 1


def _hash(entry: Entry) -> str:
    content = fields(entry)
    del content["hash"]
    return sha256(canonical(content).encode("ascii")).hexdigest()
