"""Write a text the one way that the rest of the journey reads: text comes in, the normalized text goes out.

With it goes a map back: from each span of the new text to the span of the old one that it was made of. Line ends stay.
"""

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from html.entities import html5
from itertools import islice
from typing import NamedTuple

import ftfy.bad_codecs
from ftfy.badness import is_bad
from ftfy.chardata import UTF8_CLUES

__all__ = ["Normalized", "Run", "Runs", "composed", "normalize", "span"]

# What one round makes can hold what the next one changes ("&amp;shy;"). Texts of the gold sets need at most 2 rounds;
# one that needs more than this was made to cost time and stays as it is.
ROUNDS = 6

# Places that are rewritten in one text at most, each of which takes 200 bytes; an article has some hundred.
MOST = 500_000

LIGATURES = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st",
}  # fmt: skip
# Soft hyphen, zero-width space, marks, embeddings and isolates of direction, word joiner, byte order mark.
UNSEEN = "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
SPACES = "\u00a0\u2000-\u200a\u202f\u205f"
# The joiners are spelling in Persian and Indic scripts and hold an emoji together; after these letters they are not.
JOINERS = "(?<=[\x00-\u058f])[\u200c\u200d]"
REMOVED = re.compile(f"[{UNSEEN}]+|{JOINERS}")
SPACE = re.compile(f"[{SPACES}]")
LIGATURE = re.compile("[\ufb00-\ufb06]")
FULL_WIDTH = re.compile("[\uff10-\uff19]+(?:[\uff0c\uff0e][\uff10-\uff19]+)*\uff05?|(?<=[0-9])\uff05")
TO_ASCII = {**{0xFF10 + digit: str(digit) for digit in range(10)}, 0xFF0C: ",", 0xFF0E: ".", 0xFF05: "%"}
# Windows-1252 read as Latin-1; 0x85 is a line end of its own and stays.
CONTROL = re.compile("[\x80-\x84\x86-\x9f]")
# One & with what it was escaped to again and again ("&amp;amp;lt;"), then what it stands for.
REFERENCE = re.compile(
    r"&((?:(?:amp|AMP|#0{0,5}38|#[xX]0{0,5}26);)*)(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
)
# Marks that no text needs rewritten for: everything here is looked at more closely.
SUSPECT = re.compile(f"[\x80-\x84\x86-\x9f{UNSEEN}{SPACES}\u200c\u200d\ufb00-\ufb06\uff05\uff10-\uff19]")
# What the first and the further bytes of a code point of UTF-8 look like where they are misread; ftfy's, without the
# plain space that it allows for a lost U+00A0.
TWO, THREE, FOUR = (UTF8_CLUES[f"utf8_first_of_{length}"] for length in (2, 3, 4))
NEXT = UTF8_CLUES["utf8_continuation"].replace(" ", "")
# ftfy's detector of pieces, written so that one set stands first and the search for it is fast.
GARBLED = re.compile(
    f"[{TWO}{THREE}{FOUR}](?<![{UTF8_CLUES['utf8_continuation_strict']}].)"
    f"(?:(?<=[{TWO}])[{NEXT}]|(?<=[{THREE}])[{NEXT}]{{2}}|(?<=[{FOUR}])[{NEXT}]{{3}})"
    f"(?:[{TWO}][{NEXT}]|[{THREE}][{NEXT}]{{2}}|[{FOUR}][{NEXT}]{{3}})*"
)
# What UTF-8 is misread as. The sloppy ones read the bytes that the code page leaves open, as browsers do.
MISREAD = ("latin-1", "sloppy-windows-1252", "sloppy-windows-1251", "sloppy-windows-1250")
CYRILLIC_CODE_PAGE = "sloppy-windows-1251"
# A short word of garbled Cyrillic is no proof by itself ("РјРёСЂ"); beside one that is, it is read if this comes out.
CYRILLIC = re.compile("[\u0401\u0404\u0406\u0407\u0410-\u044f\u0451\u0454\u0456\u0457\u0490\u0491«»–—‘’“”„…№ ]+")
# Starters that join the letter before them: vowels and finals of Hangul, and vowel signs of Indic scripts.
JOINING = frozenset(
    "\u09be\u09d7\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dcf\u0ddf\u102e\u1b35"
    "\U00011127\U0001133e\U00011357\U000114b0\U000114ba\U000114bd\U000115af\U00011930"
    + "".join(map(chr, (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))))
)
# Control characters and line ends.
BREAKS = frozenset(("Cc", "Zl", "Zp"))
# No letter of any language carries more accents (Unicode Standard Annex 15, stream-safe text); sorting them takes
# quadratic time, so a longer heap stays as it is.
ACCENTS = 30
NOT_ASCII = re.compile(r"[^\x00-\x7f]+")

ftfy.bad_codecs.ok()  # the sloppy code pages are known from here on


class Run(NamedTuple):
    """A stretch of the new text and what it was made of; of equal lengths, code point by code point.

    Attributes:
        start: First code point in the new text.
        end: One past the last.
        old_start: First code point in the old text.
        old_end: One past the last.
    """

    start: int
    end: int
    old_start: int
    old_end: int


class Normalized(NamedTuple):
    """A text as it is read, and the way back.

    Attributes:
        text: The normalized text; the very same string where nothing was changed.
        positions: Runs in order that cover `text` without a gap; none where nothing was changed.
    """

    text: str
    positions: tuple[Run, ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the span of the old text that code points `start` to `end` of the new one were made of.

        What was removed within the span belongs to it; what was removed at its edges does not.
        """
        return span(self.positions, start, end)


def span(positions: Sequence[Run], start: int, end: int) -> tuple[int, int]:
    """Give the old span of a new one; see `Normalized.span`.

    Args:
        positions: Runs in order that cover the new text without a gap; none where nothing was changed.
        start: First code point in the new text.
        end: One past the last.
    """
    if not positions:
        return start, end
    first = positions[max(0, bisect_right(positions, start, key=_of_start) - 1)]
    last = first if end <= first.end else positions[bisect_right(positions, end - 1, key=_of_start) - 1]
    exact = first.end - first.start == first.old_end - first.old_start
    old_start = first.old_start + start - first.start if exact else first.old_start
    if end <= start:
        return old_start, old_start
    exact = last.end - last.start == last.old_end - last.old_start
    return old_start, last.old_end - (last.end - end) if exact else last.old_end


def _of_start(run: Run) -> int:
    return run.start


class _Edit(NamedTuple):
    """What is to stand in the place of a stretch."""

    start: int
    end: int
    text: str


def normalize(text: str) -> Normalized:
    """Rewrite what says the same in many ways, so that it is read in one.

    References such as "&#8217;" become what they stand for; ligatures their letters; soft hyphens, zero-width
    characters and marks of direction are removed; a thin, narrow or no-break space becomes U+00A0 between digits and
    a plain one elsewhere; full-width digits become ASCII; letters and their accents one code point (NFC); UTF-8 that
    was read in another encoding is read again where that is sure. Doing so twice changes nothing.

    Args:
        text: Any text.

    Returns:
        The text and its positions; `text` itself where it needs nothing, or where it was made to cost time: wrapped in
        itself more than `ROUNDS` deep, or with more than `MOST` places to rewrite.
    """
    if not _needs_work(text):
        return Normalized(text)
    current = text
    runs: tuple[Run, ...] = (Run(0, len(text), 0, len(text)),)
    for _ in range(ROUNDS):
        changed = False
        for stage in STAGES:
            edits = list(islice(stage(current), MOST + 1))
            if len(edits) > MOST:
                return Normalized(text)
            if edits:
                current, newer = _applied(current, edits)
                runs = composed(newer, runs)
                changed = True
        if not changed:
            return Normalized(text) if current == text else Normalized(current, runs)
    return Normalized(text)


def _needs_work(text: str) -> bool:
    """Whether anything here may have to be rewritten; most texts are told from a look at their letters."""
    if "&" in text and REFERENCE.search(text):
        return True
    if text.isascii():
        return False
    return bool(SUSPECT.search(text) or GARBLED.search(text)) or not unicodedata.is_normalized("NFC", text)


def _ungarbled(text: str) -> Iterable[_Edit]:
    """UTF-8 that was read as Latin-1 or a Windows code page, and the marks of Windows-1252 read as Latin-1."""
    edits: list[_Edit] = []
    unsure: list[_Edit] = []
    proven = False
    for match in islice(GARBLED.finditer(text), MOST + 1):
        if is_bad(match[0]):
            encoding, meant = _reread(match[0])
            proven = proven or encoding == CYRILLIC_CODE_PAGE
            if meant:
                edits.append(_Edit(match.start(), match.end(), meant))
        elif CYRILLIC.fullmatch(meant := _read_as(match[0], CYRILLIC_CODE_PAGE)):
            unsure.append(_Edit(match.start(), match.end(), meant))
    if proven:
        edits = sorted(edits + unsure)
    return edits or (
        _Edit(match.start(), match.end(), meant)
        for match in CONTROL.finditer(text)
        if (meant := match[0].encode("latin-1").decode("cp1252", "ignore"))
    )


def _reread(piece: str) -> tuple[str, str]:
    """What a garbled piece was before, and what it was misread as; empty where that is not sure."""
    for encoding in MISREAD:
        meant = _read_as(piece, encoding)
        if meant and (GARBLED.search(meant) or not is_bad(meant)):
            return encoding, meant
    return "", ""


def _read_as(piece: str, encoding: str) -> str:
    try:
        return piece.encode(encoding).decode("utf-8")
    except UnicodeError:
        return ""


def _dereferenced(text: str) -> Iterator[_Edit]:
    """Character references left in the text."""
    if "&" not in text:
        return
    for match in REFERENCE.finditer(text):
        name = match[2]
        known = html.unescape(f"&{name};") if name.startswith("#") else html5.get(f"{name};")
        meant = known or f"&{name};"
        # A line end or a control character that was escaped is none of the text's own lines.
        meant = "".join(" " if unicodedata.category(mark) in BREAKS else mark for mark in meant)
        if meant != match[0]:
            yield _Edit(match.start(), match.end(), meant)


def _removed(text: str) -> Iterator[_Edit]:
    return (_Edit(match.start(), match.end(), "") for match in REMOVED.finditer(text))


def _separated(text: str) -> Iterator[_Edit]:
    return (_Edit(match.start(), match.end(), LIGATURES[match[0]]) for match in LIGATURE.finditer(text))


def _narrowed(text: str) -> Iterator[_Edit]:
    """Full-width digits, with the comma, point and percent sign that are part of their number."""
    return (
        _Edit(at, at + 1, text[at].translate(TO_ASCII))
        for match in FULL_WIDTH.finditer(text)
        for at in range(match.start(), match.end())
    )


def _joined(text: str) -> Iterator[_Edit]:
    """Letters with the accents that follow them, and what else NFC writes in one way."""
    if unicodedata.is_normalized("NFC", text):
        return
    for match in NOT_ASCII.finditer(text):
        start = max(0, match.start() - 1)
        for at in range(start + 1, match.end() + 1):
            if at < match.end() and (unicodedata.combining(text[at]) or text[at] in JOINING):
                continue
            piece = text[start:at]
            if len(piece) <= ACCENTS and (one := unicodedata.normalize("NFC", piece)) != piece:
                yield _Edit(start, at, one)
            start = at


def _spaced(text: str) -> Iterator[_Edit]:
    """A space that may not break binds the groups of a number; elsewhere it is a space like any other."""
    for match in SPACE.finditer(text):
        at = match.start()
        between = 0 < at < len(text) - 1 and "0" <= text[at - 1] <= "9" and "0" <= text[at + 1] <= "9"
        meant = "\u00a0" if between else " "
        if meant != match[0]:
            yield _Edit(at, at + 1, meant)


STAGES: tuple[Callable[[str], Iterable[_Edit]], ...] = (
    _ungarbled, _dereferenced, _removed, _separated, _narrowed, _joined, _spaced,
)  # fmt: skip


def _applied(text: str, edits: list[_Edit]) -> tuple[str, tuple[Run, ...]]:
    """The text with its edits made, and the runs from it to the text before."""
    pieces: list[str] = []
    runs = Runs()
    done = 0
    for edit in edits:
        pieces += (text[done : edit.start], edit.text)
        runs.add(edit.start - done, done, edit.start, exact=True)
        runs.add(len(edit.text), edit.start, edit.end, exact=False)
        done = edit.end
    pieces.append(text[done:])
    runs.add(len(text) - done, done, len(text), exact=True)
    return "".join(pieces), tuple(runs.found)


def composed(newer: Sequence[Run], older: Sequence[Run]) -> tuple[Run, ...]:
    """Give the runs from the newest text to the oldest, through the one between.

    Args:
        newer: Runs from the newest text to the one between.
        older: Runs from that to the oldest; they cover it without a gap.
    """
    runs = Runs()
    at = 0
    for run in newer:
        while older[at].end <= run.old_start:
            at += 1
        if run.end - run.start != run.old_end - run.old_start:
            runs.add(run.end - run.start, *span(older, run.old_start, run.old_end), exact=False)
            continue
        middle = run.old_start
        while middle < run.old_end:
            under = older[at]
            until = min(under.end, run.old_end)
            exact = under.end - under.start == under.old_end - under.old_start
            shift = under.old_start - under.start
            if exact:
                runs.add(until - middle, middle + shift, until + shift, exact=True)
            else:
                runs.add(until - middle, under.old_start, under.old_end, exact=False)
            middle = until
            if middle == under.end:
                at += 1
        at = max(0, at - 1)
    return tuple(runs.found)


class Runs:
    """Runs as they are gathered; neighbors that go code point by code point become one.

    Attributes:
        found: The runs so far.
    """

    def __init__(self) -> None:
        self.found: list[Run] = []
        self._at = 0

    def add(self, length: int, old_start: int, old_end: int, *, exact: bool) -> None:
        """Add what the next code points were made of.

        Args:
            length: How many code points of the new text.
            old_start: First code point in the old text.
            old_end: One past the last.
            exact: Whether each was made of the one at its place.
        """
        if not length:
            return
        start, self._at = self._at, self._at + length
        if not exact and length > 1 and length == old_end - old_start:
            # The lengths agree by chance: each code point was made of all of them.
            self.found += (Run(at, at + 1, old_start, old_end) for at in range(start, self._at))
            return
        last = self.found[-1] if self.found else None
        exact = length == old_end - old_start
        if exact and last and last.old_end == old_start and last.end - last.start == last.old_end - last.old_start:
            self.found[-1] = last._replace(end=self._at, old_end=old_end)
        else:
            self.found.append(Run(start, self._at, old_start, old_end))
