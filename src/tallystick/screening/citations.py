"""Treaties and resolutions as reports call them: the packs of a dossier and words come in, what they name goes out.

Many treaties share a name, so that the countries that a text speaks of must tell which one it means.
"""

from re import compile as pattern
from typing import NamedTuple

from tallystick.model.dossier import Dossier
from tallystick.model.provision import Instrument
from tallystick.screening.names import Phrases, Word, words_of
from tallystick.values.places import country_of, nationality

__all__ = ["RESOLUTION", "Citations", "Known", "countries_of", "speaks_of"]

RESOLUTION = "resolution"
# "the treaty" is the one named before.
DEFINITE = frozenset(("the", "that", "this"))
# Code points of a text in which its countries are looked for: who is spoken of stands at its beginning.
OPENING = 6_000
# An abbreviated country that words do not hold.
STATES = pattern(r"\bU\.S\.")


class Known(NamedTuple):
    """An instrument with the countries that it is of: its parties by its title, or those of the pack's scope."""

    instrument: Instrument
    countries: frozenset[str]


class Citations:
    """The instruments of a dossier by the names by which reports call them."""

    def __init__(self, dossier: Dossier) -> None:
        """Index the names of the instruments of every pack; articles are no names."""
        named: list[tuple[str, Known]] = []
        for pack in dossier.packs:
            scope = frozenset(code for sign in pack.scope for code in sign.origins)
            for one in pack.instruments:
                known = Known(one, scope if one.kind == RESOLUTION else countries_of(one.title))
                numbers = (f"resolution {one.number}", f"unscr {one.number}") if one.kind == RESOLUTION else ()
                names = [name for name in (*one.aliases, *numbers) if not name.casefold().startswith("article")]
                named.extend((name, known) for name in dict.fromkeys(names))
        self._known = [known for _, known in named]
        self._phrases = Phrases(name for name, _ in named)
        self._kinds = {known.instrument.kind for known in self._known} - {RESOLUTION}

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self._known)

    def may_stand(self, text: str, start: int, end: int) -> bool:
        """Tell whether any may be named in `text[start:end]`, without taking it to words."""
        return self._phrases.may_stand(text, start, end)

    def mentions(self, words: list[Word]) -> list[tuple[int, int, Known]]:
        """Give what `words` name, the longest names: first word, one past the last, the instrument."""
        found: list[tuple[int, int, Known]] = []
        for one in self._phrases.mentions(words):
            if not found or one.first >= found[-1][1]:
                found.append((one.first, one.last, self._known[one.what]))
        return found

    def recalls(self, words: list[Word], before: set[Known]) -> list[tuple[int, int, Known]]:
        """Give where `words` have "the treaty" and one treaty alone has been named before."""
        found = []
        for at, word in enumerate(words[1:], start=1):
            if word.folded in self._kinds and words[at - 1].folded in DEFINITE:
                meant = [known for known in before if known.instrument.kind == word.folded]
                if len(meant) == 1:
                    found.append((at, at + 1, meant[0]))
        return found


def speaks_of(text: str, countries: frozenset[str], *, every: bool = False) -> bool:
    """Whether a text, as far as its beginning goes, names one of these countries, or every one."""
    found = countries_of(text[:OPENING]) & countries
    return found == countries if every else bool(found)


def countries_of(text: str) -> frozenset[str]:
    """The countries that a text names, by themselves, their capitals or their people."""
    words = [word for word in words_of(text) if text[word.start].isupper()]
    found = {"US"} if STATES.search(text) else set()
    for at, word in enumerate(words):
        pair = words[at + 1] if at + 1 < len(words) and words[at + 1].start - word.end == 1 else None
        for phrase in (word.folded, *((f"{word.folded} {pair.folded}",) if pair is not None else ())):
            code = country_of(phrase) or nationality(phrase)
            if code is not None:
                found.add(code)
    return frozenset(found)
