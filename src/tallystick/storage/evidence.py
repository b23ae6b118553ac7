"""The originals of a case: bytes come in and lie under their SHA-256, never to be rewritten.

Takes `Original`s; gives them back after checking that they are still what they were.
"""

import os
from hashlib import sha256
from pathlib import Path

from tallystick.errors import CaseError
from tallystick.model.document import Original

__all__ = ["keep", "take"]

FOLDER = "evidence"
# Folders by the first two digits hold the files of each small.
FANOUT = 2


def keep(case: Path, original: Original) -> None:
    """Write the bytes of `original` into the case, whole or not at all; what lies there already stays.

    Raises:
        CaseError: Where other bytes lie there: they were changed after they were kept.
        ValueError: Where `original` does not have the digest that it names.
        OSError: Where the disk refuses.
    """
    if sha256(original.content).hexdigest() != original.sha256:
        raise ValueError(f"{original.sha256} is not the SHA-256 of the content")
    path = _path(case, original.sha256)
    if path.exists():
        take(case, original.sha256)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with partial.open("wb") as stream:
            stream.write(original.content)
            stream.flush()
            # On the disk before it has its name: after a power cut a file of that name is whole.
            os.fsync(stream.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def take(case: Path, digest: str) -> bytes:
    """Give the bytes kept under `digest`.

    Raises:
        CaseError: Where they are missing or no longer the same.
    """
    path = _path(case, digest)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CaseError(str(path), f"the original cannot be read: {error.strerror or error}") from error
    if sha256(content).hexdigest() != digest:
        raise CaseError(str(path), "the original was changed: its SHA-256 is not its name any more")
    return content


def _path(case: Path, digest: str) -> Path:
    return case / FOLDER / digest[:FANOUT] / digest
