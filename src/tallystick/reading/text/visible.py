"""Find what is to be seen in the source of a page or of JSON: source comes in, text goes out, with a map back.

This is no reader of formats: it gives all that could be read, furniture too, so that words can be found in it.
"""

import html
import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from tallystick.reading.text.characters import Run, Runs

__all__ = ["Visible", "markup", "strings"]

# Elements whose content nobody sees.
UNSEEN = re.compile(r"script|style|template", re.IGNORECASE)
# Elements within a line; all others part the words before them from those behind.
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q ruby s samp small span "
    "strike strong sub sup time tt u var wbr".split()
)
NAME = re.compile(r"/?([a-zA-Z][^\s/>]{0,40})")
# What ends a tag, or opens a value in which ">" is no end.
IN_TAG = re.compile(r">|=\s*([\"'])")
REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?")
STRING = re.compile(r'"((?:[^"\\]++|\\.)*+)"(\s*+:)?', re.DOTALL)
ESCAPE = re.compile(r"(?:\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|\\u[0-9a-fA-F]{4}|\\.", re.DOTALL)
CDATA = "<![CDATA["


class Visible(NamedTuple):
    """Text that stands in a source.

    Attributes:
        text: What is seen.
        runs: Where in the source each stretch of it stands; they cover `text` without a gap.
    """

    text: str
    runs: tuple[Run, ...]


class _Gathered:
    """Visible text as it is found."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._runs = Runs()

    def add(self, piece: str, start: int, end: int, *, exact: bool = False) -> None:
        """Add `piece`, which the source holds from `start` to `end`."""
        self._pieces.append(piece)
        self._runs.add(len(piece), start, end, exact=exact)

    def add_source(self, source: str, start: int, end: int) -> None:
        """Add a stretch of the source in which references stand for characters."""
        at = start
        if source.find("&", start, end) >= 0:
            for match in REFERENCE.finditer(source, start, end):
                meant = html.unescape(match[0])
                if meant != match[0]:
                    self.add(source[at : match.start()], at, match.start(), exact=True)
                    self.add(meant, match.start(), match.end())
                    at = match.end()
        self.add(source[at:end], at, end, exact=True)

    def all(self) -> Visible:
        """Give all that was added."""
        return Visible("".join(self._pieces), tuple(self._runs.found))


def markup(source: str) -> Visible:
    """Give the text of HTML or XML between its tags, without scripts, styles and comments.

    A line end stands for each tag that parts what is before it from what is behind it. Takes linear time.

    Args:
        source: The page, decoded; however broken it is.
    """
    gathered = _Gathered()
    tags = _Tags(source)
    at = look = 0
    while (start := source.find("<", look)) >= 0:
        end, name = tags.end_of(start)
        if end == start:  # a sign "less than"
            look = start + 1
            continue
        gathered.add_source(source, at, start)
        if name not in INLINE:
            gathered.add("\n", start, end)
        at = look = end
    gathered.add_source(source, at, len(source))
    return gathered.all()


class _Tags:
    """The tags of a source, told without reading any stretch of it again and again."""

    def __init__(self, source: str) -> None:
        self._source = source
        # What was looked for in vain, up to the end: it need not be looked for again.
        self._missing: set[str] = set()

    def end_of(self, start: int) -> tuple[int, str]:
        """Where the tag or comment that starts at `start` ends, and its name; `start` itself where there is none."""
        source = self._source
        if source.startswith("<!--", start):
            return self._after("-->", start + 2), "span"
        if source.startswith(CDATA, start):
            return start + len(CDATA), ""
        if source.startswith(("<!", "<?"), start):
            return self._after(">", start + 2), ""
        match = NAME.match(source, start + 1)
        if match is None:
            return start, ""
        name, end = match[1].lower(), self._end_of_tag(match.end())
        if source[start + 1] != "/" and UNSEEN.fullmatch(name):
            end = self._after(f"</{name}", end)
        return end, name

    def _after(self, mark: str, at: int) -> int:
        """One past the next `mark`, in whatever case; the end of the source where there is none."""
        if mark in self._missing:
            return len(self._source)
        if mark.startswith("</"):
            found = re.compile(re.escape(mark), re.IGNORECASE).search(self._source, at)
            at = found.end() if found else -1
        else:
            found_at = self._source.find(mark, at)
            at = found_at + len(mark) if found_at >= 0 else -1
        if at < 0:
            self._missing.add(mark)
            return len(self._source)
        return self._end_of_tag(at) if mark.startswith("</") else at

    def _end_of_tag(self, at: int) -> int:
        while match := IN_TAG.search(self._source, at):
            at = match.end()
            quote = match[1]
            if not quote:
                return at
            if quote not in self._missing:
                closed = self._source.find(quote, at)
                if closed < 0:
                    self._missing.add(quote)
                else:
                    at = closed + 1
        return len(self._source)


def strings(source: str) -> Iterator[Visible]:
    """Give the strings of JSON that are values, in order, with their escapes resolved; their runs count the source.

    Args:
        source: JSON, decoded; what follows a string that does not end is left out.
    """
    at = 0
    while (start := source.find('"', at)) >= 0:
        match = STRING.match(source, start)
        if match is None:
            return
        at = match.end()
        if match[2] is None:
            yield _unescaped(source, *match.span(1))


def _unescaped(source: str, start: int, end: int) -> Visible:
    """One string between its quotes."""
    gathered = _Gathered()
    at = start
    for match in ESCAPE.finditer(source, start, end):
        try:
            meant = json.loads(f'"{match[0]}"')
        except ValueError:  # no escape of JSON: it stays as it is
            continue
        gathered.add(source[at : match.start()], at, match.start(), exact=True)
        gathered.add(meant, match.start(), match.end())
        at = match.end()
    gathered.add(source[at:end], at, end, exact=True)
    return gathered.all()
