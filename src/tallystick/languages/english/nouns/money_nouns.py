"""Find what a sum of money pays for, or is called.

Takes the tokens of a sentence and where the sum stands; gives the noun phrase, or None where the text names none.
"""

from collections.abc import Sequence

from tallystick.languages.english.grammar.inflection import word_lists
from tallystick.languages.english.grammar.noun_phrases import NOUNS, Phrase, phrase_after, phrase_before
from tallystick.languages.language import Token

__all__ = ["noun_of_sum"]

MONEY_LINKS = frozenset(("in", "of", "worth"))
PURPOSE_LINKS = frozenset(("for", "to", "towards", "toward", "on"))
MONEY_NOUN_LINKS = frozenset(
    ("of", "at", "worth", "to", "by", "totaling", "totalling", "from", "around", "costing", "with")
)


def noun_of_sum(tokens: Sequence[Token], first: int, after: int) -> Phrase | None:
    """Give the noun of the sum whose tokens are [first, after): the one behind it, before it, or its purpose."""
    return _after(tokens, after) or _before(tokens, first) or _purpose(tokens, after)


def _after(tokens: Sequence[Token], i: int) -> Phrase | None:
    """The noun behind a sum: "$50 million contract", "15 million dollars in emergency aid"."""
    if i >= len(tokens):
        return None
    if tokens[i].tag in NOUNS or tokens[i].tag in ("JJ", "VBN", "VBG"):
        return phrase_after(tokens, i)
    if tokens[i].lower not in MONEY_LINKS:
        return None
    link = tokens[i].lower
    i += 1
    if i < len(tokens) and tokens[i].lower == "of":
        i += 1
    while i < len(tokens) and tokens[i].tag in ("DT", "PRP$", "PDT"):
        i += 1
    phrase = phrase_after(tokens, i)
    if phrase is None or (link == "in" and tokens[phrase.head].tag in ("NNP", "NNPS", "CD")):
        return None
    return phrase


def _before(tokens: Sequence[Token], first: int) -> Phrase | None:
    """The noun that a sum is said of: "a loan of $50 million", "profits rose to 3.2 mln dlrs"."""
    openers, leading = word_lists("nouns/counted.yaml")["openers"], word_lists("nouns/counted.yaml")["leading"]
    i = first - 1
    linked = False
    while i >= 0:
        token = tokens[i]
        if token.tag in NOUNS:
            return phrase_before(tokens, i) if linked else None
        if token.lower in MONEY_NOUN_LINKS or token.tag in ("VBD", "VBZ", "VBN", "VBP", "VB", "VBG", "MD"):
            linked = True
        elif not (token.lower in openers or token.tag in ("RB", "JJR", "(", "$")) and token.lower not in leading:
            return None
        i -= 1
    return None


def _purpose(tokens: Sequence[Token], i: int) -> Phrase | None:
    """What a sum is for: "50 million dollars for relief"."""
    if i >= len(tokens) or tokens[i].lower not in PURPOSE_LINKS:
        return None
    i += 1
    while i < len(tokens) and tokens[i].tag in ("DT", "PRP$", "VB"):
        i += 1
    return phrase_after(tokens, i)
