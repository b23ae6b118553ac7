"""When counted events happened and statements were made, in English."""

import pytest

from factory import document
from tallystick.languages.english.grammar.parsing import parse
from tallystick.languages.english.times.dates import stated, when
from tallystick.languages.language import Counted
from tallystick.model.attribution import Attribution
from tallystick.model.quantity import Bound, Quantity, QuantityKind

TUESDAY = "2025-06-17"


def read(text: str, figure: str, published: str | None = TUESDAY) -> str | None:
    """The date of `figure` in `text`."""
    parsed = parse(document(text, published=published))
    start = text.index(figure)
    sentence = next(one for one in parsed.sentences if one.start <= start < one.end)
    quantity = Quantity(start, start + len(figure), 1, 1, Bound.EXACT, QuantityKind.COUNT)
    found = when(parsed, sentence, quantity, Counted(None, None, None, ""))
    return None if found is None else found.edtf


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        ("A blast killed 12 miners on Sunday.", "12", "2025-06-15"),
        ("A blast killed 12 miners yesterday.", "12", "2025-06-16"),
        ("A blast killed 12 miners on March 3, 2019.", "12", "2019-03-03"),
        ("It has lost 2,000 men, up from 600 in April.", "2,000", None),
        ("It has lost 2,000 men, up from 600 in April.", "600", "2025-04"),
        ("OSLO, June 16 (Example Wire) - Some 12 miners came.", "12", None),
        ("A blast killed 12 miners on 3 March 2019.", "12", "2019-03-03"),
        ("A blast killed 12 miners in March.", "12", "2025-03"),
        ("A blast killed 12 miners in October.", "12", "2024-10"),
        ("A blast killed 12 miners last year.", "12", "2024"),
        ("Some 12 miners were lost in the May 26 flood last year.", "12", "2024-05-26"),
        ("The state will keep 800 nurses until December.", "800", "2025-12"),
        ("A blast killed 12 miners last week.", "12", "2025-06-09/2025-06-15"),
        ("In the first half of 2024, 800 nurses left the country.", "800", "2024-01/2024-06"),
        ("In autumn 2024 some 800 nurses left.", "800", "2024-09/2024-11"),
        ("By the start of October 2025 some 800 nurses had left.", "800", "2025-10"),
        ("The state will hire 800 nurses by December.", "800", "2025-12"),
        ("Since January 800 nurses have left.", "800", "2025-01/2025-06"),
        ("From 1998 to 2004, floods killed 800 people.", "800", "1998/2004"),
    ],
)
def test_when(text: str, figure: str, expected: str) -> None:
    """A date in the clause of the figure is resolved against the day of publication."""
    assert read(text, figure) == expected


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("The ministry said on Monday that it will hire 800 nurses.", "800"),
        ("The ministry will hire 800 nurses, a spokesman said Monday.", "800"),
        ("The ministry will hire 800 nurses.", "800"),
        ("The mayor may hire 800 nurses.", "800"),
        ("The office has rice for 800 people until December.", "800"),
    ],
)
def test_undated(text: str, figure: str) -> None:
    """The date of an announcement is not the date of what is counted."""
    assert read(text, figure) is None


def test_no_year_known() -> None:
    """Without a publication date or a year in the text nothing is guessed."""
    assert read("A blast killed 12 miners on March 3.", "12", None) is None


def test_year_nearby() -> None:
    """A year in the sentence before serves where the publication date is unknown."""
    text = "The mine opened in 2019. A blast killed 12 miners on March 3."
    assert read(text, "12", None) == "2019-03-03"


def test_stated_beside_its_cue() -> None:
    """A date beside the cue dates the statement."""
    text = "The envoy said on Monday that 800 nurses had left."
    start = text.index("said")
    attribution = Attribution(((0, 9),), ((start, start + 4),), ((start + 15, len(text)),), "The envoy")
    found = stated(parse(document(text, published=TUESDAY)), attribution)
    assert found is not None
    assert found.edtf == "2025-06-16"
    assert found.span is not None
    assert text[slice(*found.span)] == "Monday"


@pytest.mark.parametrize(("published", "expected"), [(TUESDAY + "T09:00:00Z", TUESDAY), (None, None)])
def test_undated_statement(published: str | None, expected: str | None) -> None:
    """An undated statement takes the day of publication, where that is known."""
    text = "The envoy said 800 nurses had left."
    start = text.index("said")
    attribution = Attribution(((0, 9),), ((start, start + 4),), ((start + 5, len(text)),), "The envoy")
    found = stated(parse(document(text, published=published)), attribution)
    assert (None if found is None else found.edtf) == expected


def test_victims_are_dated_by_the_event_that_a_sentence_nearby_dates() -> None:
    """The toll of a later sentence belongs to the blast of the first."""
    text = "A blast tore through a mine on Sunday.\nAt least 12 miners were killed, the owner said."
    parsed = parse(document(text, published=TUESDAY))
    start = text.index("12")
    killed = Counted(start + 3, start + 9, "miners", "miner", predicate="kill", predicate_span=None, passive=True)
    quantity = Quantity(start, start + 2, 12, 12, Bound.AT_LEAST, QuantityKind.COUNT)
    found = when(parsed, parsed.sentences[1], quantity, killed)
    assert found is not None
    assert found.edtf == "2025-06-15"
    builders = Counted(start + 3, start + 9, "miners", "miner")
    assert when(parsed, parsed.sentences[1], quantity, builders) is None


@pytest.mark.parametrize(
    ("text", "figure", "expected"),
    [
        ("A mob killed 12 miners sunday, wires said.", "12", "2025-06-15"),
        ("In January last year a flood killed 12 miners.", "12", "2024-01"),
        ("It was the worst toll since the 2011 Ruritanian quake, which killed 40 people.", "40", "2011"),
        ("The 2011 quake killed 40 people.", "40", "2011"),
        ("A shell hit the market this morning, killing 12 traders.", "12", "2025-06-17"),
        ("Gunmen killed 12 miners last Tuesday.", "12", "2025-06-10"),
        ("Over the past 24 hours gunmen killed 12 miners.", "12", "2025-06-16/2025-06-17"),
        ("In the past two years gunmen killed 12 miners.", "12", "2023/2025"),
        ("In the first four months of this year gunmen killed 12 miners.", "12", "2025-01/2025-04"),
        ("In the last three months of 2004 gunmen killed 12 miners.", "12", "2004-10/2004-12"),
        ("In the last quarter of 2004 gunmen killed 12 miners.", "12", "2004-10/2004-12"),
        ("Since the beginning of this year gunmen have killed 12 miners.", "12", "2025-01/2025-06"),
        ("In the early 1990s gunmen killed 12 miners.", "12", None),
        ("The leases of 12 farms expire on July 4.", "12", "2025-07-04"),
        ("He came back from a raid the previous day with 12 captives.", "12", "2025-06-16"),
    ],
)
def test_when_by_less_common_words(text: str, figure: str, expected: str | None) -> None:
    """Lower-case weekdays, years that describe an event, stretches up to today; a decade is no date."""
    assert read(text, figure) == expected


def victims(text: str, figure: str) -> str | None:
    """The date of `figure` in `text`, read as people killed."""
    parsed = parse(document(text, published=TUESDAY))
    start = text.index(figure)
    sentence = next(one for one in parsed.sentences if one.start <= start < one.end)
    quantity = Quantity(start, start + len(figure), 1, 1, Bound.EXACT, QuantityKind.COUNT)
    found = when(parsed, sentence, quantity, Counted(None, None, None, "", predicate="kill"))
    return None if found is None else found.edtf


def test_the_day_that_names_an_event_dates_its_victims() -> None:
    """A day before a noun for the event ("Sunday's quake") said later in the report holds for the dead of the lead."""
    between = "The island is poor.\nIt has one road.\nMost live of fishing."
    text = f"A quake killed 12 people.\n{between}\nSunday's quake was felt far."
    assert victims(text, "12") == "2025-06-15"
    assert victims("Officials met on Sunday.\nThe island is poor.\nThe old quake killed 12 people.", "12") is None
