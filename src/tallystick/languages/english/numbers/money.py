"""Tell sums of money: the currency before or behind a numeral, and how far the figure reaches with it.

Takes a numeral among the tokens of a sentence; gives its `Currency`, or None where it is no sum.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from tallystick.languages.english.grammar.inflection import singular, word_lists, word_maps
from tallystick.languages.english.numbers.digits import MINUS, Numeral
from tallystick.languages.language import Token
from tallystick.values.places import country_of, nationality

__all__ = ["Currency", "currency_of"]

SYMBOLS = frozenset("$£€¥₩₽₹₴₪₺฿")
# Hundredths of a unit.
SMALL = {"cent": "cent", "penny": "penny", "pence": "penny", "p": "penny", "kopeck": "kopeck", "sen": "sen"}
# Words that name a currency and much else: believed only behind a scale or a large number, or with a nationality.
AMBIGUOUS = frozenset("won real pound mark rand crown lev leu dong buck cent birr austral lari".split())
BELIEVED_FROM = 100
# "5,000 won a month" is a sum, "5,000 won the right to stay" is people; a small note is 1,000 won.
SMALLEST_IN_WON = 1_000
PERIODS = frozenset(("day", "month", "year", "week", "hour", "person", "head", "piece"))
AFTER_WON = frozenset(("", ".", ",", ";", "(", ")", "per", "each", "in", "to", "for", "and", "worth"))
# Names that stand for the currency of one country wherever a report is from, and how far before a sum a country tells
# that of another name, in tokens.
WORLDWIDE = frozenset(("dollar", "pound", "euro"))
NATION_REACH = 12
# Most words between a number and its currency: "U.S.", "Hong Kong", "Saudi Arabian".
QUALIFIERS = 2
CODES = frozenset(("USD", "EUR", "GBP", "CHF", "RUB", "JPY", "CNY", "KRW", "CAD", "AUD", "NZD", "INR", "UAH", "TRY"))


# Marks in letters that stand right before the digits: "RM79"; "PS8.1bn" and "Y=590" are what broken encodings leave.
# Countries that stand before a dollar sign with a blank between; "US" changes nothing there.
APART = frozenset(("AU", "NZ", "HK"))
TOUCHING = frozenset(("RM", "PS", "Y"))
LETTERED = frozenset(("Rs", "DM", "RM", "PS", "Y"))


class Currency(NamedTuple):
    """The currency of a figure: its ISO 4217 code, the tokens [first, last) of the figure with it, and its divisor.

    `subunit` names the hundredth that the text counts in ("cent"), None where it counts whole ones; `sign` is -1 where
    a minus stands between the mark and the digits.
    """

    code: str
    first: int
    last: int
    end: int
    divisor: Decimal = Decimal(1)
    rest: str = ""
    subunit: str | None = None
    sign: int = 1


def currency_of(tokens: Sequence[Token], numeral: Numeral) -> Currency | None:
    """Give the currency that stands before or behind `numeral`."""
    if numeral.form in ("ordinal", "fraction"):
        return None
    return _before(tokens, numeral) or _behind(tokens, numeral)


def _before(tokens: Sequence[Token], numeral: Numeral) -> Currency | None:
    """A mark ("$", "US$", "£") or a code ("USD", "dlrs", "Rs.") before the digits."""
    at = numeral.first - 1
    if at < 0 or numeral.form != "digits":
        return None
    if tokens[at].text in MINUS and at and tokens[at - 1].text in SYMBOLS and tokens[at].end == numeral.start:
        # "$-50.8bn"
        found = _before(tokens, numeral._replace(first=at, start=tokens[at].start))
        return None if found is None else found._replace(sign=-1)
    token = tokens[at]
    maps = word_maps("numbers/quantities.yaml")
    code: str | None = None
    if at and token.end == numeral.start and tokens[at - 1].text in SYMBOLS and token.text.isalpha():
        # "$A195,900"
        qualifier = token.lower
        at -= 1
        return _reaching(tokens, numeral, at, maps["currency_codes"].get(qualifier, "USD"))
    if token.text in SYMBOLS:
        code = maps["currencies"][token.text]
        lead = tokens[at - 1] if at else None
        # "US$5"; a letter that a wrong decoding left ("Â£5") is no part of the sum.
        if lead is not None and lead.end == token.start and lead.text.isalpha() and lead.text.isascii():
            code = maps["currency_codes"].get(lead.lower, code) if token.text == "$" else code
            at -= 1
        elif lead is not None and token.text == "$" and lead.text in APART:
            # "AU $89.99"
            code = maps["currency_codes"][lead.lower]
            at -= 1
    else:
        if at and ((token.text == "." and tokens[at - 1].lower == "rs") or token.text == "="):
            at -= 1
            token = tokens[at]
        if token.text in TOUCHING and tokens[numeral.first - 1].end != numeral.start:
            return None
        if token.lower == "dlrs" or token.text in CODES or token.text in LETTERED:
            code = maps["currency_codes"].get(token.lower, "USD")
    return None if code is None else _reaching(tokens, numeral, at, code)


def _reaching(tokens: Sequence[Token], numeral: Numeral, at: int, code: str) -> Currency:
    """The currency that starts at token `at`, with its name behind the number where that stands too."""
    behind = _behind(tokens, numeral)
    last, end = (behind.last, behind.end) if behind is not None else (numeral.last, numeral.end)
    return Currency(code, at, last, end, rest=numeral.rest if behind is None else behind.rest)


def _behind(tokens: Sequence[Token], numeral: Numeral) -> Currency | None:
    """A word behind the number: "million dollars", "mln U.S. dlrs", "bn-euro", "thousands of euros"."""
    if numeral.rest:
        head, _, rest = numeral.rest.partition("-")
        code = _named(head, None)
        if code is None:
            return None
        end = numeral.end + 1 + len(head)
        return Currency(code, numeral.first, numeral.last, end, _divisor(head), rest, _subunit(head))
    at = numeral.last
    if numeral.vague and at < len(tokens) and tokens[at].lower == "of":
        at += 1
    if at < len(tokens) and tokens[at].text == "-" and tokens[at].start == numeral.end:
        at += 1
    country: str | None = None
    for step in range(QUALIFIERS + 1):
        if at + step >= len(tokens):
            return None
        token = tokens[at + step]
        head, _, rest = token.lower.partition("-")
        code = _currency_word(tokens, at + step, head, country)
        if code is not None and country is None:
            code = _currency_word(tokens, at + step, head, _nation_before(tokens, numeral.first, singular(head)))
        if code is not None:
            if step == 0 and _doubtful(tokens, at, singular(head), numeral):
                return None
            last = at + step + (2 if singular(head) == "currency" else 1)
            end = token.start + len(head) if rest else tokens[last - 1].end
            return Currency(code, numeral.first, last, end, _divisor(head), rest, _subunit(head))
        if not _qualifies(tokens, at, step):
            return None
        country = _country(tokens, at, step) or country
    return None


def _nation_before(tokens: Sequence[Token], first: int, name: str) -> str | None:
    """The country named before a sum that has a currency of that name: "Norway pledged 250 million kroner"."""
    national = word_maps("numbers/quantities.yaml")["national_currencies"]
    if name in WORLDWIDE:
        return None
    for token in reversed(tokens[max(0, first - NATION_REACH) : first]):
        code = nationality(token.lower) or (country_of(token.text) if token.text[:1].isupper() else None)
        if code is not None and f"{code} {name}" in national:
            return code
    return None


def _currency_word(tokens: Sequence[Token], at: int, head: str, country: str | None) -> str | None:
    if head == "currency" and at + 1 < len(tokens) and singular(tokens[at + 1].lower) == "unit":
        return "XEU"
    if tokens[at].text in CODES:
        return word_maps("numbers/quantities.yaml")["currency_codes"].get(head)
    if head == "p" and at and tokens[at].start == tokens[at - 1].end:
        return "GBP"
    return _named(head, country)


def _named(word: str, country: str | None) -> str | None:
    """The code of a currency's name, by country where its name is shared."""
    if not word.isalpha():
        return None
    maps = word_maps("numbers/quantities.yaml")
    name = singular(word)
    code = maps["currencies"].get(name) or maps["currencies"].get(word)
    return maps["national_currencies"].get(f"{country} {name}", code) if country and code else code


def _qualifies(tokens: Sequence[Token], at: int, step: int) -> bool:
    """Whether a word may stand between a number and its currency."""
    token = tokens[at + step]
    if token.lower in word_lists("numbers/quantities.yaml")["currency_qualifiers"]:
        return True
    return token.text == "." or nationality(token.lower) is not None or token.tag in ("NNP", "NNPS")


def _country(tokens: Sequence[Token], at: int, step: int) -> str | None:
    return nationality(" ".join(token.lower for token in tokens[at : at + step + 1])) or nationality(
        tokens[at + step].lower
    )


def _doubtful(tokens: Sequence[Token], at: int, name: str, numeral: Numeral) -> bool:
    """Whether a currency's name right behind a number is rather another word."""
    following = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    if name == "won" and tokens[at].tag == "VBD" and numeral.scale < BELIEVED_FROM:
        period = following == "a" and at + 2 < len(tokens) and tokens[at + 2].lower in PERIODS
        return numeral.value < SMALLEST_IN_WON or not (period or following in AFTER_WON)
    if name == "mark" and tokens[at].lower == "mark" and tokens[numeral.first - 1].lower == "the":
        # "passed the 2,000 mark" tells a threshold.
        return True
    if name == "pound":
        # "500 pounds of explosives" weighs; "500 pounds" buys.
        return following == "of"
    return name in AMBIGUOUS and name != "cent" and numeral.value < BELIEVED_FROM and name not in ("mark", "rand")


def _divisor(word: str) -> Decimal:
    return Decimal(1) if _subunit(word) is None else Decimal(100)


def _subunit(word: str) -> str | None:
    """The name of a hundredth of a currency, None for a whole one."""
    return SMALL.get(singular(word)) or SMALL.get(word)
