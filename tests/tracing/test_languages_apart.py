"""One announcement in five languages is one origin; a figure that another language changes is flagged."""

from dataclasses import replace

import pytest

from factory import claim, document
from tallystick.dossiers.loading import load
from tallystick.model.claim import Claim, Status
from tallystick.model.document import Document
from tallystick.model.quantity import Bound
from tallystick.reconciliation.reconciliation import reconcile
from tallystick.screening.screening import Screened, screen
from tallystick.tracing.tracing import trace

DOSSIER = load("dprk-russia")
# Outlet, speaker, place, what 5,000 and 1,000 are written as, with their nouns.
TOLD = {
    "en": ("Wire One", "Sergei Shoigu", "Kursk region", "5,000 military builders", "1,000 sappers"),
    "ru": ("Волжский вестник", "секретарь Совета безопасности РФ Сергей Шойгу", "Курскую область",
           "5 тыс. военных строителей", "тысячу саперов"),
    "uk": ("Дніпровський кур'єр", "секретарем Радбезу РФ Сергієм Шойгу", "Курської області",
           "5 тисяч військових будівельників", "тисячу саперів"),
    "ko": ("한강일보", "쇼이구 러시아 국가안보회의 서기", "러시아 쿠르스크주", "건설병 5천명", "공병 1천명"),
    "zh": ("江城晚报", "俄罗斯联邦安全会议秘书绍伊古", "俄罗斯库尔斯克州", "5000名军事建筑人员", "1000名工兵"),
    "zh-Hant": ("海峽早報", "俄羅斯國家安全會議秘書紹伊古", "庫爾斯克地區", "五千名軍事建築人員", "一千名工兵"),
}  # fmt: skip


def report(language: str, builders: str | None = None, published: str = "2025-06-17") -> Document:
    """A report of the announcement in one language."""
    outlet, _, _, told, sappers = TOLD[language]
    written = document(f"{builders or told} / {sappers}", id=language, outlet=outlet, published=published)
    return replace(written, language=language)


def claims_of(source: Document, low: int = 5000, **fields: object) -> tuple[Claim, Claim]:
    """Its two figures, as far as `fields` do not say otherwise."""
    _, speaker, place, _, _ = TOLD[source.id]
    builders, sappers = source.text.split(" / ")
    default: dict[str, object] = {
        "origin": "KP", "place": place, "speaker": speaker, "status": Status.PLANNED, **fields,
    }  # fmt: skip
    return (
        claim(source, builders, low=low, high=low, category="construction_worker", counted=builders, **default),  # type: ignore[arg-type]
        claim(source, sappers, low=1000, high=1000, category="deminer", counted=sappers, **default),  # type: ignore[arg-type]
    )


def screened(documents: tuple[Document, ...], claims: tuple[Claim, ...]) -> Screened:
    """What the journey finds in reports and claims built by hand."""
    lineage = trace(documents, claims, DOSSIER)
    return screen(documents, claims, (), lineage, reconcile(documents, claims, lineage, DOSSIER), DOSSIER)


def test_one_announcement_in_six_writings_is_one_origin_a_figure() -> None:
    """Speaker, day, place, population and number agree, without a word in common."""
    documents = tuple(report(language) for language in TOLD)
    claims = tuple(one for source in documents for one in claims_of(source))
    lineage = trace(documents, claims, DOSSIER)
    assert sorted(len(origin.claims) for origin in lineage.origins) == [len(TOLD)] * 2
    assert all(len(origin.documents) == len(TOLD) for origin in lineage.origins)
    assert {origin.speaker for origin in lineage.origins} == {"Sergei Shoigu"}


@pytest.mark.parametrize("language", [language for language in TOLD if language != "en"])
def test_a_relay_of_the_next_day_adds_no_origin(language: str) -> None:
    """A surname alone, a day later, and in another language."""
    first, second = report("en"), report(language, published="2025-06-18")
    claims = (*claims_of(first), *claims_of(second))
    assert len(trace((first, second), claims, DOSSIER).origins) == 2


@pytest.mark.parametrize(
    ("language", "speaker"),
    [
        ("ru", "Кириллом Будановым"), ("uk", "Кирило Буданов"), ("ko", "국정원"), ("zh", "韩国国家情报院"),
        ("ru", "Иван Шойгу"), ("zh", "伊万·绍伊古"), ("ko", "우크라이나 군사정보국"),
    ],
)  # fmt: skip
def test_another_speaker_in_another_language_is_another_origin(language: str, speaker: str) -> None:
    """The number alone shows nothing, nor does a surname with another given name."""
    first, second = report("en"), report(language)
    claims = (*claims_of(first), *claims_of(second, speaker=speaker))
    assert len(trace((first, second), claims, DOSSIER).origins) == 4


@pytest.mark.parametrize("place", ["Ростовскую область", "Донецьку область", "하바롭스크", "滨海边疆区"])
def test_another_place_in_another_language_is_another_origin(place: str) -> None:
    """The dossier knows them under these names."""
    first, second = report("en"), report("ru")
    claims = (*claims_of(first), *claims_of(second, place=place))
    assert len(trace((first, second), claims, DOSSIER).origins) == 4


@pytest.mark.parametrize(
    ("language", "builders", "low"),
    [
        ("ko", "건설병 5만명", 50_000), ("zh", "5万名军事建筑人员", 50_000),
        ("ru", "50 тыс. военных строителей", 50_000), ("uk", "500 військових будівельників", 500),
    ],
)  # fmt: skip
def test_a_figure_that_grows_between_languages_is_flagged(language: str, builders: str, low: int) -> None:
    """Ten thousands are read as thousands, or the other way round."""
    sources = report("en"), report(language, builders)
    claims = (*claims_of(sources[0]), *claims_of(sources[1], low))
    found = [flag for flag in screened(sources, claims).flags if flag.code == "translation_suspect"]
    assert len(found) == 1
    assert {one.document for one in found[0].evidence} == {"en", language}


@pytest.mark.parametrize(
    ("language", "bound", "day", "wrong"),
    [("ko", Bound.EXACT, "2025-06-17", True), ("en", Bound.EXACT, "2025-06-17", False),
     ("ko", Bound.APPROX, "2025-06-17", False), ("ko", Bound.EXACT, "2025-06-19", False)],
)  # fmt: skip
def test_any_figure_that_changes_between_languages_is_flagged(
    language: str, bound: Bound, day: str, *, wrong: bool
) -> None:
    """Of the same speaker, day and population; in one language it is another figure of the speaker."""
    first = report("en")
    second = replace(report("ko", "건설병 8천명", day), language=language)
    claims = (*claims_of(first), *claims_of(second, 8000, bound=bound))
    found = [flag for flag in screened((first, second), claims).flags if flag.code == "translation_suspect"]
    assert bool(found) is wrong


def test_sappers_that_become_soldiers_in_another_language_are_flagged() -> None:
    """The figure is the same, the people are not."""
    sources = report("en"), report("zh")
    other = claim(
        sources[1], "1000名工兵", low=1000, high=1000, category="soldier", counted="士兵", origin="KP",
        place="库尔斯克州", speaker="绍伊古", status=Status.PLANNED,
    )  # fmt: skip
    found = screened(sources, (*claims_of(sources[0]), claims_of(sources[1])[0], other)).flags
    assert "population_mismatch" in {flag.code for flag in found}


def test_figures_that_agree_in_all_languages_raise_no_flag_of_translation() -> None:
    """Nothing is lost where nothing differs."""
    sources = tuple(report(language) for language in TOLD)
    found = screened(sources, tuple(one for source in sources for one in claims_of(source))).flags
    assert {"translation_suspect", "population_mismatch"}.isdisjoint(flag.code for flag in found)
