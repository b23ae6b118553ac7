"""Blocks of reports that are derived together, the ties that make them, and of which block each derived row is."""

import sqlalchemy as sa
from alembic import op

from tallystick.storage.column_types import Whole

revision = "0007"
down_revision = "0006"

DERIVED = ("edges", "origins", "estimates", "flags")
TIE = ("key", "first", "last", "member")


def upgrade() -> None:
    """Make the tables and add the columns; what was derived of the whole case is derived anew, block by block."""
    op.create_table(
        "blocks",
        sa.Column("member", Whole, sa.ForeignKey("documents.position", ondelete="CASCADE"), primary_key=True),
        sa.Column("block", Whole, nullable=False),
        sa.Column("stale", sa.Boolean, nullable=False),
    )
    op.create_table("ties", *(sa.Column(name, Whole, primary_key=True) for name in TIE), sqlite_with_rowid=False)
    op.create_table("gone", sa.Column("block", Whole, primary_key=True))
    op.execute("INSERT INTO gone VALUES (0)")
    for column in ("block", "stale"):
        op.create_index(f"ix_blocks_{column}", "blocks", [column])
    for table in DERIVED:
        op.add_column(table, sa.Column("block", Whole, nullable=False, server_default="0"))
        op.create_index(f"ix_{table}_block", table, ["block"])


def downgrade() -> None:
    """Drop the tables and the columns."""
    for table in DERIVED:
        op.drop_index(f"ix_{table}_block", table)
        op.drop_column(table, "block")
    op.drop_table("gone")
    op.drop_table("ties")
    op.drop_table("blocks")
