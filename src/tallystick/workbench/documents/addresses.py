"""Addresses of reports: an id that is the caller's own comes in, an address that any browser keeps as it is goes out.

Ids stand in the query, never in the path: servers and browsers take "/", "." and ".." in a path for their own, and an
id may hold them.
"""

from hashlib import sha256
from typing import NamedTuple
from urllib.parse import quote, urlencode

__all__ = ["MOST_ID", "Named", "claim_href", "document_href", "named", "page_href"]

PAGE = "/documents/one"
# Code points of an id that an address holds whole: twelve characters each at most, three times in one request (address,
# referrer, and what HTMX sends), within the 64 KiB that servers take.
MOST_ID = 500
# Hex digits of the digest by which a longer id is known.
DIGITS = 32


class Named(NamedTuple):
    """How an address names a report.

    Attributes:
        id: Its id, or the first MOST_ID code points of it.
        digest: SHA-256 of the whole id, in its first digits, where `id` is not whole; else "".
    """

    id: str
    digest: str = ""

    def fits(self, name: str) -> bool:
        """Whether `name` is the id that is meant."""
        return self == named(name)


def named(document: str) -> Named:
    """Give how an address names the report `document`."""
    if len(document) <= MOST_ID:
        return Named(document)
    digest = sha256(document.encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]
    return Named(document[:MOST_ID], digest)


def page_href(path: str, document: str, **more: object) -> str:
    """Give the address of a page about a report.

    Args:
        path: Of the page, "/documents/one".
        document: Id of the report.
        more: What else the address says; what is None or "" is left out.
    """
    shown = named(document)
    values = {"id": shown.id, "digest": shown.digest, **more}
    held = {name: value for name, value in values.items() if name == "id" or value not in (None, "")}
    return f"{path}?{urlencode(held, errors='replace', quote_via=quote, safe='')}"


def document_href(document: str, start: int | None = None, end: int | None = None, *, claim: str | None = None) -> str:
    """Give the address of a report, of some words in it, or of one of its claims.

    Args:
        document: Id of the report.
        start: First code point of the words, else None.
        end: One past their last code point, else None.
        claim: Id of the claim, else None.
    """
    at = None if start is None or end is None else f"{start}-{end}"
    place = "#at" if at or claim else ""
    return page_href(PAGE, document, claim=claim, at=at) + place


def claim_href(claim: str) -> str:
    """Give the address of the panel of a claim, without the page around it."""
    return f"/documents/claim?{urlencode({'claim': claim}, errors='replace')}"
