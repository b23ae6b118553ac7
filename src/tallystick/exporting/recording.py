"""Records of the model come in, those that other programs see go out: of every kind one function."""

from collections.abc import Mapping

from tallystick.exporting.records import (
    ChangeRecord,
    ClaimRecord,
    ConflictRecord,
    DocumentRecord,
    EdgeRecord,
    EstimateRecord,
    FindingRecord,
    FlagRecord,
    HitRecord,
    IndependentRecord,
    JudgementRecord,
    OriginRecord,
    PopulationRecord,
    RangeRecord,
    ReadingRecord,
    ReportRecord,
    SpanRecord,
    TurnRecord,
)
from tallystick.model.change import Change, Range
from tallystick.model.document import Document
from tallystick.model.estimate import Conflict, Estimate, Population, Reading
from tallystick.model.flag import Evidence, Flag
from tallystick.model.hit import Finding, Hit
from tallystick.model.judgement import Judgement
from tallystick.model.lineage import Edge, Independent, Origin
from tallystick.model.stream import Stated

__all__ = [
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
