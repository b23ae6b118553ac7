"""Views of a case for whoever opens its file with another program: readable columns, joined, one row a record.

Ids are those of every export; columns have the names that they have there. Columns are only ever added to a view.
"""

from alembic import op

revision = "0010"
down_revision = "0009"

# ruff: noqa: S608 - our own names

# The sentences of a list, one a line.
LINES = "(SELECT group_concat(value, char(10)) FROM json_each({}))"
# The first place that a flag rests on; it has one at least.
FIRST = "(SELECT min(position) FROM evidence WHERE flag = f.id)"
VIEWS = {
    "v_documents": (
        "SELECT d.id, d.title, d.outlet, d.author, d.published, d.updated, d.language, d.url, length(d.text) AS"
        " characters, (SELECT count(*) FROM claims c WHERE c.document = d.id AND c.standing NOT IN ('rejected',"
        " 'replaced')) AS claims, d.sha256, d.name FROM documents d"
    ),
    "v_claims": (
        "SELECT c.id, c.figure, c.low, c.high, c.bound, c.unit, c.counted, c.category, c.origin, c.place, c.status,"
        ' c.aspect, c.measure, c.speaker, c.via, c."when", c.stated, c.quote, c.standing, c.document, d.outlet,'
        " d.published, d.title, d.url, c.start, c.end, o.id AS traced_to, o.speaker AS origin_speaker, o.date AS"
        " origin_date FROM claims c JOIN documents d ON d.id = c.document LEFT JOIN origin_claims p ON p.claim = c.id"
        " LEFT JOIN origins o ON o.id = p.origin WHERE c.standing NOT IN ('rejected', 'replaced')"
    ),
    "v_facts": (
        "SELECT f.id, f.slot, f.value, f.status, f.speaker, f.via, f.stated, f.quote, f.document, d.outlet,"
        " d.published, d.title, d.url, f.start, f.end FROM facts f JOIN documents d ON d.id = f.document"
    ),
    "v_origins": (
        "SELECT o.id, o.speaker, o.date, json_array_length(o.documents) AS reports, json_array_length(o.claims) AS"
        " claims, o.independent_low, o.independent_high, o.reason, o.known FROM origins o"
    ),
    "v_edges": (
        "SELECT e.later, e.earlier, e.level, e.kind, e.mechanism, e.reason, e.confidence, e.known FROM edges e"
    ),
    "v_estimates": (
        'SELECT e.id, e.label, e.category, e.origin, e.place, e.unit, e.status, e.measure, e."when", e.best, e.low,'
        " e.high, e.credibility, e.independent_low, e.independent_high, e.reports, json_array_length(e.claims) AS"
        f" claims, json_array_length(e.conflicts) AS conflicts, e.stale, e.known, e.whole, {LINES.format('e.steps')}"
        " AS steps FROM estimates e"
    ),
    "v_readings": (
        "SELECT r.estimate, e.label, e.status, r.origin AS traced_to, r.speaker, r.date, r.low, r.high, r.bound,"
        " r.reports, r.superseded, r.reliability, r.known FROM readings r JOIN estimates e ON e.id = r.estimate"
    ),
    "v_conflicts": (
        "SELECT e.id AS estimate, e.label, json_extract(one.value, '$.kind') AS kind, json_extract(one.value,"
        " '$.reason') AS reason, json_extract(one.value, '$.arithmetic') AS arithmetic FROM estimates e,"
        " json_each(e.conflicts) one"
    ),
    "v_flags": (
        "SELECT f.id, f.severity, f.code, f.reason, json_array_length(f.claims) AS claims, s.document, d.outlet,"
        " d.published, d.title, d.url, s.start, s.end, substr(d.text, s.start + 1, s.end - s.start) AS words FROM flags"
        f" f LEFT JOIN evidence s ON s.position = {FIRST} LEFT JOIN documents d ON d.id = s.document"
    ),
    "v_hits": (
        "SELECT h.id, h.tier, h.pack, h.provision, h.label, h.category, h.origin, h.place, h.jurisdiction, h.acts,"
        f" h.independent_low, h.independent_high, {LINES.format('h.missing')} AS missing, h.statement FROM hits h"
    ),
    "v_judgements": (
        "SELECT j.number, j.made, j.by, j.verdict, j.later, j.earlier, j.level, j.why, j.before, j.after"
        " FROM judgements j"
    ),
    "v_reviews": (
        "SELECT r.number, r.made, r.by, r.verdict, r.document, d.outlet, d.published, d.title, r.why, r.of FROM reviews"
        " r LEFT JOIN documents d ON d.id = r.document"
    ),
    "v_claims_of_estimates": "SELECT estimate, claim FROM estimate_claims",
    "v_claims_of_flags": "SELECT flag, claim FROM flag_claims",
}  # fmt: skip


# How PostgreSQL says what SQLite says; a later one is of what the earlier ones have left.
POSTGRESQL = (
    ("group_concat(value, char(10))", "string_agg(value, chr(10))"),
    ("FROM json_each(", "FROM json_array_elements_text("),
    ("json_each(", "json_array_elements("),
    *((f"json_extract(one.value, '$.{name}')", f"one.value ->> '{name}'") for name in ("kind", "reason", "arithmetic")),
)


def upgrade() -> None:
    """Make the views."""
    words = POSTGRESQL if op.get_context().dialect.name == "postgresql" else ()
    for name, query in VIEWS.items():
        for ours, theirs in words:
            query = query.replace(ours, theirs)  # noqa: PLW2901 - one after the other
        op.execute(f"CREATE VIEW {name} AS {query}")


def downgrade() -> None:
    """Drop them."""
    for name in VIEWS:
        op.execute(f"DROP VIEW {name}")
