"""Webhooks: addresses that are told what changed, each with its secret and with how far it has been told."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from tallystick.errors import AccountError
from tallystick.storage.accounts import tables
from tallystick.storage.accounts.opening import Accounts
from tallystick.storage.custody import instant

__all__ = ["Hook", "add", "failed", "hooks", "remove", "resume", "told"]


class Hook(NamedTuple):
    """One webhook.

    Attributes:
        number: Its number.
        url: Where to.
        secret: What its messages are signed with: "whsec_" and base64.
        kinds: Kinds of changes that it is told; empty for all.
        by: Who added it.
        made: When; ISO 8601 in UTC.
        last: Number of the last change that it has been told, or that there was when it was added.
        failures: Tries in a row that failed.
        due: When the next try is due; None where nothing failed.
        since: When the first of these tries was.
        said: Why the last one failed, or "".
        stopped: When it was given up, or None.
    """

    number: int
    url: str
    secret: str
    kinds: tuple[str, ...]
    by: str
    made: str
    last: int
    failures: int
    due: str | None
    since: str | None
    said: str
    stopped: str | None


def add(
    file: Accounts, url: str, secret: str, now: datetime, *, kinds: Iterable[str] = (), by: str = "", last: int = 0
) -> Hook:  # fmt: skip
    """Keep a new webhook, which is told what changes after the change of number `last`.

    Raises:
        AccountError: Where there is one of this address already.
    """
    row = {
        "url": url, "secret": secret, "kinds": json.dumps(sorted(set(kinds))), "by": by, "made": instant(now),
        "last": last, "failures": 0, "said": "",
    }  # fmt: skip
    try:
        with file.writing() as connection:
            connection.execute(sa.insert(tables.hooks).values(row))
    except sa.exc.IntegrityError as error:
        raise AccountError(f"{url}: there is a webhook to this address; remove it first to change it") from error
    return next(hook for hook in hooks(file) if hook.url == url)


def hooks(file: Accounts) -> tuple[Hook, ...]:
    """Give every webhook, in order of number."""
    with file.reading() as connection:
        rows = connection.execute(sa.select(tables.hooks).order_by(tables.hooks.c.number)).mappings()
        return tuple(Hook(**{**row, "kinds": tuple(json.loads(row["kinds"]))}) for row in rows)


def remove(file: Accounts, number: int) -> Hook:
    """Remove a webhook and give what it was.

    Raises:
        AccountError: Where there is none of this number.
    """
    hook = _one(file, number)
    with file.writing() as connection:
        connection.execute(sa.delete(tables.hooks).where(tables.hooks.c.number == number))
    return hook


def told(file: Accounts, number: int, last: int) -> None:
    """Keep that a webhook has been told everything up to the change of number `last`."""
    _update(file, number, last=last, failures=0, due=None, since=None, said="")


def failed(file: Accounts, hook: Hook, said: str, now: datetime, due: datetime | None) -> None:
    """Keep that a try failed, and when the next one is due; None gives it up."""
    _update(
        file, hook.number, failures=hook.failures + 1, since=hook.since or instant(now), said=said,
        due=None if due is None else instant(due), stopped=instant(now) if due is None else None,
    )  # fmt: skip


def resume(file: Accounts, number: int) -> Hook:
    """Take up a webhook again that was given up, or that waits for its next try, and give it.

    Raises:
        AccountError: Where there is none of this number.
    """
    _one(file, number)
    _update(file, number, failures=0, due=None, since=None, said="", stopped=None)
    return _one(file, number)


def _one(file: Accounts, number: int) -> Hook:
    for hook in hooks(file):
        if hook.number == number:
            return hook
    raise AccountError(f"there is no webhook {number}; 'tallystick webhook list' shows those that there are")


def _update(file: Accounts, number: int, **values: object) -> None:
    with file.writing() as connection:
        connection.execute(sa.update(tables.hooks).where(tables.hooks.c.number == number).values(values))
