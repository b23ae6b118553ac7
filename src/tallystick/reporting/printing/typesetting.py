"""Have pages set by typst: a source and the files it reads come in, PDF or PNG go out.

The source may be a stranger's template. It is set by a process of its own (`compositor.py`) in a folder that holds
nothing but these files, without network, without the fonts of the machine, and for a bounded time.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from importlib.resources import as_file, files
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from tallystick.errors import ExtraMissingError, TemplateError

__all__ = ["DOTS", "paged", "pictured"]

# Dots per inch of a picture: sharp in print, and no more.
DOTS = 192
# Seconds: the largest report takes some five; a template that runs longer never ends.
LONGEST = 120
FAULTY = 3


def paged(source: bytes, beside: Mapping[str, bytes], standards: tuple[str, ...] = ()) -> bytes:
    """Set a document.

    Args:
        source: In typst's language, UTF-8.
        beside: Files that it reads, by name; folders are parted by "/".
        standards: Of PDF, as typst names them ("ua-1"), that the document must meet.

    Returns:
        The PDF. The same source, files and version of typst give the same bytes.

    Raises:
        ExtraMissingError: Where typst is not installed.
        TemplateError: Where the source is faulty, reads another file, asks for a package, or does not end.
    """
    return _set(source, beside, "pdf", standards)[0]


def pictured(source: bytes, beside: Mapping[str, bytes]) -> tuple[bytes, ...]:
    """Set pages as PNG, one a page; everything else as for `paged`."""
    return _set(source, beside, "png", ())


def _set(source: bytes, beside: Mapping[str, bytes], form: str, standards: tuple[str, ...]) -> tuple[bytes, ...]:
    if find_spec("typst") is None:
        raise ExtraMissingError("A report as PDF or DOCX", "reports")
    with TemporaryDirectory(prefix="tallystick-") as name, as_file(files("tallystick.reporting") / "fonts") as fonts:
        folder = Path(name).resolve()
        for path, content in {**beside, "main.typ": source}.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        program = str(Path(__file__).with_name("compositor.py"))
        # Where the caller finds typst, the program does.
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        try:
            ended = subprocess.run(  # noqa: S603 - this program, in this interpreter
                [sys.executable, "-P", program, str(folder), form, ",".join(standards), str(fonts), str(DOTS)],
                capture_output=True, cwd=folder, env=environment, timeout=LONGEST, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise TemplateError(f"it is not set after {LONGEST} seconds; does a loop of it never end?") from error
        if ended.returncode != 0:
            raise TemplateError(_reason(ended).replace(str(folder), ""))
        return tuple(path.read_bytes() for path in sorted(folder.glob(f"*.{form}"), key=lambda one: int(one.stem)))


def _reason(ended: subprocess.CompletedProcess[bytes]) -> str:
    """What is wrong with a source, with its line, as typst says it."""
    if ended.returncode != FAULTY:
        told = ended.stderr.decode("utf-8", "replace").strip().splitlines()
        return f"typst broke off ({told[-1] if told else f'status {ended.returncode}'})"
    fault = json.loads(ended.stdout)
    if "package" in fault["message"]:
        where = fault["diagnostic"].partition("\n")[2].strip("\n")
        return f"a template cannot fetch packages; copy what it needs into it\n{where}".rstrip()
    return str(fault["diagnostic"]).strip().removeprefix("error: ")
