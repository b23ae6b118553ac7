"""Cut the name of a source out of the words before a verb of saying, and tell media from other sources.

Takes folded text and spans; gives spans of names. Chinese sets no space: a name ends where an adverb, a time or a
preposition begins, and begins behind the connectives and dates that open the clause.
"""

import re
from functools import cache

from tallystick.languages.chinese.script.script import PACKAGE, alternatives
from tallystick.languages.writing.words import lists
from tallystick.model.attribution import Span

__all__ = ["is_medium", "is_pointing", "is_pronoun", "name_span"]

FILE = "speech/speech.yaml"
# The longest name believed, in characters: titles with their institutions reach 30.
LONGEST = 36
# Marks around names that are no part of them; 《》 are.
AROUND = " \t\u3000，、：；。“”‘’（）()…—·-"


@cache
def _cuts() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(FILE, 'cuts')})")


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(FILE, 'heads')})")


@cache
def _message_end() -> re.Pattern[str]:
    kinds = r"(?:一[份项则篇个]|这[份项]|最新|初步|有关|相关|内部|官方|正式|年度|\d{4}年)*"
    return re.compile(rf"(?:的|所)?{kinds}(?:的)?(?:《[^》]*》|(?:{alternatives(FILE, 'messages')})+)$")


def name_span(whole: str, start: int, end: int) -> Span | None:
    """Give the span of the source's name in `whole[start:end]`, the words before a verb of saying, or None.

    Args:
        whole: Folded text.
        start: Where the clause begins.
        end: Where the verb begins.
    """
    start = _begin(whole, start, end)
    medium = re.match(r"《[^》]{1,20}》", whole[start:end])
    floor = start + (medium.end() if medium else 1)
    cut = _cuts().search(whole, floor, end)
    stop = cut.start() if cut else end
    stop = _without_manner(whole, start, stop)
    if medium is None or start + medium.end() < stop:
        message = _message_end().search(whole, start, stop)
        if message and message.start() > start:
            stop = message.start()
    start, stop = _trimmed(whole, start, stop)
    name = whole[start:stop]
    if not name or len(name) > LONGEST or name in _nobody() or re.match(r"[\d.,%]+$", name):
        return None
    return start, stop


def _begin(whole: str, start: int, end: int) -> int:
    """Where a name begins behind connectives and dates."""
    while start < end:
        if whole[start] in AROUND:
            start += 1
            continue
        match = _heads().match(whole, start, end)
        if match is None or match.end() >= end:
            return start
        start = match.end()
    return start


def _without_manner(whole: str, start: int, stop: int) -> int:
    """The end of a name without an adverb in 地 or 着 behind it."""
    match = re.search(r"[^的，。]{2}[着地]$", whole[start:stop])
    return start + match.start() if match and match.start() > 1 and not whole[start:stop].endswith("当地") else stop


def _trimmed(whole: str, start: int, stop: int) -> Span:
    while start < stop and whole[start] in AROUND:
        start += 1
    # "国家情报院的": what belonged to it was cut off.
    while stop > start and (whole[stop - 1] in AROUND or (whole[stop - 1] == "的" and stop - start > 1)):
        stop -= 1
    return start, stop


@cache
def _nobody() -> frozenset[str]:
    return frozenset(lists(PACKAGE, FILE)["nobody"])


def is_pronoun(name: str) -> bool:
    """Tell whether `name`, folded, stands for a source named before."""
    return name in lists(PACKAGE, FILE)["pronouns"]


def is_pointing(name: str) -> bool:
    """Tell whether `name`, folded, points back at a source named before ("该官员")."""
    return name.startswith(lists(PACKAGE, FILE)["pointing"])


def is_medium(name: str) -> bool:
    """Tell whether `name`, folded, is a newspaper, an agency or a broadcaster."""
    return name.endswith(lists(PACKAGE, FILE)["media"]) and not name.endswith(("官网", "公社"))
