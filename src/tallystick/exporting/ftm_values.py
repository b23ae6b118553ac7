"""Values as FollowTheMoney keeps them: texts, dates and codes come in, what its cleaning leaves as it is goes out.

Its tools clean what they read: they compose letters (NFC), drop control characters, zero-width marks and half
surrogates, make odd blanks plain, strip the ends, and throw away what they cannot read. Values are cleaned here by the
same rules, so that nothing is lost there unseen. What a value was before stands in the statements.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from ipaddress import ip_address
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import quote, urlsplit, urlunsplit

from tallystick.exporting.linked import ALLOWED
from tallystick.values.places import is_country

__all__ = ["PROPERTIES", "Value", "cleaned", "dataset", "entity_id", "is_entity_id", "language"]


class Value(NamedTuple):
    """One value of a property.

    Attributes:
        text: As it is written.
        raw: As the case holds it, where that is another.
        language: ISO 639-3 of its words, where they are a report's.
    """

    text: str
    raw: str | None = None
    language: str | None = None


# Blanks that become a plain one, and marks that go.
BLANKS = "\u2000-\u200a\u2028\u2029\u0a00\u1680\u202f\u205f\u3000"
BLANK = re.compile(f"[{BLANKS}]")
DROPPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u061c\u2060-\u2064\xad\ufeff\ud800-\udfff]")
SQUASHED = re.compile(rf"[\s{BLANKS}]+")
QUOTED = re.compile(r"""^["'](.*)["']$""")
LINES = re.compile(r"(\r\n|\n|<BR/>|<BR>|\t|ESQ\.,|ESQ,|;)")
COMMATA = re.compile(r"(,\s?[,\.])")
# The longest value of each type, in code points.
NAME, LABEL, TEXT, ADDRESS, URL = 384, 1_024, 65_000, 250, 4_096
CUT = "…"
# An id that refers to an entity: FollowTheMoney's own rule, and its length.
ENTITY_ID = re.compile(r"[0-9a-zA-Z](?:[0-9a-zA-Z.-]{0,198}[0-9a-zA-Z])?")
DAY = re.compile(r"([12]\d{3}(?:-\d\d(?:-\d\d)?)?)[?~%]?")
# States that are no more, ISO 3166-1 alpha-2 beside ISO 3166-3 as FollowTheMoney writes it.
WITHDRAWN = {"su": "suhh", "yu": "yucs", "cs": "cshh"}
SPACE = re.compile(r"\s")
TIMED = re.compile(r"[T ]\d")
HOST = re.compile(r"[\w-]{1,63}")
# Languages that it knows, ISO 639-1 beside ISO 639-3; others are left out.
LANGUAGES: Mapping[str, str] = MappingProxyType(
    dict(
        pair.split(":")
        for pair in (
            "af:afr am:amh ar:ara az:aze be:bel bg:bul bn:ben bs:bos ca:cat cs:ces da:dan de:deu el:ell en:eng es:spa"
            " et:est fa:fas fi:fin fr:fra ga:gle he:heb hi:hin hr:hrv hu:hun hy:hye id:ind is:isl it:ita ja:jpn ka:kat"
            " kk:kaz km:khm kn:kan ko:kor ky:kir lb:ltz lo:lao lt:lit lv:lav mk:mkd mn:mon ms:msa mt:mlt my:mya ne:nep"
            " nl:nld no:nor pl:pol ps:pus pt:por ro:ron ru:rus si:sin sk:slk sl:slv sq:sqi sr:srp sv:swe sw:swa ta:tam"
            " te:tel tg:tgk th:tha tk:tuk tl:tgl tr:tur uk:ukr ur:urd uz:uzb vi:vie zh:zho"
        ).split()
    )
)
# What a dataset may be called.
SLUG = re.compile(r"[a-z0-9]+")


def entity_id(name: str) -> str | None:
    """Give an id where it can refer to an entity, else None."""
    return name if is_entity_id(name) else None


def is_entity_id(name: str) -> bool:
    """Whether an id can refer to an entity: letters, digits, dots and hyphens of ASCII, 200 at most."""
    return ENTITY_ID.fullmatch(name) is not None


def dataset(name: str) -> str:
    """Give the name of a dossier as a dataset may be called ("dprk_russia")."""
    return "_".join(SLUG.findall(name.lower())) or "tallystick"


def language(code: str | None) -> str | None:
    """Give ISO 639-3 of a BCP 47 code; None where FollowTheMoney does not know it."""
    return LANGUAGES.get((code or "").partition("-")[0].lower())


def _plain(raw: str) -> str:
    # What goes may part a letter from its mark, so composing comes after it.
    return unicodedata.normalize("NFC", DROPPED.sub("", BLANK.sub(" ", raw))).strip()


def _limited(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - len(CUT)].rstrip() + CUT


def _text(raw: str) -> str:
    return _limited(_plain(raw), TEXT)


def _label(raw: str) -> str:
    return _limited(_plain(raw), LABEL)


def _name(raw: str) -> str:
    text = SQUASHED.sub(" ", _plain(raw)).strip()
    # The marks about a name that is quoted as a whole, until there are none.
    while bare := QUOTED.match(text):
        text = bare[1].strip()
    return _limited(text, NAME)


def _address(raw: str) -> str:
    text = LINES.sub(", ", _plain(raw))
    while COMMATA.search(text):
        text = COMMATA.sub(", ", text)
    return _limited(SQUASHED.sub(" ", text).strip(), ADDRESS)


def _url(raw: str) -> str:
    """An address of the web with its path escaped; nothing where its host can be none."""
    try:
        parts = urlsplit(_plain(raw))
        known = parts.scheme in ("http", "https") and (parts.port is None or parts.port >= 0)
    except ValueError:
        return ""
    host = parts.hostname or ""
    if not known or SPACE.search(parts.netloc) or not (_is_number(host) or _is_host(host.rstrip("."))):
        return ""
    path, query, fragment = (quote(one, safe=ALLOWED) for one in (parts.path, parts.query, parts.fragment))
    whole = urlunsplit((parts.scheme, parts.netloc, path or "/", query, fragment))
    return whole if len(whole) <= URL else ""


def _is_number(host: str) -> bool:
    try:
        return bool(ip_address(host))
    except ValueError:
        return False


def _is_host(host: str) -> bool:
    labels = host.split(".")
    return all(HOST.fullmatch(label) and any(map(str.isalnum, label)) for label in labels) and (
        len(labels) == 1 or (len(labels[-1]) > 1 and not labels[-1].isdigit())
    )


def _date(raw: str) -> str:
    """A year, month or day, of EDTF without its doubt; a time in UTC to the second. Nothing for spans."""
    text = raw.strip()
    part = DAY.fullmatch(text)
    try:
        if part is not None:
            # Whether there is such a day.
            datetime.strptime(f"{part[1]}-01-01"[:10], "%Y-%m-%d").replace(tzinfo=UTC)
            return part[1]
        told = datetime.fromisoformat(text)
        told = told.replace(tzinfo=UTC) if told.tzinfo is None else told.astimezone(UTC)
        form = "%Y-%m-%dT%H:%M:%S" if TIMED.search(text) else "%Y-%m-%d"
        return f"{told:{form}}" if DAY.match(f"{told.year:04}") else ""
    except (ValueError, OverflowError):
        return ""


def _country(raw: str) -> str:
    code = raw.lower()
    if code in WITHDRAWN.values():
        return code
    return WITHDRAWN.get(code, code) if is_country(raw.upper()) else ""


def _language(raw: str) -> str:
    return language(raw) or ""


def _entity(raw: str) -> str:
    return entity_id(raw) or ""


class _Type(NamedTuple):
    name: str
    clean: Callable[[str], str]


_of = {
    "name": _name, "string": _label, "text": _text, "address": _address, "url": _url, "date": _date,
    "country": _country, "language": _language, "entity": _entity,
}  # fmt: skip
# The type of every property that is written, under the names of FollowTheMoney's own.
PROPERTIES: Mapping[str, _Type] = MappingProxyType(
    {
        name: _Type(kind, _of[kind])
        for kind, names in {
            "name": "name alias",
            "string": "title author fileName publisher keywords recordId status",
            "text": "summary description notes",
            "address": "location",
            "url": "sourceUrl",
            "date": "publishedAt modifiedAt date startDate endDate deathDate incorporationDate dissolutionDate",
            "country": "country",
            "language": "language",
            "entity": "proof involved entity holder post",
        }.items()
        for name in names.split()
    }
)
# Types whose values have no language.
WORDLESS = frozenset(("entity", "date", "url", "country", "language"))


def cleaned(name: str, values: Iterable[str | None], tongue: str | None = None) -> tuple[Value, ...]:
    """Give the values of a property as FollowTheMoney keeps them, each once; what it would not keep is left out.

    Args:
        name: One of `PROPERTIES`.
        values: As the case holds them.
        tongue: ISO 639-3 of their words, where these are a report's.
    """
    kind, clean = PROPERTIES[name]
    spoken = None if kind in WORDLESS else tongue
    found: dict[str, Value] = {}
    for raw in values:
        text = clean(raw) if raw else ""
        if raw and text:
            found.setdefault(text, Value(text, _told(raw) if raw != text else None, spoken))
    return tuple(found.values())


def _told(raw: str) -> str:
    """What a value was, as far as a table in UTF-8 can hold it."""
    return raw[:TEXT].encode("utf-8", "ignore").decode("utf-8").replace("\x00", "")
