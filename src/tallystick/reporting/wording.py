"""Words and numbers as a reader sees them: values of the ledger come in, short texts without markup go out."""

from hashlib import sha256
from urllib.parse import urlsplit

from tallystick.model.document import Document
from tallystick.model.estimate import Conflict, ConflictKind, Estimate, Widening
from tallystick.model.lineage import Independent, Mechanism
from tallystick.values.phrases import bounded, count, credibility, figure, span

__all__ = [
    "address",
    "anchor",
    "bounded",
    "conflict_kind",
    "count",
    "credibility",
    "credibility_reason",
    "figure",
    "independent",
    "legible",
    "mechanism",
    "short_mechanism",
    "span",
    "unsettled",
    "widening",
]

# Marks that turn or hide text for a reader without changing it for a search; the report shows that one is there.
HIDDEN = frozenset(
    [*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), 0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F),
     *range(0x2066, 0x206A), 0xFEFF, *range(0xFFF9, 0xFFFC), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)]
)  # fmt: skip
SHOWN = dict.fromkeys(HIDDEN, "�")
MECHANISMS = {
    Mechanism.REPEATED_PASSAGE: "repeated passage",
    Mechanism.IDENTICAL_TEXT: "same text",
    Mechanism.NEAR_IDENTICAL_TEXT: "nearly the same text",
    Mechanism.PARTIAL_TEXT: "part of the text",
    Mechanism.REWORDED_TEXT: "the text reworded",
    Mechanism.REPUBLISHED_TEXT: "same text, new date",
    Mechanism.CREDIT: "credit line",
    Mechanism.ATTRIBUTION: "attribution",
    Mechanism.SAME_ANNOUNCEMENT: "same announcement",
    Mechanism.SAME_STATEMENT: "same statement",
    Mechanism.QUOTATION: "same quotation",
    Mechanism.NAMED_EVENT: "same named event",
    Mechanism.UNATTRIBUTED_REPEAT: "repeat without a source",
    Mechanism.FAMILY: "one newsroom",
    Mechanism.CORRECTION: "correction",
    Mechanism.ANALYST: "an analyst’s judgement",
}


# What fits beside an arrow, where the full words do not.
SHORT = {
    Mechanism.REPEATED_PASSAGE: "same passage",
    Mechanism.NEAR_IDENTICAL_TEXT: "near-same text",
    Mechanism.PARTIAL_TEXT: "part of text",
    Mechanism.REWORDED_TEXT: "reworded text",
    Mechanism.REPUBLISHED_TEXT: "text redated",
    Mechanism.SAME_ANNOUNCEMENT: "announcement",
    Mechanism.NAMED_EVENT: "named event",
    Mechanism.UNATTRIBUTED_REPEAT: "no source named",
    Mechanism.ANALYST: "analyst",
}
CONFLICTS = {
    ConflictKind.DISAGREEMENT: "figures disagree",
    ConflictKind.SUM: "parts and sum",
    ConflictKind.CASUALTIES: "killed, wounded and casualties",
    ConflictKind.BALANCE: "stock and flow",
    ConflictKind.DECREASE: "a count that fell",
    ConflictKind.RATE: "rate",
    ConflictKind.RATIO: "ratio",
}


def anchor(kind: str, name: str) -> str:
    """An id that is safe in HTML whatever `name` holds: ids of documents are the caller's own."""
    return f"{kind}-{sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def legible(text: str | None) -> str:
    """Text without marks that turn or hide other text; escaping is the template's."""
    return "" if text is None else text.translate(SHOWN)


def independent(value: Independent) -> str:
    """How many independent origins: "1", or "1–2" where two may share what they know."""
    return str(value.low) if value.low == value.high else f"{value.low}–{value.high}"


def credibility_reason(estimate: Estimate) -> str:
    """Why an estimate has its credibility, as the step that set it says; what the number means where no step does."""
    return _step(estimate, f"Credibility {estimate.credibility}:") or credibility(estimate.credibility)


def _step(estimate: Estimate, begin: str) -> str:
    """What the step that begins with `begin` says behind it, as a clause; empty where there is no such step."""
    told = next((step for step in estimate.steps if step.startswith(begin)), begin)
    return told.removeprefix(begin).strip().rstrip(".")


def unsettled(estimate: Estimate) -> str:
    """Why an estimate has no best figure, in one clause, as the step that decided it says; empty where it has one."""
    if estimate.best is not None:
        return ""
    told = _step(estimate, "No best figure:")
    if told:
        return told
    if estimate.low is None and estimate.high is None:
        return "no origin gives a figure that can be used"
    if estimate.conflicts:
        return "the figures contradict one another"
    if estimate.independent.high <= 1:
        return "a single origin gives a range and no best figure"
    if estimate.measure is None:
        return "no report tells how the figure relates to time"
    if estimate.low is None or estimate.high is None:
        return "the origins give bounds, which are no figures"
    return "too few origins give a figure"


def widening(value: Widening) -> str:
    """The name of the rule that widened a range, in words."""
    return value.rule.replace("_", " ")


def conflict_kind(value: Conflict) -> str:
    """What does not agree, in words."""
    return CONFLICTS[value.kind]


def mechanism(value: Mechanism) -> str:
    """What showed an edge, in words."""
    return MECHANISMS[value]


def short_mechanism(value: Mechanism) -> str:
    """What showed an edge, in the few words that fit beside an arrow."""
    return SHORT.get(value) or MECHANISMS[value]


def address(document: Document) -> str | None:
    """The address of a report where it is one that a reader may follow."""
    if document.url is None:
        return None
    try:
        parts = urlsplit(document.url.strip())
    except ValueError:
        return None
    safe = parts.scheme in ("http", "https") and parts.netloc and document.url.isprintable()
    return document.url.strip() if safe else None
