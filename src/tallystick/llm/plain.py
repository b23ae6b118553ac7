"""Numbers in digits, for reports in a language that no number grammar here reads: words come in, readings go out."""

import re
from unicodedata import category, digit

from tallystick.model.quantity import Number

__all__ = ["plain_numbers", "stands_alone"]

# Code points beside digits that are looked at: two blanks and the longest word of `ALTERING`.
BESIDE = 16
# Words and signs behind digits that make another number of them, in the languages that reports come in most: thousands,
# millions and their kin, percent. A word too many here leaves a figure out; one too few would let a wrong one in.
ALTERING = re.compile(
    r"\s*(?:[%‰٪％½¼¾⅓⅔十百千万萬億亿兆십백천만억조]"
    r"|(?:mil|mille|mila|miles|mio|mln|mld|mrd|mrds|bn|tsd|tis|tys|bin|ribu|juta|hundred|dozen|score|lakh|crore"
    r"|pct|percent|procent|prozent)\b"
    r"|(?:thousand|milli[oa]|mill[oó]n|milió|milion|miliard|milh[õã]|miljo|miljard|milyo|milya|billi|bilion|bilh|trilli"
    r"|tausend|duizend|tusen|tuhan|tuhat|ezer|hundert|dutzend|docen|douz|дюжин|десятк|сотен|сотн|тыс|тис|милли|мільй"
    r"|мільярд|млн|млрд|процент|відсот|χιλι|εκατομ|por c|pour c|per c|nghìn|ngàn|triệu|tỷ|ألف|الف|آلاف|مليون"
    r"|ملايين|مليار|אלף|אלפ|מיליו|מיליא|हज़ार|हजार|लाख|करोड|พัน|หมื่น|แสน|ล้าน))",
    re.IGNORECASE,
)

# A run of digits with what separates thousands and decimals anywhere: points, commas, apostrophes and blanks.
RUN = re.compile(r"\d+(?:[.,'’\u00a0\u2009\u202f ]\d+)*")
GROUPED = re.compile(r"\d{1,3}(?:([.,'’\u00a0\u2009\u202f ])\d{3})(?:\1\d{3})*")
DECIMAL = re.compile(r"(\d+|\d{1,3}(?:([.,'’\u00a0\u2009\u202f ])\d{3})+)[.,](\d+)")
SEPARATORS = tuple(".,'’\u00a0\u2009\u202f")
# Longest run of digits that is read: the largest figure has fewer.
LONGEST = 40


def plain_numbers(words: str) -> frozenset[Number]:
    """Give every number that some digits may be, by any custom of writing them; none where there is anything else.

    "5.000" is 5,000: people are counted in wholes, and a decimal of three digits would have to be told by a grammar.
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
    decimal = None if found else DECIMAL.fullmatch(plain)
    if decimal is not None:
        value = float(f"{re.sub(r'[^0-9]', '', decimal[1])}.{decimal[3]}")
        found.add(int(value) if value.is_integer() else value)
    return frozenset(found)


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether digits are a whole number of their own, as far as what stands beside them tells.

    Not "5,000" in "15,000", "5" in "5–6" or "5²", "72" in "T-72", no price, nor what the next word makes another number
    of: "5" in "5 million", "5万" and "5%".
    """
    before, after = text[max(0, start - BESIDE) : start][::-1], text[end : end + BESIDE]
    return ALTERING.match(after) is None and not any(
        _goes_on(beside) or _in_word(beside) or _is_price(beside) for beside in (before, after)
    )


def _goes_on(beside: str) -> bool:
    """Whether more digits of the same number or range follow, read away from it."""
    if beside[:1].isspace() and beside[:1] in SEPARATORS and beside[1:2].isdigit():
        return True
    sign = next((one for one in beside if one.isspace() or one.isalnum() or category(one) == "No"), "")
    return bool(sign) and (sign.isdigit() or category(sign) == "No")


def _in_word(beside: str) -> bool:
    """Whether letters of an alphabet follow at once or behind a hyphen, read away from it; Han and Hangul are none."""
    return category(beside.lstrip("-‐‑")[:1] or " ") in ("Lu", "Ll")


def _is_price(beside: str) -> bool:
    """Whether the sign of a currency follows: which unit it is of, only a grammar tells."""
    return category(beside.lstrip()[:1] or " ") == "Sc"
