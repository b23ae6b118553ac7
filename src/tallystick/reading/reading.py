"""Read reports from files, folders, archives and standard input: the first stage of the journey.

Paths come in; `Retrieved` reports go out one by one in a fixed order, and in their place a `Failure` for each that
cannot be read. What a file is shows in its bytes, not in its name. Nothing is fetched unless a way to fetch is given.
"""

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from tallystick.errors import ReadingError
from tallystick.model.document import Failure, Retrieved
from tallystick.model.progress import Progress, Silent
from tallystick.reading.containers.addresses import addresses
from tallystick.reading.containers.csv_rows import csv_rows
from tallystick.reading.containers.feed import feed
from tallystick.reading.containers.gzip_stream import gzip_stream
from tallystick.reading.containers.json_array import json_array
from tallystick.reading.containers.json_lines import json_lines
from tallystick.reading.containers.sitemap import sitemap
from tallystick.reading.containers.warc import NO_TERM, warc
from tallystick.reading.containers.zip_archive import zip_members
from tallystick.reading.detection import kind_of
from tallystick.reading.formats.docx import docx
from tallystick.reading.formats.html import html
from tallystick.reading.formats.json_document import json_document
from tallystick.reading.formats.mail import mail
from tallystick.reading.formats.pdf import pdf
from tallystick.reading.formats.plain import markdown, plain
from tallystick.reading.received import LARGEST, Address, Kind, LeftOut, Received
from tallystick.reading.streams import headed

__all__ = ["CONTAINERS", "FORMATS", "NO_TERM", "Fetch", "Wanted", "read"]

Found = Retrieved | Failure
# Whether the bytes of a page of a crawl hold what is looked for.
Wanted = Callable[[bytes], bool]
# What an address answered: the reports it holds, still to be read.
Fetch = Callable[[Address], Iterator[Received | Failure]]
FORMATS: dict[Kind, Callable[[bytes, Received], Retrieved]] = {
    Kind.TEXT: plain,
    Kind.MARKDOWN: markdown,
    Kind.HTML: html,
    Kind.JSON: json_document,
    Kind.PDF: pdf,
    Kind.DOCX: docx,
}
Held = Received | Retrieved | Address | LeftOut | Failure
CONTAINERS: dict[Kind, Callable[[Received], Iterator[Held]]] = {
    Kind.JSON_LINES: json_lines,
    Kind.JSON_ARRAY: json_array,
    Kind.ADDRESSES: addresses,
    Kind.CSV: csv_rows,
    Kind.FEED: feed,
    Kind.SITEMAP: sitemap,
    Kind.MAIL: mail,
    Kind.ZIP: zip_members,
    Kind.GZIP: gzip_stream,
}
# A WARC in a ZIP in a ZIP is odd but honest; more is made to exhaust whoever opens it.
DEEPEST = 4
# A folder that holds this is a case: its evidence and its report are no input.
CASE_FILE = "case.sqlite"
STDIN = "-"
NO_REPORT = "a binary file, in no format that is read"
# Names that promise a report: such a file of a folder is named where it cannot be read; a picture is left out.
SUFFIXES = frozenset((".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".jsonl", ".ndjson", ".json", ".csv", ".xml",
                      ".pdf", ".docx", ".eml", ".warc", ".wacz", ".gz", ".zip"))  # fmt: skip


def read(
    inputs: Iterable[str | Path | Address | Received], *, progress: Progress | None = None,
    wanted: Wanted | None = None, fetch: Fetch | None = None,
) -> Iterator[Found]:  # fmt: skip
    """Give every report of `inputs`, and a `Failure` in the place of each that cannot be read.

    Args:
        inputs: Files and folders of them (read to the bottom in order of name; hidden files and cases are left out),
            "-" for standard input, addresses, and what has been received already.
        progress: Told of every report, also of one that failed or was left out.
        wanted: Tells which pages of a crawl are read at all; None reads all of them.
        fetch: How addresses that feeds and lists name are got; None gives a failure for each.

    Yields:
        Reports in the order given. One without an id gets the SHA-256 of its text, a web page that of its bytes.
    """
    reader = _Reader(progress or Silent(), wanted, fetch)
    chosen = [given if isinstance(given, Address | Received) else str(given) for given in inputs]
    listed = [(given, _listed(given) if isinstance(given, str) else []) for given in chosen]
    total = sum(size for _, files in listed for _, size in files if size)
    done = 0
    for given, files in listed:
        if not isinstance(given, str):
            yield from reader.web(given)
        elif not files:
            yield from reader.counted(_nothing(given))
        for path, size in files:
            yield from reader.file(path, chosen=path == given, start=done, of=total)
            done += size or 0


class _Reader:
    """One pass over some inputs: what all of them share."""

    def __init__(self, progress: Progress, wanted: Wanted | None, fetch: Fetch | None) -> None:
        self._progress = progress
        self._wanted = wanted
        self._fetch = fetch

    def counted(self, found: Iterable[Found]) -> Iterator[Found]:
        """Pass on what was found, and count it."""
        for one in found:
            yield one
            self._progress.advance()

    def web(self, given: Address | Received) -> Iterator[Found]:
        """The reports of an address, or of what it answered."""
        found = self._fetched(given, 0) if isinstance(given, Address) else self._opened(given, chosen=True)
        yield from self.counted(found)

    def file(self, path: str, *, chosen: bool, start: int, of: int) -> Iterator[Found]:
        """The reports of a file; one of a folder that is no report is left out, one that was named is a failure."""
        try:
            if path == STDIN:
                yield from self.counted(self._opened(Received("standard input", sys.stdin.buffer), chosen=True))
                return
            with Path(path).open("rb") as stream:
                for one in self.counted(self._opened(Received(_shown(path), stream), chosen=chosen)):
                    yield one
                    self._progress.reach(start + (0 if stream.closed else stream.tell()), of)
        except (OSError, ValueError) as error:
            yield from self.counted((_failure(path, _said(error)),))

    def _opened(self, received: Received, *, chosen: bool) -> Iterator[Found]:
        """The reports of a stream, through whatever holds them."""
        head, received = headed(received)
        kind = received.kind or kind_of(head, received.name)
        if not head:
            yield _failure(received.name, "nothing in it: 0 bytes")
        elif kind in CONTAINERS:
            yield from self._held(received, CONTAINERS[kind](received))
        elif kind is Kind.WARC:
            yield from self._held(received, warc(received, self._wanted))
        elif kind in FORMATS:
            yield from self._whole(received, kind)
        elif chosen or Path(received.name).suffix.casefold() in SUFFIXES:
            yield _failure(received.name, NO_REPORT)
        else:
            self._progress.leave_out(NO_REPORT)

    def _held(self, received: Received, held: Iterator[Held]) -> Iterator[Found]:
        """The reports of a container."""
        if received.depth >= DEEPEST:
            yield _failure(received.name, f"archives within archives, more than {DEEPEST} deep; unpack it first")
            return
        try:
            for one in held:
                if isinstance(one, LeftOut):
                    self._progress.leave_out(one.reason)
                elif isinstance(one, Failure | Retrieved):
                    yield one
                elif isinstance(one, Address):
                    yield from self._fetched(one, received.depth + 1)
                else:
                    yield from self._member(one)
        except ReadingError as error:
            yield _failure(error.document, error.reason)

    def _member(self, received: Received) -> Iterator[Found]:
        """The reports of one stream of a container: where it is damaged, the others go on."""
        try:
            yield from self._opened(received, chosen=False)
        except ReadingError as error:
            yield _failure(error.document, error.reason)

    def _fetched(self, address: Address, depth: int) -> Iterator[Found]:
        """What an address holds; a failure where nothing may be fetched. What it names lies as deep as itself."""
        if self._fetch is None and address.summary:
            yield address.summary
            return
        if self._fetch is None:
            reason = f"names {address.url}, which is not here; 'tallystick fetch' gets what it names"
            yield _failure(address.name, reason)
            return
        for one in self._fetch(address):
            if isinstance(one, Failure):
                yield one
            else:
                yield from self._opened(replace(one, depth=depth), chosen=True)

    def _whole(self, received: Received, kind: Kind) -> Iterator[Found]:
        """One report."""
        content = received.stream.read(LARGEST + 1)
        if len(content) > LARGEST:
            yield _failure(received.name, _too_large())
        else:
            try:
                yield FORMATS[kind](content, received)
            except ReadingError as error:
                yield _failure(error.document, error.reason)


def _listed(given: str) -> list[tuple[str, int | None]]:
    """The files of one input with their sizes, in order of name; none where there is nothing to read."""
    if given == STDIN:
        return [(given, None)]
    path = Path(given)
    try:
        if not path.is_dir():
            return [(given, path.stat().st_size)] if stat.S_ISREG(path.stat().st_mode) else []
    except (OSError, ValueError):
        return []
    files: list[tuple[str, int | None]] = []
    for root, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if CASE_FILE in names:
            folders.clear()
            continue
        for name in sorted(names):
            found = Path(root, name)
            if not name.startswith(".") and found.is_file():
                files.append((str(found), found.stat().st_size))
    return files


def _nothing(given: str) -> tuple[Failure]:
    """Why an input holds nothing to read."""
    path = Path(given)
    try:
        if not path.exists():
            return (_failure(given, "no such file or folder; check the spelling or give another path"),)
        if path.is_dir():
            os.listdir(path)  # noqa: PTH208 - for the error of a folder that may not be read
            return (_failure(given, "no report in this folder"),)
    except (OSError, ValueError) as error:
        return (_failure(given, _said(error)),)
    return (_failure(given, "neither a file nor a folder"),)


def _failure(name: str, reason: str) -> Failure:
    return Failure(_shown(name), "read", reason)


def _shown(path: str) -> str:
    """A path as text: of a name that is no UTF-8, the bytes that are none replaced."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _said(error: OSError | ValueError) -> str:
    return (getattr(error, "strerror", None) or str(error)) + "; check the path and its permissions"


def _too_large() -> str:
    return f"larger than {LARGEST // 1_000_000} MB; split it into one report a file, or one a line of a .jsonl"
