"""Know a WACZ among the ZIPs: its members come in, its web archives go out, checked against the digests it states."""

import json
import zlib
from collections.abc import Iterator, Sequence
from hashlib import sha256
from zipfile import BadZipFile, ZipFile, ZipInfo

from tallystick.model.document import Failure

__all__ = ["BROKEN", "archives", "differing", "is_wacz"]

PACKAGE = "datapackage.json"
FOLDER = "archive/"
SUFFIXES = (".warc", ".warc.gz", ".warc.zst")
# Bytes of the list of resources; one entry has some 200, and an archive a handful of entries.
LONGEST_PACKAGE = 10_000_000
PIECE = 1 << 20
SHA_256 = "sha256:"
BROKEN = (BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError, OSError, ValueError)


def is_wacz(names: Sequence[str]) -> bool:
    """Whether the members of a ZIP make it a WACZ: a list of resources beside web archives (WACZ 1.1.1, section 5)."""
    return PACKAGE in names and any(_is_archive(name) for name in names)


def archives(files: Sequence[ZipInfo]) -> list[ZipInfo]:
    """Give the web archives among the members, in their order; indexes and lists of pages repeat what they hold."""
    return [one for one in files if _is_archive(one.filename)]


def differing(archive: ZipFile, name: str) -> Iterator[Failure]:
    """Give a failure for each web archive whose SHA-256 is not the one stated; it is read all the same."""
    for path, stated in _digests(archive).items():
        try:
            found = _digest(archive, path)
        except BROKEN as error:  # reading it names it again, with its reason
            yield Failure(f"{name}!{path}", "read", f"its digest cannot be checked ({type(error).__name__})")
            continue
        if found != stated:
            reason = f"changed since it was packed: its SHA-256 is {found[:12]}..., the package states {stated[:12]}..."
            yield Failure(f"{name}!{path}", "read", reason)


def _is_archive(name: str) -> bool:
    return name.startswith(FOLDER) and name.casefold().endswith(SUFFIXES)


def _digests(archive: ZipFile) -> dict[str, str]:
    """The SHA-256 that the package states, by the name of the web archive; none where it cannot be read."""
    try:
        with archive.open(PACKAGE) as stream:
            package = json.loads(stream.read(LONGEST_PACKAGE))
        resources = package["resources"]
        held = set(archive.namelist())
        return {
            one["path"]: one["hash"].removeprefix(SHA_256).lower()
            for one in resources
            if _is_archive(one["path"]) and one["path"] in held and one.get("hash", "").startswith(SHA_256)
        }
    except (*BROKEN, AttributeError, KeyError, TypeError, RecursionError):
        # Whatever is wrong with the list, the archives are read without it.
        return {}


def _digest(archive: ZipFile, path: str) -> str:
    digest = sha256()
    with archive.open(path) as stream:
        while piece := stream.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()
