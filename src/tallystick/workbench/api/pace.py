"""How fast one token may ask: a name and a time come in, how much is left goes out. Kept in memory alone."""

import threading
from math import ceil
from typing import NamedTuple

__all__ = ["MINUTE", "PER_MINUTE", "Pace", "Share"]

# Requests a minute. A program that pages through 100,000 claims by 200 takes 500.
PER_MINUTE = 600
MINUTE = 60.0
# Names that are remembered; of those that have their full share again nothing need be known.
MOST = 10_000
# So many stay where too many are at it, so that it is not sorted anew for each that comes.
KEPT = MOST // 2


class Share(NamedTuple):
    """What is left to somebody.

    Attributes:
        most: Requests a minute; 0 for any number.
        left: Requests that may come at once.
        full: Seconds until all may come at once again.
        wait: Seconds until one may come; 0 where this one was let through.
    """

    most: int
    left: int
    full: int
    wait: int


class Pace:
    """A bucket for each name: it holds a minute's requests, and fills steadily."""

    def __init__(self, most: int = PER_MINUTE) -> None:
        """Take the requests a minute; 0 lets everything through."""
        self.most = most
        self._held: dict[str, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def take(self, name: str, now: float, cost: float = 1.0) -> Share:
        """Let a request through where there is room for it.

        Args:
            name: Whose it is.
            now: Seconds of a clock that never goes back.
            cost: How many usual requests it counts as, at most a minute's.
        """
        if not self.most:
            return Share(0, 0, 0, 0)
        rate, cost = self.most / MINUTE, min(cost, float(self.most))
        with self._lock:
            held, at = self._held.get(name, (float(self.most), now))
            held = min(float(self.most), held + (now - at) * rate)
            wait = 0 if held >= cost else max(1, ceil((cost - held) / rate))
            held = held if wait else held - cost
            self._held[name] = held, now
            if len(self._held) > MOST:
                self._forget(now)
        return Share(self.most, int(held), ceil((self.most - held) / rate), wait)

    def _forget(self, now: float) -> None:
        """Forget who has the full share again; where all are at it, those who asked first."""
        rate = self.most / MINUTE
        kept = {name: one for name, one in self._held.items() if one[0] + (now - one[1]) * rate < self.most}
        if len(kept) > KEPT:
            for name in sorted(kept, key=lambda one: kept[one][1])[: len(kept) - KEPT]:
                del kept[name]
        self._held = kept
