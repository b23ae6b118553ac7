"""Follow what feeds, sitemaps and lists name: no address twice in a run, and no more of them than asked for.

An `Address` comes in; what it answered goes out, or nothing where it was got before or the limit is reached.
"""

from collections.abc import Callable, Iterator

from tallystick.model.document import Failure
from tallystick.model.progress import Progress
from tallystick.reading.received import Address, Received

__all__ = ["LIMIT", "Following"]

# Addresses fetched in one run unless another number is asked for: at two seconds each, a quarter of an hour of one
# site. A sitemap may name 50,000.
LIMIT = 500
AGAIN = "named more than once"


class Following:
    """A `Fetch` for one run."""

    def __init__(
        self, fetch: Callable[[Address], Iterator[Received | Failure]], progress: Progress, limit: int = LIMIT
    ) -> None:
        """Take the way to get one address, whom to tell of those left out, and the most to get."""
        self._fetch = fetch
        self._progress = progress
        self._limit = limit
        self._met: set[str] = set()

    def __call__(self, address: Address) -> Iterator[Received | Failure]:
        """Give what `address` answers."""
        page = address.url.partition("#")[0]
        if page in self._met:
            self._progress.leave_out(AGAIN)
        elif len(self._met) >= self._limit:
            self._progress.leave_out(f"named beyond the first {self._limit:,} addresses; --limit allows more")
        else:
            self._met.add(page)
            yield from self._fetch(address)
