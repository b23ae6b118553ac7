"""Numbers of instruments that do not exist: texts and the packs of the dossier come in, flags go out.

A report that says what "Resolution 2379" forbids to a country has the number wrong where that country's regime knows no
such resolution, and sends its reader to the wrong text (rule R18 of the domain notes).
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from re import IGNORECASE
from re import compile as pattern
from typing import NamedTuple

from rapidfuzz.distance import OSA
from yaml import CSafeLoader, load

from tallystick.model.document import READABLE, Document, Passage
from tallystick.model.dossier import Dossier
from tallystick.model.flag import Evidence, Flag
from tallystick.model.provision import Instrument
from tallystick.screening.findings import WARNING, Holdings, cut, flag
from tallystick.screening.names import words_of
from tallystick.values.places import country_of, nationality

__all__ = ["unknown_instruments"]

# "Resolution 2379", "UNSCR 2379", "S/RES/2379", "resolutions 1718, 1874 and 2379".
CITED = pattern(
    r"(?:\bresolutions?(?: no\.?| number)?|\bUNSCRs?|\bS/RES/?) ?"
    r"(\d{3,4}\b(?!,\d)(?:(?:, (?:and )?| and | or )\d{3,4}\b(?!,\d)){0,9})",
    IGNORECASE,
)
NUMBER = pattern(r"\d{3,4}")
# A new sentence; what stands behind it tells of something else.
STOP = pattern(r"[.!?](?=\s+[A-Z\"“‘'(])|\n")
# Code points of a sentence that are looked at; longer ones are lists.
SENTENCE = 600
RESOLUTION = "resolution"
# One digit wrong, lost or gained, or two that changed places.
SLIP = 1


class _Cues(NamedTuple):
    """The words of instruments.yaml."""

    does: frozenset[str]
    also: frozenset[str]


@cache
def _cues() -> _Cues:
    text = (files("tallystick.screening") / "instruments.yaml").read_text(encoding="utf-8")
    # CSafeLoader builds plain values only; nothing in the file can run.
    found: dict[str, list[str]] = load(text, CSafeLoader)
    return _Cues(frozenset(found["does"]), frozenset(found["also"]))


class _Regime(NamedTuple):
    """The resolutions of a dossier's packs by their number, and the countries that the packs are about."""

    known: dict[str, Instrument]
    countries: frozenset[str]


def unknown_instruments(holdings: Holdings) -> Iterator[Flag]:
    """Yield a warning for each resolution cited as one of a pack's regime whose number no resolution there has.

    Its sentence names a country of the pack and what such a regime does (a ban, sanctions). Resolutions of other
    subjects are in order, and so are those that the word list knows.
    """
    regime = _regime(holdings.dossier)
    if not regime.known or not regime.countries:
        return
    for document in holdings.documents:
        seen: set[str] = set()
        for passage in document.passages:
            if passage.kind in READABLE and passage.repeats is None:
                for number, start, end in _unknown(document, passage, regime):
                    if number not in seen:
                        seen.add(number)
                        yield _flagged(holdings, document, regime, (number, start, end))


def _regime(dossier: Dossier) -> _Regime:
    """What the packs of a dossier know."""
    known = {
        one.number: one
        for pack in dossier.packs
        for one in pack.instruments
        if one.kind == RESOLUTION and one.number is not None
    }
    return _Regime(known, frozenset(code for pack in dossier.packs for sign in pack.scope for code in sign.origins))


def _unknown(document: Document, passage: Passage, regime: _Regime) -> Iterator[tuple[str, int, int]]:
    """The unknown numbers that a passage cites for the regime, each with its span."""
    for cited in CITED.finditer(document.text, passage.start, passage.end):
        start, end = _sentence(document.text, passage, cited.start(), cited.end())
        words = [word.folded for word in words_of(document.text, start, end)]
        if _cues().does.isdisjoint(words) or not _names(words, regime.countries):
            continue
        for number in NUMBER.finditer(document.text, cited.start(1), cited.end(1)):
            if number.group() not in regime.known and number.group() not in _cues().also:
                yield number.group(), number.start(), number.end()


def _sentence(text: str, passage: Passage, start: int, end: int) -> tuple[int, int]:
    """The sentence around a citation, as far as it is looked at."""
    left = max(passage.start, start - SENTENCE)
    breaks = [found.end() for found in STOP.finditer(text, left, start)]
    right = min(passage.end, end + SENTENCE)
    stop = STOP.search(text, end, right)
    return breaks[-1] if breaks else left, right if stop is None else stop.start()


def _names(words: list[str], countries: frozenset[str]) -> bool:
    """Whether one word, or two beside each other, name one of these countries or its people."""
    phrases = (*words, *(" ".join(words[at : at + 2]) for at in range(len(words))))
    return any((country_of(phrase) or nationality(phrase)) in countries for phrase in phrases)


def _flagged(holdings: Holdings, document: Document, regime: _Regime, found: tuple[str, int, int]) -> Flag:
    number, start, end = found
    near = sorted(known for known in regime.known if OSA.distance(number, known) <= SLIP)
    meant = [f"{cut(regime.known[known].title)} [{regime.known[known].checked}]" for known in near]
    reason = (
        f"{holdings.outlet(document.id)} cites Resolution {number} for a measure against a country of a "
        f"regime that has no resolution of that number"
        + (f"; perhaps {' or '.join(meant)} is meant." if meant else ".")
    )
    return flag("unknown_instrument", WARNING, reason, (Evidence(document.id, start, end),))
