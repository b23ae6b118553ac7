"""Cut English text into tokens and sentences by rule.

Takes the readable passages of a document; gives token and sentence spans, every offset a code point of its text.
"""

import re
from collections.abc import Iterator

__all__ = ["sentence_spans", "token_spans"]

# In order: numbers with separators and ordinals; abbreviations with inner dots; words with inner hyphens and
# apostrophes (the clitics 's, n't, 're come apart); dashes and ellipses; AP style double marks; any other mark.
TOKEN = re.compile(
    r"""
      \d+(?:[.,]\d+)*(?:st|nd|rd|th)(?![^\W\d_])
    | \d+(?:[.,]\d+)*
    | (?:[^\W\d_]\.){2,}
    | [^\W\d_]+?(?=n['’]t\b)
    | n['’]t\b
    | ['’](?:s|S|re|ve|ll|d|m)\b
    | [^\W\d_]+(?:['’](?!(?:s|S|re|ve|ll|d|m)\b)[^\W\d_]+)*(?:-[^\W\d_]+(?:['’](?!(?:s|S)\b)[^\W\d_]+)*)*
    | ``|''|\.{2,}|--+|—|–
    | \S
    """,
    re.VERBOSE,
)
# A full stop after these ends no sentence.
ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof gen lt col maj brig capt sgt cpl pvt adm cmdr sen rep gov pres rev hon st jr sr no nos vs etc"
    " jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun approx est dept div inc corp co ltd"
    " messrs ft mt vol fig art u.s u.n u.k e.g i.e a.m p.m d.c pct mln bln spc pfc supt det insp ret calif fla okla"
    " tex mass conn pa ariz colo mich minn miss tenn wash wis ala ark ill ind kan ky la md mo mont neb nev".split()
)
# After these a full stop may end a sentence if a capitalized function word follows: "in the U.S. The president".
MAY_END = frozenset("u.s u.n u.k a.m p.m d.c inc corp co ltd jr sr etc".split())
OPENERS = frozenset(
    "the a an in on at it he she they we i but and this that these those there his her its their after before when"
    " while if for as by according last no some more many most officials police two three four five six".split()
)
END = re.compile(r"[.!?…]+(?:['’”\")\]]|'')*(?=\s|$)")
WORD_BEFORE = re.compile(r"(?:[^\W\d_]\.)*[^\W_]+$")
WORD_AFTER = re.compile(r"\s*(?:['‘“\"(\[]|``)*([^\W_]+)")


def token_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of every token of `text[start:end]`."""
    for match in TOKEN.finditer(text, start, end):
        yield match.span()


def sentence_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of every sentence of the paragraph `text[start:end]`, white space trimmed."""
    begin = start
    for match in END.finditer(text, start, end):
        if match.end() < end and not _ends_sentence(text, begin, match, end):
            continue
        yield from _trimmed(text, begin, match.end())
        begin = match.end()
    yield from _trimmed(text, begin, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _ends_sentence(text: str, begin: int, match: re.Match[str], end: int) -> bool:
    """Whether the mark at `match` closes a sentence, judged by the words around it."""
    after = WORD_AFTER.match(text, match.end(), end)
    following = after.group(1) if after else ""
    if following[:1].islower():
        # A quotation's own mark inside its sentence: '"Will they come?" he asked.'
        return False
    if not match.group().startswith("."):
        return True
    before = WORD_BEFORE.search(text, max(begin, match.start() - 24), match.start())
    word = before.group() if before else ""
    if len(word) == 1 and word.isupper():
        # An initial: "Sergei K. Shoigu".
        return False
    folded = word.lower()
    if folded in ABBREVIATIONS or (len(folded) > 1 and "." in folded):
        return folded in MAY_END and following.lower() in OPENERS
    return True
