"""Tables that only grow: the database itself refuses every change but one more row with the next number."""

from alembic import op

__all__ = ["only_grows", "ungrow"]


NEXT = "(SELECT coalesce(max(number), 0) + 1 FROM {table})"
POSTGRESQL = "postgresql"


def only_grows(table: str, refused: str) -> None:
    """Refuse changes of a table whose key is `number`, with these words.

    Neither REPLACE nor a number of one's own choice gets past it.
    """
    following = NEXT.format(table=table)
    if op.get_context().dialect.name != POSTGRESQL:
        events = {
            "no_update": f"UPDATE ON {table}",
            "no_delete": f"DELETE ON {table}",
            "in_order": f"INSERT ON {table} WHEN NEW.number IS NOT {following}",
        }
        for name, event in events.items():
            op.execute(f"CREATE TRIGGER {table}_{name} BEFORE {event} BEGIN SELECT RAISE(ABORT, '{refused}'); END")
        return
    say = f"RAISE EXCEPTION '{refused}';"
    _function(f"{table}_unchanged", say)
    _function(f"{table}_next", f"IF NEW.number IS DISTINCT FROM {following} THEN {say} END IF; RETURN NEW;")
    op.execute(
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {table}_unchanged()"
    )
    op.execute(f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION {table}_unchanged()")
    op.execute(f"CREATE TRIGGER {table}_in_order BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_next()")


def ungrow(table: str) -> None:
    """Drop such a table with what refused its changes."""
    op.drop_table(table)
    if op.get_context().dialect.name == POSTGRESQL:
        op.execute(f"DROP FUNCTION {table}_unchanged()")
        op.execute(f"DROP FUNCTION {table}_next()")


def _function(name: str, body: str) -> None:
    op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$")
