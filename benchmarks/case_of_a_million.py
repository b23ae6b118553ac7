"""A case of a million claims: how fast it is loaded, and how fast it answers ten readers while somebody writes.

`python -m benchmarks.case_of_a_million [--case FOLDER|postgresql://...] [--claims N] [--seconds S]`. A case that is
there already is read as it is. Reports are made up and prepared in other processes, since this one hands rows over; to
make them up, as others would read them, is timed too, to make an empty case and to begin processes is not.
The readers ask one process that is set as the workbench, and wait for their turn; the writer is a process of its own.
"""

import argparse
import gc
import random
import resource
import sys
import tempfile
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.pool import AsyncResult, Pool
from pathlib import Path
from typing import NamedTuple, TypeAlias, TypeVar

import sqlalchemy as sa

from benchmarks.million_case import FIGURES, TELLERS, reports, settled
from tallystick.deriving import bring_up_to_date
from tallystick.dossiers.loading import load
from tallystick.errors import CaseError, TallystickError
from tallystick.model.review import ReviewVerdict
from tallystick.storage import tables
from tallystick.storage.case import Case, Proposal, Rules
from tallystick.storage.loading import Loading, Prepared, Report, prepared
from tallystick.storage.opening import store_at
from tallystick.storage.settling import Settled
from tallystick.storage.stores import bulk
from tallystick.storage.stores.sqlite import FILE, FolderFiles
from tallystick.storage.views import claims, documents, flags, glance, opened, origins, populations, queue
from tallystick.storage.views.claim_filters import LATEST, Filter, Shown, Sort, SortKey
from tallystick.storage.views.kept import Kept
from tallystick.storage.views.view import View, Views
from tallystick.workbench import tuning

__all__ = ["LIMIT", "READERS", "Answer", "Filled", "fill", "main", "measure", "percentile"]

CLAIMS = 1_000_000
SECONDS = 60.0
READERS = 10
# Seconds between two deeds of the writer: every other one is a review, the others add a report.
BETWEEN = 0.5
# Documents in the first portion, few enough that there is soon one to begin with, and in the largest: each is twice the
# one before. Events whose derivation is made up at once.
FIRST = 1_250
PORTION = 10_000
# Processes that make reports up and prepare them: while one waits until its files are on the disk, the other works.
PREPARING = 2
EVENTS = 500
DOSSIER = "general"
# What the 95th percentile of every kind has to stay under, in milliseconds.
LIMIT = 200.0
# Claims, reports, populations and origins of which readers open one, and values of each filter.
THINGS = 20
# Rounds in which every kind is asked for before it is measured: the workbench has been up for a while.
WARMING = 20

# As the workbench keeps these.
_GLANCES: Kept[glance.Glance] = Kept()
_GROUPS: Kept[populations.Groups] = Kept()

Question: TypeAlias = Callable[[View], object]
Asked = TypeVar("Asked")
Made = TypeVar("Made")


class Answer(NamedTuple):
    """What was asked, and how many seconds it took."""

    kind: str
    seconds: float


class Things(NamedTuple):
    """Ids and values that readers ask for."""

    claims: Sequence[str]
    documents: Sequence[str]
    estimates: Sequence[str]
    origins: Sequence[str]
    places: Sequence[str]
    speakers: Sequence[str]


class Filled(NamedTuple):
    """How fast a case was loaded.

    Attributes:
        claims: How many it got.
        loading: Seconds for reports and claims, from when they begin to be made up.
        deriving: Seconds for what is derived of them, which is made up too.
        whole: Seconds of both, and of the indexes.
    """

    claims: int
    loading: float
    deriving: float
    whole: float


def fill(case: str, count: int) -> Filled:
    """Load a case of about `count` claims."""
    number = count // FIGURES // TELLERS * TELLERS
    with _processes() as pool, Loading.open(case, create=True) as held:
        held.set_rules(Rules(DOSSIER, load(DOSSIER).sha256, "benchmark"))
        folder, start = held.address if isinstance(held.address, Path) else None, time.perf_counter()
        with held.at_once():
            portions = ((first, size, folder) for first, size in _portions(number))
            loaded = held.put(_ahead(pool, _prepared, portions))
            seconds = time.perf_counter() - start
            events = ((first, min(EVENTS, number // TELLERS - first)) for first in range(0, number // TELLERS, EVENTS))
            held.keep_derived(one for some in _ahead(pool, _settled, events) for one in some)
            derived = time.perf_counter() - start - seconds
        whole = time.perf_counter() - start
    return Filled(loaded.claims, seconds, derived, whole)


def _portions(number: int) -> Iterator[tuple[int, int]]:
    """First document and size of each portion of so many documents."""
    first, size = 0, FIRST
    while first < number:
        yield first, min(size, number - first)
        first, size = first + size, min(2 * size, PORTION)


def _processes() -> Pool:
    """Processes that make reports up, as set as the one that loads; as forks of it they need not read the program."""
    return get_context("fork").Pool(PREPARING, gc.set_threshold, bulk.CYCLES)


def _ahead(pool: Pool, work: Callable[[Asked], Made], asked: Iterable[Asked]) -> Iterator[Made]:
    """What a pool makes of each that is asked, in order; a few are in hand, so that memory does not grow."""
    coming: deque[AsyncResult[Made]] = deque()
    for one in asked:
        coming.append(pool.apply_async(work, (one,)))
        if len(coming) > PREPARING:
            yield coming.popleft().get()
    while coming:
        yield coming.popleft().get()


def _prepared(asked: tuple[int, int, Path | None]) -> Prepared:
    """A portion of reports, its files in the folder of the case where it has one."""
    first, count, folder = asked
    return prepared(reports(first, count), None if folder is None else FolderFiles(folder))


def _settled(asked: tuple[int, int]) -> list[Settled]:
    return list(settled(*asked))


def _rate(count: int, seconds: float) -> str:
    return f"{count:,} claims in {seconds:.0f} s, {count / seconds:,.0f} a second"


def _memory() -> str:
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB at most"


def _size(case: str) -> str:
    """How large the tables are."""
    store = store_at(case)
    if isinstance(store.address, Path):
        return f"{(store.address / FILE).stat().st_size / 1e6:,.0f} MB of tables"
    with store.engine(read_only=True).connect() as connection:
        size = connection.scalar(sa.text("SELECT pg_database_size(current_database())"))
    return f"{size / 1e6:,.0f} MB in the database"


def measure(case: str, seconds: float, readers: int = READERS) -> tuple[Sequence[Answer], Sequence[Answer]]:
    """Give how long readers waited for each answer, and how long the writer did for each deed."""
    views = Views(case)
    with views.moment() as view:
        things = _things(view)
    asked = _questions(things)
    for turn in range(WARMING):
        for question in asked.values():
            with suppress(TallystickError), views.moment() as view:
                question(random.Random(turn))(view)  # noqa: S311 - an order, no secret
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    writer = context.Process(target=_write, args=(case, list(things.claims), theirs), daemon=True)
    writer.start()
    ours.recv()
    answers = _read(views, asked, seconds, readers)
    ours.send("stop")
    written = ours.recv()
    writer.join()
    views.close()
    return answers, written


def _told(answers: Sequence[Answer], written: Sequence[Answer], seconds: float) -> bool:
    held: defaultdict[str, list[float]] = defaultdict(list)
    for one in (*answers, *written):
        held[one.kind].append(one.seconds * 1e3)
    print(f"{len(answers)} answers to {READERS} readers, {len(answers) / seconds:.0f} a second; ms: median 95th most")
    slow = []
    for kind, times in sorted(held.items(), key=lambda one: -percentile(one[1], 95)):
        over = percentile(times, 95) > LIMIT and not kind.startswith("write")
        slow += [kind] * over
        line = f"{percentile(times, 50):7.0f} {percentile(times, 95):7.0f} {max(times):7.0f}"
        print(f"{line} {len(times):6}  {kind}{'  SLOW' * over}")
    whole = [one.seconds * 1e3 for one in answers]
    line = f"{percentile(whole, 50):7.0f} {percentile(whole, 95):7.0f} {max(whole):7.0f}"
    print(f"{line} {len(whole):6}  of all that is read")
    return not slow


def percentile(times: Sequence[float], share: int) -> float:
    """Give what so many of a hundred times are not over."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, len(ordered) * share // 100)]


def _read(
    views: Views, asked: Mapping[str, Callable[[random.Random], Question]], seconds: float, readers: int
) -> list[Answer]:
    """Ask everything, each reader in an order of its own without pause, and waiting as for the workbench."""
    found: list[Answer] = []
    deadline = time.perf_counter() + seconds

    def answer(question: Question) -> None:
        # What the writer's deeds have derived anew has another id: the answer is that there is no such thing.
        with suppress(TallystickError), views.moment() as view:
            question(view)

    def reader(number: int) -> None:
        chance = random.Random(number)  # noqa: S311 - an order, no secret
        kinds = list(asked)
        while time.perf_counter() < deadline:
            kind = chance.choice(kinds)
            question, start = asked[kind](chance), time.perf_counter()
            pages.submit(answer, question).result()
            found.append(Answer(kind, time.perf_counter() - start))

    with _tuned(), ThreadPoolExecutor(tuning.THREADS) as pages:
        threads = [threading.Thread(target=reader, args=(number,)) for number in range(readers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return found


@contextmanager
def _tuned() -> Iterator[None]:
    """A block in which this process is set as one that serves the workbench."""
    interval, cycles = sys.getswitchinterval(), gc.get_threshold()
    tuning.tune()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*cycles)
        sys.setswitchinterval(interval)


def _things(view: View) -> Things:
    """Ids and values from all over the case."""

    def some(column: sa.Column[str]) -> list[str]:
        position = column.table.c.position
        last = view.scalar(sa.select(sa.func.max(position)))
        wanted = sorted({1 + last * turn // THINGS for turn in range(THINGS)})
        return [
            one for one in view.connection.scalars(sa.select(column).where(position.in_(wanted))) if one is not None
        ]

    return Things(
        some(tables.claims.c.id), some(tables.documents.c.id), some(tables.estimates.c.id), some(tables.origins.c.id),
        some(tables.claims.c.place), some(tables.claims.c.speaker),
    )  # fmt: skip


def _questions(things: Things) -> dict[str, Callable[[random.Random], Question]]:
    """What readers ask for, by kind; each question hangs on chance."""
    filters: Mapping[str, Callable[[random.Random], Filter]] = {
        "category": lambda chance: Filter(category=chance.choice(("killed", "wounded", "missing"))),
        "status": lambda chance: Filter(status=chance.choice(("actual", "planned", "denied"))),
        "speaker": lambda chance: Filter(speaker=chance.choice(("officials", "police", *things.speakers))),
        "outlet": lambda chance: Filter(outlet=f"Outlet {chance.randrange(THINGS)}"),
        "place": lambda chance: Filter(place=chance.choice(things.places)),
        "country and language": lambda chance: Filter(country=chance.choice(("PL", "JP", "PE")), language="en"),
        "days": lambda chance: Filter(since=f"{2000 + 3 * chance.randrange(8)}-03-01", until="2024-05-01"),
        "origin": lambda chance: Filter(lineage=chance.choice(things.origins)),
        "population": lambda chance: Filter(population=chance.choice(things.estimates)),
        "severity": lambda _: Filter(severity="error"),
        "flag": lambda _: Filter(flag="outlier"),
        "flag, first asked": lambda chance: Filter(flag=chance.choice(("outlier", "conflict")), since=_day(chance)),
        "review": lambda chance: Filter(shown=chance.choice((Shown.UNREVIEWED, Shown.REVIEWED, Shown.REJECTED))),
        "words, rare": lambda chance: Filter(text=chance.choice(things.places)),
        "words, common": lambda chance: Filter(text=chance.choice(("killed", "harbor", "near the bridge"))),
        "words, in all": lambda chance: Filter(text=chance.choice(("heard", "people"))),
    }  # fmt: skip
    found = {f"claims by {name}": _listed_by(made) for name, made in filters.items()}
    sheets: Mapping[str, Callable[[random.Random], documents.Asked]] = {
        "all": lambda chance: documents.Asked(page=1 + chance.randrange(300)),
        "outlet": lambda chance: documents.Asked(outlet=f"Outlet {chance.randrange(THINGS)}"),
        "words, rare": lambda chance: documents.Asked(words=chance.choice(things.places)),
        "words, common": lambda _: documents.Asked(words="harbor"),
        "words, in all": lambda chance: documents.Asked(
            words=chance.choice(("heard", "people", "near")), page=1 + chance.randrange(10)
        ),
        "by claims": lambda chance: documents.Asked(
            sort="claims", descending=chance.random() < 0.5, page=1 + chance.randrange(300)
        ),
    }
    found |= {f"reports, {name}": _sheet_of(made) for name, made in sheets.items()}
    return found | {
        "claims": lambda chance: _listing(Filter(), page=1 + chance.randrange(1_000)),
        "claims sorted": lambda chance: _listing(Filter(), Sort(chance.choice(tuple(SortKey)), chance.random() < 0.5)),
        "report opened": lambda chance: _open(chance.choice(things.documents)),
        "claim opened": lambda chance: _choose(chance.choice(things.claims)),
        "population opened": lambda chance: _population(chance.choice(things.estimates)),
        "populations": lambda chance: _populations(1 + chance.randrange(THINGS)),
        "origin opened": lambda chance: _origin(chance.choice(things.origins)),
        "origins": lambda chance: _origins(origins.Asked(page=1 + chance.randrange(500))),
        "flags": lambda chance: _flags(1 + chance.randrange(200)),
        "queue": lambda chance: _queue(chance.choice(("killed", None))),
        "glance": lambda _: lambda view: _GLANCES.of(view, None, glance.glance),
    }


def _day(chance: random.Random) -> str:
    """Some day, of which there are more than questions."""
    return f"{chance.randrange(2000, 2024)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"


def _listed_by(made: Callable[[random.Random], Filter]) -> Callable[[random.Random], Question]:
    return lambda chance: _listing(made(chance))


def _sheet_of(made: Callable[[random.Random], documents.Asked]) -> Callable[[random.Random], Question]:
    return lambda chance: _sheet(made(chance))


def _listing(filter_: Filter, sort: Sort = LATEST, page: int = 1) -> Question:
    return lambda view: claims.listing(view, filter_, sort, page)


def _sheet(asked: documents.Asked) -> Question:
    return lambda view: documents.listed(view, asked)


def _open(name: str) -> Question:
    return lambda view: (documents.document(view, name), opened.figures(view, name), opened.alike(view, name))


def _choose(name: str) -> Question:
    return lambda view: opened.chosen(view, name)


def _population(name: str) -> Question:
    return lambda view: populations.whole(view, name)


def _populations(page: int) -> Question:
    return lambda view: _GROUPS.of(view, page, lambda each: populations.groups(each, populations.Sought(), page))


def _origin(name: str) -> Question:
    return lambda view: origins.of_origin(view, name)


def _origins(asked: origins.Asked) -> Question:
    return lambda view: origins.listed(view, asked)


def _flags(page: int) -> Question:
    return lambda view: flags.flag_page(view, flags.FlagFilter(), page)


def _queue(category: str | None) -> Question:
    return lambda view: queue.next_claim(view, queue.Sought(category=category), "load")


def _write(case: str, names: Sequence[str], pipe: Connection) -> None:
    """Review a claim or add a report, and derive what follows, until told to stop."""
    done: list[Answer] = []
    dossier = load(DOSSIER)
    with Case.open(case) as held:
        fresh = _fresh(held)
        pipe.send("begun")
        for turn, name in enumerate(names):
            if pipe.poll(BETWEEN):
                break
            start = time.perf_counter()
            if turn % 2:
                report = next(fresh)
                held.add(report.found, report.claims)
            else:
                _review(held, name, turn)
            kept = time.perf_counter()
            bring_up_to_date(held, dossier)
            kind = ("write: a review", "write: a report")[turn % 2]
            done += [Answer(kind, kept - start), Answer("write: what follows", time.perf_counter() - kept)]
        else:
            pipe.recv()
    pipe.send(done)


def _fresh(case: Case) -> Iterator[Report]:
    """Reports that the case does not hold, of events of their own."""
    with case.moment():
        held = case.state()
    return reports((CLAIMS + held) * TELLERS, THINGS)


def _review(case: Case, name: str, turn: int) -> None:
    """Accept a claim, or reject it, from which something follows."""
    claim = case.claim(name).claim
    accepted = turn % 4 == 0
    verdict = ReviewVerdict.ACCEPTED if accepted else ReviewVerdict.REJECTED
    proposal = Proposal(verdict, claim.document, (claim,), (claim,) if accepted else (), "load")
    case.review(proposal, seen=case.last_review_of((name,)))


def main() -> int:
    """Make the case where it is not there, and measure; 1 where an answer takes too long."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.case_of_a_million", description=__doc__)
    parser.add_argument("--case", help="a folder, or postgresql://USER@HOST/DATABASE (a folder that is removed)")
    parser.add_argument("--claims", type=int, default=CLAIMS)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        case = given.case or f"{scratch}/case"
        if not _there(case):
            filled = fill(case, given.claims)
            print(f"loaded: {_rate(filled.claims, filled.loading)}, {_memory()}")
            print(f"what is derived of it: {_rate(filled.claims, filled.deriving)}")
            indexes = filled.whole - filled.deriving - filled.loading
            print(f"with indexes: {_rate(filled.claims, filled.whole)}, {indexes:.0f} s of that; {_size(case)}")
        return int(not _told(*measure(case, given.seconds), given.seconds))


def _there(case: str) -> bool:
    """Whether a case has reports already."""
    try:
        with Case.open(case, read_only=True) as held:
            return held.filled()
    except CaseError:
        return False


if __name__ == "__main__":
    sys.exit(main())
