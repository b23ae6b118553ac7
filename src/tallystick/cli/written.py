"""Bytes to a file that is whole or not there, or to standard output: a name comes in, a stream to write to goes out."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from tallystick.cli.output import OutputError

__all__ = ["written"]

STANDARD = "-"
PARTIAL = ".part"
# As `open` makes a file, less what the user's mask takes away.
RIGHTS = 0o666


@contextmanager
def written(target: str) -> Iterator[BinaryIO]:
    """Give where to write; a file gets its name at the end of the block, and not at all where that fails.

    Args:
        target: A path, or "-" for standard output; an existing file is replaced then.

    Raises:
        OutputError: Where it cannot be written.
    """
    try:
        yield from _standard() if target == STANDARD else _file(target)
    except OSError as error:
        if isinstance(error, BrokenPipeError | OutputError):
            raise
        raise OutputError(target, error.strerror or str(error)) from error


def _standard() -> Iterator[BinaryIO]:
    yield sys.stdout.buffer
    sys.stdout.buffer.flush()


def _file(target: str) -> Iterator[BinaryIO]:
    path = Path(target).resolve()
    if path.exists() and not path.is_file():
        # A pipe or a device takes what comes; a folder says why it does not.
        with path.open("wb") as stream:
            yield stream
        return
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", suffix=PARTIAL, delete=False) as made:
        try:
            yield cast("BinaryIO", made)
            made.flush()
            Path(made.name).chmod(path.stat().st_mode & 0o777 if path.exists() else RIGHTS & ~_mask())
            Path(made.name).replace(path)
        except BaseException:
            Path(made.name).unlink(missing_ok=True)
            raise


def _mask() -> int:
    """The user's mask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
