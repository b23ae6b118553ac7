"""Which page of the made-up press is what: the number of a page comes in, its story and its standing go out.

All follows from the number alone, so that any page can be made by any process in any order, and a smaller press is
the beginning of a larger one. Of each hundred pages one bears on the dossier; of each ten, three are copies of an
earlier page, which is close by or far away.
"""

from functools import lru_cache
from itertools import accumulate
from random import Random
from typing import NamedTuple

from benchmarks.ccnews.bearing import TOLD, told
from benchmarks.ccnews.tongues import TONGUES

__all__ = ["Copied", "Plan", "Story", "plan", "story"]

CENTURY, DECADE = 100, 10
# The last digits of the numbers of copies.
COPIES = (3, 6, 9)
# A copy comes of a page so many before it at most: some files away.
BACK = 60_000
# One copy in so many is of a story that many outlets run: of a page, or of a hundred, with a round number.
OFTEN, POPULAR, POPULAR_CENTURY = 3, 1_000, 50
# One page in so many has the dossier's words in the teasers beside an article that is of something else.
TEASED = 200
FIGURES = (2, 3, 4)
PARAGRAPHS = (6, 14)
# A cut copy has at least so much of the story.
LEAST = 0.4


class Copied(NamedTuple):
    """How a copy was made.

    Attributes:
        of: The number of the page with the original.
        kept: The share of the paragraphs that it has.
        retitled: Whether it has a title of its own.
        credited: Whether it says whose story it is.
    """

    of: int
    kept: float
    retitled: bool
    credited: bool


class Plan(NamedTuple):
    """What a page is.

    Attributes:
        number: Of the page, from 0 on.
        language: Of the story.
        bears: Whether its article bears on the dossier.
        teased: Whether only what stands beside the article does.
        copied: How it was made of another; None for an original.
    """

    number: int
    language: str
    bears: bool
    teased: bool
    copied: Copied | None


class Story(NamedTuple):
    """A title, the paragraphs under it, and its sentences that bear on the dossier, each with its figure."""

    title: str
    paragraphs: tuple[str, ...]
    bearing: tuple[tuple[str, str], ...]


def plan(number: int) -> Plan:
    """Give what page `number` is."""
    dice = _dice(number, 1)
    bears = _bears(number)
    if number % DECADE in COPIES:
        source = _source(number, dice)
        kept = 1.0 if dice.random() < 0.5 else LEAST + dice.random() * (1 - LEAST)
        copied = Copied(source, round(kept, 2), dice.random() < 0.5, dice.random() < 0.7)
        return Plan(number, _language(source), bears, teased=False, copied=copied)
    return Plan(number, _language(number), bears, not bears and number % TEASED == 1, None)


def story(own: Plan) -> Story:
    """Give what the page of a plan tells."""
    if own.copied is None:
        return _original(own.number)
    source = _original(own.copied.of)
    kept = source.paragraphs[: max(1, round(len(source.paragraphs) * own.copied.kept))]
    title = _sentence(own.language, _dice(own.number, 3)).rstrip(".。") if own.copied.retitled else source.title
    # Both headlines bear: a copy must not leave the subject by its title.
    if own.copied.retitled and own.bears:
        title = told(own.language, _dice(own.copied.of, 4), 1)[0]
    text = "\n".join(kept)
    return Story(title, kept, tuple(one for one in source.bearing if one[0] in text))


def _dice(number: int, turn: int) -> Random:
    return Random(number * 8 + turn)  # noqa: S311 - made to be the same every time


def _bears(number: int) -> bool:
    return number == _bearing_of(number // CENTURY)


@lru_cache(maxsize=2_048)
def _bearing_of(century: int) -> int:
    """The page of a hundred that bears on the dossier: in three hundreds of ten a copy, in the others an original."""
    digits = COPIES if century % DECADE in COPIES else tuple(set(range(DECADE)) - set(COPIES))
    dice = _dice(century, 0)
    return century * CENTURY + dice.randrange(DECADE) * DECADE + dice.choice(digits)


def _source(number: int, dice: Random) -> int:
    """The page that a copy is of: an original, earlier, that bears on the dossier if the copy does."""
    if _bears(number):
        last = number // CENTURY
        centuries = [one for one in range(max(0, last - BACK // CENTURY), last) if one % DECADE not in COPIES]
        popular = [one for one in centuries if one % POPULAR_CENTURY == 0]
        return _bearing_of(dice.choice((popular or centuries) if dice.randrange(OFTEN) == 0 else centuries))
    source = dice.randrange(max(0, number - BACK), number)
    if dice.randrange(OFTEN) == 0:
        source -= source % POPULAR
    while source % DECADE in COPIES or _bears(source):
        source = source - 1 if source else 1
    return source


def _language(number: int) -> str:
    shares = [(name, one.share) for name, one in (TOLD if _bears(number) else TONGUES).items()]
    drawn = _dice(number, 2).randrange(100)
    return next(name for (name, _), most in zip(shares, accumulate(s for _, s in shares), strict=True) if drawn < most)


def _sentence(language: str, dice: Random) -> str:
    tongue = TONGUES[language]
    told_so = dice.choice(tongue.patterns).format(
        who=dice.choice(tongue.who), who2=dice.choice(tongue.who), did=dice.choice(tongue.did),
        did2=dice.choice(tongue.did), what=dice.choice(tongue.what), what2=dice.choice(tongue.what),
        where=dice.choice(tongue.where), when=dice.choice(tongue.when), n=dice.randint(2, 950), m=dice.randint(3, 400),
    )  # fmt: skip
    return told_so[:1].upper() + told_so[1:]


@lru_cache(maxsize=512)
def _original(number: int) -> Story:
    """The story that a page has of its own."""
    dice, language = _dice(number, 5), _language(number)
    gap = TONGUES[language].gap
    paragraphs = [
        gap.join(_sentence(language, dice) for _ in range(dice.randint(2, 5))) for _ in range(dice.randint(*PARAGRAPHS))
    ]
    if not _bears(number):
        return Story(_sentence(language, dice).rstrip(".。"), tuple(paragraphs), ())
    title, sentences, figures = told(language, dice, dice.choice(FIGURES))
    # The first opens the story, the others stand where they fall.
    paragraphs.insert(0, sentences[0])
    for sentence in sentences[1:]:
        at = dice.randrange(1, len(paragraphs))
        paragraphs[at] = f"{sentence}{gap}{paragraphs[at]}"
    return Story(title, tuple(paragraphs), tuple(zip(sentences, figures, strict=True)))
