"""A stream of records that is told of as it goes by: a stream and a listener come in, the same stream goes out."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from tallystick.model.document import Document
from tallystick.model.estimate import Estimate
from tallystick.model.fact import Fact
from tallystick.model.flag import Flag
from tallystick.model.hit import Hit
from tallystick.model.judgement import Judgement
from tallystick.model.lineage import Edge, Origin
from tallystick.model.progress import Progress
from tallystick.model.review import Review
from tallystick.model.stream import Citation, LedgerStream, Stated

__all__ = ["Watched"]

Record = TypeVar("Record")
# Records between two words to the listener: a bar is drawn ten times a second.
EVERY = 200


class Watched:
    """A `LedgerStream` whose records are counted."""

    def __init__(self, stream: LedgerStream, progress: Progress) -> None:
        self._stream = stream
        self._progress = progress

    def _told(self, found: Iterator[Record]) -> Iterator[Record]:
        count = 0
        for record in found:
            count += 1
            if count % EVERY == 0:
                self._progress.advance(EVERY)
            yield record
        self._progress.advance(count % EVERY)

    def documents(self) -> Iterator[Document]:
        """Give every report."""
        return self._told(self._stream.documents())

    def stated(self) -> Iterator[Stated]:
        """Give every claim that counts."""
        return self._told(self._stream.stated())

    def facts(self) -> Iterator[Fact]:
        """Give every fact."""
        return self._told(self._stream.facts())

    def edges(self) -> Iterator[Edge]:
        """Give every edge."""
        return self._told(self._stream.edges())

    def origins(self) -> Iterator[Origin]:
        """Give every origin."""
        return self._told(self._stream.origins())

    def estimates(self) -> Iterator[Estimate]:
        """Give every estimate."""
        return self._told(self._stream.estimates())

    def flags(self) -> Iterator[Flag]:
        """Give every flag."""
        return self._told(self._stream.flags())

    def hits(self) -> Iterator[Hit]:
        """Give every hit."""
        return self._told(self._stream.hits())

    def judgements(self) -> Iterator[Judgement]:
        """Give every judgement."""
        return self._told(self._stream.judgements())

    def reviews(self) -> Iterator[Review]:
        """Give every review."""
        return self._told(self._stream.reviews())

    def claims_of(self, names: Iterable[str]) -> Mapping[str, Stated]:
        """Give the claims of these ids."""
        return self._stream.claims_of(names)

    def citations_of(self, names: Iterable[str]) -> Mapping[str, Citation]:
        """Give where the reports of these ids are found."""
        return self._stream.citations_of(names)
