"""Read one shard: its pages become documents, claims, facts and ties in Parquet, and then its marker is written.

Memory holds a few groups of rows, however many pages there are. Done again it writes the same files over.
"""

import pickle
import time
from collections import Counter
from contextlib import ExitStack
from functools import lru_cache
from typing import NamedTuple

from tallystick.batch.jobs import ReadJob, Seconds, ShardCounts, Subject
from tallystick.batch.marking import mark
from tallystick.batch.pages import pages
from tallystick.batch.places import Folder
from tallystick.batch.readings import Guard, Reading, readings
from tallystick.batch.tables import Table
from tallystick.model.claim import Claim
from tallystick.model.document import Document, Failure, Original
from tallystick.model.dossier import Dossier
from tallystick.model.fact import Fact
from tallystick.values.terms import Terms

__all__ = ["CLASHING", "KNOWN", "SHARDS", "TieRow", "dossier_of", "read_shard"]

SHARDS = "shards"
KNOWN = "the same report once more"
CLASHING = "another report has this id; give each its own"


class TieRow(NamedTuple):
    """One tie of a document."""

    document: str
    key: int
    first: int
    last: int
    reach: int


def read_shard(job: ReadJob, subject: Subject, guard: Guard) -> int:
    """Write what a shard holds, and its marker; give how many pages it has.

    Raises:
        OSError: Where the input cannot be read on, or the results cannot be written.
    """
    dossier, terms = dossier_of(subject), _terms_of(subject)
    wanted = terms.in_bytes if dossier.watch.terms else None
    out = Folder(job.out)
    under = f"{SHARDS}/{job.shard.id}"
    out.sweep(under)
    begun = time.perf_counter()
    with _Sink(out, under) as sink:
        for reading in readings(job.shard.name, pages(job.shard, wanted), dossier, terms, guard, job.poisoned):
            sink.add(reading)
    took = time.perf_counter() - begun
    told = sink.told()
    spent = sink.seconds._replace(writing=max(0.0, took - sum(sink.seconds)))
    mark(out, under, subject.rules, {
        "name": job.shard.name, "first": job.shard.first, "last": job.shard.last, "counts": told._asdict(),
        "seconds": {name: round(value, 3) for name, value in spent._asdict().items()},
        "digest": sink.digests(),
    })  # fmt: skip
    return told.pages


@lru_cache(maxsize=2)
def dossier_of(subject: Subject) -> Dossier:
    """Give the dossier that a job brings; unpacked once for all its shards."""
    dossier: Dossier = pickle.loads(subject.packed)  # noqa: S301 - packed by the driver of this batch
    return dossier


@lru_cache(maxsize=2)
def _terms_of(subject: Subject) -> Terms:
    return Terms(dossier_of(subject).watch.terms)


class _Sink:
    """The files of a shard as they are written."""

    def __init__(self, out: Folder, under: str) -> None:
        self._out = out
        self._under = under
        self._stack = ExitStack()
        self._pages = self._bytes = 0
        self._held: dict[str, str] = {}
        self._left_out: Counter[str] = Counter()
        self._failed: Counter[str] = Counter()
        self.seconds = Seconds()

    def __enter__(self) -> "_Sink":
        self._stack.__enter__()
        self._documents = self._table("documents", Document)
        self._originals = self._table("originals", Original, weigh=True)
        self._claims = self._table("claims", Claim)
        self._facts = self._table("facts", Fact)
        self._ties = self._table("ties", TieRow)
        self._failures = self._table("failures", Failure)
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.__exit__(*error)  # type: ignore[arg-type]

    def _table(self, name: str, kind: type, *, weigh: bool = False) -> Table:  # type: ignore[type-arg]
        stream = self._stack.enter_context(self._out.writing(f"{self._under}/{name}.parquet"))
        return self._stack.enter_context(Table(stream, kind, weigh=_weight if weigh else None))

    def add(self, reading: Reading) -> None:
        """Write what came of one page."""
        self._pages += 1
        self._left_out.update(reading.left_out)
        self.seconds = Seconds(*map(sum, zip(self.seconds, reading.seconds, strict=True)))
        for report in reading.reports:
            document = report.found.document
            held = self._held.get(document.id)
            if held is not None:
                self._again(document, same=held == document.sha256)
                continue
            self._held[document.id] = document.sha256
            self._documents.add(document)
            self._originals.add(report.found.original)
            self._bytes += len(report.found.original.content)
            self._claims.extend(report.claims)
            self._facts.extend(report.facts)
            self._ties.extend(TieRow(document.id, *tie) for tie in report.ties)
        for failure in reading.failures:
            self._fail(failure)

    def _again(self, document: Document, *, same: bool) -> None:
        """Leave out a report of an id that the shard holds already."""
        if same:
            self._left_out[KNOWN] += 1
        else:
            self._fail(Failure(document.name, "store", CLASHING))

    def _fail(self, failure: Failure) -> None:
        self._failed[failure.stage] += 1
        self._failures.add(Failure(_written(failure.document), failure.stage, _written(failure.reason)))

    def told(self) -> ShardCounts:
        """Give what was in it."""
        return ShardCounts(
            self._pages, tuple(sorted(self._left_out.items())), self._documents.count, self._claims.count,
            self._facts.count, self._ties.count, tuple(sorted(self._failed.items())), self._bytes,
        )  # fmt: skip

    def digests(self) -> dict[str, str]:
        """Give the digest of the rows of each file."""
        return {
            "documents": self._documents.digest, "originals": self._originals.digest, "claims": self._claims.digest,
            "facts": self._facts.digest, "ties": self._ties.digest, "failures": self._failures.digest,
        }  # fmt: skip


def _weight(original: Original) -> int:
    return len(original.content)


def _written(text: str) -> str:
    """Text that can be written: half a surrogate pair stands in names of files that are no UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8")
