"""Provisions that may apply, with what the reports show of each element; and blocks that are screened against them."""

import sqlalchemy as sa
from alembic import op

from tallystick.storage.column_types import Letters, Whole

revision = "0008"
down_revision = "0007"

TEXTS = ("pack", "provision", "category", "label", "unit", "tier", "jurisdiction", "statement")
LISTS = ("findings", "origins", "estimates", "missing")


def upgrade() -> None:
    """Make the table; what was derived before is derived anew, since nothing was screened against provisions."""
    op.create_table(
        "hits",
        sa.Column("position", Whole, primary_key=True),
        sa.Column("block", Whole, nullable=False, server_default="0"),
        sa.Column("id", Letters, nullable=False, unique=True),
        *(sa.Column(name, Letters, nullable=False) for name in TEXTS),
        *(sa.Column(name, Letters) for name in ("origin", "place", "acts")),
        *(sa.Column(name, sa.JSON, nullable=False) for name in LISTS),
        *(sa.Column(f"independent_{end}", sa.Integer, nullable=False) for end in ("low", "high")),
    )
    op.create_index("ix_hits_block", "hits", ["block"])
    op.execute("UPDATE blocks SET stale = true")


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("hits")
