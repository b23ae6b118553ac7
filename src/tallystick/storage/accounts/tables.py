"""The tables of accounts, and the steps that bring older ones to them."""

from collections.abc import Callable

import sqlalchemy as sa

from tallystick.storage.column_types import POSTGRESQL, Text

# ruff: noqa: S608 - our own names

__all__ = ["STEPS", "accounts", "attempts", "audit", "hooks", "links", "secrets", "sessions", "tokens", "visits"]

metadata = sa.MetaData()
# What came after the first version, each made by a step of its own.
later = sa.MetaData()


class _Words(Text):
    """Any text, sorted by code points, in tables that are made from what stands here."""

    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[str]:
        """As `Letters` makes columns."""
        return dialect.type_descriptor(sa.Text(collation="C" if dialect.name == POSTGRESQL else None))


def _text(name: str, *, required: bool = True) -> "sa.Column[str]":
    return sa.Column(name, _Words, nullable=not required)


def _account(*, required: bool) -> "sa.Column[int]":
    """The number of an account; what hangs on it goes with it."""
    return sa.Column("account", sa.ForeignKey("accounts.number", ondelete="CASCADE"), nullable=not required)


# `key` is the name as two that look alike share it; `mail` and `subject` are how single sign-on names its owner.
accounts = sa.Table(
    "accounts",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    _text("name"),
    sa.Column("key", _Words, nullable=False, unique=True),
    _text("role"),
    _text("password", required=False),
    sa.Column("mail", _Words, unique=True),
    sa.Column("subject", _Words, unique=True),
    _text("made"),
    _text("disabled", required=False),
    _text("seen", required=False),
    sqlite_autoincrement=True,
)
# Only the SHA-256 of what a browser holds: whoever reads this file cannot take its place.
sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("token", _Words, primary_key=True),
    _account(required=True),
    _text("made"),
    _text("used"),
    _text("expires"),
    _text("address"),
    sa.Index("sessions_account", "account"),
)
# Without an account, a link makes one of its role.
links = sa.Table(
    "links",
    metadata,
    sa.Column("token", _Words, primary_key=True),
    _account(required=False),
    _text("role"),
    _text("by"),
    _text("expires"),
)
audit = sa.Table(
    "audit",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    *(_text(name) for name in ("time", "who", "action", "subject", "told", "address")),
    sa.Index("audit_who", "who"),
    sa.Index("audit_action", "action"),
)
# Of whom and from where is hashed: somebody may have typed a password into the field of the name.
attempts = sa.Table(
    "attempts",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    _text("of"),
    _text("time"),
    sa.Index("attempts_of", "of", "time"),
    sa.Index("attempts_time", "time"),
)
visits = sa.Table("visits", metadata, sa.Column("key", _Words, primary_key=True), _text("time"))
secrets = sa.Table("secrets", metadata, sa.Column("name", _Words, primary_key=True), _text("value"))
# The secret stands in the clear: every message is signed with it.
hooks = sa.Table(
    "hooks",
    later,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("url", _Words, nullable=False, unique=True),
    *(_text(name) for name in ("secret", "kinds", "by", "made")),
    sa.Column("last", sa.Integer, nullable=False),
    sa.Column("failures", sa.Integer, nullable=False),
    *(_text(name, required=False) for name in ("due", "since")),
    _text("said"),
    _text("stopped", required=False),
    sqlite_autoincrement=True,
)

# Only the SHA-256 of a token, as of sessions.
tokens = sa.Table(
    "tokens",
    later,
    sa.Column("number", sa.Integer, primary_key=True),
    # That of `metadata`, which is made by then.
    sa.Column("account", sa.ForeignKey(accounts.c.number, ondelete="CASCADE"), nullable=False),
    sa.Column("token", _Words, nullable=False, unique=True),
    *(_text(name) for name in ("label", "hint", "scopes", "made")),
    *(_text(name, required=False) for name in ("expires", "used", "revoked")),
    sa.Index("tokens_account", "account"),
    sqlite_autoincrement=True,
)

REFUSAL = "the audit log is only added to"
REFUSED = f"SELECT RAISE(ABORT, '{REFUSAL}')"
TRIGGERS = {
    "audit_no_update": "UPDATE ON audit",
    "audit_no_delete": "DELETE ON audit",
    "audit_in_order": "INSERT ON audit WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM audit)",
}
# The same in PostgreSQL, where a trigger has its words elsewhere.
FUNCTIONS = {
    "audit_unchanged": f"RAISE EXCEPTION '{REFUSAL}';",
    "audit_next": "IF NEW.number IS DISTINCT FROM (SELECT coalesce(max(number), 0) + 1 FROM audit)"
    f" THEN RAISE EXCEPTION '{REFUSAL}'; END IF; RETURN NEW;",
}
CALLS = (
    "audit_no_change BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_unchanged()",
    "audit_no_truncate BEFORE TRUNCATE ON audit EXECUTE FUNCTION audit_unchanged()",
    "audit_in_order BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION audit_next()",
)


def _first(connection: sa.Connection) -> None:
    """The tables as they were made first; a later step changes them, and this one stays as it is."""
    metadata.create_all(connection)
    if connection.dialect.name == POSTGRESQL:
        for name, body in FUNCTIONS.items():
            made = f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"
            connection.exec_driver_sql(made)
        for call in CALLS:
            connection.exec_driver_sql(f"CREATE TRIGGER {call}")
        return
    for name, event in TRIGGERS.items():
        connection.exec_driver_sql(f"CREATE TRIGGER {name} BEFORE {event} BEGIN {REFUSED}; END")


def _hooks(connection: sa.Connection) -> None:
    """Webhooks."""
    hooks.create(connection)


def _tokens(connection: sa.Connection) -> None:
    """Tokens of programs."""
    tokens.create(connection)


# The version of accounts is how many of these have been taken.
STEPS: tuple[Callable[[sa.Connection], None], ...] = (_first, _hooks, _tokens)
