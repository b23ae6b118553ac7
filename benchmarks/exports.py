"""How long a large case takes to leave the program in every format, how much is written, and in how much memory.

The case is made up: 20,000 reports with 100,000 claims. Each export is a process of its own, as `tallystick export`
is. Beside them stands the bare peer: the same claims out of SQLite as JSON lines, with nothing joined to them.
"""

import json
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.workbench_case import REPORTS, fill
from tallystick.exporting.exporting import FORMATS
from tallystick.exporting.kinds import Kind
from tallystick.exporting.lines import encoded
from tallystick.exporting.subject import Subject
from tallystick.inquiry.whole import whole
from tallystick.pipeline import VERSION, subject_of
from tallystick.storage.case import Case
from tallystick.storage.opening import FILE

__all__ = ["main", "measure"]

# What every export has to stay under, in seconds, and the memory above that of an idle process, in MB.
LIMIT = 60.0
MOST = 200.0
CASE = "case"
# Words of the command line by which one export is measured: the program, the case, the format and the kind.
ONE = 4
# Kinds that are measured beside the claims, which every table holds by default.
KINDS = ("estimate", "flag", "hit", "all")


def measure(folder: Path) -> None:
    """Print what each format costs with the case at `folder`."""
    peer = _peer(folder)
    asked = [(name, "") for name in FORMATS] + [("parquet", kind) for kind in KINDS] + [("jsonl", CASE)]
    for name, kind in asked:
        command = (sys.executable, "-m", "benchmarks.exports", str(folder), name, kind)
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        seconds, size, memory = map(float, said)
        wrong = ("  SLOW" if seconds > LIMIT else "") + ("  LARGE" if memory > MOST else "")
        label = f"{name} ({kind})" if kind else name
        print(
            f"exports: {label:20} {seconds:6.1f} s {size:8.1f} MB, {memory:5.0f} MB of memory more than at rest{wrong}"
        )
    print(f"exports: bare claims of SQLite as JSON lines {peer:.1f} s")


def _peer(folder: Path) -> float:
    """Seconds in which the bare rows of the claims are JSON lines."""
    start = time.perf_counter()
    with TemporaryDirectory() as made, Path(made, "peer").open("w", encoding="utf-8") as out:
        connection = sqlite3.connect(f"file:{folder / FILE}?mode=ro", uri=True)
        connection.row_factory = sqlite3.Row
        out.writelines(json.dumps(dict(row)) + "\n" for row in connection.execute("SELECT * FROM claims"))
        connection.close()
    return time.perf_counter() - start


def _one(folder: Path, name: str, kind: str) -> None:
    """Export, and print seconds, MB written, and MB of memory at most above what was in use before."""
    with TemporaryDirectory() as made, Case.open(folder, read_only=True) as case:
        path, dossier = Path(made, "out"), subject_of(case)
        before, start = _memory(), time.perf_counter()
        with path.open("wb") as out, case.streamed() as stream:
            form, subject = FORMATS[name], Subject(dossier, VERSION, stream.changed(), dossier.sha256)
            if kind == CASE:
                out.writelines(map(encoded, whole(case)))
            elif kind and form.write_kind is not None:
                form.write_kind(stream, subject, out, Kind(kind))
            else:
                form.write(stream, subject, out)
        seconds = time.perf_counter() - start
        print(f"{seconds:.3f} {path.stat().st_size / 1e6:.3f} {_memory() - before:.1f}")


def _memory() -> float:
    """The most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(arguments: Sequence[str] = ()) -> None:
    """Make the case and measure; an argument: a folder with a case that is there already."""
    if arguments:
        measure(Path(arguments[0]))
        return
    with TemporaryDirectory() as made:
        folder = Path(made, "case")
        fill(folder, REPORTS)
        measure(folder)


if __name__ == "__main__":
    if len(sys.argv) == ONE:
        _one(Path(sys.argv[1]), *sys.argv[2:])
    else:
        main(sys.argv[1:])
