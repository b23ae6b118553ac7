"""What a batch is cut into: inputs come in, shards go out, each small enough to be done again.

A shard is a file, or a part of one where a part can be found without reading what is before it: lines of JSON, groups
of rows of Parquet, gzip members of a WARC. The same inputs give the same shards on every machine.
"""

import math
from collections.abc import Iterable, Iterator
from enum import StrEnum
from hashlib import sha256
from itertools import pairwise
from typing import NamedTuple

from tallystick.batch.places import Listed, listed, opened
from tallystick.batch.tables import groups_of
from tallystick.errors import ReadingError

__all__ = ["SHARD_BYTES", "Form", "Shard", "shards"]

# Bytes of input in a shard. An archive of CC-NEWS has 1 GB and is sixteen of these: what a lost worker had done is
# small, and the marker of a finished one (a few kB) is nothing beside it.
SHARD_BYTES = 64_000_000


class Form(StrEnum):
    """What a file holds."""

    WARC = "warc"
    WARC_GZIP = "warc.gz"
    JSON_LINES = "jsonl"
    JSON_LINES_GZIP = "jsonl.gz"
    PARQUET = "parquet"


# Told by names: a file on S3 is not opened to be told apart.
ENDS = {
    ".warc": Form.WARC, ".wet": Form.WARC, ".warc.gz": Form.WARC_GZIP, ".wet.gz": Form.WARC_GZIP,
    ".jsonl": Form.JSON_LINES, ".ndjson": Form.JSON_LINES,
    ".jsonl.gz": Form.JSON_LINES_GZIP, ".ndjson.gz": Form.JSON_LINES_GZIP, ".parquet": Form.PARQUET,
}  # fmt: skip
IN_PARTS = frozenset((Form.WARC_GZIP, Form.JSON_LINES))


class Shard(NamedTuple):
    """One piece of the work.

    Attributes:
        file: The file that holds it.
        form: What that is.
        first: Where it begins: a byte, or a group of rows.
        last: One past its end. Of lines and gzip members those belong to it that begin in between.
        part: Whether it is less than the file.
    """

    file: Listed
    form: Form
    first: int
    last: int
    part: bool

    @property
    def id(self) -> str:
        """The same for the same bytes of the same file."""
        told = "\0".join(map(str, (*self.file, self.form, self.first, self.last)))
        return sha256(told.encode("utf-8", "surrogateescape")).hexdigest()[:24]

    @property
    def name(self) -> str:
        """The file, for a part of one with where it begins."""
        return f"{self.file.name}@{self.first}" if self.part else self.file.name

    @property
    def size(self) -> int:
        """Bytes of the file that it covers, about."""
        return self.last - self.first if self.form is not Form.PARQUET or not self.part else self.file.size


def shards(inputs: Iterable[str], size: int = SHARD_BYTES) -> tuple[Shard, ...]:
    """Give the shards of files, folders and globs, in the order given and within a folder in order of name.

    Args:
        inputs: Paths or addresses. A file that was given twice is taken once; files of other forms in a folder are
            left out.
        size: Bytes of a shard, about.

    Raises:
        ReadingError: Where there is nothing to read, or a file named by itself is in no form that is read.
        ExtraMissingError: Where pyarrow is not installed.
    """
    found: dict[str, Listed] = {}
    for given in inputs:
        files = [file for file in listed(given) if _form(file.name) is not None]
        if not files:
            known = ", ".join(ENDS)
            raise ReadingError(given, f"no file in it that a batch reads; their names end in {known}")
        for file in files:
            found.setdefault(file.name, file)
    return tuple(shard for file in found.values() for shard in _of(file, size))


def _form(name: str) -> Form | None:
    lower = name.casefold()
    return next((form for end, form in ENDS.items() if lower.endswith(end)), None)


def _of(file: Listed, size: int) -> Iterator[Shard]:
    form = _form(file.name)
    if form is None:
        return
    if form is Form.PARQUET:
        yield from _of_groups(file, size)
        return
    count = max(1, math.ceil(file.size / size)) if form in IN_PARTS else 1
    for number in range(count):
        first = number * size
        last = file.size if number == count - 1 else first + size
        yield Shard(file, form, first, last, count > 1)


def _of_groups(file: Listed, size: int) -> Iterator[Shard]:
    """The shards of a Parquet file: as many groups of rows as fill one."""
    try:
        with opened(file.name) as stream:
            groups = groups_of(stream)
    except (OSError, ValueError):
        # Whoever reads it says what is wrong with it, and the other files are read.
        groups = ()
    cuts = [0]
    held = 0
    for number, packed in enumerate(groups):
        if held and held + packed > size:
            cuts.append(number)
            held = 0
        held += packed
    cuts.append(len(groups))
    for first, last in pairwise(cuts):
        yield Shard(file, Form.PARQUET, first, last, len(cuts) > 2)
