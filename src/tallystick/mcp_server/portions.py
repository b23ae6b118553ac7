"""Answers in portions: records come in, as many as an answer has room for go out, with a cursor that leads on.

A cursor holds how far the reader is, of which question, and of which state of the case.
"""

import re
from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Generic, NamedTuple, TypeVar

from tallystick.errors import AskingError
from tallystick.mcp_server.citing import written

__all__ = ["LARGEST", "MOST", "USUAL", "Portion", "Turn", "fitting", "portion", "turn_of"]

Record = TypeVar("Record")
Shown = TypeVar("Shown")

# Bytes of JSON that the records of one answer take: about 1,500 words of a model's context. The first record is given
# whatever it takes, since nothing else would lead beyond it.
LARGEST = 6_000
# Records that an answer holds where the question does not say, and at most.
USUAL, MOST = 10, 25
_CURSOR = re.compile(r"([0-9]{1,9})\.([0-9]{1,15})\.([0-9a-f]{8})")


class Turn(NamedTuple):
    """How far a reader is: how many records lie before, of which state of the case, and of which question."""

    first: int
    state: int
    question: str
    changed: bool = False

    def cursor(self, first: int) -> str:
        """Give what leads on to the record of this turn."""
        return f"{first}.{self.state}.{self.question}"


class Portion(NamedTuple, Generic[Shown]):
    """Some records, how many there are behind them, and what leads there; None where nothing is."""

    shown: tuple[Shown, ...]
    more: int
    cursor: str | None
    notes: tuple[str, ...]


def turn_of(cursor: str, state: int, *question: object) -> Turn:
    """Give where a cursor leads; "" leads to the first record.

    Args:
        cursor: From an earlier answer to the same question, or "".
        state: Of the case by now.
        question: Everything that was asked.

    Raises:
        AskingError: Where it is no cursor, or one of another question.
    """
    digest = sha256(repr(question).encode("utf-8", "surrogatepass")).hexdigest()[:8]
    if not cursor:
        return Turn(0, state, digest)
    found = _CURSOR.fullmatch(cursor)
    if found is None:
        raise AskingError("cursor: is none of ours; give the `cursor` of the last answer as it is, or leave it out")
    if found.group(3) != digest:
        raise AskingError("cursor: belongs to another question; ask with the same arguments, or leave the cursor out")
    return Turn(int(found.group(1)), state, digest, changed=int(found.group(2)) != state)


def fitting(records: Sequence[Shown], room: int = LARGEST) -> tuple[Shown, ...]:
    """Give as many of the first records as there is room for, and the first one in any case."""
    taken: list[Shown] = []
    for record in records:
        room -= len(written(record).encode("utf-8"))
        if taken and room < 0:
            break
        taken.append(record)
    return tuple(taken)


def portion(
    page: Callable[[int], Sequence[Record]], per_page: int, total: int, turn: Turn, limit: int,
    show: Callable[[Sequence[Record]], Sequence[Shown]],
) -> Portion[Shown]:  # fmt: skip
    """Give a portion of what a view gives in pages.

    Args:
        page: Gives a page by its number, from 1.
        per_page: Records on a page.
        total: Records in all.
        turn: Where the portion begins.
        limit: Most records of it; a portion ends with its page.
        show: Makes of records what the answer shows of them.

    Raises:
        AskingError: Where the portion would begin behind the last record.
    """
    if turn.first and turn.first >= total:
        raise AskingError("cursor: leads behind the last record, as the case has changed; leave the cursor out")
    within = turn.first % per_page
    held = page(turn.first // per_page + 1)[within : within + limit] if total else ()
    shown = fitting(show(held))
    last = turn.first + len(shown)
    more = max(0, total - last)
    notes = ("The case has changed since the first portion: records may be missing or given twice.",)
    return Portion(shown, more, turn.cursor(last) if more else None, notes if turn.changed else ())
