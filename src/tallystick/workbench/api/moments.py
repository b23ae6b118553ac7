"""What was known by the end of a day, for programs: a day comes in, the ledger derived anew goes out, and is kept.

It is dear: all claims are taken out of the case, and everything is derived of them. So it is done for cases of a few
thousand reports alone, once at a time, and kept for as long as the case is the same.
"""

import threading
from collections import OrderedDict
from datetime import date

from tallystick.inquiry.timeline import When, as_known, kept
from tallystick.model.ledger import Ledger
from tallystick.storage.case import Case
from tallystick.storage.views.view import View
from tallystick.storage.views.whole import held, last_hash
from tallystick.workbench.api.problems import RefusedError
from tallystick.workbench.bench import Bench

__all__ = ["MOST_REPORTS", "Moments"]

# Reports of a case of which it is told; of so many it took 7 s, and of more the server would be busy with nothing else.
MOST_REPORTS = 2_000
# Days that are kept, each as large as the case.
MOST_DAYS = 6
# Seconds that somebody waits while another day is derived, and those after which to try again.
PATIENCE, LATER = 20.0, 10


class Moments:
    """The ledgers of past days of one case."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._days: OrderedDict[tuple[str, date], Ledger] = OrderedDict()
        self._lock = threading.Lock()

    def ledger(self, view: View, day: date) -> Ledger:
        """Give what was published by the end of a day, as it would have been derived.

        Raises:
            RefusedError: 422 where the case is too large for it; 503 where others wait for theirs.
        """
        reports = held(view)["documents"]
        if reports > MOST_REPORTS:
            raise RefusedError(
                422,
                f"as_of: the case has {reports:,} reports, and this is derived of {MOST_REPORTS:,} at most;"
                f" 'tallystick estimates --as-of {day}' does it for a case of any size",
            )
        if not self._lock.acquire(timeout=PATIENCE):
            raise RefusedError(503, "as_of: another day is being derived", headers={"Retry-After": str(LATER)})
        try:
            return self._kept(last_hash(view), day)
        finally:
            self._lock.release()

    def _kept(self, state: str, day: date) -> Ledger:
        found = self._days.get((state, day))
        if found is None:
            with Case.open(self._bench.address, read_only=False, migrate=False) as case:
                found = as_known(kept(case), When(published=day))
            self._days[state, day] = found
            while len(self._days) > MOST_DAYS:
                self._days.popitem(last=False)
        self._days.move_to_end((state, day))
        return found
