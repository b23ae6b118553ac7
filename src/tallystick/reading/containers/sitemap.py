"""Take a sitemap apart: its XML comes in as a stream, the address of each page or further sitemap goes out."""

from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from tallystick.errors import ReadingError
from tallystick.model.document import Detail, Failure, Sureness
from tallystick.reading.links import page_url
from tallystick.reading.received import Address, Received
from tallystick.reading.text.timestamps import iso

__all__ = ["sitemap"]

# What the protocol allows for one sitemap (sitemaps.org): 50,000 addresses in 50 MB.
MOST = 50_000
LONGEST = 52_428_800
# urlset > url > news > publication > name is the deepest that any extension goes, and images and videos one more.
DEEPEST = 16
# Fields of one page; videos have some twenty, and a page up to a thousand images of four fields.
MOST_FIELDS = 10_000
PAGES = frozenset(("url", "sitemap"))
NEWS = {"title": "title", "publication_date": "published", "name": "outlet", "language": "language"}


def sitemap(received: Received) -> Iterator[Address | Failure]:
    """Give the address of each page of a sitemap, or of each sitemap of an index, with what is said of it.

    Raises:
        ReadingError: Where its XML declares a document type.
    """
    number = 0
    try:
        for element in _pages(_Bounded(received.stream)):
            number += 1
            where = f"{received.name}[{number}]"
            if number > MOST:
                yield Failure(received.name, "read", f"more than {MOST:,} addresses; the first {MOST:,} were read")
                return
            fields = dict(_fields(element))
            if url := page_url(fields.get("loc")):
                yield Address(url, where, (*_details(fields), *received.details))
            else:
                yield Failure(where, "read", "no http or https address in 'loc'")
    except DefusedXmlException as error:
        raise ReadingError(received.name, "its XML declares a document type, which no sitemap needs") from error
    except (ParseError, ValueError, LookupError) as error:
        reason = f"its XML is broken ({error}); {number:,} addresses before that were read"
        yield Failure(received.name, "read", reason)
        return
    if not number:
        yield Failure(received.name, "read", "a sitemap without an address")


class _Bounded:
    """A stream of which no more than `LONGEST` bytes are given."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._left = LONGEST

    def read(self, size: int = -1) -> bytes:
        """Give the next bytes."""
        piece = self._stream.read(self._left + 1 if size < 0 else min(size, self._left + 1))
        self._left -= len(piece)
        if self._left < 0:
            raise ValueError(f"longer than {LONGEST // 1_048_576} MB")
        return piece


def _pages(stream: _Bounded) -> Iterator[Element]:
    """The elements that name a page each; what has been read is let go."""
    around: list[Element] = []
    fields = 0
    for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
        if event == "start":
            around.append(element)
            fields += 1
            if len(around) > DEEPEST or fields > MOST_FIELDS:
                raise ValueError("nested deeper, or with more in one entry, than any sitemap is")
            continue
        around.pop()
        if len(around) == 1:
            if _local(element) in PAGES:
                yield element
            around[0].remove(element)
            fields = 0


def _fields(page: Element) -> Iterator[tuple[str, str]]:
    """The names and texts in one entry, the last first, so that the first is the one kept."""
    # Images and videos of a page have a title and a loc of their own.
    for element in reversed(list(page)):
        name = _local(element)
        if name == "news":
            for inner in reversed(list(element.iter())):
                if _local(inner) in NEWS and inner.text:
                    yield _local(inner), inner.text.strip()
        elif name in ("loc", "lastmod") and element.text:
            yield name, element.text.strip()


def _details(fields: dict[str, str]) -> tuple[Detail, ...]:
    """What a sitemap says of a page."""
    found = []
    for name, field in NEWS.items():
        value = fields.get(name)
        if value and field == "published":
            value = iso(value)
        if value:
            found.append(Detail(field, value, f"sitemap news:{name}", Sureness.STATED))
    if changed := iso(fields.get("lastmod", "")):
        # Many sites set it to when the sitemap was made.
        found.append(Detail("updated", changed, "sitemap lastmod", Sureness.GUESSED))
    return tuple(found)


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
