"""Records of the model to rows of the tables, and back again without loss.

Each pair of functions holds for one record; the enums come back as enums and the arrays as tuples.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any, TypeVar

from tallystick.model.change import Change, ChangeKind, Range, Source, Trait, Turn
from tallystick.model.claim import Aspect, Claim, Ground, Measure, Status
from tallystick.model.document import Detail, Document, Failure, Passage, PassageKind, Sureness
from tallystick.model.estimate import Conflict, ConflictKind, Estimate, Population, Reading, Widening
from tallystick.model.fact import Fact
from tallystick.model.flag import Evidence, Flag
from tallystick.model.hit import Finding, Hit, Role, Standing
from tallystick.model.judgement import Judgement, Verdict
from tallystick.model.lineage import Edge, EdgeKind, EdgeLevel, Independent, Mechanism, Origin, Shared
from tallystick.model.provision import Jurisdiction, Tier
from tallystick.model.quantity import Bound
from tallystick.model.review import Review, ReviewVerdict
from tallystick.model.second_reader import Asking, Reader, Refusal, RefusalKind

__all__ = [
    "CLAIM",
    "CLAIM_GROUND",
    "DOCUMENT",
    "DOCUMENT_TEXTS",
    "FACT",
    "FACT_GROUND",
    "PASSAGE",
    "asking_of",
    "asking_row",
    "change_of",
    "change_row",
    "claim_of",
    "claim_of_whole",
    "claim_row",
    "claim_values",
    "document_of",
    "document_row",
    "document_values",
    "edge_of",
    "edge_row",
    "estimate_of",
    "estimate_row",
    "fact_ground_row",
    "fact_of",
    "fact_row",
    "fact_values",
    "failure_of",
    "flag_of",
    "flag_row",
    "ground_row",
    "ground_values",
    "grouped",
    "judgement_of",
    "judgement_row",
    "origin_of",
    "origin_row",
    "passage_row",
    "passage_values",
    "reading_row",
    "review_of",
    "review_row",
    "whole_claim",
]

Row = Mapping[str, Any]
Made = dict[str, Any]
Values = tuple[Any, ...]
Key = TypeVar("Key", bound=Hashable)
CLAIM_TEXTS = (
    "id document start end figure low high unit counted category origin place speaker via when stated quote prefix"
    " suffix"
).split()
GROUND = ("field", "value", "cue", "start", "end")
FACT_TEXTS = "id document slot value start end speaker via stated quote prefix suffix".split()
DOCUMENT_TEXTS = ("id", "text", "sha256", "name", "title", "url", "outlet", "author", "published", "language",
                  "updated")  # fmt: skip
# Names of the values of a document, a passage, a claim, a ground, a fact and a ground of a fact, in their order.
DOCUMENT = (*DOCUMENT_TEXTS, "details")
PASSAGE = ("document", "start", "end", "repeats", "language", "turn", "page", "kind")
CLAIM = (*CLAIM_TEXTS, "bound", "status", "aspect", "measure")
CLAIM_GROUND = ("claim", *GROUND)
FACT = (*FACT_TEXTS, "status")
FACT_GROUND = ("fact", *GROUND)
# All at once: a fifth of the time that one by one takes.
_document_texts, _claim_texts, _fact_texts, _ground = (
    attrgetter(*names) for names in (DOCUMENT_TEXTS, CLAIM_TEXTS, FACT_TEXTS, GROUND)
)
_passage = attrgetter("start", "end", "repeats", "language", "turn", "page")


def grouped(rows: Iterable[Row], column: str) -> defaultdict[str, list[Row]]:
    """Gather rows by the value of `column`, in order."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[column]].append(row)
    return found


def document_values(document: Document) -> Values:
    """The values of a document; its passages are rows of their own."""
    details = [[one.field, one.value, one.how, one.sureness.value] for one in document.details]
    return (*_document_texts(document), details)


def document_row(document: Document) -> Made:
    """The row of a document."""
    return dict(zip(DOCUMENT, document_values(document), strict=True))


def passage_values(document: str, passage: Passage) -> Values:
    """The values of a passage."""
    return (document, *_passage(passage), passage.kind.value)


def passage_row(document: str, passage: Passage) -> Made:
    """The row of a passage."""
    return dict(zip(PASSAGE, passage_values(document, passage), strict=True))


def document_of(row: Row, passages: Iterable[Row]) -> Document:
    """The document of a row with the rows of its passages."""
    details = tuple(Detail(field, value, how, Sureness(sure)) for field, value, how, sure in row["details"])
    spans = tuple(map(_passage_of, passages))
    return Document(passages=spans, details=details, **{name: row[name] for name in DOCUMENT_TEXTS})


def _passage_of(row: Row) -> Passage:
    return Passage(row["start"], row["end"], PassageKind(row["kind"]), row["repeats"], row["language"], row["turn"],
                   row["page"])  # fmt: skip


def claim_values(claim: Claim) -> Values:
    """The values of a claim; its grounds are rows of their own."""
    named = (claim.bound.value, claim.status.value, _value(claim.aspect), _value(claim.measure))
    return (*_claim_texts(claim), *named)


def claim_row(claim: Claim) -> Made:
    """The row of a claim."""
    return dict(zip(CLAIM, claim_values(claim), strict=True))


def ground_values(owner: str, ground: Ground) -> Values:
    """The values of a ground of the claim or fact that owns it."""
    return (owner, *_ground(ground))


def ground_row(claim: str, ground: Ground) -> Made:
    """The row of a ground."""
    return dict(zip(CLAIM_GROUND, ground_values(claim, ground), strict=True))


def claim_of(row: Row, grounds: Iterable[Row]) -> Claim:
    """The claim of a row with the rows of its grounds."""
    return Claim(
        **{name: row[name] for name in CLAIM_TEXTS},
        bound=Bound(row["bound"]),
        status=Status(row["status"]),
        aspect=_enum(Aspect, row["aspect"]),
        measure=_enum(Measure, row["measure"]),
        grounds=tuple(map(_ground_of, grounds)),
    )


def _ground_of(row: Row) -> Ground:
    return Ground(row["field"], row["value"], row["cue"], row["start"], row["end"])


def fact_values(fact: Fact) -> Values:
    """The values of a fact; its grounds are rows of their own."""
    return (*_fact_texts(fact), fact.status.value)


def fact_row(fact: Fact) -> Made:
    """The row of a fact."""
    return dict(zip(FACT, fact_values(fact), strict=True))


def fact_ground_row(fact: str, ground: Ground) -> Made:
    """The row of a ground of a fact."""
    return dict(zip(FACT_GROUND, ground_values(fact, ground), strict=True))


def fact_of(row: Row, grounds: Iterable[Row]) -> Fact:
    """The fact of a row with the rows of its grounds."""
    return Fact(
        **{name: row[name] for name in FACT_TEXTS},
        status=Status(row["status"]),
        grounds=tuple(map(_ground_of, grounds)),
    )


def edge_row(edge: Edge) -> Made:
    """The row of an edge."""
    return {
        "later": edge.later, "earlier": edge.earlier, "level": edge.level.value, "kind": edge.kind.value,
        "mechanism": edge.mechanism.value, "reason": edge.reason, "confidence": edge.confidence,
        "shared": [[one.later_start, one.later_end, one.earlier_start, one.earlier_end] for one in edge.shared],
        "known": edge.known,
    }  # fmt: skip


def edge_of(row: Row) -> Edge:
    """The edge of a row."""
    return Edge(
        row["later"], row["earlier"], EdgeLevel(row["level"]), EdgeKind(row["kind"]), Mechanism(row["mechanism"]),
        row["reason"], row["confidence"], tuple(Shared(*one) for one in row["shared"]), row["known"],
    )  # fmt: skip


def origin_row(origin: Origin) -> Made:
    """The row of an origin."""
    return {
        "id": origin.id, "speaker": origin.speaker, "date": origin.date, "documents": list(origin.documents),
        "claims": list(origin.claims), "independent_low": origin.independent.low,
        "independent_high": origin.independent.high, "reason": origin.reason, "linked": list(origin.linked),
        "known": origin.known,
    }  # fmt: skip


def origin_of(row: Row) -> Origin:
    """The origin of a row."""
    return Origin(
        row["id"], row["speaker"], row["date"], tuple(row["documents"]), tuple(row["claims"]),
        Independent(row["independent_low"], row["independent_high"]), row["reason"], tuple(row["linked"]), row["known"],
    )  # fmt: skip


def estimate_row(estimate: Estimate) -> Made:
    """The row of an estimate; its readings are rows of their own."""
    population = estimate.population
    return {
        "id": estimate.id, "category": population.category, "origin": population.origin, "place": population.place,
        "label": population.label, "unit": population.unit, "status": estimate.status.value,
        "measure": _value(estimate.measure), "when": estimate.when, "best": estimate.best, "low": estimate.low,
        "high": estimate.high, "credibility": estimate.credibility, "claims": list(estimate.claims),
        "independent_low": estimate.independent.low, "independent_high": estimate.independent.high,
        "reports": estimate.reports, "parts": list(estimate.parts), "whole": estimate.whole,
        "conflicts": list(map(_conflict_row, estimate.conflicts)), "steps": list(estimate.steps),
        "widenings": [
            {"rule": one.rule, "low": one.low, "high": one.high, "reason": one.reason} for one in estimate.widenings
        ],
        "stale": estimate.stale, "known": estimate.known,
    }  # fmt: skip


def reading_row(estimate: str, reading: Reading) -> Made:
    """The row of a reading."""
    return {
        "estimate": estimate, "origin": reading.origin, "speaker": reading.speaker, "date": reading.date,
        "low": reading.low, "high": reading.high, "bound": reading.bound.value, "claims": list(reading.claims),
        "reports": reading.reports, "superseded": reading.superseded, "reliability": reading.reliability,
        "weight": reading.weight, "known": reading.known,
    }  # fmt: skip


def estimate_of(row: Row, readings: Iterable[Row]) -> Estimate:
    """The estimate of a row with the rows of its readings."""
    return Estimate(
        id=row["id"],
        population=Population(row["category"], row["origin"], row["place"], row["label"], row["unit"]),
        status=Status(row["status"]),
        measure=_enum(Measure, row["measure"]),
        when=row["when"],
        best=row["best"],
        low=row["low"],
        high=row["high"],
        credibility=row["credibility"],
        readings=tuple(_reading_of(one) for one in readings),
        claims=tuple(row["claims"]),
        independent=Independent(row["independent_low"], row["independent_high"]),
        reports=row["reports"],
        parts=tuple(row["parts"]),
        whole=row["whole"],
        conflicts=tuple(map(_conflict_of, row["conflicts"])),
        steps=tuple(row["steps"]),
        widenings=tuple(Widening(one["rule"], one["low"], one["high"], one["reason"]) for one in row["widenings"]),
        stale=bool(row["stale"]),
        known=row["known"],
    )


def _conflict_row(conflict: Conflict) -> Made:
    return {
        "origins": list(conflict.origins), "reason": conflict.reason, "kind": conflict.kind.value,
        "arithmetic": conflict.arithmetic, "claims": list(conflict.claims),
    }  # fmt: skip


def _conflict_of(row: Row) -> Conflict:
    # A case from before conflicts had kinds holds disagreements alone.
    kind = ConflictKind(row.get("kind", ConflictKind.DISAGREEMENT))
    return Conflict(tuple(row["origins"]), row["reason"], kind, row.get("arithmetic", ""), tuple(row.get("claims", ())))


def _reading_of(row: Row) -> Reading:
    return Reading(
        row["origin"], row["speaker"], row["date"], row["low"], row["high"], Bound(row["bound"]), tuple(row["claims"]),
        row["reports"], bool(row["superseded"]), row["reliability"], row["weight"], row["known"],
    )  # fmt: skip


def flag_row(flag: Flag) -> Made:
    """The row of a flag; its evidence is rows of their own."""
    return {"id": flag.id, "code": flag.code, "severity": flag.severity, "reason": flag.reason,
            "claims": list(flag.claims)}  # fmt: skip


def flag_of(row: Row, evidence: Iterable[Row]) -> Flag:
    """The flag of a row with the rows of its evidence."""
    spans = tuple(Evidence(one["document"], one["start"], one["end"]) for one in evidence)
    return Flag(row["id"], row["code"], row["severity"], row["reason"], tuple(row["claims"]), spans)


def hit_row(hit: Hit) -> Made:
    """The row of a hit."""
    population = hit.population
    return {
        "id": hit.id, "pack": hit.pack, "provision": hit.provision, "category": population.category,
        "origin": population.origin, "place": population.place, "label": population.label, "unit": population.unit,
        "tier": hit.tier.value, "findings": list(map(_finding_row, hit.findings)),
        "jurisdiction": hit.jurisdiction.value, "acts": hit.acts, "origins": list(hit.origins),
        "independent_low": hit.independent.low, "independent_high": hit.independent.high,
        "estimates": list(hit.estimates), "missing": list(hit.missing), "statement": hit.statement,
    }  # fmt: skip


def hit_of(row: Row) -> Hit:
    """The hit of a row."""
    return Hit(
        id=row["id"],
        pack=row["pack"],
        provision=row["provision"],
        population=Population(row["category"], row["origin"], row["place"], row["label"], row["unit"]),
        tier=Tier(row["tier"]),
        findings=tuple(map(_finding_of, row["findings"])),
        jurisdiction=Jurisdiction(row["jurisdiction"]),
        acts=row["acts"],
        origins=tuple(row["origins"]),
        independent=Independent(row["independent_low"], row["independent_high"]),
        estimates=tuple(row["estimates"]),
        missing=tuple(row["missing"]),
        statement=row["statement"],
    )


def _finding_row(finding: Finding) -> Made:
    return {
        "subject": finding.subject, "role": finding.role.value, "standing": finding.standing.value,
        "claims": list(finding.claims), "facts": list(finding.facts), "against": list(finding.against),
        "origins": list(finding.origins), "independent": [finding.independent.low, finding.independent.high],
        "evidence": [[one.document, one.start, one.end] for one in finding.evidence], "note": finding.note,
    }  # fmt: skip


def _finding_of(row: Row) -> Finding:
    return Finding(
        row["subject"], Role(row["role"]), Standing(row["standing"]), tuple(row["claims"]), tuple(row["facts"]),
        tuple(row["against"]), tuple(row["origins"]), Independent(*row["independent"]),
        tuple(Evidence(*one) for one in row["evidence"]), row["note"],
    )  # fmt: skip


def judgement_row(judgement: Judgement) -> Made:
    """The row of a judgement."""
    return {
        "number": judgement.number, "made": judgement.made, "by": judgement.by, "verdict": judgement.verdict.value,
        "later": judgement.later, "earlier": judgement.earlier, "level": judgement.level.value, "why": judgement.why,
        "before": judgement.before, "after": judgement.after,
    }  # fmt: skip


def judgement_of(row: Row) -> Judgement:
    """The judgement of a row."""
    return Judgement(
        row["number"], row["made"], row["by"], Verdict(row["verdict"]), row["later"], row["earlier"],
        EdgeLevel(row["level"]), row["why"], row["before"], row["after"],
    )  # fmt: skip


def review_row(review: Review) -> Made:
    """The row of a review, with its claims whole."""
    return {
        "number": review.number, "made": review.made, "by": review.by, "verdict": review.verdict.value,
        "document": review.document, "why": review.why, "of": review.of,
        "before": list(map(whole_claim, review.before)), "after": list(map(whole_claim, review.after)),
    }  # fmt: skip


def review_of(row: Row) -> Review:
    """The review of a row."""
    return Review(
        row["number"], row["made"], row["by"], ReviewVerdict(row["verdict"]), row["document"],
        tuple(map(claim_of_whole, row["before"])), tuple(map(claim_of_whole, row["after"])), row["why"], row["of"],
    )  # fmt: skip


def whole_claim(claim: Claim) -> Made:
    """A claim with its grounds as one JSON object."""
    return claim_row(claim) | {
        "grounds": [[one.field, one.value, one.cue, one.start, one.end] for one in claim.grounds]
    }


def claim_of_whole(row: Row) -> Claim:
    """The claim of such an object."""
    return claim_of(row, [dict(zip(GROUND, one, strict=True)) for one in row["grounds"]])


def asking_row(asking: Asking) -> Made:
    """The row of an asking; its proposals are rows of their own."""
    reader = asking.reader
    return {
        "number": asking.number, "made": asking.made, "by": asking.by, "document": asking.document,
        "endpoint": reader.endpoint, "model": reader.model, "version": asking.version, "prompt": reader.prompt,
        "prompt_sha256": reader.prompt_sha256, "requests": asking.requests, "sent": asking.sent,
        "tokens_in": asking.tokens_in, "tokens_out": asking.tokens_out,
        "refusals": [[one.kind.value, one.told] for one in asking.refusals],
    }  # fmt: skip


def asking_of(row: Row, proposals: Iterable[Row]) -> Asking:
    """The asking of a row with the rows of its proposals."""
    return Asking(
        row["number"], row["made"], row["by"], row["document"],
        Reader(row["endpoint"], row["model"], row["prompt"], row["prompt_sha256"]), row["version"], row["requests"],
        row["sent"], row["tokens_in"], row["tokens_out"], tuple(claim_of_whole(one["whole"]) for one in proposals),
        tuple(Refusal(RefusalKind(kind), told) for kind, told in row["refusals"]),
    )  # fmt: skip


def change_row(change: Change) -> Made:
    """The row of a change; what a table need not ask for is one JSON object."""
    return {
        "kind": change.kind.value, "subject": change.id, "label": change.label,
        "told": {
            "before": _range_row(change.before), "after": _range_row(change.after),
            "turns": [[one.trait.value, one.before, one.after] for one in change.turns],
            "reports": [list(one) for one in change.reports], "causes": list(change.causes), "was": change.was,
        },
    }  # fmt: skip


def change_of(row: Row) -> Change:
    """The change of a row."""
    told = row["told"]
    return Change(
        ChangeKind(row["kind"]), row["subject"], row["label"], _range_of(told["before"]), _range_of(told["after"]),
        tuple(Turn(Trait(trait), before, after) for trait, before, after in told["turns"]),
        tuple(Source(*one) for one in told["reports"]), tuple(told["causes"]), told["was"],
    )  # fmt: skip


def _range_row(given: Range | None) -> list[Any] | None:
    return None if given is None else [given.best, given.low, given.high]


def _range_of(row: Sequence[Any] | None) -> Range | None:
    return None if row is None else Range(*row)


def failure_of(row: Row) -> Failure:
    """The failure of a row."""
    return Failure(row["document"], row["stage"], row["reason"])


def _value(member: Aspect | Measure | None) -> str | None:
    return None if member is None else member.value


Member = TypeVar("Member", Aspect, Measure)


def _enum(kind: Callable[[str], Member], value: str | None) -> Member | None:
    return None if value is None else kind(value)
