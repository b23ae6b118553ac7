"""Attempts to sign in, counted by name and by address, so that nobody can guess on; a restart forgets none."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil
from typing import NamedTuple

import sqlalchemy as sa

from tallystick.storage.accounts import tables
from tallystick.storage.accounts.opening import Accounts
from tallystick.storage.accounts.sessions import digest
from tallystick.storage.custody import instant

__all__ = ["Limit", "forget", "start"]


class Limit(NamedTuple):
    """How many attempts something may have.

    Attributes:
        of: What is counted, such as "name ana".
        most: How many are let through within the window.
    """

    of: str
    most: int


def start(file: Accounts, limits: Sequence[Limit], now: datetime, window: timedelta) -> int:
    """Count an attempt, before it is known whether it succeeds, so that many at once are not all let through.

    Returns:
        Seconds to wait where one of the limits is reached, which counts no attempt; else 0.
    """
    columns = tables.attempts.c
    since = instant(now - window)
    with file.writing() as connection:
        connection.execute(sa.delete(tables.attempts).where(columns.time <= since))
        wait = 0
        for limit in limits:
            query = sa.select(columns.time).where(columns.of == digest(limit.of)).order_by(columns.time.desc())
            # The attempt that must leave the window before there is room for one more.
            leaving = connection.scalar(query.offset(limit.most - 1).limit(1))
            if leaving is not None:
                wait = max(wait, ceil((datetime.fromisoformat(leaving) + window - now).total_seconds()), 1)
        if not wait:
            rows = [{"of": digest(limit.of), "time": instant(now)} for limit in limits]
            connection.execute(sa.insert(tables.attempts), rows)
        return wait


def forget(file: Accounts, of: str) -> None:
    """Forget the attempts of what has succeeded."""
    with file.writing() as connection:
        connection.execute(sa.delete(tables.attempts).where(tables.attempts.c.of == digest(of)))
