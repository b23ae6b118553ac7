"""Which language a text is in, by its letters alone: a text comes in, a BCP 47 code goes out."""

from itertools import islice

__all__ = ["detect"]

# Letters looked at: the head of an article shows its script; a 20 MB text need not be counted through.
SAMPLE = 4_000
# Part of the letters from which a script is that of the text and not of a quoted name: names of persons and firms in
# another script stay below a tenth of an article's letters.
SHARE = 0.3
UKRAINIAN = frozenset("іїєґІЇЄҐ")
RUSSIAN = frozenset("ыэъёЫЭЪЁ")


def detect(text: str) -> str:
    """Give "ko", "ja", "zh", "uk", "ru", or "en" for every text in other letters."""
    letters = list(islice((mark for mark in text if mark.isalpha()), SAMPLE))
    if not letters or all(mark < "\u0400" for mark in letters):
        return "en"
    enough = SHARE * len(letters)
    if sum("\uac00" <= mark <= "\ud7a3" for mark in letters) >= enough:
        return "ko"
    kana = sum("\u3040" <= mark <= "\u30ff" for mark in letters)
    han = sum("\u4e00" <= mark <= "\u9fff" for mark in letters)
    if kana + han >= enough:
        return "ja" if kana >= SHARE * (kana + han) else "zh"
    if sum("\u0400" <= mark <= "\u04ff" for mark in letters) >= enough:
        return _cyrillic(letters)
    return "en"


def _cyrillic(letters: list[str]) -> str:
    """Ukrainian where its own letters outnumber those that only Russian has."""
    ukrainian = sum(mark in UKRAINIAN for mark in letters)
    russian = sum(mark in RUSSIAN for mark in letters)
    return "uk" if ukrainian > russian else "ru"
