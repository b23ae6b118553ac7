"""Words of claims and reports in PostgreSQL, as `views.parts` asks for them; SQLite has had them since 0009.

An index of what `word_parts` makes of a text: every character, and at every place of a run of letters what begins
there. So a word that stands within one run is found by the beginning of a part, without a look at any text.
"""

from alembic import op

revision = "0012"
down_revision = "0011"

# ruff: noqa: S608 - our own words

# What stands between runs of letters, and letters that are written without blanks between words: ranges of code points.
BETWEEN = r"\u0001-/:-@[-`{-\u00bf\u2000-\u206f\u3000-\u303f\uff00-\uff0f"
WIDE = r"\u1100-\u11ff\u2e80-\u2fff\u3040-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
# Characters of a part, narrow and wide ones: one letter of these says as much as a syllable.
LONG, SHORT = 12, 3
# A longer run, or a text with more bytes in its parts than a tsvector takes (a megabyte), has this part, and is looked
# through whatever is asked for.
LONGEST, FULL, MARK = 1_000, 900_000, r"E'\x01'"
# Runs of a text from which on they are told apart first: words come again.
MANY = 100
# Small letters that are another form of one; they are no other letters in a search.
ALIKE, PLAIN = "ςſµϐϑϕϖϰϱϵẛ", "σsμβθφπκρεṡ"
FOLDED = f"translate(lower(told COLLATE COLLATION), '{ALIKE}', '{PLAIN}') COLLATE \"C\""
PARTS = f"""
DECLARE
    whole text := FOLDED;
    narrow text[] := regexp_split_to_array(whole COLLATE "C", '[{BETWEEN}{WIDE}]+');
    wide text[] := regexp_split_to_array(whole COLLATE "C", '[^{WIDE}]+');
    parts text[];
BEGIN
    IF cardinality(narrow) > {MANY} THEN
        narrow := ARRAY(SELECT DISTINCT unnest(narrow) COLLATE "C");
    END IF;
    parts := array_remove(string_to_array(whole, NULL), ' ') || ARRAY(
        SELECT substr(run, place, {LONG})
        FROM unnest(narrow) run, generate_series(1, least(length(run), {LONGEST})) place
        UNION ALL
        SELECT substr(run, place, {SHORT})
        FROM unnest(wide) run, generate_series(1, least(length(run), {LONGEST})) place
        UNION ALL
        SELECT {MARK} FROM unnest(narrow || wide) run WHERE length(run) > {LONGEST}
    );
    IF octet_length(whole) > {FULL // LONG} AND {FULL} < (
        SELECT sum(octet_length(part)) FROM (SELECT DISTINCT unnest(parts) COLLATE "C" AS part) one
    ) THEN
        RETURN array_to_tsvector(ARRAY[{MARK}]);
    END IF;
    RETURN array_to_tsvector(parts);
END
"""
INDEXES = (("ix_claims_words", "claims", "quote"),
           ("ix_documents_words", "documents", r"coalesce(title, '') || E'\n' || text"))  # fmt: skip


def upgrade() -> None:
    """Make the functions and the indexes."""
    if op.get_context().dialect.name != "postgresql":
        return
    connection = op.get_bind()
    # By the letters of every language, whatever that of the server is; a server that was built without has its own.
    known = connection.exec_driver_sql("SELECT 1 FROM pg_collation WHERE collname = 'und-x-icu'").first()
    folded = FOLDED.replace("COLLATION", '"default"' if known is None else '"und-x-icu"')
    for name, gives, language, cost, body in (
        ("word_folded", "text", "sql", 10, f"SELECT {folded}"),
        # Dear enough that nobody looks through texts for what the index tells.
        ("word_parts", "tsvector", "plpgsql", 5_000, PARTS.replace("FOLDED", folded)),
    ):
        connection.exec_driver_sql(
            f"CREATE FUNCTION {name}(told text) RETURNS {gives} LANGUAGE {language} IMMUTABLE PARALLEL SAFE"
            f" COST {cost} AS $body${body}$body$"
        )
    for name, table, told in INDEXES:
        connection.exec_driver_sql(f"CREATE INDEX {name} ON {table} USING gin (word_parts({told}))")
    # What statistics would tell of whole texts takes minutes to find out.
    connection.exec_driver_sql("ALTER INDEX ix_documents_words ALTER COLUMN 1 SET STATISTICS 0")


def downgrade() -> None:
    """Drop what was made."""
    if op.get_context().dialect.name != "postgresql":
        return
    for name, table, _ in INDEXES:
        op.drop_index(name, table)
    for name in ("word_parts", "word_folded"):
        op.execute(f"DROP FUNCTION {name}(text)")
