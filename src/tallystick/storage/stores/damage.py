"""What a database of PostgreSQL finds wrong with itself: an open connection comes in, faults in words go out.

No extension is needed. Every row is read, by which the server finds pages that are no pages any more, and where it was
made with checksums every page that changed on the disk. Where somebody has installed `amcheck`, indexes are held
against rows as well.
"""

from collections.abc import Iterator

import sqlalchemy as sa

# ruff: noqa: S608 - names that the catalog has quoted

__all__ = ["DAMAGED", "damage"]

# All but that of the files, whose bytes as text may be more than a value can hold; whoever verifies reads each of them.
TABLES = (
    "SELECT quote_ident(relname) FROM pg_class WHERE relkind = 'r' AND relname <> 'files'"
    " AND relnamespace = current_schema()::regnamespace ORDER BY relname"
)
# Each reference with the column that refers and the one that is referred to; none of a case has more.
REFERENCES = (
    "SELECT quote_ident(child.relname), quote_ident(own.attname), quote_ident(parent.relname), quote_ident(its.attname)"
    " FROM pg_constraint c"
    " JOIN pg_class child ON child.oid = c.conrelid JOIN pg_class parent ON parent.oid = c.confrelid"
    " JOIN pg_attribute own ON own.attrelid = c.conrelid AND own.attnum = c.conkey[1]"
    " JOIN pg_attribute its ON its.attrelid = c.confrelid AND its.attnum = c.confkey[1]"
    " WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace ORDER BY 1, 2"
)
INDEXES = (
    "SELECT i.oid, i.relname, x.indisvalid, a.amname FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid"
    " JOIN pg_am a ON a.oid = i.relam WHERE i.relnamespace = current_schema()::regnamespace ORDER BY i.relname"
)
# The server forgets them where its statistics are reset.
PAGES = (
    "SELECT checksum_failures, checksum_last_failure AT TIME ZONE 'UTC' FROM pg_stat_database"
    " WHERE datname = current_database()"
)
AMCHECK = (
    "SELECT quote_ident(nspname), has_function_privilege(format('%%I.bt_index_check(regclass, boolean)', nspname),"
    " 'execute') FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE extname = 'amcheck'"
)
# SQLSTATE of what is damaged: data, an index, and what the disk refuses to read.
DAMAGED = frozenset(("XX001", "XX002", "58030"))
# And of an index that is younger than the moment at which the case is read.
YOUNGER = "40001"


def damage(connection: sa.Connection) -> tuple[str, ...]:
    """Give what is wrong, within the transaction of `connection`; empty where nothing is found.

    Raises:
        sqlalchemy.exc.DBAPIError: Where anything else keeps it from being looked through.
    """
    rows = tuple(_rows(connection))
    # What is damaged cannot be asked what belongs to what.
    return (*rows, *(() if rows else (*_references(connection), *_indexes(connection))), *_pages(connection))


def _rows(connection: sa.Connection) -> Iterator[str]:
    """Read every row of every table whole."""
    for table in connection.exec_driver_sql(TABLES).scalars().all():
        said = _tried(connection, f"SELECT count(held::text) FROM {table} held")
        if said:
            yield f"its table {table} is damaged ({said}); bring it back from a backup"


def _references(connection: sa.Connection) -> Iterator[str]:
    """Rows whose owner is not there; the database lets none come about, unless whoever owns it has it do so."""
    for table, column, owner, key in connection.exec_driver_sql(REFERENCES).all():
        query = (
            f"SELECT count(*) FROM {table} held WHERE held.{column} IS NOT NULL"
            f" AND NOT EXISTS (SELECT 1 FROM {owner} its WHERE its.{key} = held.{column})"
        )
        count = connection.exec_driver_sql(query).scalar()
        if count:
            yield f"{count} rows of {table} belong to nothing: their {column} is not in {owner}"


def _indexes(connection: sa.Connection) -> Iterator[str]:
    """Indexes that the server does not ask, and where `amcheck` is at hand those that do not hold what rows do."""
    found = connection.exec_driver_sql(AMCHECK).first()
    for number, name, valid, kind in connection.exec_driver_sql(INDEXES).all():
        said = "" if valid else "it was not made to its end"
        if valid and kind == "btree" and found is not None and found[1]:
            said = _tried(connection, f"SELECT {found[0]}.bt_index_check({number}::oid::regclass, true)")
        if said:
            yield f"its index {name} is damaged ({said}); REINDEX makes it anew"


def _pages(connection: sa.Connection) -> Iterator[str]:
    """Pages that the server has found changed on the disk, also by a query of somebody else."""
    count, last = connection.exec_driver_sql(PAGES).one()
    if count:
        yield f"its server has read {count} pages that were changed on the disk, the last at {last:%Y-%m-%d %H:%M} UTC"


def _tried(connection: sa.Connection, query: str) -> str:
    """What the server says against a query where something is damaged; "" where nothing is."""
    try:
        with connection.begin_nested():
            connection.exec_driver_sql(query).all()
    except sa.exc.DBAPIError as error:
        state = getattr(error.orig, "sqlstate", None)
        if state == YOUNGER:
            return ""
        if state not in DAMAGED:
            raise
        return " ".join(str(error.orig).split())
    return ""
