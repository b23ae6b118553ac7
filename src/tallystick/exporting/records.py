"""The records as other programs see them: records of the model come in, flat frozen ones with the same ids go out.

JSON lines, the API and the MCP server all give these, so that a program that knows one knows the others. Fields are
only ever added.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tallystick.model.change import Change, Range
from tallystick.model.document import Document
from tallystick.model.estimate import Conflict, Estimate, Population, Reading
from tallystick.model.flag import Evidence, Flag
from tallystick.model.hit import Finding, Hit
from tallystick.model.judgement import Judgement
from tallystick.model.lineage import Edge, Independent, Origin
from tallystick.model.quantity import Number
from tallystick.model.stream import Stated

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
    "change_record",
    "claim_record",
    "document_record",
    "edge_record",
    "estimate_record",
    "flag_record",
    "hit_record",
    "judgement_record",
    "origin_record",
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


def document_record(document: Document) -> DocumentRecord:
    """Give the record of a report."""
    return DocumentRecord(
        document.id, document.sha256, document.title, document.url, document.outlet, document.author,
        document.published, document.updated, document.language, len(document.text),
    )  # fmt: skip


def claim_record(stated: Stated) -> ClaimRecord:
    """Give the record of a claim."""
    claim, told = stated.claim, stated.citation
    return ClaimRecord(
        claim.id, claim.document, claim.start, claim.end, claim.figure, claim.low, claim.high, claim.bound.value,
        claim.unit, claim.counted, claim.category, claim.origin, claim.place, claim.status.value,
        claim.aspect and claim.aspect.value, claim.measure and claim.measure.value, claim.speaker, claim.via,
        claim.when, claim.stated, claim.quote, claim.prefix, claim.suffix, tuple(map(str, claim.grounds)),
        stated.traced_to, stated.standing.value, told.title, told.url, told.outlet, told.published, told.sha256,
    )  # fmt: skip


def edge_record(edge: Edge) -> EdgeRecord:
    """Give the record of a step."""
    return EdgeRecord(
        edge.later, edge.earlier, edge.level.value, edge.kind.value, edge.mechanism.value, edge.reason,
        edge.confidence, edge.known,
    )  # fmt: skip


def origin_record(origin: Origin) -> OriginRecord:
    """Give the record of an origin."""
    return OriginRecord(
        origin.id, origin.speaker, origin.date, origin.documents, origin.claims, _independent(origin.independent),
        origin.reason, origin.linked, origin.known,
    )  # fmt: skip


def estimate_record(estimate: Estimate) -> EstimateRecord:
    """Give the record of an estimate."""
    return EstimateRecord(
        estimate.id, _population(estimate.population), estimate.status.value,
        estimate.measure and estimate.measure.value, estimate.when, estimate.best, estimate.low, estimate.high,
        estimate.credibility, _independent(estimate.independent), estimate.reports,
        tuple(map(_reading, estimate.readings)), estimate.claims, estimate.parts, estimate.whole,
        tuple(map(_conflict, estimate.conflicts)), estimate.steps, estimate.stale, estimate.known,
    )  # fmt: skip


def flag_record(flag: Flag, texts: Mapping[str, str] | None = None) -> FlagRecord:
    """Give the record of a flag; `texts` holds the texts of reports by id, from which its spans are quoted."""
    return FlagRecord(
        flag.id, flag.code, flag.severity, flag.reason, flag.claims,
        tuple(_span(one, texts or {}) for one in flag.evidence),
    )  # fmt: skip


def hit_record(hit: Hit, texts: Mapping[str, str] | None = None) -> HitRecord:
    """Give the record of a hit; `texts` as of `flag_record`."""
    return HitRecord(
        hit.id, hit.pack, hit.provision, _population(hit.population), hit.tier.value, hit.jurisdiction.value, hit.acts,
        _independent(hit.independent), hit.origins, hit.estimates,
        tuple(_finding(one, texts or {}) for one in hit.findings), hit.missing, hit.statement,
    )  # fmt: skip


def change_record(number: int, made: str, change: Change, estimate: str | None = None) -> ChangeRecord:
    """Give the record of a change: its number in the case, when it was noted, and an estimate that it is about."""
    return ChangeRecord(
        number, made, change.kind.value, change.id, change.label, _range(change.before), _range(change.after),
        tuple(TurnRecord(one.trait.value, one.before, one.after) for one in change.turns),
        tuple(ReportRecord(one.id, one.label) for one in change.reports), change.causes, change.was, estimate,
    )  # fmt: skip


def judgement_record(judgement: Judgement) -> JudgementRecord:
    """Give the record of a judgement."""
    return JudgementRecord(
        judgement.number, judgement.made, judgement.by, judgement.verdict.value, judgement.later, judgement.earlier,
        judgement.level.value, judgement.why, judgement.before, judgement.after,
    )  # fmt: skip


def _range(figure: Range | None) -> RangeRecord | None:
    return None if figure is None else RangeRecord(figure.best, figure.low, figure.high)


def _independent(independent: Independent) -> IndependentRecord:
    return IndependentRecord(independent.low, independent.high)


def _population(population: Population) -> PopulationRecord:
    return PopulationRecord(population.category, population.origin, population.place, population.label, population.unit)


def _reading(reading: Reading) -> ReadingRecord:
    return ReadingRecord(
        reading.origin, reading.speaker, reading.date, reading.low, reading.high, reading.bound.value, reading.claims,
        reading.reports, reading.superseded, reading.reliability, reading.known,
    )  # fmt: skip


def _conflict(conflict: Conflict) -> ConflictRecord:
    return ConflictRecord(
        conflict.kind.value, conflict.reason, conflict.arithmetic, conflict.origins, conflict.claims
    )  # fmt: skip


def _span(evidence: Evidence, texts: Mapping[str, str]) -> SpanRecord:
    text = texts.get(evidence.document)
    quote = None if text is None else text[evidence.start : evidence.end]
    return SpanRecord(evidence.document, evidence.start, evidence.end, quote)


def _finding(finding: Finding, texts: Mapping[str, str]) -> FindingRecord:
    return FindingRecord(
        finding.subject, finding.role.value, finding.standing.value, finding.claims, finding.facts, finding.against,
        finding.origins, _independent(finding.independent), tuple(_span(one, texts) for one in finding.evidence),
        finding.note,
    )  # fmt: skip
