"""The line of JSON that a document is printed as: a document comes in, a line goes out, and the other way round.

`text` of the line is the body: `Document.text` up to where only what stands apart from the body follows. Each passage
is one of `parts`; `start` and `end` count the code points of `Document.text`. A part after the body carries its own
`text`; what is between it and the part before it are two line ends, or else `gap`.
"""

import json
from collections.abc import Mapping
from typing import NotRequired, TypedDict

from tallystick.model.document import Detail, Document, Passage, PassageKind, Sureness
from tallystick.reading.text.alignment import OffsetMap

__all__ = ["DetailForm", "LineForm", "PartForm", "is_line_form", "parts_of", "to_form", "to_line"]

JOINT = "\n\n"


class PartForm(TypedDict):
    """A passage in a line; what is not known of it is left out."""

    kind: str
    start: int
    end: int
    repeats: NotRequired[int]
    language: NotRequired[str]
    turn: NotRequired[str]
    page: NotRequired[int]
    text: NotRequired[str]
    gap: NotRequired[str]
    bytes: NotRequired[tuple[int, int]]


class DetailForm(TypedDict):
    """A detail in a line."""

    field: str
    value: str
    how: str
    sure: str


class LineForm(TypedDict):
    """A document as one JSON object; `after` is what follows the last part, where anything does."""

    id: str
    path: str
    url: str | None
    title: str | None
    text: str
    published: str | None
    updated: str | None
    language: str
    outlet: str | None
    author: str | None
    sha256: str
    parts: list[PartForm]
    details: list[DetailForm]
    after: NotRequired[str]


def to_line(document: Document) -> str:
    """Give the line of JSON of a document, without the line end."""
    return json.dumps(to_form(document), ensure_ascii=False)


def to_form(document: Document, offsets: OffsetMap | None = None) -> LineForm:
    """Give a document in the form of a line; `parts_of` reads its text and its passages back.

    Args:
        document: The document.
        offsets: The way back to its original, to tell of each part the bytes that it was read from.
    """
    text = document.text
    body = _body(document)
    parts: list[PartForm] = []
    at = body
    for passage in document.passages:
        part = _part(passage)
        if offsets is not None and (found := offsets.bytes_of(passage.start, passage.end)) is not None:
            part["bytes"] = found
        if passage.start >= body:
            part["text"] = text[passage.start : passage.end]
            if (gap := text[at : passage.start]) != JOINT:
                part["gap"] = gap
            at = passage.end
        parts.append(part)
    form: LineForm = {
        "id": document.id, "path": document.name, "url": document.url, "title": document.title, "text": text[:body],
        "published": document.published, "updated": document.updated, "language": document.language,
        "outlet": document.outlet, "author": document.author, "sha256": document.sha256, "parts": parts,
        "details": [
            {"field": one.field, "value": one.value, "how": one.how, "sure": one.sureness.value}
            for one in document.details
        ],
    }  # fmt: skip
    if text[at:]:
        form["after"] = text[at:]
    return form


def _body(document: Document) -> int:
    """One past the body: the last body passage, or all of the text where nothing stands apart after it."""
    last = max((passage.end for passage in document.passages if passage.kind is PassageKind.BODY), default=0)
    apart = any(passage.start >= last for passage in document.passages)
    return last if last and apart else len(document.text)


def _part(passage: Passage) -> PartForm:
    part: PartForm = {"kind": passage.kind.value, "start": passage.start, "end": passage.end}
    if passage.repeats is not None:
        part["repeats"] = passage.repeats
    if passage.language is not None:
        part["language"] = passage.language
    if passage.turn is not None:
        part["turn"] = passage.turn
    if passage.page is not None:
        part["page"] = passage.page
    return part


def is_line_form(values: Mapping[str, object]) -> bool:
    """Whether a JSON object is a document in this form: it has its text and its parts."""
    return isinstance(values.get("text"), str) and isinstance(values.get("parts"), list)


def parts_of(values: Mapping[str, object]) -> tuple[str, tuple[Passage, ...], tuple[Detail, ...]]:
    """Give the text, the passages and the details of a document in this form.

    Raises:
        ValueError: Where a part or a detail is none, stands outside the text, or over the one before it.
    """
    body = values.get("text")
    parts, details = values.get("parts"), values.get("details") or []
    if not isinstance(body, str) or not isinstance(parts, list) or not isinstance(details, list):
        raise ValueError("'text' must be a string, 'parts' and 'details' lists")
    pieces = [body]
    passages = [_passage(part, pieces) for part in parts]
    after = values.get("after")
    text = "".join(pieces) + (after if isinstance(after, str) else "")
    at = 0
    starts: set[int] = set()
    for passage in passages:
        if not at <= passage.start < passage.end <= len(text):
            message = f"the part at {passage.start} to {passage.end} is not in the text, or not after the one before it"
            raise ValueError(message)
        if passage.repeats is not None and passage.repeats not in starts:
            raise ValueError(f"the part at {passage.start} repeats none before it")
        at = passage.end
        starts.add(passage.start)
    return text, tuple(passages), tuple(map(_detail, details))


def _passage(part: object, pieces: list[str]) -> Passage:
    """One part; the text that it carries itself is added to `pieces`."""
    if not isinstance(part, dict):
        raise ValueError("a part must be an object")
    text, gap = part.get("text"), part.get("gap", JOINT)
    if isinstance(text, str) and isinstance(gap, str):
        pieces += (gap, text)
    try:
        kind = PassageKind(str(part.get("kind")))
    except ValueError as error:
        raise ValueError(f"no kind of part: {str(part.get('kind'))[:40]!r}") from error
    return Passage(
        _number(part, "start") or 0, _number(part, "end") or 0, kind, _number(part, "repeats"),
        _words(part, "language"), _words(part, "turn"), _number(part, "page"),
    )  # fmt: skip


def _detail(detail: object) -> Detail:
    if not isinstance(detail, dict):
        raise ValueError("a detail must be an object")
    try:
        sureness = Sureness(str(detail.get("sure")))
    except ValueError as error:
        raise ValueError(f"no sureness of a detail: {str(detail.get('sure'))[:40]!r}") from error
    return Detail(_words(detail, "field") or "", _words(detail, "value") or "", _words(detail, "how") or "", sureness)


def _number(part: Mapping[str, object], name: str) -> int | None:
    value = part.get(name)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise ValueError(f"'{name}' of a part must be a number")
    return value


def _words(part: Mapping[str, object], name: str) -> str | None:
    value = part.get(name)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"'{name}' of a part must be a string")
    return value
