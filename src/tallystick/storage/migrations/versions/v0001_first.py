"""The first schema: documents with their passages, claims with their grounds, what is derived, and failures."""

import sqlalchemy as sa
from alembic import op

from tallystick.storage.column_types import Figure, Letters, Whole

revision = "0001"
down_revision = None

TABLES = ("documents edges estimates failures flags origins rules claims evidence passages readings grounds").split()


def upgrade() -> None:
    """Make every table."""
    if op.get_context().dialect.name == "postgresql":
        _files()
    op.create_table(
        "documents",
        sa.Column("position", Whole, primary_key=True),
        sa.Column("id", Letters, nullable=False, unique=True),
        sa.Column("text", Letters, nullable=False),
        sa.Column("sha256", Letters, nullable=False),
        sa.Column("name", Letters, nullable=False),
        sa.Column("title", Letters),
        sa.Column("url", Letters),
        sa.Column("outlet", Letters),
        sa.Column("author", Letters),
        sa.Column("published", Letters),
        sa.Column("language", Letters, nullable=False),
    )
    op.create_table(
        "edges",
        sa.Column("position", Whole, primary_key=True),
        sa.Column("later", Letters, nullable=False),
        sa.Column("earlier", Letters, nullable=False),
        sa.Column("level", Letters, nullable=False),
        sa.Column("kind", Letters, nullable=False),
        sa.Column("mechanism", Letters, nullable=False),
        sa.Column("reason", Letters, nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
    )
    op.create_table(
        "estimates",
        sa.Column("position", Whole, primary_key=True),
        sa.Column("id", Letters, nullable=False, unique=True),
        sa.Column("category", Letters, nullable=False),
        sa.Column("origin", Letters),
        sa.Column("place", Letters),
        sa.Column("label", Letters, nullable=False),
        sa.Column("unit", Letters, nullable=False),
        sa.Column("status", Letters, nullable=False),
        sa.Column("measure", Letters),
        sa.Column("when", Letters),
        sa.Column("best", Figure()),
        sa.Column("low", Figure()),
        sa.Column("high", Figure()),
        sa.Column("credibility", sa.Integer, nullable=False),
        sa.Column("claims", sa.JSON, nullable=False),
        sa.Column("independent_low", sa.Integer, nullable=False),
        sa.Column("independent_high", sa.Integer, nullable=False),
        sa.Column("reports", sa.Integer, nullable=False),
        sa.Column("parts", sa.JSON, nullable=False),
        sa.Column("whole", Letters),
        sa.Column("conflicts", sa.JSON, nullable=False),
        sa.Column("steps", sa.JSON, nullable=False),
    )
    op.create_table(
        "failures",
        sa.Column("position", Whole, primary_key=True),
        sa.Column("document", Letters, nullable=False),
        sa.Column("stage", Letters, nullable=False),
        sa.Column("reason", Letters, nullable=False),
    )
    op.create_table(
        "flags",
        sa.Column("position", Whole, primary_key=True),
        sa.Column("id", Letters, nullable=False, unique=True),
        sa.Column("code", Letters, nullable=False),
        sa.Column("severity", Letters, nullable=False),
        sa.Column("reason", Letters, nullable=False),
        sa.Column("claims", sa.JSON, nullable=False),
    )
    op.create_table(
        "origins",
        sa.Column("position", Whole, primary_key=True),
        sa.Column("id", Letters, nullable=False, unique=True),
        sa.Column("speaker", Letters),
        sa.Column("date", Letters),
        sa.Column("documents", sa.JSON, nullable=False),
        sa.Column("claims", sa.JSON, nullable=False),
        sa.Column("independent_low", sa.Integer, nullable=False),
        sa.Column("independent_high", sa.Integer, nullable=False),
        sa.Column("reason", Letters, nullable=False),
    )
    op.create_table(
        "rules",
        sa.Column("position", Whole, primary_key=True),
        sa.Column("dossier", Letters, nullable=False),
        sa.Column("dossier_sha256", Letters, nullable=False),
        sa.Column("version", Letters, nullable=False),
    )
    op.create_table(
        "claims",
        sa.Column("position", Whole, primary_key=True),
        sa.Column("id", Letters, nullable=False, unique=True),
        sa.Column("document", Letters, sa.ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("figure", Letters, nullable=False),
        sa.Column("low", Figure()),
        sa.Column("high", Figure()),
        sa.Column("bound", Letters, nullable=False),
        sa.Column("unit", Letters, nullable=False),
        sa.Column("counted", Letters),
        sa.Column("category", Letters, nullable=False),
        sa.Column("origin", Letters),
        sa.Column("place", Letters),
        sa.Column("status", Letters, nullable=False),
        sa.Column("aspect", Letters),
        sa.Column("measure", Letters),
        sa.Column("speaker", Letters),
        sa.Column("via", Letters),
        sa.Column("when", Letters),
        sa.Column("stated", Letters),
        sa.Column("quote", Letters, nullable=False),
        sa.Column("prefix", Letters, nullable=False),
        sa.Column("suffix", Letters, nullable=False),
    )
    op.create_table(
        "evidence",
        sa.Column("position", Whole, primary_key=True),
        sa.Column("flag", Letters, sa.ForeignKey("flags.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("document", Letters, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
    )
    op.create_table(
        "passages",
        sa.Column("position", Whole, primary_key=True),
        sa.Column("document", Letters, sa.ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("kind", Letters, nullable=False),
        sa.Column("repeats", sa.Integer),
    )
    op.create_table(
        "readings",
        sa.Column("position", Whole, primary_key=True),
        sa.Column("estimate", Letters, sa.ForeignKey("estimates.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("origin", Letters, nullable=False),
        sa.Column("speaker", Letters),
        sa.Column("date", Letters),
        sa.Column("low", Figure()),
        sa.Column("high", Figure()),
        sa.Column("bound", Letters, nullable=False),
        sa.Column("claims", sa.JSON, nullable=False),
        sa.Column("reports", sa.Integer, nullable=False),
        sa.Column("superseded", sa.Boolean, nullable=False),
        sa.Column("reliability", Letters, nullable=False),
    )
    op.create_table(
        "grounds",
        sa.Column("position", Whole, primary_key=True),
        sa.Column("claim", Letters, sa.ForeignKey("claims.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("field", Letters, nullable=False),
        sa.Column("value", Letters, nullable=False),
        sa.Column("cue", Letters, nullable=False),
        sa.Column("start", sa.Integer),
        sa.Column("end", sa.Integer),
    )


def downgrade() -> None:
    """Drop every table, those that refer to others first."""
    for name in reversed(TABLES):
        op.drop_table(name)
    if op.get_context().dialect.name == "postgresql":
        op.drop_table("files")
        op.execute("DROP FUNCTION files_unchanged()")


def _files() -> None:
    """Make the table of what lies in a folder beside the file of SQLite; a file that is fixed is evidence."""
    op.create_table(
        "files",
        sa.Column("name", Letters, primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("fixed", sa.Boolean, nullable=False),
    )
    # What is kept is packed already or packs badly: TOAST spends no time on it.
    op.execute("ALTER TABLE files ALTER COLUMN content SET STORAGE EXTERNAL")
    op.execute(
        "CREATE FUNCTION files_unchanged() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION 'the evidence of a case is never changed'; END $$"
    )
    op.execute(
        "CREATE TRIGGER files_no_change BEFORE UPDATE OR DELETE ON files"
        " FOR EACH ROW WHEN (OLD.fixed) EXECUTE FUNCTION files_unchanged()"
    )
    op.execute("CREATE TRIGGER files_no_truncate BEFORE TRUNCATE ON files EXECUTE FUNCTION files_unchanged()")
