"""Read both scripts of Chinese as one: traditional characters and full-width digits folded, offsets kept.

Takes text; gives text of the same length, and the clauses of a sentence in it.
"""

import re
from functools import cache, lru_cache

from tallystick.languages.writing.words import lists
from tallystick.model.attribution import Span

__all__ = ["PACKAGE", "alternatives", "clauses", "folded"]

PACKAGE = "tallystick.languages.chinese"
CLAUSE = re.compile(r"[^，；：。！？,;:!?\n—]+")


@cache
def _table() -> dict[int, str]:
    table = {ord(pair[0]): pair[1] for line in lists(PACKAGE, "script/script.yaml")["pairs"] for pair in line.split()}
    wide = {0xFF10 + digit: str(digit) for digit in range(10)}
    return {**table, **wide, ord("．"): ".", ord("「"): "“", ord("」"): "”", ord("『"): "‘", ord("』"): "’"}


@lru_cache(maxsize=64)
def folded(text: str) -> str:
    """Give `text` in simplified characters with plain digits and curved quotation marks, of the same length."""
    return text.translate(_table())


@lru_cache(maxsize=64)
def clauses(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Give the stretches of `text[start:end]` between commas, colons, semicolons, dashes and full stops, in order."""
    return tuple(match.span() for match in CLAUSE.finditer(text, start, end))


@cache
def alternatives(file: str, name: str) -> str:
    """Give the words of a list as one pattern, longer ones first.

    Args:
        file: The YAML file within the package ("speech/speech.yaml").
        name: The list in it; its words are patterns themselves.
    """
    return "|".join(sorted(lists(PACKAGE, file)[name], key=len, reverse=True))
