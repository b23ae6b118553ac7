"""Which language a text is in, and which of its passages are in another: a text comes in, BCP 47 codes go out.

Letters tell most languages, function words tell English; only a Latin text poor in them is put to a statistical model.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Protocol

from tallystick.model.document import Passage

__all__ = ["detect", "detect_passages"]

# Code points looked at: the head of an article shows its language; a 20 MB text need not be counted through.
SAMPLE = 4_000
# Part of the letters from which a script is that of the text and not of a quoted name: names of persons and firms in
# another script stay below a tenth of an article's letters.
SHARE = 0.3
# English words that no other language spells so and uses so often.
ENGLISH = frozenset("the of and to that with from has were said it which this their they been who would".split())
# Share of them in the words from which a text is English: of 4,500 passages of English news 97 in 100 have more (gold
# sets), of articles in French, German, Spanish and 14 other languages none has any but by chance.
ENGLISH_SHARE = 0.12
# Words of the same use in other languages, none of which English has.
FOREIGN = frozenset(
    "le la les des du et une dans pour que qui est au der das und den von mit für nicht ist dem el los las del y en "
    "por con una se il che di della sono os da em com não het een van dat och att som för på av og af w na z że "
    "się yang dan untuk dengan v je și în cu pe bir ve bu és hogy az ja että u su za là và của".split()
)  # fmt: skip
FOREIGN_SHARE = 0.15
# Share of the letters that are not ASCII from which a Latin passage is hardly English.
ACCENTED_SHARE = 0.03
# Fewer letters are a name, a headline or a cell of a table. From 50 code points on the model was right in 23 languages.
LETTERS = 40
# A passage that differs from its document must be prose, not a slogan or the name of a firm.
PASSAGE_LETTERS = 80
# Han and Hangul say in a third of the marks what letters say.
DENSE_LETTERS = 27
DENSE = frozenset(("ko", "ja", "zh"))
# Probability from which the model is believed: of 24 foreign texts of 50 code points none got less than 0.86, of 2,760
# reports of a wire of the eighties (half of them tables) none was taken for foreign with more than 0.21.
SURE = 0.8
# Code points that the model is shown; more change nothing and cost time.
SHOWN = 300
# Passages of one document that the model is asked about at most.
ASKED = 200
# Latin-letter languages that it chooses among: more would only be names for mistakes.
LATIN = "en de fr es it pt nl pl cs sk sv da no fi tr id ro hu vi hr sl lt lv et sq ca az".split()

WORD = re.compile(r"[^\W\d_]+")
BEYOND_LATIN = re.compile("[\u0370-\u1dff\u2e80-\ud7ff\uf900-\ufaff\ufb1d-\ufefc\U00020000-\U0003ffff]")
ACCENTED = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")
HANGUL = re.compile("[\uac00-\ud7a3]+")
KANA = re.compile("[\u3040-\u30ff]+")
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")
CYRILLIC = re.compile("[\u0400-\u052f]+")
ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3\u06fa-\u06fc]+")
# Scripts that one language of the news is written in.
ALONE = (
    ("he", re.compile("[\u05d0-\u05ea]+")),
    ("el", re.compile("[\u0370-\u03ff\u1f00-\u1fff]+")),
    ("ka", re.compile("[\u10a0-\u10ff]+")),
    ("hy", re.compile("[\u0531-\u0587]+")),
    ("hi", re.compile("[\u0900-\u097f]+")),
    ("th", re.compile("[\u0e00-\u0e7f]+")),
)
CYRILLIC_LETTERS = frozenset(("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg", "tt"))
ARABIC_LETTERS = frozenset(("ar", "fa", "ur", "ps", "ckb", "ug"))
# Letters that only some languages have, by what they speak for.
RUSSIAN = "ыэъё"
UKRAINIAN = "іїєґ"
SERBIAN = "ђћјљњџ"
MACEDONIAN = "ѓќѕ"
KAZAKH = "әғқңөұүһ"
TELLING = re.compile(f"[{RUSSIAN}{UKRAINIAN}{SERBIAN}{MACEDONIAN}{KAZAKH}ў]+")
PERSIAN = "پچژگکی"
ARABIC_ALONE = "كيةى"
URDU = "ٹڈڑںےھہ"
PASHTO = "ښځڅډړڼ"
# Part of the letters that such letters make up in a text of their language: Kazakh 0.1, Urdu 0.08, Pashto 0.03, the
# hard sign of Bulgarian 0.015; of Russian it is 0.0004.
TYPICAL = 0.02
HARD_SIGN = 0.008
HARD_SIGNS = 3


def detect(text: str) -> str:
    """Give the code of the language of a text; "en" where nothing speaks for another.

    Languages are told by letters where their script is not Latin. A Latin text is English where it has the function
    words of English or too few letters to judge, otherwise what a statistical model is sure of.
    """
    sample = text[:SAMPLE]
    return _by_letters(sample) or _latin(sample)


def detect_passages(text: str, passages: Sequence[Passage], language: str) -> tuple[Passage, ...]:
    """Give the passages with the language of each that is clearly in another than its document.

    Args:
        text: The document's text.
        passages: Its passages.
        language: Its language.

    Returns:
        The same passages in the same order; `language` is set where it differs and was not set.
    """
    own = language.lower().partition("-")[0]
    asked = 0
    labeled: list[Passage] = []
    for passage in passages:
        other: str | None = None
        if passage.language is None and passage.end - passage.start >= DENSE_LETTERS:
            piece = text[passage.start : min(passage.end, passage.start + SAMPLE)]
            other = _by_letters(piece)
            if other:
                other = other if _is_clear(other, own, piece) else None
            elif len(piece) >= PASSAGE_LETTERS:
                if _is_english(words := _words(piece)):
                    other = "en"
                elif own == "en" and asked < ASKED and _looks_foreign(piece, words):
                    asked += 1
                    other = _latin(piece)
        labeled.append(passage if other in (None, own) else replace(passage, language=other))
    return tuple(labeled)


def _is_clear(other: str, own: str, piece: str) -> bool:
    """Whether letters are enough to set a passage apart from a document in `own`."""
    if other not in DENSE and len(piece) < PASSAGE_LETTERS:
        return False
    # What a script is taken for where nothing speaks for another of its languages.
    if other == "ru" and own in CYRILLIC_LETTERS:
        return any(mark in RUSSIAN for mark in piece)
    return not (other == "zh" and own == "ja") and not (other in ARABIC_LETTERS and own in ARABIC_LETTERS)


def _by_letters(sample: str) -> str | None:
    """The language that the letters tell; None of a text in Latin letters or none."""
    if sample.isascii() or not BEYOND_LATIN.search(sample):
        return None
    letters = sum(map(len, WORD.findall(sample)))
    enough = SHARE * letters
    if _count(CYRILLIC, sample) >= enough:
        return _cyrillic(sample.lower())
    if _count(HANGUL, sample) >= enough:
        return "ko"
    kana, han = _count(KANA, sample), _count(HAN, sample)
    if kana + han >= enough:
        return "ja" if kana >= SHARE * (kana + han) else "zh"
    if _count(ARABIC, sample) >= enough:
        return _arabic(sample)
    return next((code for code, script in ALONE if _count(script, sample) >= enough), None)


def _count(script: re.Pattern[str], sample: str) -> int:
    return sum(map(len, script.findall(sample)))


def _cyrillic(sample: str) -> str:
    """Russian unless letters that it does not have, or lacks, speak for another."""
    marks = _count(CYRILLIC, sample)
    telling = "".join(TELLING.findall(sample))
    russian, ukrainian = _sum(RUSSIAN, telling), _sum(UKRAINIAN, telling)
    if _sum(KAZAKH, telling) >= TYPICAL * marks:
        return "kk"
    if _sum(SERBIAN, telling) > max(russian, ukrainian):
        return "mk" if _sum(MACEDONIAN, telling) > _sum("ђћ", telling) else "sr"
    if "ў" in telling and telling.count("і") > sample.count("и"):
        return "be"
    if ukrainian > russian:
        return "uk"
    return "bg" if russian == telling.count("ъ") >= max(HARD_SIGNS, HARD_SIGN * marks) else "ru"


def _arabic(sample: str) -> str:
    """Arabic unless letters that it does not have speak for another."""
    marks = _count(ARABIC, sample)
    if _sum(PASHTO, sample) >= TYPICAL * marks:
        return "ps"
    if _sum(URDU, sample) >= TYPICAL * marks:
        return "ur"
    return "fa" if _sum(PERSIAN, sample) > _sum(ARABIC_ALONE, sample) else "ar"


def _sum(letters: str, sample: str) -> int:
    return sum(map(sample.count, letters))


def _latin(sample: str) -> str:
    """English unless it lacks the words of English and the model is sure of another language."""
    words = _words(sample)
    if _is_english(words) or sum(map(len, WORD.findall(sample))) < LETTERS:
        return "en"
    # A list or a header block says little; the longest line is most likely prose.
    line = max(sample.splitlines(), key=len)
    shown = line[:SHOWN] if len(line) >= LETTERS else sample[:SHOWN]
    code, probability = _model().classify(shown)
    return code if probability >= SURE else "en"


def _words(sample: str) -> list[str]:
    """The words in small letters; function words rarely have a comma behind them, so they are not stripped."""
    return sample.lower().split()


def _is_english(words: list[str]) -> bool:
    return sum(map(ENGLISH.__contains__, words)) > ENGLISH_SHARE * len(words)


def _looks_foreign(piece: str, words: list[str]) -> bool:
    """Whether a Latin passage that is not plainly English is worth the model's time."""
    if ENGLISH.isdisjoint(words) or sum(map(FOREIGN.__contains__, words)) >= FOREIGN_SHARE * len(words):
        return True
    return not piece.isascii() and len(ACCENTED.findall(piece)) >= ACCENTED_SHARE * len(piece)


class _Model(Protocol):
    """What is asked of the model."""

    def classify(self, text: str) -> tuple[str, float]:
        """Give the likeliest language and its probability."""


@cache
def _model() -> _Model:
    """The model; read when the first text needs it, for that takes a second and brings in NumPy."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - most runs never need it

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages(LATIN)
    found: _Model = model
    return found
