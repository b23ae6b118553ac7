"""What a dossier uses besides itself: names of part files come in, actors, tenures, sources and packs of law go out.

A part is a file of one kind, by the end of its name; it comes with Tallystick, or lies beside the dossier, or in a
folder there that has the dossier's name.
"""

from collections.abc import Callable
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import NamedTuple

from tallystick.dossiers.lines import MAX_BYTES
from tallystick.dossiers.provisions.loading import pack
from tallystick.dossiers.sources.table import read_table as read_sources
from tallystick.dossiers.tenures.ftm import read_ftm
from tallystick.dossiers.tenures.table import read_table
from tallystick.errors import DossierError
from tallystick.model.dossier import Actor, Source, Tenure
from tallystick.model.provision import Pack

__all__ = ["KINDS", "PARTS", "Part", "Used", "bundled_parts", "part", "used"]

# Folder of the bundled parts.
PARTS = "parts"


class Part(NamedTuple):
    """What one part file says.

    Attributes:
        actors: Who speaks and acts.
        tenures: Who held which office when.
        sources: Who publishes.
        packs: Regimes of law.
    """

    actors: tuple[Actor, ...] = ()
    tenures: tuple[Tenure, ...] = ()
    sources: tuple[Source, ...] = ()
    packs: tuple[Pack, ...] = ()


class Used(NamedTuple):
    """A part file that a dossier uses.

    Attributes:
        name: The file's name.
        content: Its bytes.
        bundled: Whether it comes with Tallystick.
    """

    name: str
    content: bytes
    bundled: bool


# By the end of a file's name, what reads it: bytes and name in, the part out; `DossierError` with lines for a bad one.
KINDS: dict[str, Callable[[bytes, str], Part]] = {
    ".provisions.yaml": lambda content, name: Part(packs=(pack(content, name),)),
    ".tenures.csv": lambda content, name: Part(*read_table(content, name)),
    ".sources.csv": lambda content, name: Part(sources=read_sources(content, name)),
    ".ftm.json": lambda content, name: Part(*read_ftm(content, name)),
    ".ftm.jsonl": lambda content, name: Part(*read_ftm(content, name)),
    ".ijson": lambda content, name: Part(*read_ftm(content, name)),
}


def bundled_parts() -> tuple[str, ...]:
    """Give the names of the part files that come with Tallystick, sorted."""
    folder = files("tallystick.dossiers").joinpath(PARTS)
    return tuple(sorted(file.name for file in folder.iterdir() if file.name.endswith(tuple(KINDS))))


def part(used: Used) -> Part:
    """Read a part file.

    Raises:
        DossierError: Where no kind of part ends its name so, or the file is wrong; it names each problem and its line.
    """
    read = next((read for suffix, read in KINDS.items() if used.name.endswith(suffix)), None)
    if read is None:
        known = ", ".join(f"NAME{suffix}" for suffix in KINDS)
        raise DossierError(used.name, (f"1: what kind of file this is, its name does not say; known are {known}",))
    if len(used.content) > MAX_BYTES:
        problem = f"1: the file is larger than {MAX_BYTES:,} bytes; no register of this kind is"
        raise DossierError(used.name, (problem,))
    return read(used.content, used.name)


def used(name: str, beside: tuple[Traversable, ...]) -> Used | None:
    """Give the part file `name`: a bundled one, else the first in the folders `beside`; None where there is none.

    Raises:
        DossierError: Where the file cannot be read.
    """
    if "/" in name or "\\" in name or name.startswith("."):
        return None
    own = name in bundled_parts()
    folders = (files("tallystick.dossiers").joinpath(PARTS),) if own else beside
    file = next((folder.joinpath(name) for folder in folders if folder.joinpath(name).is_file()), None)
    if file is None:
        return None
    try:
        with file.open("rb") as stream:
            return Used(name, stream.read(MAX_BYTES + 1), own)
    except OSError as error:
        raise DossierError(name, (f"1: cannot be read: {error.strerror or error}",)) from error
