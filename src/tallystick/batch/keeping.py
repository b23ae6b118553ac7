"""The dossier of a batch, kept beside its results: whoever takes them into a case needs the same one."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tallystick.batch.marking import as_json
from tallystick.batch.places import Folder
from tallystick.dossiers.loading import bundled, source, uses
from tallystick.errors import ReadingError

__all__ = ["keep_dossier", "kept_dossier"]

NAMED = "dossier.json"
FILE = "dossier.yaml"


def keep_dossier(out: Folder, dossier: str) -> None:
    """Keep the files of a dossier, or its name where it comes with Tallystick."""
    if dossier in bundled():
        out.write(NAMED, as_json({"bundled": dossier}))
        return
    parts = {used.name: used.content for used in uses(dossier) if not used.bundled}
    for name, content in parts.items():
        # Where `dossiers.using` looks: in a folder beside the file that has its name.
        out.write(f"{Path(FILE).stem}/{name}", content)
    out.write(FILE, source(dossier))
    out.write(NAMED, as_json({"file": FILE, "parts": sorted(parts)}))


@contextmanager
def kept_dossier(out: Folder) -> Iterator[str]:
    """Give the name or the path of the dossier of a batch while the block runs.

    Raises:
        ReadingError: Where it is not there, or is damaged.
    """
    content = out.read(NAMED)
    if content is None:
        raise ReadingError(out.place, f"{NAMED} is missing, which names the dossier; run the batch again")
    try:
        told = json.loads(content)
        own = () if "bundled" in told else (told["file"], *(f"{Path(FILE).stem}/{part}" for part in told["parts"]))
        # Results may come from somebody else: nothing is written outside of the folder below.
        if any(Path(name).is_absolute() or ".." in Path(name).parts for name in own):
            raise ValueError(own)
    except (ValueError, KeyError, TypeError) as error:
        raise ReadingError(out.place, f"{NAMED} is damaged, which names the dossier; run the batch again") from error
    if not own:
        yield told["bundled"]
        return
    with TemporaryDirectory() as folder:
        for name in own:
            path = Path(folder, name)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(out.read(name) or b"")
        yield str(Path(folder, told["file"]))
