"""What is to be added, on disk until it is: bytes and their labels come in, a folder inside the case holds them.

A label is what a reader sees. It is never a path: the files of a spool are numbered, and labels stand in its list.
"""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from tallystick.reading.received import Kind

__all__ = ["FOLDER", "Piece", "Spool", "Upload", "drop_unfinished", "labelled", "left_over"]

# Inside the case, so that what was accepted lies where everything else of the case does.
FOLDER = "incoming"
LIST = "job.json"
# As long as a path may be on common systems is more than a reader looks at.
LONGEST_LABEL = 300
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
NAME = re.compile(r"\d{14}-[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing to be read.

    Attributes:
        label: What a reader calls it: the name that its file had, or an address.
        file: Name of its file in the spool; empty for an address.
        size: Bytes of it; 0 for an address.
        kind: Its format where that is known, else None.
    """

    label: str
    file: str = ""
    size: int = 0
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Spool:
    """What one job adds, complete.

    Attributes:
        id: The name of the job.
        folder: Where it lies.
        who: Who gave it.
        what: What it is, for a reader.
        pieces: Its pieces in order.
    """

    id: str
    folder: Path
    who: str
    what: str
    pieces: tuple[Piece, ...]

    @property
    def size(self) -> int:
        """Bytes of all of it."""
        return sum(piece.size for piece in self.pieces)

    def discard(self) -> None:
        """Remove it; nothing happens where it is gone."""
        shutil.rmtree(self.folder, ignore_errors=True)


class Upload:
    """A spool that is being filled; without `finish` nothing comes of it."""

    def __init__(self, case: Path) -> None:
        self.id = f"{datetime.now(UTC):%Y%m%d%H%M%S}-{token_hex(4)}"
        self.pieces: list[Piece] = []
        self._folder = case / FOLDER / self.id
        self._folder.mkdir(parents=True)

    @contextmanager
    def file(self, label: str, kind: Kind | None = None) -> Iterator[BinaryIO]:
        """Give a stream that takes the bytes of one piece; it is kept where the block ends without an error."""
        name = f"{len(self.pieces) + 1:05}"
        with (self._folder / name).open("xb") as stream:
            yield stream
            size = stream.tell()
        self.pieces.append(Piece(labelled(label), name, size, kind))

    def address(self, url: str) -> None:
        """Take an address to be fetched."""
        self.pieces.append(Piece(url))

    def finish(self, who: str, what: str) -> Spool:
        """Close it: from now on it is done even where the server stops before."""
        pieces = [[one.label, one.file, one.size, one.kind and one.kind.value] for one in self.pieces]
        told = json.dumps({"who": who, "what": what, "pieces": pieces})
        unfinished = self._folder / f"{LIST}.new"
        unfinished.write_text(told, encoding="utf-8")
        unfinished.replace(self._folder / LIST)
        return Spool(self.id, self._folder, who, what, tuple(self.pieces))

    def discard(self) -> None:
        """Remove what came so far."""
        shutil.rmtree(self._folder, ignore_errors=True)


def labelled(name: str) -> str:
    """Give a name as a label: without what cannot be seen, and not longer than a reader reads."""
    return UNSEEN.sub("\N{REPLACEMENT CHARACTER}", name)[:LONGEST_LABEL] or "file without a name"


def left_over(case: Path) -> tuple[Spool, ...]:
    """Give the complete spools that lie in a case, the oldest first."""
    return tuple(found for folder in _folders(case) if (found := _read(folder)) is not None)


def drop_unfinished(case: Path) -> None:
    """Remove what was never closed: the upload was cut off, and nobody was told that it arrived."""
    for folder in _folders(case):
        if _read(folder) is None:
            shutil.rmtree(folder, ignore_errors=True)


def _folders(case: Path) -> list[Path]:
    """The folders of spools, in the order in which they were begun."""
    if not (case / FOLDER).is_dir():
        return []
    return sorted(one for one in (case / FOLDER).iterdir() if NAME.fullmatch(one.name) and one.is_dir())


def _read(folder: Path) -> Spool | None:
    """A spool as its list says; None where it has none that can be read."""
    try:
        told = json.loads((folder / LIST).read_text(encoding="utf-8"))
        pieces = tuple(
            Piece(str(label), Path(file).name, int(size), Kind(kind) if kind else None)
            for label, file, size, kind in told["pieces"]
        )
        return Spool(folder.name, folder, str(told["who"]), str(told["what"]), pieces)
    except (OSError, ValueError, KeyError, TypeError):
        return None
