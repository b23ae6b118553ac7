"""Take a JSON file apart: a stream comes in, each element of its array goes out as a report or the address of one.

The array is the whole file, or the one list of an object such as GDELT's {"articles": [...]}; an object without one is
a report itself. Elements are cut out as bytes, so that a file of any length is read with one element in memory.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

from tallystick.model.document import Failure
from tallystick.reading.containers.json_lines import json_report
from tallystick.reading.received import LARGEST, Address, Received

__all__ = ["LISTED", "json_array"]

PIECE = 65_536
BLANK = b" \t\r\n"
MARK = b"\xef\xbb\xbf"
# An object that is a list with a name around it, as GDELT's DOC API and news APIs give it.
LISTED = re.compile(rb'\s*\{\s*(?:"[a-z_A-Z]{1,20}"\s*:\s*(?:"[^"\\]{0,40}"|[0-9]{1,12}|true)\s*,\s*){0,4}'
                    rb'"(?:articles|results|stories|documents)"\s*:\s*\[')  # fmt: skip
# Within a string only its end and escapes count, outside only what opens, closes or parts.
IN_STRING = re.compile(rb'["\\]')
BETWEEN = re.compile(rb'["{}\[\],]')
WITHIN = re.compile(rb'["{}\[\]]')
# Deeper than this no JSON can be read in Python; no export is.
DEEPEST = 900


def json_array(received: Received) -> Iterator[Received | Address | Failure]:
    """Give each element, named path[1], path[2] and so on; one that is broken does not stop the others."""
    elements = _Elements(received.stream)
    number = 0
    for content in elements:
        number += 1
        where = f"{received.name}[{number}]" if elements.listed or number > 1 else received.name
        if content is None:
            yield Failure(where, "read", f"larger than {LARGEST // 1_000_000} MB; give each report an element")
        else:
            yield json_report(content, where, received)
    if elements.depth:
        where = f"{received.name}[{number + 1}]"
        what = f"is nested more than {DEEPEST} deep" if elements.depth > DEEPEST else "breaks off here"
        yield Failure(where, "read", f"the JSON {what}; everything before it was read")
    elif not number:
        yield Failure(received.name, "read", "an empty list: no report in it")


class _Elements:
    """The elements of a JSON file in order; None for one that is larger than `LARGEST`.

    Attributes:
        listed: Whether they stand in a list.
        depth: How many brackets are open after the last element; 0 at the proper end of the file.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._current = bytearray()
        self._too_large = False
        self.listed = False
        self.depth = 0

    def __iter__(self) -> Iterator[bytes | None]:
        piece = self._opened()
        in_string = escaped = False
        while piece:
            at = done = 0
            if escaped:
                at, escaped = 1, False
            while match := self._next(in_string=in_string).search(piece, at):
                at = match.end()
                mark = match[0]
                if mark == b'"':
                    in_string = not in_string
                elif mark == b"\\":
                    escaped = at == len(piece)
                    at += 1
                elif self._ends(mark):
                    # A bracket that closes an object belongs to it; a comma or the end of the list does not.
                    last = at if mark == b"}" else match.start()
                    self._keep(piece[done:last])
                    done = at
                    if self._is_there():
                        yield self._taken()
                    self._current.clear()
                    if self.listed and not self.depth:
                        return
                elif self.depth > DEEPEST:
                    return
            self._keep(piece[done:])
            piece = self._stream.read(PIECE)
        if self._is_there() and self.depth == int(self.listed):  # the last of a list that breaks off, or a bare value
            yield self._taken()

    def _opened(self) -> bytes:
        """The first piece, behind the bracket that opens the list, where it is one."""
        piece = self._stream.read(PIECE).removeprefix(MARK).lstrip(BLANK)
        opened = LISTED.match(piece)
        start = opened.end() if opened else int(piece.startswith(b"["))
        self.listed = start > 0
        self.depth = int(self.listed)
        # A list that is the last byte of a piece is followed by the next.
        return piece[start:] or self._stream.read(PIECE)

    def _next(self, *, in_string: bool) -> re.Pattern[bytes]:
        """What is looked for next: a comma counts between two elements alone."""
        if in_string:
            return IN_STRING
        return BETWEEN if self.depth == int(self.listed) else WITHIN

    def _ends(self, mark: bytes) -> bool:
        """Count a bracket or comma; whether an element ends with it."""
        top = int(self.listed)
        if mark in b"{[":
            self.depth += 1
            return False
        if mark == b",":
            return self.depth == top
        self.depth = max(0, self.depth - 1)
        return self.depth < top or (self.depth == top and mark == b"}" and not self.listed)

    def _keep(self, piece: bytes) -> None:
        if not self._too_large and len(self._current) + len(piece) <= LARGEST:
            self._current += piece
        elif not self._too_large:
            self._too_large = True
            self._current.clear()

    def _is_there(self) -> bool:
        return self._too_large or bool(self._current.strip(BLANK))

    def _taken(self) -> bytes | None:
        content = None if self._too_large else bytes(self._current.strip(BLANK))
        self._too_large = False
        return content
