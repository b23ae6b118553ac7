"""One page after the other, from its bytes to its claims and ties: pages of a shard come in, readings go out.

The stages are those of a run on one machine. What a page does wrong is a failure of that page, and the next is read.
"""

import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

from tallystick.batch.jobs import Poisoned, Seconds
from tallystick.batch.pages import Held
from tallystick.errors import ReadingError
from tallystick.extraction.extraction import extract
from tallystick.extraction.facts import facts
from tallystick.model.claim import Claim
from tallystick.model.document import Failure, Retrieved
from tallystick.model.dossier import Dossier
from tallystick.model.fact import Fact
from tallystick.model.tie import Tie
from tallystick.reading.bearing import bearing
from tallystick.reading.reading import read
from tallystick.reading.received import Address, LeftOut, Received
from tallystick.tracing.blocking import ties
from tallystick.values.terms import Terms

__all__ = ["Guard", "Reading", "Report", "TooLongError", "readings"]


class TooLongError(BaseException):
    """A page takes longer than it may; no `except Exception` of a library may swallow it."""


class Guard(Protocol):
    """What watches over the pages of a shard."""

    def at(self, number: int) -> None:
        """Note which page the worker is at, so that it is known should the worker die of it."""

    def limited(self) -> AbstractContextManager[None]:
        """Raise `TooLongError` in the block where it takes longer than one page may."""


class Report(NamedTuple):
    """One report of a page; mostly there is one.

    Attributes:
        found: It, with its original.
        claims: Its claims.
        facts: Its facts.
        ties: What ties it to others.
    """

    found: Retrieved
    claims: tuple[Claim, ...]
    facts: tuple[Fact, ...]
    ties: tuple[Tie, ...]


class Reading(NamedTuple):
    """What came of one page.

    Attributes:
        reports: Those that bear on the dossier.
        failures: What went wrong.
        left_out: Why something of it is no report that counts, once for each time.
        seconds: Where the time went.
    """

    reports: tuple[Report, ...] = ()
    failures: tuple[Failure, ...] = ()
    left_out: tuple[str, ...] = ()
    seconds: Seconds = Seconds()


def readings(
    name: str, held: Iterator[Held], dossier: Dossier, terms: Terms, guard: Guard, poisoned: Iterable[Poisoned] = ()
) -> Iterator[Reading]:  # fmt: skip
    """Give what came of each page.

    Args:
        name: Of the shard.
        held: The pages; those without a term of the dossier are left out already.
        dossier: The subject under watch.
        terms: Those of the dossier; a page is left out whose own words have none of them.
        guard: Told of each page.
        poisoned: Pages to be passed over, with the reason.

    Raises:
        OSError: Where the file of the shard cannot be read on.
    """
    passed = {one.number: one.reason for one in poisoned}
    number = 1
    while True:
        guard.at(number)
        start = time.perf_counter()
        try:
            one = next(held, None)
        except OSError:
            # The file cannot be had, which is no fault of a page: another try may go better.
            raise
        except Exception as error:  # noqa: BLE001 - what was read of the file until here is good
            yield Reading(failures=(_broken(f"{name}:{number} and what follows it", error),))
            return
        scan = time.perf_counter() - start
        if one is None:
            return
        if isinstance(one, LeftOut):
            yield Reading(left_out=(one.reason,), seconds=Seconds(scan))
        elif isinstance(one, Failure):
            yield Reading(failures=(one,), seconds=Seconds(scan))
        elif number in passed:
            yield Reading(failures=(Failure(one.name, "read", passed[number]),), seconds=Seconds(scan))
        else:
            yield _Page(one, dossier, terms).read(guard, scan)
        number += 1


def _broken(name: str, error: Exception) -> Failure:
    reason = f"breaks the program ({type(error).__name__}: {' '.join(str(error).split())[:300]})"
    return Failure(name, "read", reason)


class _Page:
    """One page as it is read."""

    def __init__(self, given: Received | Address, dossier: Dossier, terms: Terms) -> None:
        self._given = given
        self._dossier = dossier
        self._terms = terms
        self._left_out: list[str] = []
        self._reports: list[Report] = []
        self._failures: list[Failure] = []
        self._spent = [0.0, 0.0, 0.0]

    def read(self, guard: Guard, scan: float) -> Reading:
        """Give what came of it, whatever it does."""
        name = self._given.name
        try:
            with guard.limited():
                self._read()
        except TooLongError:
            self._failures.append(Failure(name, "read", "takes longer than one page may"))
        except MemoryError:
            self._failures.append(Failure(name, "read", "takes more memory than a worker may"))
        except Exception as error:  # noqa: BLE001 - a page that breaks us must not stop the millions behind it
            self._failures.append(_broken(name, error))
        return Reading(
            tuple(self._reports), tuple(self._failures), tuple(self._left_out), Seconds(scan, *self._spent)
        )  # fmt: skip

    def _read(self) -> None:
        found = bearing(read((self._given,), progress=self), self._terms, self)
        while True:
            start = time.perf_counter()
            one = next(found, None)
            self._spent[0] += time.perf_counter() - start
            if one is None:
                return
            if isinstance(one, Failure):
                self._failures.append(one)
            else:
                self._take(one)

    def _take(self, found: Retrieved) -> None:
        """Claims, facts and ties of a report; one whose language cannot be read is kept without them."""
        document = found.document
        claims: tuple[Claim, ...] = ()
        told: tuple[Fact, ...] = ()
        start = time.perf_counter()
        try:
            claims, told = extract(document, self._dossier), facts(document, self._dossier)
        except ReadingError as error:
            self._failures.append(Failure(document.name, "extract", error.reason))
        extracted = time.perf_counter()
        tied = ties((document,), claims, self._dossier)[document.id]
        self._reports.append(Report(found, claims, told, tied))
        self._spent[1] += extracted - start
        self._spent[2] += time.perf_counter() - extracted

    def advance(self, pieces: int = 1) -> None:
        """As `Progress`: pages are counted elsewhere."""

    def leave_out(self, reason: str, pieces: int = 1) -> None:
        """As `Progress`: count what is left out of the page."""
        self._left_out.extend([reason] * pieces)

    def reach(self, done: int, of: int) -> None:
        """As `Progress`: how far a shard is, its pages tell."""
