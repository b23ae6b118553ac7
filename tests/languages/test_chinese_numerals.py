"""Numbers of Chinese in both scripts: every written form reads back, with the bound, the kind and the unit it has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spelling import han
from tallystick.languages.chinese.chinese import CHINESE
from tallystick.model.document import Document
from tallystick.model.quantity import Bound, Number, Quantity
from tallystick.reading.text.passages import label

BILLION = 10**9
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def numbers(text: str) -> list[Quantity]:
    """Every number of a text."""
    parse = CHINESE.parse(Document("d", text, "0", label(text), "d", language="zh"))
    return [one for sentence in parse.sentences for one in CHINESE.quantities(sentence, text)]


def only(text: str) -> Quantity:
    """The one number of a text."""
    (found,) = numbers(text)
    return found


def mixed(value: int, units: tuple[str, str]) -> str:
    """Digits with the multipliers of ten thousand: 3萬3000."""
    written = ""
    for scale, unit in ((10**8, units[1]), (10**4, units[0]), (1, "")):
        part, value = divmod(value, scale)
        written += f"{part}{unit}" if part else ""
    return written


@given(value=st.integers(1, BILLION))
def test_every_number_in_digits_reads_back(value: int) -> None:
    """In digits of either width, grouped, and with the multipliers of either script."""
    plain = str(value)
    for written in (plain, f"{value:,}", plain.translate(WIDE), mixed(value, ("万", "亿")), mixed(value, ("萬", "億"))):
        text = f"昨日有{written}名士兵抵达。"
        found = only(text)
        assert (found.low, found.high, found.bound) == (value, value, Bound.EXACT), written
        assert text[found.start : found.end] == written


@pytest.mark.parametrize("traditional", [False, True])
@given(value=st.integers(2, BILLION))
def test_every_number_in_characters_reads_back(traditional: bool, value: int) -> None:
    """Written out, with 零 where a multiplier is left out."""
    written = han(value, traditional=traditional)
    text = f"昨日有{written}名士兵抵达。"
    found = only(text)
    assert (found.low, found.high, text[found.start : found.end]) == (value, value, written)


@given(value=st.integers(1, 99_999))
def test_a_decimal_with_a_multiplier_reads_back(value: int) -> None:
    """With a point of either width or a middle dot."""
    for point in (".", "．", "·"):
        found = only(f"昨日有{value // 100}{point}{value % 100:02}万名士兵抵达。")
        assert found.low == found.high == value * 100


@pytest.mark.parametrize(
    ("words", "low", "high", "bound"),
    [
        ("3萬3000名", 33_000, 33_000, "exact"),
        ("1.3221万名", 13_221, 13_221, "exact"),
        ("1700余万名", 17_000_000, None, "at_least"),
        ("一万五千名", 15_000, 15_000, "exact"),
        ("两千名", 2000, 2000, "exact"),
        ("上万名", 10_000, None, "vague"),
        ("数百万名", 2_000_000, None, "vague"),
        ("约500名", 500, 500, "approx"),
        ("至少500名", 500, None, "at_least"),
        ("逾万名", 10_000, None, "at_least"),
        ("500余名", 500, None, "at_least"),
        ("500名以上", 500, None, "at_least"),
        ("300名左右", 300, 300, "approx"),
        ("不到100名", None, 100, "at_most"),
        ("1万至1.2万名", 10_000, 12_000, "range"),
        ("5000—6000名", 5000, 6000, "range"),
        ("三四千名", 3000, 4000, "range"),
        ("三千五名", 3500, 3500, "exact"),
        ("十几名", 10, None, "vague"),
    ],
)
def test_forms(words: str, low: Number | None, high: Number | None, bound: str) -> None:
    """Hedges before, after and inside, ranges, vague words."""
    found = numbers(f"昨日有{words}士兵抵达。")[0]
    assert (found.low, found.high, found.bound.value) == (low, high, bound)


@pytest.mark.parametrize(
    ("text", "kind", "unit"),
    [
        ("拨款1.2亿元。", "money", "CNY"),
        ("价值140亿美元。", "money", "USD"),
        ("需要80多亿卢布。", "money", "RUB"),
        ("1998年开始。", "date", None),
        ("6月17日抵达。", "date", None),
        ("持续3天。", "duration", None),
        ("他今年45岁。", "age", None),
        ("增长15%。", "percent", None),
        ("第3次会议。", "ordinal", None),
        ("共有5个国家。", "designation", None),
        ("运来300吨粮食。", "measure", "tonne"),
    ],
)
def test_kinds(text: str, kind: str, unit: str | None) -> None:
    """What is no count is told apart, sums with their currency."""
    found = numbers(text)[0]
    assert (found.kind.value, found.unit) == (kind, unit)


@pytest.mark.parametrize(
    "text", ["他们一起统一了意见。", "万一下雨，一定要小心。", "一些人一直在唯一的地方。", "数据十分重要。"]
)
def test_characters_within_words_are_no_numbers(text: str) -> None:
    """统一, 万一, 一些 and the like."""
    assert numbers(text) == []


@given(text=st.text("0123456789，。.·万千百十亿名人约余多元美年月日第一二三两数几上%（）至—", max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    """Spans lie within the text, in order, without overlap."""
    end = 0
    for one in numbers(text):
        assert end <= one.start < one.end <= len(text)
        end = one.end
