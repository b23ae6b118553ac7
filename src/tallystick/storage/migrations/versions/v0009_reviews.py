"""Reviews of claims, what moved, and what a table of claims is filtered and searched by."""

import sqlalchemy as sa
from alembic import op

from tallystick.storage.column_types import Letters, Whole
from tallystick.storage.migrations.growing import only_grows, ungrow

revision = "0009"
down_revision = "0008"

# ruff: noqa: S608 - our own names

ONLY_ADDED = ("reviews", "changes")
# Which claims belong to what is derived; `of` is the table of the whole.
PAIRS = (("origin_claims", "origin", "origins"), ("estimate_claims", "estimate", "estimates"),
         ("flag_claims", "flag", "flags"))  # fmt: skip
# By which the steps of one claim or report are found.
ENDS = ("later", "earlier")
# By which the figures of some days are counted, and what belongs to one population is found.
# Those of the table of claims end with what else it is filtered by most, so that rows are found and counted without
# reading any: of 100,000 claims in 2 to 20 ms where it took 25 to 270.
BY = (("ix_listing_published", "listing", "published standing status category country language severity"),
      *((f"ix_listing_{one}", "listing", f"{one} published standing status course")
        for one in ("category", "speaker", "outlet", "place")),
      ("ix_listing_value", "listing", "value standing status category"),
      ("ix_listing_told", "listing", "language country status"),
      ("ix_listing_sway", "listing", "sway standing"),
      ("ix_listing_doubt", "listing", "doubt standing"),
      ("ix_listing_days", "listing", "published standing course"),
      ("ix_estimates_population", "estimates", "category origin place unit reports status label"),
      ("ix_hits_population", "hits", "category origin place"),
      ("ix_hits_order", "hits", "pack provision tier"),
      ("ix_flags_order", "flags", "severity code"))  # fmt: skip
# Full text by every three characters, of any script; the words themselves stay in the tables. Behind each text stand
# two blanks, so that its last characters begin three as well: words of one or two are found by the threes they begin.
PADDED = "coalesce({}, '') || '  '"
WORDS = (("claim_words", "claims", ("quote",)), ("document_words", "documents", ("title", "text")))


def upgrade() -> None:
    """Make the tables, fill them from what the case holds, and keep them so."""
    op.add_column("claims", sa.Column("standing", Letters, nullable=False, server_default="extracted"))
    op.create_table(
        "reviews",
        sa.Column("number", Whole, primary_key=True),
        *(sa.Column(name, Letters, nullable=False) for name in "made by verdict document why".split()),
        sa.Column("before", sa.JSON, nullable=False),
        sa.Column("after", sa.JSON, nullable=False),
        sa.Column("of", Whole),
    )
    op.create_index("ix_reviews_document", "reviews", ["document"])
    op.create_table(
        "reviewed",
        sa.Column("claim", Letters, primary_key=True),
        sa.Column("review", Whole, primary_key=True),
    )
    op.create_table(
        "changes",
        sa.Column("number", Whole, primary_key=True),
        sa.Column("made", Letters, nullable=False),
        sa.Column("state", Whole, nullable=False),
        *(sa.Column(name, Letters, nullable=False) for name in "kind subject label".split()),
        sa.Column("told", sa.JSON, nullable=False),
    )
    for column in ("made", "state", "kind"):
        op.create_index(f"ix_changes_{column}", "changes", [column])
    for table in ONLY_ADDED:
        only_grows(table, f"{table} are only added")
    op.execute("DROP VIEW IF EXISTS origin_claims")
    each = "json_array_elements_text" if _postgresql() else "json_each"
    for table, column, whole in PAIRS:
        op.create_table(
            table,
            sa.Column(column, Letters, sa.ForeignKey(f"{whole}.id", ondelete="CASCADE"), primary_key=True),
            sa.Column("claim", Letters, primary_key=True),
        )
        op.create_index(f"ix_{table}_claim", table, ["claim"])
        op.execute(
            f"INSERT INTO {table} SELECT DISTINCT {whole}.id, entry.value FROM {whole}, {each}({whole}.claims) AS entry"
        )
    op.create_table(
        "listing",
        sa.Column("position", Whole, sa.ForeignKey("claims.position", ondelete="CASCADE"), primary_key=True),
        sa.Column("claim", Letters, nullable=False, unique=True),
        sa.Column("document", Letters, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        *(sa.Column(name, Letters) for name in "published outlet language category status measure speaker".split()),
        *(sa.Column(name, Letters) for name in "country place happened unit standing lineage".split()),
        sa.Column("value", sa.Float),
        sa.Column("severity", sa.Integer, nullable=False, server_default="0"),
        sa.Column("doubt", sa.Float, nullable=False, server_default="0"),
        sa.Column("sway", sa.Float, nullable=False, server_default="0"),
        sa.Column("course", Letters),
    )
    for column in ("document", "lineage"):
        op.create_index(f"ix_listing_{column}", "listing", [column])
    op.create_index("ix_listing_queue", "listing", ["standing", "sway", "doubt"])
    op.create_index("ix_listing_kind_queue", "listing", ["category", "standing", "sway", "doubt"])
    flagged = sa.text("severity > 1")
    op.create_index(
        "ix_listing_flagged_queue",
        "listing",
        ["standing", "sway", "doubt"],
        sqlite_where=flagged,
        postgresql_where=flagged,
    )
    for name, table, listed in BY:
        op.create_index(name, table, listed.split())
    op.create_index("ix_documents_listed", "documents", ["published", "outlet", "language", "id"])
    op.execute(
        "INSERT INTO listing (position, claim, document, start, published, outlet, language, category, status, measure,"
        " speaker, country, place, happened, unit, standing, value) SELECT c.position, c.id, c.document, c.start,"
        ' d.published, d.outlet, d.language, c.category, c.status, c.measure, c.speaker, c.origin, c.place, c."when",'
        " c.unit, c.standing, CAST(coalesce(c.low, c.high) AS DOUBLE PRECISION) FROM claims c JOIN documents d ON"
        " d.id = c.document"
    )
    for column in ENDS:
        op.create_index(f"ix_edges_{column}", "edges", [column])
    for name, table, columns in () if _postgresql() else WORDS:
        _words(name, table, columns)
    op.execute("UPDATE blocks SET stale = true")


def downgrade() -> None:
    """Drop what was made."""
    for name, table, _ in () if _postgresql() else WORDS:
        for event in ("insert", "delete", "update"):
            op.execute(f"DROP TRIGGER {table}_words_{event}")
        op.execute(f"DROP TABLE {name}_terms")
        op.execute(f"DROP TABLE {name}")
        op.execute(f"DROP VIEW {name}_texts")
    for column in ENDS:
        op.drop_index(f"ix_edges_{column}", "edges")
    for name, table, _ in reversed(BY):
        op.drop_index(name, table)
    for table in ("listing", *(name for name, _, _ in PAIRS), "reviewed"):
        op.drop_table(table)
    for table in reversed(ONLY_ADDED):
        ungrow(table)
    each = "json_array_elements_text" if _postgresql() else "json_each"
    op.execute(
        "CREATE VIEW origin_claims (origin, claim) AS"
        f" SELECT origins.id, entry.value FROM origins, {each}(origins.claims) AS entry"
    )
    op.drop_index("ix_documents_listed", "documents")
    op.drop_column("claims", "standing")


def _postgresql() -> bool:
    """Whether this is PostgreSQL, which finds words otherwise."""
    return op.get_context().dialect.name == "postgresql"


def _words(name: str, table: str, columns: tuple[str, ...]) -> None:
    """Make an index of words over columns of a table, and keep it as the table is; `<name>_terms` lists its threes."""
    listed = ", ".join(columns)
    padded = ", ".join(f"{PADDED.format(column)} AS {column}" for column in columns)
    op.execute(f"CREATE VIEW {name}_texts AS SELECT position, {padded} FROM {table}")
    op.execute(
        f"CREATE VIRTUAL TABLE {name} USING fts5({listed}, content='{name}_texts', content_rowid='position',"
        " tokenize='trigram')"
    )
    op.execute(f"CREATE VIRTUAL TABLE {name}_terms USING fts5vocab({name}, 'row')")
    new, old = (", ".join(PADDED.format(f"{row}.{column}") for column in columns) for row in ("new", "old"))
    insert = f"INSERT INTO {name} (rowid, {listed}) VALUES (new.position, {new});"
    delete = f"INSERT INTO {name} ({name}, rowid, {listed}) VALUES ('delete', old.position, {old});"
    op.execute(f"CREATE TRIGGER {table}_words_insert AFTER INSERT ON {table} BEGIN {insert} END")
    op.execute(f"CREATE TRIGGER {table}_words_delete AFTER DELETE ON {table} BEGIN {delete} END")
    op.execute(f"CREATE TRIGGER {table}_words_update AFTER UPDATE OF {listed} ON {table} BEGIN {delete} {insert} END")
    op.execute(f"INSERT INTO {name} ({name}) VALUES ('rebuild')")
