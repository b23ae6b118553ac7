"""Words of claims and reports in PostgreSQL, as `views.word_parts` asks for them; SQLite has had them since 0009.

An index of what `word_parts` makes of a text: every character, every two, and at every place of a run of letters what
begins there. So a word that stands within one run is found by the beginning of a part, without a look at any text.
"""

from alembic import op

revision = "0012"
down_revision = "0011"

# What stands between runs of letters, and letters that are written without blanks between words: ranges of code points.
BETWEEN = r"\u0001-/:-@[-`{-\u00bf\u2000-\u206f\u3000-\u303f\uff00-\uff0f"
WIDE = r"\u1100-\u11ff\u2e80-\u2fff\u3040-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
# Characters of a part, narrow and wide ones: one letter of these says as much as a syllable.
LONG, SHORT = 12, 3
# A longer run, or a text of more bytes in all its parts than a tsvector takes, has this part, and is looked through.
LONGEST, MOST, MARK = 200, 900_000, r"E'\x01'"
# Small letters that are the same as another small one: those at the end of a word, and old ones.
ALIKE, AS = "ςſµϐϑϕϖϰϱϵẛι", "σsμβθφπκρεṡι"
# Runs are cut from texts that are folded already.
FOLDED = f"translate(lower(told COLLATE COLLATION), '{ALIKE}', '{AS}') COLLATE \"C\""
PARTS = f"""
WITH whole AS MATERIALIZED (SELECT FOLDED AS told),
letters AS (
    SELECT letter, lead(letter) OVER (ORDER BY turn) AS following
    FROM whole, unnest(string_to_array(told, NULL)) WITH ORDINALITY AS one (letter, turn)
),
runs AS MATERIALIZED (
    SELECT DISTINCT run[1] AS run, {LONG} AS long FROM whole, regexp_matches(told, '[^{BETWEEN}{WIDE}]{{3,}}', 'g') run
    UNION ALL
    SELECT DISTINCT run[1], {SHORT} FROM whole, regexp_matches(told, '[{WIDE}]{{3,}}', 'g') run
),
parts AS (
    SELECT letter AS part FROM letters WHERE letter > ' '
    UNION SELECT letter || following FROM letters WHERE letter > ' ' AND following > ' '
    UNION SELECT substr(run, place, long) FROM runs, generate_series(1, least(length(run), {LONGEST}) - 2) place
    UNION SELECT {MARK} FROM runs WHERE length(run) > {LONGEST}
)
SELECT CASE WHEN sum(octet_length(part)) > {MOST} THEN array_to_tsvector(ARRAY[{MARK}])
            ELSE coalesce(array_to_tsvector(array_agg(part)), '') END FROM parts
"""
INDEXES = (("ix_claims_words", "claims", "quote"), ("ix_documents_words", "documents", r"coalesce(title, '') || E'\n' || text"))


def upgrade() -> None:
    """Make the functions and the indexes."""
    if op.get_context().dialect.name != "postgresql":
        return
    # By the letters of every language, whatever that of the server is; a server that was built without has its own.
    known = op.get_bind().exec_driver_sql("SELECT count(*) FROM pg_collation WHERE collname = 'und-x-icu'").scalar()
    folded = FOLDED.replace("COLLATION", '"und-x-icu"' if known else '"default"')
    for name, gives, cost, body in (
        ("word_folded", "text", 10, f"SELECT {folded}"),
        # Dear enough that nobody looks through texts for what the index tells.
        ("word_parts", "tsvector", 5_000, PARTS.replace("FOLDED", folded)),
    ):
        op.get_bind().exec_driver_sql(
            f"CREATE FUNCTION {name}(told text) RETURNS {gives} LANGUAGE sql IMMUTABLE PARALLEL SAFE COST {cost}"
            f" AS $body${body}$body$"
        )
    for name, table, told in INDEXES:
        op.execute(f"CREATE INDEX {name} ON {table} USING gin (word_parts({told}))")


def downgrade() -> None:
    """Drop what was made."""
    if op.get_context().dialect.name != "postgresql":
        return
    for name, table, _ in INDEXES:
        op.drop_index(name, table)
    for name in ("word_parts", "word_folded"):
        op.execute(f"DROP FUNCTION {name}(text)")
