"""Turn the bytes of one report into a document: text, Markdown, HTML, or one line of JSON.

Bytes come in with the name they were read under; a `Retrieved` goes out, with the bytes kept as evidence. What cannot
be read raises `ReadingError` with one sentence for the user.
"""

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256

import trafilatura
from trafilatura.settings import Document as Page

from tallystick.errors import ReadingError
from tallystick.model.document import Document, Original, Retrieved
from tallystick.reading.headers import FIELDS, Fields, front_matter, header_lines
from tallystick.reading.language import detect
from tallystick.reading.passages import Hints, label

__all__ = ["html", "json_line", "markdown", "plain"]

# Bytes of the head in which a NUL or a magic number shows that a file is no text.
HEAD = 8_192
MAGIC = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"7z\xbc\xaf")
PARTIAL_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?")
# htmldate leaves out dates after "today" and would make the same page differ from day to day; so it gets a fixed end.
DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-12-31"}


def plain(content: bytes, name: str) -> Retrieved:
    """Read a text in UTF-8; leading "Title: ..." lines are its fields."""
    text = _decoded(content, name)
    fields, header = header_lines(text)
    return _retrieved(text, fields, Hints(fields.title, header), Original(_hash(content), "text/plain", content), name)


def markdown(content: bytes, name: str) -> Retrieved:
    """Read Markdown in UTF-8; its front matter gives its fields."""
    text = _decoded(content, name)
    try:
        fields, header = front_matter(text)
    except ValueError as error:
        raise ReadingError(name, str(error)) from error
    if not header:
        fields, header = header_lines(text)
    hints = Hints(fields.title, header, markdown=True)
    return _retrieved(text, fields, hints, Original(_hash(content), "text/markdown", content), name)


def html(content: bytes, name: str) -> Retrieved:
    """Read a web page: the text of its article, then its reader comments, without scripts and furniture."""
    _refuse_binary(content, name)
    try:
        page = trafilatura.bare_extraction(
            content, include_comments=True, include_tables=True, favor_recall=True, with_metadata=True,
            date_extraction_params=DATES,
        )  # fmt: skip
    except Exception as error:  # a hostile page may break the parser anywhere; it must not stop the other reports
        raise ReadingError(name, f"the page cannot be parsed ({type(error).__name__}: {error})") from error
    if not isinstance(page, Page) or not (page.text or "").strip():
        raise ReadingError(name, "no article text on this page; save the article itself, or give its text as .txt")
    body, comments = page.text or "", page.comments or ""
    text = f"{body}\n\n{comments}" if comments else body
    fields = Fields(
        # The page is the document: two mastheads over one text are two reports.
        id=_hash(content), title=page.title, url=page.url, outlet=page.sitename, author=page.author,
        published=page.date, language=None,
    )  # fmt: skip
    hints = Hints(page.title, comments=len(body) + 2 if comments else None)
    return _retrieved(text, fields, hints, Original(_hash(content), "text/html", content), name)


def json_line(content: bytes, name: str) -> Retrieved:
    """Read one line of a JSONL file: an object with `text` and, where known, `id`, `title`, `published` and so on."""
    try:
        values = json.loads(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ReadingError(name, f"invalid UTF-8 at byte {error.start}") from error
    except (ValueError, RecursionError) as error:
        raise ReadingError(name, f"broken JSON: {error}") from error
    if not isinstance(values, dict):
        raise ReadingError(name, 'a line must be one JSON object, such as {"text": "..."}')
    text = values.get("text")
    if not isinstance(text, str):
        raise ReadingError(name, "the object has no 'text' string")
    fields = _json_fields(values, name)
    original = Original(_hash(content), "application/json", content)
    return _retrieved(text, fields, Hints(fields.title), original, name)


def _json_fields(values: Mapping[str, object], name: str) -> Fields:
    """The fields of a JSON object; numbers are taken as ids, empty strings as absent."""
    found: dict[str, str] = {}
    for field in FIELDS:
        value = values.get(field)
        if field == "id" and isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is None or value == "":
            continue
        if not isinstance(value, str):
            raise ReadingError(name, f"'{field}' must be a string, not {type(value).__name__}")
        _refuse_surrogates(value, name)
        found[field] = value
    return Fields(**found)


def _retrieved(text: str, fields: Fields, hints: Hints, original: Original, name: str) -> Retrieved:
    if not text.strip():
        raise ReadingError(name, "the text is empty")
    _refuse_surrogates(text, name)
    document = Document(
        id=fields.id or _hash(text.encode("utf-8")),
        text=text,
        sha256=original.sha256,
        passages=label(text, hints),
        name=name,
        title=fields.title,
        url=fields.url,
        outlet=fields.outlet,
        author=fields.author,
        published=_published(fields.published, name),
        language=fields.language or detect(text),
    )
    return Retrieved(document, original)


def _published(value: str | None, name: str) -> str | None:
    """The date as it was given, where it is one: relative dates of the text will be resolved against it."""
    if value is None or PARTIAL_DATE.fullmatch(value):
        return value
    try:
        date.fromisoformat(value[:10])
        datetime.fromisoformat(value)
    except ValueError:
        message = f"published {value[:40]!r} is not an ISO 8601 date; write it as 2025-06-17 or 2025-06-17T08:00:00Z"
        raise ReadingError(name, message) from None
    return value


def _decoded(content: bytes, name: str) -> str:
    _refuse_binary(content, name)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"invalid UTF-8 at byte {error.start}; save it as UTF-8 (for instance with iconv -t utf-8)"
        raise ReadingError(name, message) from error


def _refuse_binary(content: bytes, name: str) -> None:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ReadingError(name, "UTF-16 text; save it as UTF-8")
    if b"\0" in content[:HEAD] or content.startswith(MAGIC):
        raise ReadingError(name, "a binary file; give the report as .txt, .md, .html or .jsonl")


def _refuse_surrogates(text: str, name: str) -> None:
    """JSON can spell half a surrogate pair, which no file can hold."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ReadingError(name, f"half a surrogate pair at code point {error.start}") from error


def _hash(content: bytes) -> str:
    return sha256(content).hexdigest()
