"""What Russian and Ukrainian figures count, and the forms of numbers around it, through the whole extraction."""

import pytest

from tallystick.dossiers.loading import load
from tallystick.extraction.extraction import extract
from tallystick.extraction.record import record
from tallystick.model.document import Document
from tallystick.reading.text.passages import label


def read(code: str, text: str) -> list[tuple[object, object, object, object]]:
    """Figure, bound, unit and category of every claim of a text."""
    document = Document("d", text, "0", label(text), "d", language=code)
    found = [record(claim) for claim in extract(document, load("general"))]
    return [(one["figure"], one["bound"], one["unit"], one["category"]) for one in found]


@pytest.mark.parametrize(
    ("code", "text", "categories"),
    [
        ("ru", "Пхеньян направит пять тысяч военных строителей и тысячу сапёров.", ["construction_worker", "deminer"]),
        ("ru", "Поставлено 12 миллионов артиллерийских снарядов в 28 тыс. контейнеров.", ["shell", "container"]),
        ("ru", "Около 15 000 северокорейских рабочих находятся в России.", ["labourer"]),
        ("ru", "Потери войск составили 4700 человек, включая 600 убитых.", ["casualties_unspecified", "killed"]),
        ("ru", "Пострадали 20 человек, из них 5 погибли.", ["wounded", "killed"]),
        ("ru", "Погибли 12 человек, ещё 30 получили ранения.", ["killed", "wounded"]),
        ("ru", "Украина взяла в плен двух северокорейских солдат.", ["captured"]),
        ("ru", "Отправлено 500 тонн гуманитарной помощи.", ["aid_quantity"]),
        ("ru", "Десятки тысяч беженцев покинули город.", ["displaced"]),
        ("uk", "Приїдуть 5 тисяч військових будівельників і тисяча саперів.", ["construction_worker", "deminer"]),
        ("uk", "Внаслідок удару загинули 5 осіб, ще 10 поранені.", ["killed", "wounded"]),
        ("uk", "Знищено чотири танки.", ["vehicle_or_weapon"]),
        ("uk", "На обліку 5 тис 766 переселенців.", ["displaced"]),
        ("uk", "КНДР передала 28 тисяч контейнерів із боєприпасами.", ["container"]),
        ("ru", "5 человек погибли, 10 ранены.", ["killed", "wounded"]),
        ("ru", "300 солдат погибли и 2700 ранены.", ["killed", "wounded"]),
        ("ru", "Потери: 300 убитых и 2,7 тыс. раненых.", ["killed", "wounded"]),
        ("ru", "Убиты 5 солдат, 2 офицера и не менее 10 мирных жителей.", ["killed", "killed", "killed"]),
        ("ru", "Погибли 5 военных и 3 спасателя.", ["killed", "killed"]),
        ("ru", "600 из 4700 солдат погибли.", ["killed", "soldier"]),
        ("ru", "Двое северокорейских военных взяты в плен.", ["captured"]),
        ("ru", "Уничтожено 40 единиц военной техники.", ["vehicle_or_weapon"]),
        ("uk", "5 людей загинули, 10 поранено.", ["killed", "wounded"]),
        ("uk", "Нараховано 25 тисяч загиблих та майже 1 мільйон біженців.", ["killed", "displaced"]),
        ("uk", "Відремонтовано понад 700 одиниць бронетехніки.", ["vehicle_or_weapon"]),
        ("uk", "Приїхало і 30, і 500 тисяч людей.", ["other", "other"]),
        ("uk", "Двох північнокорейських військових взято в полон.", ["captured"]),
    ],
)
def test_categories(code: str, text: str, categories: list[str]) -> None:
    """By the noun, by what happened, and by the noun of a neighbor."""
    assert [one[3] for one in read(code, text)] == categories


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("ru", "Бригада № 10 вошла в город 5 мая 2024 года."),
        ("ru", "Его осудили по ст. 228 на 12 лет."),
        ("ru", "Тел. 8 (495) 123-45-67."),
        ("ru", "Встреча начнется в 15:30."),
        ("ru", "За резолюцию проголосовали 141 страна."),
        ("ru", "Он родился в 1975 году, ему 48."),
        ("ru", "Один из них сказал это."),
        ("uk", "Бригада № 10 увійшла до міста 5 травня 2024 року."),
        ("uk", "Вартість зросла на 5%."),
        ("uk", "Стаття 228 передбачає 12 років."),
    ],
)
def test_no_claims(code: str, text: str) -> None:
    """Dates, labels, times, ages, shares and what is no people."""
    assert read(code, text) == []


@pytest.mark.parametrize(
    ("code", "text", "figure", "bound", "unit"),
    [
        ("ru", "Дали 28 миллиардов 400 миллионов рублей.", "28 миллиардов 400 миллионов рублей", "exact", "RUB"),
        ("ru", "Контракт на сумму свыше $70 млн.", "$70 млн", "at_least", "USD"),
        ("ru", "Помощь составит €5 млн.", "€5 млн", "exact", "EUR"),
        ("ru", "Выплачено 1,2 трлн южнокорейских вон.", "1,2 трлн южнокорейских вон", "exact", "KRW"),
        ("ru", "Число погибших превысило 5000.", "5000", "at_least", "person"),
        ("ru", "Число погибших выросло до 48.", "48", "exact", "person"),
        ("ru", "Максимум 300 солдат погибли.", "300", "at_most", "person"),
        ("ru", "Порядка 300 солдат погибли.", "300", "approx", "person"),
        ("ru", "Погибли человек двадцать.", "двадцать", "approx", "person"),
        ("ru", "Убито 3-4 тысячи солдат.", "3-4 тысячи", "range", "person"),
        ("uk", "Доходи зросли до 616 млрд грн.", "616 млрд грн", "exact", "UAH"),
        ("uk", "Сума перевищує $3 мільярди.", "$3 мільярди", "at_least", "USD"),
        ("uk", "Не більше 300 осіб загинули.", "300", "at_most", "person"),
        ("ru", "Пришло человек 30.", "30", "approx", "person"),
        ("ru", "Прибыло 1500+ солдат.", "1500", "at_least", "person"),
        ("ru", "Прибыло ~1500 солдат.", "1500", "approx", "person"),
        ("ru", "Прибыло >1500 солдат.", "1500", "at_least", "person"),
        ("uk", "Пів мільйона біженців повернулися.", "Пів мільйона", "exact", "person"),
    ],
)  # fmt: skip
def test_figures(code: str, text: str, figure: str, bound: str, unit: str) -> None:
    """The words of the figure, its bound and its unit."""
    assert read(code, text)[0][:3] == (figure, bound, unit)


def test_calibers_are_no_counts() -> None:
    """The first of two sizes has the unit of the second."""
    assert [one[0] for one in read("ru", "Поставлено до 6 млн снарядов калибра 122 и 152 мм.")] == ["6 млн"]
