"""The address of a case: what a user writes comes in, the path of a folder or a `Database` goes out.

A password that stands in an address goes to the database and nowhere else: neither `str()` nor `repr()` shows it.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa

from tallystick.errors import CaseError

__all__ = ["CaseAddress", "Database", "case_address"]

SCHEMES = ("postgresql://", "postgres://")
# Parts of an address behind its question mark that hold a secret.
SECRETS = ("password", "sslpassword")


class CaseAddress(Protocol):
    """Where a case lives: the path of its folder, or a `Database`; `str()` names it whole, and `name` in short."""

    @property
    def name(self) -> str:
        """The last part of the address."""

    def __hash__(self) -> int:
        """The same case has the same number."""


@dataclass(frozen=True, slots=True, repr=False)
class Database:
    """A database of PostgreSQL that holds a case, or will; `str()` is its address without any password."""

    url: sa.URL

    @property
    def name(self) -> str:
        """The database, or where the address names none the user."""
        return self.url.database or self.url.username or self.url.drivername

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must not be shown."""
        found = [self.url.password, *(self.url.query.get(name) for name in SECRETS)]
        return tuple(str(one) for one in found if one)

    def __str__(self) -> str:
        shown = sa.URL.create(
            "postgresql", self.url.username, None, self.url.host, self.url.port, self.url.database,
            {name: value for name, value in self.url.query.items() if name not in SECRETS},
        )  # fmt: skip
        return shown.render_as_string()

    def __repr__(self) -> str:
        return f"Database({self})"


def case_address(text: str) -> CaseAddress:
    """Give where a case lives by what a user writes: a folder, or `postgresql://USER@HOST/DATABASE`.

    Raises:
        CaseError: Where it begins like the address of a database and is none.
    """
    scheme = next((one for one in SCHEMES if text.casefold().startswith(one)), None)
    if scheme is None:
        return Path(text)
    try:
        return Database(sa.make_url("postgresql+psycopg://" + text[len(scheme) :]))
    except (sa.exc.ArgumentError, ValueError):
        # Neither what was written nor what the parser says of it is shown: a password may stand in either.
        reason = "this is no address of a database; write postgresql://USER@HOST:PORT/DATABASE, with what is no letter"
        raise CaseError(SCHEMES[0], f"{reason} or digit in a name as %20") from None
