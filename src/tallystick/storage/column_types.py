"""The types of columns that a case's two kinds of database hold each in its way; what comes back is what went in."""

from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import UserDefinedType

from tallystick.model.quantity import Number

__all__ = ["Figure", "Letters", "Text", "Whole"]

LARGEST_INTEGER = 2**63 - 1
POSTGRESQL = "postgresql"
# PostgreSQL holds no NUL in a text: it is written as this mark, which Unicode keeps out of texts, and one more letter,
# and so is the mark itself.
MARK, NUL, ITSELF = "\ufdd0", "\ufdd00", "\ufdd01"

# Integers of 64 bits, as SQLite's are; a key that counts up is only SQLite's row number where it is called INTEGER.
Whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# Texts of a column that is made: sorted and compared by code point, as SQLite does, whatever language the server has.
Letters = sa.Text().with_variant(sa.Text(collation="C"), POSTGRESQL)


class Text(sa.TypeDecorator[str]):
    """Any text, also one that PostgreSQL has no room for."""

    impl = sa.Text
    cache_ok = True

    def bind_processor(self, dialect: sa.Dialect) -> Any:
        """Texts as they are, but in PostgreSQL without NUL."""
        return _without_nul if dialect.name == POSTGRESQL else None

    def result_processor(self, dialect: sa.Dialect, coltype: object) -> Any:  # noqa: ARG002 - SQLAlchemy's signature
        """The text that went in."""
        return _with_nul if dialect.name == POSTGRESQL else None


class Figure(UserDefinedType[Number]):
    """A number kept exactly: SQLite's integer or real, and text beyond 64 bits; PostgreSQL's numeric.

    That keeps the digits behind the point that it was given, also zeros: a number that has some was a float.
    """

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """A column without affinity: SQLite turns nothing into anything."""
        return "BLOB"

    def bind_processor(self, dialect: sa.Dialect) -> Any:
        """Numbers as the database holds them."""
        return _numeric if dialect.name == POSTGRESQL else _own

    def result_processor(self, dialect: sa.Dialect, coltype: object) -> Any:  # noqa: ARG002 - SQLAlchemy's signature
        """The number that went in."""
        return _of_numeric if dialect.name == POSTGRESQL else _of_own


@compiles(Figure, POSTGRESQL)
def _numeric_column(_type: Figure, _compiler: Any, **_: Any) -> str:
    return "NUMERIC"


def _own(value: Number | None) -> Number | str | None:
    """A number as SQLite holds it; integers that it has no room for as text."""
    too_large = isinstance(value, int) and abs(value) > LARGEST_INTEGER
    return str(value) if too_large else value


def _of_own(value: Number | str | None) -> Number | None:
    return int(value) if isinstance(value, str) else value


def _numeric(value: Number | None) -> Decimal | None:
    if value is None or isinstance(value, int):
        return None if value is None else Decimal(value)
    # By the shortest digits that give the float again, written out: an exponent would take the place of the point.
    digits = format(Decimal(repr(value)), "f")
    return Decimal(digits if "." in digits else f"{digits}.0")


def _of_numeric(value: Decimal | float | None) -> Number | None:
    if not isinstance(value, Decimal):
        return value
    exponent = value.as_tuple().exponent
    return float(value) if isinstance(exponent, int) and exponent < 0 else int(value)


def _without_nul(value: str | None) -> str | None:
    if value is None or not ("\0" in value or MARK in value):
        return value
    return value.replace(MARK, ITSELF).replace("\0", NUL)


def _with_nul(value: str | None) -> str | None:
    if value is None or MARK not in value:
        return value
    return value.replace(NUL, "\0").replace(ITSELF, MARK)
