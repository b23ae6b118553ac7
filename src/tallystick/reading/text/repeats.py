"""Which paragraphs repeat an earlier one: their texts come in, the index of the earlier one goes out."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from rapidfuzz.fuzz import ratio

__all__ = ["repeats"]

# A shorter line ("Read more", a name over two comments) may stand twice without being a passage.
SHORTEST = 40
# Words of a shingle: four in a row are rarely shared by chance (Broder 1997 used four and more for web pages).
SHINGLE = 4
# Shared shingles, as a part of the smaller paragraph's, from which two paragraphs are compared in full.
SHARED = 0.3
# rapidfuzz ratio from which two paragraphs are one text: one word in twenty may differ (a typesetter's correction).
NEAR = 95
# A paragraph outside this ratio of lengths cannot reach NEAR: 2 * 0.9 / 1.9 is 0.947.
BAND = 0.9
# Paragraphs that may share a shingle before it counts as a formula ("the ministry of defense said").
CROWD = 8
WORD = re.compile(r"\w+")
# A changed number makes a new figure, not a repetition: "12 killed" updates "10 killed", in words as in digits.
SPELLED = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands"
    " million millions billion billions dozen dozens scores no not".split()
)


def repeats(texts: Sequence[str]) -> list[int | None]:
    """For each paragraph give the index of the first earlier one that it repeats, or None.

    Paragraphs repeat each other where they are identical but for case and white space, or so nearly identical that a
    misprint or a synonym parts them while every number is the same. Time grows with the length of the text.
    """
    first: dict[str, int] = {}
    found: list[int | None] = []
    fresh: list[int] = []
    folds = [" ".join(text.casefold().split()) if len(text) >= SHORTEST else "" for text in texts]
    for index, fold in enumerate(folds):
        earlier = first.setdefault(fold, index) if fold else index
        found.append(None if earlier == index else earlier)
        if fold and earlier == index:
            fresh.append(index)
    for index, earlier in _near(folds, fresh):
        found[index] = earlier if found[earlier] is None else found[earlier]
    return [found[target] if target is not None and found[target] is not None else target for target in found]


def _near(folds: Sequence[str], fresh: Sequence[int]) -> list[tuple[int, int]]:
    """Pairs (later, earlier) of nearly identical paragraphs among the `fresh` ones."""
    pairs = []
    holders: dict[tuple[str, ...], list[int]] = {}
    sizes: dict[int, int] = {}

    @cache
    def numbers(index: int) -> Counter[str]:
        return _numbers(folds[index])

    for index in fresh:
        words = WORD.findall(folds[index])
        shingles = set(zip(*(words[at:] for at in range(SHINGLE)), strict=False)) or {tuple(words)}
        sizes[index] = len(shingles)
        shared: dict[int, int] = {}
        for shingle in shingles:
            held = holders.get(shingle)
            if held is None:
                holders[shingle] = [index]
                continue
            for holder in held:
                shared[holder] = shared.get(holder, 0) + 1
            # A shingle that many paragraphs share tells little, and would make the time grow with their square.
            if len(held) < CROWD:
                held.append(index)
        for holder in sorted(shared):
            enough = shared[holder] >= SHARED * min(sizes[index], sizes[holder])
            if enough and numbers(index) == numbers(holder) and _same(folds[index], folds[holder]):
                pairs.append((index, holder))
                break
    return pairs


def _same(one: str, other: str) -> bool:
    """Whether two different paragraphs are one text but for a misprint or a synonym."""
    shorter, longer = sorted((len(one), len(other)))
    return shorter >= BAND * longer and ratio(one, other, score_cutoff=NEAR) >= NEAR


def _numbers(text: str) -> Counter[str]:
    """The words of a text that state a number or deny one."""
    return Counter(word for word in WORD.findall(text) if word in SPELLED or any(map(str.isdigit, word)))
