"""Tell the files that hold many reports or addresses: the head of a text comes in, a kind or None goes out.

A text that begins with a bracket, or has commas in it, is still a text: it takes the first key of an object, the root
of a feed, a header with known names.
"""

import json
import re

from tallystick.reading.containers.csv_rows import columns
from tallystick.reading.containers.json_array import LISTED
from tallystick.reading.links import page_url
from tallystick.reading.received import HEAD, Kind

__all__ = ["list_kind", "xml_kind"]

MARK = b"\xef\xbb\xbf"
JSON_SUFFIXES = frozenset((".json", ".jsonl", ".ndjson", ".geojson"))
TABLE_SUFFIXES = frozenset((".csv", ".tsv", ".tab"))
# Markdown has tables of its own within a text, a page may begin anyhow.
TEXT_SUFFIXES = frozenset((".md", ".markdown", ".html", ".htm", ".xhtml"))
OBJECT = re.compile(rb'\{\s*(?:"|\}|$)')
ARRAY = re.compile(rb"\[\s*\{\s*(?:\"|\}|$)")
JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:(?:\\?/){2}jsonfeed\.org')
ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]{0,40}:)?(rss|feed|RDF|urlset|sitemapindex)[\s>/]")
RSS_1 = (b"http://purl.org/rss/1.0", b"http://my.netscape.com/rdf/", b"http://channel.netscape.com/rdf/")
ROOTS = {b"rss": Kind.FEED, b"feed": Kind.FEED, b"urlset": Kind.SITEMAP, b"sitemapindex": Kind.SITEMAP}
# What may stand before the root of XML, and how it ends.
PROLOG = ((b"<?", b"?>"), (b"<!--", b"-->"), (b"<!", b">"))
# Rows above the header of a table.
ROWS = 20


def list_kind(head: bytes, suffix: str) -> Kind | None:
    """Give the kind of a list, table, feed or sitemap; None for what is none.

    Args:
        head: The first `HEAD` bytes of a text, or all where there are fewer.
        suffix: The suffix of its name, in lower case with its point.
    """
    start = head.removeprefix(MARK).lstrip()
    if start.startswith((b"{", b"[")):
        return _json_kind(start, suffix)
    if start.startswith(b"<"):
        return xml_kind(start)
    lines = start.splitlines()
    # The last line of a head goes on behind it.
    whole = lines[:-1] if len(head) >= HEAD and len(lines) > 1 else lines
    if _are_addresses(whole):
        return Kind.ADDRESSES
    return Kind.CSV if suffix not in TEXT_SUFFIXES and _is_table(whole, suffix) else None


def _json_kind(start: bytes, suffix: str) -> Kind | None:
    """Lines of JSON, one array or object, or a feed written in JSON."""
    named = suffix in JSON_SUFFIXES
    if start.startswith(b"["):
        return Kind.JSON_ARRAY if ARRAY.match(start) or suffix == ".json" else None
    if not named and not OBJECT.match(start):
        return None
    if JSON_FEED.search(start):
        return Kind.FEED
    if LISTED.match(start):
        return Kind.JSON_ARRAY
    first, _, rest = start.partition(b"\n")
    second = rest.lstrip()[:1]
    # A line break stands between two tokens of JSON, never within one: an object of many lines is seen by its first.
    whole = not second or second == b"{" or _is_object(first)
    return Kind.JSON_LINES if whole else Kind.JSON_ARRAY


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def xml_kind(start: bytes) -> Kind | None:
    """Give FEED or SITEMAP, told by the root of the XML that `start` begins with; None for other XML or none."""
    at = len(start) - len(start.lstrip())
    while prolog := next((end for mark, end in PROLOG if start.startswith(mark, at)), None):
        end = start.find(prolog, at)
        if prolog == b">" and b"[" in start[at : end + 1]:  # a document type with declarations of its own
            end = start.find(b">", max(end, start.find(b"]", at)))
        if end < 0:
            return None
        at = end + len(prolog)
        at += len(start) - at - len(start[at:].lstrip())
    root = ROOT.match(start, at)
    if root is None:
        return None
    if root[1] == b"RDF":
        return Kind.FEED if any(mark in start for mark in RSS_1) else None
    return ROOTS[root[1]]


def _are_addresses(lines: list[bytes]) -> bool:
    """Whether every line is an address, a remark or blank."""
    said = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith(b"#")]
    return bool(said) and all(page_url(line.decode("utf-8", "replace")) for line in said)


def _is_table(lines: list[bytes], suffix: str) -> bool:
    """Whether a header with a column of texts or addresses stands at the top."""
    if suffix in TABLE_SUFFIXES:
        return True
    said = [line.decode("utf-8", "replace") for line in lines[:ROWS] if line.strip()]
    told = columns(said[0], sure=False) if said else None
    if told is None:
        # A column of addresses alone.
        return len(said) > 1 and columns(said[0], sure=True) is not None and page_url(said[1]) is not None
    return len(said) < 2 or told.delimiter in said[1]
