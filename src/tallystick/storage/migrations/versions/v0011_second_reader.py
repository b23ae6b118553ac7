"""What a second reader was asked and proposes, what was refused of it, and where it disagrees with the rules."""

import sqlalchemy as sa
from alembic import op

from tallystick.storage.column_types import Letters, Whole
from tallystick.storage.migrations.growing import only_grows, ungrow

revision = "0011"
down_revision = "0010"

ONLY_ADDED = ("askings", "proposals", "proposal_verdicts")
# The queue of reviews begins with what the rules and the second reader disagree about.
QUEUES = (("ix_listing_queue", "standing {} sway doubt", None),
          ("ix_listing_kind_queue", "category standing {} sway doubt", None),
          ("ix_listing_flagged_queue", "standing {} sway doubt", "severity > 1"))  # fmt: skip


def upgrade() -> None:
    """Make the tables, and let claims be listed by how they are disputed."""
    op.create_table(
        "askings",
        sa.Column("number", Whole, primary_key=True),
        *(sa.Column(name, Letters, nullable=False) for name in "made by document endpoint model version".split()),
        *(sa.Column(name, Letters, nullable=False) for name in ("prompt", "prompt_sha256")),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("requests", "sent")),
        *(sa.Column(name, sa.Integer) for name in ("tokens_in", "tokens_out")),
        sa.Column("refusals", sa.JSON, nullable=False),
    )
    op.create_index("ix_askings_document", "askings", ["document"])
    op.create_index("ix_askings_reader", "askings", ["model", "prompt_sha256", "document"])
    op.create_table(
        "proposals",
        sa.Column("number", Whole, primary_key=True),
        sa.Column("asking", Whole, nullable=False),
        *(sa.Column(name, Letters, nullable=False) for name in ("document", "claim")),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("start", "end")),
        sa.Column("whole", sa.JSON, nullable=False),
    )
    op.create_index("ix_proposals_asking", "proposals", ["asking"])
    op.create_index("ix_proposals_claim", "proposals", ["claim"])
    op.create_table(
        "proposal_verdicts",
        sa.Column("number", Whole, primary_key=True),
        *(sa.Column(name, Letters, nullable=False) for name in ("made", "by")),
        sa.Column("proposal", Whole, nullable=False),
        *(sa.Column(name, Letters, nullable=False) for name in ("verdict", "why")),
    )
    op.create_index("ix_proposal_verdicts_proposal", "proposal_verdicts", ["proposal"])
    op.create_table(
        "disputes",
        sa.Column("position", Whole, primary_key=True),
        *(sa.Column(name, Letters, nullable=False) for name in ("document", "kind")),
        sa.Column("claim", Letters),
        sa.Column("proposal", Whole),
    )
    for column in ("document", "claim"):
        op.create_index(f"ix_disputes_{column}", "disputes", [column])
    op.create_index("ix_disputes_kind", "disputes", ["kind", "proposal"])
    for table in ONLY_ADDED:
        only_grows(table, f"{table} are only added")
    op.execute("ALTER TABLE listing ADD COLUMN dispute INTEGER NOT NULL DEFAULT 0")
    _queues("dispute")


def downgrade() -> None:
    """Drop what was made."""
    _queues("")
    op.execute("ALTER TABLE listing DROP COLUMN dispute")
    op.drop_table("disputes")
    for table in reversed(ONLY_ADDED):
        ungrow(table)


def _queues(first: str) -> None:
    """Make the indexes of the queue anew, with a column that comes first or without."""
    for name, columns, where in QUEUES:
        op.drop_index(name, "listing")
        only = where and sa.text(where)
        listed = columns.format(first).split()
        op.create_index(name, "listing", listed, sqlite_where=only, postgresql_where=only)
