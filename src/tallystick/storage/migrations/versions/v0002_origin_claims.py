"""Claims of each origin as rows, so that a query can join them: a view on the array that `origins` holds."""

from alembic import op

revision = "0002"
down_revision = "0001"

# ruff: noqa: S608 - our own names


def upgrade() -> None:
    """Make the view."""
    each = "json_array_elements_text" if op.get_context().dialect.name == "postgresql" else "json_each"
    op.execute(
        "CREATE VIEW origin_claims (origin, claim) AS"
        f" SELECT origins.id, entry.value FROM origins, {each}(origins.claims) AS entry"
    )


def downgrade() -> None:
    """Drop the view."""
    op.execute("DROP VIEW origin_claims")
