"""Words of a name in the forms that a sentence gives them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.dossiers.loading import load
from tallystick.values.folding import spread
from tallystick.values.names import actor_names, fold, place_names

DOSSIER = load("dprk-russia")
ACTORS, PLACES = actor_names(DOSSIER), place_names(DOSSIER)


@pytest.mark.parametrize(
    "forms",
    [
        ["Песков", "Пескова", "Пескову", "Песковым", "Пескове"],
        ["Сергей", "Сергея", "Сергею", "Сергеем", "Сергее", "Сергій", "Сергія", "Сергієм"],
        ["Курская область", "Курской области", "Курскую область", "Курской областью"],
        ["Росія", "Росії", "Росію", "Росією"],
        ["Зеленський", "Зеленського", "Зеленському", "Зеленським"],
        ["Сергей Шойгу", "Сергея Кужугетовича Шойгу", "Сергею Шойгу"],
        ["쿠르스크", "쿠르스크에서", "쿠르스크의"],
        ["쇼이구 서기", "쇼이구 서기가", "쇼이구서기는"],
        ["谢尔盖·绍伊古", "谢尔盖・绍伊古", "谢尔盖•绍伊古"],
    ],
)
def test_the_forms_of_a_name_are_one(forms: list[str]) -> None:
    """Cases, particles, middle names and the sign between two names make no difference."""
    assert len({fold(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("김정은", "김정일"), ("Курск", "Киев"), ("Кім", "Ким"), ("박정도", "박정")]
)
def test_names_stay_apart(one: str, other: str) -> None:
    """The last syllable of a Korean name is no particle, and short words keep their letters."""
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("words", "actor"),
    [
        ("секретарем Совета безопасности РФ Сергеем Шойгу", "shoigu"),
        ("секретар Ради безпеки Росії Сергій Шойгу", "shoigu"),
        ("세르게이 쇼이구 러시아 국가안보회의 서기가", "shoigu"),
        ("俄罗斯联邦安全会议秘书绍伊古", "shoigu"),
        ("俄羅斯國家安全會議秘書謝爾蓋·紹伊古", "shoigu"),
        ("Choïgou", "shoigu"),
        ("김정은 국무위원장은", "kim"),
        ("Ким Чен Ын", "kim"),
        ("朝鲜领导人金正恩", "kim"),
        ("Кирила Буданова", "budanov"),
        ("국정원은", "nis"),
        ("韩国国家情报院", "nis"),
        ("Головного управління розвідки", "hur"),
        ("미 국방부 대변인", "pentagon"),
        ("五角大楼发言人", "pentagon"),
    ],
)
def test_an_actor_is_found_in_any_script(words: str, actor: str) -> None:
    """Inflected, with titles, with particles, without spaces."""
    found = {match.what.id for match in ACTORS.matches(fold(words))}
    assert actor in found


@pytest.mark.parametrize("words", ["김정일 위원장", "Киевстар", "남북한", "사쇼이구"])
def test_a_part_of_another_word_is_no_actor(words: str) -> None:
    """Korean names begin where words do; a father is not his son."""
    assert ACTORS.longest(fold(words)) is None


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("в Курскую область", "kursk"),
        ("на Курщині", "kursk"),
        ("러시아 쿠르스크주에", "kursk"),
        ("俄罗斯库尔斯克州", "kursk"),
        ("庫爾斯克地區", "kursk"),
        ("в Криму", "crimea"),
        ("Ростовской областью", "rostov"),
        ("블라디보스토크에서", "primorye"),
        ("러시아로", "russia"),
    ],
)
def test_a_place_is_found_in_any_script(words: str, place: str) -> None:
    """The longest name decides."""
    found = PLACES.longest(fold(words))
    assert found is not None
    assert found.id == place


@given(st.lists(st.text("абвaz쇼이구绍伊古·1", min_size=1, max_size=5), max_size=5))
def test_words_taken_apart_twice_are_the_same(words: list[str]) -> None:
    """Nothing is lost, and nothing is marked again."""
    once = spread(words)
    assert spread(once) is once
    assert "".join(once).replace("▁", "") == "".join(words)
