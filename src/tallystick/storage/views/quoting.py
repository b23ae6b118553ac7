"""Spans of reports with the sentence around them: spans come in, quotations go out, no text is read as a whole.

Spans are code points, as databases count them too.
"""

from collections.abc import Iterable, Sequence
from re import compile as pattern
from typing import Any, NamedTuple

import sqlalchemy as sa

from tallystick.model.flag import Evidence
from tallystick.storage import tables
from tallystick.storage.dialects import piece, tabled
from tallystick.storage.views.view import View

__all__ = ["Piece", "Quotation", "joined", "quotations"]

# Code points that are looked at before and behind a span; a sentence of a wire agency has 150 to 250.
AROUND = 240
# Of a longer span the beginning is quoted: a paragraph that is printed twice.
LONGEST = 420
# Behind it a sentence begins; the same marks as end one end the quotation.
END = pattern(r"[.!?…。！？][\"'”’»)\]]*\s+|\n+|[。！？]")
STOPS = ".!?…。！？"


class Piece(NamedTuple):
    """Some words of a quotation, marked or not."""

    words: str
    marked: bool


class Quotation(NamedTuple):
    """Spans of a report in the sentence around them.

    Attributes:
        document: Id of the report.
        outlet: Who published it, or None.
        published: When, or None.
        title: Its title, or None.
        first: Code point of the report at which `words` begin.
        words: The sentence; of a long span its beginning.
        spans: The spans, in order: code points of the report.
        cut: Whether words are left out before and behind.
    """

    document: str
    outlet: str | None
    published: str | None
    title: str | None
    first: int
    words: str
    spans: tuple[tuple[int, int], ...]
    cut: tuple[bool, bool]

    @property
    def last(self) -> int:
        """One past the last code point of `words`."""
        return self.first + len(self.words)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The words, the spans marked; where some are left out, dots say so."""
        found = [Piece("… ", marked=False)] if self.cut[0] else []
        at = 0
        for start, end in self.spans:
            begin, stop = max(at, start - self.first), min(len(self.words), end - self.first)
            if begin < stop:
                found += [Piece(self.words[at:begin], marked=False), Piece(self.words[begin:stop], marked=True)]
                at = stop
        found.append(Piece(self.words[at:] + (" …" if self.cut[1] else ""), marked=False))
        return tuple(piece for piece in found if piece.words)


def quotations(view: View, spans: Iterable[Evidence]) -> dict[Evidence, Quotation]:
    """Give each span in its sentence; spans of reports that are not there, or beyond their text, are left out."""
    wanted = list(dict.fromkeys(spans))
    found: dict[Evidence, Quotation] = {}
    for row in view.rows(_around(wanted)):
        span = wanted[row["turn"]]
        if row["marked"]:
            found[span] = _quotation(span, row)
    return found


def _around(spans: Sequence[Evidence]) -> sa.Select[Any]:
    """A query of the words of each span, by its turn, and of those around it."""
    each = tabled([
        (turn, one.document, max(one.start - AROUND, 0) + 1, min(one.start, AROUND), one.start + 1,
         max(0, min(one.end - one.start, LONGEST)), one.end + 1)
        for turn, one in enumerate(spans)
    ])  # fmt: skip
    value, held = each.c.value, tables.documents.c
    before, before_long, start, long, after = (value[place].as_integer() for place in range(2, 7))
    return sa.select(
        value[0].as_integer().label("turn"), held.outlet, held.published, held.title,
        piece(held.text, before, before_long).label("before"),
        piece(held.text, start, long).label("marked"),
        piece(held.text, after, AROUND).label("after"),
    ).join_from(each, tables.documents, held.id == value[1].as_string())  # fmt: skip


def _quotation(span: Evidence, row: dict[str, str]) -> Quotation:
    """One span, its surroundings cut to the sentence."""
    before, marked, after = row["before"], row["marked"], row["after"]
    ends = [found.end() for found in END.finditer(before)]
    whole = len(before) < AROUND
    # Where no sentence begins so near, a word does.
    begin = ends[-1] if ends else 0 if whole else before.find(" ") + 1
    stop = END.search(after)
    closed = marked[-1:] in STOPS and (not after or after[0].isspace())
    long = span.end - span.start > LONGEST
    if closed or long:
        rest = ""
    elif stop is not None:
        rest = after[: stop.end()].rstrip()
    else:
        rest = after if len(after) < AROUND else after[: after.rfind(" ")]
    open_end = long or (not closed and stop is None and len(after) == AROUND)
    return Quotation(
        span.document, row["outlet"], row["published"], row["title"], span.start - len(before) + begin,
        before[begin:] + marked + rest, ((span.start, span.end),), (not ends and not whole, open_end),
    )  # fmt: skip


def joined(quoted: Iterable[Quotation]) -> tuple[Quotation, ...]:
    """Give quotations with those of one sentence as one, each where its first stood."""
    found: list[Quotation] = []
    for one in quoted:
        for turn, other in enumerate(found):
            if one.document == other.document and one.first <= other.last and other.first <= one.last:
                found[turn] = _join(*sorted((one, other), key=lambda it: (it.first, -it.last)))
                break
        else:
            found.append(one)
    return tuple(found)


def _join(one: Quotation, other: Quotation) -> Quotation:
    """Two quotations that meet, the first one first."""
    further = other.last > one.last
    words = one.words + other.words[one.last - other.first :] if further else one.words
    spans = tuple(sorted({*one.spans, *other.spans}))
    return one._replace(words=words, spans=spans, cut=(one.cut[0], other.cut[1] if further else one.cut[1]))
