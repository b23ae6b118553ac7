"""Find the reader of a language by its BCP 47 code; a language is loaded when its first document comes."""

from functools import cache
from importlib import import_module

from tallystick.errors import ReadingError
from tallystick.languages.language import Language, Parse
from tallystick.model.document import Document

__all__ = ["parsed", "reader"]

# The module of each language and the name of its reader there. Imported on demand: a case in English loads no Korean.
KNOWN = {
    "en": ("tallystick.languages.english.english", "ENGLISH"),
    "ko": ("tallystick.languages.korean.korean", "KOREAN"),
    "ru": ("tallystick.languages.russian.russian", "RUSSIAN"),
    "uk": ("tallystick.languages.ukrainian.ukrainian", "UKRAINIAN"),
    "zh": ("tallystick.languages.chinese.chinese", "CHINESE"),
}


@cache
def reader(code: str) -> Language | None:
    """Give the language of a primary BCP 47 code ("ko"), or None where none is built in."""
    if code not in KNOWN:
        return None
    module, name = KNOWN[code]
    language: Language = getattr(import_module(module), name)
    return language


def parsed(document: Document) -> tuple[tuple[Language, Parse], ...]:
    """Give `document` parsed in each language it is written in: its own, then those of its passages as they come.

    Each parse has the sentences of the passages in its language alone. Passages in a language that is not built in
    are left out where another can be read.

    Raises:
        ReadingError: Where no language that it is written in is built in.
    """
    passages = (passage.language for passage in document.passages if passage.language)
    codes = dict.fromkeys(language.lower().partition("-")[0] for language in (document.language, *passages))
    languages = tuple(language for language in map(reader, codes) if language is not None)
    if not languages:
        known = ", ".join(sorted(KNOWN))
        reason = f"its language is '{document.language}', which cannot be read yet (known: {known}); nothing extracted"
        raise ReadingError(document.id, reason)
    return tuple((language, language.parse(document)) for language in languages)
