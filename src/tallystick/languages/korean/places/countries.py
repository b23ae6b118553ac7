"""Tell the country of a Korean word: "북한군", "러시아", "이집트인", "탈북민".

Takes words without particles; gives ISO 3166-1 alpha-2 codes from `countries.yaml` and `compounds.yaml`.
"""

from functools import cache

from tallystick.languages.korean.grammar.eojeols import PACKAGE
from tallystick.languages.writing.words import content, lists

__all__ = ["COMPOUNDS", "country", "country_of_word"]

FILE = "places/countries.yaml"
COMPOUNDS = "places/compounds.yaml"


@cache
def _countries() -> dict[str, str]:
    return {name: code for code, names in lists(PACKAGE, FILE).items() for name in names}


@cache
def _compounds() -> dict[str, str]:
    held = content(PACKAGE, COMPOUNDS)["compounds"]
    return {str(name): str(code) for name, code in held.items()} if isinstance(held, dict) else {}


def country(name: str) -> str | None:
    """Give the country that is named `name`, or None."""
    return _countries().get(name)


@cache
def _tails() -> frozenset[str]:
    return frozenset(lists(PACKAGE, COMPOUNDS)["tails"])


def country_of_word(word: str) -> str | None:
    """Give the country that `word` names or is a member of ("북한군", "이집트인"); None where it is none."""
    known = _countries().get(word) or _compounds().get(word)
    if known is not None:
        return known
    for cut in range(len(word) - 1, 0, -1):
        code = _countries().get(word[:cut])
        if code is not None:
            return code if word[cut:] in _tails() else None
    return None
