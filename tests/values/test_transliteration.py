"""One name in many spellings: reviewed variants, romanization, similarity, and what stays apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.values.romanization import is_latin, name_words, readings, romanized
from tallystick.values.transliteration import (
    MOST_FOUND,
    SHORTEST,
    SIMILAR,
    Match,
    MatchKind,
    NameMatcher,
    same_name,
    variants,
)

VARIANT = Match(MatchKind.VARIANT, 100.0)
TRANSLITERATION = Match(MatchKind.TRANSLITERATION, 100.0)

# Pairs of one name by nothing but similarity: machine translation that took l for r, pinyin and back, German s for z.
ALIKE = (
    ("Brinov", "Blinov"),
    ("Nezhimakov", "Neizhmakov"),
    ("Kuznetsov", "Kusnezow"),
    ("Yevgeny Prigozhin", "Jewgenij Prigoschin"),
    ("Matviyenko", "Матвиенко"),
    ("Belousov", "Belosov"),
    ("Khusnullin", "Husnullin"),
    ("Lukashenko", "Rukashenko"),
    ("Kovalchuk", "Kovarchuk"),
    ("Kuleba", "쿨레바"),
)
# Names of two people. Most pairs have the same consonants, so that nothing but the threshold keeps them apart.
APART = (
    ("Kravchuk", "Krivchuk"),
    ("Shevchuk", "Shevchik"),
    ("Semenov", "Simonov"),
    ("Marinov", "Morenov"),
    ("Baranov", "Boronov"),
    ("Kirilov", "Karelov"),
    ("Makarov", "Mokrov"),
    ("Sidorov", "Sadrov"),
    ("Melnikov", "Malinkov"),
    ("Golubev", "Galibov"),
    ("Kozlov", "Kizlov"),
    ("Popov", "Papov"),
    ("Belov", "Balov"),
    ("Ivanov", "Ivanova"),
    ("Nikitin", "Nikitina"),
    ("Иванов", "Ivanova"),
    ("Ivanov", "Ivankov"),
    ("Budanov", "Bogdanov"),
    ("Belousov", "Belov"),
    ("Gerasimov", "Gerasimenko"),
    ("Kim Jong Un", "Kim Jong Il"),
    ("김정은", "김정일"),
    ("Kim Jong Un", "김정일"),
    ("Kim Yong Bok", "Kim Yong Bom"),
    ("Kim Yong Chol", "Kim Yong Chun"),
    ("Sergei Shoigu", "Shoigu"),
    ("Sergei Shoigu", "Larisa Shoigu"),
    ("绍伊古", "普京"),
    ("绍伊古", "邵伊古"),
)
# Where similarity is wrong, and cannot know it: two members of one parliament differ by an l; a vowel of a long name.
MISTAKEN = (("Milonov", "Mironov"), ("Karpenko", "Korpenko"))


@pytest.mark.parametrize(
    "spelling",
    ["Shoygu", "Shoigou", "Choïgou", "Schoigu", "Shoigú", "Szojgu", "Шойгу", "ШОЙГУ", "쇼이구", "绍伊古", "紹伊古"],
)
def test_reviewed_spellings_are_one_name(spelling: str) -> None:
    """Every script of the list finds every other."""
    assert same_name("Shoigu", spelling) == VARIANT
    assert same_name(spelling, "쇼이구") == VARIANT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sergei Shoigu", "谢尔盖·绍伊古"),
        ("Sergei K. Shoigu", "Сергей Шойгу"),
        ("SHOIGU Sergey", "Sergej Schoigu"),
        ("Alexander Matsegora", "Александр Мацегора"),
        ("Kyrylo Budanov", "Кирило Буданов"),
        ("Volodymyr Zelensky", "Володимир Зеленський"),
        ("Kim Jong-un", "金正恩"),
        ("Valery Gerasimov", "Вале́рий Герасимов"),
    ],
)
def test_whole_names_are_joined_from_reviewed_words(one: str, other: str) -> None:
    """A given name and a surname are reviewed once each; order, marks and middle initials do not count."""
    assert same_name(one, other) == VARIANT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lavrov", "Лавров"),
        ("Medvedev", "Medwedew"),
        ("Medvedev", "Медведев"),
        ("Shcherbakov", "Щербаков"),
        ("Shcherbakov", "Chtcherbakov"),
        ("Shevchenko", "Schewtschenko"),
        ("Yevgeny Prigozhin", "Евгений Пригожин"),
        ("Yevgeny Prigozhin", "Evgueni Prigojine"),
        ("Syrskyi", "Сирський"),
        ("Umerov", "Умєров"),
        ("Sobyanin", "Sobianin"),
        ("Sobyanin", "소뱌닌"),
        ("Khinshtein", "Chinschtejn"),
        ("Šojgu", "Шойгу"),
        ("Kim Yong Bok", "김영복"),
        ("Choe Son Hui", "최선희"),
        ("No Kwang Chol", "노광철"),
        ("Park Jong-chon", "Pak Jong Chon"),
        ("Alexander Novak", "Александр Новак"),
    ],
)
def test_romanization_joins_spellings(one: str, other: str) -> None:
    """What no list has is joined by the tables of its script and language."""
    assert same_name(one, other) == TRANSLITERATION
    assert same_name(other, one) == TRANSLITERATION


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_what_is_only_alike_says_so(one: str, other: str) -> None:
    """Similarity is the last resort and carries its score."""
    match = same_name(one, other)
    assert match is not None
    assert match.kind is MatchKind.SIMILARITY
    assert match.score >= SIMILAR
    assert same_name(other, one) == match


@pytest.mark.parametrize(("one", "other"), APART)
def test_two_people_stay_two(one: str, other: str) -> None:
    """Other vowels, endings and short names are other people; so is whoever shares a surname."""
    assert same_name(one, other) is None
    assert same_name(other, one) is None


@pytest.mark.parametrize(("one", "other"), MISTAKEN)
def test_similarity_is_wrong_at_times_and_only_ever_similarity(one: str, other: str) -> None:
    """The known limit: such pairs are found, and are marked as to be looked at."""
    match = same_name(one, other)
    assert match is not None
    assert match.kind is MatchKind.SIMILARITY


@pytest.mark.parametrize(
    ("one", "other"), [("Kin", "Kem"), ("Ryder", "Rider1"), ("Popov", "Pobov"), ("Belov", "Berov")]
)
def test_short_names_are_never_joined_by_similarity(one: str, other: str) -> None:
    """A letter of five makes another name."""
    assert max(len(one), len(other)) <= SHORTEST
    match = same_name(one, other)
    assert match is None or match.kind is not MatchKind.SIMILARITY


@pytest.mark.parametrize("empty", ["", " ", "...", "123", "🙂"])
def test_nothing_is_like_nothing(empty: str) -> None:
    """A name without letters matches nobody, not even itself."""
    assert same_name(empty, empty) is None
    assert same_name(empty, "Shoigu") is None
    assert NameMatcher([empty, "Shoigu"]).find(empty) == ()


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_two_texts_are_compared_alike_from_both_sides(one: str, other: str) -> None:
    """No text breaks it, and the order of the two does not count."""
    assert same_name(one, other) == same_name(other, one)
    romanized(one)


@given(st.text(alphabet="абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґ", min_size=1, max_size=20))
def test_a_cyrillic_name_is_its_own_romanization(name: str) -> None:
    """What the table writes is read back as the same name."""
    latin = romanized(name)
    if latin:
        match = same_name(name, latin)
        assert match is not None
        assert match.kind is not MatchKind.SIMILARITY


@given(st.lists(st.sampled_from([pair[0] for pair in ALIKE + APART]), unique=True), st.sampled_from(ALIKE + APART))
def test_the_index_finds_what_comparing_finds(names: list[str], pair: tuple[str, str]) -> None:
    """A look-up gives exactly the names that one by one are the same."""
    found = {one.name: one.match for one in NameMatcher(names).find(pair[1])}
    one_by_one = {name: match for name in names if (match := same_name(name, pair[1])) is not None}
    assert found == one_by_one


def test_the_surest_come_first() -> None:
    """Reviewed before romanized before alike; then the order of the list."""
    matcher = NameMatcher(["Brinov", "Blinow", "Blinov", "Petrov"])
    assert [(one.name, one.match.kind) for one in matcher.find("Blinov")] == [
        ("Blinov", MatchKind.VARIANT),
        ("Blinow", MatchKind.TRANSLITERATION),
        ("Brinov", MatchKind.SIMILARITY),
    ]


def test_a_name_of_everybody_gives_no_more_than_some() -> None:
    """The answer stays short where a list has one name a hundred times over."""
    names = [f"Ivan{'' if not number else '-' * number} Petrov" for number in range(2 * MOST_FOUND)]
    assert len(NameMatcher(names).find("Иван Петров")) == MOST_FOUND


def test_variants_are_those_of_a_whole_group() -> None:
    """A surname has its spellings, itself left out; a name of two groups has none of its own."""
    assert "Шойгу" in variants("Shoigu")
    assert "Shoigu" not in variants("Shoigu")
    assert "김정은" in variants("Kim Jong Un")
    assert variants("Nobody") == ()


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("Сергей Шойгу", "sergey shoygu"),
        ("Андрій Єрмак", "andriy yermak"),
        ("Ким Чен Ын", "kim chen yn"),
        ("김정은", "gimjeongeun"),
        ("Çelik Ångström", "celik angstrom"),
        ("绍伊古", ""),
        ("O'Brien-Smith", "obrien smith"),
    ],
)
def test_names_in_latin_letters(name: str, latin: str) -> None:
    """Han is not guessed at."""
    assert romanized(name) == latin


def test_words_and_letters() -> None:
    """Hyphens and middle dots part words; the first letter tells the script."""
    assert name_words("谢尔盖·绍伊古, Kim Jong-un") == ("谢尔盖", "绍伊古", "kim", "jong", "un")
    assert is_latin("«Émile")
    assert not is_latin("Шойгу")
    assert not is_latin("123")


def test_readings_are_few() -> None:
    """Five languages and two romanizations at the most."""
    assert readings("schewtschenko")[1] == "SevCenko"
    assert all(len(readings(word)) <= 10 for word in ("choigou", "григорій", "쇼이구"))
