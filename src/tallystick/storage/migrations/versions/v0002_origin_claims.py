"""Claims of each origin as rows, so that a query can join them: a view on the array that `origins` holds."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the view."""
    op.execute(
        "CREATE VIEW origin_claims (origin, claim) AS"
        " SELECT origins.id, entry.value FROM origins, json_each(origins.claims) AS entry"
    )


def downgrade() -> None:
    """Drop the view."""
    op.execute("DROP VIEW origin_claims")
