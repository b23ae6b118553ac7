"""Derive the blocks of one part: its documents and claims come in, who repeats whom and the origins go out as Parquet.

Each block is traced as it is in a case; the digest of the part is of all its rows, in the order that every case has.
"""

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TypeVar

from tallystick.batch.forking import Forked
from tallystick.batch.jobs import DeriveJob, Part, Rules, Subject
from tallystick.batch.marking import mark, marked
from tallystick.batch.places import Folder, opened
from tallystick.batch.reading_shards import dossier_of
from tallystick.batch.tables import Table, digest_of, records
from tallystick.model.claim import Claim
from tallystick.model.document import Document, by_publication
from tallystick.model.fact import Fact
from tallystick.model.lineage import Edge, EdgeLevel, Lineage, Mechanism, Origin
from tallystick.tracing.hands import ALONE
from tallystick.tracing.tracing import trace

__all__ = ["FAILURES", "RESULTS", "derive_part", "is_derived", "under"]

RESULTS = "results"
FAILURES = f"{RESULTS}/failures.parquet"
# A whole report that stands in an earlier one.
COPIED = frozenset((Mechanism.IDENTICAL_TEXT, Mechanism.NEAR_IDENTICAL_TEXT, Mechanism.REPUBLISHED_TEXT))
# Reports of a block from which on several processes trace it: to fork one takes some 20 ms, in which 10 are traced.
SHARED = 100
R = TypeVar("R")


def under(number: int) -> str:
    """Give the folder of a part."""
    return f"{RESULTS}/part-{number:05}"


def is_derived(out: Folder, part: Part, rules: Rules) -> bool:
    """Whether a part stands as it would be made."""
    told = marked(out, under(part.number), rules)
    return told is not None and told.get("sources") == part.sources


def derive_part(job: DeriveJob, subject: Subject) -> None:
    """Write the edges and origins of a part, and its marker.

    Raises:
        OSError: Where it cannot be read or written.
    """
    with _uncollected():
        _derive(job, subject)


def _derive(job: DeriveJob, subject: Subject) -> None:
    out, dossier = Folder(job.out), dossier_of(subject)
    hands = Forked(job.hands) if max(map(len, job.part.blocks)) >= SHARED else ALONE
    place = under(job.part.number)
    out.sweep(place)
    documents = {one.id: one for one in _read(out, f"{place}/documents.parquet", Document)}
    claims, facts = defaultdict(list), defaultdict(list)
    for claim in _read(out, f"{place}/claims.parquet", Claim):
        claims[claim.document].append(claim)
    for fact in _read(out, f"{place}/facts.parquet", Fact):
        facts[fact.document].append(fact)
    ordered = sorted(documents.values(), key=by_publication)
    digests = dict(zip(("claims", "documents", "facts"), hands.each([
        partial(digest_of, Claim, [one for document in ordered for one in claims[document.id]]),
        partial(digest_of, Document, ordered),
        partial(digest_of, Fact, [one for document in ordered for one in facts[document.id]]),
    ]), strict=True))  # fmt: skip
    copies: set[str] = set()
    with (
        out.writing(f"{place}/edges.parquet") as to_edges, Table(to_edges, Edge) as edges,
        out.writing(f"{place}/origins.parquet") as to_origins, Table(to_origins, Origin) as origins,
    ):  # fmt: skip
        for block in job.part.blocks:
            found = trace(
                tuple(documents[name] for name in block),
                tuple(claim for name in block for claim in claims[name]), dossier,
                hands=hands if len(block) >= SHARED else ALONE,
            )  # fmt: skip
            edges.extend(found.edges)
            origins.extend(found.origins)
            copies.update(_copies(found))
    mark(out, place, subject.rules, {
        "sources": job.part.sources, "blocks": len(job.part.blocks),
        "counts": {
            "documents": len(documents), "claims": sum(map(len, claims.values())),
            "facts": sum(map(len, facts.values())), "edges": edges.count, "origins": origins.count,
            "copies": len(copies),
        },
        "digest": {**digests, "edges": edges.digest, "origins": origins.digest},
    })  # fmt: skip


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no cycles in the block: there are none, and to look for them takes a fifth of the time of a part."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _read(out: Folder, name: str, kind: type[R]) -> Iterator[R]:
    with opened(out.path(name)) as stream:
        yield from records(stream, kind)


def _copies(found: Lineage) -> Iterable[str]:
    return (
        edge.later for edge in found.edges if edge.level is EdgeLevel.DOCUMENT and edge.mechanism in COPIED
    )  # fmt: skip
