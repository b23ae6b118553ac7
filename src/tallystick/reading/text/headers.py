"""What a text file says of itself at its top: the text comes in, its details and the length of the block go out.

Two forms are read: lines such as "Title: ..." before the first blank line of a text, and the YAML front matter of
Markdown. The block stays in the text, so that offsets count the file as it is; it is not read for figures.
"""

import re
from datetime import date, datetime
from typing import NamedTuple

import yaml

from tallystick.model.document import Detail, Sureness

__all__ = ["FIELDS", "Header", "front_matter", "header_lines"]

FIELDS = ("id", "title", "url", "outlet", "author", "published", "updated", "language")
LINE = re.compile(
    r"(id|title|url|outlet|author|published|updated|language):[ \t]*(\S[^\r\n]{0,2000})?\r?(?:\n|\Z)", re.IGNORECASE
)
FENCE = re.compile(r"---[ \t]*\r?\n")
CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
# Longer front matter is a text that starts with a rule; YAML aliases cannot grow much within this.
LONGEST = 20_000


class Header(NamedTuple):
    """The block at the top of a text.

    Attributes:
        id: The id that it gives the report, or None.
        details: What it says of the report.
        end: One past its last code point; 0 where there is no block.
    """

    id: str | None = None
    details: tuple[Detail, ...] = ()
    end: int = 0


def header_lines(text: str) -> Header:
    """Give what the leading "Name: value" lines say."""
    found: dict[str, str] = {}
    at = 0
    while match := LINE.match(text, at):
        if match[2]:
            found.setdefault(match[1].casefold(), match[2].strip())
        at = match.end()
    blank = at == len(text) or text[at : at + 2].startswith(("\n", "\r"))
    # One such line may be prose ("Title: King of the hill" as a headline); a block ends with a blank line.
    if not found or not blank:
        return Header()
    return _header(found, "header line", at)


def front_matter(text: str) -> Header:
    """Give what the YAML front matter of Markdown says.

    Raises:
        ValueError: Where there is a block that is no YAML mapping.
    """
    opened = FENCE.match(text)
    closed = CLOSE.search(text, opened.end(), opened.end() + LONGEST) if opened else None
    if opened is None or closed is None:
        return Header()
    try:
        block = yaml.load(text[opened.end() : closed.start()], Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())
        raise ValueError(f"the front matter is not YAML: {reason}") from error
    if not isinstance(block, dict):
        raise ValueError("the front matter is not a list of 'name: value' lines")
    named = {str(name).casefold(): value for name, value in block.items()}
    named.setdefault("published", named.get("date"))
    texts = {name: _as_text(named.get(name)) for name in FIELDS}
    return _header({name: text for name, text in texts.items() if text}, "front matter", closed.end())


def _header(found: dict[str, str], how: str, end: int) -> Header:
    details = (Detail(name, found[name], how, Sureness.STATED) for name in FIELDS if name != "id" and name in found)
    return Header(found.get("id"), tuple(details), end)


def _as_text(value: object) -> str | None:
    """YAML reads unquoted dates and numbers itself; both go back to how they are written."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value).strip() if isinstance(value, str | int | float) and str(value).strip() else None
