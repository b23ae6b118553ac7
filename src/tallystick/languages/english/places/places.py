"""Find the place that a counted quantity of an English sentence is in or goes to.

Takes a quantity with its sentence; gives the `PlaceReading` nearest to it, by prepositions, by nouns for kinds of
places ("province", "camp") and by the gazetteer in `tallystick.values.places`.
"""

from collections.abc import Sequence

from tallystick.languages.english.grammar.inflection import word_lists
from tallystick.languages.english.places.place_mentions import COST_DATELINE, COST_PART, Mention, mentions
from tallystick.languages.language import Counted, Parse, PlaceReading, Sentence, Token
from tallystick.model.quantity import Quantity, QuantityKind

__all__ = ["place"]

# How far a place may stand from its figure, in tokens (en-train: 95 % within 30).
REACH = 34
# How far a sum's place may stand from it: sums are seldom somewhere.
MONEY_REACH = 5
# Costs in tokens of distance, set on en-train: of a place before the figure, and of a word that cuts off a clause.
COST_BEFORE = 4
COST_BREAK = 4


def place(parse: Parse, sentence: Sentence, quantity: Quantity, counted: Counted) -> PlaceReading | None:
    """Tell where the counted are, or where they go: the place of the sentence nearest to the figure.

    Args:
        parse: The document.
        sentence: The sentence of the figure.
        quantity: The figure.
        counted: What it counts.

    Returns:
        The place as written, region words kept, with its span in code points; None where the sentence names none.
    """
    tokens = sentence.tokens
    first = sentence.position(quantity.start)
    last = sentence.position(max(quantity.end, counted.end or 0)) - 1
    reach = MONEY_REACH if quantity.kind is QuantityKind.MONEY else REACH
    ranked = [
        (cost, mention)
        for mention in mentions(tokens)
        if mention.cost != COST_PART
        and (cost := _cost(tokens, mention, first, last)) <= reach
        and not _holds(mention, first)
        and not _is_origin(tokens, mention, last)
    ]
    if not ranked:
        return None
    _, found = min(ranked)
    start, end = tokens[found.start].start, tokens[found.end - 1].end
    return PlaceReading(parse.document.text[start:end], (start, end))


def _is_origin(tokens: Sequence[Token], mention: Mention, last: int) -> bool:
    """Whether the place right behind the counted tells whence they come: "500 workers from Nepal"."""
    return last + 1 < mention.start <= last + 3 and tokens[last + 1].lower == "from"


def _holds(mention: Mention, first: int) -> bool:
    """Whether the mention holds the figure itself."""
    return mention.start <= first < mention.end


def _cost(tokens: Sequence[Token], mention: Mention, first: int, last: int) -> int:
    """How far a mention stands from the figure that fills tokens [first, last]."""
    breaks = word_lists("places/places.yaml")["breaks"]
    if mention.start == 0 and mention.end < first and tokens[mention.end].text == ":":
        return COST_DATELINE
    if mention.start > last:
        between = tokens[last + 1 : mention.start]
        cost = len(between)
    else:
        between = tokens[mention.end : first]
        if len(between) == 1 and between[0].text == "(":
            return 0
        cost = len(between) + COST_BEFORE
    return cost + mention.cost + COST_BREAK * sum(token.lower in breaks for token in between)
