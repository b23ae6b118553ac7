"""Tell by its first bytes what a stream is: bytes come in, a kind goes out; a name decides only between texts."""

import re
import zlib
from pathlib import PurePath

from tallystick.reading.lists import list_kind, xml_kind
from tallystick.reading.received import HEAD, Kind

__all__ = ["kind_of"]

GZIP_MARK = b"\x1f\x8b"
WARC_MARK = b"WARC/"
MARKS = (
    (b"%PDF-", Kind.PDF),
    (GZIP_MARK, Kind.GZIP),
    (WARC_MARK, Kind.WARC),
    (b"\x28\xb5\x2f\xfd", Kind.WARC),  # Zstandard and LZ4, in which nothing but web archives is packed
    (b"\x04\x22\x4d\x18", Kind.WARC),
    (b"PK\x03\x04", Kind.ZIP),
    (b"PK\x05\x06", Kind.ZIP),
)
# The member that an office file (or an e-book, which is refused by name) begins with: Word and LibreOffice write their
# list of parts first, Google the text, OpenDocument and EPUB their type. It stands in the first bytes as it is.
OFFICE_MEMBER = re.compile(
    rb"PK\x03\x04.{26}(?:\[Content_Types\]\.xml|_rels/\.rels|docProps/\w+\.xml|(?:word|xl|ppt)/\w+\.xml|mimetypeapplication/)",
    re.DOTALL,
)
OFFICE_SUFFIXES = frozenset((".docx", ".docm", ".dotx", ".odt", ".xlsx", ".pptx", ".epub"))
MAIL_SUFFIX = ".eml"
# Fields that only a mail that was sent has; a text may begin with "From:", "Date:" and "Subject:" too.
MAIL_FIELDS = frozenset(
    (b"received", b"return-path", b"message-id", b"mime-version", b"delivered-to", b"dkim-signature")
)
FIELD = re.compile(rb"([!-9;-~]{1,76}):")
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
    if head.startswith(GZIP_MARK) and _unpacked(head).startswith(WARC_MARK):
        return Kind.WARC
    for mark, kind in MARKS:
        if head.startswith(mark):
            return Kind.DOCX if kind is Kind.ZIP and _is_office(head, name) else kind
    if head.startswith(UTF_16):  # a feed or a sitemap; everything else is told as text, in whatever encoding
        return xml_kind(head.decode("utf-16", "ignore").encode("utf-8", "ignore")) or Kind.TEXT
    if b"\0" in head[:HEAD] or head.startswith(PICTURES):
        return Kind.UNKNOWN
    suffix = PurePath(name).suffix.casefold()
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if suffix == MAIL_SUFFIX or _is_mail(start):
        return Kind.MAIL
    if listed := list_kind(head, suffix):
        return listed
    if suffix in LINES_SUFFIXES:
        return Kind.JSON_LINES
    if suffix in HTML_SUFFIXES or (start.startswith(b"<") and HTML_MARK.search(start)):
        return Kind.HTML
    return Kind.MARKDOWN if suffix in MARKDOWN_SUFFIXES else Kind.TEXT


def _unpacked(head: bytes) -> bytes:
    """The first bytes of a gzip stream; none where they cannot be unpacked."""
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(head, len(WARC_MARK))
    except zlib.error:
        return b""


def _is_office(head: bytes, name: str) -> bool:
    """Whether a ZIP holds one paper of an office program and not files."""
    return OFFICE_MEMBER.match(head) is not None or PurePath(name).suffix.casefold() in OFFICE_SUFFIXES


def _is_mail(start: bytes) -> bool:
    """Whether a text begins with the fields of a mail, of which one is given only to a mail that was sent."""
    found: set[bytes] = set()
    for line in start.splitlines():
        if line[:1] in (b" ", b"\t") and found:
            continue
        field = FIELD.match(line)
        if field is None:
            return not line.strip() and not MAIL_FIELDS.isdisjoint(found)
        found.add(field[1].lower())
    return not MAIL_FIELDS.isdisjoint(found)
