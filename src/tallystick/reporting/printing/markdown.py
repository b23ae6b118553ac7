"""Lay a brief out as Markdown: a brief and, where given, a template come in, CommonMark with footnotes goes out.

Everything that a template prints is escaped, in one of the user's own as well: no words of a report become a heading, a
link, a picture or HTML.
"""

import re
from functools import cache
from importlib.resources import files
from typing import Any

from tallystick.reporting.brief import Brief, Footnote
from tallystick.reporting.printing.templating import drawn, sandbox, text_of
from tallystick.reporting.printing.texts import openable, printed

__all__ = ["bundled", "markdown"]

TEMPLATE = "report.md.j2"
# What begins something of Markdown wherever it stands; "&" begins an entity.
SPECIAL = re.compile(r"([\\`*_\[\]<>|~^&$])")
# What begins something at the beginning of a line: headings, lists, quotations, rules, and lines below a heading.
LEADING = re.compile(r"^([#+\-=]|\d{1,9}(?=[.)](?:\s|$)))")
# What readers of GitHub's Markdown make links of by themselves.
LINKS = re.compile(r"(?=://)|(?i:(?<=\bwww)(?=\.))|(?=@)|(?i:(?<=\bmailto)(?=:)|(?<=\bxmpp)(?=:))")
TICKS = re.compile(r"`+")


class _Plain(str):
    """Text of ours that is Markdown already."""

    __slots__ = ()


def markdown(brief: Brief, template: bytes | None = None) -> bytes:
    """Lay `brief` out.

    Args:
        brief: What the report says.
        template: A template of Jinja that takes the place of the bundled one. It finds the brief as `brief`;
            `notes(...)` writes references to footnotes, `link(url)` an address that is safe to open, `code(text)` an id
            or digest, and `quoted(note)` the sentence of a footnote with its words marked.

    Raises:
        TemplateError: Where the template is faulty; it tells the line.
    """
    made = sandbox(_bundled() if template is None else text_of(template), _finalized)
    given = {"notes": _notes, "link": _link, "code": _code, "quoted": _quoted, "indent": _indent}
    text = drawn(made, {"brief": brief, **given})
    return text.encode("utf-8", "replace")


def bundled() -> bytes:
    """The bundled template, for those who want one of their own to begin with."""
    return _bundled().encode("utf-8")


@cache
def _bundled() -> str:
    return files("tallystick.reporting.printing").joinpath("templates", TEMPLATE).read_text(encoding="utf-8")


def _finalized(value: Any) -> str:
    """A value as a template prints it."""
    if isinstance(value, _Plain):
        return value
    return "" if value is None else _escaped(str(value))


def _escaped(text: str) -> str:
    """Text on one line in which nothing is Markdown."""
    flat = SPECIAL.sub(r"\\\1", " ".join(printed(text).split()))
    flat = LINKS.sub("\\\\", flat)
    return LEADING.sub(lambda found: found[0] + "\\" if found[0].isdigit() else "\\" + found[0], flat)


def _notes(numbers: tuple[int, ...]) -> _Plain:
    """References to footnotes."""
    return _Plain("".join(f"[^{number}]" for number in numbers))


def _link(url: str) -> _Plain:
    """An address in angle brackets; "" where it is not safe to open."""
    safe = openable(url)
    return _Plain(f"<{safe}>" if safe and not set(safe) & set("<>\\ ") else "")


def _indent(depth: int) -> _Plain:
    """What makes an item of a list one of an item above it."""
    return _Plain("  " * depth)


def _code(text: str) -> _Plain:
    """An id or a digest, between so many backticks that it cannot end them."""
    flat = " ".join(printed(text).split())
    fence = "`" * (max(map(len, TICKS.findall(flat)), default=0) + 1)
    room = " " if "`" in flat else ""
    return _Plain(f"{fence}{room}{flat}{room}{fence}" if flat else "")


def _quoted(note: Footnote) -> _Plain:
    """The sentence of a footnote, its words marked."""
    before, behind = _beside(note.before), _beside(note.behind)
    return _Plain(f"“{before}**{_escaped(note.words)}**{behind}”")


def _beside(text: str) -> str:
    """What stands before or behind the words; a blank at its end stays one."""
    return (" " if text[:1].isspace() else "") + _escaped(text) + (" " if text[-1:].isspace() else "")
