"""Accounts of a workbench to a copy of its case: two addresses come in, how many were copied goes out.

Names, roles, hashes of passwords, tokens, webhooks, visits and the audit log go along. Who is signed in, links that
are not used yet and what forms are signed with stay: they belong to the server that gave them.
"""

import sqlalchemy as sa

from tallystick.errors import CaseError
from tallystick.storage.accounts import tables
from tallystick.storage.accounts.database import is_beside
from tallystick.storage.accounts.file import ACCOUNTS_FILE
from tallystick.storage.accounts.opening import Accounts
from tallystick.storage.opening import store_at
from tallystick.storage.stores import bulk
from tallystick.storage.stores.address import CaseAddress
from tallystick.storage.stores.postgres import Postgres

__all__ = ["copy_accounts", "has_accounts", "make_ready"]

# What belongs to rows of the first comes behind it.
COPIED = (tables.accounts, tables.audit, tables.visits, tables.hooks, tables.tokens)


def has_accounts(address: CaseAddress) -> bool:
    """Whether a case has accounts, or anything in their audit log; nothing is made.

    Raises:
        CaseError: Where they cannot be read.
    """
    store = store_at(address)
    there = is_beside(store) if isinstance(store, Postgres) else (store.folder / ACCOUNTS_FILE).is_file()
    if not there:
        return False
    with Accounts(address) as held, held.reading() as connection:
        return any(connection.execute(sa.select(table).limit(1)).first() for table in (tables.accounts, tables.audit))


def make_ready(source: CaseAddress, target: CaseAddress) -> None:
    """Make sure, before a case is copied, that the accounts at `source` can be copied behind it.

    Raises:
        CaseError: Where they cannot be read or written, or where `target` has accounts already.
    """
    if has_accounts(target):
        raise CaseError(str(target), "has accounts of its own already; give a place without, or leave --accounts out")
    if has_accounts(source) and isinstance(store_at(target), Postgres):
        # Whoever may fill a database may not always make a schema in it. An empty one is in nobody's way.
        Accounts(target).close()


def copy_accounts(source: CaseAddress, target: CaseAddress) -> int:
    """Copy the accounts of the case at `source` to those of its copy at `target`, all or nothing; give how many.

    Raises:
        CaseError: Where they cannot be read or written, or where `target` has accounts already.
    """
    if not has_accounts(source):
        return 0
    if has_accounts(target):
        raise CaseError(str(target), "has accounts of its own already; they stay as they are")
    with Accounts(source) as held, held.reading() as connection:
        # What belongs to an account is read before it, so that none is missing of one that is made meanwhile.
        found = {table: connection.execute(sa.select(table)).mappings().all() for table in reversed(COPIED)}
    try:
        with Accounts(target) as made, made.writing() as connection:
            for table in COPIED:
                if rows := sorted(map(dict, found[table]), key=lambda row: row.get("number", 0)):
                    connection.execute(sa.insert(table), rows)
                if "number" in table.c:
                    bulk.count_on(connection, table)
    except sa.exc.IntegrityError as error:
        raise CaseError(str(source), "its accounts were changed while they were copied; copy them again") from error
    return len(found[tables.accounts])
