"""Since when somebody has not looked: who looks and when come in, when the visit before this one ended goes out."""

import threading
from collections import OrderedDict
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from tallystick.storage.stores.address import CaseAddress
from tallystick.workbench.bench import Visits

__all__ = ["AWAY", "Presence"]

# Who has not looked for so long begins a new visit when they look again: a meeting is shorter, a night is longer.
AWAY = timedelta(hours=1)
# A visit that goes on is noted so often, so that its end is known also where the server stops.
AGAIN = timedelta(minutes=5)
# People whose visits are remembered, the last ones.
MOST = 2_000


class _Visit(NamedTuple):
    """When the visit before ended, when somebody last looked, and when that was last noted."""

    before: str | None
    latest: datetime
    noted: datetime


class Presence:
    """Who is here; one for every application."""

    def __init__(self) -> None:
        self._here: OrderedDict[tuple[CaseAddress, str], _Visit] = OrderedDict()
        self._lock = threading.Lock()

    def looks(self, address: CaseAddress, visits: Visits, name: str, now: datetime) -> str | None:
        """Note that somebody looks, and give when the visit before this one ended.

        Args:
            address: The case.
            visits: Where visits of it are kept.
            name: Who looks.
            now: UTC time.

        Returns:
            UTC time, ISO 8601; None where this is their first visit.
        """
        key = (address, name)
        with self._lock:
            held = self._here.get(key)
            begins = held is None or now - held.latest > AWAY
            if held is None or begins:
                held = _Visit(visits.last(name), now, now)
                visits.note(name, _written(now))
            elif now - held.noted > AGAIN:
                held = held._replace(noted=now)
                visits.note(name, _written(now))
            self._here[key] = held._replace(latest=now)
            self._here.move_to_end(key)
            while len(self._here) > MOST:
                self._here.popitem(last=False)
            return held.before


def _written(now: datetime) -> str:
    """A UTC time as it is kept."""
    return now.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
