"""One name in many spellings: two names come in, whether and how they are the same goes out.

Reviewed variants come first (name_variants.yaml), then romanization (Cyrillic and Hangul by table, Latin as five
languages spell), then similarity of the sounds. Shoigu is Shoygu, Schoigu, Choïgou, Шойгу, 쇼이구 and 绍伊古; Han
is only ever matched by a reviewed variant.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import islice, product
from typing import NamedTuple

from rapidfuzz.fuzz import ratio
from yaml import CSafeLoader, load

from tallystick.values.folding import DOT
from tallystick.values.romanization import is_han, is_hangul, is_latin, name_words, readings, skeleton, sounds

__all__ = ["Found", "Match", "MatchKind", "NameMatcher", "same_name", "spellings", "variants"]

# rapidfuzz ratio of the sounds of two words, l and r taken as one, from which they may be one name. On the pairs of
# tests/values/test_transliteration.py true ones begin at 87.5 and false ones with the same consonants end at 85.7.
SIMILAR = 86.0
# Letters that a word needs to be matched by similarity: Kim and Kin, Un and Il, Ryder and Rider differ by one letter
# as often as not in two people.
SHORTEST = 6
# Between Hangul and another script vowels are put in and consonants merged; alike is what has the same consonants.
ACROSS = 60.0
EXACT = 100.0
# Readings of one name that are looked at; five languages and two romanizations give at most ten.
MOST_READINGS = 10
# Names that one name in a list may be found as; more say that it is no name but a word.
MOST_FOUND = 50


# Spellings of one name that are given; a name of two words has some ten in each script.
MOST_SPELLINGS = 200


class MatchKind(StrEnum):
    """How two spellings were found to be of one name, the surest first."""

    VARIANT = "variant"
    TRANSLITERATION = "transliteration"
    SIMILARITY = "similarity"


class Match(NamedTuple):
    """Two spellings of one name.

    Attributes:
        kind: How that was found; what is only similar wants a look.
        score: 100 where the forms compared are equal, else the ratio of the two words that are least alike.
    """

    kind: MatchKind
    score: float


class Found(NamedTuple):
    """A name of a list that another name matches.

    Attributes:
        name: As the list has it.
        match: How.
    """

    name: str
    match: Match


class _Form(NamedTuple):
    """A name as it is compared.

    Attributes:
        words: Its folded words.
        variants: The name with each reviewed spelling in place of the id of its group ("=shoigu"), words sorted.
        keys: The readings of the name, words sorted, also with groups in place of words; Korean names without spaces.
        skeleton: The consonants of its words, sorted; empty for names in Han.
    """

    words: tuple[str, ...]
    variants: frozenset[str]
    keys: frozenset[str]
    skeleton: str


def _is_cyrillic(name: str) -> bool:
    return "\u0400" <= name[:1] <= "\u04ff"


# Whether a spelling is of a script, and what stands between the words of a name there.
SCRIPTS: tuple[tuple[Callable[[str], bool], str], ...] = (
    (is_latin, " "), (_is_cyrillic, " "), (is_hangul, " "), (is_han, DOT),
)  # fmt: skip


@cache
def _groups() -> tuple[dict[tuple[str, ...], tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """The ids of the groups that each spelling stands in, and the spellings of each group."""
    text = (files("tallystick.values") / "name_variants.yaml").read_text(encoding="utf-8")
    spelled: dict[tuple[str, ...], tuple[str, ...]] = {}
    members: dict[str, tuple[str, ...]] = {}
    # CSafeLoader builds plain values only; nothing in the file can run.
    for group in load(text, CSafeLoader):
        own = [name for source, names in group.items() if source not in ("id", "checked") for name in names]
        members[group["id"]] = tuple(dict.fromkeys(own))
        for name in own:
            words = name_words(name)
            if group["id"] not in spelled.get(words, ()):
                spelled[words] = (*spelled.get(words, ()), group["id"])
    return spelled, members


@cache
def _longest_spelling() -> int:
    return max(map(len, _groups()[0]))


def variants(name: str) -> tuple[str, ...]:
    """Give the reviewed spellings of a name that is one group as a whole ("Shoigu"), without itself; else none."""
    spelled, members = _groups()
    found = (other for group in spelled.get(name_words(name), ()) for other in members[group])
    return tuple(other for other in dict.fromkeys(found) if other != name)


@cache
def spellings(name: str) -> tuple[str, ...]:
    """Give the reviewed spellings of a name in all scripts, one script each: "Sergei Shoigu" is 谢尔盖·绍伊古 too.

    Args:
        name: A name; every word of it must stand in a group, or the name as a whole in one.

    Returns:
        The spellings without `name` itself, at most 200.
    """
    spelled, members = _groups()
    words = name_words(name)
    parts: list[tuple[str, ...]] = []
    first = 0
    while first < len(words):
        ends = range(min(len(words), first + _longest_spelling()), first, -1)
        last = next((last for last in ends if words[first:last] in spelled), None)
        if last is None:
            return ()
        parts.append(tuple(other for group in spelled[words[first:last]] for other in members[group]))
        first = last
    found = [
        joint.join(choice)
        for belongs, joint in SCRIPTS
        for choice in product(*(tuple(filter(belongs, part)) for part in parts))
    ]
    return tuple(other for other in dict.fromkeys(found) if other != name)[:MOST_SPELLINGS] if parts else ()


def _grouped(words: tuple[str, ...], *, spoken: bool) -> frozenset[str]:
    """The name with the groups of its words, the others as they are or as `spoken`; empty where none is in a group."""
    spelled, _ = _groups()
    parts: list[tuple[str, ...]] = []
    first = 0
    while first < len(words):
        for last in range(min(len(words), first + _longest_spelling()), first, -1):
            groups = spelled.get(words[first:last])
            if groups:
                parts.append(tuple("=" + group for group in groups))
                first = last
                break
        else:
            parts.append(readings(words[first]) if spoken else (words[first],))
            first += 1
    if not any(part and part[0].startswith("=") for part in parts):
        return frozenset()
    return frozenset(" ".join(sorted(choice)) for choice in islice(product(*parts), MOST_READINGS))


def _form(name: str) -> _Form:
    words = name_words(name)
    # The initial of a middle name tells nothing: "Sergei K. Shoigu".
    inner = tuple(word for word in words[1:-1] if len(word) > 1 or not word.isascii())
    words = words[:1] + inner + words[1:][-1:]
    grouped = _grouped(words, spoken=False)
    spoken = [readings(word) for word in words]
    if not words or not all(spoken):
        return _Form(words, grouped, _grouped(words, spoken=True), "")
    keys = set()
    for which in range(min(MOST_READINGS, max(map(len, spoken)))):
        keys.add(" ".join(sorted(each[min(which, len(each) - 1)] for each in spoken)))
    keys.update(" ".join(sorted(choice)) for choice in islice(product(*spoken), MOST_READINGS))
    # Alexander Novak is Александр Новак by a reviewed word and a romanized one.
    keys.update(_grouped(words, spoken=True))
    korean = sounds(words)
    if korean is not None:
        keys.add("ko:" + korean)
    bones = " ".join(sorted(skeleton(each[0]) for each in spoken))
    return _Form(words, grouped, frozenset(keys), bones)


def same_name(one: str, other: str) -> Match | None:
    """Tell whether two spellings may be of one name; None where they are not.

    The order of the words does not count, nor do case, marks, hyphens and the initials of middle names. Every word of
    one must be in the other: "Shoigu" is not "Sergei Shoigu", whom a list names under both.

    Args:
        one: A name in Latin, Cyrillic, Hangul or Han script; its first 200 characters are looked at.
        other: Another one.
    """
    return _matched(_form(one), _form(other))


def _matched(one: _Form, other: _Form) -> Match | None:
    if not one.words or not other.words:
        return None
    if one.words == other.words or not one.variants.isdisjoint(other.variants):
        return Match(MatchKind.VARIANT, EXACT)
    if not one.keys.isdisjoint(other.keys):
        return Match(MatchKind.TRANSLITERATION, EXACT)
    if one.skeleton and one.skeleton == other.skeleton and len(one.words) == len(other.words):
        return _similar(one, other)
    return None


def _similar(one: _Form, other: _Form) -> Match | None:
    """Compare names of the same consonants word by word."""
    across = any(map(is_hangul, one.words)) != any(map(is_hangul, other.words))
    worst = EXACT
    for mine, theirs in zip(_aligned(one), _aligned(other), strict=True):
        if set(mine).isdisjoint(theirs):
            score = _alike(mine, theirs)
            if score < (ACROSS if across else SIMILAR):
                return None
            worst = min(worst, score)
    return Match(MatchKind.SIMILARITY, round(worst, 1))


def _alike(mine: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    """The best ratio of a reading of one word and one of another; 0 for short words and for Ivanov and Ivanova."""
    return max(
        (
            ratio(one.replace("l", "r"), other.replace("l", "r"))
            for one in mine
            for other in theirs
            if min(len(one), len(other)) >= SHORTEST and one + "a" != other and other + "a" != one
        ),
        default=0.0,
    )


def _aligned(form: _Form) -> list[tuple[str, ...]]:
    """The readings of a name's words, in the order of their consonants."""
    spoken = [readings(word) for word in form.words]
    return sorted(spoken, key=lambda each: (skeleton(each[0]), each[0].replace("l", "r")))


class NameMatcher:
    """A list of names in which a name is found in any spelling."""

    def __init__(self, names: Iterable[str]) -> None:
        """Index `names` by their variants, readings and consonants; the cost of a look-up does not grow with them."""
        self._names = tuple(dict.fromkeys(names))
        self._forms = [_form(name) for name in self._names]
        self._variants: dict[str, list[int]] = {}
        self._keys: dict[str, list[int]] = {}
        self._skeletons: dict[str, list[int]] = {}
        for number, form in enumerate(self._forms):
            for key in (*form.variants, " ".join(sorted(form.words))):
                self._variants.setdefault(key, []).append(number)
            for key in form.keys:
                self._keys.setdefault(key, []).append(number)
            if form.skeleton:
                self._skeletons.setdefault(form.skeleton, []).append(number)

    def find(self, name: str) -> tuple[Found, ...]:
        """Give the names of the list that `name` may be, the surest first, then in its order; at most 50."""
        form = _form(name)
        near = dict.fromkeys(
            number
            for index, keys in (
                (self._variants, (*sorted(form.variants), " ".join(sorted(form.words)))),
                (self._keys, tuple(sorted(form.keys))),
                (self._skeletons, (form.skeleton,)),
            )
            for key in keys
            for number in index.get(key, ())
        )
        order = list(MatchKind)
        found = [
            (order.index(match.kind), -match.score, number, match)
            for number in near
            if (match := _matched(form, self._forms[number])) is not None
        ]
        return tuple(Found(self._names[number], match) for _, _, number, match in sorted(found)[:MOST_FOUND])
