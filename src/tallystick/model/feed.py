"""How far a feed has been followed: what is kept of it between two polls."""

from dataclasses import dataclass

__all__ = ["Feed"]


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed that is looked at again and again.

    Attributes:
        url: Its address.
        due: When it is to be looked at next, ISO 8601 in UTC.
        etag: ETag of the version that was read to its end, or None.
        modified: Last-Modified of that version, or None.
        failures: How many times in a row it could not be read.
    """

    url: str
    due: str
    etag: str | None = None
    modified: str | None = None
    failures: int = 0
