"""The originals of a case: bytes come in and lie under their SHA-256, never to be rewritten.

Takes `Original`s, and WARC records of what was fetched; gives them back after checking that they are still what they
were.
"""

from hashlib import sha256

from tallystick.errors import CaseError
from tallystick.model.document import Original
from tallystick.storage.stores.store import Files
from tallystick.storage.warc_records import warc_record

__all__ = ["ORIGINALS", "RECORDS", "STAMPS", "keep", "keep_beside", "name_of", "take"]

ORIGINALS = "evidence"
RECORDS = "warc"
STAMPS = "timestamps"
# Folders by the first two digits hold the files of each small.
FANOUT = 2


def keep(files: Files, original: Original) -> str | None:
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
    _keep(files, ORIGINALS, original.sha256, original.content)
    if original.retrieval is None:
        return None
    return keep_beside(files, RECORDS, warc_record(original, original.retrieval))


def keep_beside(files: Files, folder: str, content: bytes) -> str:
    """Write bytes that belong to the evidence into `folder`, as `keep` does, and give their SHA-256 in hex."""
    digest = sha256(content).hexdigest()
    _keep(files, folder, digest, content)
    return digest


def take(files: Files, digest: str) -> bytes:
    """Give the bytes kept under `digest`.

    Raises:
        CaseError: Where they are missing or no longer the same.
    """
    return _take(files, name_of(ORIGINALS, digest), digest)


def name_of(folder: str, digest: str) -> str:
    """Give the name under which in `folder`, ORIGINALS, RECORDS or STAMPS, the bytes of `digest` lie."""
    return f"{folder}/{digest[:FANOUT]}/{digest}"


def _keep(files: Files, folder: str, digest: str, content: bytes) -> None:
    name = name_of(folder, digest)
    if files.holds(name):
        _take(files, name, digest)
    else:
        files.keep(name, content)


def _take(files: Files, name: str, digest: str) -> bytes:
    try:
        content = files.read(name)
    except OSError as error:
        raise CaseError(name, f"the original cannot be read: {error.strerror or error}") from error
    if sha256(content).hexdigest() != digest:
        raise CaseError(name, "the original was changed: its SHA-256 is not its name any more")
    return content
