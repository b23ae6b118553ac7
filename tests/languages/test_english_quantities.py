"""Numbers in English sentences: value, bound, span and sort."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factory import document
from tallystick.languages.english.grammar.parsing import parse
from tallystick.languages.english.numbers.quantities import quantities
from tallystick.model.quantity import Bound, Number, Quantity, QuantityKind

UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
).split()
TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()


def read(text: str) -> list[Quantity]:
    """Every number of `text`."""
    parsed = parse(document(text))
    return [found for sentence in parsed.sentences for found in quantities(sentence, text)]


def spelled(number: int) -> str:
    """A number below a million in words, as an English style guide writes it."""
    if number >= 1_000:
        rest = number % 1_000
        return f"{spelled(number // 1_000)} thousand" + (f" {spelled(rest)}" if rest else "")
    if number >= 100:
        rest = number % 100
        return f"{UNITS[number // 100]} hundred" + (f" and {spelled(rest)}" if rest else "")
    if number < 20:
        return UNITS[number]
    return TENS[number // 10] + (f"-{UNITS[number % 10]}" if number % 10 else "")


@pytest.mark.parametrize(
    ("text", "figure", "low", "high", "bound"),
    [
        ("They sent 6,000 workers.", "6,000", 6000, 6000, Bound.EXACT),
        ("They sent six thousand workers.", "six thousand", 6000, 6000, Bound.EXACT),
        ("They sent 6K workers.", "6K", 6000, 6000, Bound.EXACT),
        ("They sent 1.2 million shells.", "1.2 million", 1_200_000, 1_200_000, Bound.EXACT),
        ("They sent about 1,000 men.", "1,000", 1000, 1000, Bound.APPROX),
        ("They sent an estimated 3,000 men.", "3,000", 3000, 3000, Bound.APPROX),
        ("They sent nearly 900 men.", "900", 900, 900, Bound.APPROX),
        ("They sent 500 or so men.", "500", 500, 500, Bound.APPROX),
        ("They sent more than 10,000 men.", "10,000", 10000, None, Bound.AT_LEAST),
        ("They sent at least a dozen trucks.", "a dozen", 12, None, Bound.AT_LEAST),
        ("They sent 400 or more men.", "400", 400, None, Bound.AT_LEAST),
        ("They sent up to 12,000 men.", "12,000", None, 12000, Bound.AT_MOST),
        ("They sent up to an additional 800 men.", "800", None, 800, Bound.AT_MOST),
        ("They sent no fewer than 70 men.", "70", 70, None, Bound.AT_LEAST),
        ("They sent fewer than 70 men.", "70", None, 70, Bound.AT_MOST),
        ("They sent 10,000 to 12,000 men.", "10,000 to 12,000", 10000, 12000, Bound.RANGE),
        ("They sent between 10,000 and 12,000 men.", "10,000 and 12,000", 10000, 12000, Bound.RANGE),
        ("They sent 10,000-12,000 men.", "10,000-12,000", 10000, 12000, Bound.RANGE),
        ("They sent 30 to 40 thousand men.", "30 to 40 thousand", 30000, 40000, Bound.RANGE),
        ("They sent two or three men.", "two or three", 2, 3, Bound.RANGE),
        ("They sent dozens of men.", "dozens", 24, None, Bound.VAGUE),
        ("They sent tens of thousands of men.", "tens of thousands", 20000, None, Bound.VAGUE),
        ("They sent hundreds of thousands of men.", "hundreds of thousands", 200_000, None, Bound.VAGUE),
        ("They sent tens of men.", "tens", 20, None, Bound.VAGUE),
        ("They sent scores of men.", "scores", 20, None, Bound.VAGUE),
        ("They sent a few thousand men.", "a few thousand", 2000, None, Bound.VAGUE),
        ("They sent several hundred men.", "several hundred", 200, None, Bound.VAGUE),
        ("They sent two dozen men.", "two dozen", 24, 24, Bound.EXACT),
        ("They sent half a dozen men.", "half a dozen", 6, 6, Bound.EXACT),
        ("They sent half a million men.", "half a million", 500_000, 500_000, Bound.EXACT),
        ("They sent a quarter of a million men.", "a quarter of a million", 250_000, 250_000, Bound.EXACT),
        ("They sent three hundred and forty-six men.", "three hundred and forty-six", 346, 346, Bound.EXACT),
        ("They sent a million-strong army.", "million", 1_000_000, 1_000_000, Bound.EXACT),
        ("They sent a 62-member team.", "62", 62, 62, Bound.EXACT),
        ("They sent a six-member team.", "six", 6, 6, Bound.EXACT),
        ("They sent 1.000.000 shells.", "1.000.000", 1_000_000, 1_000_000, Bound.EXACT),
        ("They sent 10\u202f000 shells.", "10\u202f000", 10_000, 10_000, Bound.EXACT),
        ("They sent a couple of dozen men.", "a couple of dozen", 24, None, Bound.VAGUE),
        ("They sent thousands upon thousands of men.", "thousands upon thousands", 2000, None, Bound.VAGUE),
        ("They sent four or five thousand men.", "four or five thousand", 4000, 5000, Bound.RANGE),
        ("They sent 100-150,000 men.", "100-150,000", 100_000, 150_000, Bound.RANGE),
        ("They sent 4 700 men.", "4 700", 4700, 4700, Bound.EXACT),
        ("They sent about 1, 300 men.", "1, 300", 1300, 1300, Bound.APPROX),
        ("They sent 2 1/2 million shells.", "2 1/2 million", 2_500_000, 2_500_000, Bound.EXACT),
        ("They sent two and a half million shells.", "two and a half million", 2_500_000, 2_500_000, Bound.EXACT),
        ("They sent 3.5 lakh shells.", "3.5 lakh", 350_000, 350_000, Bound.EXACT),
        ("The toll broke the 2,000 mark.", "2,000", 2000, None, Bound.AT_LEAST),
        ("They sent 300+ rockets.", "300", 300, None, Bound.AT_LEAST),
        ("They sent 12,00,000 shells.", "12,00,000", 1_200_000, 1_200_000, Bound.EXACT),
    ],
)
def test_the_value_the_span_and_the_bound(
    text: str, figure: str, low: Number | None, high: Number | None, bound: Bound
) -> None:
    """The numeral with its scale and the inside of a range; the hedge stays outside and gives the bound."""
    (found,) = read(text)
    assert text[found.start : found.end] == figure
    assert (found.low, found.high, found.bound) == (low, high, bound)
    assert found.kind is QuantityKind.COUNT


@pytest.mark.parametrize(
    ("text", "figure", "low", "unit"),
    [
        ("It cost $20 billion.", "$20 billion", 20_000_000_000, "USD"),
        ("It cost $4.5bn.", "$4.5bn", 4_500_000_000, "USD"),
        ("It cost 3.2 mln U.S. dlrs in all.", "3.2 mln U.S. dlrs", 3_200_000, "USD"),
        ("It cost 50 million euros.", "50 million euros", 50_000_000, "EUR"),
        ("It cost A$300.", "A$300", 300, "AUD"),
        ("It cost 900 Canadian dollars.", "900 Canadian dollars", 900, "CAD"),
        ("It cost a million-dollar fee.", "million-dollar", 1_000_000, "USD"),
        ("It cost 85 cents.", "85 cents", 0.85, "USD"),
        ("It cost 10,000 won a day.", "10,000 won", 10_000, "KRW"),
        ("It cost 800 USD in all.", "800 USD", 800, "USD"),
        ("It cost Rs 5 crore.", "Rs 5 crore", 50_000_000, "INR"),
        ("It cost 7,000 rubles.", "7,000 rubles", 7000, "RUB"),
    ],
)
def test_sums_take_their_currency(text: str, figure: str, low: Number, unit: str) -> None:
    """A mark before or a word behind, with its nationality."""
    (found,) = read(text)
    assert text[found.start : found.end] == figure
    assert (found.low, found.kind, found.unit) == (low, QuantityKind.MONEY, unit)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("It began on June 17.", QuantityKind.DATE),
        ("It began on 17 June.", QuantityKind.DATE),
        ("It began in 2024.", QuantityKind.DATE),
        ("It began in the 1990s.", QuantityKind.DATE),
        ("It began at 10:30 there.", QuantityKind.TIME),
        ("It began at 5 p.m. there.", QuantityKind.TIME),
        ("Kim Jong Un, 41, spoke.", QuantityKind.AGE),
        ("A 24-year-old man spoke.", QuantityKind.AGE),
        ("A girl aged 7 spoke.", QuantityKind.AGE),
        ("The 3rd attempt failed.", QuantityKind.ORDINAL),
        ("The 2215th Brigade came.", QuantityKind.DESIGNATION),
        ("It cites Article 51 again.", QuantityKind.DESIGNATION),
        ("A Su-35 crashed.", QuantityKind.DESIGNATION),
        ("A Boeing 737 crashed.", QuantityKind.DESIGNATION),
        ("The 5G network failed.", QuantityKind.DESIGNATION),
        ("Prices rose 12 percent.", QuantityKind.PERCENT),
        ("Prices rose 12%.", QuantityKind.PERCENT),
        ("It took two years.", QuantityKind.DURATION),
        ("A 17-day offensive followed.", QuantityKind.DURATION),
        ("It lies 50 kilometers away.", QuantityKind.MEASURE),
        ("It has 300 tonnes of rice.", QuantityKind.MEASURE),
        ("Two thirds of the men left.", QuantityKind.FRACTION),
        ("Call +7 495 for help.", QuantityKind.PHONE),
        ("One of the reasons is money.", QuantityKind.PRONOUN),
        ("The two agreed to meet.", QuantityKind.PRONOUN),
        ("Emily, 16, left.", QuantityKind.AGE),
        ("Children under the age of six left.", QuantityKind.AGE),
        ("A victim as young as 19 died.", QuantityKind.AGE),
        ("People 65 and older left.", QuantityKind.AGE),
        ("He fled on March five.", QuantityKind.DATE),
        ("They recalled the 9/11 attacks.", QuantityKind.DATE),
        ("The 2022 attacks went on.", QuantityKind.DATE),
        ("It struck at 1353 (1023 GMT).", QuantityKind.TIME),
        ("It began at 11 on Sunday.", QuantityKind.TIME),
        ("A four-door sedan burned.", QuantityKind.DESIGNATION),
        ("A B737-200 aircraft crashed.", QuantityKind.DESIGNATION),
        ("He was shot in the 2300 block of Elm Road.", QuantityKind.DESIGNATION),
        ("He lived at 61 West Elm Avenue.", QuantityKind.DESIGNATION),
        ("Image 3 of 10 Police search a house.", QuantityKind.DESIGNATION),
        ("The Group of 20 met.", QuantityKind.DESIGNATION),
        ("The 1718 Committee met.", QuantityKind.DESIGNATION),
        ("The 810th Marine Brigade came.", QuantityKind.DESIGNATION),
        ("Level three is next.", QuantityKind.DESIGNATION),
        ("A boy called 911 and waited.", QuantityKind.PHONE),
        ("It was 6.1 there.", QuantityKind.MEASURE),
        ("Passed by 27 votes.", QuantityKind.SCORE),
        ("One witness said so.", QuantityKind.PRONOUN),
        ("It is 200 more than last year.", QuantityKind.DIFFERENCE),
        ("It is 100,000 short of the aim.", QuantityKind.DIFFERENCE),
    ],
)
def test_what_is_no_count_is_told_apart(text: str, kind: QuantityKind) -> None:
    """Dates, times, ages, ranks, names, percentages, durations, measures, fractions and pronouns."""
    assert read(text)[0].kind is kind


def test_both_numbers_of_a_score_a_share_and_a_date_are_left_out() -> None:
    """None of them is a count."""
    for text, kind in (
        ("The home team won 3-1.", QuantityKind.SCORE),
        ("The court ruled by a vote of 5 to 4.", QuantityKind.SCORE),
        ("One in five children is hungry.", QuantityKind.SHARE),
        ("It ended on June 17, 2025.", QuantityKind.DATE),
        ("It ran from 17/06/2025 on.", QuantityKind.DATE),
    ):
        assert {found.kind for found in read(text)} == {kind}, text


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("The toll rose from 70 to 85.", ["70", "85"]),
        ("It killed at least 100 and wounded another 1,000.", ["100", "1,000"]),
        ("In 1994 2,000 soldiers came.", ["1994", "2,000"]),
        ("The total rose 32,000 to 1.4 million.", ["32,000", "1.4 million"]),
    ],
)
def test_two_figures_are_not_one_range(text: str, figures: list[str]) -> None:
    """A change, a list and a year beside a count are two numbers each."""
    assert [text[found.start : found.end] for found in read(text)] == figures


def test_a_hedge_holds_over_or_and_not_over_and() -> None:
    """It governs a coordination of alternatives; the next figure of a list is exact."""
    shells, rockets = read("They had up to 2 million bricks or 300,000 tiles.")
    assert (shells.bound, rockets.bound) == (Bound.AT_MOST, Bound.AT_MOST)
    killed, wounded = read("At least 100 were killed and another 1,000 wounded.")
    assert (killed.bound, wounded.bound) == (Bound.AT_LEAST, Bound.EXACT)


def test_one_is_a_number_before_a_noun_only() -> None:
    """An article or a pronoun counts nothing."""
    kinds = {text: read(text)[0].kind for text in ("One soldier died.", "One was killed.", "One of them left.")}
    assert list(kinds.values()) == [QuantityKind.COUNT, QuantityKind.COUNT, QuantityKind.PRONOUN]


def test_the_hedge_and_the_attached_noun_are_spans_of_the_text() -> None:
    """What decided can be shown."""
    text = "They sent more than 40 men and a 62-member team."
    first, second = read(text)
    assert first.hedge is not None
    assert text[slice(*first.hedge)] == "more than"
    assert second.attached == "member"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Four men, ages 21, 33, 35 and 37, fled.", "count age age age age"),
        ("Two women, 41 and 28 years old, fled.", "count age age"),
        ("Kim, 41, and Lee, 24, left 3 men.", "age age count"),
        ("In the 1986/87 season 300 men came.", "date date count"),
        ("In 2024-25 some 300 men came.", "date date count"),
        ("Deputies cast 436 votes for it, 101 against and 26 abstained.", "score score score"),
        ("It sold 7.7 mln tonnes, vs 7.5 mln last month.", "measure measure"),
        ("It allows 40 kilograms (88 pounds) of luggage.", "measure measure"),
        ("In Kursk, 200 men died; in Orel, 50.", "count count"),
        ("He sent 12 155mm shells.", "count measure"),
        ("It had 30 killed in 2023 and 12 in 2022.", "count date count date"),
        ("It lost 1,011,250 (+1,010) men.", "count difference"),
        ("Call 02-123-4567 for help.", "phone phone phone"),
        ("It read Isaiah 2:4 there.", "score score"),
        ("It was 20°C and then -15 C.", "measure measure"),
        ("A man, 30, and three were hurt.", "age count"),
        ("People of all ages from 20 countries came.", "count"),
        ("It killed 2015 rebels in 2015.", "count date"),
        ("3 Shot On Main Street", "count"),
    ],
)
def test_a_number_goes_on_with_the_sort_of_its_list(text: str, kinds: str) -> None:
    """Ages, years, votes and measures of one list or comparison are told together; counts beside them stay counts."""
    assert " ".join(found.kind for found in read(text)) == kinds


@given(st.integers(min_value=2, max_value=999_999))
def test_a_number_in_words_is_the_number_in_digits(number: int) -> None:
    """The grammar of number words, all of it below a million."""
    (found,) = read(f"They counted {spelled(number)} soldiers.")
    assert (found.low, found.high) == (number, number)


@given(st.integers(min_value=2_100, max_value=10**12))
def test_separators_change_nothing(number: int) -> None:
    """With commas and without."""
    for written in (f"{number:,}", str(number)):
        (found,) = read(f"They counted {written} soldiers.")
        assert found.low == number
        assert found.kind is QuantityKind.COUNT


@given(st.integers(min_value=1, max_value=9_000), st.integers(min_value=1, max_value=9_000))
def test_a_range_has_its_ends_in_order(low: int, more: int) -> None:
    """Whatever stands between: "to", a hyphen or "and"."""
    high = low + more
    for text in (f"Some {low:,} to {high:,} men came.", f"Between {low:,} and {high:,} men came."):
        (found,) = read(text)
        assert (found.low, found.high, found.bound) == (low, high, Bound.RANGE)


PIECES = (
    "5 1,000 million one - to and , . $ June of hundred ½ m th € years old a couple half or / 2024 aged votes bn won"
    " 000 + No the block"
).split(" ")


@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_any_row_of_pieces_is_read_in_order_without_overlap(pieces: list[str]) -> None:
    """Hostile rows end in records whose spans lie in the text."""
    text = "He saw " + " ".join(pieces)
    end = 0
    for found in read(text):
        assert end <= found.start < found.end <= len(text)
        assert found.low is None or found.high is None or found.low <= found.high
        end = found.end


def test_a_long_row_of_numbers_takes_no_long_walk() -> None:
    """Thousands of numbers in one sentence neither overflow nor stall."""
    assert len(read("1, " * 5_000)) == 5_000
    assert len(read("age 1, " * 5_000)) == 5_000
    assert len(read("1 " * 5_000)) == 5_000
    assert len(read("1/2/" * 5_000)) > 1
    assert len(read("one-" * 20_000)) >= 1
    assert all(found.low is not None and found.low < 10**30 for found in read("million " * 5_000))
    assert len(read("1-" * 5_000)) > 1
    assert read("9" * 100_000) == []


@pytest.mark.parametrize(
    ("text", "figure", "per"),
    [
        ("The mill got 46 dollars per 100 kilos.", "46 dollars", "100 kilogram"),
        ("The mill got 46 European Currency Units (Ecus) per tonne.", "46 European Currency Units", "tonne"),
        ("The state spent 12 dollars per 1,000 people.", "12 dollars", "1,000 people"),
        ("The mill got 46 dollars (30 pounds) per tonne.", "46 dollars", None),
    ],
)
def test_what_a_sum_is_told_by(text: str, figure: str, per: str | None) -> None:
    """A rate may be told by more than one unit and behind the short name of the currency."""
    sentence = parse(document(text)).sentences[0]
    found = next(one for one in quantities(sentence, text) if text[one.start : one.end] == figure)
    assert found.per == per
