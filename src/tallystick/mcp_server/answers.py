"""What the tools answer: small flat records with ids to go deeper, of which the output schemas are made.

A record that holds a figure holds what it rests on too: the words of a report, where they stand, and in which. What is
equal to its default is left out of an answer.
"""

from dataclasses import dataclass

from tallystick.model.quantity import Number

__all__ = [
    "Added",
    "Cited",
    "ClaimLine",
    "Claims",
    "Decided",
    "DocumentAnswer",
    "Evidence",
    "Near",
    "Overview",
    "Related",
    "Report",
]


@dataclass(frozen=True, slots=True)
class Cited:
    """Words of a report: `words` is what stands at [start:end] of its text, in code points; `quote` the sentence.

    `claim` is the id of the claim that these words make, where they make one.
    """

    words: str
    quote: str
    document: str
    start: int
    end: int
    claim: str | None = None
    outlet: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A report: `characters` is the length of its text in code points, `sha256` that of its preserved bytes."""

    document: str
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None
    sha256: str | None = None
    characters: int | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """Something else that can be asked for, by its id."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim: one figure that one report asserts. `origin` is what it goes back to; `estimates` what it goes into."""

    cited: Cited
    category: str
    status: str
    unit: str
    bound: str
    low: Number | None = None
    high: Number | None = None
    counted: str | None = None
    speaker: str | None = None
    country: str | None = None
    place: str | None = None
    when: str | None = None
    standing: str = "extracted"
    flags: tuple[str, ...] = ()
    origin: str | None = None
    estimates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claims:
    """Claims that were asked for, the latest published first; `total` is how many there are in all."""

    claims: tuple[ClaimLine, ...]
    total: int
    more: int = 0
    cursor: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Near:
    """Another claim near by, in the same report."""

    claim: str
    start: int
    end: int
    words: str
    category: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span of a report in its context: `before + words + after` is the text at [context_start:context_end].

    `seen` is the number of the last review of the claim, which `judge_claim` asks for.
    """

    report: Report
    cited: Cited
    before: str
    words: str
    after: str
    context_start: int
    context_end: int
    claim: ClaimLine | None = None
    grounds: tuple[str, ...] = ()
    way_back: tuple[Cited, ...] = ()
    near: tuple[Near, ...] = ()
    seen: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentAnswer:
    """A portion of a report: `text` is what stands at [start:end]; `next_offset` where it goes on.

    `more` counts claims of the portion that are not named.
    """

    report: Report
    text: str
    start: int
    end: int
    claims: tuple[Near, ...] = ()
    more: int = 0
    next_offset: int | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Overview:
    """A case at a glance; its numbers count records, and say nothing of the world."""

    dossier: str
    title: str
    reports: int
    claims: int
    origins: int
    estimates: int
    flags: int
    hits: int
    failures: int
    to_review: int
    behind: bool
    writes: bool
    latest: Report | None = None
    categories: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    packs: tuple[str, ...] = ()
    most_reported: tuple[Related, ...] = ()
    gravest_flags: tuple[Related, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Added:
    """What came of a report that was added: `added` is false where the case held it already."""

    document: str
    added: bool
    found: int
    claims: tuple[Cited, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as it was kept: its number, and by whom it was made."""

    number: int
    made: str
    by: str
    verdict: str
    about: tuple[str, ...]
    before: str | None = None
    after: str | None = None
    notes: tuple[str, ...] = ()
