"""What is counted over a whole case, kept until the case changes: a view comes in, what was counted of it goes out.

What is dear to count is not counted anew at every change: somebody who reviews makes two a second, and a reader does
not miss the last of them in a total.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from tallystick.storage.stores.address import CaseAddress, Database
from tallystick.storage.views.view import View

__all__ = ["Kept"]

Counted = TypeVar("Counted")
Key: TypeAlias = tuple[CaseAddress, Hashable]
# What takes so many seconds or less is counted at every change, so that nothing small is ever behind; what takes ten
# times as long then is behind by half a second at most.
CHEAP = 0.003
# Of what takes longer, counting takes no more than this share of the time.
SHARE = 0.05
# Seconds beyond, for which what is dear is shown while it is counted anew beside; after a pause everybody sees what is
# true.
LATELY = 10.0
# Kinds of counts that are kept, the ones asked for last: filters of a page with many values.
MOST = 128


@dataclass(slots=True)
class _Count(Generic[Counted]):
    """What was counted, of which state of the case, when, in how many seconds, and whether that was dear."""

    made: Counted
    mark: int
    at: float
    took: float
    dear: bool

    def holds(self, mark: int, share: float) -> bool:
        """Whether it may still be shown, where counting takes no more than this share of the time."""
        return mark == self.mark or time.monotonic() < self.at + self._rest(share)

    def lately(self, share: float) -> bool:
        """Whether it may be shown while it is counted anew."""
        return self.dear and time.monotonic() < self.at + self._rest(share) + LATELY

    def _rest(self, share: float) -> float:
        return self.took / share if self.dear else 0.0


class Kept(Generic[Counted]):
    """Counts of one kind, of one or several cases, by what they are of."""

    def __init__(self, most: int = MOST, share: float = SHARE) -> None:
        """Hold the last `most` counts; counting what is dear takes no more than this share of the time."""
        self._most = most
        self._share = share
        self._held: OrderedDict[Key, _Count[Counted]] = OrderedDict()
        self._counting: dict[Key, threading.Lock] = {}
        self._lock = threading.Lock()

    def of(self, view: View, what: Hashable, count: Callable[[View], Counted]) -> Counted:
        """Give what `count` gives of the case.

        Args:
            view: The case.
            what: What is counted; the same `what` gives the same count.
            count: Counts it.

        Returns:
            The count, of this state of the case or, where counting is dear and the view need not be exact, of one
            shortly before.
        """
        key, mark = (view.address, what), view.mark
        with self._lock:
            found = self._held.get(key)
            if found is not None:
                self._held.move_to_end(key)
                if found.mark == mark or (found.holds(mark, self._share) and not view.exact):
                    return found.made
            counting = self._counting.setdefault(key, threading.Lock())
        # One counts; whoever comes meanwhile takes what was counted before, where there is something.
        if not counting.acquire(blocking=found is None or view.exact) and found is not None:
            return found.made
        if found is not None and not view.exact and found.lately(self._share):
            view.aside(lambda later: self._count_aside(key, later, count, counting))
            return found.made
        try:
            with self._lock:
                found = self._held.get(key)
            if found is not None and (found.mark == mark or (found.holds(mark, self._share) and not view.exact)):
                return found.made
            return self._counted(key, mark, view, count)
        finally:
            counting.release()

    def now(self, view: View, what: Hashable, count: Callable[[View], Counted]) -> Counted:
        """Give what `count` gives of this very state of the case: for what goes into another count that is kept."""
        key, mark = (view.address, what), view.mark
        with self._lock:
            found = self._held.get(key)
        return found.made if found is not None and found.mark == mark else self._counted(key, mark, view, count)

    def _count_aside(self, key: Key, view: View, count: Callable[[View], Counted], counting: threading.Lock) -> None:
        """Count for those who come later; nobody waits for it."""
        try:
            self._counted(key, view.mark, view, count)
        finally:
            counting.release()

    def _counted(self, key: Key, mark: int, view: View, count: Callable[[View], Counted]) -> Counted:
        # By the processor: on a busy machine small counts are small still, while the dear ones are the longer kept. Of
        # what PostgreSQL counts this processor knows nothing: there the clock tells.
        spent = time.monotonic if isinstance(view.address, Database) else time.thread_time
        start, begun = time.monotonic(), spent()
        made = count(view)
        dear, now = spent() - begun > CHEAP, time.monotonic()
        with self._lock:
            self._held[key] = _Count(made, mark, now, now - start, dear)
            while len(self._held) > self._most:
                gone, _ = self._held.popitem(last=False)
                self._counting.pop(gone, None)
        return made
