"""Cut Korean text into eojeols, the words between spaces, and part each from its particle.

Takes a span of the text; gives `Eojeol`s with offsets of the text. Whether a particle can stand there follows from the
last sound before it (Standard Language Regulations: 은/이/을/과 after a consonant, 는/가/를/와 after a vowel), so that
"전문가" is no subject and "전문가가" is one.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from tallystick.languages.writing.words import lists

__all__ = [
    "Eojeol",
    "Role",
    "ends_in_consonant",
    "eojeols",
    "is_adnominal",
    "is_adverb",
    "is_trailing",
    "is_verb",
    "noun_phrase",
    "split_particle",
]

PACKAGE = "tallystick.languages.korean"
FILE = "grammar/grammar.yaml"
WORD = re.compile(r"\S+")
OPENING = "\"'“”‘’「『《〈<([{【·…-–—*■▲△◇◆○●"
CLOSING = "\"'“”‘’」』》〉>)]}】,.;:!?…·。"
# Syllables of Unicode's Hangul block, and how many share an initial and a vowel: those without a final come first.
FIRST_SYLLABLE, LAST_SYLLABLE, FINALS = 0xAC00, 0xD7A3, 28
# Final ㄹ takes 로, not 으로.
RIEUL = 8
# Figures and Latin letters by the sound they are read with: 0, 1, 3, 6, 7 and 8 end in a consonant, and L, M, N, R.
CONSONANT_SIGNS = frozenset("013678LMNRlmnr")
# A parenthesis behind a name, within the eojeol: "허톈(和田)지구", "국가정보원(국정원)은".
PARENTHESIS = re.compile(r"\([^()]{0,40}\)")


class Role:
    """What a particle makes of its noun."""

    NONE = ""
    TOPIC = "topic"
    SUBJECT = "subject"
    OBJECT = "object"
    GENITIVE = "genitive"
    PLACE = "place"
    GOAL = "goal"
    FROM = "from"
    TO = "to"
    WITH = "with"
    UNTIL = "until"
    DATIVE = "dative"
    OTHER = "other"


# Particles, longest first where one ends another: what must precede ("c" consonant, "v" vowel, "" either) and role.
PARTICLES: tuple[tuple[str, str, str], ...] = (
    ("으로부터는", "c", Role.FROM),
    ("으로부터", "c", Role.FROM),
    ("로부터", "v", Role.FROM),
    ("에게서", "", Role.FROM),
    ("에서부터", "", Role.FROM),
    ("에서만", "", Role.PLACE),
    ("에서는", "", Role.PLACE),
    ("에서도", "", Role.PLACE),
    ("에서의", "", Role.PLACE),
    ("에서", "", Role.PLACE),
    ("에게는", "", Role.DATIVE),
    ("에게", "", Role.DATIVE),
    ("한테", "", Role.DATIVE),
    ("께서는", "", Role.TOPIC),
    ("께서", "", Role.SUBJECT),
    ("에는", "", Role.GOAL),
    ("에도", "", Role.GOAL),
    ("에만", "", Role.GOAL),
    ("으로는", "c", Role.TO),
    ("으로도", "c", Role.TO),
    ("으로의", "c", Role.TO),
    ("으로", "c", Role.TO),
    ("로는", "v", Role.TO),
    ("로도", "v", Role.TO),
    ("로의", "v", Role.TO),
    ("까지는", "", Role.UNTIL),
    ("까지", "", Role.UNTIL),
    ("부터", "", Role.FROM),
    ("보다", "", Role.OTHER),
    ("처럼", "", Role.OTHER),
    ("마다", "", Role.OTHER),
    ("조차", "", Role.OTHER),
    ("밖에", "", Role.OTHER),
    ("만이", "", Role.SUBJECT),
    ("만은", "", Role.TOPIC),
    ("로", "v", Role.TO),
    ("은", "c", Role.TOPIC),
    ("는", "v", Role.TOPIC),
    ("이", "c", Role.SUBJECT),
    ("가", "v", Role.SUBJECT),
    ("을", "c", Role.OBJECT),
    ("를", "v", Role.OBJECT),
    ("과의", "c", Role.WITH),
    ("와의", "v", Role.WITH),
    ("과", "c", Role.WITH),
    ("와", "v", Role.WITH),
    ("도", "", Role.TOPIC),
    ("의", "", Role.GENITIVE),
    ("에", "", Role.GOAL),
)


class Eojeol(NamedTuple):
    """A word between spaces.

    Attributes:
        start: First code point in the text, opening marks outside.
        end: One past its last code point, closing marks outside.
        text: `text[start:end]` of the document.
        stem: `text` without its particle.
        role: What the particle makes of it, one of `Role`.
        opens: Marks before it.
        closes: Marks behind it: a comma, a quotation mark.
    """

    start: int
    end: int
    text: str
    stem: str
    role: str
    opens: str
    closes: str

    @property
    def stem_end(self) -> int:
        """One past the last code point of the stem."""
        return self.start + len(self.stem)


def ends_in_consonant(word: str) -> bool | None:
    """Whether the last sound of `word` is a consonant; None where it cannot be told (Han letters, marks)."""
    last = word[-1:]
    if not last:
        return None
    if FIRST_SYLLABLE <= ord(last) <= LAST_SYLLABLE:
        return (ord(last) - FIRST_SYLLABLE) % FINALS != 0
    if last.isascii() and last.isalnum():
        return last in CONSONANT_SIGNS
    return None


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(lists(PACKAGE, FILE)[name])


@cache
def _endings() -> tuple[str, ...]:
    return lists(PACKAGE, FILE)["adnominal_endings"]


def split_particle(word: str) -> tuple[str, str]:
    """Give the stem of a noun and the role of its particle; the word itself and "" where it bears none."""
    if word in _words("nouns_like_particles") or word in _words("adnominal") or word in _words("adverbs"):
        return word, Role.NONE
    if word.endswith(_endings()) and word[:-1] not in _words("nouns_like_verbs"):
        return word, Role.NONE
    for particle, after, role in PARTICLES:
        if len(word) > len(particle) and word.endswith(particle):
            stem = word[: -len(particle)]
            if _fits(stem, particle, after):
                return stem, role
    return word, Role.NONE


def _fits(stem: str, particle: str, after: str) -> bool:
    """Whether the last sound of `stem` allows the particle."""
    if not after:
        return True
    sound = PARENTHESIS.sub("", stem).rstrip("'\"’”」』》〉)") or stem
    consonant = ends_in_consonant(sound)
    if consonant is None:
        return True
    if particle.startswith("로") and FIRST_SYLLABLE <= ord(sound[-1]) <= LAST_SYLLABLE:
        return not consonant or (ord(sound[-1]) - FIRST_SYLLABLE) % FINALS == RIEUL
    return consonant == (after == "c")


def is_adverb(word: str) -> bool:
    """Whether `word` stands by itself and is no part of a name ("이날", "특히")."""
    return word in _words("adverbs")


def is_trailing(word: str) -> bool:
    """Whether `word` belongs to what stands before it ("쯤", "등")."""
    return word in _words("trailing")


def is_adnominal(word: str) -> bool:
    """Whether `word` is a form in -은/-는 that modifies the noun behind it ("받은", "하는")."""
    return word in _words("adnominal") or (word.endswith(_endings()) and word[:-1] not in _words("nouns_like_verbs"))


@lru_cache(maxsize=64)
def eojeols(text: str, start: int, end: int) -> tuple[Eojeol, ...]:
    """Give the eojeols of `text[start:end]` in order."""
    found: list[Eojeol] = []
    for match in WORD.finditer(text, start, end):
        word = match.group()
        bare = word.lstrip(OPENING)
        opens = word[: len(word) - len(bare)]
        core = bare.rstrip(CLOSING)
        # A parenthesis or a quotation that the word itself opens belongs to it.
        while core != bare and _reopens(core, bare[len(core)]):
            core = bare[: len(core) + 1]
        if not core:
            continue
        at = match.start() + len(opens)
        stem, role = split_particle(core)
        found.append(Eojeol(at, at + len(core), core, stem, role, opens, bare[len(core) :]))
    return tuple(found)


def _reopens(core: str, mark: str) -> bool:
    if mark == ")":
        return core.count("(") > core.count(")")
    return mark in "'’" and core.count("‘") + core.count("'") % 2 > 0


def noun_phrase(words: tuple[Eojeol, ...], last: int, floor: int = 0) -> int:
    """Give the index of the first eojeol of the noun phrase that ends at `words[last]`.

    Bare nouns, genitives and coordinations belong to it; a word with another particle, a comma, an adverb, a date or
    a verb ends it.
    """
    first = last
    while first > floor and not any(mark in words[first].opens for mark in '"“'):
        before = words[first - 1]
        if before.closes and before.closes[0] in ",.;:!?…" and not before.closes.startswith("·"):
            break
        if before.role not in (Role.NONE, Role.GENITIVE) or before.text in _words("adverbs"):
            break
        if before.text in _words("adnominal") or before.text.endswith(_endings()) or is_verb(before.text):
            break
        if (before.text[0].isdigit() and not LOCAL.match(before.text)) or before.text.startswith("("):
            break
        first -= 1
    return first


# Figures that belong to the name of a place or a unit: "5층", "22사단", "13구역".
LOCAL = re.compile(r"\d+(?:층|호|호선|구역|번지|사단|여단|군단|연대|공장|터미널|부두|교도소|곳)?$")
# How verbs, connectives and adnominals end; the nouns that end so are listed.
VERB_FORM = re.compile(
    "(?:다|고|며|면서|지만|으나|는데|어서|아서|해서|하여|되어|돼|라며|다며|면|려|히|한|된|던|할|될|진|린|킨|친|낸|온|간|른|난|린|힌|운|본|준|쓴|위해|통해|대해|"
    "여|려|켜|져|혀|겨|쳐|춰|따라|달리|비롯|비롯해|포함|포함해|대로|듯)$"
)


def is_verb(word: str) -> bool:
    """Whether a word without a particle has the form of a verb, a connective or an adnominal."""
    if word in _words("nouns_like_verbs") or len(word) == 1:
        return False
    if word.endswith("인"):
        return word.endswith(("것인", "적인", "이인"))
    if word.endswith("자"):
        return word.endswith(("하자", "되자", "지자"))
    return VERB_FORM.search(word) is not None
