"""The first schema: documents with their passages, claims with their grounds, what is derived, and failures."""

import sqlalchemy as sa
from alembic import op

from tallystick.storage.tables import Figure

revision = "0001"
down_revision = None

TABLES = ("documents edges estimates failures flags origins rules claims evidence passages readings grounds").split()


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "documents",
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("outlet", sa.Text),
        sa.Column("author", sa.Text),
        sa.Column("published", sa.Text),
        sa.Column("language", sa.Text, nullable=False),
    )
    op.create_table(
        "edges",
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("later", sa.Text, nullable=False),
        sa.Column("earlier", sa.Text, nullable=False),
        sa.Column("level", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("mechanism", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
    )
    op.create_table(
        "estimates",
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("category", sa.Text, nullable=False),
        sa.Column("origin", sa.Text),
        sa.Column("place", sa.Text),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("measure", sa.Text),
        sa.Column("when", sa.Text),
        sa.Column("best", Figure()),
        sa.Column("low", Figure()),
        sa.Column("high", Figure()),
        sa.Column("credibility", sa.Integer, nullable=False),
        sa.Column("claims", sa.JSON, nullable=False),
        sa.Column("independent_low", sa.Integer, nullable=False),
        sa.Column("independent_high", sa.Integer, nullable=False),
        sa.Column("reports", sa.Integer, nullable=False),
        sa.Column("parts", sa.JSON, nullable=False),
        sa.Column("whole", sa.Text),
        sa.Column("conflicts", sa.JSON, nullable=False),
        sa.Column("steps", sa.JSON, nullable=False),
    )
    op.create_table(
        "failures",
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_table(
        "flags",
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("severity", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("claims", sa.JSON, nullable=False),
    )
    op.create_table(
        "origins",
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("speaker", sa.Text),
        sa.Column("date", sa.Text),
        sa.Column("documents", sa.JSON, nullable=False),
        sa.Column("claims", sa.JSON, nullable=False),
        sa.Column("independent_low", sa.Integer, nullable=False),
        sa.Column("independent_high", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_table(
        "rules",
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("dossier", sa.Text, nullable=False),
        sa.Column("dossier_sha256", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
    )
    op.create_table(
        "claims",
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("document", sa.Text, sa.ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("figure", sa.Text, nullable=False),
        sa.Column("low", Figure()),
        sa.Column("high", Figure()),
        sa.Column("bound", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("counted", sa.Text),
        sa.Column("category", sa.Text, nullable=False),
        sa.Column("origin", sa.Text),
        sa.Column("place", sa.Text),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("aspect", sa.Text),
        sa.Column("measure", sa.Text),
        sa.Column("speaker", sa.Text),
        sa.Column("via", sa.Text),
        sa.Column("when", sa.Text),
        sa.Column("stated", sa.Text),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("prefix", sa.Text, nullable=False),
        sa.Column("suffix", sa.Text, nullable=False),
    )
    op.create_table(
        "evidence",
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("flag", sa.Text, sa.ForeignKey("flags.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
    )
    op.create_table(
        "passages",
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("document", sa.Text, sa.ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("repeats", sa.Integer),
    )
    op.create_table(
        "readings",
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("estimate", sa.Text, sa.ForeignKey("estimates.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("speaker", sa.Text),
        sa.Column("date", sa.Text),
        sa.Column("low", Figure()),
        sa.Column("high", Figure()),
        sa.Column("bound", sa.Text, nullable=False),
        sa.Column("claims", sa.JSON, nullable=False),
        sa.Column("reports", sa.Integer, nullable=False),
        sa.Column("superseded", sa.Boolean, nullable=False),
        sa.Column("reliability", sa.Text, nullable=False),
    )
    op.create_table(
        "grounds",
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("claim", sa.Text, sa.ForeignKey("claims.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("cue", sa.Text, nullable=False),
        sa.Column("start", sa.Integer),
        sa.Column("end", sa.Integer),
    )


def downgrade() -> None:
    """Drop every table, those that refer to others first."""
    for name in reversed(TABLES):
        op.drop_table(name)
