"""Records as rows of a table: a kind comes in, its columns go out, and the values of a record under them.

A record inside another one becomes columns of it; lists stay lists.
"""

from collections.abc import Sequence
from dataclasses import dataclass, is_dataclass
from enum import Enum, auto
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from tallystick.exporting.kinds import FactRecord, Kind, Record
from tallystick.exporting.records import (
    ClaimRecord,
    EdgeRecord,
    EstimateRecord,
    FlagRecord,
    HitRecord,
    JudgementRecord,
    OriginRecord,
)

__all__ = ["Cells", "Column", "columns", "inner", "values"]

RECORDS: dict[Kind, tuple[type, ...]] = {
    Kind.FIGURE: (ClaimRecord,),
    Kind.FACT: (FactRecord,),
    Kind.ESTIMATE: (EstimateRecord,),
    Kind.ORIGIN: (OriginRecord,),
    Kind.EDGE: (EdgeRecord,),
    Kind.FLAG: (FlagRecord,),
    Kind.HIT: (HitRecord,),
    Kind.JUDGEMENT: (JudgementRecord,),
    Kind.ALL: (ClaimRecord, FactRecord),
}
# Fields whose columns have their own names; those of others begin with the name of the field.
BARE = ("population",)
# What stood at the end of the table of claims before further columns came, and stays there.
LAST_FIRST = ("stated", "traced_to", "standing", "title", "url", "outlet", "published", "sha256")


class Cells(Enum):
    """What the cells of a column hold."""

    TEXT = auto()
    WHOLE = auto()
    NUMBER = auto()
    TRUTH = auto()
    TEXTS = auto()
    RECORDS = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: Its name.
        path: The fields that lead to its value.
        cells: What it holds.
        nullable: Whether a cell may hold nothing.
        record: Of what the records in its lists are.
    """

    name: str
    path: tuple[str, ...]
    cells: Cells
    nullable: bool
    record: type | None = None


@cache
def columns(kind: Kind) -> tuple[Column, ...]:
    """Give the columns of a kind, in order; of all, those of both, each once, the kind first."""
    found: dict[str, Column] = {}
    for record in RECORDS[kind]:
        for column in inner(record):
            found.setdefault(column.name, column)
    late = {name: found.pop(name) for name in LAST_FIRST if kind in (Kind.FIGURE, Kind.ALL) and name in found}
    if kind is not Kind.ALL:
        return (*found.values(), *late.values())
    whole = {"kind": found.pop("kind")} | found | late
    return tuple(Column(one.name, one.path, one.cells, True, one.record) for one in whole.values())


@cache
def inner(record: type) -> tuple[Column, ...]:
    """Give the columns of one record, in the order of its fields."""
    found: list[Column] = []
    for name, hint in get_type_hints(record).items():
        if isinstance(hint, type) and is_dataclass(hint):
            start = "" if name in BARE else f"{name}_"
            found += (
                Column(start + one.name, (name, *one.path), one.cells, one.nullable, one.record) for one in inner(hint)
            )
        else:
            found.append(_column(name, hint))
    return tuple(found)


def values(record: Record, wanted: Sequence[Column]) -> list[Any]:
    """Give the values of a record under some columns; None where it has no such field."""
    found: list[Any] = []
    for column in wanted:
        value: Any = record
        for name in column.path:
            value = getattr(value, name, None)
        found.append(value)
    return found


def _column(name: str, hint: Any) -> Column:
    """The column of a field that is no record."""
    options = tuple(one for one in get_args(hint) if one is not NoneType) if isinstance(hint, UnionType) else (hint,)
    nullable = NoneType in get_args(hint)
    if get_origin(hint) is tuple:
        (of, _) = get_args(hint)
        return Column(name, (name,), Cells.TEXTS if of is str else Cells.RECORDS, nullable, None if of is str else of)
    if float in options:
        return Column(name, (name,), Cells.NUMBER, nullable)
    (of,) = options
    return Column(name, (name,), {str: Cells.TEXT, int: Cells.WHOLE, bool: Cells.TRUTH}[of], nullable)
