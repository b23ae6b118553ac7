"""Words and numbers as a reader sees them: values of the ledger come in, short texts without markup go out."""

from hashlib import sha256
from urllib.parse import urlsplit

from tallystick.model.document import Document
from tallystick.model.lineage import Independent, Mechanism
from tallystick.model.quantity import Bound, Number

__all__ = [
    "address",
    "anchor",
    "bounded",
    "count",
    "credibility",
    "figure",
    "independent",
    "legible",
    "mechanism",
]

# Marks that turn or hide text for a reader without changing it for a search; the report shows that one is there.
HIDDEN = frozenset(
    [*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), 0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F),
     *range(0x2066, 0x206A), 0xFEFF, *range(0xFFF9, 0xFFFC), *range(0xD800, 0xE000)]
)  # fmt: skip
SHOWN = dict.fromkeys(HIDDEN, "�")
CREDIBILITY = {
    1: "confirmed by independent origins",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "cannot be judged",
}
MECHANISMS = {
    Mechanism.REPEATED_PASSAGE: "repeated passage",
    Mechanism.IDENTICAL_TEXT: "same text",
    Mechanism.NEAR_IDENTICAL_TEXT: "nearly the same text",
    Mechanism.CREDIT: "credit line",
    Mechanism.ATTRIBUTION: "attribution",
    Mechanism.SAME_ANNOUNCEMENT: "same announcement",
    Mechanism.SAME_STATEMENT: "same statement",
    Mechanism.UNATTRIBUTED_REPEAT: "repeat without a source",
    Mechanism.CORRECTION: "correction",
}


def anchor(kind: str, name: str) -> str:
    """An id that is safe in HTML whatever `name` holds: ids of documents are the caller's own."""
    return f"{kind}-{sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def legible(text: str | None) -> str:
    """Text without marks that turn or hide other text; escaping is the template's."""
    return "" if text is None else text.translate(SHOWN)


def figure(value: Number | None) -> str:
    """A number with separators; an en dash where there is none."""
    if value is None:
        return "–"
    return f"{value:,}" if isinstance(value, int) or value != int(value) else f"{int(value):,}"


def bounded(low: Number | None, high: Number | None, bound: Bound) -> str:
    """A figure with its bound in words: "at least 10,000"."""
    match bound:
        case Bound.AT_LEAST:
            return f"at least {figure(low)}"
        case Bound.AT_MOST:
            return f"at most {figure(high)}"
        case Bound.APPROX:
            return f"about {figure(low)}"
        case Bound.RANGE:
            return f"{figure(low)} to {figure(high)}"
        case Bound.VAGUE:
            return f"{figure(low)} or more (a vague word)"
        case Bound.EXACT:
            return figure(low)


def independent(value: Independent) -> str:
    """How many independent origins: "1", or "1–2" where two may share what they know."""
    return str(value.low) if value.low == value.high else f"{value.low}–{value.high}"


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 report", "3 reports"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def credibility(value: int) -> str:
    """What a credibility of 1 to 6 means."""
    return CREDIBILITY.get(value, "")


def mechanism(value: Mechanism) -> str:
    """What showed an edge, in words."""
    return MECHANISMS[value]


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
