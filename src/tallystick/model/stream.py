"""A ledger record by record, for what must not hold all of it at once: exports, and answers to programs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from tallystick.model.claim import Claim
from tallystick.model.document import Document, by_publication
from tallystick.model.estimate import Estimate
from tallystick.model.fact import Fact
from tallystick.model.flag import Flag
from tallystick.model.hit import Hit
from tallystick.model.judgement import Judgement
from tallystick.model.ledger import Ledger
from tallystick.model.lineage import Edge, Origin
from tallystick.model.review import Review, Standing

__all__ = ["Citation", "LedgerStream", "Stated", "Streamed", "citation"]


@dataclass(frozen=True, slots=True)
class Citation:
    """What a reader needs to find a report; the fields are those of `Document`."""

    document: str
    sha256: str
    title: str | None
    url: str | None
    outlet: str | None
    author: str | None
    published: str | None
    language: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A claim with what a case knows of it.

    Attributes:
        claim: It.
        citation: The report that it stands in.
        traced_to: Id of its origin, or None where nothing has been derived of it yet.
        standing: By whose word it stands.
    """

    claim: Claim
    citation: Citation
    traced_to: str | None
    standing: Standing = Standing.EXTRACTED


class LedgerStream(Protocol):
    """The content of a case, each kind in the order of `Ledger`, one record after the other.

    Everything that one stream gives is of one moment. Iterators hold a bounded number of records.
    """

    def documents(self) -> Iterator[Document]:
        """Give every report, by publication."""

    def stated(self) -> Iterator[Stated]:
        """Give every claim that counts, in the order of the documents, then by `start`."""

    def facts(self) -> Iterator[Fact]:
        """Give every fact, in the order of the documents, then by `start`."""

    def edges(self) -> Iterator[Edge]:
        """Give every edge."""

    def origins(self) -> Iterator[Origin]:
        """Give every origin."""

    def estimates(self) -> Iterator[Estimate]:
        """Give every estimate, the most reported first."""

    def flags(self) -> Iterator[Flag]:
        """Give every flag, the gravest first."""

    def hits(self) -> Iterator[Hit]:
        """Give every hit, the gravest tier first."""

    def judgements(self) -> Iterator[Judgement]:
        """Give every judgement, in order."""

    def reviews(self) -> Iterator[Review]:
        """Give every review of claims, in order."""

    def claims_of(self, names: Iterable[str]) -> Mapping[str, Stated]:
        """Give the claims of these ids, by id; those that there are not, or that do not count, are left out."""

    def citations_of(self, names: Iterable[str]) -> Mapping[str, Citation]:
        """Give where the reports of these ids are found, by id; those that there are not are left out."""


def citation(document: Document) -> Citation:
    """Give where a report is found."""
    return Citation(
        document.id, document.sha256, document.title, document.url, document.outlet, document.author,
        document.published, document.language,
    )  # fmt: skip


class Streamed:
    """A ledger in memory as a stream: one derived for a day in the past, or a small one."""

    def __init__(self, ledger: Ledger, reviews: Iterable[Review] = ()) -> None:
        """Take the ledger, and the reviews that it rests on."""
        self._ledger = ledger
        self._reviews = tuple(reviews)
        self._citations = {document.id: citation(document) for document in ledger.documents}
        self._origin_of = {claim: origin.id for origin in ledger.lineage.origins for claim in origin.claims}
        self._claims = {claim.id: claim for claim in ledger.claims}

    def documents(self) -> Iterator[Document]:
        """Give every report, by publication."""
        yield from sorted(self._ledger.documents, key=by_publication)

    def stated(self) -> Iterator[Stated]:
        """Give every claim, in the order of the ledger."""
        yield from map(self._stated, self._ledger.claims)

    def facts(self) -> Iterator[Fact]:
        """Give every fact."""
        yield from self._ledger.facts

    def edges(self) -> Iterator[Edge]:
        """Give every edge."""
        yield from self._ledger.lineage.edges

    def origins(self) -> Iterator[Origin]:
        """Give every origin."""
        yield from self._ledger.lineage.origins

    def estimates(self) -> Iterator[Estimate]:
        """Give every estimate."""
        yield from self._ledger.estimates

    def flags(self) -> Iterator[Flag]:
        """Give every flag."""
        yield from self._ledger.flags

    def hits(self) -> Iterator[Hit]:
        """Give every hit."""
        yield from self._ledger.hits

    def judgements(self) -> Iterator[Judgement]:
        """Give every judgement."""
        yield from self._ledger.judgements

    def reviews(self) -> Iterator[Review]:
        """Give every review."""
        yield from self._reviews

    def claims_of(self, names: Iterable[str]) -> Mapping[str, Stated]:
        """Give the claims of these ids, by id."""
        return {name: self._stated(self._claims[name]) for name in names if name in self._claims}

    def citations_of(self, names: Iterable[str]) -> Mapping[str, Citation]:
        """Give where the reports of these ids are found, by id."""
        return {name: self._citations[name] for name in names if name in self._citations}

    def _stated(self, claim: Claim) -> Stated:
        return Stated(claim, self._citations[claim.document], self._origin_of.get(claim.id))
