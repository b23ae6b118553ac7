"""A whole batch: inputs, a dossier and a folder come in, Parquet and a report of what was read go out.

What stands already is not done again, so a batch that was cut off goes on where it was by being run once more.
"""

import pickle
import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple, Protocol

from tallystick.batch.deriving_parts import FAILURES, RESULTS, is_derived, under
from tallystick.batch.engines.engine import Engine
from tallystick.batch.jobs import DeriveJob, Done, Job, Limits, Lost, ReadJob, Rules, Subject
from tallystick.batch.joining import Joined, join, spread
from tallystick.batch.keeping import keep_dossier
from tallystick.batch.marking import LAYOUT, MANIFEST, REPORT, as_json, markers
from tallystick.batch.places import Folder
from tallystick.batch.reading_shards import CLASHING, SHARDS
from tallystick.batch.shards import SHARD_BYTES, Shard, shards
from tallystick.batch.summing import CORE_HOUR, Counted, Summary, summed
from tallystick.batch.tables import Table, records, require
from tallystick.dossiers.loading import load
from tallystick.errors import ReadingError
from tallystick.model.document import Failure
from tallystick.pipeline import VERSION

__all__ = ["Listener", "Request", "State", "batch"]


READING, JOINING = "reading", "joining"


class Request(NamedTuple):
    """What a batch is to do.

    Attributes:
        inputs: Files, folders and globs, local or on S3.
        dossier: A bundled name or a YAML file.
        out: Where the results go, local or on S3.
        shard: Bytes of a shard, about.
        limits: What one page may take.
    """

    inputs: tuple[str, ...]
    dossier: str
    out: str
    shard: int = SHARD_BYTES
    limits: Limits = Limits()


class State(NamedTuple):
    """How far a batch is.

    Attributes:
        stage: "reading" or "joining".
        done: Jobs of the stage that are done, those of an earlier run too.
        of: All of them.
        pages: Pages gone through in this run.
        seconds: Since the stage began.
        left: Seconds that it will still take at this rate, or None where that cannot be told yet.
    """

    stage: str
    done: int
    of: int
    pages: int
    seconds: float
    left: float | None


class Listener(Protocol):
    """Who is told how far a batch is."""

    def show(self, state: State) -> None:
        """Show how far it is; called at the start and for every job that is done."""

    def fail(self, lost: Lost) -> None:
        """Show that a job could not be done."""


def batch(request: Request, engine: Engine, listener: Listener, *, price: float = CORE_HOUR) -> Summary:
    """Read the inputs, join what they hold, and give what was read, which is also in `report.json`.

    Args:
        request: What is to be done.
        engine: What has it done.
        listener: Told how far it is.
        price: US dollars for an hour of one core.

    Raises:
        DossierError, UnknownDossierError: Where the dossier cannot be loaded.
        ReadingError: Where an input has nothing to read, or the results cannot be written.
        ExtraMissingError: Where pyarrow, or what the engine needs, is not installed.
    """
    require()
    begun = time.perf_counter()
    planned = shards(request.inputs, request.shard)
    try:
        return _done(request, planned, engine, _Count(listener, begun), price)
    except OSError as error:
        reason = f"the results cannot be written ({' '.join(str(error).split())[:300]})"
        raise ReadingError(request.out, reason) from error


def _done(request: Request, planned: Sequence[Shard], engine: Engine, counted: "_Count", price: float) -> Summary:
    out = Folder(request.out)
    standing = out.sizes(SHARDS)
    engine.begin(sum(f"{shard.id}.json" not in standing for shard in planned))
    dossier = load(request.dossier)
    rules = Rules(dossier.name, dossier.sha256, VERSION, LAYOUT)
    subject = Subject(rules, pickle.dumps(dossier))
    out.remove(REPORT)
    for place in ("", SHARDS, RESULTS):
        out.sweep(place)
    keep_dossier(out, request.dossier)
    out.write(MANIFEST, as_json({"rules": rules._asdict(), "shards": [shard.id for shard in planned]}))
    lost = _read(request, planned, standing, subject, engine, counted)
    told = markers(out, [f"{SHARDS}/{shard.id}" for shard in planned], rules)
    done = [name.removeprefix(f"{SHARDS}/") for name in told]
    joined = join(out, done, rules, (one.get("digest") for one in told.values()))
    lost += _derive(request, done, joined, subject, engine, counted)
    failed = _failures(out, done, joined, lost)
    parts = tuple(markers(out, [under(part.number) for part in joined.parts], rules).values())
    took = counted.told(engine.workers)
    summary = summed(rules, len(planned), tuple(told.values()), parts, joined, failed, took)
    out.write(REPORT, as_json(summary.told()))
    out.write("report.md", summary.text(price).encode())
    return summary


def _read(
    request: Request, planned: Sequence[Shard], standing: Collection[str], subject: Subject, engine: Engine,
    counted: "_Count",
) -> list[Lost]:  # fmt: skip
    """Have those shards read that have no whole marker; `standing` are the names of the files beside theirs."""
    out = Folder(request.out)
    begun = [f"{SHARDS}/{shard.id}" for shard in planned if f"{shard.id}.json" in standing]
    whole = markers(out, begun, subject.rules)
    left = [shard for shard in planned if f"{SHARDS}/{shard.id}" not in whole]
    jobs = [ReadJob(shard, request.out, request.limits) for shard in left]
    weights = {shard.name: shard.size for shard in left}
    return counted.through(READING, engine, subject, jobs, weights, before=len(planned) - len(left))


def _derive(
    request: Request, done: Sequence[str], joined: Joined, subject: Subject, engine: Engine, counted: "_Count"
) -> list[Lost]:  # fmt: skip
    out = Folder(request.out)
    jobs = [DeriveJob(part, request.out, request.limits) for part in joined.parts]
    left = [job for job in jobs if not is_derived(out, job.part, subject.rules)]
    weights = {job.name: sum(map(len, job.part.blocks)) for job in left}
    # The workers that are left over by few parts help with these, the more with the larger.
    whole = sum(weights.values())
    left = [replace(job, hands=max(1, engine.workers * weights[job.name] // whole)) for job in left]
    for job in left:
        out.remove(f"{under(job.part.number)}.json")
    _forget(out, len(jobs))
    if left:
        spread(out, done, [job.part for job in left])
    return counted.through(JOINING, engine, subject, left, weights, before=len(jobs) - len(left))


def _forget(out: Folder, parts: int) -> None:
    """Remove the parts of an earlier batch that had more of them."""
    standing = out.sizes(RESULTS)
    number = parts
    while f"{under(number)}.json".rpartition("/")[2] in standing:
        out.remove(f"{under(number)}.json")
        for name in out.sizes(under(number)):
            out.remove(f"{under(number)}/{name}")
        number += 1


def _failures(out: Folder, done: Iterable[str], joined: Joined, lost: Iterable[Lost]) -> list[Failure]:
    """Write what could not be taken, of all shards, in order of name."""
    found = [Failure(one.name, "batch", one.reason) for one in lost]
    found.extend(Failure(name, "store", CLASHING) for name in joined.clashing)
    for held in out.each(f"{SHARDS}/{shard}/failures.parquet" for shard in done):
        found.extend(records(held, Failure))
    found.sort(key=lambda one: (one.document, one.stage, one.reason))
    with out.writing(FAILURES) as stream, Table(stream, Failure) as table:
        table.extend(found)
    return found


class _Count:
    """What is done, as it is told."""

    def __init__(self, listener: Listener, begun: float) -> None:
        self._listener = listener
        self._begun = begun
        self._pages = self._memory = 0
        self._reading = 0.0

    def told(self, workers: int) -> Counted:
        """Give what the run has taken."""
        return Counted(time.perf_counter() - self._begun, self._reading, self._pages, workers, self._memory)

    def through(
        self, stage: str, engine: Engine, subject: Subject, jobs: Sequence[Job], weights: dict[str, int], *, before: int
    ) -> list[Lost]:
        """Have jobs done, and tell how far they are; give those that could not be."""
        lost = []
        begun = time.perf_counter()
        total, weight = sum(weights.values()), 0
        self._listener.show(State(stage, before, before + len(jobs), 0, 0.0, None))
        for done, answer in enumerate(engine.run(jobs, subject) if jobs else (), start=before + 1):
            if isinstance(answer, Lost):
                lost.append(answer)
                self._listener.fail(answer)
            else:
                self._note(answer, stage)
            weight += weights[answer.name]
            seconds = time.perf_counter() - begun
            left = seconds * (total - weight) / weight if weight else None
            self._listener.show(State(stage, done, before + len(jobs), self._pages, seconds, left))
        if stage == READING:
            self._reading = time.perf_counter() - begun
        return lost

    def _note(self, answer: Done, stage: str) -> None:
        self._pages += answer.pages
        if stage == READING:
            self._memory = max(self._memory, answer.memory)
