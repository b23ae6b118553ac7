"""Secrets that outlast a restart, such as what forms are signed with."""

from collections.abc import Callable

import sqlalchemy as sa

from tallystick.storage.accounts import tables
from tallystick.storage.accounts.opening import Accounts

__all__ = ["secret"]


def secret(file: Accounts, name: str, make: Callable[[], str]) -> str:
    """Give the secret of that name; the first time it is made."""
    with file.writing() as connection:
        held = connection.scalar(sa.select(tables.secrets.c.value).where(tables.secrets.c.name == name))
        if held is not None:
            return str(held)
        made = make()
        connection.execute(sa.insert(tables.secrets).values(name=name, value=made))
        return made
