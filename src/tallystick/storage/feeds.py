"""What a case remembers of the feeds that are watched for it: a feed or an address comes in, how far it got goes out.

It is no evidence and stands in no log: what was read of a feed is.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager

import sqlalchemy as sa

from tallystick.model.feed import Feed
from tallystick.storage import tables

__all__ = ["Feeds"]


class Feeds:
    """The memory of whoever watches feeds; each change is on disk when its method returns."""

    def __init__(
        self, connection: sa.Connection, reading: Callable[[], AbstractContextManager[None]],
        writing: Callable[[], AbstractContextManager[sa.Connection]],
    ) -> None:  # fmt: skip
        """Take the connection of an open case and its ways to begin a transaction."""
        self._connection = connection
        self._reading = reading
        self._writing = writing

    def feed(self, url: str) -> Feed | None:
        """Give how far the feed at `url` has been followed; None where it is new."""
        query = sa.select(tables.feeds).where(tables.feeds.c.url == url)
        with self._reading():
            row = self._connection.execute(query).one_or_none()
        return None if row is None else Feed(row.url, row.due, row.etag, row.modified, row.failures)

    def keep_feed(self, feed: Feed) -> None:
        """Remember how far a feed has been followed."""
        row = {
            "url": feed.url, "due": feed.due, "etag": feed.etag, "modified": feed.modified, "failures": feed.failures,
        }  # fmt: skip
        with self._writing() as connection:
            connection.execute(sa.delete(tables.feeds).where(tables.feeds.c.url == feed.url))
            connection.execute(sa.insert(tables.feeds), row)

    def tries(self, address: str) -> int:
        """Give how many times an address has been asked for in vain; -1 where it was read."""
        query = sa.select(tables.followed.c.tries).where(tables.followed.c.address == address)
        with self._reading():
            return self._connection.scalar(query) or 0

    def keep_tries(self, address: str, tries: int) -> None:
        """Remember that number."""
        with self._writing() as connection:
            connection.execute(sa.delete(tables.followed).where(tables.followed.c.address == address))
            connection.execute(sa.insert(tables.followed), {"address": address, "tries": tries})
