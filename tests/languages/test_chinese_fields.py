"""Who says a Chinese figure, whether it is planned, when and where: own sentences, both scripts."""

import pytest

from tallystick.dossiers.loading import load
from tallystick.extraction.extraction import extract
from tallystick.model.claim import Claim
from tallystick.model.document import Document
from tallystick.reading.text.passages import label

GENERAL = load("general")


def claims(text: str, published: str | None = None) -> tuple[Claim, ...]:
    """The claims of a text."""
    return extract(Document("d", text, "0", label(text), "d", published=published, language="zh"), GENERAL)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("韩国国家情报院表示，朝鲜派出了1.2万名士兵。", "韩国国家情报院"),
        ("國防部發言人王建國說，已有300名士兵陣亡。", "國防部發言人王建國"),
        ("据联合国难民署统计，已有5万名难民越境。", "联合国难民署"),
        ("“至少600名士兵阵亡。”省长李明说。", "省长李明"),
        ("据报道，至少600名士兵阵亡。", None),
        ("昨日有600名士兵阵亡。", None),
    ],
)
def test_who_says_it(text: str, speaker: str | None) -> None:
    """Before and behind what is said; hearsay names nobody."""
    assert claims(text)[0].speaker == speaker


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("朝鲜将派遣1000名工兵。", "planned"),
        ("政府决定派出500名医生。", "planned"),
        ("朝鲜已派遣1000名工兵。", "actual"),
        ("昨日有12人死亡，30人受伤。", "actual"),
        ("可能有500名士兵参战。", "possible"),
        ("朝鲜会派遣1000名工兵吗？", "possible"),
        ("国防部否认派遣1000名工兵。", "denied"),
    ],
)
def test_plan_and_fact_without_tense(text: str, status: str) -> None:
    """将 and 决定 plan, 已 tells what happened, 可能 and a question leave it open."""
    assert claims(text)[0].status.value == status


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2024年10月17日，300名士兵阵亡。", "2024-10-17"),
        ("去年有300名士兵阵亡。", "2024"),
        ("昨日有300名士兵阵亡。", "2025-06-17"),
        ("本月有300名士兵阵亡。", "2025-06"),
        ("17日有300名士兵阵亡。", "2025-06-17"),
        ("他17日宣布，300名士兵阵亡。", None),
    ],
)
def test_dates(text: str, when: str | None) -> None:
    """By the day of publication where the text leaves out the year; the day of a statement is not that of the event."""
    assert claims(text, "2025-06-18")[0].when == when


@pytest.mark.parametrize(("text", "when"), [("去年有300名士兵阵亡。", None), ("17日有300名士兵阵亡。", None)])
def test_without_a_day_of_publication_nothing_is_guessed(text: str, when: str | None) -> None:
    """A relative date alone is no date."""
    assert claims(text)[0].when == when


@pytest.mark.parametrize(
    ("text", "place", "origin"),
    [
        ("300名朝鲜士兵抵达库尔斯克州。", "库尔斯克州", "KP"),
        ("在北部山区，12名工人失踪。", "北部山区", None),
        ("500名烏克蘭平民被疏散到波蘭。", "波蘭", "UA"),
        ("朝鲜已向俄罗斯派遣1500名士兵。", "俄罗斯", "KP"),
        ("俄罗斯将为朝鲜提供1000名教师。", None, "RU"),
    ],
)
def test_where_and_whence(text: str, place: str | None, origin: str | None) -> None:
    """As written; the country in ISO 3166-1."""
    (claim,) = claims(text)
    assert (claim.place, claim.origin) == (place, origin)
