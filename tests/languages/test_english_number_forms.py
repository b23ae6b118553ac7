"""The forms in which English reports write numbers: compounds, hedges, units, steps; what we write is read back."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factory import document
from tallystick.extraction.quantities import numbers
from tallystick.languages.english.grammar.parsing import parse
from tallystick.languages.english.numbers.quantities import quantities
from tallystick.model.quantity import Bound, Change, Number, Quantity, QuantityKind

SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}


def read(text: str) -> list[Quantity]:
    """Every number of `text`."""
    parsed = parse(document(text))
    return [found for sentence in parsed.sentences for found in quantities(sentence, text)]


@pytest.mark.parametrize(
    ("text", "figure", "low", "high"),
    [
        ("It cost $1.2bn to $1.5bn in all.", "$1.2bn to $1.5bn", 1_200_000_000, 1_500_000_000),
        ("It cost between $3 and $5 million.", "$3 and $5 million", 3_000_000, 5_000_000),
        ("It cost 1 to 1.5 million euros.", "1 to 1.5 million euros", 1_000_000, 1_500_000),
        ("They sent 30 to 40 thousand men.", "30 to 40 thousand", 30_000, 40_000),
        ("They sent four-thousand-100 men.", "four-thousand-100", 4100, 4100),
        ("They sent 25 000 men.", "25 000", 25_000, 25_000),
        ("They sent half a million men.", "half a million", 500_000, 500_000),
        ("They sent two and a half million men.", "two and a half million", 2_500_000, 2_500_000),
        ("They sent a dozen men.", "a dozen", 12, 12),
        ("They sent one lakh men.", "one lakh", 100_000, 100_000),
        ("They sent 8 B messages.", "8 B", 8_000_000_000, 8_000_000_000),
        ("They sent 2000 - 2500 letters.", "2000 - 2500", 2000, 2500),
        ("Rents ran from $500 to $1,000 there.", "$500 to $1,000", 500, 1000),
        ("The team has a .625 record.", ".625", 0.625, 0.625),
        ("A grain weighs 6.5×10^-5 kilograms.", "6.5×10^-5", 0.000065, 0.000065),
        ("It takes 3/4 of the water.", "3/4", 0.75, 0.75),
        ("It takes 1⁄8 of the water.", "1⁄8", 0.125, 0.125),
        ("One in five men left.", "One in five", 0.2, 0.2),
        ("It was minus 12 degrees there.", "minus 12", -12, -12),
        ("It was -12 degrees there.", "-12", -12, -12),
        ("Its balance fell to $-40m.", "$-40m", -40_000_000, -40_000_000),
        ("It moved 1,200 to as many as 1,500 tons.", "1,200 to as many as 1,500", 1200, 1500),
        ("They will raise the number of men who may come here this year, from 70 to 85.", "70", 70, 70),
        ("Fees grow from 1 percent to 3 percent.", "1", 1, 1),
        ("Fees of 1 percent to 3 percent apply.", "1 percent to 3", 1, 3),
        ("It ran from 0 to 60 mph.", "0 to 60", 0, 60),
    ],
)
def test_compounds_are_one_number_with_both_ends(text: str, figure: str, low: Number, high: Number) -> None:
    """The figure is the number with its scale, its currency and the inside of a range."""
    found = read(text)[0]
    assert text[found.start : found.end] == figure
    assert found.low == pytest.approx(low)
    assert found.high == pytest.approx(high)


@pytest.mark.parametrize(
    ("text", "bound", "change"),
    [
        ("Losses exceeded 50,000 men.", Bound.AT_LEAST, Change.ABOVE),
        ("Losses surpassed 50,000 men.", Bound.AT_LEAST, Change.ABOVE),
        ("Losses passed 50,000 on Monday.", Bound.AT_LEAST, Change.ABOVE),
        ("Losses neared 50,000 men.", Bound.APPROX, Change.ABOUT),
        ("They sent 1,000 or more men.", Bound.AT_LEAST, Change.ABOVE),
        ("They sent 1,000 men or more.", Bound.AT_LEAST, Change.ABOVE),
        ("They sent 1,000 foreign workers at most.", Bound.AT_MOST, Change.BELOW),
        ("They sent 1,000-odd men.", Bound.APPROX, Change.ABOUT),
        ("They sent as many as 1,000 men.", Bound.AT_MOST, Change.EQUAL),
        ("They sent no fewer than 1,000 men.", Bound.AT_LEAST, Change.ABOVE),
        ("They sent just short of 1,000 men.", Bound.APPROX, Change.ABOUT),
        ("They sent >1,000 men.", Bound.AT_LEAST, Change.ABOVE),
        ("They sent ~1,000 men.", Bound.APPROX, Change.ABOUT),
        ("They built a sub-7 nanometer chip.", Bound.AT_MOST, Change.BELOW),
        ("They asked about the 1,000 men.", Bound.EXACT, Change.EQUAL),
        ("They passed 1,000 bills.", Bound.EXACT, Change.EQUAL),
        ("They averaged 1,000 men.", Bound.EXACT, Change.ABOUT),
        ("They sent about 30 to 40 men.", Bound.RANGE, Change.ABOUT),
        ("Prices rose 4 percent.", Bound.EXACT, Change.UP),
        ("Prices slid by 4 percent.", Bound.EXACT, Change.DOWN),
        ("Prices rose to 4 percent.", Bound.EXACT, Change.EQUAL),
        ("The index was down 40 points.", Bound.EXACT, Change.DOWN),
        ("The index was up at 40 points.", Bound.EXACT, Change.EQUAL),
        ("The army lost 40 tanks.", Bound.EXACT, Change.EQUAL),
        ("The force grew by 4,000 men.", Bound.EXACT, Change.UP),
    ],
)
def test_hedges_and_verbs_of_change_are_told_apart(text: str, bound: Bound, change: Change) -> None:
    """Before, behind and in the verb; a step is up or down, what it reached is neither."""
    found = read(text)[-1]
    assert (found.bound, found.change) == (bound, change)


def test_a_hedge_is_shared_by_what_brackets_tell_again() -> None:
    """The same length in another unit is bounded in the same way; a remark in brackets is not."""
    meters, feet = read("It lies more than 90 meters (300 feet) down.")
    assert (meters.bound, feet.bound) == (Bound.AT_LEAST, Bound.AT_LEAST)
    men, women = read("It sent more than 90 men (30 women stayed).")
    assert (men.bound, women.bound) == (Bound.AT_LEAST, Bound.EXACT)


def test_a_step_told_twice_keeps_its_direction() -> None:
    """Points and the percentage they make."""
    assert [found.change for found in read("It lost 190 points, or 0.6%.")] == [Change.DOWN, Change.DOWN]


@pytest.mark.parametrize(
    ("text", "kind", "unit", "per"),
    [
        ("It fires 300 shells per day.", QuantityKind.COUNT, None, "day"),
        ("It fires 300 shells a day.", QuantityKind.COUNT, None, "day"),
        ("It costs $70 per barrel.", QuantityKind.MONEY, "USD", "barrel"),
        ("It costs RM79 a month.", QuantityKind.MONEY, "MYR", "month"),
        ("It costs AU $90 there.", QuantityKind.MONEY, "AUD", None),
        ("It measures 40 sq ft there.", QuantityKind.MEASURE, "square foot", None),
        ("It measures 40 square meters.", QuantityKind.MEASURE, "square metre", None),
        ("It weighs 45g there.", QuantityKind.MEASURE, "gram", None),
        ("It makes 10kW there.", QuantityKind.MEASURE, "kilowatt", None),
        ("It runs at 30Mbps there.", QuantityKind.MEASURE, "megabit per second", None),
        ("It runs at 60 km/h there.", QuantityKind.MEASURE, "kilometre per hour", None),
        ("It was 12 degrees Celsius.", QuantityKind.MEASURE, "celsius", None),
        ("It takes 1/2 pound of rice.", QuantityKind.MEASURE, "pound-mass", None),
        ("It is 37m (121ft) long.", QuantityKind.MEASURE, "metre", None),
        ("It took half an hour.", QuantityKind.DURATION, "hour", None),
        ("It took 4.3 seconds.", QuantityKind.DURATION, "second", None),
        ("It is 12 per cent of all.", QuantityKind.PERCENT, "percent", None),
        ("A 15 year-old boy left.", QuantityKind.AGE, "year of age", None),
        ("The rate is 12 per 100,000 people.", QuantityKind.RATE, None, None),
        ("It has 11 rooms.", QuantityKind.COUNT, None, None),
    ],
)
def test_units_are_normalized(text: str, kind: QuantityKind, unit: str | None, per: str | None) -> None:
    """Words, symbols that touch and symbols apart; what a number is told by is kept beside its unit."""
    found = read(text)[0]
    assert (found.kind, found.unit, found.per) == (kind, unit, per)


@pytest.mark.parametrize(
    "text",
    [
        "The S&P 500 fell.", "The ID.3 is a car.", "A COVID -19 test failed.", "The 90210 ZIP code is rich.",
        "It was shown on BBC One.", "He lives at 22 Rue Royale.", "He lives at 16-18 Industrial Avenue.",
        "It fell in the second half.",
    ],
)  # fmt: skip
def test_names_with_numbers_count_nothing(text: str) -> None:
    """Indexes, models, diseases, postal codes, channels, houses and halves of a game."""
    assert {found.kind for found in read(text)} <= {QuantityKind.DESIGNATION}


def grouped(number: int, mark: str) -> str:
    """The digits of a number in groups of three."""
    return f"{number:,}".replace(",", mark)


def scaled(number: int, word: str, digits: int) -> tuple[str, Decimal]:
    """A number in thousands, millions or billions with up to two digits behind the point, and what that says."""
    value = Decimal(number).scaleb(-digits)
    return f"{value} {word}", value.scaleb(SCALES[word])


@given(
    number=st.integers(min_value=1_000, max_value=10**12),
    mark=st.sampled_from([",", ".", "\u00a0", "\u202f", "\u2009"]),
    noun=st.sampled_from(["soldiers", "shells", "jobs", "houses"]),
)
def test_grouped_digits_read_back(number: int, mark: str, noun: str) -> None:
    """With commas, points, or no-break, narrow and thin blanks; a single group behind a point is a decimal."""
    if mark == "." and number < 10**6:
        number += 10**6
    (found,) = read(f"They counted {grouped(number, mark)} {noun}.")
    assert (found.low, found.high) == (number, number)


@given(
    number=st.integers(min_value=101, max_value=99_999),
    word=st.sampled_from(sorted(SCALES)),
    digits=st.integers(min_value=0, max_value=2),
)
def test_scaled_numbers_read_back(number: int, word: str, digits: int) -> None:
    """Alone, as a sum and with a hedge."""
    written, value = scaled(number, word, digits)
    for text in (f"They counted {written} shells.", f"They paid ${written}.", f"They paid {written} euros."):
        (found,) = read(text)
        assert found.low == value
        assert found.high == value


@given(number=st.integers(min_value=2, max_value=999), letters=st.sampled_from([("K", 3), ("bn", 9), ("m", 6)]))
def test_letters_that_scale_read_back(number: int, letters: tuple[str, int]) -> None:
    """Behind a sum."""
    (found,) = read(f"They paid ${number}{letters[0]}.")
    assert found.low == number * 10 ** letters[1]


@given(
    low=st.integers(min_value=2, max_value=400),
    more=st.integers(min_value=1, max_value=400),
    word=st.sampled_from(sorted(SCALES)),
    joint=st.sampled_from([" to ", "-", "–"]),
    lead=st.sampled_from(["", "about ", "from ", "up from "]),
)
def test_ranges_that_share_a_scale_read_back(low: int, more: int, word: str, joint: str, lead: str) -> None:
    """The scale stands at the upper end only."""
    if lead.endswith("from ") and joint != " to ":
        lead = ""
    text = f"They have {lead}{low}{joint}{low + more} {word} shells."
    found = read(text)
    times = 10 ** SCALES[word]
    if lead == "up from ":
        assert [one.low for one in found] == [low, (low + more) * times]
    else:
        assert [(one.low, one.high) for one in found] == [(low * times, (low + more) * times)]


@given(st.text(max_size=300))
@settings(max_examples=300)
def test_any_text_is_read_and_every_offset_holds(text: str) -> None:
    """Arbitrary Unicode neither crashes nor shifts a span."""
    end = 0
    for one in numbers(document(text)):
        start, stop = one["start"], one["end"]
        assert isinstance(start, int)
        assert isinstance(stop, int)
        assert end <= start < stop <= len(text)
        assert text[start:stop] == one["figure"]
        end = stop


HOSTILE = (
    "1/", "-", "1-", "1' ", "$-", "minus ", "×10^", "1×10^9", ".5 ", "one-", "half a ", "per ", "5 per ", "up ",
    "rose ", "sub-", "10 to ", "from ", "1 percent to ", "(5 ", "one in ", "a dozen ", "²", "٣", "½", "Ⅷ ", "5 kV / ",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_long_row_of_one_piece_neither_crashes_nor_stalls(piece: str) -> None:
    """Sixty thousand code points of the same words in one sentence end in records."""
    text = "It was " + piece * (60_000 // len(piece))
    for one in read(text):
        assert text[one.start : one.end]
        assert one.low is None or abs(one.low) < 10**60


@pytest.mark.parametrize("piece", ["number of 5 ", "members of the 5 ", "5 or ", "(5 ", "including 5 "])
def test_what_is_counted_is_found_in_a_row_without_end(piece: str) -> None:
    """Thousands of nested or coordinated numbers in one sentence neither recurse without end nor stall."""
    text = "It was " + piece * (6_000 // len(piece))
    assert len(list(numbers(document(text)))) == 6_000 // len(piece)
