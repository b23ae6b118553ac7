"""The settings of the command line: from tallystick.toml of the current folder, and over it from the environment.

A folder and the environment come in; each setting goes out with its value and where that came from. The file holds the
settings at its top level: `case = "my-case"`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tallystick.errors import SettingError

__all__ = ["FILE", "Setting", "defaults", "listing"]

FILE = "tallystick.toml"
PREFIX = "TALLYSTICK_"
Source = Literal["default", "tallystick.toml", "environment"]
# Name and help; every one is a text. An option of the command line wins over both file and environment.
KNOWN = {
    "allow_host": "Hosts that fetch and watch may ask in a private network or on an odd port, separated by commas.",
    "case": "Folder of the case that commands work on where --case is not given.",
    "dossier": "Bundled name or YAML file that commands use where --dossier is not given.",
    "endpoint": "Base address of the endpoint that propose asks, such as http://127.0.0.1:8080/v1.",
    "model": "Name of the model that propose asks there.",
    "operator": "Who works with a case, for its custody log.",
}


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting as it holds now.

    Attributes:
        name: As it stands in tallystick.toml.
        value: Its value, or None where none is set.
        source: Where the value came from.
        help: What it does.
    """

    name: str
    value: str | None
    source: Source
    help: str


def listing(environ: Mapping[str, str], folder: Path) -> tuple[Setting, ...]:
    """Give every setting, in order of name.

    Args:
        environ: The environment; TALLYSTICK_CASE sets `case`. A variable that is empty sets nothing.
        folder: Where tallystick.toml may lie.

    Raises:
        SettingError: Where the file is no TOML, or names what is no setting, or gives it no text.
    """
    written = _written(folder / FILE)
    found = []
    for name, words in sorted(KNOWN.items()):
        variable = PREFIX + name.upper()
        if environ.get(variable):
            found.append(Setting(name, environ[variable], "environment", words))
        elif name in written:
            found.append(Setting(name, written[name], "tallystick.toml", words))
        else:
            found.append(Setting(name, None, "default", words))
    return tuple(found)


def defaults(environ: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Give the settings that have a value, by name: what the options of the command line fall back on.

    Raises:
        SettingError: As `listing`.
    """
    return {setting.name: setting.value for setting in listing(environ, folder) if setting.value is not None}


def _written(path: Path) -> dict[str, str]:
    """The settings of the file; none where there is no file."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise SettingError(FILE, f"cannot be read: {error}") from error
    for name, value in content.items():
        if name not in KNOWN:
            raise SettingError(
                name, f"{FILE} has it, but there is no such setting; there are {', '.join(sorted(KNOWN))}"
            )
        if not isinstance(value, str) or not value:
            raise SettingError(name, f'{FILE} gives it {value!r}, but it must be a text: {name} = "..."')
    return content
