"""The numerals, hedges and units of one language, ready to be looked up."""

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from tallystick.languages.slavic.parsing import plain
from tallystick.languages.writing.words import content
from tallystick.model.quantity import Bound

__all__ = ["PACKAGES", "NumberWords", "Scale", "Stems", "number_words"]

PACKAGES = {"ru": "tallystick.languages.russian", "uk": "tallystick.languages.ukrainian"}


class Scale(NamedTuple):
    """A multiplier: `plural` where the form alone is vague, `either` where it may be the genitive singular too."""

    value: int
    plural: bool = False
    either: bool = False


class Stems:
    """Words, of which those written with "*" stand for every word that begins so."""

    def __init__(self, words: tuple[str, ...]) -> None:
        """Take the words as a list gives them."""
        self._whole = frozenset(plain(word) for word in words if not word.endswith("*"))
        self._starts = tuple(sorted(plain(word[:-1]) for word in words if word.endswith("*")))

    def __contains__(self, word: str) -> bool:
        return word in self._whole or word.startswith(self._starts)


@dataclass(frozen=True, slots=True)
class NumberWords:
    """What the YAML of a language says of its numbers.

    Attributes:
        units: Numerals below ten by form.
        lower: Teens and tens by form.
        hundreds: Hundreds by form.
        scales: Thousands and up, also "ten" and "hundred" as nouns, by form.
        whole: Words that are a number in themselves ("полсотни").
        lists: The other lists by name.
        hedges: Phrases before a number, as words, with their bound, the longest first.
        after: Phrases behind a number with their bound.
        stems: Lists that hold stems, ready to be asked.
        measures: Units of measure.
        currencies: Codes of currencies with their names.
        of_country: Stems of adjectives, and which code they make of which.
    """

    units: dict[str, int]
    lower: dict[str, int]
    hundreds: dict[str, int]
    scales: dict[str, Scale]
    whole: dict[str, int]
    lists: dict[str, frozenset[str]]
    hedges: tuple[tuple[tuple[str, ...], Bound], ...]
    after: tuple[tuple[tuple[str, ...], Bound], ...]
    stems: dict[str, Stems]
    measures: tuple[tuple[str, Stems], ...]
    currencies: tuple[tuple[str, Stems], ...]
    of_country: dict[str, dict[str, str]]


@cache
def number_words(code: str) -> NumberWords:
    """Give the words of the language `code` ("ru", "uk"); read once."""
    held = content(PACKAGES[code], "numbers.yaml")

    def forms(name: str) -> dict[str, int]:
        table = held[name]
        assert isinstance(table, dict)  # noqa: S101 - our own reviewed file
        return {plain(form): int(value) for value, words in table.items() for form in words}

    def words(name: str) -> tuple[str, ...]:
        listed = held[name]
        assert isinstance(listed, list)  # noqa: S101
        return tuple(str(word) for word in listed)

    def bounded(name: str) -> tuple[tuple[tuple[str, ...], Bound], ...]:
        table = held[name]
        assert isinstance(table, dict)  # noqa: S101
        pairs = [(tuple(plain(phrase).split()), Bound(bound)) for bound, phrases in table.items() for phrase in phrases]
        return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))

    def stems(name: str) -> tuple[tuple[str, Stems], ...]:
        table = held[name]
        assert isinstance(table, dict)  # noqa: S101
        return tuple((str(unit), Stems(tuple(map(str, listed)))) for unit, listed in table.items())

    either = frozenset(map(plain, words("either")))
    scales = {form: Scale(value) for form, value in (forms("scales") | forms("pieces")).items()}
    scales |= {
        form: Scale(value, plural=True, either=form in either)
        for form, value in (forms("plurals") | forms("piece_plurals")).items()
    }
    of_country = held["of_country"]
    assert isinstance(of_country, dict)  # noqa: S101
    plain_lists = (
        "halves some joiners from to between between_and or weak years ordinal_stems money_adjectives change months age"
        " starting half"
    ).split()
    return NumberWords(
        units=forms("ones"),
        lower=forms("teens") | forms("tens"),
        hundreds=forms("hundreds"),
        scales=scales,
        whole=forms("whole"),
        lists={name: frozenset(map(plain, words(name))) for name in plain_lists},
        hedges=bounded("hedges"),
        after=bounded("after"),
        stems={
            name: Stems(words(name))
            for name in ("spans", "clock", "percent", "rates", "labels", "designated", "subunits", "inside", "and_half")
        },
        measures=stems("measures"),
        currencies=stems("currencies"),
        of_country={plain(str(stem)): dict(codes) for stem, codes in of_country.items()},
    )
