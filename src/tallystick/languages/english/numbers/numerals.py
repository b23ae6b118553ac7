"""Read the numerals of an English sentence: digits, words, scales, vague plurals and fractions.

Takes the tokens of a sentence; gives `Numeral` records in order, without overlap. What a numeral counts, whether it is
a date or a sum, and which words bound it is not asked here.
"""

from collections.abc import Sequence
from decimal import Decimal

from tallystick.languages.english.numbers.digits import FRACTION, SCALES, VULGAR, Numeral, in_digits, scaled
from tallystick.languages.language import Token

__all__ = ["numerals"]

UNITS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen".split()
    )
} | {"nil": 0}
TENS = {word: 10 * (at + 2) for at, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())}
TENS["fourty"] = 40
# claim-record: a vague plural is at least two of its kind.
VAGUE = {"dozens": 24, "scores": 20, "tens": 20, "hundreds": 200, "thousands": 2_000, "millions": 2 * 10**6,
         "billions": 2 * 10**9, "trillions": 2 * 10**12}  # fmt: skip
VAGUE_OF = frozenset(("dozens", "tens", "scores", "hundreds", "thousands"))
# These scale a number before them only; "Bn" alone is a battalion.
NEVER_BARE = frozenset(("lakhs", "crores", "mln", "bln", "trln", "mio", "mn", "bn"))
DOUBTFUL = frozenset(("tens", "scores"))
AFTER_SCORES = frozenset("more were are have had killed dead injured wounded missing arrested others people".split())
REPEATED = frozenset(("upon", "and", "on"))
VAGUE_LEADS = frozenset(("several", "few", "many", "multiple", "countless"))
FRACTIONS = {"half": Decimal("0.5"), "quarter": Decimal("0.25"), "third": Decimal(1) / 3, "fifth": Decimal("0.2"),
             "tenth": Decimal("0.1"), "eighth": Decimal("0.125"), "sixth": Decimal(1) / 6}  # fmt: skip
PLURAL_FRACTIONS = {word + "s": value for word, value in FRACTIONS.items() if word != "half"} | {
    "halves": Decimal("0.5")
}

THOUSAND = 1_000
LONGEST_HUNG = 3
# "The second half", "this half" is a stretch of a game or a year.
BEFORE_HALF_TIME = frozenset("first second this last latter opening closing next other better fiscal".split())
# Every word that a numeral may start with; most words of a text are passed over by this alone.
STARTERS = frozenset((*UNITS, *TENS, *SCALES, *VAGUE, *VAGUE_LEADS, *PLURAL_FRACTIONS, "half", "a", "an"))


def numerals(tokens: Sequence[Token], text: str) -> tuple[Numeral, ...]:
    """Give every numeral of a sentence in order, without overlap; offsets are code points of `text`."""
    found: list[Numeral] = []
    at = 0
    while at < len(tokens):
        numeral = _numeral(tokens, at, text)
        if numeral is None:
            at += 1
        else:
            numeral = _and_a_half(tokens, numeral)
            found.append(numeral)
            at = max(numeral.last, at + 1)
    return tuple(found)


def _numeral(tokens: Sequence[Token], at: int, text: str) -> Numeral | None:
    token = tokens[at]
    lower = token.lower
    first = lower[0]
    if first.isdecimal() and first.isascii():
        return in_digits(tokens, at, text)
    if first in VULGAR:
        return Numeral(at, at + 1, token.start, token.start + 1, VULGAR[first], form=FRACTION)
    if lower not in STARTERS and ("-" not in lower or lower.partition("-")[0] not in STARTERS):
        return None
    return _vague(tokens, at) or _words(tokens, at) or _part(tokens, at)


def _and_a_half(tokens: Sequence[Token], numeral: Numeral) -> Numeral:
    """Add the half of "two and a half million", "three-and-a-half years"."""
    at, half = numeral.last, Decimal(numeral.scale) / 2
    if numeral.form == FRACTION or numeral.vague:
        return numeral
    if numeral.rest.startswith("and-a-half"):
        rest = numeral.rest[len("and-a-half") :].removeprefix("-")
        end = tokens[at - 1].end - len(rest) - (1 if rest else 0)
        more = numeral._replace(end=end, value=numeral.value + half, rest=rest)
        return more if rest else scaled(tokens, more)
    if not numeral.rest and [token.lower for token in tokens[at : at + 3]] == ["and", "a", "half"]:
        more = numeral._replace(last=at + 3, end=tokens[at + 2].end, value=numeral.value + half)
        return scaled(tokens, more)
    return numeral


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
    hundreds = _hung_digits(tokens, at, end) if not rest and scale >= THOUSAND else 0
    if hundreds and hundreds < scale:
        # "four-thousand-100"
        total, at = total + hundreds, at + 2
        end = tokens[at - 1].end
    numeral = Numeral(start, at, tokens[start].start, end, Decimal(total + current), scale, form="words", rest=rest)
    if rest in FRACTIONS or rest in PLURAL_FRACTIONS:
        part = FRACTIONS.get(rest) or PLURAL_FRACTIONS[rest]
        return numeral._replace(value=numeral.value * part, end=tokens[at - 1].end, form=FRACTION, rest="")
    return _fraction_of(tokens, numeral)


def _hung_digits(tokens: Sequence[Token], at: int, end: int) -> int:
    """The digits that hang by a hyphen on a number in words that ends at `end`, 0 where there are none."""
    if at + 1 >= len(tokens) or tokens[at].text != "-" or tokens[at].start != end:
        return 0
    digits = tokens[at + 1]
    tied = digits.start == tokens[at].end and digits.text.isdecimal() and len(digits.text) <= LONGEST_HUNG
    return int(digits.text) if tied else 0


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
        if at and tokens[at - 1].lower in BEFORE_HALF_TIME:
            return None
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
    if head in NEVER_BARE:
        return None
    end = token.start + len(head)
    numeral = Numeral(at, at + 1, token.start, end, Decimal(SCALES[head]), SCALES[head], form="words", rest=rest)
    return numeral if rest else scaled(tokens, numeral)


def _vague(tokens: Sequence[Token], at: int) -> Numeral | None:
    """Read "thousands", "tens of thousands", "several hundred", "a few dozen"."""
    token = tokens[at]
    start = token.start
    couple = _couple(tokens, at) if token.lower == "a" else at
    lead = token.lower in VAGUE_LEADS or couple > at
    word = max(couple, at + 1) if lead else at
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
    if last + 1 < len(tokens) and tokens[last].lower in REPEATED and tokens[last + 1].lower == token.lower:
        # "thousands upon thousands"
        last += 2
    while last + 1 < len(tokens) and tokens[last].lower == "of" and tokens[last - 1].lower in VAGUE_OF:
        part = VAGUE.get(tokens[last + 1].lower)
        if part is None or part <= VAGUE["dozens"]:
            break
        value *= part // 2
        last += 2
    if last == at + 1 and token.lower in DOUBTFUL:
        # "tens of workers" but "in their tens"; "scores of shells" but "he scores twice" and "the scores rose".
        following = tokens[last].lower if last < len(tokens) else ""
        injuring = at > 0 and tokens[at - 1].tag == "VBG"
        known = token.lower == "scores" and (following in AFTER_SCORES or injuring)
        if following != "of" and not known:
            return None
    return Numeral(at, last, start, tokens[last - 1].end, Decimal(value), vague=True, form="words")


def _couple(tokens: Sequence[Token], at: int) -> int:
    """Where the scale of "a couple of dozen" or "a few thousand" stands, `at` where there is none."""
    words = [token.lower for token in tokens[at : at + 4]]
    if words[:2] == ["a", "few"] and words[2:3] and words[2] in SCALES:
        return at + 2
    if words[:2] != ["a", "couple"]:
        return at
    after = 3 if words[2:3] == ["of"] else 2
    return at + after if len(words) > after and words[after] in SCALES else at


def _part(tokens: Sequence[Token], at: int) -> Numeral | None:
    """A fraction in words without a numerator: "one-third" is read elsewhere, "a third of" with its article."""
    token = tokens[at]
    if token.lower in PLURAL_FRACTIONS and token.lower in ("thirds", "quarters") and at and tokens[at - 1].text == "-":
        return Numeral(at, at + 1, token.start, token.end, PLURAL_FRACTIONS[token.lower], form=FRACTION)
    return None
