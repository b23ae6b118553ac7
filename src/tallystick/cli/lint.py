"""`tallystick lint`: words that a careful report does not use."""

import sys
from bisect import bisect_right
from pathlib import Path
from typing import Annotated

import typer

from tallystick.cli.messages import say
from tallystick.cli.output import write_lines
from tallystick.errors import ReadingError
from tallystick.values.cautions import objections

__all__ = ["add_to", "command"]

EPILOG = """Examples:

  tallystick lint brief.md

  pandoc brief.docx -t plain | tallystick lint

What stands in quotation marks is somebody else's and is left alone. Exit status 1 where there is anything to mend."""


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("lint", epilog=EPILOG)(command)


def command(
    files: Annotated[
        list[str] | None, typer.Argument(metavar="[FILE]...", help="Texts in English; - or none is standard input.")
    ] = None,
) -> None:
    """Name what says that the law was broken, and what puts a confidence beside a likelihood, each with its place."""
    found: list[str] = []
    for name in files or ["-"]:
        text = _text(name)
        starts = [0, *(at + 1 for at, mark in enumerate(text) if mark == "\n")]
        for one in objections(text):
            line = bisect_right(starts, one.start)
            found.append(
                f"{name}:{line}:{one.start - starts[line - 1] + 1}: '{' '.join(one.word.split())}' {one.reason}"
            )
    write_lines(found)
    if found:
        raise typer.Exit(1)
    say("nothing to mend")


def _text(name: str) -> str:
    """The text of a file, or of standard input."""
    try:
        if name == "-":
            return sys.stdin.buffer.read().decode("utf-8")
        return Path(name).read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise ReadingError(name, f"byte {error.start} is not UTF-8; save it as UTF-8") from error
    except OSError as error:
        raise ReadingError(name, f"cannot be read: {error.strerror or error}") from error
