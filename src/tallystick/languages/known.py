"""Find the reader of a language by its BCP 47 code."""

from tallystick.errors import ReadingError
from tallystick.languages.english.english import ENGLISH
from tallystick.languages.language import Language
from tallystick.model.document import Document

__all__ = ["language_of"]

KNOWN: dict[str, Language] = {ENGLISH.code: ENGLISH}


def language_of(document: Document) -> Language:
    """Give the language that can read `document`.

    Raises:
        ReadingError: Where no language of that code is built in.
    """
    primary = document.language.lower().partition("-")[0]
    try:
        return KNOWN[primary]
    except KeyError:
        known = ", ".join(sorted(KNOWN))
        reason = f"its language is '{document.language}', which cannot be read yet (known: {known}); nothing extracted"
        raise ReadingError(document.id, reason) from None
