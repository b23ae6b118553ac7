"""What the API gives besides the records that everything gives: pages, single things with what belongs to them, work.

The schemas of the description are made from these; fields are only ever added.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

from tallystick.exporting.records import (
    ChangeRecord,
    ClaimRecord,
    DocumentRecord,
    EdgeRecord,
    EstimateRecord,
    FlagRecord,
    HitRecord,
    JudgementRecord,
    OriginRecord,
)
from tallystick.model.claim import Claim, Ground
from tallystick.model.document import Passage
from tallystick.model.quantity import Number
from tallystick.model.review import Review
from tallystick.workbench.jobs import Job

__all__ = [
    "CaseCard", "ChangePage", "ClaimDetail", "ClaimPage", "ClaimValue", "CountsRecord", "DocumentDetail",
    "DocumentPage", "EstimateDetail", "EstimatePage", "FailureRecord", "FlagPage", "FoundPage", "FoundRecord",
    "GroundRecord", "HitPage", "JobRecord", "JudgementPage", "OriginDetail", "OriginPage", "PassageRecord",
    "ReasonRecord", "ReviewPage", "ReviewRecord", "ground_record", "job_record", "passage_record", "review_record",
]  # fmt: skip

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Page(Generic[Record]):
    """A page: its records in order, and the address of the next one, or null on the last."""

    records: tuple[Record, ...]
    next: str | None


ClaimPage = Page[ClaimRecord]
DocumentPage = Page[DocumentRecord]
OriginPage = Page[OriginRecord]
EstimatePage = Page[EstimateRecord]
FlagPage = Page[FlagRecord]
HitPage = Page[HitRecord]
JudgementPage = Page[JudgementRecord]
ChangePage = Page[ChangeRecord]


@dataclass(frozen=True, slots=True)
class CaseCard:
    """The case: its name and dossier, how much it holds, and whether what is derived is up to date with that.

    `state` names what the case holds by now: where it is the same, every answer is.
    """

    name: str
    dossier: str
    version: str
    state: str
    up_to_date: bool
    documents: int
    claims: int
    origins: int
    estimates: int
    flags: int
    hits: int
    judgements: int
    reviews: int
    changes: int


@dataclass(frozen=True, slots=True)
class PassageRecord:
    """A stretch of a report's text, in code points, and what it is: "body", "quoted", "comment", ..."""

    start: int
    end: int
    kind: str
    language: str | None


@dataclass(frozen=True, slots=True)
class DocumentDetail:
    """A report: its record, its passages, and how many claims were found in it, those that count no more too."""

    document: DocumentRecord
    passages: tuple[PassageRecord, ...]
    claims: int


@dataclass(frozen=True, slots=True)
class GroundRecord:
    """Why a field of a claim has its value: the words that say so, and where they stand in the report, or null."""

    field: str
    value: str
    cue: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class ClaimValue:
    """What a claim said before or after a review."""

    id: str
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


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """A reviewer's decision about claims of one report; `of` is the review that this one withdraws."""

    number: int
    made: str
    by: str
    verdict: str
    document: str
    before: tuple[ClaimValue, ...]
    after: tuple[ClaimValue, ...]
    why: str
    of: int | None


ReviewPage = Page[ReviewRecord]


@dataclass(frozen=True, slots=True)
class ClaimDetail:
    """A claim with what stands around it.

    `back` are the steps to what it repeats, `forward` those of claims that repeat it (`more` says that there are
    further ones), `beside` the ids of the other claims of its report, the nearest first. `seen` is the number of its
    last review, 0 for none: a decision about it is sent with it.
    """

    claim: ClaimRecord
    grounds: tuple[GroundRecord, ...]
    back: tuple[EdgeRecord, ...]
    forward: tuple[EdgeRecord, ...]
    more: bool
    beside: tuple[str, ...]
    estimates: tuple[str, ...]
    flags: tuple[str, ...]
    reviews: tuple[ReviewRecord, ...]
    seen: int


@dataclass(frozen=True, slots=True)
class OriginDetail:
    """An origin with its claims and the steps between them; `more` says that there are further claims or steps."""

    origin: OriginRecord
    claims: tuple[ClaimRecord, ...]
    edges: tuple[EdgeRecord, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class EstimateDetail:
    """An estimate with the origins of its readings, the first of its claims, and its parts; `more` as of an origin."""

    estimate: EstimateRecord
    origins: tuple[OriginRecord, ...]
    claims: tuple[ClaimRecord, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A place where the words stand: `start` and `end` are those of the figure of a claim, or of the first word.

    `before`, `hit` and `behind` are the line around it.
    """

    kind: str
    id: str
    document: str
    title: str | None
    outlet: str | None
    published: str | None
    start: int
    end: int
    before: str
    hit: str
    behind: str


FoundPage = Page[FoundRecord]


@dataclass(frozen=True, slots=True)
class CountsRecord:
    """How much a job met: reports read, new ones, ones that were known, claims of the new ones, failures."""

    read: int
    added: int
    known: int
    claims: int
    failed: int


@dataclass(frozen=True, slots=True)
class FailureRecord:
    """What could not be taken, at which stage, and why."""

    document: str
    stage: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReasonRecord:
    """Why some pieces were left out on purpose, and how many."""

    reason: str
    pieces: int


@dataclass(frozen=True, slots=True)
class JobRecord:
    """Work that was asked for: "waiting", "running", "done" or "failed"; times are ISO 8601 in UTC, or null.

    `documents` and `failures` are the first of them; the case keeps all.
    """

    id: str
    state: str
    who: str
    what: str
    asked: str
    started: str | None
    finished: str | None
    counts: CountsRecord
    left_out: tuple[ReasonRecord, ...]
    failures: tuple[FailureRecord, ...]
    documents: tuple[str, ...]
    trouble: str


def passage_record(passage: Passage) -> PassageRecord:
    """Give the record of a passage."""
    return PassageRecord(passage.start, passage.end, passage.kind.value, passage.language)


def ground_record(ground: Ground) -> GroundRecord:
    """Give the record of a ground."""
    return GroundRecord(ground.field, ground.value, ground.cue, ground.start, ground.end)


def review_record(review: Review) -> ReviewRecord:
    """Give the record of a review."""
    return ReviewRecord(
        review.number, review.made, review.by, review.verdict.value, review.document,
        tuple(map(_value, review.before)), tuple(map(_value, review.after)), review.why, review.of,
    )  # fmt: skip


def job_record(job: Job) -> JobRecord:
    """Give the record of a job."""
    times = (job.asked, job.started, job.finished)
    asked, started, finished = (None if one is None else one.isoformat().replace("+00:00", "Z") for one in times)
    return JobRecord(
        job.id, job.state.value, job.who, job.what, asked or "", started, finished, CountsRecord(*job.counts),
        tuple(ReasonRecord(reason, pieces) for reason, pieces in job.left_out),
        tuple(FailureRecord(one.document, one.stage, one.reason) for one in job.failures), job.documents, job.trouble,
    )  # fmt: skip


def _value(claim: Claim) -> ClaimValue:
    return ClaimValue(
        claim.id, claim.start, claim.end, claim.figure, claim.low, claim.high, claim.bound.value, claim.unit,
        claim.counted, claim.category, claim.origin, claim.place, claim.status.value,
        claim.aspect and claim.aspect.value, claim.measure and claim.measure.value, claim.speaker, claim.via,
        claim.when, claim.stated,
    )  # fmt: skip
