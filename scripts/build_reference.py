"""Build the pages of `docs/reference/`: commands, settings, records, fields of the model and functions, from the code.

Run: python scripts/build_reference.py [FOLDER]; a test proves that the pages are those of the code as it is.
"""

import dataclasses
import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias

import typer

import tallystick
from tallystick import model
from tallystick.cli.whole import app
from tallystick.exporting import records
from tallystick.settings import KNOWN, PREFIX

__all__ = ["PAGES", "main"]

# typer keeps a click of its own, whose classes have no public name.
Command: TypeAlias = Any
Parameter: TypeAlias = Any

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "reference"
MADE = "<!-- Made by scripts/build_reference.py from the code: change that. -->\n"
COMMANDS = (
    "Every command writes its output to standard output or to `-o`, and everything else to standard error;"
    " `tallystick COMMAND --help` shows examples. Exit status 1: a document could not be taken, the others were; 2: bad"
    " usage, or something that cannot be opened."
)
SETTINGS = (
    "In `tallystick.toml` of the folder where you work; a variable of the environment wins over it, and an option over"
    " both. `tallystick settings` shows where each value comes from."
)
RECORDS = (
    "JSON lines, the API and the MCP server give these. Offsets count Unicode code points; dates are EDTF; what is not"
    " known is null. What the fields mean stands in [the model](model.md), under the name without `Record`."
)
# Sections of a Google docstring.
SECTION = re.compile(r"^(Attributes|Args|Raises):$", re.MULTILINE)
ENTRY = re.compile(r"^    ([\w, ]+): (.*(?:\n {8,}.*)*)", re.MULTILINE)
# Parts of a type that a reader does not need.
HOMES = re.compile(r"\b(?:tallystick|collections|typing|datetime|pathlib)(?:\.\w+)*\.(?=\w)")


def commands() -> str:
    """Give the page of all commands with their arguments and options."""
    lines = ["# Commands", "", COMMANDS, ""]
    for name, command in _commands(typer.main.get_command(app), "tallystick"):
        context = typer.Context(command, info_name=name)
        pieces = " ".join(command.collect_usage_pieces(context))
        lines += [
            f"## {name.removeprefix('tallystick ')}",
            "",
            _paragraph(command.help or ""),
            "",
            f"    {name} {pieces}",
            "",
        ]
        rows = [row for parameter in command.get_params(context) if (row := _parameter(parameter, context))]
        lines += ["| | |", "|---|---|", *rows, ""] if rows else []
    return "\n".join(lines)


def settings() -> str:
    """Give the page of all settings."""
    rows = [f"| `{name}` | `{PREFIX}{name.upper()}` | {_cell(words)} |" for name, words in sorted(KNOWN.items())]
    return "\n".join((
        "# Settings", "", SETTINGS, "",
        "| setting | variable | what |", "|---|---|---|", *rows, "",
    ))  # fmt: skip


def outside() -> str:
    """Give the page of the records that leave the program."""
    lines = ["# Records", "", RECORDS, ""]
    for name in sorted(records.__all__):
        if dataclasses.is_dataclass(kind := getattr(records, name)):
            lines += [f"## {name}", "", _paragraph(inspect.getdoc(kind) or ""), "", "| field | type |", "|---|---|"]
            lines += [f"| `{field.name}` | {_kind(field.type)} |" for field in dataclasses.fields(kind)] + [""]
    return "\n".join(lines)


def records_of_the_model() -> str:
    """Give the page of all records that the stages share, with their values."""
    lines = [
        "# The model",
        "",
        "The records that the stages hand to one another, and the values that their fields take.",
        "",
    ]
    for module in _modules():
        for name in sorted(module.__all__):
            kind = getattr(module, name)
            if not inspect.isclass(kind) or kind.__module__ != module.__name__ or getattr(kind, "_is_protocol", False):
                continue
            said, entries = _sections(kind)
            lines += [f"## {name}", "", _paragraph(said), ""]
            if issubclass(kind, Enum):
                lines += [", ".join(f"`{one.value}`" for one in kind), ""]
            elif entries.get("Attributes"):
                lines += ["| field | what |", "|---|---|", *_rows(entries["Attributes"]), ""]
    return "\n".join(lines)


def functions() -> str:
    """Give the page of the public functions."""
    lines = [
        "# Python",
        "",
        "The stages as functions of `tallystick`; [the journey](../journey.md) shows them at work.",
        "",
    ]
    for name in sorted(tallystick.__all__):
        function = getattr(tallystick, name)
        said, entries = _sections(function)
        lines += [f"## {name}", "", f"`{name}({_arguments(function)})`", "", _paragraph(said), ""]
        lines += ["| argument | what |", "|---|---|", *_rows(entries["Args"]), ""] if entries.get("Args") else []
        if entries.get("Raises"):
            lines += ["| raises | when |", "|---|---|", *_rows(entries["Raises"]), ""]
    return "\n".join(lines)


PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands,
    "model.md": records_of_the_model,
    "python.md": functions,
    "records.md": outside,
    "settings.md": settings,
}


def main(arguments: list[str]) -> None:
    """Write the pages to a folder: that of the project where none is given."""
    folder = Path(arguments[0]) if arguments else FOLDER
    for name, page in PAGES.items():
        title, _, rest = page().partition("\n")
        (folder / name).write_text(f"{title}\n{MADE}{rest.rstrip()}\n", encoding="utf-8")


def _commands(command: Command, name: str) -> Iterator[tuple[str, Command]]:
    """Every command that does something, with the words that call it, in order."""
    below = getattr(command, "commands", {})
    if not below:
        yield name, command
    for word, one in sorted(below.items()):
        yield from _commands(one, f"{name} {word}")


def _parameter(parameter: Parameter, context: typer.Context) -> str | None:
    """A row of an argument or option; None for what help leaves out."""
    told = parameter.get_help_record(context)
    return None if told is None or "--help" in parameter.opts else f"| `{_cell(told[0])}` | {_cell(told[1])} |"


def _modules() -> Iterator[ModuleType]:
    """The modules of the model in order."""
    for found in sorted(pkgutil.iter_modules(model.__path__), key=lambda one: one.name):
        yield importlib.import_module(f"{model.__name__}.{found.name}")


def _sections(thing: Any) -> tuple[str, dict[str, list[tuple[str, str]]]]:
    """What a docstring says first, and the entries of its sections."""
    first, *rest = SECTION.split(inspect.getdoc(thing) or "")
    found = zip(rest[::2], rest[1::2], strict=True)
    return first, {name: [(key, " ".join(words.split())) for key, words in ENTRY.findall(body)] for name, body in found}


def _rows(entries: list[tuple[str, str]]) -> list[str]:
    return [f"| `{name}` | {_cell(words)} |" for name, words in entries]


def _arguments(function: Any) -> str:
    """The arguments of a function with their types."""
    told = str(inspect.signature(function, eval_str=False)).partition(" -> ")
    return HOMES.sub("", told[0].strip("()").replace("'", ""))


def _kind(kind: Any) -> str:
    """A type as a reader writes it."""
    name = (
        kind
        if isinstance(kind, str)
        else kind.__name__
        if isinstance(kind, type) and "[" not in str(kind)
        else str(kind)
    )
    return f"`{_cell(HOMES.sub('', name))}`"


def _paragraph(text: str) -> str:
    return " ".join(text.split())


def _cell(text: str) -> str:
    return _paragraph(text).replace("|", "\\|")


if __name__ == "__main__":
    main(sys.argv[1:])
