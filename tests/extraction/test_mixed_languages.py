"""A report that mixes languages is read passage by passage, and offsets hold in every script."""

import json
from pathlib import Path

import pytest

from tallystick.dossiers.loading import load
from tallystick.extraction.attributions import attributions_in
from tallystick.extraction.extraction import extract
from tallystick.extraction.quantities import numbers
from tallystick.model.claim import Status
from tallystick.model.document import Document, Failure
from tallystick.reading.reading import read

GENERAL = load("general")
RUSSIAN = "Министерство обороны сообщило, что в область прибыли пять тысяч военных строителей и тысяча саперов из КНДР."
UKRAINIAN = "За даними міністерства, щонайменше 600 військових загинули, ще чотири тисячі поранено на кордоні області."
KOREAN = "국가정보원은 북한이 러시아에 1만2천여명의 병력을 파병했다고 밝혔다. 최소 600명이 숨지고 4천여 명이 다쳤다."
CHINESE = "俄罗斯联邦安全会议秘书宣布，朝鲜将派遣1000名工兵和5000名军事建设人员。至少600人死亡，4000余人受伤。"
ENGLISH = (
    "The defense ministry said on Tuesday that 300 soldiers had been killed near the border in the past week alone."
)


@pytest.fixture
def mixed(tmp_path: Path) -> Document:
    """One report with a paragraph in each language, and a sign beyond the first plane before them."""
    text = "\n\n".join(("🚩 " + ENGLISH, RUSSIAN, KOREAN, UKRAINIAN, CHINESE))
    path = tmp_path / "mixed.jsonl"
    path.write_text(json.dumps({"id": "mixed", "text": text, "language": "en"}), encoding="utf-8")
    (found,) = read([path])
    assert not isinstance(found, Failure)
    return found.document


def test_each_passage_is_read_in_its_language(mixed: Document) -> None:
    """The figures of all five, in the order of the text, each with what its own language tells."""
    claims = extract(mixed, GENERAL)
    assert [claim.start for claim in claims] == sorted(claim.start for claim in claims)
    read_as = {claim.figure: (claim.low, claim.category, claim.status) for claim in claims}
    assert read_as["300"] == (300, "killed", Status.ACTUAL)
    assert read_as["пять тысяч"] == (5000, "construction_worker", Status.ACTUAL)
    assert read_as["тысяча"] == (1000, "deminer", Status.ACTUAL)
    assert read_as["1만2천"] == (12_000, "soldier", Status.ACTUAL)
    assert read_as["чотири тисячі"] == (4000, "wounded", Status.ACTUAL)
    assert read_as["1000"] == (1000, "deminer", Status.PLANNED)
    assert sum(claim.low == 600 and claim.category == "killed" for claim in claims) == 3


def test_offsets_count_code_points(mixed: Document) -> None:
    """In every script, behind a sign beyond the first plane too."""
    for claim in extract(mixed, GENERAL):
        assert mixed.text[claim.start : claim.end] == claim.figure
        assert claim.figure in claim.quote
        for ground in claim.grounds:
            if ground.start is not None and ground.end is not None:
                assert mixed.text[ground.start : ground.end] == ground.cue


def test_numbers_and_speech_come_from_every_passage(mixed: Document) -> None:
    """In the order of the text."""
    starts = [int(str(one["start"])) for one in numbers(mixed)]
    assert starts == sorted(starts)
    speakers = {one.speaker for one in attributions_in(mixed)}
    assert {"Министерство обороны", "국가정보원"} <= speakers
