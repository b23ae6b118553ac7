"""The originals of a case: bytes come in and lie under their SHA-256, never to be rewritten.

Takes `Original`s, and WARC records of what was fetched; gives them back after checking that they are still what they
were.
"""

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from tallystick.errors import CaseError
from tallystick.model.document import Original
from tallystick.storage.warc_records import warc_record

__all__ = [
    "ORIGINALS",
    "PARTIAL",
    "RECORDS",
    "STAMPS",
    "files",
    "hashed",
    "keep",
    "keep_beside",
    "path_of",
    "take",
    "write_whole",
]

ORIGINALS = "evidence"
RECORDS = "warc"
STAMPS = "timestamps"
# What a file that is being written ends in; one that a cut-off run left is written over or stays without meaning.
PARTIAL = ".part"
# Folders by the first two digits hold the files of each small.
FANOUT = 2
READ_ONLY = 0o444
# Bytes read at once for a digest.
BLOCK = 1 << 20


def keep(case: Path, original: Original) -> str | None:
    """Write the bytes of `original` into the case, whole or not at all; what lies there already stays.

    Only within a transaction that writes the case: there is one such writer at a time.

    Returns:
        The SHA-256 in hex of the WARC record that was written beside them, of what was fetched; else None.

    Raises:
        CaseError: Where other bytes lie there: they were changed after they were kept.
        ValueError: Where `original` does not have the digest that it names.
        OSError: Where the disk refuses.
    """
    if sha256(original.content).hexdigest() != original.sha256:
        raise ValueError(f"{original.sha256} is not the SHA-256 of the content")
    _keep(case, ORIGINALS, original.sha256, original.content)
    if original.retrieval is None:
        return None
    return keep_beside(case, RECORDS, warc_record(original, original.retrieval))


def keep_beside(case: Path, folder: str, content: bytes) -> str:
    """Write bytes that belong to the evidence into `folder`, as `keep` does, and give their SHA-256 in hex."""
    digest = sha256(content).hexdigest()
    _keep(case, folder, digest, content)
    return digest


def take(case: Path, digest: str) -> bytes:
    """Give the bytes kept under `digest`.

    Raises:
        CaseError: Where they are missing or no longer the same.
    """
    return _take(path_of(case, ORIGINALS, digest), digest)


def path_of(case: Path, folder: str, digest: str) -> Path:
    """Give where in `folder`, ORIGINALS or RECORDS, the bytes of `digest` lie."""
    return case / folder / digest[:FANOUT] / digest


def files(case: Path, folder: str) -> Iterator[Path]:
    """Give everything in `folder` that is not a folder, in order of name; not what a cut-off run left half written."""
    for root, folders, names in os.walk(case / folder):
        folders.sort()
        for name in sorted(names):
            if not name.endswith(PARTIAL):
                yield Path(root, name)


def hashed(path: Path) -> str:
    """Give the SHA-256 in hex of a file, read piece by piece.

    Raises:
        OSError: Where it cannot be read.
    """
    found = sha256()
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            found.update(block)
    return found.hexdigest()


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that may be written over, whole or not at all.

    Raises:
        OSError: Where the disk refuses.
    """
    partial = path.with_name(path.name + PARTIAL)
    try:
        with partial.open("wb") as stream:
            stream.write(content)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _keep(case: Path, folder: str, digest: str, content: bytes) -> None:
    path = path_of(case, folder, digest)
    if path.exists():
        _take(path, digest)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + PARTIAL)
    try:
        partial.unlink(missing_ok=True)
        with partial.open("xb") as stream:
            stream.write(content)
            stream.flush()
            # On the disk before it has its name: after a power cut a file of that name is whole.
            os.fsync(stream.fileno())
            partial.chmod(READ_ONLY)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _take(path: Path, digest: str) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CaseError(str(path), f"the original cannot be read: {error.strerror or error}") from error
    if sha256(content).hexdigest() != digest:
        raise CaseError(str(path), "the original was changed: its SHA-256 is not its name any more")
    return content
