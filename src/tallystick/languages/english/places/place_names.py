"""Tell how far the name of a place reaches in an English sentence, and whether the gazetteer knows it.

Takes tokens and where a name may begin; gives the tokens that belong to it, with directions ("northern"), kinds
("province"), owners ("Russia's Kursk region") and a second place that "and" joins.
"""

from collections.abc import Sequence

from tallystick.languages.english.grammar.inflection import singular, word_lists
from tallystick.languages.language import Token
from tallystick.values.places import is_place

__all__ = [
    "LONGEST",
    "LONGEST_UNNAMED",
    "NAMES",
    "UNNAMED_TAGS",
    "begins_known",
    "extent",
    "is_known",
    "is_known_whole",
    "is_name",
    "phrase",
]

NAMES = frozenset(("NNP", "NNPS"))
# Longest name of a place, and longest place without a name, in tokens.
LONGEST = 6
LONGEST_UNNAMED = 5
UNNAMED_TAGS = frozenset(("DT", "PRP$", "JJ", "NN", "NNS", "CD", "VBN"))
COMPOUNDS = ("-led", "-linked", "-backed", "-based", "-held", "-run", "-style")


def extent(tokens: Sequence[Token], start: int) -> tuple[int, int]:
    """Tell how far the phrase of a place reaches that opens at token `start`.

    Args:
        tokens: The tokens of the sentence.
        start: Its first token, articles left out.

    Returns:
        The first token of the name itself, and one past the last token of the phrase; `(start, start)` where no name
        begins there.
    """
    words = word_lists("places/places.yaml")
    i = start
    limit = min(len(tokens), start + LONGEST + 2)
    while i < limit and (
        tokens[i].lower in words["directions"] or tokens[i].lower in words["kinds"] or tokens[i].tag == "JJ"
    ):
        i += 1
        if i < limit and tokens[i].lower == "of" and tokens[i - 1].lower in words["kinds"]:
            i += 1
        if i < limit and tokens[i].tag == "DT":
            i += 1
    name = i
    while i < limit and is_name(tokens, i, name):
        i += 1
    if i == name:
        # Names that the tagger took for adjectives or common nouns stand in the run before.
        i = name = _last_capital(tokens, start, i)
        if i == start:
            return start, start
        name = start
    if i < limit and tokens[i].tag == "POS" and i + 1 < limit:
        # "Russia's Kursk region": the possessor belongs to the name where another name or a kind follows.
        further = extent(tokens, i + 1)[1] if tokens[i + 1].tag in NAMES else _owned(tokens, i + 1)
        return (name, further) if further > i + 1 else (start, start)
    while i < limit and tokens[i].lower in words["kinds"]:
        i += 1
    return name, _joined(tokens, i)


def _owned(tokens: Sequence[Token], i: int) -> int:
    """Where a kind of place behind a possessor ends: "Riga's central market"; `i` where none follows."""
    words = word_lists("places/places.yaml")
    end = i
    while end < len(tokens) and end - i < LONGEST_UNNAMED and tokens[end].tag in UNNAMED_TAGS:
        end += 1
    while end > i:
        last = tokens[end - 1].lower
        if last in words["kinds"] or last in words["directions"] or singular(last) in words["sites"]:
            return end
        end -= 1
    return i


def is_name(tokens: Sequence[Token], i: int, name: int) -> bool:
    """Tell whether token `i` belongs to a name that begins at token `name`.

    Args:
        tokens: The tokens of the sentence.
        i: The token asked about.
        name: First token of the name; capitalized words behind it belong to it whatever their tag.
    """
    token = tokens[i]
    if token.lower in word_lists("places/places.yaml")["never"] or not token.text[0].isalpha():
        return False
    if token.lower.endswith(COMPOUNDS):
        return False
    if token.tag in NAMES:
        return True
    return token.text[0].isupper() and (i > name or is_place(token.lower))


def _last_capital(tokens: Sequence[Token], start: int, end: int) -> int:
    """One past the last capitalized token of [start, end), or `start`."""
    never = word_lists("places/places.yaml")["never"]
    while end > start and not (tokens[end - 1].text[0].isupper() and tokens[end - 1].lower not in never):
        end -= 1
    return end


def _joined(tokens: Sequence[Token], end: int) -> int:
    """One past a second known place that "and" joins: "Kenya and Tanzania"."""
    if end + 1 >= len(tokens) or tokens[end].lower != "and" or not tokens[end + 1].text[0].isupper():
        return end
    stop = end + 1
    while stop < len(tokens) and stop - end < LONGEST and tokens[stop].tag in NAMES:
        stop += 1
    return next((at for at in range(stop, end + 1, -1) if is_place(phrase(tokens, end + 1, at))), end)


def is_known(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Tell whether the gazetteer knows the name that fills tokens [start, end), a beginning or an end of it."""
    return any(is_place(phrase(tokens, start, stop)) for stop in range(end, start, -1)) or any(
        is_place(phrase(tokens, begin, end)) for begin in range(start + 1, end)
    )


def is_known_whole(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Tell whether the gazetteer knows the whole name that fills tokens [start, end).

    A surname alone makes no place of a person; of a joined pair the first counts, before a kind
    ("Yala province") a part.
    """
    kinds = word_lists("places/places.yaml")["kinds"]
    if tokens[end - 1].lower in kinds:
        return is_known(tokens, start, end)
    stop = next((at for at in range(start, end) if tokens[at].lower in ("and", ",") or tokens[at].tag == "POS"), end)
    return is_place(phrase(tokens, start, stop))


def begins_known(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Tell whether the gazetteer knows a beginning of the name that fills tokens [start, end), short of the whole."""
    return any(is_place(phrase(tokens, start, stop)) for stop in range(end - 1, start, -1))


def phrase(tokens: Sequence[Token], start: int, end: int) -> str:
    """Give tokens [start, end) as one string, lower case, with single spaces."""
    return " ".join(token.lower for token in tokens[start:end])
