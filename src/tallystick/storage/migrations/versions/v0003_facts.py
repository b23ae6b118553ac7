"""Facts with their grounds: what the dossier asks for besides figures."""

import sqlalchemy as sa
from alembic import op

from tallystick.storage.column_types import Letters, Whole

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "facts",
        sa.Column("position", Whole, primary_key=True),
        sa.Column("id", Letters, nullable=False, unique=True),
        sa.Column("document", Letters, sa.ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("slot", Letters, nullable=False),
        sa.Column("value", Letters, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("speaker", Letters),
        sa.Column("via", Letters),
        sa.Column("status", Letters, nullable=False),
        sa.Column("stated", Letters),
        sa.Column("quote", Letters, nullable=False),
        sa.Column("prefix", Letters, nullable=False),
        sa.Column("suffix", Letters, nullable=False),
    )
    op.create_table(
        "fact_grounds",
        sa.Column("position", Whole, primary_key=True),
        sa.Column("fact", Letters, sa.ForeignKey("facts.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("field", Letters, nullable=False),
        sa.Column("value", Letters, nullable=False),
        sa.Column("cue", Letters, nullable=False),
        sa.Column("start", sa.Integer),
        sa.Column("end", sa.Integer),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("fact_grounds")
    op.drop_table("facts")
