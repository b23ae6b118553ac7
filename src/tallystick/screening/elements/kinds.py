"""Which kinds of people a sentence names: words come in, categories of the dossier go out.

A fact about soldiers does not belong to the workers of the paragraph that it stands in. A single noun names people only
in the plural: "manpower" and "military assistance" name nobody.
"""

import re

from tallystick.model.dossier import Category, Dossier
from tallystick.values.names import NameIndex

__all__ = ["Kinds", "plain", "words"]

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
PEOPLE = "people"
# Sentences that are remembered.
REMEMBERED = 1 << 14


class Kinds:
    """The nouns of a dossier's categories of people, by language."""

    def __init__(self, dossier: Dossier) -> None:
        """Index the nouns; patterns of endings ("-er") name no kind."""
        people = [category for category in dossier.categories if category.kind == PEOPLE]
        languages = {code for category in people for code, _ in category.words}
        self._nouns = {
            code: NameIndex((words(noun), category.id) for category in people for noun in _nouns(category, code))
            for code in languages
        }
        self._alike = {category.id: {category.id, *category.parts} for category in dossier.categories}
        self._people = frozenset(category.id for category in people)
        self._known: dict[tuple[str, str], tuple[str | None, str | None]] = {}

    def named(self, language: str, before: str, after: str) -> str | None:
        """Give the category of people that a sentence speaks of at some place in it.

        Args:
            language: BCP 47 of the sentence.
            before: What stands before the place: the last people named there are meant.
            after: What follows; the first people named there are meant where none are before.

        Returns:
            The category, of nouns within one another that of the longest; None where no people are named.
        """
        code = language.partition("-")[0]
        return self._ends(code, before)[1] or self._ends(code, after)[0]

    def fits(self, category: str, named: str | None) -> bool:
        """Whether what is said of people `named` may be of a population of `category`: one may be part of the other."""
        if named is None or category not in self._people:
            return True
        return named in self._alike[category] or category in self._alike[named]

    def _ends(self, language: str, text: str) -> tuple[str | None, str | None]:
        """The first and the last category of people that a text names."""
        asked = (language, text)
        if asked not in self._known:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[asked] = self._named(language, text)
        return self._known[asked]

    def _named(self, language: str, text: str) -> tuple[str | None, str | None]:
        index = self._nouns.get(language)
        written = WORD.findall(text.lower())
        folded = tuple(plain(word) for word in written)
        found: list[str] = []
        end = 0
        for match in () if index is None else index.matches(folded):
            # The matches come by first word, of one word the longest first.
            single = match.last - match.first == 1
            if match.first >= end and not (single and written[match.first] == folded[match.first]):
                found.append(match.what)
                end = match.last
        return (found[0], found[-1]) if found else (None, None)


def words(text: str) -> tuple[str, ...]:
    """Give the words of a text in lower case, without the ending of their plural or possessive."""
    return tuple(plain(word) for word in WORD.findall(text.lower()))


def plain(word: str) -> str:
    """Give a noun without the ending of its plural, so that both compare equal."""
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _nouns(category: Category, language: str) -> list[str]:
    """The nouns of a category that are words."""
    return [noun for noun in category.lexicon(language).nouns if noun[:1].isalpha()]
