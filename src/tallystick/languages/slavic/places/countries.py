"""Countries by the stems of their Russian and Ukrainian names, adjectives and peoples."""

from collections.abc import Sequence
from functools import cache

from tallystick.languages.slavic.numbers.words import PACKAGES
from tallystick.languages.slavic.parsing import plain
from tallystick.languages.writing.words import content, lists

__all__ = ["capital_at", "country_at", "place_words"]


@cache
def _stems(code: str) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Stems as words by their first two letters, the longest first."""
    held = content(PACKAGES[code], "places.yaml")["stems"]
    assert isinstance(held, dict)  # noqa: S101 - our own reviewed file
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for country, stems in held.items():
        for stem in stems:
            words = tuple(plain(part) for part in str(stem).split("_"))
            found.setdefault(words[0][:2], []).append((words, str(country)))
    for listed in found.values():
        listed.sort(key=lambda entry: (-len(entry[0]), -len(entry[0][0])))
    return found


@cache
def place_words(code: str, name: str) -> frozenset[str]:
    """Give one of the sets of words of `places.yaml`."""
    return frozenset(plain(word) for word in lists(PACKAGES[code], "places.yaml")[name])


def country_at(code: str, plains: Sequence[str], at: int) -> str | None:
    """Give the country (ISO 3166-1 alpha-2) that the plain lower-case words name at `at`, or None."""
    word = plains[at]
    short = place_words(code, "short")
    for stems, country in _stems(code).get(word[:2], ()):
        if at + len(stems) > len(plains):
            continue
        if all(one.startswith(stem) for stem, one in zip(stems, plains[at:], strict=False)):
            if len(stems[0]) <= SHORT and len(word) > len(stems[0]) + 3:
                continue
            if stems[0] in short and len(word) > len(stems[0]) + 2:
                continue
            return country
    return None


def capital_at(code: str, word: str) -> str | None:
    """Give the country whose government a plain lower-case word names by its capital, or None."""
    held = content(PACKAGES[code], "places.yaml")["capitals"]
    assert isinstance(held, dict)  # noqa: S101 - our own reviewed file
    return next((str(country) for country, stem in held.items() if word.startswith(str(stem))), None)


# Stems this short begin other words too: "рф", "сша", "кнр" are whole words.
SHORT = 3
