"""Part the text of a mail: its lines come in; what it says, what it quotes and its signature go out apart."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from tallystick.model.document import PassageKind

__all__ = ["Piece", "parted", "unfolded"]

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
