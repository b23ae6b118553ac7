"""The kinds of record that a case holds: a stream comes in, the outside records of one kind go out, one by one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from heapq import merge
from itertools import islice
from operator import itemgetter

from tallystick.exporting.recording import (
    claim_record,
    edge_record,
    estimate_record,
    flag_record,
    hit_record,
    judgement_record,
    origin_record,
)
from tallystick.exporting.records import (
    ClaimRecord,
    EdgeRecord,
    EstimateRecord,
    FlagRecord,
    HitRecord,
    JudgementRecord,
    OriginRecord,
)
from tallystick.model.fact import Fact
from tallystick.model.stream import Citation, LedgerStream

__all__ = ["FactRecord", "Kind", "Record", "as_fields", "fact_record", "records_of"]

# Facts whose reports are looked up at once.
PORTION = 500


class Kind(StrEnum):
    """Which records are written."""

    FIGURE = "figure"
    FACT = "fact"
    ESTIMATE = "estimate"
    ORIGIN = "origin"
    EDGE = "edge"
    FLAG = "flag"
    HIT = "hit"
    JUDGEMENT = "judgement"
    ALL = "all"  # figures and facts


@dataclass(frozen=True, slots=True)
class FactRecord:
    """A statement without a figure that the dossier asks for; `text[start:end] == value` holds of the report's text."""

    kind: str
    id: str
    document: str
    slot: str
    value: str
    start: int
    end: int
    status: str
    speaker: str | None
    via: str | None
    stated: str | None
    quote: str
    prefix: str
    suffix: str
    grounds: tuple[str, ...]


Record = (
    ClaimRecord | FactRecord | EstimateRecord | OriginRecord | EdgeRecord | FlagRecord | HitRecord | JudgementRecord
)


def fact_record(fact: Fact) -> FactRecord:
    """Give the record of a fact."""
    return FactRecord(
        Kind.FACT.value, fact.id, fact.document, fact.slot, fact.value, fact.start, fact.end, fact.status.value,
        fact.speaker, fact.via, fact.stated, fact.quote, fact.prefix, fact.suffix, tuple(map(str, fact.grounds)),
    )  # fmt: skip


def records_of(stream: LedgerStream, kind: Kind) -> Iterator[Record]:
    """Give the records of a kind, in the order of the ledger."""
    match kind:
        case Kind.FIGURE:
            return map(claim_record, stream.stated())
        case Kind.FACT:
            return map(fact_record, stream.facts())
        case Kind.ESTIMATE:
            return map(estimate_record, stream.estimates())
        case Kind.ORIGIN:
            return map(origin_record, stream.origins())
        case Kind.EDGE:
            return map(edge_record, stream.edges())
        case Kind.FLAG:
            return map(flag_record, stream.flags())
        case Kind.HIT:
            return map(hit_record, stream.hits())
        case Kind.JUDGEMENT:
            return map(judgement_record, stream.judgements())
        case Kind.ALL:
            return _statements(stream)


def _statements(stream: LedgerStream) -> Iterator[Record]:
    """Claims and facts, in the order of the documents and their text."""
    figures = (((*_turn(one.citation), one.claim.start), claim_record(one)) for one in stream.stated())
    for _, record in merge(_placed(stream), figures, key=itemgetter(0)):
        yield record


def _placed(stream: LedgerStream) -> Iterator[tuple[tuple[bool, str, str, int], Record]]:
    """Facts, each with its place among the statements."""
    facts = stream.facts()
    while some := tuple(islice(facts, PORTION)):
        cited = stream.citations_of(fact.document for fact in some)
        for fact in some:
            yield (*_turn(cited[fact.document]), fact.start), fact_record(fact)


def _turn(cited: Citation) -> tuple[bool, str, str]:
    """The place of a report in the order of publication."""
    return cited.published is None, cited.published or "", cited.document


def as_fields(record: object) -> Mapping[str, object]:
    """Give the fields of a record by name: for `json.dumps(..., default=as_fields)`, which asks for those inside too.

    Raises:
        TypeError: Where it is no record.
    """
    names = getattr(type(record), "__slots__", None)
    if names is None:
        raise TypeError(f"{type(record).__name__} is no record")
    return {name: getattr(record, name) for name in names}
