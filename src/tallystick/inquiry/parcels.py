"""The lines of a whole case put together: numbered lines come in, each report with all its claims and facts goes out.

What cannot be read or does not fit is a fault with the number of its line; the report that it belongs to is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import BinaryIO, NamedTuple

from tallystick.exporting.lines import Line, Report, line_of
from tallystick.inquiry.colleagues import stands, unfounded
from tallystick.model.document import Retrieved
from tallystick.model.fact import Fact
from tallystick.model.judgement import Judgement
from tallystick.model.review import Held, Review, extracted, held

__all__ = ["Fault", "Lines", "Parcel", "parcels", "wrong_in"]

# Bytes of the longest line that is read: an original of 50 MB, the most that is read of a file, in base64 or with its
# text and many characters of both escaped.
LONGEST = 1 << 28


class Fault(NamedTuple):
    """A line that cannot be taken: its number, counted from 1, and what is wrong with it."""

    line: int
    reason: str


@dataclass(slots=True)
class Parcel:
    """A report with the lines that follow it; `whole` is False where one of them cannot be read."""

    line: int
    report: Report
    held: list[Held] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    whole: bool = True

    def take(self, line: Held | Fact) -> None:
        """Add one of those lines."""
        if isinstance(line, Held):
            self.held.append(line)
        else:
            self.facts.append(line)


class Lines:
    """A file, line by line; `digest` is that of what has been read of it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._digest = sha256()

    @property
    def digest(self) -> str:
        """SHA-256 in hex."""
        return self._digest.hexdigest()

    def read(self) -> Iterator[tuple[int, Line | Fault]]:
        """Give each line that is not empty, with its number."""
        number = 0
        while text := self._stream.readline(LONGEST):
            number += 1
            self._digest.update(text)
            if len(text) == LONGEST and not text.endswith(b"\n"):
                yield number, Fault(number, f"is longer than {LONGEST:,} bytes")
                self._skip()
            elif text.strip():
                yield number, _read(number, text)

    def _skip(self) -> None:
        """Go to the end of the line."""
        while text := self._stream.readline(LONGEST):
            self._digest.update(text)
            if text.endswith(b"\n"):
                return


def _read(number: int, text: bytes) -> Line | Fault:
    try:
        line = line_of(text)
    except ValueError as error:
        return Fault(number, str(error))
    if isinstance(line, Review | Judgement) and not _is_time(line.made):
        return Fault(number, f"made: {line.made[:40]!r} is no time, as '2026-03-01T10:00:00Z' is one")
    return line


def _is_time(text: str) -> bool:
    """Whether a text is a moment of some day, with its offset from UTC."""
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def parcels(lines: Iterator[tuple[int, Line | Fault]]) -> Iterator[tuple[int, Line | Fault | Parcel]]:
    """Give the lines with every report in the place of its own and those that belong to it."""
    parcel: Parcel | None = None
    loose = False
    for number, line in lines:
        if isinstance(line, Held | Fact):
            if parcel is not None:
                parcel.take(line)
            elif not loose:
                loose = True
                yield number, Fault(number, "belongs to no report that could be read; so do those that follow it")
            continue
        if isinstance(line, Fault):
            if parcel is not None:
                parcel.whole = False
                yield number, Fault(number, f"{line.reason}; report {parcel.report.document.id!r} is left out")
            else:
                loose = True
                yield number, line
            continue
        if parcel is not None:
            yield parcel.line, parcel
        parcel, loose = (Parcel(number, line), False) if isinstance(line, Report) else (None, False)
        if parcel is None:
            yield number, line
    if parcel is not None:
        yield parcel.line, parcel


def wrong_in(parcel: Parcel, reviews: tuple[Review, ...]) -> str | None:
    """Say what is wrong in a report with its claims, facts and reviews; None where all is as in a case."""
    report = parcel.report
    document, original = report.document, report.original
    if (len(parcel.held), len(parcel.facts)) != (report.claims, report.facts):
        return f"{report.claims} claims and {report.facts} facts should follow it, not {len(parcel.held)} and " + str(
            len(parcel.facts)
        )
    if sha256(original.content).hexdigest() != original.sha256:
        return "its original does not have the SHA-256 that it names"
    if any(not 0 <= one.start <= one.end <= len(document.text) for one in document.passages):
        return "a passage lies outside its text"
    claims = [one.claim for one in parcel.held]
    told = [*claims, *(claim for review in reviews for claim in (*review.before, *review.after))]
    misplaced = unfounded(document, told)
    if misplaced is not None:
        return f"the figure of claim {misplaced!r}, or what it quotes, does not stand where it says"
    for fact in parcel.facts:
        if fact.document != document.id or not stands(document.text, fact, fact.value):
            return f"the value of fact {fact.id!r}, or what it quotes, does not stand where it says"
    names = [one.id for one in claims] + [one.id for one in parcel.facts]
    if len(set(names)) < len(names):
        return "two of its claims or facts have one id"
    if held(extracted(claims, reviews), reviews) != tuple(parcel.held):
        return "its claims are not what its reviews make of them"
    return None


def retrieved(parcel: Parcel) -> Retrieved:
    """Give the report with its original."""
    return Retrieved(parcel.report.document, parcel.report.original)
