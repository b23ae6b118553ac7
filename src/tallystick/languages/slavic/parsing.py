"""Sentences and tokens of Russian and Ukrainian."""

import re

from tallystick.languages.language import Parse
from tallystick.languages.writing.parsing import Writing, parse
from tallystick.model.document import Document

__all__ = ["parsed", "plain"]

# In order: numbers with their groups of thousands (a space, a point or a comma before three digits) and decimals; words
# with apostrophes and inner hyphens; any other mark.
TOKEN = re.compile(
    r"""
      \d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?![\d\w])(?:,\d+)?
    | \d+(?:[.,]\d+)*
    | [^\W\d_]+(?:['’ʼ`][^\W\d_]+)*(?:[-‑][^\W\d_]+(?:['’ʼ`][^\W\d_]+)*)*
    | \S
    """,
    re.VERBOSE,
)
END = re.compile(r"[.!?…]+|\n+")
# A full stop after these ends no sentence.
ABBREVIATIONS = frozenset(
    (
        "г гг рр р в вв тыс тис млн млрд трлн руб коп грн долл дол ул вул пр просп пл д кв стр ст п пп им ім т е н "
        "э и о др см рис табл проф акад доц ген полк подп кап лейт сер гос гр тов обл р-н пос с дер м мин сек час "
        "ч чел кг км ред изд тел факс напр англ нем франц рос укр лат греч янв фев мар апр июн июл авг сен сент "
        "окт ноя нояб дек січ лют бер квіт трав черв лип серп вер жовт лист груд зб стор буд кіл хв зам заст мл "
        "т.е т.д т.п т.к н.э і.о в.о о.р н.р поп перен"
    ).split()
)
WRITING = Writing(TOKEN, END, ABBREVIATIONS)
APOSTROPHES = str.maketrans("’ʼ`‑ё", "'''-е")


def parsed(document: Document, code: str) -> Parse:
    """Cut the passages of `document` in the language `code` into sentences and tokens."""
    return parse(document, code, WRITING)


def plain(word: str) -> str:
    """Give a lower-case word with one kind of apostrophe and hyphen, and е for ё, as print has it."""
    return word.translate(APOSTROPHES)
