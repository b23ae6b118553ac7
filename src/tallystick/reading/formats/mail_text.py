"""Part the text of a mail: lines or a page come in; what it says, what it quotes and its signature go out apart."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import trafilatura
from lxml.html import HtmlElement

from tallystick.model.document import PassageKind
from tallystick.reading.formats.page_bounds import bounded, refusal
from tallystick.reading.text.characters import normalize

__all__ = ["Piece", "parted", "parted_page", "unfolded"]

SIGNATURE = ("-- ", "--")
QUOTE = ">"
# "On Tue, 17 Jun 2025 at 08:30, A. Bright <a@b.example> wrote:" stands over a quotation, in one line or in two.
INTRODUCTION = re.compile(
    r"(?:on|am|le|el|den|op|il|w dniu|в|у)\b.{6,300}:|.{3,300}(?:wrote|writes|schrieb|écrit|пишет|пише):", re.IGNORECASE
)
# From here on Outlook quotes without signs.
ORIGINAL = re.compile(
    r"-{2,10} ?(?:original message|ursprüngliche nachricht|исходное сообщение) ?-{2,10}|_{20,80}", re.IGNORECASE
)
# What is passed on is what the mail is sent for: its head goes, its text stays.
FORWARDED = re.compile(r"(?:-{2,12} ?)?(?:begin )?(?:forwarded message|пересылаемое сообщение)\b.{0,40}", re.IGNORECASE)
FORWARDED_HEAD = re.compile(r"forwarded message|пересылаемое сообщение", re.IGNORECASE)
# How Gmail, Apple Mail, Thunderbird and Outlook mark what they quote; only the outermost is taken.
QUOTATIONS = "//blockquote[@type='cite'] | //*[" + " or ".join(
    f"contains(concat(' ', @class, ' '), ' {name} ')" for name in ("gmail_quote", "moz-cite-prefix", "yahoo_quoted")
) + "]"  # fmt: skip
HEAD_FIELD = re.compile(
    r"\*?(?:from|date|sent|to|cc|subject|reply-to|von|an|gesendet|datum|betreff|от|кому|дата|тема):\*? ?\S.*",
    re.IGNORECASE,
)
# Longer lines are prose; the patterns above are tried on no others.
LONGEST = 400


class Piece(NamedTuple):
    """Lines that stand together and are of one kind."""

    kind: PassageKind
    text: str


def parted(text: str) -> list[Piece]:
    """Give the pieces of the text of a mail in order.

    Quotations of an earlier mail and their introductions are comments, the signature and the head of a mail that is
    passed on are furniture, the rest is body.
    """
    lines = text.split("\n")
    kinds = _kinds(lines)
    pieces: list[Piece] = []
    start = 0
    for index in range(1, len(lines) + 1):
        if index == len(lines) or kinds[index] is not kinds[start]:
            piece = "\n".join(lines[start:index]).strip("\n")
            pieces += [Piece(kinds[start], piece)] if piece.strip() else []
            start = index
    return pieces


def parted_page(text: str) -> list[Piece]:
    """Give the pieces of a mail in HTML: what its mark-up says is quoted, as comments, and its body.

    Raises:
        ValueError: Where it is made to cost time.
    """
    if reason := refusal(text):
        raise ValueError(reason)
    try:
        tree = trafilatura.load_html(text)
        elements = list(tree.iter("*")) if isinstance(tree, HtmlElement) else []
        reason = bounded(elements, len(text)) if elements else None
        found = [] if reason else _page_pieces(tree)
    except Exception:  # noqa: BLE001 - a hostile page may break the parser anywhere
        return []
    if reason:
        raise ValueError(reason)
    pieces = (piece._replace(text=normalize(piece.text).text.strip()) for piece in found)
    return [piece for piece in pieces if piece.text]


def _page_pieces(tree: HtmlElement) -> list[Piece]:
    """The pieces of a parsed page, from which quotations are taken out."""
    quoted: list[Piece] = []
    gone: set[HtmlElement] = set()
    for element in tree.xpath(QUOTATIONS):
        if element in gone or element is tree:
            continue
        words = " ".join(" ".join(element.itertext()).split())
        if not FORWARDED_HEAD.search(words[:LONGEST]):
            gone.update(element.iter())
            element.drop_tree()
            quoted += [Piece(PassageKind.COMMENT, words)] if words else []
    whole = str(trafilatura.html2txt(tree))
    page = trafilatura.extract(tree, include_comments=False, include_tables=True, favor_recall=True) or ""
    # Newsletters are tables of tables, in which an article is not always found.
    found = page if len(page) * 2 >= len(whole) else whole
    return ([Piece(PassageKind.BODY, found)] if found.strip() else []) + quoted


def unfolded(text: str) -> str:
    """Give a text in the form that RFC 3676 calls flowed with whole paragraphs: a blank ends a line that goes on."""
    lines: list[str] = []
    goes_on = False
    for line in text.split("\n"):
        bare = line.removeprefix(" ")
        if goes_on and not bare.startswith(QUOTE) and bare not in SIGNATURE:
            lines[-1] += bare
        else:
            lines.append(bare)
        goes_on = bare.endswith(" ") and bare not in SIGNATURE and not bare.startswith(QUOTE)
    return "\n".join(lines)


def _kinds(lines: Sequence[str]) -> list[PassageKind]:
    """What each line is; a blank one is what the line before it is."""
    kinds: list[PassageKind] = []
    rest: PassageKind | None = None  # what all that follows is
    head = False
    for index, line in enumerate(lines):
        bare = line.strip()
        short = bare if len(bare) <= LONGEST else ""
        if bare.startswith(QUOTE):
            kind = PassageKind.COMMENT
        elif rest is not None:
            kind = rest
        elif line in SIGNATURE:
            kind = rest = PassageKind.FURNITURE
        elif short and ORIGINAL.fullmatch(short) and _is_head(lines, index + 1):
            kind = rest = PassageKind.COMMENT
        elif short and FORWARDED.fullmatch(short):
            kind, head = PassageKind.FURNITURE, True
        elif head and (not bare or HEAD_FIELD.fullmatch(short)):
            kind = PassageKind.FURNITURE
        elif not bare:
            kind = kinds[-1] if kinds else PassageKind.BODY
        elif short and INTRODUCTION.fullmatch(_sentence(lines, index)) and _is_quoted(lines, index):
            kind = PassageKind.COMMENT
        else:
            kind, head = PassageKind.BODY, False
        kinds.append(kind)
    return kinds


def _sentence(lines: Sequence[str], index: int) -> str:
    """A line, with the next one where it is cut in the middle."""
    line = lines[index].strip()
    following = lines[index + 1].strip() if index + 1 < len(lines) else ""
    return line if line.endswith(":") or len(following) > LONGEST else f"{line} {following}"


def _is_quoted(lines: Sequence[str], index: int) -> bool:
    """Whether a quotation starts within the next lines."""
    following = [line.strip() for line in lines[index + 1 : index + 5]]
    written = [line for line in following if line]
    return any(line.startswith(QUOTE) for line in written[:2])


def _is_head(lines: Sequence[str], index: int) -> bool:
    """Whether the head of a mail ("From: ...", "Sent: ...") stands here."""
    following = [line.strip() for line in lines[index : index + 4]]
    return any(len(line) <= LONGEST and HEAD_FIELD.fullmatch(line) for line in following)
