"""What is counted of a case, kept until the case changes: a view comes in, counts go out."""

from collections import OrderedDict
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import NamedTuple

from tallystick.storage.views import claims
from tallystick.storage.views.claims import Choices, Filter
from tallystick.storage.views.view import View

__all__ = ["Remembered"]

# Counts that are kept: those of the filters of some dozen readers.
MOST_COUNTS = 500
# Cases whose choices are kept; one process serves one.
MOST_CASES = 4
# Seconds for which choices are good while the case goes on changing: counting them takes as long as ten pages, and a
# new name in a list may come a little later.
GOOD_FOR = 20.0


class _Kept(NamedTuple):
    """Choices with the mark of the case, and the time, of which they are."""

    mark: int
    made: float
    choices: Choices


class Remembered:
    """Counts of the cases that this process serves; threads share it."""

    def __init__(self) -> None:
        self._counts: OrderedDict[tuple[Path, int, Filter], int] = OrderedDict()
        self._choices: OrderedDict[Path, _Kept] = OrderedDict()
        self._lock = Lock()
        self._choosing = Lock()

    def count(self, view: View, filter_: Filter) -> int:
        """Give how many claims there are of a filter."""
        key = (view.folder, view.mark, filter_)
        with self._lock:
            known = self._counts.get(key)
        if known is None:
            known = claims.total(view, filter_)
            with self._lock:
                self._counts[key] = known
                while len(self._counts) > MOST_COUNTS:
                    self._counts.popitem(last=False)
        return known

    def choices(self, view: View) -> Choices:
        """Give what the fields of a filter offer; while the case goes on changing, of some seconds ago."""
        # One thread counts, the others wait for what it finds.
        with self._choosing:
            kept = self._choices.get(view.folder)
            if kept is None or (kept.mark != view.mark and monotonic() - kept.made > GOOD_FOR):
                kept = _Kept(view.mark, monotonic(), claims.choices(view))
                self._choices[view.folder] = kept
                while len(self._choices) > MOST_CASES:
                    self._choices.popitem(last=False)
        return kept.choices
