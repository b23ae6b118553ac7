"""Look at feeds again and again: what is new in them is read, once.

Addresses of feeds come in; `Retrieved` reports and `Failure`s go out. What was seen is remembered by a `Memory`, so
that whoever goes on later, or was cut off, takes up where this ended. A feed that fails is left alone longer and
longer; the others go on.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

from tallystick.errors import FetchError, ReadingError
from tallystick.model.document import Failure, Retrieved
from tallystick.model.feed import Feed
from tallystick.model.progress import Progress
from tallystick.reading.detection import kind_of
from tallystick.reading.reading import CONTAINERS, read
from tallystick.reading.received import Address, Received
from tallystick.reading.streams import headed
from tallystick.reading.web.fetching import Validators, Web, failure_of
from tallystick.reading.web.following import LIMIT
from tallystick.reading.web.pacing import backoff

__all__ = ["EVERY", "TRIES", "Memory", "Watcher", "due_in"]

# Seconds between two looks at a feed; most news feeds ask for 15 minutes to an hour in their own "ttl".
EVERY = 900.0
# The longest that a feed which fails, or asks to be left alone, is left alone.
LONGEST_PAUSE = 86_400.0
# Looks at a feed in which a page that cannot be got is asked for again; then it is given up.
TRIES = 3


class Memory(Protocol):
    """What is remembered of feeds from one look to the next."""

    def feed(self, url: str) -> Feed | None:
        """How far the feed at `url` has been followed; None where it is new."""

    def keep_feed(self, feed: Feed) -> None:
        """Remember how far a feed has been followed."""

    def tries(self, address: str) -> int:
        """How many times an address has been asked for in vain; -1 where it was read."""

    def keep_tries(self, address: str, tries: int) -> None:
        """Remember that number."""


class Watcher:
    """Looks at feeds, as one run does it."""

    def __init__(self, web: Web, memory: Memory, progress: Progress, every: float = EVERY) -> None:
        """Take the web with its clock and chance, the memory, who is told, and the seconds between two looks."""
        self._web = web
        self._memory = memory
        self._clock = web.means.clock
        self._chance = web.means.chance
        self._progress = progress
        self._every = every
        self._waiting = False
        self._got = 0

    def look(self, url: str) -> Iterator[Retrieved | Failure]:
        """Give what is new in the feed at `url`; nothing where it is not due.

        An address counts as read once the next report is asked for: by then the caller has kept this one.

        Raises:
            StoppedError: Where a stop was asked for; the feed is looked at again, what was read of it is not.
        """
        feed = self._memory.feed(url) or Feed(url, "")
        if feed.due > _written(self._clock()):
            return
        try:
            answer = self._web.get(url, Validators(feed.etag, feed.modified))
        except ReadingError as error:
            self._memory.keep_feed(self._failed(feed, error))
            yield Failure(url, "watch", f"{error.reason}; the other feeds go on")
            return
        if answer.changed:
            self._waiting, self._got = False, 0
            yield from read([answer.received(Address(url, url))], progress=self._progress, fetch=self._new)
            version = answer.validators
            # Some page is still to be had: the feed must come again whole, though it may not have changed.
            feed = replace(feed, etag=None, modified=None) if self._waiting else _of_version(feed, version)
        self._memory.keep_feed(replace(feed, due=self._later(self._every), failures=0))

    def _new(self, address: Address) -> Iterator[Received | Failure]:
        """What an address answers that was not read before; a list, as of a sitemap of sitemaps, is read each time."""
        url = address.url.partition("#")[0]
        tries = self._memory.tries(url)
        if tries < 0 or tries >= TRIES:
            return
        if self._got >= LIMIT:
            self._progress.leave_out(f"beyond {LIMIT:,} pages in one look; the next one goes on")
            self._waiting = True
            return
        self._got += 1
        try:
            answer = self._web.get(url)
        except ReadingError as error:
            if isinstance(error, FetchError) and not error.asked:
                self._progress.leave_out("their host does not answer; the next look asks again")
                self._waiting = True
                return
            yield failure_of(address, error)
            self._memory.keep_tries(url, tries + 1)
            self._waiting = self._waiting or tries + 1 < TRIES
            return
        head, received = headed(answer.received(address))
        yield received
        if kind_of(head, received.name) not in CONTAINERS:
            self._memory.keep_tries(url, -1)

    def _failed(self, feed: Feed, error: ReadingError) -> Feed:
        """The feed after one more failure."""
        failures = feed.failures + 1
        pause = backoff(failures, self._chance, first=self._every, longest=LONGEST_PAUSE)
        if isinstance(error, FetchError) and error.after is not None:
            pause = max(pause, min(error.after, LONGEST_PAUSE))
        return replace(feed, due=self._later(pause), failures=failures)

    def _later(self, seconds: float) -> str:
        return _written(self._clock() + timedelta(seconds=seconds))


def due_in(urls: tuple[str, ...], memory: Memory, now: datetime) -> float:
    """Give the seconds until the first of these feeds is due; 0 where one is."""
    dues = [feed.due for url in urls if (feed := memory.feed(url)) is not None]
    if len(dues) < len(urls) or not dues:
        return 0.0
    return max(0.0, (datetime.fromisoformat(min(dues)) - now).total_seconds())


def _of_version(feed: Feed, version: Validators) -> Feed:
    return replace(feed, etag=version.etag, modified=version.modified)


def _written(time: datetime) -> str:
    """A time of fixed width, so that two of them compare as texts."""
    return time.astimezone(UTC).isoformat(timespec="milliseconds")
