"""Read the entries of a feed: its bytes come in, what each entry says goes out, whatever form the feed has."""

import codecs
import json
import re
from collections.abc import Mapping
from io import BytesIO
from time import struct_time
from typing import NamedTuple
from xml.parsers import expat

import feedparser

from tallystick.reading.links import page_url
from tallystick.reading.text.encodings import decode
from tallystick.reading.text.timestamps import iso

__all__ = ["Entries", "Entry", "entries_of"]

# Feeds hold 10 to 500 entries; archives of a whole outlet a few thousand. feedparser takes 0.3 ms and 5 kB for each.
MOST = 10_000
# feedparser takes 20 to 90 microseconds for each tag; 10,000 entries of 20 tags are this much.
MOST_TAGS = 400_000
# feedparser's guesses at broken XML take six times as long as reading, and more the longer it is; of a longer feed
# the entries before the fault are read.
LARGEST_BROKEN = 2_000_000
# Elements around an entry; there are two.
CLOSED = 8
DECLARED = re.compile(r"<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([A-Za-z0-9._-]{1,40})[\"'][^>]{0,200}?\?>")
# The declaration of XML is the first that stands in a file.
DECLARATION = 1_000
ENTITY = re.compile(r"<!\s{0,9}ENTITY", re.IGNORECASE)
JSON_FORM = "JSON Feed"
FORMS = {"rss": "RSS", "atom": "Atom"}


class Entry(NamedTuple):
    """One entry of a feed.

    Attributes:
        form: "RSS", "Atom" or "JSON Feed", for the reader of a detail.
        id: Its id as the feed gives it, or None.
        url: The http or https address of its report, or None.
        title: Its title, as HTML or text.
        html: Its content as HTML, or "".
        text: Its content as plain text, or "".
        summary: What is said of it in short, as HTML or text, or "".
        published: When it was published, in ISO 8601, or None.
        published_in: The name of the field that said so.
        updated: When it was changed, in ISO 8601, or None.
        updated_in: The name of the field that said so.
        author: Who wrote it, or None.
        language: Of the entry or its feed, as written there, or None.
        outlet: Title of the feed, or None.
    """

    form: str
    id: str | None
    url: str | None
    title: str
    html: str = ""
    text: str = ""
    summary: str = ""
    published: str | None = None
    published_in: str = ""
    updated: str | None = None
    updated_in: str = ""
    author: str | None = None
    language: str | None = None
    outlet: str | None = None


class Entries(NamedTuple):
    """The entries of a feed.

    Attributes:
        entries: In their order.
        problem: One sentence on what of the feed was not read, or "".
    """

    entries: tuple[Entry, ...]
    problem: str = ""


def entries_of(content: bytes) -> Entries:
    """Give the entries of a feed.

    Raises:
        ValueError: Where it declares entities, has too many tags, or is no feed.
    """
    text = _decoded(content)
    if text.lstrip().startswith("{"):
        return _json_entries(text)
    return _xml_entries(text)


def _decoded(content: bytes) -> str:
    """The text of a feed; a byte that does not fit its encoding does not lose the rest."""
    # The declaration is in ASCII in every encoding but UTF-16 and UTF-32, which have a mark.
    declared = DECLARED.search(content[:DECLARATION].decode("latin-1"))
    try:
        return decode(content, declared[1] if declared else None).text
    except ValueError:
        return content.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")


def _xml_entries(text: str) -> Entries:
    """The entries of RSS or Atom."""
    if ENTITY.search(text):
        raise ValueError("the feed declares entities of its own, which no feed needs and attacks use")
    if text.count("<") > MOST_TAGS:
        raise ValueError(f"a feed of more than {MOST_TAGS:,} tags")
    # The declaration names the encoding that the feed had; it is UTF-8 now. A file-like object is the one thing that
    # feedparser takes for what it is: a text it would look up as a path or an address.
    start = DECLARED.sub("", text[:DECLARATION], count=1).lstrip()
    content = (start + text[DECLARATION:]).encode("utf-8", "replace")
    outline = _Outline(content)
    problem = outline.problem
    stream = BytesIO(content if outline.cut is None else outline.cut)
    try:
        found = feedparser.parse(stream, sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # it reads broken XML by guesses, any of which may fail
        raise ValueError(f"the feed cannot be parsed ({type(error).__name__}: {error})") from error
    form = next((form for mark, form in FORMS.items() if (found.get("version") or "").startswith(mark)), "feed")
    outlet = _text(found.feed, "title")
    language = _text(found.feed, "language")
    entries = tuple(_xml_entry(entry, form, outlet, language) for entry in found.entries)
    if found.bozo and not entries:
        reason = " ".join(str(found.get("bozo_exception")).split())
        raise ValueError(f"the feed is broken and holds no entry ({reason})")
    return Entries(entries, problem or ("" if entries else "a feed without an entry"))


class _Outline:
    """Where the entries of a feed end, by a look at its tags alone.

    Attributes:
        cut: What of the feed can be read, with the tags closed that are open there; None where that is all of it.
        problem: What is said of the rest, or "".
    """

    def __init__(self, content: bytes) -> None:
        self.cut: bytes | None = None
        self.problem = ""
        self._number = 0
        self._open: list[str] = []
        self._last = (0, "")
        # With spaces of names, as feedparser reads it: a prefix that is not declared is an error to both.
        self._parser = expat.ParserCreate("utf-8", " ")
        self._parser.namespace_prefixes = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        try:
            self._parser.Parse(content, True)
        except expat.ExpatError as error:
            if len(content) > LARGEST_BROKEN:
                self._cut(content, f"its XML is broken ({error}); {self._number:,} entries before that were read")
        except _FullError:
            self._cut(content, f"more than {MOST:,} entries; the first {MOST:,} were read")

    def _start(self, name: str, _: object) -> None:
        if self._number >= MOST and _is_entry(name):
            raise _FullError
        self._open.append(name)

    def _end(self, name: str) -> None:
        self._open.pop()
        if _is_entry(name):
            self._number += 1
            closing = "".join(f"</{_written(one)}>" for one in reversed(self._open[:CLOSED]))
            self._last = self._parser.CurrentByteIndex, closing

    def _cut(self, content: bytes, problem: str) -> None:
        at, closing = self._last
        end = content.find(b">", at) + 1
        self.cut = content[:end] + closing.encode() if self._number else b""
        self.problem = problem


class _FullError(Exception):
    """As many entries as are read."""


def _is_entry(name: str) -> bool:
    return name.split(" ")[-1 if " " not in name else 1] in ("item", "entry")


def _written(name: str) -> str:
    """The name of an element as it stands in the tag: expat gives "space name prefix"."""
    parts = name.split(" ")
    return f"{parts[2]}:{parts[1]}" if len(parts) > 2 else parts[-1]


def _xml_entry(entry: Mapping[str, object], form: str, outlet: str | None, language: str | None) -> Entry:
    """One entry as feedparser gives it."""
    contents = entry.get("content")
    given = [one for one in contents if isinstance(one, dict)] if isinstance(contents, list) else []
    content = max(given, key=lambda one: len(_text(one, "value") or ""), default={})
    value = _text(content, "value") or ""
    plain = content.get("type") == "text/plain"
    summary = _text(entry, "summary") or ""
    published, updated = _date(entry, "published"), _date(entry, "updated")
    published_in, updated_in = ("pubDate", "dc:date") if form == "RSS" else ("published", "updated")
    if form != "Atom" and published is None:  # RSS 1.0 has dc:date alone, which is when an entry was published
        published, updated, published_in = updated, None, updated_in
    return Entry(
        form=form, id=_text(entry, "id"), url=page_url(_text(entry, "link")), title=_text(entry, "title") or "",
        html="" if plain else value, text=value if plain else "", summary="" if summary == value else summary,
        published=published, published_in=published_in, updated=updated, updated_in=updated_in,
        author=_text(entry, "author"), language=_text(content, "language") or language, outlet=outlet,
    )  # fmt: skip


def _text(found: Mapping[str, object], name: str) -> str | None:
    """A text of feedparser's, without what it puts in the place of one that is missing."""
    value = dict.get(dict(found), name)
    return value.strip() or None if isinstance(value, str) else None


def _date(entry: Mapping[str, object], name: str) -> str | None:
    """A date as written, else as feedparser reads it."""
    written = _text(entry, name)
    if written and (found := iso(written)):
        return found
    parsed = dict.get(dict(entry), f"{name}_parsed")
    if isinstance(parsed, struct_time) and 1 <= parsed.tm_year <= 9_999:
        return "{:04d}-{:02d}-{:02d}T{:02d}:{:02d}:{:02d}Z".format(*parsed[:6])
    return None


def _json_entries(text: str) -> Entries:
    """The entries of a JSON Feed (versions 1 and 1.1)."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"broken JSON: {error}") from error
    listed = found.get("items") if isinstance(found, dict) else None
    if not isinstance(listed, list):
        raise ValueError("no JSON Feed: it has no list of 'items'")
    entries = tuple(_json_entry(one, found) for one in listed[:MOST] if isinstance(one, dict))
    if len(listed) > MOST:
        return Entries(entries, f"more than {MOST:,} entries; the first {MOST:,} were read")
    return Entries(entries, "" if entries else "a feed without an entry")


def _json_entry(entry: Mapping[str, object], found: Mapping[str, object]) -> Entry:
    """One entry of a JSON Feed; its authors may stand once for all."""
    known = entry.get("id")
    return Entry(
        form=JSON_FORM, id=str(known) if isinstance(known, int | str) and str(known) else None,
        url=page_url(entry.get("url")) or page_url(entry.get("external_url")), title=_text(entry, "title") or "",
        html=_text(entry, "content_html") or "", text=_text(entry, "content_text") or "",
        summary=_text(entry, "summary") or "",
        published=iso(_text(entry, "date_published") or ""), published_in="date_published",
        updated=iso(_text(entry, "date_modified") or ""), updated_in="date_modified",
        author=_authors(entry) or _authors(found),
        language=_text(entry, "language") or _text(found, "language"), outlet=_text(found, "title"),
    )  # fmt: skip


def _authors(named: Mapping[str, object]) -> str | None:
    """The names of the authors."""
    authors = named.get("authors") or [named.get("author")]
    listed = authors if isinstance(authors, list) else [authors]
    return ", ".join(name for one in listed if isinstance(one, dict) and (name := _text(one, "name"))) or None
