"""Where the counted are or go, and which country they come from, in English."""

import pytest

from factory import document
from tallystick.languages.english.grammar.noun_phrases import phrase_after
from tallystick.languages.english.grammar.parsing import parse
from tallystick.languages.english.places.origins import origin
from tallystick.languages.english.places.places import place
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
        ("Pyongyang has already dispatched 900 builders.", "900", None),
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


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        ("A quake in Old Town near Riga killed 12 sailors.", "12", "Old Town near Riga"),
        ("Shells hit the village of Vundorf, killing 12 farmers.", "12", "village of Vundorf"),
        ("Some 700 nurses work on the island of Vundy.", "700", "island of Vundy"),
        ("Some 700 builders arrived in the capital.", "700", "capital"),
        ("Gunmen killed 12 drivers west of Damascus.", "12", "west of Damascus"),
        ("Kenya's 40,000 nurses went on strike.", "40,000", "Kenya"),
        ("The plant in Dayton, Ohio (700 workers) will close.", "700", "Dayton, Ohio"),
        ("They joined in Danish building projects with 700 masons.", "700", "Danish building projects"),
        ("KENYA: dead 12, wounded 40.", "40", "KENYA"),
        ("It sent 700 nurses there.", "700", "there"),
        ("An ambassador to Kenya met 12 nurses.", "12", None),
        ("Officials in Kenya said 12 nurses had died.", "12", None),
        ("Nurses died in a Danish strike that 12 doctors led.", "12", None),
        ("It took 500 workers from Kenya.", "500", None),
    ],
)
def test_the_place_of_a_figure_by_other_words(text: str, figure: str, expected: str | None) -> None:
    """Chains of places, kinds without a name, directions, owners; not offices, speech or whence they come."""
    found = place(*figure_of(text, figure))
    assert (None if found is None else found.name) == expected


def counted_as(text: str, figure: str, phrase: str) -> str | None:
    """The country of `figure`, which counts `phrase`."""
    parsed, sentence, quantity, _ = figure_of(text, figure)
    head = phrase.split()[-1] if phrase else ""
    start = text.index(phrase, quantity.end) if phrase else None
    end = None if start is None else start + len(phrase)
    found = origin(parsed, sentence, quantity, Counted(start, end, phrase or None, head))
    if found is not None and found[1].start is not None:
        assert text[found[1].start : found[1].end] == found[1].cue
    return None if found is None else found[0]


@pytest.mark.parametrize(
    ("text", "figure", "phrase", "expected"),
    [
        ("A blast in Nairobi killed 12 people.", "12", "people", "KE"),
        ("Kenya mourns.\nA blast killed 12 people on Sunday.", "12", "people", "KE"),
        ("Danish soldiers came to Kenya.\nThe army said 12 soldiers died there.", "12", "soldiers", "DK"),
        ("Gunmen killed three Danish nurses and wounded 6 others in Kenya.", "6", "others", "DK"),
        ("Eleven Danes, including 2 children, are still in Kenya.", "2", "children", "DK"),
        ("A Danish force of some 60 men landed in Kenya.", "60", "men", "DK"),
        ("At least 24 Hezbollah fighters died.", "24", "Hezbollah fighters", "LB"),
        ("A multinational force of 6,000 troops will go to Kenya.", "6,000", "troops", None),
        ("A blast in Nairobi killed 60 people, including 12 Danes.", "60", "people", None),
        ("Blasts in Kenya and in Denmark killed 60 people.", "60", "people", None),
        ("A bomb at an embassy in Nairobi killed 60 people.", "60", "people", None),
        ("A US firm in Nairobi hired 60 clerks.", "60", "clerks", "KE"),
        ("Police in Nairobi found 12 rifles.", "12", "rifles", None),
        ("Gunmen in Nairobi took 12 hostages.", "12", "hostages", None),
        ("Camps in Kenya hold 900 refugees.", "900", "refugees", None),
        ("Some 900 masons left for Kenya on Friday.", "900", "masons", None),
        ("Another 900 masons were sent to Kenya.", "900", "masons", None),
        ("Some 900 masons arrived in Nairobi.", "900", "masons", None),
        ("Masons from Peru came to Kenya.\nAnother 900 masons will go to Kenya.", "900", "masons", "PE"),
    ],
)
def test_the_country_of_the_counted_by_what_stands_around(
    text: str, figure: str, phrase: str, expected: str | None
) -> None:
    """The same people's nationality, else the country of the event; nothing for mixed groups, things and the moved."""
    assert counted_as(text, figure, phrase) == expected


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        ("Norway promised 60 nurses; Chile, 45; Kenya, 30.", "45", "CL"),
        ("Norway promised 60 nurses; Chile, 45; Kenya, 30.", "30", "KE"),
        ("The Danes suffered a record 27 deaths last year.", "27", "DK"),
    ],
)
def test_who_sends_or_suffers_is_where_they_come_from(text: str, figure: str, expected: str) -> None:
    """Also where a list leaves the verb out."""
    found = origin(*figure_of(text, figure))
    assert found is not None
    assert found[0] == expected
