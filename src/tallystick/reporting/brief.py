"""What a printed report says, in whatever form it is printed: plain records, in the order in which they are read.

`briefing.brief` makes one of a ledger; the writers of HTML, Markdown, PDF and DOCX lay it out and decide nothing.
Every text is for a reader and already made legible; no field holds markup. Numbers in brackets are footnotes.
"""

from dataclasses import dataclass

__all__ = [
    "Brief",
    "ChangeLine",
    "Conflicting",
    "Cover",
    "Element",
    "Flagged",
    "Footnote",
    "KeyJudgement",
    "Picture",
    "ProvisionPanel",
    "SourceLine",
    "Tree",
    "TreeLine",
]


@dataclass(frozen=True, slots=True)
class Cover:
    """What the report is of.

    Attributes:
        title: Of the dossier.
        about: What its subject is, one or two sentences; "" where it says none.
        as_of: Day whose end the report is of, or None for the case as it is.
        since: Day from whose end on changes are told, or None.
        latest: Day of the latest report in the case, or None.
        counts: (number, word) of what the case holds: ("24", "reports"), ("36", "origins"), ...
        version: Of Tallystick.
        dossier_sha256: Digest of the dossier file.
    """

    title: str
    about: str
    as_of: str | None
    since: str | None
    latest: str | None
    counts: tuple[tuple[str, str], ...]
    version: str
    dossier_sha256: str


@dataclass(frozen=True, slots=True)
class KeyJudgement:
    """One estimate as a sentence, with what carries it.

    Attributes:
        estimate: Its id.
        label: Its population.
        sentence: What it comes to; it holds no word of likelihood beside one of confidence.
        figure: The best figure, or the range where there is none ("4,700 to 6,000").
        range: The range in words, or "".
        qualities: Status, measure and time, those that are known ("planned", "stock", "June 2025").
        grade: Reliability of its best source and credibility, side by side ("B2").
        credibility: The credibility in words.
        independent: How many independent origins stand behind it, in words.
        reports: Number of reports that carry it.
        unsettled: Why there is no best figure, or "".
        stale: Whether it is only the last known count.
        notes: Numbers of footnotes.
    """

    estimate: str
    label: str
    sentence: str
    figure: str
    range: str
    qualities: tuple[str, ...]
    grade: str
    credibility: str
    independent: str
    reports: int
    unsettled: str
    stale: bool
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One thing that changed.

    Attributes:
        mark: "+" for what came up, "~" for what is another, "-" for what went, "!" for what a reader must look at.
        kind: What it is ("estimate", "origin", "conflict", "flag", "provision", "report").
        text: The line.
        causes: The reports that brought it, and what else did.
    """

    mark: str
    kind: str
    text: str
    causes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing: a title, the SVG, what it shows in words for those who do not see it, and a caution or ""."""

    title: str
    svg: str
    alternative: str
    caution: str = ""


@dataclass(frozen=True, slots=True)
class TreeLine:
    """One line of an origin tree.

    Attributes:
        depth: 0 for an origin, 1 for a report that carries it, more for one that repeats that.
        text: Who, when, with which figure; or by what a report goes back to the one above it.
        notes: Numbers of footnotes.
    """

    depth: int
    text: str
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """The origins behind one estimate: its id, its label, the lines, and the drawing where there is one."""

    estimate: str
    label: str
    lines: tuple[TreeLine, ...]
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class Conflicting:
    """Figures that cannot all be right: the population, the reason, the arithmetic or "", numbers of footnotes."""

    label: str
    reason: str
    arithmetic: str
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Element:
    """One fact that a provision asks for: what, where it stands in words, what to know or "", footnotes."""

    label: str
    standing: str
    note: str
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ProvisionPanel:
    """A provision that may apply.

    Attributes:
        hit: Id of the hit.
        citation: The paragraph, as it is cited.
        title: What it is about.
        population: Whom the facts are of.
        tier: How far the facts told reach, in words.
        statement: The conditional sentence.
        elements: What it asks for.
        missing: What to find out.
        cautions: What to know of the paragraph ("from general knowledge, not checked against the instrument").
    """

    hit: str
    citation: str
    title: str
    population: str
    tier: str
    statement: str
    elements: tuple[Element, ...]
    missing: tuple[str, ...]
    cautions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flagged:
    """Something that does not add up: id, code, severity, reason, numbers of footnotes."""

    flag: str
    code: str
    severity: str
    reason: str
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source: its name, reliability letter, what it is, reports, figures, and how many it had first."""

    name: str
    reliability: str
    kind: str
    reports: int
    figures: int
    first: int


@dataclass(frozen=True, slots=True)
class Footnote:
    """Where a figure stands, so that a reader can open it: a span of a preserved document, by its digests.

    Attributes:
        number: From 1, in order of first mention.
        claim: Id of the claim, or None where the span is other evidence.
        source: Outlet, author and title as published.
        published: As a reader writes it, or "".
        url: An address that is safe to open, or "".
        document: Id of the document.
        document_sha256: Of the preserved bytes.
        start: First code point of the span.
        end: One past its last code point.
        before: The words of the sentence before the span.
        words: The words at the span.
        behind: The words of the sentence behind it.
        span_sha256: SHA-256 in hex of `words` in UTF-8.
    """

    number: int
    claim: str | None
    source: str
    published: str
    url: str
    document: str
    document_sha256: str
    start: int
    end: int
    before: str
    words: str
    behind: str
    span_sha256: str


@dataclass(frozen=True, slots=True)
class Brief:
    """A report, ready to be laid out.

    Attributes:
        cover: What it is of.
        judgements: The foremost estimates, what matters most first.
        more: How many further estimates the case holds.
        changes: What changed since the day of the cover; empty where none is given.
        changes_more: How many changes are left out.
        charts: Figures over time, one a population.
        map: Where; None where no place of the case has a point.
        trees: The origins behind the judgements.
        conflicts: What cannot be reconciled.
        panels: Provisions that may apply, the gravest tier first.
        panels_more: How many are left out.
        flags: What does not add up, the gravest first.
        flags_more: How many are left out.
        sources: The outlets, those with most figures first.
        speakers: Who is quoted: (name, figures, origins).
        method: How the report was made and where its limits are, a paragraph each.
        footnotes: In order of their numbers.
    """

    cover: Cover
    judgements: tuple[KeyJudgement, ...]
    more: int
    changes: tuple[ChangeLine, ...]
    changes_more: int
    charts: tuple[Picture, ...]
    map: Picture | None
    trees: tuple[Tree, ...]
    conflicts: tuple[Conflicting, ...]
    panels: tuple[ProvisionPanel, ...]
    panels_more: int
    flags: tuple[Flagged, ...]
    flags_more: int
    sources: tuple[SourceLine, ...]
    speakers: tuple[tuple[str, int, int], ...]
    method: tuple[str, ...]
    footnotes: tuple[Footnote, ...]
