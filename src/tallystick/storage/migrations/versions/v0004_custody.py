"""The custody log, which only grows, and what documents and passages have gained."""

import sqlalchemy as sa
from alembic import op

from tallystick.storage.column_types import Letters, Whole
from tallystick.storage.migrations.growing import only_grows, ungrow

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table with its triggers and add the columns."""
    op.add_column("documents", sa.Column("updated", Letters))
    op.add_column("documents", sa.Column("details", sa.JSON, nullable=False, server_default="[]"))
    op.add_column("passages", sa.Column("language", Letters))
    op.add_column("passages", sa.Column("turn", Letters))
    op.add_column("passages", sa.Column("page", sa.Integer))
    op.create_table(
        "custody",
        sa.Column("number", Whole, primary_key=True),
        sa.Column("time", Letters, nullable=False),
        sa.Column("actor", Letters, nullable=False),
        sa.Column("tool", Letters, nullable=False),
        sa.Column("action", Letters, nullable=False),
        sa.Column("subject", Letters, nullable=False),
        sa.Column("particulars", Letters, nullable=False),
        sa.Column("previous", Letters, nullable=False),
        sa.Column("hash", Letters, nullable=False),
    )
    op.create_index("ix_custody_subject", "custody", ["subject"])
    only_grows("custody", "the custody log only grows")


def downgrade() -> None:
    """Drop the table and the columns."""
    ungrow("custody")
    for column in ("language", "turn", "page"):
        op.drop_column("passages", column)
    for column in ("updated", "details"):
        op.drop_column("documents", column)
