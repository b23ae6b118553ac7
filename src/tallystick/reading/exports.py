"""What the columns and keys of exports mean: one record of a table or a JSON file comes in, its fields go out.

Read are our own names, and those of news-please, Media Cloud and GDELT. One table says what each name stands for.
"""

from collections.abc import Mapping
from typing import NamedTuple

from tallystick.model.document import Detail, PassageKind, Sureness
from tallystick.reading.links import page_url
from tallystick.reading.received import Address
from tallystick.reading.text.apart import Laid, laid
from tallystick.reading.text.headers import FIELDS
from tallystick.reading.text.timestamps import iso

__all__ = ["Export", "address", "export", "is_foreign", "known_field"]


class Key(NamedTuple):
    """A name that an export gives a field.

    Attributes:
        name: As it is written there, in lower case.
        field: What it holds: a field of the document, "text" or "standfirst".
        sureness: How far it can be relied on.
    """

    name: str
    field: str
    sureness: Sureness = Sureness.STATED


KEYS = {
    key.name: key
    for key in (
        *(Key(name, name) for name in ("text", *FIELDS)),
        # news-please
        Key("maintext", "text"),
        Key("description", "standfirst"),
        Key("authors", "author"),
        Key("date_publish", "published"),
        Key("date_modify", "updated"),
        Key("source_domain", "outlet", Sureness.GUESSED),
        # Media Cloud
        Key("media_name", "outlet"),
        Key("publish_date", "published", Sureness.READ),
        Key("media_url", "outlet", Sureness.GUESSED),
        Key("story_text", "text"),
        # GDELT: it names pages without their text, and knows when it saw a page, not when the page was published.
        Key("sourceurl", "url"),
        Key("documentidentifier", "url"),
        Key("sourcecommonname", "outlet", Sureness.GUESSED),
        Key("domain", "outlet", Sureness.GUESSED),
        Key("seendate", "published", Sureness.GUESSED),
        Key("dateadded", "published", Sureness.GUESSED),
        Key("date", "published", Sureness.GUESSED),
        # What tables made by hand call the column.
        Key("article_text", "text"),
        Key("full_text", "text"),
        Key("fulltext", "text"),
        Key("article", "text"),
        Key("content", "text"),
        Key("body", "text"),
        Key("headline", "title"),
        Key("link", "url"),
    )
}
# Names that only these programs use.
MARKS = frozenset((
    "maintext", "date_publish", "date_modify", "source_domain", "media_name", "media_url", "publish_date", "story_text",
    "indexed_date", "sourceurl", "documentidentifier", "seendate", "sourcecountry", "mobileurl", "globaleventid",
))  # fmt: skip
# Of two names for a field the surer one is taken; the others are kept as details.
ORDER = tuple(sorted(KEYS.values(), key=lambda key: list(Sureness).index(key.sureness)))
# GDELT writes languages in English, the others in BCP 47.
LANGUAGES = {
    "arabic": "ar", "belarusian": "be", "bulgarian": "bg", "chinese": "zh", "croatian": "hr", "czech": "cs",
    "danish": "da", "dutch": "nl", "english": "en", "estonian": "et", "finnish": "fi", "french": "fr", "german": "de",
    "greek": "el", "hebrew": "he", "hindi": "hi", "hungarian": "hu", "indonesian": "id", "italian": "it",
    "japanese": "ja", "korean": "ko", "latvian": "lv", "lithuanian": "lt", "norwegian": "no", "persian": "fa",
    "polish": "pl", "portuguese": "pt", "romanian": "ro", "russian": "ru", "serbian": "sr", "slovak": "sk",
    "spanish": "es", "swedish": "sv", "thai": "th", "turkish": "tr", "ukrainian": "uk", "vietnamese": "vi",
}  # fmt: skip
DATED = ("published", "updated")


class Export(NamedTuple):
    """One record of an export.

    Attributes:
        laid: Its text: the body, then what stands apart.
        details: What it says of the report, the best first.
        id: The id that it gives the report, or None.
        title: Its title, or None.
    """

    laid: Laid
    details: tuple[Detail, ...]
    id: str | None
    title: str | None


def known_field(name: str) -> str | None:
    """Give the field that a name of a key or column stands for, or None."""
    key = KEYS.get(name.strip().casefold())
    return key.field if key else None


def is_foreign(values: Mapping[str, object]) -> bool:
    """Whether a record is not in our own form: what cannot be read in it is left out then, and is no error."""
    named = _named(values)
    return "text" not in named or not MARKS.isdisjoint(named)


def address(values: Mapping[str, object], name: str, form: str) -> Address | None:
    """Give where the report is that a record names without its text; None where it holds a text or no address.

    Args:
        values: The record.
        name: Where it was found.
        form: "JSON" or "column": what its names are, for the reader of a detail.
    """
    if values.get("text"):  # nearly every record: the rest takes as long as reading its JSON
        return None
    foreign, named = is_foreign(values), _named(values)
    if _text(named, foreign=foreign) is not None or (not foreign and named["text"] is not None):
        return None
    details = _details(named, form, foreign=True)
    url = next((page_url(detail.value) for detail in details if detail.field == "url"), None)
    return Address(url, name, details) if url else None


def export(values: Mapping[str, object], form: str) -> Export:
    """Give what a record says.

    The text stays as it is, code point by code point. In our own form it stands alone and every field must be right;
    in those of other programs the title and the standfirst follow it, and what cannot be read is left out.

    Raises:
        ValueError: Where it has no text, or a field in our own form is wrong.
    """
    foreign = is_foreign(values)
    named = _named(values)
    text = _text(named, foreign=foreign)
    if text is None:
        raise ValueError("the object has no 'text' string" if form == "JSON" else "no text in this row")
    details = _details(named, form, foreign=foreign)
    title = next((detail.value for detail in details if detail.field == "title"), None)
    known = named.get("id")
    given = str(known) if isinstance(known, int) and not isinstance(known, bool) else known
    apart = ((title, PassageKind.HEADLINE), (named.get("description"), PassageKind.STANDFIRST)) if foreign else ()
    pieces = [(piece, kind) for piece, kind in apart if isinstance(piece, str)]
    if given is not None and not isinstance(given, str):
        if not foreign:
            raise ValueError(f"'id' must be a string, not {type(known).__name__}")
        given = None
    return Export(laid(text, pieces), details, given or None, title)


def _text(named: Mapping[str, object], *, foreign: bool) -> str | None:
    """The text of a record; in our own form it may be blank, which is an error of its own."""
    names = (key.name for key in ORDER if key.field == "text") if foreign else ("text",)
    texts = (named.get(name) for name in names)
    return next((text for text in texts if isinstance(text, str) and (text or not foreign)), None)


def _named(values: Mapping[str, object]) -> dict[str, object]:
    """The fields by their names in lower case; one that is written so goes before "Text"."""
    lower = {name.strip().casefold(): value for name, value in values.items() if name not in KEYS}
    return {**lower, **{name: value for name, value in values.items() if name in KEYS}}


def _details(named: Mapping[str, object], form: str, *, foreign: bool) -> tuple[Detail, ...]:
    """The details in the order of `FIELDS`, of each field the surest first."""
    found = []
    for field in FIELDS[1:]:
        for key in ORDER:
            if key.field != field or (key.name != field and not foreign):
                continue
            if (value := named.get(key.name)) in (None, ""):
                continue
            if not foreign and not isinstance(value, str):
                raise ValueError(f"'{key.name}' must be a string, not {type(value).__name__}")
            text = _read(field, value) if foreign else str(value)
            if text:
                found.append(Detail(field, text, f"{form} {key.name}", key.sureness))
    return tuple(found)


def _read(field: str, value: object) -> str | None:
    """A field of another program in our form; None where it cannot be read."""
    if isinstance(value, list | tuple):
        value = ", ".join(one for one in value if isinstance(one, str) and one)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return None
    if field in DATED:
        return iso(value)
    if field == "url":
        return page_url(value)
    if field == "language":
        code = LANGUAGES.get(value.casefold(), value)
        return code if 2 <= len(code) <= 12 and code.replace("-", "").isalnum() and code.isascii() else None
    return value.strip() or None
