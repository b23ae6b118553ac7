"""Search by words: what somebody typed comes in, the claims or reports that hold all of it go out.

Sentences of claims and texts of reports are indexed by every three characters, so that words are found in every script
and within longer ones. One or two characters are looked for in the texts themselves. What is typed is never taken for
a query: each word is a quoted string or a value.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any, NamedTuple

import sqlalchemy as sa

from tallystick.storage import tables
from tallystick.storage.views.view import View

__all__ = ["PER_PAGE", "Hit", "Reports", "Snippet", "claims_with", "documents", "documents_with", "snippet", "words"]

# Reports on a page of hits, each with some lines of its text.
PER_PAGE = 20
# Characters from which on the index knows a word.
INDEXED = 3
# Words and characters that are looked for; more is a text, and no search.
MOST_WORDS = 12
LONGEST = 400
# Characters before and behind the words that a snippet shows: about two lines of a page.
BEFORE, BEHIND = 70, 140

_TYPED = re.compile(r'"([^"]*)"|([^\s"]+)')
_BLANKS = re.compile(r"\s+")


class Snippet(NamedTuple):
    """Where a report holds the first of the words; `start` and `end` are code points of its text."""

    before: str
    hit: str
    behind: str
    start: int
    end: int


class Hit(NamedTuple):
    """A report that holds all words; the snippet is None where only its title has them."""

    document: str
    title: str | None
    outlet: str | None
    published: str | None
    language: str
    snippet: Snippet | None


class Reports(NamedTuple):
    """A page of reports, the latest first: which page, of how many, and how many reports there are on all."""

    rows: tuple[Hit, ...]
    number: int
    pages: int
    total: int


def words(typed: str) -> tuple[str, ...]:
    """Give the words of what was typed, each once; what stands between quotation marks is one, with its blanks."""
    plain = "".join(mark if mark.isprintable() else " " for mark in unicodedata.normalize("NFC", typed[:LONGEST]))
    found = (quoted or single for quoted, single in _TYPED.findall(plain))
    return tuple(dict.fromkeys(word for word in found if word.strip()))[:MOST_WORDS]


def claims_with(typed: str) -> sa.Select[Any] | None:
    """Give a query of the positions of claims whose sentence holds all words typed; None where there are no words."""
    return _holding(words(typed), "claim_words", tables.claims, (tables.claims.c.quote,))


def documents_with(typed: str) -> sa.Select[Any] | None:
    """Give a query of the positions of reports that hold all words typed; None where there are no words."""
    column = tables.documents.c
    return _holding(words(typed), "document_words", tables.documents, (column.title, column.text))


def documents(view: View, typed: str, page: int = 1) -> Reports:
    """Give a page of the reports that hold all words typed, in their titles or texts.

    Args:
        view: The case at a moment.
        typed: What somebody looks for; where there are no words in it, there are no reports.
        page: From 1; one beyond the last gives the last.
    """
    column = tables.documents.c
    looked_for = words(typed)
    holding = documents_with(typed)
    if holding is None:
        return Reports((), 1, 1, 0)
    # The hits are found once; an index that holds no text gives their order.
    found = view.connection.scalars(
        sa.select(column.position)
        .where(column.position.in_(holding))
        .order_by(column.published.desc(), column.position.desc())
    ).all()
    pages = max(1, -(-len(found) // PER_PAGE))
    number = min(max(page, 1), pages)
    shown = found[(number - 1) * PER_PAGE : number * PER_PAGE]
    return Reports(_hits(view, shown, looked_for), number, pages, len(found))


def snippet(text: str, looked_for: Iterable[str]) -> Snippet | None:
    """Give the lines of a text around the first of the words that it holds; None where it holds none."""
    for word in looked_for:
        found = re.search(re.escape(word), text, re.IGNORECASE)
        if found is not None:
            start, end = found.span()
            first, last = max(0, start - BEFORE), min(len(text), end + BEHIND)
            before, behind = text[first:start], text[end:last]
            if first and " " in before:
                before = before[before.index(" ") :]
            if last < len(text) and " " in behind:
                behind = behind[: behind.rindex(" ") + 1]
            ahead, after = "…" if first else "", "…" if last < len(text) else ""
            return Snippet(ahead + _line(before), text[start:end], _line(behind) + after, start, end)
    return None


def _hits(view: View, positions: Sequence[int], looked_for: Sequence[str]) -> tuple[Hit, ...]:
    column = tables.documents.c
    query = sa.select(
        column.position, column.id, column.title, column.outlet, column.published, column.language, column.text
    ).where(column.position.in_(positions))
    held = {row["position"]: row for row in view.rows(query)}
    return tuple(
        Hit(row["id"], row["title"], row["outlet"], row["published"], row["language"], snippet(row["text"], looked_for))
        for row in (held[position] for position in positions)
    )


def _holding(
    looked_for: Sequence[str], index: str, table: sa.Table, columns: Sequence[sa.Column[str]]
) -> sa.Select[Any] | None:
    """A query of the positions of rows that hold all words."""
    indexed = [word for word in looked_for if len(word) >= INDEXED]
    short = [word for word in looked_for if len(word) < INDEXED]
    if not looked_for:
        return None
    place = table.c.position
    query = sa.select(place)
    if indexed:
        typed = " AND ".join('"{}"'.format(word.replace('"', '""')) for word in indexed)
        found = sa.select(sa.column("rowid", sa.Integer)).select_from(sa.table(index))
        found = found.where(sa.column(index).op("MATCH")(typed))
        if not short:
            return found
        query = query.where(place.in_(found))
    for word in short:
        query = query.where(sa.or_(*(sa.func.instr(column, form) > 0 for column in columns for form in _forms(word))))
    return query


def _forms(word: str) -> tuple[str, ...]:
    """A short word in small and capital letters: SQLite itself knows them of ASCII alone."""
    each = ([mark, *(form for form in (mark.lower(), mark.upper()) if len(form) == 1)] for mark in word)
    return tuple(dict.fromkeys("".join(marks) for marks in product(*each)))


def _line(text: str) -> str:
    """Words of several lines on one."""
    return _BLANKS.sub(" ", text)
