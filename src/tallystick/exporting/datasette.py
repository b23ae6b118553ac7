"""What Datasette shows of a case: nothing of the ledger comes in, a metadata file goes out that names its views.

The file goes with `datasette serve case.sqlite --metadata FILE`: the views have titles and what their columns mean, the
tables behind them are hidden, and queries lead from an id to the claims behind it.
"""

import json
from typing import BinaryIO

from tallystick.exporting.subject import Subject
from tallystick.model.stream import LedgerStream

__all__ = ["DATABASE", "HIDDEN", "QUERIES", "VIEWS", "write"]

# As Datasette calls `case.sqlite`.
DATABASE = "case"
VIEWS: dict[str, tuple[str, str]] = {
    "v_documents": ("Reports", "Every report: who published it, when, and the SHA-256 of its original."),
    "v_claims": (
        "Claims",
        (
            "Every figure that a report asserts and that counts, with its outlet, its date and the origin that it goes"
            " back to. Claims that a reviewer rejected or replaced are not among them."
        ),
    ),
    "v_facts": ("Facts", "What the dossier asks for besides figures, as the reports tell it."),
    "v_origins": ("Origins", "The earliest independent points that claims go back to."),
    "v_edges": ("Lineage", "Every step from a claim or report back to an earlier one, with its reason."),
    "v_estimates": ("Estimates", "One line a population, measure and status: best, low, high, and every step."),
    "v_readings": ("Readings", "What each origin says of the population of an estimate."),
    "v_conflicts": ("Conflicts", "Figures of an estimate that cannot all be right."),
    "v_flags": ("Flags", "What does not add up, the gravest first by severity, with the first span it rests on."),
    "v_hits": ("Hits", "Provisions that may apply: a question to a lawyer, never a finding."),
    "v_judgements": ("Judgements", "What reviewers decided about steps and hits."),
    "v_reviews": ("Reviews", "What reviewers decided about claims."),
    "v_claims_of_estimates": ("Claims of estimates", "Which claims are folded into which estimate."),
    "v_claims_of_flags": ("Claims of flags", "Which claims a flag is about."),
}
MEANINGS = {
    "id": "The same in every export, in the API and in the workbench.",
    "document": "Id of the report.",
    "figure": "The words at the span; text[start:end] is equal to it.",
    "low": "Lower end, or empty where it is open.",
    "high": "Upper end, or empty where it is open.",
    "best": "Empty where the evidence does not carry one figure.",
    "origin": "ISO 3166-1 alpha-2 of the country that the counted come from.",
    "traced_to": "Id of the origin that it goes back to.",
    "stated": "When the speaker said it (EDTF).",
    "when": "When what is counted happened (EDTF).",
    "credibility": "Admiralty 1-6, from independent origins alone; 6 is not gradable.",
    "reliability": "Admiralty A-F of the best source that carries it; F is not gradable.",
    "independent_low": "At least so many independent origins stand behind it.",
    "independent_high": "At most so many independent origins stand behind it.",
    "start": "First code point of the span in the text of the report.",
    "end": "One past the last code point of the span.",
    "standing": "By whose word the claim stands.",
}
COLUMNS = {
    "v_documents": ("id",),
    "v_claims": ("id", "document", "figure", "low", "high", "origin", "traced_to", "stated", "when", "start", "end",
                 "standing"),
    "v_facts": ("id", "document", "stated", "start", "end"),
    "v_origins": ("id", "independent_low", "independent_high"),
    "v_estimates": ("id", "best", "low", "high", "origin", "when", "credibility", "independent_low",
                    "independent_high"),
    "v_readings": ("low", "high", "traced_to", "reliability"),
    "v_flags": ("id", "document", "start", "end"),
    "v_hits": ("id", "origin", "independent_low", "independent_high"),
}  # fmt: skip
# The tables behind the views, and how the case works; indexes of words are hidden by Datasette itself.
HIDDEN = (
    "alembic_version", "askings", "blocks", "changes", "claims", "custody", "disputes", "documents", "edges",
    "estimate_claims", "estimates", "evidence", "fact_grounds", "facts", "failures", "feeds", "flag_claims", "flags",
    "followed", "gone", "grounds", "hits", "judgements", "listing", "origin_claims", "origins", "passages",
    "proposal_verdicts", "proposals", "readings", "reviewed", "reviews", "rules", "sizes", "ties",
    "claim_words_texts", "document_words_texts",
)  # fmt: skip
QUERIES = {
    "claims_of_origin": ("Claims of an origin", "SELECT * FROM v_claims WHERE traced_to = :origin ORDER BY published"),
    "claims_of_estimate": (
        "Claims of an estimate",
        (
            "SELECT c.* FROM v_claims c JOIN v_claims_of_estimates e ON e.claim = c.id WHERE e.estimate = :estimate"
            " ORDER BY c.published"
        ),
    ),
    "claims_of_flag": (
        "Claims of a flag",
        (
            "SELECT c.* FROM v_claims c JOIN v_claims_of_flags f ON f.claim = c.id WHERE f.flag = :flag"
            " ORDER BY c.published"
        ),
    ),
    "claims_of_report": ("Claims of a report", "SELECT * FROM v_claims WHERE document = :document ORDER BY start"),
}


def write(stream: LedgerStream, subject: Subject, out: BinaryIO) -> None:
    """Write the metadata of a case."""
    del stream
    tables: dict[str, object] = {
        name: {
            "title": title,
            "description": description,
            "columns": {column: MEANINGS[column] for column in COLUMNS.get(name, ())},
        }
        for name, (title, description) in VIEWS.items()
    }
    tables.update((name, {"hidden": True}) for name in HIDDEN)
    told = {
        "title": f"Tallystick: {subject.dossier.title}",
        "description": "A sourced ledger of every figure in reports. It tells how far reports bear one another out, "
        "not what is true.",
        "databases": {
            DATABASE: {
                "tables": tables,
                "queries": {name: {"title": title, "sql": sql} for name, (title, sql) in QUERIES.items()},
            }
        },
    }
    out.write(json.dumps(told, ensure_ascii=False, indent=2).encode("utf-8") + b"\n")
