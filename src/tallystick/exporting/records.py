"""The records as other programs see them, flat and frozen, with the same ids: `recording` makes them of the model's.

JSON lines, the API and the MCP server all give these, so that a program that knows one knows the others. Fields are
only ever added.
"""

from dataclasses import dataclass

from tallystick.model.quantity import Number

__all__ = [
    "ChangeRecord",
    "ClaimRecord",
    "ConflictRecord",
    "DocumentRecord",
    "EdgeRecord",
    "EstimateRecord",
    "FindingRecord",
    "FlagRecord",
    "HitRecord",
    "IndependentRecord",
    "JudgementRecord",
    "OriginRecord",
    "PopulationRecord",
    "RangeRecord",
    "ReadingRecord",
    "ReportRecord",
    "SpanRecord",
    "TurnRecord",
]


@dataclass(frozen=True, slots=True)
class SpanRecord:
    """A span of a report, in code points of its text; `quote` holds its words where the text was at hand."""

    document: str
    start: int
    end: int
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class IndependentRecord:
    """How many independent observations stand behind something: from `low` to `high`."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A report without its text."""

    id: str
    sha256: str
    title: str | None
    url: str | None
    outlet: str | None
    author: str | None
    published: str | None
    updated: str | None
    language: str
    characters: int


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """A figure that a report asserts: the claim record, with the claim's id, its report and its origin.

    `text[start:end] == figure` holds of the report's text, in code points. `stated` is when the speaker said it;
    `traced_to` the id of the origin; `standing` by whose word it stands ("extracted", "accepted", "edited", ...).
    """

    id: str
    document: str
    start: int
    end: int
    figure: str
    low: Number | None
    high: Number | None
    bound: str
    unit: str
    counted: str | None
    category: str
    origin: str | None
    place: str | None
    status: str
    aspect: str | None
    measure: str | None
    speaker: str | None
    via: str | None
    when: str | None
    stated: str | None
    quote: str
    prefix: str
    suffix: str
    grounds: tuple[str, ...]
    traced_to: str | None
    standing: str
    title: str | None
    url: str | None
    outlet: str | None
    published: str | None
    sha256: str


@dataclass(frozen=True, slots=True)
class EdgeRecord:
    """One step back, from `later` to `earlier`, with what showed it and why."""

    later: str
    earlier: str
    level: str
    kind: str
    mechanism: str
    reason: str
    confidence: float
    known: str | None


@dataclass(frozen=True, slots=True)
class OriginRecord:
    """The earliest independent point that claims go back to."""

    id: str
    speaker: str | None
    date: str | None
    documents: tuple[str, ...]
    claims: tuple[str, ...]
    independent: IndependentRecord
    reason: str
    linked: tuple[str, ...]
    known: str | None


@dataclass(frozen=True, slots=True)
class PopulationRecord:
    """Who or what is counted."""

    category: str
    origin: str | None
    place: str | None
    label: str
    unit: str


@dataclass(frozen=True, slots=True)
class ReadingRecord:
    """What one origin says of a population."""

    origin: str
    speaker: str | None
    date: str | None
    low: Number | None
    high: Number | None
    bound: str
    claims: tuple[str, ...]
    reports: int
    superseded: bool
    reliability: str
    known: str | None


@dataclass(frozen=True, slots=True)
class ConflictRecord:
    """Figures that cannot all be right."""

    kind: str
    reason: str
    arithmetic: str
    origins: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EstimateRecord:
    """One line of the ledger; `best` is null where the evidence does not carry one.

    `credibility` is Admiralty's 1-6 from independent origins alone; each reading has the letter of its best source.
    """

    id: str
    population: PopulationRecord
    status: str
    measure: str | None
    when: str | None
    best: Number | None
    low: Number | None
    high: Number | None
    credibility: int
    independent: IndependentRecord
    reports: int
    readings: tuple[ReadingRecord, ...]
    claims: tuple[str, ...]
    parts: tuple[str, ...]
    whole: str | None
    conflicts: tuple[ConflictRecord, ...]
    steps: tuple[str, ...]
    stale: bool
    known: str | None


@dataclass(frozen=True, slots=True)
class FlagRecord:
    """Something that does not add up, with the spans that it rests on."""

    id: str
    code: str
    severity: str
    reason: str
    claims: tuple[str, ...]
    evidence: tuple[SpanRecord, ...]


@dataclass(frozen=True, slots=True)
class FindingRecord:
    """What the reports say of one element of a provision."""

    subject: str
    role: str
    standing: str
    claims: tuple[str, ...]
    facts: tuple[str, ...]
    against: tuple[str, ...]
    origins: tuple[str, ...]
    independent: IndependentRecord
    evidence: tuple[SpanRecord, ...]
    note: str


@dataclass(frozen=True, slots=True)
class HitRecord:
    """A provision that may apply to a population: a question to a lawyer, never a finding."""

    id: str
    pack: str
    provision: str
    population: PopulationRecord
    tier: str
    jurisdiction: str
    acts: str | None
    independent: IndependentRecord
    origins: tuple[str, ...]
    estimates: tuple[str, ...]
    findings: tuple[FindingRecord, ...]
    missing: tuple[str, ...]
    statement: str


@dataclass(frozen=True, slots=True)
class RangeRecord:
    """The figure of an estimate: its best value, or null, and the ends of its range, null where they are open."""

    best: Number | None
    low: Number | None
    high: Number | None


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """One trait of an estimate that is another than it was, in words."""

    trait: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """A report that brought a change: its id, and its outlet and date for a reader."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """One thing that became different, with what brought it; numbers count the changes of a case from 1 on.

    `estimate` is the id of an estimate of the population that it is about, where there is one by now.
    """

    number: int
    made: str
    kind: str
    id: str
    label: str
    before: RangeRecord | None
    after: RangeRecord | None
    turns: tuple[TurnRecord, ...]
    reports: tuple[ReportRecord, ...]
    causes: tuple[str, ...]
    was: str | None
    estimate: str | None


@dataclass(frozen=True, slots=True)
class JudgementRecord:
    """A reviewer's decision about the step between two claims or documents, or about a hit."""

    number: int
    made: str
    by: str
    verdict: str
    later: str
    earlier: str
    level: str
    why: str
    before: str | None
    after: str | None
