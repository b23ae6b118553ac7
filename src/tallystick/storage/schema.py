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

__all__ = ["check", "upgrade"]

SCRIPTS = Path(__file__).with_name("migrations")


def upgrade(connection: sa.Connection, folder: str) -> tuple[str | None, str | None]:
    """Make or migrate the tables behind `connection`, within the transaction that it is in.

    Returns:
        The revision before and the one after; None before where there were no tables.

    Raises:
        CaseVersionError: Where a newer Tallystick made them.
    """
    before = _revision(connection, folder)
    if before != _head():
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return before, _head()


def check(connection: sa.Connection, folder: str) -> None:
    """Raise where the tables behind `connection` are not those that this Tallystick reads.

    Raises:
        CaseVersionError: Where a newer Tallystick made them.
        CaseError: Where an older one did, or they are not there.
    """
    with connection.begin():
        revision = _revision(connection, folder)
    if revision is None:
        raise CaseError(folder, "holds no tables; 'tallystick run PATH... --case' makes a case")
    if revision != _head():
        raise CaseError(folder, "was made by an older Tallystick; 'tallystick run' on it brings it up to date")


def _revision(connection: sa.Connection, folder: str) -> str | None:
    """The revision of the tables, None where there are none yet."""
    revision = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in _scripts().walk_revisions()}
    if revision is not None and revision not in known:
        reason = f"was made by a newer Tallystick (schema {revision}); install that version, or start another case"
        raise CaseVersionError(folder, reason)
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
