"""The tables of a case, as SQLAlchemy Core describes them; `migrations` makes them.

Lists of ids and of sentences are JSON arrays; which claims belong to an origin, an estimate or a flag is in a table of
pairs as well, by which claims are found. Everything else is a column.
"""

from typing import Any

import sqlalchemy as sa

from tallystick.storage.column_types import Figure, Text, Whole

__all__ = [
    "askings",
    "blocks",
    "changes",
    "claims",
    "custody",
    "disputes",
    "documents",
    "edges",
    "estimate_claims",
    "estimates",
    "evidence",
    "fact_grounds",
    "facts",
    "failures",
    "feeds",
    "flag_claims",
    "flags",
    "followed",
    "gone",
    "grounds",
    "hits",
    "judgements",
    "listing",
    "metadata",
    "origin_claims",
    "origins",
    "passages",
    "proposal_verdicts",
    "proposals",
    "readings",
    "reviewed",
    "reviews",
    "rules",
    "ties",
]

metadata = sa.MetaData()


def _ordered(name: str, *columns: sa.Column[Any] | sa.Index) -> sa.Table:
    """A table whose rows keep the order in which they were written."""
    return sa.Table(name, metadata, sa.Column("position", Whole, primary_key=True), *columns)


def _text(name: str, *, required: bool = False) -> sa.Column[Any]:
    return sa.Column(name, Text, nullable=not required)


def _integer(name: str, *, required: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, nullable=not required)


def _list(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.JSON, nullable=False)


def _block() -> sa.Column[Any]:
    """The block from which a row was derived."""
    return sa.Column("block", Whole, nullable=False, index=True, server_default="0")


def _of(name: str, target: str) -> sa.Column[Any]:
    """A reference to the row that this one belongs to, and goes with."""
    return sa.Column(name, Text, sa.ForeignKey(target, ondelete="CASCADE"), nullable=False, index=True)


documents = _ordered(
    "documents",
    sa.Column("id", Text, nullable=False, unique=True),
    _text("text", required=True),
    _text("sha256", required=True),
    _text("name", required=True),
    _text("title"),
    _text("url"),
    _text("outlet"),
    _text("author"),
    _text("published"),
    _text("language", required=True),
    _text("updated"),
    sa.Column("details", sa.JSON, nullable=False, server_default="[]"),
)
# What a list of reports is sorted and filtered by, so that no text is read for it.
sa.Index("ix_documents_listed", documents.c.published, documents.c.outlet, documents.c.language, documents.c.id)
sa.Index("ix_documents_outlet", documents.c.outlet, documents.c.published, documents.c.language, documents.c.id)
passages = _ordered(
    "passages",
    _of("document", "documents.id"),
    _integer("start"),
    _integer("end"),
    _text("kind", required=True),
    _integer("repeats", required=False),
    _text("language"),
    _text("turn"),
    _integer("page", required=False),
)
claims = _ordered(
    "claims",
    sa.Column("id", Text, nullable=False, unique=True),
    _of("document", "documents.id"),
    _integer("start"),
    _integer("end"),
    _text("figure", required=True),
    sa.Column("low", Figure),
    sa.Column("high", Figure),
    _text("bound", required=True),
    _text("unit", required=True),
    _text("counted"),
    _text("category", required=True),
    _text("origin"),
    _text("place"),
    _text("status", required=True),
    _text("aspect"),
    _text("measure"),
    _text("speaker"),
    _text("via"),
    _text("when"),
    _text("stated"),
    _text("quote", required=True),
    _text("prefix", required=True),
    _text("suffix", required=True),
    sa.Column("standing", Text, nullable=False, server_default="extracted"),
)
grounds = _ordered(
    "grounds",
    _of("claim", "claims.id"),
    _text("field", required=True),
    _text("value", required=True),
    _text("cue", required=True),
    _integer("start", required=False),
    _integer("end", required=False),
)
facts = _ordered(
    "facts",
    sa.Column("id", Text, nullable=False, unique=True),
    _of("document", "documents.id"),
    _text("slot", required=True),
    _text("value", required=True),
    _integer("start"),
    _integer("end"),
    _text("speaker"),
    _text("via"),
    _text("status", required=True),
    _text("stated"),
    _text("quote", required=True),
    _text("prefix", required=True),
    _text("suffix", required=True),
)
fact_grounds = _ordered(
    "fact_grounds",
    _of("fact", "facts.id"),
    _text("field", required=True),
    _text("value", required=True),
    _text("cue", required=True),
    _integer("start", required=False),
    _integer("end", required=False),
)
# Which reports are derived together, and by what: a member is the position of a document, a block that of one of its
# members.
blocks = sa.Table(
    "blocks",
    metadata,
    sa.Column("member", Whole, sa.ForeignKey("documents.position", ondelete="CASCADE"), primary_key=True),
    sa.Column("block", Whole, nullable=False, index=True),
    sa.Column("stale", sa.Boolean, nullable=False, index=True),
)
# Blocks that others have taken up; what was derived of them stands until that is derived anew.
gone = sa.Table("gone", metadata, sa.Column("block", Whole, primary_key=True))
ties = sa.Table(
    "ties",
    metadata,
    *(sa.Column(name, Whole, primary_key=True) for name in ("key", "first", "last", "member")),
    sqlite_with_rowid=False,
)
edges = _ordered(
    "edges",
    _block(),
    sa.Column("later", Text, nullable=False, index=True),
    sa.Column("earlier", Text, nullable=False, index=True),
    _text("level", required=True),
    _text("kind", required=True),
    _text("mechanism", required=True),
    _text("reason", required=True),
    sa.Column("confidence", sa.Float, nullable=False),
    sa.Column("shared", sa.JSON, nullable=False, server_default="[]"),
    _text("known"),
)
origins = _ordered(
    "origins",
    _block(),
    sa.Column("id", Text, nullable=False, unique=True),
    _text("speaker"),
    _text("date"),
    _list("documents"),
    _list("claims"),
    _integer("independent_low"),
    _integer("independent_high"),
    _text("reason", required=True),
    sa.Column("linked", sa.JSON, nullable=False, server_default="[]"),
    _text("known"),
)
estimates = _ordered(
    "estimates",
    _block(),
    sa.Column("id", Text, nullable=False, unique=True),
    _text("category", required=True),
    _text("origin"),
    _text("place"),
    _text("label", required=True),
    _text("unit", required=True),
    _text("status", required=True),
    _text("measure"),
    _text("when"),
    sa.Column("best", Figure),
    sa.Column("low", Figure),
    sa.Column("high", Figure),
    _integer("credibility"),
    _list("claims"),
    _integer("independent_low"),
    _integer("independent_high"),
    _integer("reports"),
    _list("parts"),
    _text("whole"),
    _list("conflicts"),
    _list("steps"),
    sa.Column("widenings", sa.JSON, nullable=False, server_default="[]"),
    sa.Column("stale", sa.Boolean, nullable=False, server_default=sa.false()),
    _text("known"),
    sa.Index("ix_estimates_population", "category", "origin", "place", "unit", "reports", "status", "label"),
)
readings = _ordered(
    "readings",
    _of("estimate", "estimates.id"),
    _text("origin", required=True),
    _text("speaker"),
    _text("date"),
    sa.Column("low", Figure),
    sa.Column("high", Figure),
    _text("bound", required=True),
    _list("claims"),
    _integer("reports"),
    sa.Column("superseded", sa.Boolean, nullable=False),
    _text("reliability", required=True),
    sa.Column("weight", sa.Float, nullable=False, server_default="1"),
    _text("known"),
)
flags = _ordered(
    "flags",
    _block(),
    sa.Column("id", Text, nullable=False, unique=True),
    _text("code", required=True),
    _text("severity", required=True),
    _text("reason", required=True),
    _list("claims"),
    sa.Index("ix_flags_order", "severity", "code"),
)
evidence = _ordered(
    "evidence", _of("flag", "flags.id"), _text("document", required=True), _integer("start"), _integer("end")
)
hits = _ordered(
    "hits",
    _block(),
    sa.Column("id", Text, nullable=False, unique=True),
    _text("pack", required=True),
    _text("provision", required=True),
    _text("category", required=True),
    _text("origin"),
    _text("place"),
    _text("label", required=True),
    _text("unit", required=True),
    _text("tier", required=True),
    _list("findings"),
    _text("jurisdiction", required=True),
    _text("acts"),
    _list("origins"),
    _integer("independent_low"),
    _integer("independent_high"),
    _list("estimates"),
    _list("missing"),
    _text("statement", required=True),
    sa.Index("ix_hits_population", "category", "origin", "place"),
    sa.Index("ix_hits_order", "pack", "provision", "tier"),
)
failures = _ordered(
    "failures", _text("document", required=True), _text("stage", required=True), _text("reason", required=True)
)
rules = _ordered(
    "rules", _text("dossier", required=True), _text("dossier_sha256", required=True), _text("version", required=True)
)


def _pairs(name: str, column: str, whole: str) -> sa.Table:
    """Which claims belong to what is derived; a pair goes with its whole."""
    return sa.Table(
        name,
        metadata,
        sa.Column(column, Text, sa.ForeignKey(f"{whole}.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("claim", Text, primary_key=True, index=True),
    )


origin_claims = _pairs("origin_claims", "origin", "origins")
estimate_claims = _pairs("estimate_claims", "estimate", "estimates")
flag_claims = _pairs("flag_claims", "flag", "flags")
# What a table of claims is filtered and sorted by, one row a claim: of the claim, its report and what is derived.
listing = sa.Table(
    "listing",
    metadata,
    sa.Column("position", Whole, sa.ForeignKey("claims.position", ondelete="CASCADE"), primary_key=True),
    sa.Column("claim", Text, nullable=False, unique=True),
    sa.Column("document", Text, nullable=False, index=True),
    _integer("start"),
    _text("published"),
    _text("outlet"),
    _text("language"),
    _text("category"),
    _text("status"),
    _text("measure"),
    _text("speaker"),
    _text("country"),
    _text("place"),
    _text("happened"),
    _text("unit"),
    _text("standing"),
    sa.Column("lineage", Text, index=True),
    sa.Column("value", sa.Float),
    sa.Column("severity", sa.Integer, nullable=False, server_default="0"),
    sa.Column("doubt", sa.Float, nullable=False, server_default="0"),
    sa.Column("sway", sa.Float, nullable=False, server_default="0"),
    _text("course"),
    sa.Column("dispute", sa.Integer, nullable=False, server_default="0"),
    sa.Column("codes", Text, nullable=False, server_default=""),
    sa.Index("ix_listing_queue", "standing", "dispute", "sway", "doubt"),
    sa.Index("ix_listing_kind_queue", "category", "standing", "dispute", "sway", "doubt"),
    sa.Index(
        "ix_listing_flagged_queue",
        "standing",
        "dispute",
        "sway",
        "doubt",
        sqlite_where=sa.text("severity > 1"),
        postgresql_where=sa.text("severity > 1"),
    ),
    sa.Index("ix_listing_published", "published", "standing", "status", "category", "country", "language", "severity"),
    *(
        sa.Index(f"ix_listing_{one}", one, "published", "standing", "status", "course")
        for one in ("category", "speaker", "outlet", "place")
    ),
    sa.Index("ix_listing_value", "value", "standing", "status", "category"),
    sa.Index("ix_listing_told", "language", "country", "status"),
    sa.Index("ix_listing_sway", "sway", "standing"),
    sa.Index("ix_listing_doubt", "doubt", "standing"),
    sa.Index("ix_listing_days", "published", "standing", "course"),
    sa.Index(
        "ix_listing_reviewed",
        "published",
        "standing",
        "status",
        "category",
        "country",
        "language",
        "severity",
        sqlite_where=sa.text("standing != 'extracted'"),
        postgresql_where=sa.text("standing != 'extracted'"),
    ),
    sa.Index(
        "ix_listing_flagged",
        "codes",
        "published",
        "standing",
        "status",
        "category",
        "country",
        "language",
        "severity",
        sqlite_where=sa.text("severity > 0"),
        postgresql_where=sa.text("severity > 0"),
    ),
)
# How many claims each report has, those too that were taken away: what the list of reports is sorted by.
sizes = sa.Table(
    "sizes",
    metadata,
    sa.Column("position", Whole, sa.ForeignKey("documents.position", ondelete="CASCADE"), primary_key=True),
    _integer("claims"),
    _text("published"),
    sa.Index("ix_sizes_claims", "claims", "published"),
)
# Triggers of the next four refuse every change but one more row.
reviews = sa.Table(
    "reviews",
    metadata,
    sa.Column("number", Whole, primary_key=True),
    _text("made", required=True),
    _text("by", required=True),
    _text("verdict", required=True),
    sa.Column("document", Text, nullable=False, index=True),
    _text("why", required=True),
    _list("before"),
    _list("after"),
    sa.Column("of", Whole),
)
reviewed = sa.Table(
    "reviewed",
    metadata,
    sa.Column("claim", Text, primary_key=True),
    sa.Column("review", Whole, primary_key=True),
)
changes = sa.Table(
    "changes",
    metadata,
    sa.Column("number", Whole, primary_key=True),
    sa.Column("made", Text, nullable=False, index=True),
    sa.Column("state", Whole, nullable=False, index=True),
    sa.Column("kind", Text, nullable=False, index=True),
    _text("subject", required=True),
    _text("label", required=True),
    _list("told"),
)
judgements = sa.Table(
    "judgements",
    metadata,
    sa.Column("number", Whole, primary_key=True),
    _text("made", required=True),
    _text("by", required=True),
    _text("verdict", required=True),
    _text("later", required=True),
    _text("earlier", required=True),
    _text("level", required=True),
    _text("why", required=True),
    _text("before"),
    _text("after"),
)
custody = sa.Table(
    "custody",
    metadata,
    sa.Column("number", Whole, primary_key=True),
    _text("time", required=True),
    _text("actor", required=True),
    _text("tool", required=True),
    _text("action", required=True),
    sa.Column("subject", Text, nullable=False, index=True),
    _text("particulars", required=True),
    _text("previous", required=True),
    _text("hash", required=True),
)
# How far each feed that is watched has been followed; the addresses that feeds named, -1 where they were read.
feeds = sa.Table(
    "feeds",
    metadata,
    sa.Column("url", Text, primary_key=True),
    _text("due", required=True),
    _text("etag"),
    _text("modified"),
    _integer("failures"),
)
followed = sa.Table("followed", metadata, sa.Column("address", Text, primary_key=True), _integer("tries"))
# What a second reader was asked and what it proposes; as with reviews, triggers refuse every change but one more row.
askings = sa.Table(
    "askings",
    metadata,
    sa.Column("number", Whole, primary_key=True),
    _text("made", required=True),
    _text("by", required=True),
    sa.Column("document", Text, nullable=False, index=True),
    *(_text(name, required=True) for name in ("endpoint", "model", "version", "prompt", "prompt_sha256")),
    _integer("requests"),
    _integer("sent"),
    _integer("tokens_in", required=False),
    _integer("tokens_out", required=False),
    _list("refusals"),
    sa.Index("ix_askings_reader", "model", "prompt_sha256", "document"),
)
proposals = sa.Table(
    "proposals",
    metadata,
    sa.Column("number", Whole, primary_key=True),
    sa.Column("asking", Whole, nullable=False, index=True),
    _text("document", required=True),
    sa.Column("claim", Text, nullable=False, index=True),
    _integer("start"),
    _integer("end"),
    sa.Column("whole", sa.JSON, nullable=False),
)
proposal_verdicts = sa.Table(
    "proposal_verdicts",
    metadata,
    sa.Column("number", Whole, primary_key=True),
    _text("made", required=True),
    _text("by", required=True),
    sa.Column("proposal", Whole, nullable=False, index=True),
    _text("verdict", required=True),
    _text("why", required=True),
)
# Where the rules and the last second reader of a report disagree; found anew when either has changed.
disputes = _ordered(
    "disputes",
    sa.Column("document", Text, nullable=False, index=True),
    _text("kind", required=True),
    sa.Column("claim", Text, index=True),
    sa.Column("proposal", Whole),
    sa.Index("ix_disputes_kind", "kind", "proposal"),
)
