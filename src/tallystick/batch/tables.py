"""Records of the model as Parquet: dataclasses come in, columns with their types go out, and the other way round.

A tuple is a list, a record in a record a struct. A number that may be whole or not is a double; beside it stands its
exact text where the double would not give it back. What is read back equals what was written.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from hashlib import sha256
from types import NoneType, TracebackType, UnionType
from typing import Any, BinaryIO, Generic, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

from tallystick.errors import ExtraMissingError

__all__ = ["Rows", "Table", "digest_of", "groups_of", "records", "require", "rows_before", "rows_of", "sorted_out"]

R = TypeVar("R")
# Rows as pyarrow holds them: brought from one file to another without a Python object for any of them.
Rows = Any
# Rows and bytes that a table holds back before it writes a group of rows: originals are web pages of some 100 kB.
GROUP_ROWS = 1_000
GROUP_BYTES = 16 << 20
EXACT = "_exact"


class _Form(NamedTuple):
    """How one field is kept: its type in pyarrow, and the way there and back."""

    type: Any
    nullable: bool
    there: Callable[[Any], Any]
    back: Callable[[Any], Any]
    number: bool = False


def require() -> None:
    """Check that pyarrow is there.

    Raises:
        ExtraMissingError: Where it is not installed.
    """
    _arrow()


def records(stream: BinaryIO, kind: type[R], *, groups: Sequence[int] | None = None) -> Iterator[R]:
    """Give the records that a Parquet file of `kind` holds, one group of rows after the other.

    Args:
        stream: The file.
        kind: What its rows are.
        groups: Only these groups of rows; None gives all.
    """
    there = _back(kind)
    for row in rows_of(stream, groups=groups):
        yield there(row)


def rows_of(
    stream: BinaryIO, *, columns: Sequence[str] | None = None, groups: Sequence[int] | None = None
) -> Iterator[dict[str, Any]]:  # fmt: skip
    """Give the rows of any Parquet file by their columns, one group of rows after the other."""
    _, parquet = _arrow()
    held = parquet.ParquetFile(stream)
    for number in range(held.num_row_groups) if groups is None else groups:
        for batch in held.iter_batches(batch_size=GROUP_ROWS, row_groups=[number], columns=columns, use_threads=False):
            yield from batch.to_pylist()


def sorted_out(stream: BinaryIO, column: str, homes: Mapping[str, int]) -> Iterator[tuple[int, Rows]]:
    """Give the rows of a Parquet file by where they belong, those of one place in their order.

    Args:
        stream: The file.
        column: Tells of each row whose it is.
        homes: Where what is of each of these belongs; rows of others are left out.
    """
    arrow, parquet = _arrow()
    held = parquet.ParquetFile(stream)
    for batch in held.iter_batches(batch_size=GROUP_ROWS, use_threads=False):
        places: defaultdict[int, list[int]] = defaultdict(list)
        for place, name in enumerate(batch.column(column).to_pylist()):
            if name in homes:
                places[homes[name]].append(place)
        for number, own in places.items():
            yield number, arrow.Table.from_batches([batch]).take(own)


def groups_of(stream: BinaryIO) -> tuple[int, ...]:
    """Give the bytes that each group of rows of a Parquet file takes, packed."""
    _, parquet = _arrow()
    told = parquet.ParquetFile(stream).metadata
    packed = []
    for number in range(told.num_row_groups):
        group = told.row_group(number)
        packed.append(sum(group.column(place).total_compressed_size for place in range(group.num_columns)))
    return tuple(packed)


def rows_before(stream: BinaryIO, group: int) -> int:
    """Give how many rows of a Parquet file stand before a group of them."""
    _, parquet = _arrow()
    told = parquet.ParquetFile(stream).metadata
    return sum(told.row_group(number).num_rows for number in range(group))


def digest_of(kind: type[R], found: Iterable[R]) -> str:
    """Give the digest that a table of these records would have."""
    there, digest = _there(kind), sha256()
    for record in found:
        digest.update(_line(there(record)))
    return digest.hexdigest()


class Table(Generic[R]):
    """A Parquet file that is written a record at a time; memory holds one group of rows."""

    def __init__(
        self, stream: BinaryIO, kind: type[R], *, weigh: Callable[[R], int] | None = None, group: int = GROUP_ROWS
    ) -> None:  # fmt: skip
        """Begin a file.

        Args:
            stream: Where it is written.
            kind: What its rows are.
            weigh: The bytes of a record, where these are what fills memory.
            group: Rows that are held back until they are written together.
        """
        self._arrow, parquet = _arrow()
        self._there = _there(kind)
        self._schema = _schema(kind)
        self._writer = parquet.ParquetWriter(stream, self._schema, compression="zstd")
        self._rows: list[dict[str, Any]] = []
        self._brought: list[Rows] = []
        self._weigh = weigh
        self._group = group
        self._bytes = 0
        self._digest = sha256()
        self.count = 0

    @property
    def digest(self) -> str:
        """SHA-256 in hex of the rows as lines of JSON, in the order in which they came."""
        return self._digest.hexdigest()

    def add(self, record: R) -> None:
        """Write a record."""
        row = self._there(record)
        self._digest.update(_line(row))
        if self._weigh is not None:
            self._bytes += self._weigh(record)
        self._rows.append(row)
        self.count += 1
        if len(self._rows) >= self._group or self._bytes >= GROUP_BYTES:
            self._flush()

    def bring(self, rows: Rows) -> None:
        """Write rows that `sorted_out` gave of a file of the same kind; the digest leaves them out."""
        self._brought.append(rows)
        self.count += len(rows)
        if sum(map(len, self._brought)) >= self._group:
            self._flush()

    def extend(self, found: Iterable[R]) -> None:
        """Write several records."""
        for record in found:
            self.add(record)

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_table(self._arrow.Table.from_pylist(self._rows, schema=self._schema))
            self._rows, self._bytes = [], 0
        if self._brought:
            self._writer.write_table(self._arrow.concat_tables(self._brought))
            self._brought = []

    def __enter__(self) -> "Table[R]":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._flush()
        self._writer.close()


def _named(value: object) -> str:
    """What stands for bytes in a digest."""
    return sha256(value).hexdigest() if isinstance(value, bytes) else str(value)


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=_named)


def _line(row: dict[str, Any]) -> bytes:
    return _ENCODER.encode(row).encode() + b"\n"


def _arrow() -> tuple[Any, Any]:
    try:
        # Here and not above: the extra may be missing, and the command line should not wait for it.
        import pyarrow as pa  # noqa: PLC0415
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError as error:
        raise ExtraMissingError("'tallystick batch'", "batch") from error
    return pa, pq


def _forms(kind: type) -> dict[str, _Form]:
    """The fields of a record by name."""
    return {name: _form(hint) for name, hint in get_type_hints(kind).items() if name in _fields(kind)}


def _fields(kind: type) -> tuple[str, ...]:
    named = getattr(kind, "_fields", None)
    return tuple(named if named is not None else kind.__dataclass_fields__)  # type: ignore[attr-defined]


def _schema(kind: type) -> Any:
    return _arrow()[0].schema(_columns(kind))


def _columns(kind: type) -> list[Any]:
    arrow, _ = _arrow()
    columns = []
    for name, form in _forms(kind).items():
        columns.append(arrow.field(name, form.type, nullable=form.nullable))
        if form.number:
            columns.append(arrow.field(name + EXACT, arrow.string()))
    return columns


def _there(kind: type) -> Callable[[Any], dict[str, Any]]:
    """The way from a record to a row."""
    forms = [(name, form.there, name + EXACT if form.number else "") for name, form in _forms(kind).items()]

    def row(record: Any) -> dict[str, Any]:
        told = {}
        for name, there, exact in forms:
            value = getattr(record, name)
            # Most fields are kept as they are, and a call for each is what takes the time.
            told[name] = value if value is None or there is _same else there(value)
            if exact:
                told[exact] = _exact(value)
        return told

    return row


def _back(kind: type) -> Callable[[dict[str, Any]], Any]:
    """The way from a row to a record."""
    forms = [(name, form.back, name + EXACT if form.number else "") for name, form in _forms(kind).items()]

    def record(row: dict[str, Any]) -> Any:
        values = {}
        for name, back, exact in forms:
            value = row[name]
            if exact and row[exact] is not None:
                value = json.loads(row[exact])
            elif value is not None and back is not _same:
                value = back(value)
            values[name] = value
        return kind(**values)

    return record


def _form(hint: Any) -> _Form:
    """How a field of a type is kept."""
    arrow, _ = _arrow()
    outer, inner = get_origin(hint), get_args(hint)
    if outer in (Union, UnionType):
        left = tuple(one for one in inner if one is not NoneType)
        nullable = len(left) < len(inner)
        if set(left) == {int, float}:
            return _Form(arrow.float64(), nullable, _double, _number, number=True)
        return _form(left[0])._replace(nullable=nullable)
    if outer is tuple:
        return _list_form(inner)
    plain = {
        str: arrow.string(),
        int: arrow.int64(),
        float: arrow.float64(),
        bool: arrow.bool_(),
        bytes: arrow.binary(),
    }
    if hint in plain:
        return _Form(plain[hint], False, _same, _same)
    if issubclass(hint, Enum):
        members = {one.value: one for one in hint}
        return _Form(arrow.string(), False, lambda value: value.value, members.__getitem__)
    return _Form(arrow.struct(_columns(hint)), False, _there(hint), _back(hint))


def _list_form(inner: tuple[Any, ...]) -> _Form:
    arrow, _ = _arrow()
    if inner[-1] is Ellipsis:
        one = _form(inner[0])
        if one.back is _same:
            return _Form(arrow.list_(arrow.field("element", one.type, nullable=one.nullable)), False, list, tuple)
        return _Form(
            arrow.list_(arrow.field("element", one.type, nullable=one.nullable)), False,
            lambda values: [one.there(value) for value in values],
            lambda values: tuple(one.back(value) for value in values),
        )  # fmt: skip
    # A pair, such as a header line: the texts of a tuple of fixed length, one after the other.
    return _Form(arrow.list_(arrow.string()), False, list, tuple)


def _same(value: Any) -> Any:
    return value


def _double(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def _number(value: float) -> float:
    return int(value) if value.is_integer() else value


def _exact(value: float | None) -> str | None:
    """The text of a number that its double does not give back as it is."""
    if value is None:
        return None
    double = _double(value)
    if double.is_integer() and type(value) is int and int(double) == value:
        return None
    return None if type(value) is float and not value.is_integer() else json.dumps(value)
