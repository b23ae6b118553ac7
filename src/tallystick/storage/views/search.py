"""Search by words: what somebody typed comes in, the claims or reports that hold all of it go out.

SQLite indexes sentences of claims and texts of reports by every three characters, so that words are found in every
script and within longer ones; one or two characters, a word in some scripts, by all the threes that begin with them.
How PostgreSQL finds the same words is told in `parts`. What is typed is never taken for a query: each word is a quoted
string.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from tallystick.storage import tables
from tallystick.storage.dialects import POSTGRESQL
from tallystick.storage.views import parts
from tallystick.storage.views.kept import Kept
from tallystick.storage.views.parts import Positions
from tallystick.storage.views.view import View

__all__ = ["LONGEST", "MOST_WORDS", "Snippet", "claim_has", "claims_held", "claims_with", "document_has",
           "documents_held", "documents_with", "earliest", "snippet", "words"]  # fmt: skip

# Characters of which the index knows every run; with fewer, the runs that begin so are looked up in its list.
INDEXED = 3
# Behind every character that a run can begin with.
LAST = "\U0010ffff"
# Words and characters that are looked for; more is a text, and no search.
MOST_WORDS = 12
LONGEST = 400
# Characters before and behind the words that a snippet shows: about two lines of a page.
BEFORE, BEHIND = 70, 140

# What SQLite calls the position of a text in its index.
ROW = sa.column("rowid", sa.Integer).label("position")
_TYPED = re.compile(r'"([^"]*)"|([^\s"]+)')
_BLANKS = re.compile(r"\s+")
# How many texts hold words, by which it is decided how they are looked for: nearly right is enough, and for long.
_HELD: Kept[int] = Kept(512, share=0.001)


class Snippet(NamedTuple):
    """Where a report holds the first of the words; `start` and `end` are code points of its text."""

    before: str
    hit: str
    behind: str
    start: int
    end: int


def words(typed: str) -> tuple[str, ...]:
    """Give the words of what was typed, each once; what stands between quotation marks is one, with its blanks."""
    plain = "".join(mark if mark.isprintable() else " " for mark in unicodedata.normalize("NFC", typed[:LONGEST]))
    found = (quoted or single for quoted, single in _TYPED.findall(plain))
    return tuple(dict.fromkeys(word for word in found if word.strip()))[:MOST_WORDS]


def claims_with(view: View, typed: str) -> Positions | None:
    """Give a query of the positions of claims whose sentence holds all words typed; None where there are no words."""
    return _holding(view, words(typed), tables.claims, tables.claims.c.quote, "claim_words")


def documents_with(view: View, typed: str) -> Positions | None:
    """Give a query of the positions of reports whose title or text holds all words typed; None where there are none."""
    return _holding(view, words(typed), tables.documents, _told(), "document_words")


def claims_held(view: View, typed: str, *, now: bool = False) -> int:
    """Give how many claims there are whose sentence holds all words typed; 0 where there are no words.

    Args:
        view: The case.
        typed: The words.
        now: Whether it must be of this very state of the case; else it may be of some time before.
    """
    held = _HELD.now if now else _HELD.of
    return held(view, ("claims", words(typed)), lambda moment: _counted(moment, claims_with(moment, typed)))


def documents_held(view: View, typed: str, *, now: bool = False) -> int:
    """Give how many reports hold all words typed, as `claims_held` does."""
    held = _HELD.now if now else _HELD.of
    return held(view, ("reports", words(typed)), lambda moment: _counted(moment, documents_with(moment, typed)))


def _counted(view: View, found: Positions | None) -> int:
    return 0 if found is None else view.scalar(sa.select(sa.func.count()).select_from(found.subquery())) or 0


def claim_has(view: View, typed: str, place: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """Give that the sentence of the claim at a place holds all words typed; there must be some."""
    looked_for, of = words(typed), tables.claims.c
    if view.connection.dialect.name == POSTGRESQL:
        return sa.exists().where(of.position == place, parts.held(of.quote, looked_for))
    return sa.exists(_indexed(view, looked_for, "claim_words").where(place == ROW))


def document_has(view: View, typed: str) -> sa.ColumnElement[bool]:
    """Give that a row of `documents` holds all words typed; there must be some."""
    looked_for = words(typed)
    if view.connection.dialect.name == POSTGRESQL:
        return parts.held(_told(), looked_for)
    return sa.exists(_indexed(view, looked_for, "document_words").where(tables.documents.c.position == ROW))


def _told() -> sa.ColumnElement[str]:
    """Title and text of a report as PostgreSQL indexes them."""
    of = tables.documents.c
    # Between both stands what nobody can type, so that no word is in both.
    return sa.func.coalesce(of.title, sa.literal_column("''")) + sa.literal_column("E'\\n'") + of.text


def earliest(found: Positions, most: int) -> sa.Select[Any]:
    """Give a query of the first of some positions, each once."""
    place = found.subquery().c.position
    return sa.select(place).distinct().order_by(place).limit(most)


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


def _holding(
    view: View, looked_for: Sequence[str], table: sa.Table, told: sa.ColumnElement[str], index: str
) -> Positions | None:  # fmt: skip
    """A query of the positions of rows that hold all words; None where there are no words."""
    if not looked_for:
        return None
    if view.connection.dialect.name == POSTGRESQL:
        return parts.holding(view.connection, table, told, looked_for)
    return _indexed(view, looked_for, index)


def _indexed(view: View, looked_for: Sequence[str], index: str) -> sa.Select[Any]:
    """A query of the rows that SQLite's index has all words of."""
    found = sa.select(ROW).select_from(sa.table(index))
    every = []
    for word in looked_for:
        alike = [word] if len(word) >= INDEXED else _beginning(view, word, index)
        if not alike:
            return found.where(sa.false())
        every.append("(" + " OR ".join('"{}"'.format(one.replace('"', '""')) for one in alike) + ")")
    return found.where(sa.column(index).op("MATCH")(" AND ".join(every)))


def _beginning(view: View, word: str, index: str) -> list[str]:
    """All that the index holds that begins with a short word: every place of it begins one."""
    term, small = sa.column("term", sa.Text), parts.folded(word)
    query = sa.select(term).select_from(sa.table(f"{index}_terms")).where(term >= small, term < small + LAST)
    return list(view.connection.scalars(query))


def _line(text: str) -> str:
    """Words of several lines on one."""
    return _BLANKS.sub(" ", text)
