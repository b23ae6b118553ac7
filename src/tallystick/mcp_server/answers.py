"""What the tools answer: small flat records with ids to go deeper, of which the output schemas are made.

A record that holds a figure holds what it rests on too: the words of a report, where they stand, and in which. What is
equal to its default is left out of an answer.
"""

from dataclasses import dataclass

from tallystick.exporting.records import IndependentRecord, RangeRecord
from tallystick.model.quantity import Number

__all__ = [
    "Added",
    "Cited",
    "ClaimLine",
    "Claims",
    "ConflictLine",
    "Decided",
    "DocumentAnswer",
    "ElementLine",
    "EstimateAnswer",
    "EstimateLine",
    "Estimates",
    "Evidence",
    "Explanation",
    "FlagLine",
    "Flags",
    "HitLine",
    "Hits",
    "Moved",
    "Moves",
    "Near",
    "OriginAnswer",
    "Overview",
    "ReadingLine",
    "Related",
    "Report",
    "ReportLine",
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
class EstimateLine:
    """An estimate in a line; `cited` are figures of reports that it is weighed from, not all of them."""

    id: str
    label: str
    status: str
    unit: str
    best: Number | None
    low: Number | None
    high: Number | None
    credibility: int
    independent: IndependentRecord
    reports: int
    cited: tuple[Cited, ...]
    measure: str | None = None
    when: str | None = None
    conflicts: int = 0
    stale: bool = False
    known: str | None = None


@dataclass(frozen=True, slots=True)
class Estimates:
    """Estimates that were asked for, the most reported first."""

    estimates: tuple[EstimateLine, ...]
    total: int
    more: int = 0
    cursor: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """What one origin says. `reliability` is the letter A-F of its best source, and no part of the credibility."""

    origin: str
    speaker: str | None
    low: Number | None
    high: Number | None
    bound: str
    reliability: str
    reports: int
    cited: tuple[Cited, ...]
    date: str | None = None
    superseded: bool = False
    known: str | None = None


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """Figures that cannot all be right."""

    kind: str
    reason: str
    cited: tuple[Cited, ...]
    arithmetic: str = ""
    origins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EstimateAnswer:
    """An estimate; `best` is null where the evidence does not carry one, and `why_no_best` says why.

    `credibility` is 1-6 and comes from independent origins alone; the letters of the sources stand in the readings.
    """

    id: str
    label: str
    status: str
    unit: str
    best: Number | None
    low: Number | None
    high: Number | None
    credibility: int
    credibility_means: str
    why_credibility: str
    independent: IndependentRecord
    reports: int
    readings: tuple[ReadingLine, ...]
    steps: tuple[str, ...]
    category: str
    why_no_best: str | None = None
    country: str | None = None
    place: str | None = None
    measure: str | None = None
    when: str | None = None
    stale: bool = False
    known: str | None = None
    conflicts: tuple[ConflictLine, ...] = ()
    parts: tuple[Related, ...] = ()
    whole: Related | None = None
    others: tuple[Related, ...] = ()
    hits_held: int = 0
    more: int = 0
    cursor: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report that carries an origin. `part` is "first" or "repeats"; `why` says what shows that it repeats."""

    document: str
    part: str
    cited: tuple[Cited, ...]
    outlet: str | None = None
    published: str | None = None
    title: str | None = None
    goes_back_to: str | None = None
    mechanism: str | None = None
    why: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class OriginAnswer:
    """The earliest independent point that claims go back to, with the reports that tell it or only repeat it."""

    id: str
    speaker: str | None
    date: str | None
    independent: IndependentRecord
    reason: str
    claims: int
    documents: int
    reports: tuple[ReportLine, ...]
    estimates: tuple[Related, ...] = ()
    linked: tuple[str, ...] = ()
    known: str | None = None
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
    """A portion of a report: `text` is what stands at [start:end]; `next_offset` where it goes on."""

    report: Report
    text: str
    start: int
    end: int
    claims: tuple[Near, ...] = ()
    more: int = 0
    next_offset: int | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """One change. `about` is an estimate of the population that it is about; `cited` are figures of that one by now."""

    number: int
    made: str
    kind: str
    id: str
    label: str
    about: Related | None = None
    before: RangeRecord | None = None
    after: RangeRecord | None = None
    traits: tuple[str, ...] = ()
    reports: tuple[Related, ...] = ()
    causes: tuple[str, ...] = ()
    cited: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True)
class Moves:
    """What changed, that of the last work first; `last` is when the last change of the case was noted."""

    changes: tuple[Moved, ...]
    total: int
    last: str | None = None
    more: int = 0
    cursor: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ElementLine:
    """One fact that a provision asks for, and where it stands by the reports: "told", "planned", "open", ..."""

    fact: str
    standing: str
    role: str
    independent: IndependentRecord
    cited: tuple[Cited, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class HitLine:
    """A provision that may apply to a population: a question to a lawyer, never a finding."""

    id: str
    provision: str
    cited_as: str
    pack: str
    population: str
    tier: str
    tier_means: str
    statement: str
    jurisdiction: str
    elements: tuple[ElementLine, ...]
    open_questions: tuple[str, ...] = ()
    estimates: tuple[Related, ...] = ()
    unchecked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hits:
    """Provisions that may apply, the gravest tier first."""

    hits: tuple[HitLine, ...]
    total: int
    more: int = 0
    cursor: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FlagLine:
    """Something that cannot be right, or that a reader must know before using a figure."""

    id: str
    code: str
    severity: str
    reason: str
    cited: tuple[Cited, ...]
    claims: tuple[str, ...] = ()
    more_claims: int = 0
    more_spans: int = 0


@dataclass(frozen=True, slots=True)
class Flags:
    """Flags that were asked for, the gravest first."""

    flags: tuple[FlagLine, ...]
    total: int
    more: int = 0
    cursor: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """A portion of the derivation of an estimate as text; `next_offset` is where it goes on."""

    estimate: str
    text: str
    characters: int
    cited: tuple[Cited, ...]
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
