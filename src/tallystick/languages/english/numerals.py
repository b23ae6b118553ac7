"""Read the numerals of an English sentence: digits, words, scales, vague plurals and fractions.

Takes the tokens of a sentence; gives `Numeral` records in order, without overlap. What a numeral counts, whether it is
a date or a sum, and which words bound it is not asked here.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from tallystick.languages.language import Token
from tallystick.model.quantity import Number

__all__ = ["FRACTION", "ORDINAL", "Numeral", "numerals"]

UNITS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen".split()
    )
} | {"nil": 0}
TENS = {word: 10 * (at + 2) for at, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())}
TENS["fourty"] = 40
SCALES = {
    "hundred": 100, "thousand": 1_000, "million": 10**6, "mln": 10**6, "mio": 10**6, "billion": 10**9, "bln": 10**9,
    "trillion": 10**12, "trln": 10**12, "lakh": 10**5, "lakhs": 10**5, "crore": 10**7, "crores": 10**7, "dozen": 12,
}  # fmt: skip
# Letters that scale only right behind a digit: "5k", "$9m", "4.5bn".
LETTERS = {"k": 1_000, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12, "trn": 10**12}
# claim-record: a vague plural is at least two of its kind.
VAGUE = {"dozens": 24, "scores": 20, "tens": 20, "hundreds": 200, "thousands": 2_000, "millions": 2 * 10**6,
         "billions": 2 * 10**9, "trillions": 2 * 10**12}  # fmt: skip
VAGUE_OF = frozenset(("dozens", "tens", "scores", "hundreds", "thousands"))
VAGUE_LEADS = frozenset(("several", "few", "many", "multiple", "countless"))
FRACTIONS = {"half": Decimal("0.5"), "quarter": Decimal("0.25"), "third": Decimal(1) / 3, "fifth": Decimal("0.2"),
             "tenth": Decimal("0.1"), "eighth": Decimal("0.125"), "sixth": Decimal(1) / 6}  # fmt: skip
PLURAL_FRACTIONS = {word + "s": value for word, value in FRACTIONS.items() if word != "half"} | {
    "halves": Decimal("0.5")
}
VULGAR = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75"), "⅓": Decimal(1) / 3, "⅔": Decimal(2) / 3}
ORDINAL_ENDINGS = ("st", "nd", "rd", "th")
ORDINAL = "ordinal"
FRACTION = "fraction"
# Longer runs of digits are serial numbers, keys or noise; nobody counts so far.
LONGEST_DIGITS = 24
# Blanks that group digits: "10 000" with a no-break, thin or figure space.
GROUPING = frozenset("\u00a0\u202f\u2009\u2007")


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


def numerals(tokens: Sequence[Token], text: str) -> tuple[Numeral, ...]:
    """Give every numeral of a sentence in order, without overlap; offsets are code points of `text`."""
    found: list[Numeral] = []
    at = 0
    while at < len(tokens):
        numeral = _numeral(tokens, at, text)
        if numeral is None:
            at += 1
        else:
            found.append(numeral)
            at = max(numeral.last, at + 1)
    return tuple(found)


def _numeral(tokens: Sequence[Token], at: int, text: str) -> Numeral | None:
    token = tokens[at]
    first = token.lower[0]
    if first.isdecimal() and first.isascii():
        return _digits(tokens, at, text)
    if first in VULGAR:
        return Numeral(at, at + 1, token.start, token.start + 1, VULGAR[first], form=FRACTION)
    if not first.isalpha():
        return None
    return _vague(tokens, at) or _words(tokens, at) or _part(tokens, at)


def _digits(tokens: Sequence[Token], at: int, text: str) -> Numeral | None:
    """A numeral in digits with the scale behind it."""
    token = tokens[at]
    lower = token.lower
    if len(lower) > LONGEST_DIGITS:
        return None
    if lower.endswith(ORDINAL_ENDINGS):
        return Numeral(at, at + 1, token.start, token.end, Decimal(_whole(lower[:-2])), form=ORDINAL)
    value, last = _grouped(tokens, at, text)
    end = tokens[last - 1].end
    if last + 1 < len(tokens) and tokens[last].text == "/" and tokens[last + 1].lower.isdecimal():
        over = int(tokens[last + 1].lower[:LONGEST_DIGITS])
        touching = tokens[last].start == end and tokens[last + 1].start == tokens[last].end
        if touching and value < over <= 10 and value == 1:
            return Numeral(at, last + 2, token.start, tokens[last + 1].end, value / over, form=FRACTION)
    return _scaled(tokens, Numeral(at, last, token.start, end, value))


def _grouped(tokens: Sequence[Token], at: int, text: str) -> tuple[Decimal, int]:
    """The value of the digits at `at`, groups set apart by blanks joined, and where they end."""
    digits = tokens[at].lower
    last = at + 1
    if digits.isdecimal() and len(digits) <= 3:
        while last < len(tokens) and len(digits) < LONGEST_DIGITS and _is_group(tokens, last, text):
            digits += tokens[last].lower
            last += 1
    return _value(digits), last


def _is_group(tokens: Sequence[Token], at: int, text: str) -> bool:
    """Whether token `at` is the next three digits of the number before it: "10 000"."""
    token, before = tokens[at], tokens[at - 1]
    if len(token.lower) != 3 or not token.lower.isdecimal():
        return False
    gap = text[before.end : token.start]
    return gap in GROUPING or (gap == " " and token.lower == "000")


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
    if len(pieces) > 2:
        digits = "".join(pieces)
    return Decimal(digits)


def _whole(digits: str) -> str:
    return "".join(mark for mark in digits if mark.isdecimal()) or "0"


def _scaled(tokens: Sequence[Token], numeral: Numeral) -> Numeral:
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
        if factor is None or (factor == 12 and numeral.form == "digits" and not value.is_signed() and value > 99):
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
    return following in METER_WORDS


METER_WORDS = frozenset(
    "race high tall deep long wide away from below above freestyle relay sprint final hurdles butterfly backstroke"
    " dash pool underwater downstream upstream north south east west runners mark title champion".split()
)


def _words(tokens: Sequence[Token], at: int) -> Numeral | None:
    """A numeral in words: "twenty-five", "three hundred and forty-six", "a million", "half a dozen", "two dozen"."""
    pieces = tokens[at].lower.split("-")
    if pieces[0] == "half":
        return _half(tokens, at)
    if pieces[0] in ("a", "an") and len(pieces) == 1:
        return _with_article(tokens, at)
    if pieces[0] in SCALES:
        return _bare_scale(tokens, at)
    if pieces[0] not in UNITS and pieces[0] not in TENS:
        return None
    return _spelled(tokens, at)


def _spelled(tokens: Sequence[Token], start: int) -> Numeral | None:
    """Read number words from token `start` on; a hyphenated token may end in another word."""
    total, current, scale = 0, 0, 1
    at, end, rest = start, tokens[start].start, ""
    first_at = start
    while at < len(tokens) and not rest:
        token = tokens[at]
        pieces = token.lower.split("-")
        if token.lower == "and" and current and current % 100 == 0 and _continues(tokens, at + 1):
            at += 1
            continue
        offset = 0
        taken = 0
        for piece in pieces:
            step = _step(current, piece, first=at == first_at and taken == 0)
            if step is None:
                break
            if piece in SCALES and SCALES[piece] > 100:
                total += max(current, 1) * SCALES[piece]
                current, scale = 0, SCALES[piece]
            else:
                current, scale = step, SCALES.get(piece, scale)
            offset += len(piece) + 1
            taken += 1
        if taken == 0:
            break
        end = token.start + offset - 1
        rest = "-".join(pieces[taken:])
        at += 1
    if at == start:
        return None
    numeral = Numeral(start, at, tokens[start].start, end, Decimal(total + current), scale, form="words", rest=rest)
    if rest in FRACTIONS or rest in PLURAL_FRACTIONS:
        part = FRACTIONS.get(rest) or PLURAL_FRACTIONS[rest]
        return numeral._replace(value=numeral.value * part, end=tokens[at - 1].end, form=FRACTION, rest="")
    return _fraction_of(tokens, numeral)


def _step(current: int, piece: str, *, first: bool) -> int | None:
    """The value once `piece` is added to the number below the last thousand, or None where it starts another."""
    if piece in UNITS:
        fits = first or current == 0 or (current % 10 == 0 and current % 100 >= 20 and UNITS[piece] < 10)
        return current + UNITS[piece] if fits or current % 100 == 0 else None
    if piece in TENS:
        return current + TENS[piece] if current % 100 == 0 else None
    if piece == "dozen":
        return current * 12 if 0 < current < 100 else None
    if piece == "hundred":
        return current * 100 if 0 < current < 100 else None
    return current if piece in SCALES else None


def _continues(tokens: Sequence[Token], at: int) -> bool:
    """Whether "and" goes on with a number below a hundred: "three hundred and forty-six"."""
    if at >= len(tokens):
        return False
    head = tokens[at].lower.split("-")[0]
    return head in TENS or head in UNITS


def _fraction_of(tokens: Sequence[Token], numeral: Numeral) -> Numeral:
    """Read "two thirds" as a fraction, "three quarters of a million" as a number."""
    at = numeral.last
    if at >= len(tokens) or numeral.rest:
        return numeral
    part = PLURAL_FRACTIONS.get(tokens[at].lower)
    if part is None and numeral.value == 1:
        part = FRACTIONS.get(tokens[at].lower)
    if part is None:
        return numeral
    value = numeral.value * part
    scaled = _of_a_scale(tokens, at + 1)
    if scaled is not None:
        last, factor = scaled
        return numeral._replace(last=last, end=tokens[last - 1].end, value=value * factor, scale=factor)
    return numeral._replace(last=at + 1, end=tokens[at].end, value=value, form=FRACTION)


def _of_a_scale(tokens: Sequence[Token], at: int) -> tuple[int, int] | None:
    """Where "of a million" at `at` ends, and its factor."""
    if at + 2 < len(tokens) and tokens[at].lower == "of" and tokens[at + 1].lower == "a":
        factor = SCALES.get(tokens[at + 2].lower)
        if factor is not None and factor >= 1_000:
            return at + 3, factor
    return None


def _half(tokens: Sequence[Token], at: int) -> Numeral | None:
    """Read "half a million", "half mln", "half-million" and "half a dozen"; "half" alone is a fraction."""
    token = tokens[at]
    _, _, tail = token.lower.partition("-")
    if tail:
        head, _, rest = tail.partition("-")
        if head not in SCALES:
            return None
        end = token.start + len("half-") + len(head)
        value = Decimal(SCALES[head]) / 2
        return Numeral(at, at + 1, token.start, end, value, SCALES[head], form="words", rest=rest)
    after = at + 1
    if after < len(tokens) and tokens[after].lower in ("a", "an"):
        after += 1
    factor = SCALES.get(tokens[after].lower) if after < len(tokens) else None
    if factor is None:
        return Numeral(at, at + 1, token.start, token.end, FRACTIONS["half"], form=FRACTION)
    return Numeral(at, after + 1, token.start, tokens[after].end, Decimal(factor) / 2, factor, form="words")


def _with_article(tokens: Sequence[Token], at: int) -> Numeral | None:
    """Read "a hundred", "a million", "a dozen", "a quarter of a million", "a few hundred"."""
    after = at + 1
    if after >= len(tokens):
        return None
    lower = tokens[after].lower
    if lower in FRACTIONS and lower != "half":
        scaled = _of_a_scale(tokens, after + 1)
        if scaled is not None:
            last, factor = scaled
            value = FRACTIONS[lower] * factor
            return Numeral(at, last, tokens[at].start, tokens[last - 1].end, value, factor, form="words")
        fraction = after + 1 < len(tokens) and tokens[after + 1].lower == "of"
        if fraction:
            return Numeral(at, after + 1, tokens[at].start, tokens[after].end, FRACTIONS[lower], form=FRACTION)
        return None
    head, _, rest = lower.partition("-")
    if head not in SCALES or (head == "dozen" and rest):
        return None
    bare = _bare_scale(tokens, after)
    return None if bare is None else bare._replace(first=at, start=tokens[at].start if not bare.rest else bare.start)


def _bare_scale(tokens: Sequence[Token], at: int) -> Numeral | None:
    """Read a scale without a number before it: "million-strong", "dozen", "hundred thousand"."""
    token = tokens[at]
    head, _, rest = token.lower.partition("-")
    if head in ("lakhs", "crores"):
        return None
    end = token.start + len(head)
    numeral = Numeral(at, at + 1, token.start, end, Decimal(SCALES[head]), SCALES[head], form="words", rest=rest)
    return numeral if rest else _scaled(tokens, numeral)


def _vague(tokens: Sequence[Token], at: int) -> Numeral | None:
    """Read "thousands", "tens of thousands", "several hundred", "a few dozen"."""
    token = tokens[at]
    start = token.start
    lead = token.lower in VAGUE_LEADS
    word = at + 1 if lead else at
    if word < len(tokens) and lead and tokens[word].lower in SCALES:
        factor = SCALES[tokens[word].lower]
        value = 2 * factor
        last = word + 1
        if last < len(tokens) and tokens[last].lower in SCALES and SCALES[tokens[last].lower] > factor:
            value *= SCALES[tokens[last].lower]
            last += 1
        return Numeral(at, last, start, tokens[last - 1].end, Decimal(value), vague=True, form="words")
    if lead or token.lower not in VAGUE:
        return None
    value = VAGUE[token.lower]
    last = at + 1
    while last + 1 < len(tokens) and tokens[last].lower == "of" and tokens[last - 1].lower in VAGUE_OF:
        factor = VAGUE.get(tokens[last + 1].lower)
        if factor is None or factor <= 24:
            break
        value *= factor // 2
        last += 2
    if last == at + 1 and token.lower == "tens":
        return None
    return Numeral(at, last, start, tokens[last - 1].end, Decimal(value), vague=True, form="words")


def _part(tokens: Sequence[Token], at: int) -> Numeral | None:
    """A fraction in words without a numerator: "one-third" is read elsewhere, "a third of" with its article."""
    token = tokens[at]
    if token.lower in PLURAL_FRACTIONS and token.lower in ("thirds", "quarters") and at and tokens[at - 1].text == "-":
        return Numeral(at, at + 1, token.start, token.end, PLURAL_FRACTIONS[token.lower], form=FRACTION)
    return None
