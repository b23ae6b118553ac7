"""Facts with their grounds: what the dossier asks for besides figures."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "facts",
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("document", sa.Text, sa.ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("slot", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("speaker", sa.Text),
        sa.Column("via", sa.Text),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("stated", sa.Text),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("prefix", sa.Text, nullable=False),
        sa.Column("suffix", sa.Text, nullable=False),
    )
    op.create_table(
        "fact_grounds",
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("fact", sa.Text, sa.ForeignKey("facts.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("cue", sa.Text, nullable=False),
        sa.Column("start", sa.Integer),
        sa.Column("end", sa.Integer),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("fact_grounds")
    op.drop_table("facts")
