"""Judgements, which only grow, and what steps, origins and estimates have gained."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

TRIGGERS = {
    "judgements_no_update": "UPDATE ON judgements",
    "judgements_no_delete": "DELETE ON judgements",
    "judgements_in_order": (
        "INSERT ON judgements WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM judgements)"
    ),
}
REFUSED = "SELECT RAISE(ABORT, 'judgements are only added')"
LISTS = (("edges", "shared"), ("origins", "linked"), ("estimates", "widenings"))


def upgrade() -> None:
    """Make the table with its triggers and add the columns."""
    for table, column in LISTS:
        op.add_column(table, sa.Column(column, sa.JSON, nullable=False, server_default="[]"))
    for table in ("edges", "origins", "estimates", "readings"):
        op.add_column(table, sa.Column("known", sa.Text))
    op.add_column("estimates", sa.Column("stale", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("readings", sa.Column("weight", sa.Float, nullable=False, server_default="1"))
    op.create_table(
        "judgements",
        sa.Column("number", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in "made by verdict later earlier level why".split()),
        sa.Column("before", sa.Text),
        sa.Column("after", sa.Text),
    )
    for name, event in TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} BEFORE {event} BEGIN {REFUSED}; END")


def downgrade() -> None:
    """Drop the table and the columns."""
    op.drop_table("judgements")
    op.drop_column("readings", "weight")
    op.drop_column("estimates", "stale")
    for table in ("edges", "origins", "estimates", "readings"):
        op.drop_column(table, "known")
    for table, column in LISTS:
        op.drop_column(table, column)
