"""Spans of a text that may overlap become a tree that nests: spans come in, nodes for a page go out.

Offsets are code points of the whole text. Whatever the spans, the words of the tree are those of the text, and the
marks of a claim never lie in those of another: both are links, and HTML has no link in a link.
"""

from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from itertools import pairwise
from typing import NamedTuple

__all__ = ["Mark", "MarkKind", "Node", "nested"]


class MarkKind(IntEnum):
    """What is marked, from the outermost to the innermost; where two cross, the outer one is cut."""

    SHARED = 0  # stands in another report too
    CONTENT = 1  # what somebody is reported to say
    SOURCE = 2  # the words that name who said it
    CUE = 3  # the words that link both
    PLACE = 4  # what the address asks for
    CLAIM = 5  # a figure


class Mark(NamedTuple):
    """A span to be marked.

    Attributes:
        start: First code point.
        end: One past the last one.
        kind: What is marked.
        of: What it belongs to: the id of a claim, who is credited; "" where nothing.
    """

    start: int
    end: int
    kind: MarkKind
    of: str = ""


class Node(NamedTuple):
    """A stretch of text, plain or marked.

    Attributes:
        start: First code point.
        end: One past the last one.
        mark: The mark that it is of, whole or a part; None where the text is plain.
        inside: The stretches that it is made of, in order; none where it is plain.
    """

    start: int
    end: int
    mark: Mark | None = None
    inside: tuple["Node", ...] = ()


def nested(start: int, end: int, marks: Iterable[Mark]) -> tuple[Node, ...]:
    """Give the tree of a stretch of text.

    Args:
        start: First code point of the stretch.
        end: One past its last one.
        marks: Spans, in any order; what reaches beyond the stretch is cut off. Of marks of one kind that overlap, the
            shorter one has the words.
    """
    within = [
        (max(mark.start, start), min(mark.end, end), mark) for mark in marks if mark.start < end and mark.end > start
    ]
    cut: list[_Piece] = []
    for kind in reversed(MarkKind):
        apart = _apart([_Piece(first, last, mark) for first, last, mark in within if mark.kind is kind])
        cut += [piece for one in apart for piece in _uncrossed(one, tuple(cut))]
    # The longer first, then the outer kind: so that each holds those behind it, until one lies beyond.
    cut.sort(key=lambda one: (one.start, -one.end, one.mark.kind))
    return _tree(start, end, cut)


class _Piece(NamedTuple):
    """A mark, or what of it is left after cutting."""

    start: int
    end: int
    mark: Mark


def _apart(pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    """Marks of one kind without overlap: each word has the shortest one."""
    taken: list[tuple[int, int]] = []
    for piece in sorted(pieces, key=lambda one: (one.end - one.start, one.start, one.mark)):
        at = piece.start
        for start, end in sorted(span for span in taken if span[0] < piece.end and span[1] > piece.start):
            if at < start:
                yield piece._replace(start=at, end=start)
            at = max(at, end)
        if at < piece.end:
            yield piece._replace(start=at)
        taken.append((piece.start, piece.end))


def _uncrossed(piece: _Piece, others: Iterable[_Piece]) -> Iterator[_Piece]:
    """A piece, cut so that none of `others`, which do not cross each other, crosses it."""
    cuts = {other.end for other in others if other.start < piece.start < other.end < piece.end}
    cuts |= {other.start for other in others if piece.start < other.start < piece.end < other.end}
    edges = [piece.start, *sorted(cuts), piece.end]
    for first, last in pairwise(edges):
        yield piece._replace(start=first, end=last)


def _tree(start: int, end: int, pieces: Sequence[_Piece]) -> tuple[Node, ...]:
    """The nodes of a stretch whose pieces nest, in order."""
    found: list[Node] = []
    at, next_one = start, 0
    while next_one < len(pieces):
        piece = pieces[next_one]
        last = next_one + 1
        while last < len(pieces) and pieces[last].start < piece.end:
            last += 1
        if at < piece.start:
            found.append(Node(at, piece.start))
        inside = _tree(piece.start, piece.end, pieces[next_one + 1 : last])
        found.append(Node(piece.start, piece.end, piece.mark, inside))
        at, next_one = piece.end, last
    if at < end:
        found.append(Node(at, end))
    return tuple(found)
