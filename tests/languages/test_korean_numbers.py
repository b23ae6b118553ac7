"""Numbers of Korean: every written form reads back, with the bound, the kind and the unit it has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spelling import hangul
from tallystick.languages.korean.korean import KOREAN
from tallystick.model.document import Document
from tallystick.model.quantity import Bound, Number, Quantity
from tallystick.reading.text.passages import label

BILLION = 10**9
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
NATIVE_ONES = ("", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉")
NATIVE_TENS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")


def numbers(text: str) -> list[Quantity]:
    """Every number of a text."""
    parse = KOREAN.parse(Document("d", text, "0", label(text), "d", language="ko"))
    return [one for sentence in parse.sentences for one in KOREAN.quantities(sentence, text)]


def only(text: str) -> Quantity:
    """The one number of a text."""
    (found,) = numbers(text)
    return found


def mixed(value: int, mark: str = "") -> str:
    """Digits with the multipliers of ten thousand: 3억2천만 is 3억2000만 here."""
    parts = []
    for scale, unit in ((10**8, "억"), (10**4, "만"), (1, "")):
        part, value = divmod(value, scale)
        if part:
            parts.append(f"{part}{unit}")
    return mark.join(parts)


def with_thousands(value: int) -> str:
    """As newspapers write it: 1만5천, 4천700."""
    written = ""
    for scale, unit in ((10**8, "억"), (10**4, "만"), (1, "")):
        part, value = divmod(value, scale)
        thousands, rest = divmod(part, 1000)
        if part:
            written += (f"{thousands}천" if thousands else "") + (str(rest) if rest else "") + unit
    return written


@given(value=st.integers(1, BILLION))
def test_every_number_in_digits_reads_back(value: int) -> None:
    """In digits of either width, grouped, with multipliers set apart or not, with and without 천."""
    for written in (
        str(value), f"{value:,}", str(value).translate(WIDE), mixed(value), mixed(value, " "), with_thousands(value),
    ):  # fmt: skip
        text = f"어제 군인 {written}명이 도착했다."
        found = only(text)
        assert (found.low, found.high, found.bound) == (value, value, Bound.EXACT), written
        assert text[found.start : found.end] == written


@given(value=st.integers(10, BILLION))
def test_every_number_in_hangul_reads_back(value: int) -> None:
    """Sino-Korean numerals before a classifier."""
    written = hangul(value)
    text = f"어제 군인 {written} 명이 도착했다."
    found = only(text)
    assert (found.low, found.high, text[found.start : found.end]) == (value, value, written)


@given(value=st.integers(1, 99))
def test_every_native_numeral_reads_back(value: int) -> None:
    """Native numerals before a classifier; 20 is 스무 there."""
    written = "스무" if value == 20 else NATIVE_TENS[value // 10] + NATIVE_ONES[value % 10]
    found = only(f"어제 군인 {written} 명이 도착했다.")
    assert (found.low, found.high) == (value, value)


@pytest.mark.parametrize(
    ("words", "low", "high", "bound"),
    [
        ("1만5천명이", 15_000, 15_000, "exact"),
        ("1만 5천여 명이", 15_000, None, "at_least"),
        ("4천700여명이", 4700, None, "at_least"),
        ("2만 2026명이", 22_026, 22_026, "exact"),
        ("약 1만2천명이", 12_000, 12_000, "approx"),
        ("최소 500여 명이", 500, None, "at_least"),
        ("최대 3천명이", None, 3000, "at_most"),
        ("1만명 이상이", 10_000, None, "at_least"),
        ("100명 미만이", None, 100, "at_most"),
        ("50명 안팎이", 50, 50, "approx"),
        ("1만명을 넘는 군인이", 10_000, None, "at_least"),
        ("5천~6천명이", 5000, 6000, "range"),
        ("5~6천명이", 5000, 6000, "range"),
        ("수천 명이", 2000, None, "vague"),
        ("수십만 명이", 200_000, None, "vague"),
        ("서너 명이", 3, 4, "range"),
        ("1.5만명이", 15_000, 15_000, "exact"),
    ],
)
def test_forms(words: str, low: Number | None, high: Number | None, bound: str) -> None:
    """Hedges before, after, inside and in the verb, ranges, vague words."""
    found = numbers(f"어제 군인 {words} 도착했다.")[0]
    assert (found.low, found.high, found.bound.value) == (low, high, bound)


@pytest.mark.parametrize(
    ("text", "kind", "unit"),
    [
        ("예산 3천억원을 편성했다.", "money", "KRW"),
        ("73억 달러를 냈다.", "money", "USD"),
        ("2024년에 있었다.", "date", None),
        ("17일에 도착했다.", "date", None),
        ("오전 9시에 시작했다.", "time", None),
        ("3개월 동안 있었다.", "duration", None),
        ("45세 남성이다.", "age", None),
        ("20대 남성이다.", "age", None),
        ("15% 늘었다.", "percent", None),
        ("제3차 회의다.", "ordinal", None),
        ("5개국이 참여했다.", "designation", None),
        ("쌀 300톤을 보냈다.", "measure", "tonne"),
        ("10만명당 환자다.", "rate", None),
        ("제22사단이다.", "ordinal", None),
    ],
)
def test_kinds(text: str, kind: str, unit: str | None) -> None:
    """What is no count is told apart, sums with their currency."""
    found = numbers(text)[0]
    assert (found.kind.value, found.unit) == (kind, unit)


@given(text=st.text("0123456789 ,.~만천억명여약원달러수십한두세네열%(년월일", max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    """Spans lie within the text, in order, without overlap."""
    end = 0
    for one in numbers(text):
        assert end <= one.start < one.end <= len(text)
        end = one.end
