"""Who repeats whom: edges between claims and documents, and the origins they lead back to."""

from dataclasses import dataclass
from enum import StrEnum

__all__ = [
    "Course",
    "Edge",
    "EdgeKind",
    "EdgeLevel",
    "Independent",
    "Lineage",
    "Mechanism",
    "Origin",
    "Shared",
    "edge_order",
    "origin_order",
]


class EdgeKind(StrEnum):
    """The PROV-O relation from the later to the earlier."""

    QUOTED = "wasQuotedFrom"
    DERIVED = "wasDerivedFrom"
    REVISED = "wasRevisionOf"
    PRIMARY = "hadPrimarySource"


class EdgeLevel(StrEnum):
    """What an edge connects, or a reviewer decides about."""

    DOCUMENT = "document"
    CLAIM = "claim"
    HIT = "hit"
    """A provision and a population; no edge connects these, only a judgement is about them."""


class Mechanism(StrEnum):
    """What showed the edge."""

    REPEATED_PASSAGE = "repeated_passage"
    IDENTICAL_TEXT = "identical_text"
    NEAR_IDENTICAL_TEXT = "near_identical_text"
    PARTIAL_TEXT = "partial_text"
    REWORDED_TEXT = "reworded_text"
    REPUBLISHED_TEXT = "republished_text"
    CREDIT = "credit"
    ATTRIBUTION = "attribution"
    SAME_ANNOUNCEMENT = "same_announcement"
    SAME_STATEMENT = "same_statement"
    QUOTATION = "quotation"
    NAMED_EVENT = "named_event"
    UNATTRIBUTED_REPEAT = "unattributed_repeat"
    FAMILY = "family"
    CORRECTION = "correction"
    ANALYST = "analyst"


class Course(StrEnum):
    """What a claim is in the course of its statement."""

    FIRST = "first"
    """The earliest report of its origin tells it."""
    COPIED = "copied"
    """A later report of its origin does."""
    SUPERSEDED = "superseded"
    """The same speaker gave a later figure."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A passage that stands in two documents, equal but for blanks and the shape of quotation marks.

    Attributes:
        later_start: First code point in the later document.
        later_end: One past its last code point there.
        earlier_start: First code point in the earlier document.
        earlier_end: One past its last code point there.
    """

    later_start: int
    later_end: int
    earlier_start: int
    earlier_end: int


@dataclass(frozen=True, slots=True)
class Edge:
    """One step back: `later` goes back to `earlier`.

    Attributes:
        later: Id of the claim or document that repeats.
        earlier: Id of the claim or document that it goes back to.
        level: Whether the ids are claims or documents.
        kind: The PROV-O relation.
        mechanism: What showed it.
        reason: One sentence for the user, naming the evidence.
        confidence: From 0 to 1: how surely this mechanism means dependence.
        shared: The passages that both documents have in common, in order of the later one; empty where none show it.
        known: Day on which the later report was published, so that the step could be seen; None where not known.
    """

    later: str
    earlier: str
    level: EdgeLevel
    kind: EdgeKind
    mechanism: Mechanism
    reason: str
    confidence: float
    shared: tuple[Shared, ...] = ()
    known: str | None = None


@dataclass(frozen=True, slots=True)
class Independent:
    """How many independent observations stand behind something: at least `low`, at most `high`."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Origin:
    """The earliest independent point that a group of claims goes back to.

    Attributes:
        id: Hash of its earliest claim: stable while that claim stands.
        speaker: The speaker, as the clearest of its claims writes the name, or None.
        date: EDTF date of the statement, or None.
        documents: Ids of the documents that carry it, in order of publication.
        claims: Ids of the claims that go back to it.
        independent: {1, 1} for a named, separate origin; {0, 1} where it may only repeat another one.
        reason: Why these claims are one origin, in one sentence.
        linked: Ids of other origins whose speakers may share with this one what they know.
        known: Day on which the first of its reports was published, or None.
    """

    id: str
    speaker: str | None
    date: str | None
    documents: tuple[str, ...]
    claims: tuple[str, ...]
    independent: Independent
    reason: str
    linked: tuple[str, ...] = ()
    known: str | None = None


@dataclass(frozen=True, slots=True)
class Lineage:
    """All edges and origins of a case; every claim belongs to exactly one origin."""

    edges: tuple[Edge, ...]
    origins: tuple[Origin, ...]


# Behind every date: what nobody dated comes last.
LAST = "~"


def edge_order(edge: Edge) -> tuple[str, str, str, str, str]:
    """Give the key of the order in which a case shows its edges: by the day on which they became known."""
    return edge.known or LAST, edge.later, edge.earlier, edge.level, edge.mechanism


def origin_order(origin: Origin) -> tuple[str, str, str]:
    """Give the key of the order in which a case shows its origins: by the day on which they became known."""
    return origin.known or LAST, origin.date or LAST, origin.id
