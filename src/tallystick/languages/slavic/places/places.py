"""Where the counted of a Russian or Ukrainian figure are or go, and from which country they come."""

from tallystick.languages.language import Counted, Parse, PlaceReading, Sentence
from tallystick.languages.slavic.parsing import plain
from tallystick.languages.slavic.places.countries import capital_at, country_at, place_words
from tallystick.model.claim import Ground
from tallystick.model.quantity import Quantity, QuantityKind

__all__ = ["origin", "place"]

# Words of a place at most: "Мариуполе Донецкой области".
LONGEST = 4
# How far from the figure a place is looked for, in tokens.
REACH = 14
# How far behind the counted its country is looked for: "граждан Эритреи", "военнослужащих армии США".
BEHIND = 3
# Tokens in which the subject of a verb of sending stands before it.
SUBJECT = 4
FROM = frozenset(("из", "з", "із", "с", "зі"))
HARD_MARKS = frozenset((";", ".", "!", "?"))


def place(code: str, parse: Parse, sentence: Sentence, quantity: Quantity, counted: Counted) -> PlaceReading | None:
    """Give the place behind a preposition that is nearest to the figure in its sentence, as written."""
    if quantity.kind is QuantityKind.MONEY:
        return None
    tokens = sentence.tokens
    begin, end = sentence.position(quantity.start), sentence.position(quantity.end - 1) + 1
    areas = tuple(place_words(code, "areas"))
    found: list[tuple[bool, int, int, int]] = []
    for at in range(max(0, begin - REACH), min(len(tokens) - 1, end + REACH)):
        if plain(tokens[at].lower) in place_words(code, "prepositions") and not begin <= at < end:
            name = at + 1 + (at + 2 < len(tokens) and plain(tokens[at + 1].lower).startswith(areas))
            last = _named(code, sentence, name)
            if last is not None:
                far = begin - last if last <= begin else at - end
                # Where they come from is a place only where no other is named.
                found.append((plain(tokens[at].lower) in FROM, far, name, last))
    if not found:
        return None
    _, _, first, last = min(found)
    start, stop = tokens[first].start, tokens[last - 1].end
    return PlaceReading(parse.document.text[start:stop], (start, stop))


def _named(code: str, sentence: Sentence, at: int) -> int | None:
    """One past the last token of the name of a place at `at`; None where none begins there."""
    tokens = sentence.tokens
    first = tokens[at]
    if (
        first.tag != "word"
        or not first.text[:1].isupper()
        or (first.text.isupper() and country_at(code, [plain(first.lower)], 0) is None)
    ):
        return None
    if plain(first.lower) in place_words(code, "no_places"):
        return None
    stop = at + 1
    kinds = tuple(place_words(code, "kinds"))
    while stop < len(tokens) and stop - at < LONGEST:
        word = tokens[stop]
        if word.tag == "word" and (word.text[:1].isupper() or plain(word.lower).startswith(kinds)):
            stop += 1
            continue
        break
    return stop


def origin(
    code: str, parse: Parse, sentence: Sentence, quantity: Quantity, counted: Counted
) -> tuple[str, Ground] | None:
    """Give the country of the counted: in their own words, else just behind them ("граждан Эритреи", "из России")."""
    tokens = sentence.tokens
    if counted.start is None or counted.end is None:
        return _of(code, sentence, sentence.position(quantity.end - 1) + 1, BEHIND, own=False)
    if quantity.kind is QuantityKind.MONEY:
        # Of money the payer is told, not whom it is for.
        return _sender(code, sentence, sentence.position(quantity.start))
    first, last = sentence.position(counted.start), sentence.position(counted.end - 1) + 1
    found = _of(code, sentence, first, last - first, own=True)
    if found is None and last < len(tokens):
        found = _of(code, sentence, last, BEHIND, own=False)
    return found or _sender(code, sentence, sentence.position(quantity.start))


def _sender(code: str, sentence: Sentence, begin: int) -> tuple[str, Ground] | None:
    """The country that sends or loses before the figure: "КНДР направит", "Россия потеряла", "потери США составили"."""
    plains = [plain(token.lower) for token in sentence.tokens]
    stems = tuple(place_words(code, "sending"))
    verb = next((at for at in range(begin - 1, max(-1, begin - REACH), -1) if plains[at].startswith(stems)), None)
    if verb is None:
        return None
    before = range(verb - 1, max(-1, verb - SUBJECT - 1), -1)
    # "Россия потеряла", but "потери США".
    owners = range(verb + 1, min(begin, verb + 1 + BEHIND)) if plains[verb] in place_words(code, "losses") else ()
    for at in (*owners, *before):
        token = sentence.tokens[at]
        if token.text in ",;:«»()":
            return None
        named = at in owners or token.text[:1].isupper()
        country = (country_at(code, plains, at) or capital_at(code, plains[at])) if named else None
        if country is not None and not (at and plains[at - 1] in place_words(code, "prepositions")):
            return country, Ground("origin", country, token.text, token.start, token.end)
    return None


def _of(code: str, sentence: Sentence, first: int, count: int, *, own: bool) -> tuple[str, Ground] | None:
    plains = [plain(token.lower) for token in sentence.tokens]
    for at in range(first, min(len(plains), first + count)):
        token = sentence.tokens[at]
        if not own and (token.tag != "word" or (at > first and token.text in HARD_MARKS)):
            return None
        country = country_at(code, plains, at)
        if country is not None and not (at and plains[at - 1].startswith(("доллар", "долар"))):
            genitive = own or token.text[:1].isupper()
            if genitive and not (not own and at > first and plains[at - 1] in ("в", "у", "на", "до", "к", "во")):
                return country, Ground("origin", country, token.text, token.start, token.end)
    return None
