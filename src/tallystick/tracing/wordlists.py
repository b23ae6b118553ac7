"""The reviewed word lists of tracing: the name of a list in `words.yaml` comes in, its words go out as a set."""

from functools import cache
from importlib.resources import files
from typing import cast

import yaml

from tallystick.values.folding import stems

__all__ = ["wordlist"]


@cache
def wordlist(name: str) -> frozenset[str]:
    """Give the words of the list `name`, lower case; words of Russian and Ukrainian also as their stems.

    Raises:
        KeyError: Where there is no such list.
    """
    text = (files("tallystick.tracing") / "words.yaml").read_text(encoding="utf-8")
    lists = cast("dict[str, list[str]]", yaml.load(text, Loader=yaml.CSafeLoader))
    words = lists[name]
    stemmed = (stem for word in words if not word.isascii() and " " not in word for stem in stems(word))
    return frozenset((*words, *stemmed))
