"""Where inputs lie and results go: local paths and `s3://` come in, lists of files and open streams go out.

Nothing is contacted unless an address that begins with `s3://` is given; its endpoint, region and keys are those of the
usual AWS environment. This file and `tables` are the only ones that know pyarrow.
"""

import glob
import os
import re
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import cache
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast
from uuid import uuid4

from tallystick.errors import ExtraMissingError, ReadingError

__all__ = ["ASKED", "Folder", "Listed", "bucket", "listed", "opened"]

S3 = "s3://"
WILD = re.compile(r"[*?\[]")
# A file that is being written has this end, so that no reader takes it for a finished one.
PART = ".part"
# Bytes that are asked of S3 at once: a request takes some 50 ms there, in which a core goes through about as much.
AHEAD = 8 << 20
# Files that are asked of S3 at once where many small ones are wanted: the driver of a month of CC-NEWS reads some
# 50,000, which one after the other would take it two hours of waiting.
ASKED = 16


class Listed(NamedTuple):
    """One file of the inputs.

    Attributes:
        name: Its path or address.
        size: In bytes.
        version: What changes where its content does: the time of its last change.
    """

    name: str
    size: int
    version: str


def listed(given: str) -> tuple[Listed, ...]:
    """Give the files of one input, in order of name: itself, those of a folder to the bottom, or those of a glob.

    Raises:
        ReadingError: Where there is none, or the place cannot be looked at.
        ExtraMissingError: Where it lies on S3 and pyarrow is not installed.
    """
    try:
        found = _in_bucket(given) if given.startswith(S3) else _on_disk(given)
    except OSError as error:
        raise ReadingError(given, f"cannot be listed ({_said(error)}); check the address and the keys") from error
    if not found:
        raise ReadingError(given, "no such file or folder, or nothing in it; check the spelling or give another path")
    return tuple(sorted(found))


def opened(name: str) -> BinaryIO:
    """Open a file of the inputs, to be read from any place.

    Raises:
        OSError: Where it cannot be opened.
    """
    if name.startswith(S3):
        return BufferedReader(bucket().open_input_file(name.removeprefix(S3)), AHEAD)
    return Path(name).open("rb")


class Folder:
    """The folder of the results; names of files in it are relative and have "/" between them."""

    def __init__(self, place: str) -> None:
        """Take a path, or an address that begins with `s3://`."""
        self.place = place.rstrip("/") or place
        self.remote = place.startswith(S3)

    def read(self, name: str) -> bytes | None:
        """Give what a file holds; None where there is none."""
        try:
            with opened(self.path(name)) as stream:
                return stream.read()
        except FileNotFoundError:
            return None

    def each(self, names: Iterable[str]) -> Iterator[BinaryIO]:
        """Open files one after the other; of those on S3 the next ones are under way while one is read.

        Raises:
            OSError: Where one cannot be had.
        """
        if not self.remote:
            for name in names:
                with opened(self.path(name)) as stream:
                    yield stream
            return
        with ThreadPoolExecutor(ASKED) as threads:
            waiting: deque[Future[bytes]] = deque()
            for name in names:
                waiting.append(threads.submit(self._whole, name))
                if len(waiting) >= ASKED:
                    yield BytesIO(waiting.popleft().result())
            while waiting:
                yield BytesIO(waiting.popleft().result())

    def _whole(self, name: str) -> bytes:
        content = self.read(name)
        if content is None:
            raise FileNotFoundError(f"{self.path(name)} is missing")
        return content

    def write(self, name: str, content: bytes) -> None:
        """Write a file, whole or not at all."""
        with self.writing(name) as stream:
            stream.write(content)

    @contextmanager
    def writing(self, name: str) -> Iterator[BinaryIO]:
        """Give a stream; the file has its name once the block is done, and is not there where it fails.

        On S3 a file that a failed block leaves may be cut short: what no marker names counts for nothing.
        """
        path = self.path(name)
        if self.remote:
            with bucket().open_output_stream(path.removeprefix(S3), compression=None) as stream:
                yield cast("BinaryIO", stream)
            return
        whole = Path(path)
        whole.parent.mkdir(parents=True, exist_ok=True)
        part = whole.with_name(f".{whole.name}.{uuid4().hex[:12]}{PART}")
        try:
            with part.open("wb") as stream:
                yield stream
            part.replace(whole)
        finally:
            part.unlink(missing_ok=True)

    def sizes(self, under: str) -> dict[str, int]:
        """Give the names of the files in a folder, not below it, with their sizes in bytes."""
        path = self.path(under)
        if self.remote:
            fs = _arrow_fs()
            chosen = fs.FileSelector(path.removeprefix(S3), allow_not_found=True)
            found = bucket().get_file_info(chosen)
            return {one.base_name: one.size for one in found if one.type == fs.FileType.File}
        try:
            with os.scandir(path) as entries:
                return {one.name: one.stat().st_size for one in entries if one.is_file()}
        except FileNotFoundError:
            return {}

    def remove(self, name: str) -> None:
        """Remove a file, where it is there."""
        if self.remote:
            with suppress(FileNotFoundError):
                bucket().delete_file(self.path(name).removeprefix(S3))
        else:
            Path(self.path(name)).unlink(missing_ok=True)

    def sweep(self, under: str) -> None:
        """Remove what an interrupted writer has left unfinished in a folder."""
        if not self.remote:
            for name in self.sizes(under):
                if name.endswith(PART):
                    self.remove(f"{under}/{name}")

    def path(self, name: str) -> str:
        """Give the path or address of a file."""
        return f"{self.place}/{name}" if name else self.place


def _on_disk(given: str) -> list[Listed]:
    paths = sorted(glob.glob(given, recursive=True)) if WILD.search(given) and not Path(given).exists() else [given]  # noqa: PTH207 - a pattern may be absolute
    found: list[Listed] = []
    for path in map(Path, paths):
        if path.is_dir():
            for root, folders, names in os.walk(path):
                folders[:] = sorted(name for name in folders if not name.startswith("."))
                found.extend(_file(Path(root, name)) for name in names if not name.startswith("."))
        elif path.is_file():
            found.append(_file(path))
    return found


def _file(path: Path) -> Listed:
    state = path.stat()
    return Listed(str(path), state.st_size, str(state.st_mtime_ns))


def _in_bucket(given: str) -> list[Listed]:
    fs, held = _arrow_fs(), bucket()
    path = given.removeprefix(S3).rstrip("/")
    wild = WILD.search(path)
    root = path[: wild.start()].rpartition("/")[0] if wild else path
    (top,) = held.get_file_info([root])
    if top.type == fs.FileType.File:
        found = [top]
    else:
        found = held.get_file_info(fs.FileSelector(root, recursive=True, allow_not_found=True))
    fits = re.compile(_pattern(path)) if wild else None
    return [
        Listed(f"{S3}{one.path}", one.size, str(one.mtime_ns))
        for one in found
        if one.type == fs.FileType.File and (fits is None or fits.fullmatch(one.path))
    ]


def _pattern(path: str) -> str:
    """A glob as a regular expression: "*" keeps within a folder, "**" does not."""
    pieces = re.split(r"(\*\*/?|\*|\?|\[[^\]]+\])", path)
    meant = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return "".join(meant.get(one) or (one if one.startswith("[") else re.escape(one)) for one in pieces)


def _arrow_fs() -> Any:
    try:
        # Here and not above: the extra may be missing, and the command line should not wait for it.
        import pyarrow.fs as fs  # noqa: PLC0415
    except ImportError as error:
        raise ExtraMissingError("'tallystick batch'", "batch") from error
    return fs


@cache
def bucket() -> Any:
    """Give S3, where the environment says it is; the same for the whole process."""
    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION")
    scheme, _, host = (endpoint or "").rpartition("://")
    return _arrow_fs().S3FileSystem(
        endpoint_override=host.rstrip("/") or None, scheme=scheme or "https", region=region
    )  # fmt: skip


def _said(error: OSError) -> str:
    return " ".join(str(error.strerror or error).split())[:300]
