"""Take a ZIP apart without unpacking it to disk: an archive comes in, each file in it goes out as a stream.

A WACZ is a ZIP by its members: of it only the web archives go out, checked against the digests that it states.
"""

import struct
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from tempfile import TemporaryFile
from typing import BinaryIO, cast
from zipfile import ZipFile, ZipInfo

from tallystick.errors import ReadingError
from tallystick.model.document import Failure
from tallystick.reading.containers.bombs import STEEPEST, explodes
from tallystick.reading.containers.wacz import BROKEN, archives, differing, is_wacz
from tallystick.reading.received import LeftOut, Received

__all__ = ["zip_members"]

# Bytes of the list of members; 46 and the name each, so this is some 200,000 members, and 250 MB once it is read.
LONGEST_LIST = 20_000_000
END = struct.Struct("<4s4H2LH")
END_MARK = b"PK\x05\x06"
END_64 = struct.Struct("<4sQ2H2L4Q")
LOCATOR = struct.Struct("<4sLQL")
LONGEST_COMMENT = 65_536
# Bytes of an archive that comes by a pipe or in another archive: it is put aside, since its list stands at its end.
LARGEST_ASIDE = 20_000_000_000
PIECE = 1 << 20
NO_REPORT = "folders, hidden files and system files of an archive"


def zip_members(received: Received) -> Iterator[Received | LeftOut | Failure]:
    """Give the files of a ZIP in order of name.

    Yields:
        A stream a file, named "archive.zip!folder/file"; a `Failure` for one that is damaged, encrypted or a bomb.

    Raises:
        ReadingError: Where the archive as a whole is broken or made to exhaust.
    """
    stream = received.stream
    if stream.seekable():
        yield from _members(received)
        return
    with TemporaryFile() as aside:
        whole = cast("BinaryIO", aside)
        _put_aside(stream, whole, received.name)
        yield from _members(replace(received, stream=whole))


def _members(received: Received) -> Iterator[Received | LeftOut | Failure]:
    """The files of an archive whose end can be read first."""
    size = _size(received.stream)
    _require_short_list(received.stream, size, received.name)
    try:
        archive = ZipFile(received.stream)
    except BROKEN as error:
        raise ReadingError(received.name, f"no ZIP that can be opened ({error})") from error
    with archive:
        files = sorted(
            (one for one in archive.infolist() if one.filename and not one.is_dir()), key=lambda one: one.filename
        )
        if not files:
            raise ReadingError(received.name, "no file in this archive")
        total = sum(one.file_size for one in files)
        if explodes(total, size):
            reason = f"its files are said to be {total // 1_000_000:,} MB, more than {STEEPEST} times its size"
            raise ReadingError(received.name, reason + ", as a ZIP bomb's are; unpack it first if it is none")
        web = is_wacz([one.filename for one in files])
        if web:
            yield from differing(archive, received.name)
        for one in archives(files) if web else files:
            yield from _member(archive, one, received)


def _member(archive: ZipFile, file: ZipInfo, received: Received) -> Iterator[Received | LeftOut | Failure]:
    """One file; its name is shown, and never used as a path."""
    name = f"{received.name}!{file.filename}"
    parts = PurePosixPath(file.filename).parts
    if any(part.startswith((".", "__MACOSX")) and part != ".." for part in parts):
        yield LeftOut(NO_REPORT)
        return
    if explodes(file.file_size, file.compress_size):
        yield Failure(name, "read", f"said to be more than {STEEPEST} times its packed size, as a ZIP bomb is")
        return
    try:
        with archive.open(file) as stream:
            yield Received(name, cast("BinaryIO", _Checked(stream, name)), depth=received.depth + 1)
    except ReadingError:
        raise
    except BROKEN as error:
        yield Failure(name, "read", _said(error))


class _Checked:
    """A member whose damage is told by its name."""

    def __init__(self, stream: object, name: str) -> None:
        self._stream = cast("BinaryIO", stream)
        self._name = name

    def read(self, size: int = -1) -> bytes:
        """Give up to `size` bytes.

        Raises:
            ReadingError: Where the member is damaged.
        """
        try:
            return self._stream.read(size)
        except BROKEN as error:
            raise ReadingError(self._name, _said(error)) from error

    def seekable(self) -> bool:
        """Never: going back would unpack it again."""
        return False


def _said(error: Exception) -> str:
    said = str(error)
    if "password" in said or "encrypted" in said:
        return "encrypted; unpack it with its password and give the file"
    return f"damaged, or packed in a way that is not read ({' '.join(said.split())[:200] or type(error).__name__})"


def _size(stream: BinaryIO) -> int:
    size = stream.seek(0, 2)
    stream.seek(0)
    return size


def _put_aside(stream: BinaryIO, aside: BinaryIO, name: str) -> None:
    """Copy a stream to a file without a name."""
    size = 0
    while piece := stream.read(PIECE):
        size += len(piece)
        if size > LARGEST_ASIDE:
            raise ReadingError(name, f"an archive within a stream, larger than {LARGEST_ASIDE // 10**9} GB")
        aside.write(piece)
    aside.seek(0)


def _require_short_list(stream: BinaryIO, size: int, name: str) -> None:
    """Refuse an archive whose list of members would fill the memory, before it is read."""
    stream.seek(max(0, size - LONGEST_COMMENT - END.size))
    tail = stream.read()
    stream.seek(0)
    at = tail.rfind(END_MARK)
    if at < 0 or len(tail) - at < END.size:
        raise ReadingError(name, "a ZIP without its list of members: cut short, or a part of several")
    length = END.unpack_from(tail, at)[5]
    if length == 0xFFFFFFFF and at >= LOCATOR.size:
        offset = LOCATOR.unpack_from(tail, at - LOCATOR.size)[2]
        stream.seek(min(offset, size))
        record = stream.read(END_64.size)
        stream.seek(0)
        length = END_64.unpack(record)[8] if len(record) == END_64.size else length
    if length > LONGEST_LIST:
        raise ReadingError(name, f"its list of members has {length // 1_000_000} MB, more than any archive of reports")
