"""Speakers in Korean and Chinese that the dossier does not know: a naming comes in, whom it names goes out.

Neither writes capitals, and both put the title behind the name or close before it without a space, so that words tell
a name from a role: a title, a body and a people are taken off, and what is left is the name.
"""

from collections.abc import Iterable
from functools import cache
from re import compile as pattern
from typing import NamedTuple

from tallystick.tracing.wordlists import wordlist
from tallystick.values.folding import DOT
from tallystick.values.romanization import is_han, is_hangul

__all__ = ["Naming", "is_eastern", "named"]

EASTERN = pattern(r"[\u3400-\u9fff\uac00-\ud7a3]")
# Letters of a name that stands behind its title without a space.
SHORTEST_NAME = 2
# Signs of a word that is looked through for titles; a clause has more.
LONGEST = 60


class Naming(NamedTuple):
    """Whom a naming names.

    Attributes:
        kind: "media", "role", "body" or "name".
        core: The word that tells it from others.
        words: The words that are compared with those of another naming.
    """

    kind: str
    core: str
    words: frozenset[str]


def is_eastern(words: Iterable[str]) -> bool:
    """Whether a naming is written in Han or Hangul."""
    return any(EASTERN.match(word) is not None for word in words)


def named(words: tuple[str, ...]) -> Naming:
    """Tell whom the folded words of a Korean or Chinese naming name."""
    kept = tuple(word for word in words if word != DOT and word not in wordlist("fillers"))
    kept = kept or tuple(word for word in words if word != DOT) or words
    if is_han(kept[-1]):
        return _chinese(kept)
    return _korean(kept)


def _korean(words: tuple[str, ...]) -> Naming:
    everything = frozenset(words)
    untitled = words
    while len(untitled) > 1 and untitled[-1] in wordlist("titles"):
        untitled = untitled[:-1]
    last = untitled[-1]
    if last in wordlist("titles"):
        return Naming("role", last, everything)
    kind = _kind(last)
    if kind is not None:
        return Naming(kind, last, frozenset(untitled))
    return Naming("name", last, frozenset(word for word in untitled if _kind(word) is None))


def _chinese(words: tuple[str, ...]) -> Naming:
    last = words[-1][-LONGEST:]
    at, title = _last_title(last)
    behind = last[at + len(title) :]
    if title and not behind:
        state, before = _parted(last[:at])
        if not before:
            kind = None if len(words) == 1 else _kind(words[-2])
            return Naming("role" if kind is None else kind, title if kind is None else words[-2], frozenset(words))
        kind = _kind(before)
        return Naming(kind or "name", before, frozenset((*words[:-1], *((state,) if state and kind else ()), before)))
    if title and len(behind) >= SHORTEST_NAME and _kind(last) is None:
        return Naming("name", behind, frozenset((behind,)))
    kind = _kind(last)
    state, core = _parted(last)
    core = core or last
    return Naming(kind or "name", core, frozenset((*words[:-1], *((state,) if state else ()), core)))


def _kind(word: str) -> str | None:
    """What the end of a word makes it: media, a role, a body; None for a name."""
    for name, kind in (("media", "media"), ("roles", "role"), ("bodies", "body")):
        if word.endswith(_endings(name)):
            return kind
    return None


@cache
def _endings(name: str) -> tuple[str, ...]:
    return tuple(sorted(word for word in wordlist(name) if is_han(word) or is_hangul(word)))


@cache
def _titles() -> tuple[str, ...]:
    return tuple(sorted((word for word in wordlist("titles") if is_han(word)), key=lambda word: (-len(word), word)))


def _last_title(word: str) -> tuple[int, str]:
    """Where the last title in a word begins, and the title; an empty one where there is none."""
    found = ((word.rfind(title), title) for title in _titles() if title in word)
    at, title = max(found, key=lambda each: (each[0] + len(each[1]), len(each[1])), default=(0, ""))
    return at, title


def _parted(word: str) -> tuple[str, str]:
    """The state that stands at the start of a word, or "", and the rest: 俄罗斯国防部 is 国防部 of 俄罗斯."""
    state = next((state for state in _states() if word.startswith(state)), "")
    return state, word.removeprefix(state)


@cache
def _states() -> tuple[str, ...]:
    return tuple(sorted(wordlist("states"), key=lambda word: (-len(word), word)))
