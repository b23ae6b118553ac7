"""Join the two ends of an English range: "30 to 40 thousand", "between 5 and 7", "from 1 percent to 1.5 percent".

Takes the figures of a sentence in order; gives them with every range as one figure.
"""

from collections.abc import Sequence
from decimal import Decimal

from tallystick.languages.english.grammar.inflection import verb_base, word_lists
from tallystick.languages.english.numbers.calendar_kinds import is_month
from tallystick.languages.english.numbers.figures import Figure
from tallystick.languages.english.numbers.units import Unit, unit_at
from tallystick.languages.language import Token

__all__ = ["ranges"]

JOINERS = frozenset(("to", "-", "–", "—", "--"))
# Words that may stand between "to" and the upper end: "5 to about 10".
SOFTENERS = frozenset(("about", "around", "nearly", "perhaps", "maybe", "almost", "possibly", "even"))
# "two or three" is a range; "500 or 3,000" is two figures.
SMALL_ALTERNATIVE = 20
THOUSAND = 1_000
# Ends of one range are seldom farther apart than this.
CLOSE = 4
YEAR_DIGITS = 4
# Words from a verb of change to "from": "rose during the year from 70,000 to 85,000".
CHANGE_REACH = 8
# Behind a comma it may stand farther: "to raise the number of workers hired from abroad, from 70,000 to 85,000".
REACH_OVER_COMMA = 20
SPREADING = frozenset("range ranges ranged ranging vary varies varied varying estimated anywhere priced".split())
# "rose 32,000 to 1.4 million" tells a difference and a count, no range.
CHANGES = frozenset(
    "by up down rise rises rose risen fall falls fell fallen increase increases increased decrease decreased grew grow"
    " grown climb climbed drop dropped jump jumped gain gained raise raised cut add added another plus".split()
)


def ranges(tokens: Sequence[Token], figures: Sequence[Figure]) -> list[Figure]:
    """Give `figures` with the two ends of each range joined into one, in order."""
    joined: list[Figure] = []
    for figure in figures:
        if joined and (whole := _range(tokens, joined[-1], figure)) is not None:
            joined[-1] = whole
        else:
            joined.append(figure)
    return joined


def _range(tokens: Sequence[Token], one: Figure, two: Figure) -> Figure | None:
    """The range from `one` to `two`, or None where they are two figures."""
    if one.upper is not None or one.form in ("ordinal", "fraction") or two.form in ("ordinal", "fraction"):
        return None
    if one.vague or two.vague or (one.currency is not None and two.currency not in (None, one.currency)):
        return None
    if not _is_joined(tokens, one, two) or _in_chain(tokens, one, two):
        return None
    low, high = one.value, two.value
    if one.scale == 1 and two.scale > 1 and low < high / two.scale and one.rest == "":
        low *= two.scale
    elif _shares_thousands(tokens, one, two):
        low *= THOUSAND
    if two.scale == 1 and one.scale > 1 and two.currency is None and high > low / one.scale:
        # "1.8 million to 2.3"
        high *= one.scale
    if one.currency is None and two.currency is not None:
        low /= two.divisor
    if low >= high:
        return None
    return one._replace(
        last=two.last, end=two.end, value=low, upper=high, scale=max(one.scale, two.scale), rest=two.rest,
        currency=two.currency or one.currency, form=two.form, subunit=two.subunit or one.subunit,
    )  # fmt: skip


def _in_chain(tokens: Sequence[Token], one: Figure, two: Figure) -> bool:
    """Whether more digits hang on either end by a hyphen, as in the number of a telephone."""
    if tokens[one.last].text != "-":
        return False
    before, behind = one.first - 2, two.last + 1
    if before >= 0 and tokens[before + 1].text == "-" and tokens[before].text.isdecimal():
        return tokens[before].end == tokens[before + 1].start and tokens[before + 1].end == one.start
    touches = behind < len(tokens) and tokens[two.last].text == "-" and tokens[two.last].start == two.end
    return touches and tokens[behind].text.isdecimal() and tokens[behind].start == tokens[two.last].end


def _is_joined(tokens: Sequence[Token], one: Figure, two: Figure) -> bool:
    """Whether the words between two figures make them one range."""
    between = _between(tokens, one, two)
    if one.rest and one.rest != "to":
        return False
    while len(between) > 1 and between[-1] in SOFTENERS:
        between.pop()
    if between in (["-", "to"], ["-", "and"], ["-", "to", "-"]) and one.end == tokens[one.last].start:
        between = ["to"]
    if between in (["up", "to"], ["to", "as", "many", "as"], ["to", "as", "much", "as"]):
        between = ["to"]
    if len(between) != 1:
        return False
    word = between[0]
    if word == "and":
        return "between" in [token.lower for token in tokens[max(0, one.first - 3) : one.first]]
    if word == "or":
        both = one.form == two.form == "words" or (one.value == one.value.to_integral_value())
        two_value = two.value / two.scale if one.scale == 1 else two.value
        return both and 0 < two_value - one.value <= 1 and two_value <= SMALL_ALTERNATIVE
    if word == "to":
        return _runs_to(tokens, one, two)
    if word == "/":
        return _are_close(one.value / one.scale, two.value / two.scale) and one.end == tokens[one.last].start
    tight = word != "-" or tokens[one.last].start == one.end or two.start == tokens[one.last].end
    return word in JOINERS and (tight or _spaced(tokens, one, two))


def _between(tokens: Sequence[Token], one: Figure, two: Figure) -> list[str]:
    """The words between two figures; a unit that stands behind both is passed over: "5 percent to 10 percent"."""
    first = one.last
    if one.currency is None and one.scale == 1:
        mark = unit_at(tokens, first, one.end) or _percent(tokens, first)
        if mark is not None and mark.last < two.first:
            other = unit_at(tokens, two.last, two.end) or _percent(tokens, two.last)
            if other is not None and other.name == mark.name:
                first = mark.last
    return [token.lower for token in tokens[first : two.first]]


def _percent(tokens: Sequence[Token], at: int) -> Unit | None:
    """The words for "percent" that start at token `at`."""
    words = [token.lower for token in tokens[at : at + 2]]
    if words == ["per", "cent"]:
        return Unit("percent", at + 2)
    percents = word_lists("numbers/quantities.yaml")["percents"]
    return Unit("percent", at + 1) if words and words[0] in percents else None


def _runs_to(tokens: Sequence[Token], one: Figure, two: Figure) -> bool:
    """Whether "to" runs from one end to the other: "rose from 70,000 to 85,000" tells two counts instead."""
    before = [token.lower for token in tokens[max(0, one.first - 4) : one.first]]
    if before[-1:] and (before[-1] in CHANGES or is_month(before[-1])):
        return False
    if two.scale > 1 and _is_year(tokens, one):
        # "rose 60 percent in 2018 to 3.9 million"
        return False
    if "from" not in before[-2:]:
        return True
    return not _is_changing(tokens, one)


def _is_year(tokens: Sequence[Token], figure: Figure) -> bool:
    """Whether a figure may be a year, which no range of millions starts with."""
    text = tokens[figure.first].text
    return text.isdecimal() and len(text) == YEAR_DIGITS and figure.currency is None and figure.scale == 1


def _is_changing(tokens: Sequence[Token], one: Figure) -> bool:
    """Whether a word of change stands before "from 70,000 to 85,000"."""
    lists = word_lists("numbers/changes.yaml")
    apart = one.first > 1 and tokens[one.first - 2].text == ","
    window = tokens[max(0, one.first - (REACH_OVER_COMMA if apart else CHANGE_REACH)) : one.first]
    spread = any(token.lower in SPREADING for token in window)
    words = [token.lower for token in window]
    changes = any(verb_base(word) in lists["rising"] or verb_base(word) in lists["falling"] for word in words)
    return not spread and (changes or not CHANGES.isdisjoint(words))


def _spaced(tokens: Sequence[Token], one: Figure, two: Figure) -> bool:
    """Whether a hyphen with blanks around it joins two numbers before a noun: "2000 - 2500 calories"."""
    if one.form != "digits" or two.form != "digits" or two.last >= len(tokens) or not 0 < one.value < two.value:
        return False
    counted = tokens[two.last].tag == "NNS" or unit_at(tokens, two.last, two.end) is not None
    return counted and two.value < one.value * CLOSE and tokens[max(0, one.first - 1)].tag not in ("NNP", "NNPS")


def _are_close(low: Decimal, high: Decimal) -> bool:
    """Whether "72/78" may be a dealer's or a reporter's range and no fraction or date."""
    return low > 12 and low < high < 2 * low


def _shares_thousands(tokens: Sequence[Token], one: Figure, two: Figure) -> bool:
    """Whether the lower end leaves out the thousands of the upper one: "100-150,000 troops"."""
    if one.scale > 1 or two.scale > 1 or one.form != "digits" or one.value >= THOUSAND or two.value % THOUSAND:
        return False
    tight = tokens[one.last].text in ("-", "–") and tokens[one.last].start == one.end
    return tight and one.value * THOUSAND < two.value < one.value * THOUSAND * CLOSE
