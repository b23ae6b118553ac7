"""Feeds that are watched, and the addresses that were asked for on their account."""

import sqlalchemy as sa
from alembic import op

from tallystick.storage.column_types import Letters

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "feeds",
        sa.Column("url", Letters, primary_key=True),
        sa.Column("due", Letters, nullable=False),
        sa.Column("etag", Letters),
        sa.Column("modified", Letters),
        sa.Column("failures", sa.Integer, nullable=False),
    )
    op.create_table(
        "followed",
        sa.Column("address", Letters, primary_key=True),
        sa.Column("tries", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("followed")
    op.drop_table("feeds")
