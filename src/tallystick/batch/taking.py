"""Take the results of a batch into a case: shards come in, the outcome of a run goes out.

Nothing is extracted anew where the case has the rules of the batch; then it is derived as any other case.
"""

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Generic, TypeVar

from tallystick.batch.deriving_parts import FAILURES
from tallystick.batch.jobs import Rules as BatchRules
from tallystick.batch.keeping import kept_dossier
from tallystick.batch.marking import MANIFEST, REPORT, marked
from tallystick.batch.places import Folder, opened
from tallystick.batch.reading_shards import SHARDS
from tallystick.batch.tables import records, require
from tallystick.errors import ReadingError
from tallystick.model.claim import Claim
from tallystick.model.document import Document, Failure, Original, Retrieved
from tallystick.model.fact import Fact
from tallystick.model.progress import Progress
from tallystick.pipeline import Outcome, fill
from tallystick.storage.case import Rules
from tallystick.storage.custody import Keeper
from tallystick.storage.loading import Report
from tallystick.storage.stores.address import CaseAddress

__all__ = ["take"]

# What makes results whole.
AGAIN = "give the command of the batch again, which makes anew what is not whole"
# Of shards so many are named; of what a library says so many characters.
NAMED, SAID = 3, 200

K = TypeVar("K")
R = TypeVar("R", Claim, Fact)


def take(
    results: str, address: CaseAddress, dossier: str | None = None, *, progress: Progress | None = None,
    by: Keeper | None = None,
) -> Outcome:  # fmt: skip
    """Take what a batch has found into the case at `address`; doing it twice changes nothing.

    Args:
        results: The folder of a finished batch, local or on S3.
        address: The case; made where it does not exist.
        dossier: As of `pipeline.run`; a case that is made now gets that of the batch where it is None.
        progress: Told of every document.
        by: Who does it, for the custody log; None names nobody.

    Raises:
        ReadingError: Where there is no finished batch, or something of it is damaged or missing.
        ExtraMissingError: Where pyarrow is not installed.
        DossierError, UnknownDossierError: Where the dossier cannot be loaded.
        CaseError: Where the case cannot be opened or written.
    """
    require()
    out = Folder(results)
    manifest, report = out.read(MANIFEST), out.read(REPORT)
    if manifest is None:
        raise ReadingError(results, "no results of a batch here; 'tallystick batch INPUT... --out FOLDER' makes some")
    if report is None:
        raise ReadingError(results, "this batch is not finished; give its command again, and it goes on where it was")
    try:
        told = json.loads(manifest)
        made_by, planned = BatchRules(**told["rules"]), tuple(map(str, told["shards"]))
    except (ValueError, KeyError, TypeError) as error:
        raise ReadingError(results, f"its {MANIFEST} is damaged; {AGAIN}") from error
    shards = _whole(out, planned, made_by)
    rules = Rules(made_by.dossier, made_by.dossier_sha256, made_by.version)
    with kept_dossier(out) as first:
        found = (report for shard in shards for report in _reports(out, shard))
        failures = _rows(out, FAILURES, Failure)
        return fill(found, rules, address, dossier, first=first, failures=failures, progress=progress, by=by)


def _whole(out: Folder, planned: tuple[str, ...], rules: BatchRules) -> list[str]:
    """The shards that can be taken: all but those of which the batch itself tells that they could not be read."""
    shards = [name for name in planned if marked(out, f"{SHARDS}/{name}", rules) is not None]
    lost = sum(one.stage == "batch" for one in _rows(out, FAILURES, Failure))
    missing = sorted(set(planned) - set(shards))
    if len(missing) > lost:
        named = ", ".join(missing[:NAMED]) + (" and others" if len(missing) > NAMED else "")
        reason = f"{len(missing)} of {len(planned)} shards are damaged, missing or by other rules ({named}); {AGAIN}"
        raise ReadingError(out.place, reason)
    return shards


def _reports(out: Folder, shard: str) -> Iterator[Report]:
    """The reports of a shard; what is said of them stands in the same order."""
    under = f"{SHARDS}/{shard}"
    claims = _Following(_rows(out, f"{under}/claims.parquet", Claim))
    facts = _Following(_rows(out, f"{under}/facts.parquet", Fact))
    failed = {one.document: one for one in _rows(out, f"{under}/failures.parquet", Failure) if one.stage == "extract"}
    documents = _rows(out, f"{under}/documents.parquet", Document)
    for document, original in zip(documents, _rows(out, f"{under}/originals.parquet", Original), strict=True):
        found = Retrieved(document, original)
        yield Report(found, claims.of(document.id), facts.of(document.id), failed.get(document.name))


class _Following(Generic[R]):
    """Claims or facts that come document by document."""

    def __init__(self, found: Iterator[R]) -> None:
        self._groups: Iterator[tuple[str, Iterator[R]]] = groupby(found, key=lambda one: one.document)
        self._next: tuple[str, Iterator[R]] | None = next(self._groups, None)

    def of(self, document: str) -> tuple[R, ...]:
        """Give those of the document whose turn it is."""
        if self._next is None or self._next[0] != document:
            return ()
        own = tuple(self._next[1])
        self._next = next(self._groups, None)
        return own


def _rows(out: Folder, name: str, kind: type[K]) -> Iterator[K]:
    try:
        with opened(out.path(name)) as stream:
            yield from records(stream, kind)
    except (OSError, ValueError, KeyError, TypeError) as error:
        said = " ".join(str(error).split())[:SAID]
        raise ReadingError(out.path(name), f"cannot be read ({said}); remove it, and {AGAIN}") from error
