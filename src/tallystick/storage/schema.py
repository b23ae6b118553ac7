"""Bring the schema of a case up to date, and tell whether this Tallystick knows it.

Takes an open connection; changes the tables by Alembic's migrations, or raises where they are of a newer version.
"""

from functools import cache
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from tallystick.errors import CaseError, CaseVersionError
from tallystick.storage.column_types import POSTGRESQL

__all__ = ["check", "upgrade"]

NONE = "holds no tables; 'tallystick run PATH... --case' makes a case"
# Tables that no extension of PostgreSQL has made.
STRANGE = (
    "SELECT relname FROM pg_class c WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace"
    " AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e')"
    # Where it is empty a case was taken back to nothing.
    " AND relname != 'alembic_version' ORDER BY relname"
)
# So many of them are named.
NAMED = 3
SCRIPTS = Path(__file__).with_name("migrations")


def upgrade(connection: sa.Connection, case: str, *, create: bool) -> tuple[str | None, str | None]:
    """Make or migrate the tables behind `connection`, within the transaction that it is in.

    Args:
        connection: Within a transaction that writes.
        case: The case, as errors name it.
        create: Whether to make them where there are none.

    Returns:
        The revision before and the one after; None before where there were no tables.

    Raises:
        CaseVersionError: Where a newer Tallystick made them.
        CaseError: Where there are none, and none are to be made, or where there are those of another program.
    """
    before = _revision(connection, case)
    if before is None and not create:
        raise CaseError(case, NONE)
    if before is None and connection.dialect.name == POSTGRESQL:
        _require_none(connection, case)
    if before != _head():
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return before, _head()


def check(connection: sa.Connection, case: str) -> None:
    """Raise where the tables behind `connection`, within a transaction, are not those that this Tallystick reads.

    Raises:
        CaseVersionError: Where a newer Tallystick made them.
        CaseError: Where an older one did, or they are not there.
    """
    revision = _revision(connection, case)
    if revision is None:
        raise CaseError(case, NONE)
    if revision != _head():
        raise CaseError(case, "was made by an older Tallystick; 'tallystick run' on it brings it up to date")


def _require_none(connection: sa.Connection, case: str) -> None:
    """Raise where there are tables that no case has made: those of a case would come among them."""
    found = connection.exec_driver_sql(STRANGE).scalars().all()
    if found:
        names = ", ".join(found[:NAMED]) + (" and others" if len(found) > NAMED else "")
        raise CaseError(case, f"holds tables of another program ({names}); give a database of its own, by 'createdb'")


def _revision(connection: sa.Connection, case: str) -> str | None:
    """The revision of the tables, None where there are none yet."""
    revision = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in _scripts().walk_revisions()}
    if revision is not None and revision not in known:
        reason = f"was made by a newer Tallystick (schema {revision}); install that version, or start another case"
        raise CaseVersionError(case, reason)
    return revision


@cache
def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _head() -> str | None:
    return _scripts().get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    return config
