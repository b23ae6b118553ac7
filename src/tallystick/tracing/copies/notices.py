"""Notices of rights, appeals to witnesses, invitations to readers: a text comes in, where they stand goes out.

They are the same under texts that have nothing else in common, so they show no copy.
"""

from functools import cache
from re import compile as pattern

from ahocorasick_rs import AhoCorasick, MatchKind

from tallystick.tracing.wordlists import wordlist

__all__ = ["notices"]

# Ends of sentences and of what stands on a page beside them.
BOUNDARY = pattern(r"[.!?:]\s|\n|\s\s|\|")
# A sentence is looked for this far on both sides of a phrase, in code points.
REACH = 240


@cache
def _phrases() -> AhoCorasick:
    return AhoCorasick(sorted(wordlist("notices")), matchkind=MatchKind.LeftmostLongest)


def notices(text: str) -> list[tuple[int, int]]:
    """Give start and end of each sentence of a notice, in order and without overlap."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)
    found: list[tuple[int, int]] = []
    done = 0
    for _, start, end in _phrases().find_matches_as_indexes(lower):
        if start < done or _is_inside_word(lower, start, end):
            continue
        left = max(done, start - REACH)
        ends = [boundary.end() for boundary in BOUNDARY.finditer(text, left, start)]
        after = BOUNDARY.search(text, end, end + REACH)
        done = after.end() if after is not None else min(end + REACH, len(text))
        found.append((ends[-1] if ends else left, done))
    return found


def _is_inside_word(text: str, start: int, end: int) -> bool:
    """Whether a phrase is only part of a word there."""
    return (text[start].isalpha() and start > 0 and text[start - 1].isalpha()) or (
        text[end - 1].isalpha() and end < len(text) and text[end].isalpha()
    )
