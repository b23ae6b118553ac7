"""Keep a distance between two requests to one host, and wait longer after each failure.

Hosts and failures come in, seconds to wait go out; clock, sleep and chance are passed in, so that tests never wait.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from random import Random

__all__ = ["INTERVAL", "LEFT_ALONE", "MOST_FAILURES", "Pace", "Trouble", "backoff", "retry_after"]

# Seconds between two requests to one host where its robots.txt asks for no other pace. News sites name 1 to 10.
INTERVAL = 2.0
# Longest Crawl-delay that is kept; a site that asks for more is asked once in this time.
LONGEST_DELAY = 60.0
# First wait after a failure, and the longest one, in seconds: 2, 4, 8 ... each by chance between half and the whole.
FIRST_WAIT = 2.0
LONGEST_WAIT = 3_600.0
# Addresses of one host that fail in a row before it is left alone, and for how many seconds: a host that answers each
# of 500 addresses by a drip of bytes would else hold up all others for a day.
MOST_FAILURES = 3
LEFT_ALONE = 600.0


class Pace:
    """When each host was asked last."""

    def __init__(
        self, sleep: Callable[[float], None], monotonic: Callable[[], float], interval: float = INTERVAL
    ) -> None:
        """Take the ways to wait and to tell time, and the seconds between two requests to one host."""
        self._sleep = sleep
        self._monotonic = monotonic
        self._interval = interval
        self._free: dict[str, float] = {}

    def wait(self, host: str, delay: float | None = None) -> None:
        """Wait until `host` may be asked again.

        Args:
            host: The host.
            delay: Seconds between two requests that its robots.txt asks for; None for none.
        """
        interval = max(self._interval, min(delay or 0.0, LONGEST_DELAY))
        left = self._free.get(host, 0.0) - self._monotonic()
        if host in self._free and left > 0:
            self._sleep(left)
        self._free[host] = self._monotonic() + interval


class Trouble:
    """Which hosts are in trouble."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        """Take the way to tell time."""
        self._monotonic = monotonic
        self._failures: dict[str, tuple[int, float]] = {}

    def of(self, host: str) -> bool:
        """Give whether `host` has failed so often that it is left alone."""
        failures, until = self._failures.get(host, (0, 0.0))
        return failures >= MOST_FAILURES and self._monotonic() < until

    def note(self, host: str, *, failed: bool) -> None:
        """Count an address of `host` that failed; one that did not lets it start anew."""
        if failed:
            failures, _ = self._failures.get(host, (0, 0.0))
            self._failures[host] = (failures + 1, self._monotonic() + LEFT_ALONE)
        else:
            self._failures.pop(host, None)


def backoff(failures: int, chance: Random, *, first: float = FIRST_WAIT, longest: float = LONGEST_WAIT) -> float:
    """Give the seconds to wait after so many failures in a row: doubled each time, spread by chance.

    Args:
        failures: Failures so far, at least 1.
        chance: Spreads the waits, so that many watchers do not come back at one moment.
        first: The wait after the first one.
        longest: The longest wait.
    """
    whole = min(longest, first * 2.0 ** min(failures - 1, 30))
    return whole * (0.5 + chance.random() / 2)


def retry_after(value: str | None, now: datetime) -> float | None:
    """Give the seconds that a Retry-After header asks for, or None where it asks for nothing that can be read.

    Args:
        value: The header: seconds, or a date.
        now: The time in UTC.
    """
    text = (value or "").strip()
    if text.isascii() and text.isdigit() and len(text) <= 9:
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max(0.0, (until - now).total_seconds())
