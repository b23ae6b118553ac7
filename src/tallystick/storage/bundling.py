"""A BagIt 1.0 package: a folder is filled by whoever bundles, and goes out with the digest of every byte in it.

The package is made beside its place and moved there when it is whole; what is there already is never written over.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tallystick.errors import BundleError
from tallystick.storage.stores.sqlite import FolderFiles

__all__ = ["bag"]

PAYLOAD = "data"
DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
ALGORITHM = "sha256"
ARCHIVE = ".zip"
# The earliest moment that a ZIP can hold, and the rights of a file that anybody may read: the same case gives the same
# bytes, whenever and wherever it is bundled.
MOMENT = (1980, 1, 1, 0, 0, 0)
RIGHTS = 0o644 << 16


@contextmanager
def bag(target: Path, about: Sequence[tuple[str, str]]) -> Iterator[Path]:
    """Give the payload folder of a new package to be filled; at the end of the block the package stands at `target`.

    Args:
        target: Where to; a folder, or where it ends in ".zip" one file.
        about: Fields of bag-info.txt, in order; how much the payload holds is added.

    Raises:
        BundleError: Where something is there already, or it cannot be written.
    """
    if target.exists() or target.is_symlink():
        raise BundleError(str(target), "is there already; give another name, or move it away")
    zipped = target.suffix.casefold() == ARCHIVE
    try:
        with tempfile.TemporaryDirectory(prefix=f".{target.name}.", suffix=".part", dir=target.parent) as made:
            folder = Path(made, target.stem if zipped else target.name)
            payload = folder / PAYLOAD
            payload.mkdir(parents=True)
            yield payload
            _seal(folder, about)
            _put(_zipped(folder) if zipped else folder, target)
    except OSError as error:
        raise BundleError(str(target), f"cannot be written: {error.strerror or error}") from error


def _seal(folder: Path, about: Sequence[tuple[str, str]]) -> None:
    """Write the tag files of a package whose payload is whole."""
    held = list(_files(folder / PAYLOAD))
    (folder / f"manifest-{ALGORITHM}.txt").write_text(_manifest(folder, held), "utf-8")
    (folder / "bagit.txt").write_text(DECLARATION, "utf-8")
    size = sum(path.stat().st_size for path in held)
    fields = (*about, ("Payload-Oxum", f"{size}.{len(held)}"))
    (folder / "bag-info.txt").write_text("".join(f"{name}: {_line(value)}\n" for name, value in fields), "utf-8")
    tags = [path for path in _files(folder) if PAYLOAD not in path.relative_to(folder).parts[:1]]
    (folder / f"tagmanifest-{ALGORITHM}.txt").write_text(_manifest(folder, tags), "utf-8")


def _manifest(folder: Path, paths: Sequence[Path]) -> str:
    """One line a file, as `sha256sum -c` reads it."""
    files = FolderFiles(folder)
    return "".join(
        f"{files.hashed(path.relative_to(folder).as_posix())}  {_encoded(path.relative_to(folder).as_posix())}\n"
        for path in paths
    )


def _encoded(name: str) -> str:
    """A name as a manifest holds it: what would end its line is written by number."""
    return name.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def _line(value: str) -> str:
    return " ".join(value.split())


def _files(folder: Path) -> Iterator[Path]:
    """Every file below `folder`, in order of its path."""
    found = (Path(root, name) for root, _, names in os.walk(folder) for name in names)
    yield from sorted(found, key=lambda path: path.relative_to(folder).parts)


def _zipped(folder: Path) -> Path:
    """Write the package as one ZIP beside it."""
    archive = folder.with_name(folder.name + ARCHIVE)
    with ZipFile(archive, "w") as target:
        for path in _files(folder):
            entry = ZipInfo(path.relative_to(folder.parent).as_posix(), MOMENT)
            entry.compress_type, entry.external_attr, entry.create_system = ZIP_DEFLATED, RIGHTS, 3
            with path.open("rb") as source, target.open(entry, "w", force_zip64=True) as sink:
                shutil.copyfileobj(source, sink)
    return archive


def _put(made: Path, target: Path) -> None:
    """Move what is whole to its place, where nothing has come in the meantime."""
    if target.exists():
        raise BundleError(str(target), "has come there in the meantime; give another name")
    made.rename(target)
