"""Numbers of Russian and Ukrainian: every written form reads back, with the bound, the kind and the unit it has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spelling import russian, ukrainian
from tallystick.languages.language import Language
from tallystick.languages.russian.russian import RUSSIAN
from tallystick.languages.ukrainian.ukrainian import UKRAINIAN
from tallystick.model.document import Document
from tallystick.model.quantity import Bound, Number, Quantity, QuantityKind
from tallystick.reading.text.passages import label

BILLION = 10**9
LANGUAGES: dict[str, Language] = {"ru": RUSSIAN, "uk": UKRAINIAN}
COUNTED = {"ru": "Вчера прибыли {} солдат.", "uk": "Учора прибули {} солдатів."}
SPELLED = {"ru": russian, "uk": ukrainian}


def numbers(code: str, text: str) -> list[Quantity]:
    """Every number of a text."""
    language = LANGUAGES[code]
    parse = language.parse(Document("d", text, "0", label(text), "d", language=code))
    return [one for sentence in parse.sentences for one in language.quantities(sentence, text)]


def only(code: str, text: str) -> Quantity:
    """The one number of a text."""
    (found,) = numbers(code, text)
    return found


def figure(text: str, quantity: Quantity) -> str:
    """The words of a number."""
    return text[quantity.start : quantity.end]


@pytest.mark.parametrize("code", LANGUAGES)
@given(value=st.integers(2, BILLION))
def test_every_number_in_digits_reads_back(code: str, value: int) -> None:
    """Without groups, and with groups of three set apart by blanks of any width or by points."""
    for written in (str(value), *(f"{value:,}".replace(",", mark) for mark in (" ", "\u00a0", "\u202f", "."))):
        found = only(code, COUNTED[code].format(written))
        assert (found.low, found.high, found.bound) == (value, value, Bound.EXACT), written
        assert figure(COUNTED[code].format(written), found) == written


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("case", ["nominative", "genitive", "instrumental"])
@given(value=st.integers(2, BILLION - 1))
def test_every_number_in_words_reads_back(code: str, case: str, value: int) -> None:
    """In the cases in which reports write them."""
    written = SPELLED[code](value, case)
    text = COUNTED[code].format(written)
    found = only(code, text)
    assert (found.low, found.high, figure(text, found)) == (value, value, written)


@pytest.mark.parametrize(
    ("code", "scales"),
    [
        ("ru", {"тыс.": 3, "млн": 6, "млрд": 9, "миллионов": 6}),
        ("uk", {"тис.": 3, "млн": 6, "млрд": 9, "мільйонів": 6}),
    ],
)
@given(value=st.integers(1, 9_999))
def test_a_decimal_with_a_multiplier_reads_back(code: str, scales: dict[str, int], value: int) -> None:
    """With a comma, as both languages write it."""
    for scale, power in scales.items():
        written = f"{value // 100},{value % 100:02} {scale}"
        found = only(code, COUNTED[code].format(written))
        assert found.low == found.high == value * 10**power // 100


@pytest.mark.parametrize(
    ("code", "words", "low", "high", "bound"),
    [
        ("ru", "6 тыс. солдат", 6000, 6000, "exact"),
        ("ru", "одну тысячу солдат", 1000, 1000, "exact"),
        ("ru", "тысячи солдат", 2000, None, "vague"),
        ("ru", "около тысячи солдат", 1000, 1000, "approx"),
        ("ru", "более тысячи солдат", 1000, None, "at_least"),
        ("ru", "пять с половиной тысяч солдат", 5500, 5500, "exact"),
        ("ru", "полтора миллиона солдат", 1_500_000, 1_500_000, "exact"),
        ("ru", "десятки тысяч солдат", 20_000, None, "vague"),
        ("ru", "несколько сотен солдат", 200, None, "vague"),
        ("ru", "от 5 до 7 тысяч солдат", 5000, 7000, "range"),
        ("ru", "10-12 тыс. солдат", 10_000, 12_000, "range"),
        ("ru", "до 500 солдат", None, 500, "at_most"),
        ("ru", "не менее 160-ти солдат", 160, None, "at_least"),
        ("ru", "500 и более солдат", 500, None, "at_least"),
        ("ru", "5 с лишним тысяч солдат", 5000, None, "at_least"),
        ("ru", "около двухсот солдат", 200, 200, "approx"),
        ("ru", "полсотни солдат", 50, 50, "exact"),
        ("ru", "28 тысяч 400 солдат", 28_400, 28_400, "exact"),
        ("uk", "5 тис 766 солдатів", 5766, 5766, "exact"),
        ("uk", "понад шість тисяч солдатів", 6000, None, "at_least"),
        ("uk", "близько п’яти тисяч солдатів", 5000, 5000, "approx"),
        ("uk", "тисячі солдатів", 2000, None, "vague"),
        ("uk", "від 5 до 7 тисяч солдатів", 5000, 7000, "range"),
        ("uk", "до 200 солдатів", None, 200, "at_most"),
        ("uk", "півсотні солдатів", 50, 50, "exact"),
        ("uk", "щонайменше кілька тисяч солдатів", 2000, None, "vague"),
    ],
)  # fmt: skip
def test_forms(code: str, words: str, low: Number | None, high: Number | None, bound: str) -> None:
    """The forms that reports use, each with its bound."""
    found = numbers(code, f"Прибыли {words}.")[0]
    assert (found.low, found.high, found.bound.value, found.kind) == (low, high, bound, QuantityKind.COUNT)


@pytest.mark.parametrize(
    ("code", "text", "values"),
    [
        ("uk", "Приїхали і 30, і 500 тисяч людей.", [30_000, 500_000]),
        ("ru", "Их число сократилось с 50 до 62 тысяч.", [50_000, 62_000]),
        ("uk", "Кількість зросла до 616 тисяч осіб.", [616_000]),
        ("ru", "Число раненых снизилось до 300 человек.", [300]),
    ],
)
def test_shared_multipliers_and_levels_reached(code: str, text: str, values: list[int]) -> None:
    """What a change leads to is a level, and neighbors share a multiplier."""
    found = numbers(code, text)
    assert [one.low for one in found] == values
    assert all(one.bound is Bound.EXACT for one in found)


@pytest.mark.parametrize(
    ("code", "text", "kind", "unit"),
    [
        ("ru", "Выделено 1,5 млн рублей.", "money", "RUB"),
        ("ru", "Выделено $70 млн.", "money", "USD"),
        ("ru", "Выделено 300 канадских долларов.", "money", "CAD"),
        ("uk", "Виділено 60,90 млн грн.", "money", "UAH"),
        ("ru", "Это было в 2024 году.", "date", None),
        ("ru", "Это было 17 июня.", "date", None),
        ("ru", "Ему 45 лет.", "duration", None),
        ("ru", "Погиб 20-летний водитель.", "age", None),
        ("ru", "Рост на 15%.", "percent", None),
        ("ru", "Прибыла 5-я рота.", "ordinal", None),
        ("ru", "Сбит Су-35.", "designation", None),
        ("uk", "Сума зросла на 12 відсотків.", "percent", None),
        ("uk", "Відстань — 15 кілометрів.", "measure", "kilometer"),
        ("uk", "На семью приходится 2,3 дитини.", "rate", None),
    ],
)
def test_kinds(code: str, text: str, kind: str, unit: str | None) -> None:
    """What is no count is told apart, sums with their currency."""
    found = numbers(code, text)[0]
    assert (found.kind.value, found.unit) == (kind, unit)


@given(text=st.text("0123456789 ,.-тысмлнруб$%№«»(\n", max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    """Spans lie within the text, in order, without overlap."""
    end = 0
    for code in LANGUAGES:
        end = 0
        for one in numbers(code, text):
            assert end <= one.start < one.end <= len(text)
            end = one.end
