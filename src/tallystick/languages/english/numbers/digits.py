"""Read the English numerals written in digits, with the scales behind them: "1,200", "5k", "2 1/2 million".

Takes the tokens of a sentence and a place among them; gives the `Numeral` that starts there.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from tallystick.languages.language import Token
from tallystick.model.quantity import Number

__all__ = ["FRACTION", "MINUS", "ORDINAL", "SCALES", "VULGAR", "Numeral", "as_number", "in_digits", "scaled"]

SCALES = {
    "dozen": 12, "hundred": 100, "thousand": 1_000, "lakh": 10**5, "lakhs": 10**5, "million": 10**6, "mln": 10**6,
    "mio": 10**6, "mn": 10**6, "crore": 10**7, "crores": 10**7, "billion": 10**9, "bln": 10**9, "bn": 10**9,
    "trillion": 10**12, "trln": 10**12,
}  # fmt: skip
# Letters that scale only right behind a digit: "5k", "$9m", "4.5bn".
LETTERS = {"k": 1_000, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12, "trn": 10**12}
ORDINAL_ENDINGS = ("st", "nd", "rd", "th")
ORDINAL = "ordinal"
FRACTION = "fraction"
# Longer runs of digits are serial numbers, keys or noise; nobody counts so far.
LONGEST_DIGITS = 24
# "Million million million" and the like in junk must not grow without end; no report counts in larger steps.
LARGEST_SCALE = 10**18
# Blanks that group digits: "10 000" with a no-break, thin or figure space.
GROUPING = frozenset("\u00a0\u202f\u2009\u2007")
# Before these, "1, 300" is one number that a careless hand has set with a blank; elsewhere it may be two.
BEFORE_LOOSE_GROUPS = frozenset("about around approximately nearly almost roughly than least some over to".split())
VULGAR = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75"), "⅓": Decimal(1) / 3, "⅔": Decimal(2) / 3}
LARGEST_GROUP = 3
# Groups of digits with plain blanks between, at most: "1 234 567 890".
MOST_GROUPS = 4
NOT_COUNTED = frozenset(("mm", "x", "am", "pm", "a.m", "p.m", "kg", "km", "cm", "m"))
CURRENCY_MARKS = frozenset("$£€¥₩₽₹₴")
# The largest denominator of a fraction in digits: "5/8".
DENOMINATOR = 10
LARGEST_NUMERATOR = 10
# Parts of inches, pints and shares.
BINARY_PARTS = frozenset((12, 16, 32, 64, 100, 128))
FRACTION_SLASH = "\u2044"
FRACTION_MARKS = frozenset(("/", FRACTION_SLASH))
# What may stand before the point of ".500".
OPENS_POINT = frozenset(" \t\n($£€-~")
TIMES = frozenset(("×", "x", "·"))
MINUS = frozenset(("-", "−", "–"))
MOST_EXPONENT_DIGITS = 2
# No report weighs more than suns, 10^30 kilograms; junk must not grow without end.
LARGEST_EXPONENT = 30
# Behind "100m" these tell a length; elsewhere "m" scales.
METER_WORDS = frozenset(
    "track / tower skyscraper wave cliff race high tall deep long wide away from below above freestyle"
    " relay sprint final hurdles butterfly backstroke dash pool underwater downstream upstream north south"
    " east west runners mark title champion".split()
)


class Numeral(NamedTuple):
    """A numeral as written.

    Attributes:
        first: Its first token.
        last: One past its last token; a token such as "six-member" belongs to it as far as `end`.
        start: First code point.
        end: One past the last code point.
        value: What it says; for a vague plural its lower bound.
        scale: What its last scale word multiplied by, 1 without one: it may be shared with the numeral before.
        vague: Whether it is a vague plural.
        form: "digits", "words", "ordinal" or "fraction".
        rest: What hangs on it by a hyphen ("member" of "six-member"), or "".
    """

    first: int
    last: int
    start: int
    end: int
    value: Decimal
    scale: int = 1
    vague: bool = False
    form: str = "digits"
    rest: str = ""

    @property
    def number(self) -> Number:
        """The value as int where it is whole."""
        return as_number(self.value)


def as_number(value: Decimal) -> Number:
    """Give an int for a whole value, else a float."""
    return int(value) if value == value.to_integral_value() else float(value)


def in_digits(tokens: Sequence[Token], at: int, text: str) -> Numeral | None:
    """A numeral in digits with the scale behind it."""
    token = tokens[at]
    lower = token.lower
    if len(lower) > LONGEST_DIGITS:
        return None
    if lower.endswith(ORDINAL_ENDINGS):
        return Numeral(at, at + 1, token.start, token.end, Decimal(_whole(lower[:-2])), form=ORDINAL)
    value, last = _grouped(tokens, at, text)
    if last == at + 1 and value < LARGEST_NUMERATOR and value > 0 and value == int(value):
        part = _over(tokens, at)
        if part is not None and (value == 1 or _is_part(tokens, at)):
            return Numeral(at, at + 3, token.start, tokens[at + 2].end, part, form=FRACTION)
    if last == at + 1 and _starts_with_point(tokens, at, text):
        # ".500"
        return Numeral(at - 1, last, tokens[at - 1].start, token.end, value.scaleb(-len(lower)))
    power = _power_of_ten(tokens, last) if last == at + 1 else None
    if power is not None:
        return Numeral(at, power.last, token.start, tokens[power.last - 1].end, value.scaleb(power.exponent))
    more, last = _mixed(tokens, last) if value == int(value) else (Decimal(0), last)
    return scaled(tokens, Numeral(at, last, token.start, tokens[last - 1].end, value + more))


def _over(tokens: Sequence[Token], at: int) -> Decimal | None:
    """The value of a fraction such as "3/4" or "1/16" at token `at`."""
    if at + 2 >= len(tokens) or tokens[at + 1].text not in FRACTION_MARKS:
        return None
    over, mark, under = tokens[at : at + 3]
    if over.end != mark.start or mark.end != under.start or len(over.text) > 1 or len(under.text) > 3:
        return None
    if not over.text.isdecimal() or not under.text.isdecimal():
        return None
    numerator, denominator = int(over.text), int(under.text)
    usual = denominator <= DENOMINATOR or denominator in BINARY_PARTS
    return Decimal(numerator) / denominator if 0 < numerator < denominator and usual else None


def _is_part(tokens: Sequence[Token], at: int) -> bool:
    """Whether "3/4" at token `at` is a part of something and no date: "3/4 of the men", or with a fraction slash."""
    of = at + 3 < len(tokens) and tokens[at + 3].lower == "of"
    return of or tokens[at + 1].text == FRACTION_SLASH


def _starts_with_point(tokens: Sequence[Token], at: int, text: str) -> bool:
    """Whether the digits at `at` stand behind a point that opens the number: "a .500 record"."""
    point = tokens[at - 1] if at else None
    if point is None or point.text != "." or point.end != tokens[at].start or not tokens[at].text.isdecimal():
        return False
    return at > 1 and text[point.start - 1] in OPENS_POINT


class _Power(NamedTuple):
    """A power of ten behind a number: its exponent, and one past its last token."""

    exponent: int
    last: int


def _power_of_ten(tokens: Sequence[Token], at: int) -> _Power | None:
    """Read the "× 10^6" or "×10−30" that starts at token `at`."""
    words = [token.text for token in tokens[at : at + 5]]
    if len(words) < 4 or words[0] not in TIMES or words[1] != "10":
        return None
    signed = words[2] in MINUS or words[2] == "^"
    sign = -1 if words[2] in MINUS else 1
    place = 3
    if words[2] == "^" and words[3] in MINUS and len(words) > 4:
        sign, place = -1, 4
    if not signed or not words[place].isdecimal() or len(words[place]) > MOST_EXPONENT_DIGITS:
        return None
    if int(words[place]) > LARGEST_EXPONENT:
        return None
    return _Power(sign * int(words[place]), at + place + 1)


def _mixed(tokens: Sequence[Token], last: int) -> tuple[Decimal, int]:
    """The fraction behind a whole number that ends before token `last`, and where it ends: "2 1/2", "2-3/4", "2½"."""
    if last >= len(tokens):
        return Decimal(0), last
    end = tokens[last - 1].end
    if tokens[last].text in VULGAR and tokens[last].start - end <= 1:
        return VULGAR[tokens[last].text], last + 1
    at = last + 1 if tokens[last].text == "-" and tokens[last].start == end else last
    part = _over(tokens, at)
    return (Decimal(0), last) if part is None else (part, at + 3)


def _grouped(tokens: Sequence[Token], at: int, text: str) -> tuple[Decimal, int]:
    """The value of the digits at `at`, groups set apart by blanks joined, and where they end."""
    digits = tokens[at].lower
    last = at + 1
    if digits.isdecimal() and len(digits) <= LARGEST_GROUP:
        while last < len(tokens) and len(digits) < LONGEST_DIGITS and _is_group(tokens, last, text):
            digits += tokens[last].lower
            last += 1
        spaced = _spaced_groups(tokens, at, text) if last == at + 1 else 0
        if spaced:
            return Decimal("".join(token.lower for token in tokens[at : at + spaced])), at + spaced
        if last == at + 1 and _is_loose_group(tokens, at, last, text):
            return Decimal(digits + tokens[last + 1].lower), last + 2
    return _value(digits), last


def _is_group(tokens: Sequence[Token], at: int, text: str) -> bool:
    """Whether token `at` is the next three digits of the number before it: "10 000"."""
    token, before = tokens[at], tokens[at - 1]
    if len(token.lower) != 3 or not token.lower.isdecimal():
        return False
    gap = text[before.end : token.start]
    return gap in GROUPING or (gap == " " and token.lower == "000")


def _spaced_groups(tokens: Sequence[Token], at: int, text: str) -> int:
    """How many tokens from `at` on are the groups of one number set apart by plain blanks before a noun, or 0.

    "4 700 soldiers" is one number; "on June 4 700 soldiers", "12 155 mm shells" and the rows of a table are not.
    """
    last = at + 1
    while last < min(len(tokens), at + MOST_GROUPS) and tokens[last].text.isdecimal():
        if len(tokens[last].text) != LARGEST_GROUP or text[tokens[last - 1].end : tokens[last].start] != " ":
            return 0
        last += 1
    if last == at + 1 or last >= len(tokens) or not tokens[last].tag.startswith(("NNS", "JJ", "NNP")):
        return 0
    if tokens[last].lower in NOT_COUNTED or tokens[at].text[0] == "0":
        return 0
    before = tokens[at - 1] if at else None
    return 0 if before is not None and (before.tag.startswith("NNP") or before.text[0].isdecimal()) else last - at


def _is_loose_group(tokens: Sequence[Token], first: int, last: int, text: str) -> bool:
    """Whether a comma and a blank at token `last` go on with the number that starts at `first`: "about 1, 300"."""
    if last + 1 >= len(tokens) or tokens[last].text != ",":
        return False
    token = tokens[last + 1]
    if len(token.lower) != 3 or not token.lower.isdecimal() or text[tokens[last].start - 1] == " ":
        return False
    return token.lower == "000" or (first > 0 and tokens[first - 1].lower in BEFORE_LOOSE_GROUPS)


def _value(digits: str) -> Decimal:
    """What a run of digits with separators says: "1,000", "1.5", "1.000.000", "10,00,000"."""
    groups = digits.split(",")
    if len(groups) > 1 and len(groups[-1].split(".")[0]) == 3:
        digits = digits.replace(",", "")
    elif len(groups) == 2 and "." not in digits and len(groups[1]) < 3:
        # A decimal comma: "2,5 million".
        digits = digits.replace(",", ".")
    elif len(groups) > 1:
        digits = digits.replace(",", "")
    pieces = digits.split(".")
    if len(pieces) > 2 or (len(pieces) == 2 and pieces[1] == "000" and len(pieces[0]) <= LARGEST_GROUP):
        digits = "".join(pieces)
    return Decimal(digits)


def _whole(digits: str) -> str:
    return "".join(mark for mark in digits if mark.isdecimal()) or "0"


def scaled(tokens: Sequence[Token], numeral: Numeral) -> Numeral:
    """Multiply by the scales that follow: "1.2 million", "$9m", "20 hundred", "5-billion-dollar"."""
    at, end, value, scale = numeral.last, numeral.end, numeral.value, numeral.scale
    rest = ""
    while at < len(tokens):
        token = tokens[at]
        lower = token.lower
        hyphen = lower == "-" and token.start == end and at + 1 < len(tokens)
        if hyphen:
            token = tokens[at + 1]
            lower = token.lower
        head, _, tail = lower.partition("-")
        factor = SCALES.get(head)
        if factor is None and token.start == end and not hyphen:
            factor = LETTERS.get(head)
            if head == "m" and _is_meter(tokens, at, numeral):
                factor = None
        if factor is None and token.text == "B" and not hyphen and _counts(tokens, at + 1):
            # "8 B people"
            factor = LETTERS["b"]
        if factor is None and head == "m" and numeral.first and tokens[numeral.first - 1].text in CURRENCY_MARKS:
            # "$5 m"
            factor = LETTERS[head]
        if factor is None or (factor == 12 and numeral.form == "digits" and not value.is_signed() and value > 99):
            break
        if scale * factor > LARGEST_SCALE:
            break
        value, scale = value * factor, scale * factor
        end = token.start + len(head)
        at += 2 if hyphen else 1
        if tail:
            rest = tail
            break
    if at == numeral.last:
        return numeral
    return numeral._replace(last=at, end=end, value=value, scale=scale, rest=rest)


def _is_meter(tokens: Sequence[Token], at: int, numeral: Numeral) -> bool:
    """Whether an "m" right behind digits is a meter: "the 400m race", "100m from the border"."""
    before = tokens[numeral.first - 1].text if numeral.first else ""
    if before in ("$", "£", "€") or numeral.value != numeral.value.to_integral_value():
        return False
    following = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    if following == "(":
        # Feet in brackets: "the 37m (121ft) skeleton".
        return any(token.lower in ("ft", "feet", "foot") for token in tokens[at + 3 : at + 4])
    return following in METER_WORDS


def _counts(tokens: Sequence[Token], at: int) -> bool:
    """Whether token `at` is a noun in the plural."""
    return at < len(tokens) and tokens[at].tag == "NNS"
