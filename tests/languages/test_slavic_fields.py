"""Who says a figure in Russian and Ukrainian, how certain it is, and when: through the whole extraction."""

import pytest

from tallystick.dossiers.loading import load
from tallystick.extraction.extraction import extract
from tallystick.model.claim import Claim, Status
from tallystick.model.document import Document
from tallystick.reading.text.passages import label

PUBLISHED = "2025-09-10"


def claim(code: str, text: str) -> Claim:
    """The first claim of a text."""
    document = Document("d", text, "0", label(text), "d", language=code, published=PUBLISHED)
    return extract(document, load("general"))[0]


@pytest.mark.parametrize(
    ("code", "text", "speaker"),
    [
        ("ru", "По данным южнокорейской разведки, в Россию прибыли 12 тысяч солдат.", "южнокорейской разведки"),
        ("ru", "В Курской области погибли 600 солдат. Об этом сообщил депутат Ли Сон Квон.", "депутат Ли Сон Квон"),
        (
            "ru",
            "«Мы отправим тысячу саперов», — сказал секретарь Совета безопасности Сергей Шойгу.",
            "секретарь Совета безопасности Сергей Шойгу",
        ),
        ("ru", "Сергей Шойгу прибыл в Пхеньян. Он сообщил, что приедут 1000 саперов.", "Сергей Шойгу"),
        ("ru", "Сообщается, что погибли 40 человек.", None),
        ("uk", "У Курській області загинули 600 солдатів. Про це повідомляє Reuters.", "Reuters"),
        ("uk", "Про загибель 45 людей повідомили в ДСНС.", "ДСНС"),
        (
            "uk",
            "За словами президента Володимира Зеленського, загинули 300 військових.",
            "президента Володимира Зеленського",
        ),
    ],
)
def test_speaker(code: str, text: str, speaker: str | None) -> None:
    """The source is named in full."""
    assert claim(code, text).speaker == speaker


def test_agency_relays() -> None:
    """An agency behind somebody else's words is the relay."""
    found = claim("ru", "Пхеньян отправит в Россию 1000 саперов, заявил Шойгу, передает ТАСС.")
    assert (found.speaker, found.via) == ("Шойгу", "ТАСС")


@pytest.mark.parametrize(
    ("code", "text", "status"),
    [
        ("ru", "Ким Чен Ын решил отправить в Россию 1000 саперов.", Status.PLANNED),
        ("ru", "Власти планируют нанять 50 тысяч рабочих.", Status.PLANNED),
        ("ru", "КНДР может отправить еще 25 тысяч рабочих.", Status.POSSIBLE),
        ("ru", "Если договор подпишут, в Россию поедут 20 тысяч рабочих.", Status.POSSIBLE),
        ("ru", "Минобороны опровергло гибель 300 солдат.", Status.DENIED),
        ("ru", "Завод должен банку 228 млн рублей.", Status.ACTUAL),
        ("ru", "Завод должен выплатить банку 228 млн рублей.", Status.PLANNED),
        ("uk", "Росіяни мають намір залучити 30 тисяч військових.", Status.PLANNED),
        ("uk", "КНДР може відправити ще 25 тисяч робітників.", Status.POSSIBLE),
        ("uk", "Пентагон спростував загибель 300 солдатів.", Status.DENIED),
        ("uk", "До Курської області прибули 6000 робітників.", Status.ACTUAL),
    ],
)
def test_status(code: str, text: str, status: Status) -> None:
    """Words of plan, possibility and denial decide."""
    assert claim(code, text).status is status


@pytest.mark.parametrize(
    ("code", "text", "when"),
    [
        ("ru", "17 июня 2025 года в Россию прибыли 3000 рабочих.", "2025-06-17"),
        ("ru", "В июле 2025 года в Россию прибыли 3000 рабочих.", "2025-07"),
        ("ru", "Вчера погибли 12 солдат.", "2025-09-09"),
        ("ru", "Шойгу заявил 17 июня, что приедут 1000 саперов.", None),
        ("uk", "У 2023 році загинули 300 солдатів.", "2023"),
    ],
)
def test_when(code: str, text: str, when: str | None) -> None:
    """The day of the event counts, not that of the statement."""
    assert claim(code, text).when == when


def test_place_and_origin() -> None:
    """A place behind a preposition and a country's adjective are read."""
    found = claim("uk", "У Курській області загинули 600 північнокорейських солдатів.")
    assert (found.place, found.origin) == ("Курській області", "KP")


@pytest.mark.parametrize(
    ("language", "text", "origin"),
    [
        ("ru", "КНДР направит в Курскую область тысячу саперов.", "KP"),
        ("ru", "Россия передала Сирии 20 танков.", "RU"),
        ("uk", "КНДР відправить до Курської області п'ять тисяч будівельників.", "KP"),
        ("ru", "В Россию направили тысячу саперов.", None),
    ],
)
def test_who_sends_is_where_they_come_from(language: str, text: str, origin: str | None) -> None:
    """The subject of a verb of sending, never its goal."""
    document = Document("d", text, "0", label(text), "d", language=language)
    assert extract(document, load("general"))[0].origin == origin
