"""What numbers of Korean count: nouns that look inflected, units of a force, numbers that go on."""

import pytest

from tallystick.dossiers.loading import load
from tallystick.extraction.extraction import extract
from tallystick.model.document import Document
from tallystick.reading.text.passages import label


def found(text: str) -> list[tuple[str, str]]:
    """The figures of a text with their categories."""
    document = Document("d", text, "0", label(text), "d", language="ko")
    return [(claim.figure, claim.category) for claim in extract(document, load("general"))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("적군 포로 2명이 교환됐다.", [("2", "captured")]),
        ("주둔 병력이 300명에서 900명으로 늘었다.", [("300", "soldier"), ("900", "soldier")]),
        ("병사 100명이 도착했고 추가로 200명이 왔다.", [("100", "soldier"), ("200", "soldier")]),
        ("전사자 40명의 이름이 새겨졌다.", [("40", "killed")]),
        ("새로 온 2개 여단 700명이 배치됐다.", [("700", "other")]),
        ("전체의 3분의 1인 90명이 죽거나 다쳤다.", [("90", "casualties_unspecified")]),
        ("올해 1~2월 약 800명이 파병됐다.", [("800", "soldier")]),
        ("170㎜ 방사포 20문을 넘겼다.", [("20", "vehicle_or_weapon")]),
        ("공병부대 60명이 지뢰 500개를 제거했다.", [("60", "deminer"), ("500", "vehicle_or_weapon")]),
        ("적은 병사 70명을 잃었고 주민 20명이 집을 잃었다.", [("70", "killed"), ("20", "civilian")]),
        ("전사한 장병 유가족 30명을 위로했다.", [("30", "other")]),
        ("10만 명당 7명꼴이다.", []),
        ("60대의 드론과 8발의 미사일이 날아왔다.", [("60", "vehicle_or_weapon"), ("8", "missile")]),
        ("구호트럭 15대가 들어왔다.", [("15", "aid_quantity")]),
    ],
)
def test_what_is_counted(text: str, expected: list[tuple[str, str]]) -> None:
    """Each figure has the category of what it counts, and what counts nothing of interest gives no figure."""
    assert found(text) == expected


@pytest.mark.parametrize("text", ["1명 중 " * 800, "1만" * 2000, "이 중 1" * 2000])
def test_rows_of_numbers_are_read_to_their_end(text: str) -> None:
    """What each number takes over from the one before is followed a few steps only."""
    assert len(found(text)) <= 2000
