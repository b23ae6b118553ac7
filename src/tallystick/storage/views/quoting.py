"""Spans of reports with the sentence around them: spans come in, quotations go out, no text is read as a whole.

Spans are code points, as SQLite counts them too.
"""

from collections.abc import Iterable, Sequence
from re import compile as pattern
from typing import NamedTuple

import sqlalchemy as sa

from tallystick.model.flag import Evidence
from tallystick.storage import tables
from tallystick.storage.views.view import View

__all__ = ["Quotation", "quotations"]

# Code points that are looked at before and behind a span; a sentence of a wire agency has 150 to 250.
AROUND = 240
# Of a longer span the beginning is quoted: a paragraph that is printed twice.
LONGEST = 420
# Behind it a sentence begins; the same marks as end one end the quotation.
END = pattern(r"[.!?…。！？][\"'”’»)\]]*\s+|\n+|[。！？]")
MOST_VALUES = 400


class Quotation(NamedTuple):
    """A span of a report in its sentence.

    Attributes:
        document: Id of the report.
        outlet: Who published it, or None.
        published: When, or None.
        title: Its title, or None.
        start: First code point of the span.
        end: One past its last code point.
        before: What stands before the span in its sentence.
        marked: The words of the span, cut where they are many.
        after: What stands behind it.
    """

    document: str
    outlet: str | None
    published: str | None
    title: str | None
    start: int
    end: int
    before: str
    marked: str
    after: str


def quotations(view: View, spans: Iterable[Evidence]) -> dict[Evidence, Quotation]:
    """Give each span in its sentence; spans of reports that are not there, or beyond their text, are left out."""
    wanted = list(dict.fromkeys(spans))
    found: dict[Evidence, Quotation] = {}
    for first in range(0, len(wanted), MOST_VALUES):
        some = wanted[first : first + MOST_VALUES]
        for row in view.rows(_query(some)):
            span = some[row["turn"]]
            quoted = _quotation(span, row)
            if quoted.marked:
                found[span] = quoted
    return found


def _query(spans: Sequence[Evidence]) -> sa.Select[tuple[int, str, str, str, str, str, str]]:
    """Of each span, by its turn, the words of it and around it."""
    asked = sa.values(
        sa.column("turn", sa.Integer), sa.column("document", sa.Text), sa.column("first", sa.Integer),
        sa.column("last", sa.Integer), name="asked",
    ).data([(turn, one.document, one.start, one.end) for turn, one in enumerate(spans)]).cte()  # fmt: skip
    text, held, columns = tables.documents.c.text, asked.c, tables.documents.c
    before = sa.func.max(held.first - AROUND, 0)
    cut = sa.func.min(held.last, held.first + LONGEST)
    return sa.select(
        held.turn, columns.outlet, columns.published, columns.title,
        sa.func.substr(text, before + 1, held.first - before).label("before"),
        sa.func.substr(text, held.first + 1, cut - held.first).label("marked"),
        sa.func.substr(text, held.last + 1, AROUND).label("after"),
    ).join_from(asked, tables.documents, columns.id == held.document)  # fmt: skip


def _quotation(span: Evidence, row: dict[str, str]) -> Quotation:
    """One span, its surroundings cut to the sentence."""
    before, after = row["before"], row["after"]
    ends = [found.end() for found in END.finditer(before)]
    # Where no sentence begins so near, a word does.
    begin = ends[-1] if ends else (before.find(" ") + 1 if len(before) == AROUND else 0)
    lead = "… " if not ends and len(before) == AROUND else ""
    stop = END.search(after)
    if stop is not None:
        rest = after[: stop.end()].rstrip()
    else:
        rest = after if len(after) < AROUND else after[: after.rfind(" ")] + " …"
    marked = row["marked"] + (" …" if span.end - span.start > LONGEST else "")
    if END.search(marked[-2:] + " ") and marked[-1:] in ".!?。！？":
        rest = ""
    return Quotation(
        span.document, row["outlet"], row["published"], row["title"], span.start, span.end, lead + before[begin:],
        marked, rest,
    )  # fmt: skip
