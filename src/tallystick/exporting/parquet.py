"""Parquet: the records of one kind come in, a file with their types goes out, in portions.

Lists are lists, records in them structs; numbers that may be whole or not are doubles, which hold whole ones exactly up
to 2^53, and infinite beyond what they hold at all. The same case gives the same bytes, by the same pyarrow.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from types import ModuleType
from typing import Any, BinaryIO

from tallystick.errors import ExtraMissingError
from tallystick.exporting.kinds import Kind, records_of
from tallystick.exporting.subject import Subject
from tallystick.exporting.tabular import Cells, Column, columns, inner, values
from tallystick.model.stream import LedgerStream

__all__ = ["write", "write_kind"]

# Records of one group of rows: a reader skips groups by their least and greatest values, and holds one at a time.
GROUP = 5_000


def write(stream: LedgerStream, subject: Subject, out: BinaryIO) -> None:
    """Write the claims that count, each with its origin and its report.

    Raises:
        ExtraMissingError: Where pyarrow is not installed.
    """
    write_kind(stream, subject, out, Kind.FIGURE)


def write_kind(stream: LedgerStream, subject: Subject, out: BinaryIO, kind: Kind) -> None:
    """Write the records of one kind.

    Raises:
        ExtraMissingError: Where pyarrow is not installed.
    """
    arrow, parquet = _arrow()
    wanted = columns(kind)
    schema = arrow.schema(
        [arrow.field(one.name, _type(arrow, one), nullable=one.nullable) for one in wanted], _told(subject, kind)
    )
    with parquet.ParquetWriter(_Sink(out), schema, compression="zstd") as writer:
        for found in _portions(values(record, wanted) for record in records_of(stream, kind)):
            held = [
                arrow.array([_plain(row[place], column) for row in found], _type(arrow, column))
                for place, column in enumerate(wanted)
            ]
            if kind is Kind.ALL:
                names = [row[0] or Kind.FIGURE.value for row in found]
                held[0] = arrow.array(names, _type(arrow, wanted[0]))
            writer.write_batch(arrow.record_batch(held, schema=schema), row_group_size=GROUP)


def _arrow() -> tuple[ModuleType, ModuleType]:
    try:
        # Here and not above: the extra may be missing, and no other format should wait for it.
        import pyarrow as pa  # noqa: PLC0415
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError as error:
        raise ExtraMissingError("Parquet", "parquet") from error
    return pa, pq


def _told(subject: Subject, kind: Kind) -> dict[str, str]:
    return {
        "tallystick.version": subject.version, "tallystick.kind": kind.value, "tallystick.made": subject.made,
        "tallystick.dossier": subject.dossier.name, "tallystick.dossier_sha256": subject.digest,
    }  # fmt: skip


def _type(arrow: Any, column: Column) -> Any:
    match column.cells:
        case Cells.TEXT:
            return arrow.string()
        case Cells.WHOLE:
            return arrow.int64()
        case Cells.NUMBER:
            return arrow.float64()
        case Cells.TRUTH:
            return arrow.bool_()
        case Cells.TEXTS:
            return arrow.list_(arrow.string())
    held = inner(column.record) if column.record is not None else ()
    return arrow.list_(arrow.struct([arrow.field(one.name, _type(arrow, one), nullable=one.nullable) for one in held]))


def _plain(value: Any, column: Column) -> Any:
    """A value as pyarrow takes it."""
    if value is None:
        return None
    if column.cells is Cells.NUMBER:
        return _double(value)
    if column.cells is Cells.RECORDS and column.record is not None:
        held = inner(column.record)
        return [
            {one.name: _plain(found, one) for one, found in zip(held, values(record, held), strict=True)}
            for record in value
        ]
    return value


def _double(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def _portions(found: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(found)
    while some := list(islice(rest, GROUP)):
        yield some


class _Sink:
    """What is written to, for pyarrow: it asks where it is, which a pipe does not know."""

    closed = False

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._written = 0

    def write(self, content: Any) -> int:
        """Write, and count it."""
        self._written += self._out.write(content)
        return len(content)

    def tell(self) -> int:
        """How much was written."""
        return self._written

    def flush(self) -> None:
        """Pass it on."""
        self._out.flush()

    def seekable(self) -> bool:
        """It is not."""
        return False

    def readable(self) -> bool:
        """It is not."""
        return False

    def writable(self) -> bool:
        """It is."""
        return True

    def close(self) -> None:
        """Leave that to whoever opened it."""
