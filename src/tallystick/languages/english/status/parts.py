"""Find the words that make a figure a part of another one: "including 12", "three of them", "the remaining 40".

Takes a `Measured`; gives the tokens [first, last) that decide, or None.
"""

from tallystick.languages.english.grammar.inflection import singular, word_lists
from tallystick.languages.english.status.measured import FAR, WORDS, Measured, Span

__all__ = ["part_of"]

LISTED = frozenset("CD NN NNS NNP NNPS JJ JJR JJS CC , RB DT VBN PRP$ IN".split())
INCLUDING = frozenset(("including", "include", "includes", "included"))
POINTING = frozenset(("them", "whom", "those", "which", "who", "the"))
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
OUTCOME_REACH = 3


def part_of(figure: Measured) -> Span | None:
    """Give what makes `figure` a part of another one."""
    return _included(figure) or _partitive(figure) or _gravely(figure) or _among(figure) or _rest(figure)


def _included(figure: Measured) -> Span | None:
    """A list that "including" opens; a figure with a verb of its own behind ", and" has left it."""
    i = figure.first - 1
    while i >= 0 and i > figure.first - FAR and figure.tokens[i].tag in LISTED and figure.lower(i) not in INCLUDING:
        if figure.tokens[i].tag == "VBN" and figure.tokens[i - 1].tag == "CC":
            # "killed 12 people, including two children, and injured 500"
            return None
        i -= 1
    if i < 0 or figure.lower(i) not in INCLUDING:
        return None
    leaves = figure.tokens[figure.first - 1].tag == "CC" and figure.lower(figure.first - 2) == ","
    own = next((t.tag for t in figure.tokens[figure.end : figure.end + 2] if t.tag in FINITE or t.tag == ","), "")
    return None if leaves and own in FINITE else (i, i + 1)


def _partitive(figure: Measured) -> Span | None:
    """A whole behind "of": "three of them", "two of the injured"; "all four of them" are the whole."""
    of, whole = figure.lower(figure.last + 1), figure.lower(figure.last + 2)
    if figure.money or of != "of" or whole not in POINTING or figure.lower(figure.first - 1) == "all":
        return None
    if whole == "the":
        wholes = word_lists(WORDS)["wholes"]
        window = figure.tokens[figure.last + 3 : figure.last + 3 + OUTCOME_REACH]
        noun = next((t for t in window if t.tag in ("NNS", "CD", "POS") or singular(t.lower) in wholes), None)
        if noun is None or noun.tag == "POS":
            return None
    return figure.last + 1, figure.last + 3


def _gravely(figure: Measured) -> Span | None:
    """How badly some were hurt, without a verb: "nine were injured, two critically"."""
    at = figure.last + 1
    if figure.lower(at) not in word_lists("nouns/counted.yaml")["harmfully"]:
        return None
    ends = at + 1 >= len(figure.tokens) or figure.tokens[at + 1].tag in (",", ".")
    return (at, at + 1) if ends else None


def _among(figure: Measured) -> Span | None:
    """A whole named before: "Of those killed, 11 died in ...", "Among the dead were 12 children", "among them six"."""
    for i in range(max(0, figure.first - FAR), figure.first):
        between = figure.tokens[i + 1 : figure.first]
        if figure.tokens[i].text in ("Of", "Among") and any(token.tag == "," for token in between):
            return i, i + 1
        if figure.lower(i) == "among" and between:
            if between[0].lower in ("them", "whom", "those"):
                return i, i + 2
            if between[0].lower == "the" and any(t.lower in ("was", "were", "are", "is") for t in between):
                return i, i + 1
    return None


def _rest(figure: Measured) -> Span | None:
    """What is left of a whole: "the remaining 40"."""
    i = figure.first - 1
    rest = figure.lower(i) in word_lists(WORDS)["rests"] and figure.lower(i - 1) == "the"
    return (i - 1, i + 1) if rest else None
