"""Countries by their Chinese names, both scripts."""

import re
from functools import cache

from tallystick.languages.chinese.script.script import PACKAGE
from tallystick.languages.writing.words import content, lists

__all__ = ["COUNTRIES_FILE", "countries_in"]

COUNTRIES_FILE = "places/places.yaml"


@cache
def _names() -> dict[str, str]:
    held = content(PACKAGE, COUNTRIES_FILE)["names"]
    assert isinstance(held, dict)  # noqa: S101 - our own reviewed file
    return {str(name): str(code) for code, names in held.items() for name in names}


@cache
def _pattern() -> re.Pattern[str]:
    names = sorted(_names(), key=lambda name: (-len(name), name))
    long = "|".join(name for name in names if len(name) > 1)
    short = "".join(name for name in names if len(name) == 1)
    ends = "|".join(lists(PACKAGE, COUNTRIES_FILE)["short_ends"])
    return re.compile(f"{long}|[{short}](?={ends})")


def countries_in(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Give the countries named in `text[start:end]`, folded text, as spans with their ISO 3166-1 alpha-2 codes."""
    return [(match.start(), match.end(), _names()[match.group()]) for match in _pattern().finditer(text, start, end)]
