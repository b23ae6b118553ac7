"""What SQLite and PostgreSQL say differently, each as one construct of SQLAlchemy; views are written in these.

What is not here both say alike, as long as a query names where nothing is sorted to, and sums no sums.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from tallystick.storage.column_types import Text

__all__ = [
    "POSTGRESQL",
    "by_index",
    "down",
    "first_of",
    "gathered",
    "lists",
    "piece",
    "tabled",
    "texts",
    "together",
    "total",
    "unindexed",
    "up",
]

POSTGRESQL = "postgresql"


class _Elements(FunctionElement[Any]):
    """The elements of a JSON array, each as JSON."""

    name = "elements"
    inherit_cache = True


class _Texts(FunctionElement[Any]):
    """The elements of a JSON array of texts."""

    name = "texts"
    inherit_cache = True


class _Gathered(FunctionElement[Any]):
    """The values of a column as one JSON array, in no order."""

    name = "gathered"
    type = sa.JSON()
    inherit_cache = True


class _Together(FunctionElement[Any]):
    """Some values of a row as one JSON array."""

    name = "together"
    type = sa.JSON()
    inherit_cache = True


class _Piece(FunctionElement[str]):
    """Some code points of a text."""

    name = "piece"
    type = Text()
    inherit_cache = True


class _Unindexed(sa.ColumnElement[Any]):
    """A column by which SQLite looks for no index; PostgreSQL knows by its statistics when to."""

    inherit_cache = True
    _traverse_internals = [("column", sa.sql.visitors.InternalTraversal.dp_clauseelement)]  # noqa: RUF012

    def __init__(self, column: sa.ColumnElement[Any]) -> None:
        self.column = column
        self.type = column.type

    @property
    def _from_objects(self) -> list[sa.FromClause]:
        return list(self.column._from_objects)


class _ByIndex(sa.Alias):
    """A table whose rows SQLite is to find by one of its indexes, after which the alias is named."""

    inherit_cache = True


@compiles(_Elements)
@compiles(_Texts)
def _each(element: FunctionElement[Any], compiler: SQLCompiler, **options: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **options)})"


@compiles(_Elements, POSTGRESQL)
def _each_json(element: FunctionElement[Any], compiler: SQLCompiler, **options: Any) -> str:
    return f"json_array_elements({compiler.process(element.clauses, **options)})"


@compiles(_Texts, POSTGRESQL)
def _each_text(element: FunctionElement[Any], compiler: SQLCompiler, **options: Any) -> str:
    return f"json_array_elements_text({compiler.process(element.clauses, **options)})"


@compiles(_Gathered)
def _group(element: FunctionElement[Any], compiler: SQLCompiler, **options: Any) -> str:
    return f"json_group_array({compiler.process(element.clauses, **options)})"


@compiles(_Gathered, POSTGRESQL)
def _aggregate(element: FunctionElement[Any], compiler: SQLCompiler, **options: Any) -> str:
    return f"coalesce(json_agg({compiler.process(element.clauses, **options)}), '[]')"


@compiles(_Together)
def _array(element: FunctionElement[Any], compiler: SQLCompiler, **options: Any) -> str:
    return f"json_array({compiler.process(element.clauses, **options)})"


@compiles(_Together, POSTGRESQL)
def _build(element: FunctionElement[Any], compiler: SQLCompiler, **options: Any) -> str:
    return f"json_build_array({compiler.process(element.clauses, **options)})"


@compiles(_Piece)
def _substr(element: _Piece, compiler: SQLCompiler, **options: Any) -> str:
    text = compiler.process(next(iter(element.clauses)), **options)
    ours, theirs = (f"{name}({compiler.process(element.clauses, **options)})" for name in ("substr", "text_piece"))
    # The function of Python's takes ten times as long, and a NUL is rare.
    return f"CASE instr({text}, char(0)) WHEN 0 THEN {ours} ELSE {theirs} END"


@compiles(_Piece, POSTGRESQL)
def _text_piece(element: _Piece, compiler: SQLCompiler, **options: Any) -> str:
    return f"text_piece({compiler.process(element.clauses, **options)})"


@compiles(_Unindexed)
def _plus(element: _Unindexed, compiler: SQLCompiler, **options: Any) -> str:
    return f"+{compiler.process(element.column, **options)}"


@compiles(_Unindexed, POSTGRESQL)
def _bare(element: _Unindexed, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(element.column, **options)


@compiles(_ByIndex)
def _indexed(element: _ByIndex, compiler: SQLCompiler, asfrom: bool = False, **options: Any) -> str:
    named = _aliased(element, compiler, asfrom=asfrom, **options)
    return f"{named} INDEXED BY {element.name}" if asfrom else named


@compiles(_ByIndex, POSTGRESQL)
def _aliased(element: _ByIndex, compiler: SQLCompiler, **options: Any) -> str:
    found: str = compiler.visit_alias(element, **options)  # type: ignore[no-untyped-call]
    return found


def tabled(rows: Sequence[Sequence[str | int]], name: str = "asked") -> sa.TableValuedAlias:
    """Give some rows as a table of one column `value`, each a JSON array: one parameter, however many they are."""
    return lists(sa.literal(rows, sa.JSON), name)


def lists(array: sa.ColumnElement[Any], name: str = "each") -> sa.TableValuedAlias:
    """Give the elements of a JSON array as a table of one column `value`, as JSON."""
    return _Elements(array).table_valued(sa.column("value", sa.JSON), name=name)


def texts(array: sa.ColumnElement[Any], name: str = "each") -> sa.TableValuedAlias:
    """Give the elements of a JSON array of texts as a table of one column `value`, as texts."""
    return _Texts(array).table_valued(sa.column("value", sa.Text), name=name)


def first_of(array: sa.ColumnElement[Any]) -> sa.ColumnElement[str]:
    """Give the first element of a JSON array of texts; null of an empty one."""
    found: sa.ColumnElement[str] = array[0].as_string()
    return found


def gathered(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """Give all values of a column as one JSON array, in no order that holds."""
    return _Gathered(column)


def together(*columns: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """Give values of a row as one JSON array."""
    return _Together(*columns)


def piece(
    text: sa.ColumnElement[str], first: sa.ColumnElement[int] | int, many: sa.ColumnElement[int] | int
) -> sa.ColumnElement[str]:  # fmt: skip
    """Give some code points of a text from one on, counted from 1, whatever the text holds."""
    return _Piece(text, *(sa.cast(one, sa.Integer) for one in (first, many)))


def total(column: sa.ColumnElement[Any]) -> sa.ColumnElement[int]:
    """Give the sum of whole numbers as one: PostgreSQL makes decimals of a sum of large ones."""
    return sa.cast(sa.func.sum(column), sa.BigInteger)


def unindexed(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """Give a column by which SQLite is not to look for an index."""
    return _Unindexed(column)


def by_index(table: sa.Table, index: str) -> sa.Alias:
    """Give a table, under another name, in which SQLite looks by this index; PostgreSQL looks as it likes."""
    return _ByIndex._construct(table, name=index)


def up(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """Give an order from the least on; what has no value comes before all."""
    return column.asc().nulls_first()


def down(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """Give the order that is the other way round."""
    return column.desc().nulls_last()
