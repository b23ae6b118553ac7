"""The work itself: bring a case up to date, or read what lies in a spool into it, telling how far it is.

It runs in a process of its own (`work_process`), or in the thread of a test.
"""

import time
from collections import Counter
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import SystemRandom

from tallystick.deriving import bring_up_to_date
from tallystick.errors import StoppedError
from tallystick.intake import Taken, take
from tallystick.model.document import Failure, Retrieved
from tallystick.model.dossier import Dossier
from tallystick.pipeline import derive_anew, keeper, ruled, subject_of
from tallystick.reading.reading import Fetch, read
from tallystick.reading.received import Address, Received
from tallystick.reading.web.fetching import Means, Web
from tallystick.reading.web.following import Following
from tallystick.reading.web.guard import allowed_hosts
from tallystick.storage.case import Case
from tallystick.storage.stores.address import CaseAddress
from tallystick.values.terms import Terms
from tallystick.workbench.jobs import Counts, Told
from tallystick.workbench.spooling import Piece, Spool

__all__ = ["Doer", "Fetching", "Halt", "Order"]

# Seconds between two tellings of one piece: a page looks once a second.
TELLING = 0.25
# Seconds of the slices of a long wait, after each of which a stop is looked for.
SLICE = 0.2
DIED = "reading it ended the reading process twice, so it is left out; what is in it could not be read at all"


@dataclass(frozen=True, slots=True)
class Fetching:
    """Whether addresses may be fetched.

    Attributes:
        allowed: Whether at all.
        hosts: "HOST" or "HOST:PORT" each of what may be asked in a private network or on an odd port.
    """

    allowed: bool = False
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """What to do with a spool that may have been begun before.

    Attributes:
        who: For whom.
        spool: What is to be added.
        earlier: Ids of reports that an earlier try of the same job added.
        fatal: Numbers of pieces that ended a worker, and are not tried again.
    """

    who: str
    spool: Spool
    earlier: frozenset[str] = frozenset()
    fatal: frozenset[int] = frozenset()


class Halt:
    """Whether a stop was asked for, and a sleep that ends when it is; `ask` takes no lock, for a signal handler."""

    def __init__(self) -> None:
        self.asked = False
        self.calls: list[Callable[[], None]] = []

    def ask(self) -> None:
        """Ask for a stop."""
        self.asked = True
        for call in self.calls:
            call()

    def require_none(self) -> None:
        """Raise where a stop was asked for.

        Raises:
            StoppedError: Then.
        """
        if self.asked:
            raise StoppedError

    def sleep(self, seconds: float) -> None:
        """Wait so long, or until a stop is asked for."""
        until = time.monotonic() + seconds
        while not self.asked and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, SLICE))


class Doer:
    """One who works on a case, and keeps its dossier at hand from job to job."""

    def __init__(self, address: CaseAddress, fetching: Fetching, halt: Halt | None = None) -> None:
        self._address = address
        self._fetching = fetching
        self._halt = halt or Halt()
        self._dossier: Dossier | None = None

    def follow(self, who: str) -> None:
        """Bring what is derived up to date. report.html is left as the last run or adding wrote it.

        Args:
            who: Who changed something, for the custody log.

        Raises:
            CaseError: Where the case cannot be written.
        """
        with Case.open(self._address, keeper=keeper(who), migrate=False) as case:
            bring_up_to_date(case, self._subject(case))

    def add(
        self, order: Order, tell: Callable[[Told], None], between: Callable[[], None] = lambda: None
    ) -> None:  # fmt: skip
        """Read a spool into the case, derive from it, and write report.html.

        Args:
            order: What to add.
            tell: Told how far it is: at once when a piece is begun, else a few times a second.
            between: Called after each report, when nothing of the case is held.

        Raises:
            StoppedError: Where a stop was asked for; what was read is kept, and the same order reads the rest.
            CaseError: Where the case cannot be written.
        """
        teller = _Teller(tell)
        with Case.open(self._address, keeper=keeper(order.who), migrate=False) as case:
            tell(Told(doing="looking at the case", state=case.state()))
            self._dossier = ruled(case)
            for taken in take(case, self._found(order, teller), self._dossier):
                teller.count(taken, order.earlier)
                self._halt.require_none()
                between()
            teller.flush(doing="deriving", done=order.spool.size)
            bring_up_to_date(case, self._dossier)
            # From here on the pages show it; the report takes long in a large case, and who reviews goes first.
            teller.flush(doing="writing report.html", state=case.state())
            between()
            derive_anew(case, self._dossier)

    def _subject(self, case: Case) -> Dossier:
        """The dossier of the case; loaded again only where the case is ruled by another."""
        rules = case.rules()
        if self._dossier is None or rules is None or rules.dossier_sha256 != self._dossier.sha256:
            self._dossier = subject_of(case)
        return self._dossier

    def _found(self, order: Order, teller: "_Teller") -> Iterator[Retrieved | Failure]:
        """What the pieces of a spool hold, one after another."""
        fetch = self._fetch(teller) if self._fetching.allowed else None
        gone = 0
        for number, piece in enumerate(order.spool.pieces):
            self._halt.require_none()
            teller.flush(doing=f"{'reading' if piece.file else 'fetching'} {piece.label}", piece=number, done=gone)
            if number in order.fatal:
                yield Failure(piece.label, "read", DIED)
            elif piece.file:
                yield from self._read(order.spool.folder / piece.file, piece, teller, gone)
            else:
                yield from self._asked(Address(piece.label, piece.label), fetch, teller)
            gone += piece.size

    def _read(self, path: Path, piece: Piece, teller: "_Teller", gone: int) -> Iterator[Retrieved | Failure]:
        """The reports of one file. Addresses in it are never fetched: only what somebody asks for by its address is."""
        with path.open("rb") as stream:
            for one in self._asked(Received(piece.label, stream, kind=piece.kind), None, teller):
                yield one
                if not stream.closed and stream.seekable():
                    teller.done = gone + stream.tell()

    def _asked(
        self, given: Received | Address, fetch: Fetch | None, teller: "_Teller"
    ) -> Iterator[Retrieved | Failure]:
        """The reports of one piece."""
        terms = self._dossier.watch.terms if self._dossier else ()
        wanted = Terms(terms).in_bytes if terms else None
        yield from read([given], progress=teller, wanted=wanted, fetch=fetch)

    def _fetch(self, teller: "_Teller") -> Fetch:
        """A way to get addresses, as the command `fetch` has it."""
        means = Means(lambda: datetime.now(UTC), time.monotonic, self._halt.sleep, SystemRandom())
        web = Web(means, allowed_hosts(self._fetching.hosts))
        self._halt.calls[:] = [web.stop]
        return Following(web.fetch, teller)


@dataclass(slots=True)
class _Teller:
    """Gathers what there is to tell and tells it, not more often than anybody looks; a `Progress`."""

    tell: Callable[[Told], None]
    counts: Counts = field(default_factory=Counts)
    left_out: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    done: int | None = None
    last: float = 0.0

    def count(self, taken: Taken, earlier: Container[str]) -> None:
        """Count what came of one report."""
        before = taken.known and taken.document is not None and taken.document in earlier
        self.counts = self.counts.plus(
            Counts(1, taken.added or before, taken.known and not before, taken.claims, taken.failure is not None)
        )
        if taken.failure is not None:
            self.failures.append(taken.failure)
        if (taken.added or before) and taken.document is not None:
            self.documents.append(taken.document)
        if time.monotonic() - self.last > TELLING:
            self.flush()

    def flush(
        self, *, doing: str = "", piece: int | None = None, done: int | None = None, state: int | None = None
    ) -> None:  # fmt: skip
        """Tell what was gathered, with more where it is given."""
        self.tell(
            Told(
                doing, piece, self.counts, tuple(self.left_out.items()), tuple(self.failures), tuple(self.documents),
                self.done if done is None else done, state,
            )
        )  # fmt: skip
        self.counts, self.done, self.last = Counts(), None, time.monotonic()
        self.left_out.clear()
        self.failures.clear()
        self.documents.clear()

    def advance(self, pieces: int = 1) -> None:
        """Do nothing: what came of a report is counted when it is kept."""

    def leave_out(self, reason: str, pieces: int = 1) -> None:
        """Count what was left out."""
        self.left_out[reason] += pieces

    def reach(self, done: int, of: int) -> None:
        """Do nothing: the bytes of the spool are counted."""
