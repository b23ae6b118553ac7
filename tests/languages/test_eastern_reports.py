"""Sentences of reports as they are written in Russian, Ukrainian, Korean and Chinese, read from end to end."""

from typing import NamedTuple

import pytest

from tallystick.dossiers.loading import load
from tallystick.extraction.extraction import extract
from tallystick.model.claim import Claim
from tallystick.model.document import Document
from tallystick.reading.text.passages import label


class Told(NamedTuple):
    """What a claim is to say; None where it says nothing."""

    figure: str
    category: str
    status: str = "actual"
    speaker: str | None = None
    via: str | None = None
    place: str | None = None
    origin: str | None = None


def read(language: str, text: str) -> list[Told]:
    """The claims of a report of one sentence."""
    document = Document("one", text, "", label(text), "", published="2025-06-17", language=language)
    return [_told(claim) for claim in extract(document, load("general"))]


def _told(claim: Claim) -> Told:
    return Told(
        claim.figure, claim.category, claim.status.value, claim.speaker, claim.via, claim.place, claim.origin
    )  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        (
            "ru", "Гибель 23 мирных жителей подтвердил глава области Олег Синегубов.",
            [Told("23", "killed", speaker="глава области Олег Синегубов")],
        ),
        (
            "ru", "Reuters со ссылкой на южнокорейскую разведку сообщает, что погибли около 600 военнослужащих КНДР.",
            [Told("600", "killed", speaker="южнокорейскую разведку", via="Reuters", origin="KP")],
        ),
        (
            "ru", "Ким Чен Ын пообещал направить ещё 6 тысяч строителей, передаёт «Интерфакс» со ссылкой на ЦТАК.",
            [Told("6 тысяч", "construction_worker", "planned", "Ким Чен Ын", "Интерфакс")],
        ),
        (
            "ru", "«Погибли 12 человек», — рассказал РИА Новости представитель экстренных служб.",
            [Told("12", "killed", speaker="представитель экстренных служб")],
        ),
        (
            "ru", "Пхеньян отправил в Россию до 15 000 солдат, утверждает Сеул.",
            [Told("15 000", "soldier", speaker="Сеул", place="Россию", origin="KP")],
        ),
        (
            "ru", "В Россию могут приехать 25 тысяч рабочих из КНДР.",
            [Told("25 тысяч", "worker_other", "possible", place="Россию", origin="KP")],
        ),
        (
            "ru", "Число беженцев из Судана превысило 4 миллиона человек, сообщает УВКБ ООН.",
            [Told("4 миллиона", "displaced", speaker="УВКБ ООН", place="Судана", origin="SD")],
        ),
        (
            "ru", "По данным разведки, КНДР отправила 15 тысяч солдат. Из них 600 погибли.",
            [
                Told("15 тысяч", "soldier", speaker="разведки", origin="KP"),
                Told("600", "killed", speaker="разведки"),
            ],
        ),
        (
            "ru", "Глава разведки Кирилл Буданов в интервью газете заявил, что приедут 25 тысяч рабочих.",
            [Told("25 тысяч", "worker_other", "planned", "Глава разведки Кирилл Буданов")],
        ),
        (
            "ru", "В докладе Группы по наблюдению говорится, что КНДР передала до 9 млн снарядов.",
            [Told("9 млн", "shell", speaker="Группы по наблюдению", origin="KP")],
        ),
        (
            "ru", "Британская разведка оценивает потери северокорейцев более чем в 6 тысяч человек.",
            [Told("6 тысяч", "casualties_unspecified", speaker="Британская разведка", origin="KP")],
        ),
        (
            "ru", "«Мы приняли 35 раненых, трое скончались», — сообщил на брифинге главврач Ахмед Халиль.",
            [
                Told("35", "wounded", speaker="главврач Ахмед Халиль"),
                Told("трое", "killed", speaker="главврач Ахмед Халиль"),
            ],
        ),
        (
            "ru", "ООН: общее число перемещённых лиц достигло 12,4 млн. Управление просит помощи.",
            [Told("12,4 млн", "displaced", speaker="ООН")],
        ),
        (
            "uk", "Місцева влада визнає смерть 200 осіб, активісти кажуть про тисячі загиблих.",
            [Told("200", "killed", speaker="Місцева влада"), Told("тисячі", "killed", speaker="активісти")],
        ),
        (
            "uk", "За даними розвідки, 600 військових загинули і 4100 дістали поранення.",
            [Told("600", "killed", speaker="розвідки"), Told("4100", "wounded", speaker="розвідки")],
        ),
        (
            "uk", "Загибель 23 цивільних підтвердив голова ОВА Олег Синєгубов.",
            [Told("23", "killed", speaker="голова ОВА Олег Синєгубов")],
        ),
        (
            "uk", "Кількість внутрішньо переміщених осіб сягнула 3,7 млн, повідомили в МОМ.",
            [Told("3,7 млн", "displaced", speaker="МОМ")],
        ),
        (
            "uk", "У Міноборони спростували втрату 200 військових.",
            [Told("200", "casualties_unspecified", "denied", "Міноборони")],
        ),
        (
            "uk", "До Курської області перекинули півтори тисячі прикордонників.",
            [Told("півтори тисячі", "soldier", place="Курської області")],
        ),
        (
            "ko", "유엔난민기구에 따르면 수단 난민은 400만 명을 넘었다.",
            [Told("400만", "displaced", speaker="유엔난민기구", origin="SD")],
        ),
        (
            "ko", "젤렌스키 대통령은 러시아군 전사자가 하루 1천명에 달한다고 주장했다.",
            [Told("1천", "killed", speaker="젤렌스키 대통령", origin="RU")],
        ),
        (
            "ko", "국방부는 병력 5천명 파병설을 부인했다.",
            [Told("5천", "soldier", "denied", "국방부")],
        ),
        (
            "ko", "NHK는 외교 소식통을 인용해 북한이 노동자 2만5천명을 보내기로 했다고 보도했다.",
            [Told("2만5천", "worker_other", "planned", "외교 소식통", "NHK", origin="KP")],
        ),
        (
            "zh", "路透社援引知情人士的话说，朝鲜可能再派3万名士兵。",
            [Told("3万", "soldier", "possible", "知情人士", "路透社", origin="KP")],
        ),
        (
            "zh", "克里姆林宫没有证实1.2万名朝鲜士兵抵达俄罗斯的消息。",
            [Told("1.2万", "soldier", speaker="克里姆林宫", place="俄罗斯", origin="KP")],
        ),
        (
            "zh", "俄军在库尔斯克损失士兵超过4000人。",
            [Told("4000", "casualties_unspecified", place="库尔斯克", origin="RU")],
        ),
        (
            "zh", "國防部發言人表示，約有一萬一千名北韓士兵部署在庫斯克。",
            [Told("一萬一千", "soldier", speaker="國防部發言人", place="庫斯克", origin="KP")],
        ),
        (
            "ko", "(서울=한강통신) 김영희 기자 = 국가정보원은 북한군 사망자가 600여명이라고 밝혔다.",
            [Told("600", "killed", speaker="국가정보원", origin="KP")],
        ),
        (
            "ko", "국민의힘 이성권 의원과 민주당 김병기 의원이 모였다. 이 의원은 1만5천명이 파병됐다고 말했다.",
            [Told("1만5천", "soldier", speaker="이성권 의원")],
        ),
        (
            "ko", "북한은 지난해부터 컨테이너 2만8천개 분량의 무기를 러시아에 보냈다.",
            [Told("2만8천", "container", place="러시아", origin="KP")],
        ),
        ("ko", "중국은 1억위안 규모의 구호물자를 지원했다.", [Told("1억위안", "money", origin="CN")]),
        (
            "zh", "联合国监督小组的报告显示，朝鲜劳工有8000多名。报告还说，朝鲜在2024年向俄罗斯提供了100枚导弹。",
            [
                Told("8000", "labourer", speaker="联合国监督小组", origin="KP"),
                Told("100", "missile", speaker="联合国监督小组", place="俄罗斯", origin="KP"),
            ],
        ),
        ("zh", "以军对加沙地带发动空袭，造成50人死亡。", [Told("50", "killed", place="加沙地带")]),
        ("zh", "美军打死了300人。", [Told("300", "killed")]),
    ],
)  # fmt: skip
def test_a_sentence_is_read_whole(language: str, text: str, told: list[Told]) -> None:
    """Figure, category, status, speaker, via, place and origin."""
    assert read(language, text) == told


def test_numerals_joined_by_a_hyphen_are_a_range() -> None:
    """Both ends have the multiplier of the second."""
    text = "В приграничье уже работают три-четыре тысячи строителей."
    document = Document("one", text, "", label(text), "", language="ru")
    (claim,) = extract(document, load("general"))
    assert (claim.low, claim.high, claim.figure) == (3000, 4000, "три-четыре тысячи")
