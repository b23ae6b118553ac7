"""The markers of finished work: what a job has written comes in, whether it still stands goes out.

A marker is written last, and names the files that it vouches for with their sizes: where one is missing or cut short,
or was made by other rules, the work is done again.
"""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tallystick.batch.jobs import Rules
from tallystick.batch.places import ASKED, Folder

__all__ = ["LAYOUT", "MANIFEST", "REPORT", "as_json", "mark", "marked", "markers"]

# Of the files of a batch; those of another layout are made anew.
LAYOUT = 2
# What the shards of the batch are, and the report that is written when all else is done.
MANIFEST = "batch.json"
REPORT = "report.json"


def mark(out: Folder, under: str, rules: Rules, told: dict[str, Any]) -> None:
    """Write the marker of the files in a folder.

    Args:
        out: The results.
        under: The folder, whose marker stands beside it.
        rules: By which they were made.
        told: What else is to be told of them.
    """
    out.write(f"{under}.json", as_json({"rules": rules._asdict(), "files": out.sizes(under), **told}))


def marked(out: Folder, under: str, rules: Rules) -> dict[str, Any] | None:
    """Give what the marker of a folder tells; None where there is none that holds for these rules and its files."""
    content = out.read(f"{under}.json")
    if content is None:
        return None
    try:
        told = json.loads(content)
    except ValueError:
        return None
    if not isinstance(told, dict) or told.get("rules") != rules._asdict():
        return None
    sizes = out.sizes(under)
    return told if all(sizes.get(name) == size for name, size in told.get("files", {}).items()) else None


def markers(out: Folder, names: Sequence[str], rules: Rules) -> dict[str, dict[str, Any]]:
    """Give what the markers of many folders tell, by folder in the order given, without those for which none holds."""
    if out.remote:
        with ThreadPoolExecutor(ASKED) as threads:
            found = list(threads.map(lambda name: marked(out, name, rules), names))
    else:
        found = [marked(out, name, rules) for name in names]
    return {name: told for name, told in zip(names, found, strict=True) if told is not None}


def as_json(told: dict[str, Any]) -> bytes:
    """Give JSON for people and programs, the same for the same content."""
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
