"""Read reports from files, folders and standard input: the first stage of the journey.

Paths come in; `Retrieved` reports go out one by one in a fixed order, and in their place a `Failure` for each that
cannot be read. Nothing is fetched: what is read lies on this machine.
"""

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from tallystick.errors import ReadingError
from tallystick.model.document import Failure, Retrieved
from tallystick.model.progress import Progress, Silent
from tallystick.reading import formats

__all__ = ["LARGEST", "SUFFIXES", "read"]

# Largest report in bytes. The longest article of the gold sets has 60 kB; a web page with its scripts inlined reaches
# a few MB; beyond this it is a dump of many reports, which belongs in a .jsonl of one report a line.
LARGEST = 20_000_000
READERS: dict[str, Callable[[bytes, str], Retrieved]] = {
    ".txt": formats.plain,
    ".text": formats.plain,
    ".md": formats.markdown,
    ".markdown": formats.markdown,
    ".html": formats.html,
    ".htm": formats.html,
    ".xhtml": formats.html,
}
LINES = frozenset((".jsonl", ".ndjson"))
SUFFIXES = (*READERS, *sorted(LINES))
# A folder that holds this is a case: its evidence and its report are no input.
CASE_FILE = "case.sqlite"
STDIN = "-"


def read(inputs: Iterable[str | Path], *, progress: Progress | None = None) -> Iterator[Retrieved | Failure]:
    """Give every report of `inputs`, and a `Failure` in the place of each that cannot be read.

    Args:
        inputs: Files (.txt, .md, .html, .jsonl), folders of them (read to the bottom in order of name; hidden files
            and cases are left out), or "-" for standard input (JSON lines, HTML or text, told by its first mark).
        progress: Told of every report, also of one that failed.

    Yields:
        Reports in the order given. One without an id gets the SHA-256 of its text, a web page that of its bytes.
    """
    listener = progress or Silent()
    for given in inputs:
        for found in _one(str(given)):
            yield found
            listener.advance()


def _one(given: str) -> Iterator[Retrieved | Failure]:
    """The reports of one path."""
    if given == STDIN:
        yield from _stdin(sys.stdin.buffer)
        return
    path = Path(given)
    try:
        if not path.exists():
            yield _failure(given, "no such file or folder; check the spelling or give another path")
        elif path.is_dir():
            yield from _folder(path)
        else:
            yield from _file(path)
    except (OSError, ValueError) as error:
        yield _failure(given, _said(error))


def _folder(folder: Path) -> Iterator[Retrieved | Failure]:
    """The reports of a folder and the folders below it, in order of name."""
    empty = True
    unreadable: list[OSError] = []
    for root, folders, names in os.walk(folder, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if CASE_FILE in names:
            folders.clear()
            continue
        for name in sorted(names):
            if not name.startswith(".") and Path(name).suffix.casefold() in SUFFIXES:
                empty = False
                yield from _file(Path(root, name))
    for error in unreadable:
        yield _failure(str(error.filename), _said(error))
    if empty and not unreadable:
        yield _failure(str(folder), f"no report in this folder; reports end in {', '.join(SUFFIXES)}")


def _file(path: Path) -> Iterator[Retrieved | Failure]:
    """The report of a file, or those of a JSONL file."""
    name = str(path)
    suffix = path.suffix.casefold()
    if suffix and suffix not in SUFFIXES:
        yield _failure(name, f"{suffix} is not a kind that can be read; give {', '.join(SUFFIXES)}")
        return
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            yield _failure(name, "neither a file nor a folder")
            return
        with path.open("rb") as stream:
            if suffix in LINES:
                yield from _lines(stream, name)
            else:
                yield _whole(stream, name, READERS.get(suffix, formats.plain))
    except OSError as error:
        yield _failure(name, _said(error))


def _whole(stream: BinaryIO, name: str, reader: Callable[[bytes, str], Retrieved]) -> Retrieved | Failure:
    content = stream.read(LARGEST + 1)
    if not content:
        return _failure(name, "nothing in it: 0 bytes")
    if len(content) > LARGEST:
        return _failure(name, _too_large())
    return _tried(reader, content, name)


def _lines(stream: BinaryIO, name: str) -> Iterator[Retrieved | Failure]:
    """The reports of JSON lines; the rest of the file is read whatever one line holds."""
    any_line = False
    for number, line in enumerate(_bounded_lines(stream), start=1):
        where = f"{name}:{number}"
        if line is None:
            any_line = True
            yield _failure(where, _too_large())
        elif content := line.removeprefix(b"\xef\xbb\xbf").strip():
            any_line = True
            yield _tried(formats.json_line, content, where)
    if not any_line:
        yield _failure(name, "no line in it holds a report")


def _bounded_lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """The lines of a stream; one longer than `LARGEST` comes as None and is never held whole."""
    while line := stream.readline(LARGEST + 1):
        if len(line) <= LARGEST:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(LARGEST)
        yield None


def _stdin(stream: BinaryIO) -> Iterator[Retrieved | Failure]:
    """Standard input, told by its first mark: "{" JSON lines, "<" a web page, else a text."""
    name = "standard input"
    sign = _peeked(stream).lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if sign == b"{":
        yield from _lines(stream, name)
    else:
        yield _whole(stream, name, formats.html if sign == b"<" else formats.plain)


def _peeked(stream: BinaryIO) -> bytes:
    """What is buffered of standard input, without taking it."""
    return stream.peek(1) if isinstance(stream, BufferedReader) else b""


def _tried(reader: Callable[[bytes, str], Retrieved], content: bytes, name: str) -> Retrieved | Failure:
    try:
        return reader(content, name)
    except ReadingError as error:
        return _failure(error.document, error.reason)


def _failure(name: str, reason: str) -> Failure:
    return Failure(name, "read", reason)


def _said(error: OSError | ValueError) -> str:
    return (getattr(error, "strerror", None) or str(error)) + "; check the path and its permissions"


def _too_large() -> str:
    return f"larger than {LARGEST // 1_000_000} MB; split it into one report a file, or one a line of a .jsonl"
