"""Find the words that make a figure a part, a running total or a standing number.

Takes the tokens of a sentence and where the figure stands in it; gives the tokens [first, last) that decide, or None.
"""

from collections.abc import Sequence

from tallystick.languages.english.grammar.inflection import singular, verb_base, word_lists
from tallystick.languages.english.grammar.tagging import HAVE
from tallystick.languages.language import Counted, Sentence, Token

__all__ = ["part_of", "standing_number", "summed_up"]

# How far around a figure the words of measure are looked for, in tokens.
NEAR = 6
FAR = 14
# Words of a period that goes on until now, behind "in the", "over the" or alone.
RECENT = frozenset(("past", "last", "recent"))
SPANS = frozenset(("day", "week", "month", "year", "decade", "hour"))
WHOLES = frozenset(("them", "whom", "those", "which", "who", "the"))
LISTED = frozenset("CD NN NNS NNP NNPS JJ JJR JJS CC , RB DT VBN PRP$".split())
INCLUDING = frozenset(("including", "include", "includes", "included", "among"))


def part_of(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int] | None:
    """Give what makes the figure [first, last] a part of another one: "including 12", "three of them"."""
    i = first - 1
    while i >= 0 and i > first - FAR and tokens[i].tag in LISTED and tokens[i].lower not in INCLUDING:
        i -= 1
    if i >= 0 and tokens[i].lower in INCLUDING:
        return i, i + 1
    after = tokens[last + 1 : last + 3]
    if len(after) > 1 and after[0].lower == "of" and after[1].lower in WHOLES:
        noun = next((token for token in tokens[last + 3 : last + 6] if token.tag in ("NNS", "CD", "POS")), None)
        if after[1].lower != "the" or (noun is not None and noun.tag != "POS"):
            return last + 1, last + 3
    if (
        after
        and after[0].lower in word_lists("nouns/counted.yaml")["harmfully"]
        and (len(after) == 1 or after[1].tag in (",", "."))
    ):
        return last + 1, last + 2
    for i in range(max(0, first - FAR), first):
        # "Of those killed, 11 died in ...", "Among the six who died, four ..."
        if tokens[i].text in ("Of", "Among") and any(token.tag == "," for token in tokens[i:first]):
            return i, i + 1
    return None


def summed_up(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int] | None:
    """Give what makes the figure a running total: "since May", "so far", "the toll rose to"."""
    words = word_lists("status/status.yaml")
    for i in range(max(0, first - FAR), first):
        if tokens[i].lower in words["running"] and tokens[i].tag in ("NN", "NNS"):
            between = tokens[i + 1 : first]
            verb = any(token.tag.startswith("VB") or token.lower == "to" for token in between)
            verb = verb and not any(token.tag == "CD" and len(token.text) < len("1990") for token in between)
            brought = any(verb_base(token.lower) in ("bring", "raise", "push") for token in tokens[max(0, i - 3) : i])
            if verb or brought:
                return i, i + 1
    for i in range(max(0, first - 2 * NEAR), min(len(tokens) - 1, last + FAR)):
        lower, following = tokens[i].lower, tokens[i + 1].lower
        if lower == "since" and tokens[i + 1].tag not in ("VBD", "VBZ", "PRP", ","):
            return i, i + 1
        if lower == "so" and following == "far":
            return i, i + 2
        if lower in RECENT and _period(tokens, i + 1) and _perfect(tokens, first, last):
            return i, i + 2
        if lower == "this" and following in ("year", "month", "week") and _perfect(tokens, first, last):
            return i, i + 2
    return None


def standing_number(sentence: Sentence, counted: Counted, first: int, last: int) -> tuple[int, int] | None:
    """Give what makes the figure the number there is at one time: "employs 900", "its 900 members", "900 remain"."""
    words = word_lists("status/status.yaml")
    tokens = sentence.tokens
    i = first - 1
    if i >= 0 and tokens[i].tag in ("POS", "PRP$"):
        return i, i + 1
    end = last + 1
    if end + 1 < len(tokens) and tokens[end].text == "-" and tokens[end + 1].lower in ("strong", "member", "man"):
        return end, end + 2
    for j in range(max(0, first - NEAR), first):
        if tokens[j].lower in words["standing"] and all(t.tag not in (",", ".", ":") for t in tokens[j:first]):
            return j, j + 1
        if tokens[j].lower == "there" and tokens[j + 1].lower == "are":
            return j, j + 2
        if tokens[j].lower in ("has", "have") and not any(t.tag.startswith("VB") for t in tokens[j + 1 : first]):
            return j, j + 1
    if counted.predicate_span is None:
        return None
    at = sentence.position(counted.predicate_span[0])
    if at >= len(tokens) or counted.predicate not in words["holding"]:
        return None
    now = tokens[at].tag in ("VBP", "VBZ") or any(token.lower == "are" for token in tokens[max(0, at - 2) : at])
    return (at, at + 1) if now else None


def _period(tokens: Sequence[Token], i: int) -> bool:
    """Whether a period begins at `i`, its number passed over: "three years"."""
    return any(singular(token.lower) in SPANS for token in tokens[i : i + 2])


def _perfect(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a perfect tense stands around the figure."""
    around = tokens[max(0, first - NEAR) : last + 2 * NEAR]
    return any(token.lower in HAVE and token.lower != "having" for token in around)
