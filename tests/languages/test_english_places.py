"""Where the counted are or go, and which country they come from, in English."""

import pytest

from factory import document
from tallystick.languages.english.noun_phrases import phrase_after
from tallystick.languages.english.origins import origin
from tallystick.languages.english.parsing import parse
from tallystick.languages.english.places import place
from tallystick.languages.language import Counted, Parse, Sentence
from tallystick.model.quantity import Bound, Quantity, QuantityKind


def figure_of(text: str, figure: str) -> tuple[Parse, Sentence, Quantity, Counted]:
    """The figure in its sentence, with the noun phrase right behind it."""
    parsed = parse(document(text))
    start = text.index(figure)
    sentence = next(one for one in parsed.sentences if one.start <= start < one.end)
    end = start + len(figure)
    quantity = Quantity(start, end, 1, 1, Bound.EXACT, QuantityKind.COUNT)
    phrase = phrase_after(sentence.tokens, sentence.position(end - 1) + 1)
    if phrase is None:
        return parsed, sentence, quantity, Counted(None, None, None, "")
    first, last = sentence.tokens[phrase.start].start, sentence.tokens[phrase.end - 1].end
    return parsed, sentence, quantity, Counted(first, last, text[first:last], text[first:last].split()[-1].lower())


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        ("Moscow will get 700 builders for the Kursk region.", "700", "the Kursk region"),
        ("Some 900 nurses have arrived in Kenya.", "900", "Kenya"),
        ("In Damascus, 40 families lost their homes.", "40", "Damascus"),
        ("A blast in the port of Aden killed 12 sailors.", "12", "the port of Aden"),
        ("The firm hired 80 welders, and it paid them well.", "80", None),
    ],
)
def test_the_place_of_a_figure(text: str, figure: str, expected: str | None) -> None:
    """By its preposition, with the words for the kind of place."""
    found = place(*figure_of(text, figure))
    name = None if found is None else found.name
    assert (name or "").removeprefix("the ") == (expected or "").removeprefix("the ")
    if found is not None:
        assert text[found.span[0] : found.span[1]] == found.name


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        ("Some 900 North Korean laborers work there.", "900", "KP"),
        ("The mission lost 30 Ukrainian soldiers.", "30", "UA"),
        ("About 50 workers from Vietnam came.", "50", "VN"),
        ("About 50 workers came.", "50", None),
    ],
)
def test_the_country_that_the_counted_come_from(text: str, figure: str, expected: str | None) -> None:
    """By an adjective of nationality or by "from", never guessed."""
    found = origin(*figure_of(text, figure))
    assert (None if found is None else found[0]) == expected
    if found is not None and found[1].start is not None:
        assert text[found[1].start : found[1].end] == found[1].cue
