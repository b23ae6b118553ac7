"""Words as PostgreSQL finds them: words come in, queries of the rows that hold all of them go out.

Migration 0012 indexes the parts of each text: every character, and at every place of a run of letters what begins
there, 12 characters of narrow letters or 3 of wide ones. A word within one run is the beginning of a part. Of any other
word, which has blanks or marks in it or is longer, the index finds the texts that may hold it, and these are read.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, TypeAlias

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSQUERY

__all__ = ["Positions", "folded", "held", "holding"]

Positions: TypeAlias = sa.Select[Any] | sa.CompoundSelect[Any]
# As in the migration, which never changes.
BETWEEN = r"\u0001-/:-@\[-`{-\u00bf\u2000-\u206f\u3000-\u303f\uff00-\uff0f"
WIDE = r"\u1100-\u11ff\u2e80-\u2fff\u3040-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
LONG, SHORT = 12, 3
ALIKE = str.maketrans("ςſµϐϑϕϖϰϱϵẛ", "σsμβθφπκρεṡ")
# Keeps PostgreSQL from looking at one row after another for what the index finds at once: a query that passes over no
# rows is one that it does not take apart.
APART = sa.literal_column("0", sa.Integer)
# Texts of which the index knows too little.
UNKNOWN = "'\x01'"
_PIECES = re.compile(f"(?P<between>[{BETWEEN}])|(?P<wide>[{WIDE}]+)|(?P<narrow>[^{BETWEEN}{WIDE}]+)")


class _Asked(NamedTuple):
    """What the index is asked for one word; `enough` says that what it finds holds the word."""

    query: str
    enough: bool


def holding(
    connection: sa.Connection, table: sa.Table, told: sa.ColumnElement[str], words: Sequence[str]
) -> Positions:  # fmt: skip
    """Give a query of the positions of rows whose text holds all words; a row may come twice.

    Args:
        connection: Behind it the rows are.
        table: The rows.
        told: Their text, as it is indexed.
        words: At least one.
    """
    asked = {word: _asked(folded(word)) for word in words}
    parts, found = sa.func.word_parts(told), sa.select(table.c.position)
    read = [_in(told, word) for word, one in asked.items() if not one.enough]
    every = " & ".join(one.query for one in asked.values())
    known = found.where(_match(parts, every), *read).offset(APART)
    unknown = found.where(_match(parts, UNKNOWN))
    # Hardly any case has such texts, and of a union nobody knows beforehand how much it is.
    if connection.scalar(unknown.limit(1)) is None:
        return known
    return sa.union_all(known, unknown.where(held(told, words)))


def held(told: sa.ColumnElement[str], words: Sequence[str]) -> sa.ColumnElement[bool]:
    """Give that a text holds all words, as it is found out by reading the text."""
    return sa.and_(*(_in(told, word) for word in words))


def _match(parts: sa.ColumnElement[Any], query: str) -> sa.ColumnElement[bool]:
    """That the parts of a text are as a query asks.

    Of a word that nearly every text has PostgreSQL would make the parts of each text anew, instead of looking into the
    index: of a million claims that took 80 to 180 s, and 0.1 with the index. What is asked for is hidden from it.
    """
    return parts.bool_op("@@")(sa.select(sa.cast(sa.literal(query), TSQUERY)).scalar_subquery())


def _in(told: sa.ColumnElement[str], word: str) -> sa.ColumnElement[bool]:
    whole: sa.ColumnElement[Any] = sa.func.word_folded(told)
    # In SQLite's index two blanks end each text, so that its last characters are found; a blank behind them is too.
    if word.endswith(" "):
        whole = whole.concat(sa.literal_column("'  '"))
    return sa.func.strpos(whole, folded(word)) > 0


def folded(word: str) -> str:
    """Give a word in small letters, each in its usual form, as both stores index it: σ at the end of a word too."""
    return word.lower().translate(ALIKE)


def _asked(word: str) -> _Asked:
    pieces = list(_PIECES.finditer(word))
    found = [one for turn, piece in enumerate(pieces, 1) for one in _parts(piece, last=turn == len(pieces))]
    return _Asked(" & ".join(found), len(pieces) == len(found) == 1)


def _parts(piece: re.Match[str], *, last: bool) -> Iterator[str]:
    """What a text has parts of that holds this piece of a word; where it is not the last one, a run ends with it."""
    run, kind = piece.group(), piece.lastgroup
    if kind == "between" or len(run) == 1:
        if run != " ":
            yield _quoted(run)
        return
    long = LONG if kind == "narrow" else SHORT
    if len(run) <= long:
        yield _quoted(run) + (":*" if last else "")
        return
    # Of narrow letters the first and the last ones tell enough.
    step = 1 if kind == "wide" else len(run) - long
    yield from (_quoted(run[place : place + long]) + ":*" for place in range(0, len(run) - long + 1, step))


def _quoted(part: str) -> str:
    return "'{}'".format(part.replace("\\", "\\\\").replace("'", "''"))
