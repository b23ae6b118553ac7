"""The words of a language, from the YAML files of its folder."""

from functools import cache
from importlib.resources import files

import yaml

__all__ = ["content", "lists"]


@cache
def content(package: str, file: str) -> dict[str, object]:
    """Give what the YAML `file` of `package` holds; read once, and only when it is asked for.

    Args:
        package: Dotted name of the language's package ("tallystick.languages.korean").
        file: Path within it ("numbers/numbers.yaml").
    """
    text = (files(package) / file).read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    held: dict[str, object] = yaml.load(text, Loader=loader)  # noqa: S506 - a safe loader either way
    return held


@cache
def lists(package: str, file: str) -> dict[str, tuple[str, ...]]:
    """Give the lists of words of the YAML `file` of `package` by their names, in order; other entries are left out."""
    return {
        name: tuple(str(word) for word in words)
        for name, words in content(package, file).items()
        if isinstance(words, list)
    }
