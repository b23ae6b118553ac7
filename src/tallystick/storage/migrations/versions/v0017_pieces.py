"""Pieces of texts in PostgreSQL by code point, also of a text that has a NUL, which is held as two characters there.

Of such a text `column_types` tells how it is held; the words of spans behind the NUL began too early.
"""

from alembic import op

from tallystick.storage.migrations.versions.v0010_public_views import VIEWS

revision = "0017"
down_revision = "0016"

# ruff: noqa: S608 - our own words

# The mark that two characters of a text begin with, which are one.
MARK = r"E'\ufdd0'"
PIECE = rf"""
BEGIN
    IF strpos(told, {MARK}) = 0 THEN
        RETURN substr(told, first, many);
    END IF;
    RETURN coalesce((
        SELECT string_agg(one[1], '' ORDER BY place)
        FROM regexp_matches(told, '\ufdd0.|[^\ufdd0]', 'g') WITH ORDINALITY AS found(one, place)
        WHERE place >= first AND place < first + many
    ), '');
END
"""
COUNTED = {
    "v_documents": ("length(d.text)", f"length(replace(d.text, {MARK}, ''))"),
    "v_flags": ("substr(d.text,", "text_piece(d.text,"),
}


def upgrade() -> None:
    """Make the function, and have the views count by it."""
    if op.get_context().dialect.name != "postgresql":
        return
    op.get_bind().exec_driver_sql(
        "CREATE FUNCTION text_piece(told text, first integer, many integer) RETURNS text LANGUAGE plpgsql IMMUTABLE"
        f" PARALLEL SAFE STRICT AS $body${PIECE}$body$"
    )
    for name, (ours, theirs) in COUNTED.items():
        op.get_bind().exec_driver_sql(f"CREATE OR REPLACE VIEW {name} AS {VIEWS[name].replace(ours, theirs)}")


def downgrade() -> None:
    """Have the views count as before."""
    if op.get_context().dialect.name != "postgresql":
        return
    for name in COUNTED:
        op.get_bind().exec_driver_sql(f"CREATE OR REPLACE VIEW {name} AS {VIEWS[name]}")
    op.execute("DROP FUNCTION text_piece(text, integer, integer)")
