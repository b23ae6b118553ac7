"""What a second reader was asked and proposes, what was refused of it, and where it disagrees with the rules."""

import sqlalchemy as sa
from alembic import op

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
        sa.Column("number", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in "made by document endpoint model version".split()),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("prompt", "prompt_sha256")),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("requests", "sent")),
        *(sa.Column(name, sa.Integer) for name in ("tokens_in", "tokens_out")),
        sa.Column("refusals", sa.JSON, nullable=False),
    )
    op.create_index("ix_askings_document", "askings", ["document"])
    op.create_index("ix_askings_reader", "askings", ["model", "prompt_sha256", "document"])
    op.create_table(
        "proposals",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("asking", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("document", "claim")),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("start", "end")),
        sa.Column("whole", sa.JSON, nullable=False),
    )
    op.create_index("ix_proposals_asking", "proposals", ["asking"])
    op.create_index("ix_proposals_claim", "proposals", ["claim"])
    op.create_table(
        "proposal_verdicts",
        sa.Column("number", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("made", "by")),
        sa.Column("proposal", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("verdict", "why")),
    )
    op.create_index("ix_proposal_verdicts_proposal", "proposal_verdicts", ["proposal"])
    op.create_table(
        "disputes",
        sa.Column("position", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("document", "kind")),
        sa.Column("claim", sa.Text),
        sa.Column("proposal", sa.Integer),
    )
    for column in ("document", "claim"):
        op.create_index(f"ix_disputes_{column}", "disputes", [column])
    op.create_index("ix_disputes_kind", "disputes", ["kind", "proposal"])
    for table in ONLY_ADDED:
        _only_added(table)
    op.execute("ALTER TABLE listing ADD COLUMN dispute INTEGER NOT NULL DEFAULT 0")
    _queues("dispute")


def downgrade() -> None:
    """Drop what was made."""
    _queues("")
    op.execute("ALTER TABLE listing DROP COLUMN dispute")
    for table in ("disputes", *reversed(ONLY_ADDED)):
        op.drop_table(table)


def _queues(first: str) -> None:
    """Make the indexes of the queue anew, with a column that comes first or without."""
    for name, columns, where in QUEUES:
        op.drop_index(name, "listing")
        op.create_index(name, "listing", columns.format(first).split(), sqlite_where=where and sa.text(where))


def _only_added(table: str) -> None:
    """Refuse every change of a table but one more row with the next number."""
    events = {
        "no_update": f"UPDATE ON {table}",
        "no_delete": f"DELETE ON {table}",
        "in_order": f"INSERT ON {table} WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM {table})",  # noqa: S608 - our own names
    }
    for name, event in events.items():
        op.execute(
            f"CREATE TRIGGER {table}_{name} BEFORE {event} BEGIN SELECT RAISE(ABORT, '{table} are only added'); END"
        )
