"""Tell by its first bytes what a stream is: bytes come in, a kind goes out; a name decides only between texts."""

import re
from pathlib import PurePath

from tallystick.reading.received import HEAD, Kind

__all__ = ["kind_of"]

MARKS = (
    (b"%PDF-", Kind.PDF),
    (b"\x1f\x8b", Kind.GZIP),
    (b"WARC/", Kind.WARC),
    (b"PK\x03\x04", Kind.ZIP),
    (b"PK\x05\x06", Kind.ZIP),
)
UTF_16 = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")  # and UTF-32, which starts likewise
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\xd0\xcf\x11\xe0", b"7z\xbc\xaf")
MARKDOWN_SUFFIXES = frozenset((".md", ".markdown"))
HTML_SUFFIXES = frozenset((".html", ".htm", ".xhtml"))
LINES_SUFFIXES = frozenset((".jsonl", ".ndjson"))
HTML_MARK = re.compile(rb"<!doctype\s+html|<(?:html|head|body|article|title|meta|div|p)[\s>]", re.IGNORECASE)


def kind_of(head: bytes, name: str) -> Kind:
    """Give the kind of a stream.

    Args:
        head: Its first `HEAD` bytes, or all where there are fewer.
        name: Its name, for what its bytes leave open: Markdown is plain text with a name.
    """
    for mark, kind in MARKS:
        if head.startswith(mark):
            return kind
    if head.startswith(UTF_16):  # told as text, in whatever encoding
        return Kind.TEXT
    if b"\0" in head[:HEAD] or head.startswith(PICTURES):
        return Kind.UNKNOWN
    suffix = PurePath(name).suffix.casefold()
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if suffix in LINES_SUFFIXES or start.startswith(b"{"):
        return Kind.JSON_LINES
    if suffix in HTML_SUFFIXES or (start.startswith(b"<") and HTML_MARK.search(start)):
        return Kind.HTML
    return Kind.MARKDOWN if suffix in MARKDOWN_SUFFIXES else Kind.TEXT
