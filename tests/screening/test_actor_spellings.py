"""The actors of a dossier in texts that spell their names otherwise."""

import pytest

from tallystick.model.dossier import Actor, Dossier
from tallystick.screening.names import Names, words_of

SHOIGU = Actor("shoigu", "Sergei Shoigu", ("Shoigu",))


def names(*actors: Actor) -> Names:
    """The names of these actors."""
    return Names(Dossier("tests", "Tests", "", (), actors=actors))


@pytest.mark.parametrize(
    "spelling",
    ["Shoygu", "Sergueï Choïgou", "Schoigu", "Шойгу", "Сергеем Шойгу", "쇼이구 서기는", "秘书绍伊古"],
)
def test_a_reviewed_spelling_names_the_actor(spelling: str) -> None:
    """A text that writes French or Russian names the same man."""
    assert names(SHOIGU).voice(f"{spelling} told them") == "shoigu"


def test_what_is_only_alike_names_nobody() -> None:
    """Flags rest on reviewed spellings, never on likeness."""
    assert names(SHOIGU).voice("Shoigo") == "name:shoigo"


def test_a_spelling_that_another_actor_has_is_his() -> None:
    """What the dossier itself says of a name comes before the list of variants."""
    other = Actor("port", "Shoygu", kind="person")
    assert names(SHOIGU, other).voice("Shoygu") == "port"


def test_bodies_have_no_variants_of_people() -> None:
    """A company of a general's name is not spelled as he is."""
    assert names(Actor("yard", "Shoigu", kind="organization")).voice("Шойгу") == "name:шойг"


def test_the_mention_has_the_words_of_the_text() -> None:
    """The span is that of the spelling."""
    (found,) = names(SHOIGU).mentions(words_of("Secretary Choïgou said so"))
    assert (found[0].first, found[0].last, found[1].id) == (1, 2, "shoigu")
