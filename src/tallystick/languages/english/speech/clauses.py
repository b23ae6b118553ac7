"""The surroundings of an English verb of speech: its auxiliaries, and whether a clause follows it.

Takes the tokens of a sentence and the place of a verb; gives small readings in token indexes.
"""

from collections.abc import Sequence
from typing import NamedTuple

from tallystick.languages.english.grammar.tagging import BE, HAVE, NEGATIONS
from tallystick.languages.english.speech.sources import BODY_WORDS
from tallystick.languages.language import Token

__all__ = ["VerbGroup", "closes", "is_opening", "is_time", "past_that", "verb_group"]

MODALS = frozenset("could may might should would can will must shall wo ca 'd 'll ’d ’ll".split())
# What stands between a verb of speech and its clause: "told reporters on Monday that".
TELLING = frozenset(
    ("tell", "inform", "assure", "remind", "say", "add", "warn", "reply", "respond", "write", "explain")
)
TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tonight overnight late early last this"
    " earlier morning afternoon evening night week month year january february march april may june july august"
    " september october november december jan feb mar apr jun jul aug sep sept oct nov dec meanwhile".split()
)
# What may stand inside a verb group beside adverbs: "have both said".
FLOATING = frozenset(("both", "all", "each", "since"))
QUOTES = frozenset(('"', "“", "``", "”", "''"))
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
TOLD = frozenset(("NN", "NNS", "NNP", "NNPS", "DT", "JJ", "IN", "PRP", "PRP$", "TO", "RB", "POS"))
# Longest phrase for whom one tells and where, in tokens: "told the council at its session on Monday that".
TOLD_REACH = 14
# How far a clause is looked for behind a verb of speech.
REACH = 40


class VerbGroup(NamedTuple):
    """The verb with its auxiliaries.

    Attributes:
        first: First token of the group.
        passive: Whether its subject is spoken of.
        participle: Whether it is a present participle without an auxiliary.
        unreal: Whether nothing was said: negated, modal or an infinitive.
    """

    first: int
    passive: bool
    participle: bool
    unreal: bool


def verb_group(tokens: Sequence[Token], i: int) -> VerbGroup:
    """Read the auxiliaries to the left of the verb at `i`."""
    first, tag = i, tokens[i].tag
    be = have = unreal = False
    k = i - 1
    while k >= 0 and i - k < 6:
        token = tokens[k]
        if token.lower in NEGATIONS or token.lower in ("n't", "n’t"):
            unreal = True
        elif token.lower in BE and token.text not in ("'s", "’s"):
            be, first = True, k
        elif token.lower in HAVE:
            have, first = True, k
        elif token.lower in MODALS:
            unreal, first = True, k
        elif token.lower in ("do", "does", "did"):
            first = k
        elif token.tag == "TO":
            unreal = tokens[k - 1].lower not in ("on", "went") if k else True
            break
        elif token.tag not in ("RB", "RBR") and token.lower not in FLOATING:
            break
        k -= 1
    past = tag in ("VBN", "VBD") or (tag == "VB" and be)
    by = i + 1 < len(tokens) and any(token.lower == "by" for token in tokens[i + 1 : i + 3])
    if tag == "VBD" and by and i and tokens[i - 1].text == ",":
        # "..., announced on Friday by the agency".
        tag = "VBN"
    passive = (be and past) or (tag == "VBN" and not have and (by or (first == i and _after_noun_only(tokens, i))))
    return VerbGroup(first, passive, tag == "VBG" and not be, unreal)


def _after_noun_only(tokens: Sequence[Token], i: int) -> bool:
    """Whether a participle hangs on a noun or stands before one rather than being a past tense."""
    if tokens[i].lower in ("said", "told", "added") or (i and tokens[i - 1].lower in BODY_WORDS):
        return False
    if i and (tokens[i - 1].lower in FLOATING or tokens[i - 1].lower == "first"):
        return False
    return i == 0 or tokens[i - 1].tag in ("DT", "IN", "JJ", "CD", "PRP$", "VBN")


def is_time(token: Token) -> bool:
    """Whether a word tells when."""
    return token.lower in TIMES


def past_that(tokens: Sequence[Token], i: int) -> int:
    """Index past a "that" or a mark at `i`, and past those who were told: "reporters in Oslo that"."""
    counted = i < len(tokens) and tokens[i].tag == "IN"
    for k in range(i, min(i + TOLD_REACH, len(tokens))):
        if tokens[k].lower == "that" and k > i and tokens[k].tag == "IN":
            return k + 1
        if tokens[k].tag not in TOLD and not (counted and tokens[k].tag == "CD"):
            break
    while i < len(tokens) and (tokens[i].lower == "that" or tokens[i].text in (",", ":")):
        i += 1
    return i


def is_opening(tokens: Sequence[Token], k: int) -> bool:
    """Whether token `k` is a quotation mark that opens."""
    if tokens[k].text in ("“", "``"):
        return True
    if tokens[k].text not in ('"', "''") or k + 1 >= len(tokens) or tokens[k].end != tokens[k + 1].start:
        return False
    return k == 0 or tokens[k - 1].end < tokens[k].start


def closes(tokens: Sequence[Token], i: int, base: str) -> int | None:
    """Give the token at which a parenthetical "X said ..." ends; None where what was said follows it.

    Args:
        tokens: The sentence.
        i: First token behind the verb.
        base: Base form of the verb.
    """
    count = len(tokens)
    if i < count and base not in TELLING and tokens[i].tag in _OBJECT and not is_time(tokens[i]):
        return None
    if (
        i < count
        and base in ("say", "add")
        and tokens[i].tag in ("DT", "PRP", "PRP$", "EX", "$")
        and not _timed(tokens, i)
    ):
        return None
    # What hangs on the speech itself: "officials said as dawn broke".
    relative = (
        i < count and tokens[i].lower in ("as", "when", "while", "after", "before") and tokens[i + 1 : i + 2] != ()
    )
    timed = True
    for k in range(i, min(count, i + REACH)):
        token = tokens[k]
        if timed and k > i and token.lower in ("after", "when", "before", "while"):
            # "said in August after the company announced", "said in Oslo on Friday before he left".
            relative = True
        placed = token.tag in ("NNP", "NNPS") and k > i and tokens[k - 1].tag in ("IN", "DT", "NNP")
        timed = timed and (is_time(token) or token.tag in ("IN", "DT") or placed)
        if token.lower in ("who", "which", "whose"):
            relative = True
        if token.text in QUOTES or token.text == ":" or token.lower == "that" or token.text in ("--", "—"):
            return None
        if token.text == ";" or (token.text == ")" and k == i):
            return k
        if token.text == "." and k < count - 1:
            # "said Mr. Weiss": an abbreviation.
            continue
        if token.tag in (",", "."):
            if token.text != "," and not (k == count - 1 or tokens[k].tag == "."):
                continue
            following = k + 1
            if following < count and tokens[following].text in QUOTES:
                return None if is_opening(tokens, following) and k == i else k
            return k
        if token.tag in FINITE and not relative:
            return None
        if token.tag in ("CD", "$") and not _is_date(tokens, k):
            return None
    return count if count - i <= REACH else None


_OBJECT = frozenset(("NN", "NNS", "NNP", "NNPS", "DT", "JJ", "PRP$", "PRP", "CD", "$", "VBG", "TO", "EX"))


def _timed(tokens: Sequence[Token], i: int) -> bool:
    return i + 1 < len(tokens) and is_time(tokens[i + 1])


def _is_date(tokens: Sequence[Token], k: int) -> bool:
    """Whether a number is the day of a month, a year or an hour."""
    before = tokens[k - 1] if k else None
    after = tokens[k + 1] if k + 1 < len(tokens) else None
    if before is not None and (is_time(before) or before.text == ","):
        return after is None or after.tag not in ("NN", "NNS", "JJ")
    return after is not None and (is_time(after) or after.lower in ("a.m", "p.m", "a.m.", "p.m."))
