"""The queue of reviews in PostgreSQL: indexes that end with the position of a claim, as those of SQLite do unasked.

Of a million claims most are alike in all that the queue goes by: to find the next one took 500 ms without.
"""

from alembic import op

revision = "0015"
down_revision = "0014"

LAST = "standing, dispute, sway, doubt, position"
INDEXES = (("ix_listing_queue_down", LAST, ""), ("ix_listing_kind_queue_down", f"category, {LAST}", ""),
           ("ix_listing_flagged_queue_down", LAST, " WHERE severity > 1"))  # fmt: skip


def upgrade() -> None:
    """Make the indexes."""
    if op.get_context().dialect.name == "postgresql":
        for name, columns, where in INDEXES:
            op.execute(f"CREATE INDEX {name} ON listing ({columns}){where}")


def downgrade() -> None:
    """Drop them."""
    if op.get_context().dialect.name == "postgresql":
        for name, _, _ in INDEXES:
            op.execute(f"DROP INDEX {name}")
