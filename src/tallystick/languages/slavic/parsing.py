"""Sentences and tokens of Russian and Ukrainian."""

import re

from tallystick.languages.language import Parse
from tallystick.languages.writing.parsing import Writing, parse
from tallystick.model.document import Document

__all__ = ["parsed", "plain"]

# In order: numbers with their groups of thousands (a space, a point or a comma before three digits) and decimals; words
# with apostrophes and inner hyphens; any other mark.
# Before those, a numeral joined to the next by a hyphen is a token of its own: "три-четыре тысячи".
NUMERAL = r"""(?:дв[аеі]|дво[хмє]\w?|двух|двум|тр[иі]|тр[ьеё][хм]|четыр\w{1,3}|чотир\w{1,3}|п['’ʼ]?ят\w{1,4}
    |шест[ьи]|шіст\w{1,2}|сем[ьи]|сім\w{0,2}|вос[еь]м\w{1,2}|вісім\w{0,2}|дев['’ʼ]?ят[ьи]|десят\w{1,2}|двадцат[ьи]|тридцат[ьи]|сто)"""
TOKEN = re.compile(
    rf"""
      {NUMERAL}(?=[-‑]{NUMERAL}\b)
    | \d{{1,3}}(?:[ \u00a0\u2009\u202f]\d{{3}})+(?![\d\w])(?:,\d+)?
    | \d+(?:[.,]\d+)*
    | [^\W\d_]+(?:['’ʼ`][^\W\d_]+)*(?:[-‑][^\W\d_]+(?:['’ʼ`][^\W\d_]+)*)*
    | \S
    """,
    re.VERBOSE | re.IGNORECASE,
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
CLOSING = frozenset("тыс тис млн млрд трлн руб коп грн долл дол чел".split())
WRITING = Writing(TOKEN, END, ABBREVIATIONS, CLOSING)
APOSTROPHES = str.maketrans("’ʼ`‑ё", "'''-е")


def parsed(document: Document, code: str) -> Parse:
    """Cut the passages of `document` in the language `code` into sentences and tokens."""
    return parse(document, code, WRITING)


def plain(word: str) -> str:
    """Give a lower-case word with one kind of apostrophe and hyphen, and е for ё, as print has it."""
    return word.translate(APOSTROPHES)
