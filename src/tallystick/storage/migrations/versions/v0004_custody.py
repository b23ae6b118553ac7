"""The custody log, which only grows, and what documents and passages have gained."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

# Numbers without a gap: neither REPLACE nor a number of one's own choice gets past the chain.
TRIGGERS = {
    "custody_no_update": "UPDATE ON custody",
    "custody_no_delete": "DELETE ON custody",
    "custody_in_order": "INSERT ON custody WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM custody)",
}
REFUSED = "SELECT RAISE(ABORT, 'the custody log only grows')"


def upgrade() -> None:
    """Make the table with its triggers and add the columns."""
    op.add_column("documents", sa.Column("updated", sa.Text))
    op.add_column("documents", sa.Column("details", sa.JSON, nullable=False, server_default="[]"))
    op.add_column("passages", sa.Column("language", sa.Text))
    op.add_column("passages", sa.Column("turn", sa.Text))
    op.add_column("passages", sa.Column("page", sa.Integer))
    op.create_table(
        "custody",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("time", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("tool", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("particulars", sa.Text, nullable=False),
        sa.Column("previous", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
    )
    op.create_index("ix_custody_subject", "custody", ["subject"])
    for name, event in TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} BEFORE {event} BEGIN {REFUSED}; END")


def downgrade() -> None:
    """Drop the table and the columns."""
    op.drop_table("custody")
    for column in ("language", "turn", "page"):
        op.drop_column("passages", column)
    for column in ("updated", "details"):
        op.drop_column("documents", column)
