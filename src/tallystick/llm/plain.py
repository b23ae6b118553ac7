"""Numbers in digits, for reports in a language that no number grammar here reads: words come in, readings go out."""

import re
from unicodedata import category, digit

from tallystick.model.quantity import Number

__all__ = ["plain_numbers", "stands_alone"]

# A run of digits with what separates thousands and decimals anywhere: points, commas, apostrophes and blanks.
RUN = re.compile(r"\d+(?:[.,'’\u00a0\u2009\u202f ]\d+)*")
GROUPED = re.compile(r"\d{1,3}(?:([.,'’\u00a0\u2009\u202f ])\d{3})(?:\1\d{3})*")
DECIMAL = re.compile(r"(\d+|\d{1,3}(?:([.,'’\u00a0\u2009\u202f ])\d{3})+)[.,](\d+)")
SEPARATORS = tuple(".,'’\u00a0\u2009\u202f")
# Longest run of digits that is read: the largest figure has fewer.
LONGEST = 40


def plain_numbers(words: str) -> frozenset[Number]:
    """Give every number that some digits may be, by any custom of writing them; none where there is anything else.

    "5.000" is 5 or 5,000: which of them, the grammar of a language would have to tell.
    """
    found: set[Number] = set()
    run = words.strip()
    if len(run) > LONGEST or RUN.fullmatch(run) is None:
        return frozenset()
    plain = "".join(str(digit(sign)) if category(sign) == "Nd" else sign for sign in run)
    if plain.isdigit():
        found.add(int(plain))
    elif GROUPED.fullmatch(plain):
        found.add(int(re.sub(r"\D", "", plain)))
    decimal = DECIMAL.fullmatch(plain)
    if decimal is not None:
        value = float(f"{re.sub(r'[^0-9]', '', decimal[1])}.{decimal[3]}")
        found.add(int(value) if value.is_integer() else value)
    return frozenset(found)


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a span is no part of a longer run of digits: "5,000" in "15,000" is none of its own."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    joined = before[-1:].isdigit() or (before[-1:] in SEPARATORS and before[:1].isdigit() and len(before) > 1)
    going_on = after[:1].isdigit() or (after[:1] in SEPARATORS and after[1:].isdigit())
    return not joined and not going_on
