"""The words of reporting speech of one language, ready to be looked up."""

from dataclasses import dataclass
from functools import cache

from tallystick.languages.slavic.numbers.words import PACKAGES
from tallystick.languages.slavic.parsing import plain
from tallystick.languages.writing.words import lists

__all__ = ["SpeechWords", "speech_words"]

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SpeechWords:
    """What the YAML of a language says of speech: stems of verbs, phrases as words, and sets of words by name."""

    verbs: tuple[str, ...]
    denials: tuple[str, ...]
    occasions: tuple[str, ...]
    giving: tuple[str, ...]
    messages: tuple[str, ...]
    phrases: tuple[Phrase, ...]
    cited: tuple[Phrase, ...]
    anonymous: tuple[Phrase, ...]
    back: tuple[Phrase, ...]
    going_on: tuple[Phrase, ...]
    sets: dict[str, frozenset[str]]

    def is_verb(self, word: str) -> bool:
        """Tell whether a plain lower-case word is a verb of saying."""
        return word.startswith(self.verbs) and word not in self.sets["not_verbs"] and word not in self.sets["passive"]


@cache
def speech_words(code: str) -> SpeechWords:
    """Give the words of the language `code`; read once."""
    held = lists(PACKAGES[code], "speech.yaml")

    def phrases(name: str) -> tuple[Phrase, ...]:
        return tuple(sorted((tuple(plain(phrase).split()) for phrase in held[name]), key=lambda one: -len(one)))

    return SpeechWords(
        verbs=tuple(map(plain, held["verbs"])),
        denials=tuple(map(plain, held["denials"])),
        occasions=tuple(map(plain, held["occasions"])),
        giving=tuple(map(plain, held["giving"])),
        messages=tuple(map(plain, held["messages"])),
        phrases=phrases("phrases"),
        cited=phrases("cited"),
        anonymous=phrases("anonymous"),
        back=phrases("back"),
        going_on=phrases("going_on"),
        sets={
            name: frozenset(map(plain, held[name]))
            for name in ("not_verbs", "passive", "pronouns", "possessive", "that", "how", "media", "roles", "adverbs")
        },
    )
