"""Judgements, which only grow, and what steps, origins and estimates have gained."""

import sqlalchemy as sa
from alembic import op

from tallystick.storage.column_types import Letters, Whole
from tallystick.storage.migrations.growing import only_grows, ungrow

revision = "0006"
down_revision = "0005"

LISTS = (("edges", "shared"), ("origins", "linked"), ("estimates", "widenings"))


def upgrade() -> None:
    """Make the table with its triggers and add the columns."""
    for table, column in LISTS:
        op.add_column(table, sa.Column(column, sa.JSON, nullable=False, server_default="[]"))
    for table in ("edges", "origins", "estimates", "readings"):
        op.add_column(table, sa.Column("known", Letters))
    op.add_column("estimates", sa.Column("stale", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("readings", sa.Column("weight", sa.Float, nullable=False, server_default="1"))
    op.create_table(
        "judgements",
        sa.Column("number", Whole, primary_key=True),
        *(sa.Column(name, Letters, nullable=False) for name in "made by verdict later earlier level why".split()),
        sa.Column("before", Letters),
        sa.Column("after", Letters),
    )
    only_grows("judgements", "judgements are only added")


def downgrade() -> None:
    """Drop the table and the columns."""
    ungrow("judgements")
    op.drop_column("readings", "weight")
    op.drop_column("estimates", "stale")
    for table in ("edges", "origins", "estimates", "readings"):
        op.drop_column(table, "known")
    for table, column in LISTS:
        op.drop_column(table, column)
