"""Names inside longer phrases."""

from hypothesis import given
from hypothesis import strategies as st

from tallystick.dossiers.loading import load
from tallystick.values.names import Match, NameIndex, actor_names, fold, place_names

WORDS = st.lists(st.sampled_from("abc"), max_size=8).map(tuple)


def test_case_articles_stops_and_possessives_make_no_difference() -> None:
    """The U.S. Army's name is us army."""
    assert fold("The U.S. Army’s") == ("us", "army")
    assert fold("Sergei Shoigu") == fold("SERGEI SHOIGU")
    assert fold("the") == ("the",)
    assert fold("") == ()


def test_the_longest_name_wins_and_of_equal_ones_the_first() -> None:
    """A ministry is not the country in its name."""
    index = NameIndex([(("korea",), 1), (("ministry", "of", "korea"), 2), (("kim",), 3)])
    assert index.longest(("the", "ministry", "of", "korea")) == 2
    assert index.longest(("kim", "of", "korea")) == 3
    assert index.longest(("nobody",)) is None
    assert list(index.matches(("ministry", "of", "korea"))) == [Match(0, 3, 2), Match(2, 3, 1)]


@given(st.lists(st.tuples(WORDS, st.integers()), max_size=8), WORDS)
def test_every_match_stands_in_the_words(names: list[tuple[tuple[str, ...], int]], words: tuple[str, ...]) -> None:
    """And every name that stands there is found."""
    found = {(words[match.first : match.last], match.what) for match in NameIndex(names).matches(words)}
    spans = {words[i:j] for i in range(len(words)) for j in range(i + 1, len(words) + 1)}
    assert found == {(name, what) for name, what in names if name in spans}


def test_the_actors_and_places_of_a_dossier_are_found_by_any_name() -> None:
    """By name and by alias, inside a description."""
    dossier = load("dprk-russia")
    actor = actor_names(dossier).longest(fold("Security Council Secretary Sergei Shoigu"))
    assert actor is not None
    place = place_names(dossier).longest(fold("Russia's Kursk region"))
    assert place is not None
    assert place.id == "kursk"
