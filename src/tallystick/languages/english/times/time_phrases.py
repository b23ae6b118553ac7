"""Find the expressions of time in an English sentence and resolve them.

Takes the tokens of a sentence and the day of publication; gives `TimePhrase` records: which tokens, and the EDTF
date they mean, or None where text and publication date leave it open.
"""

from collections.abc import Sequence
from datetime import date

from tallystick.languages.english.grammar.inflection import verb_base
from tallystick.languages.english.times.time_reader import TimePhrase, TimeReader
from tallystick.languages.english.times.time_words import CLOSING_EDGES, OPENERS, OPENING_EDGES
from tallystick.languages.language import Token
from tallystick.values import dates

__all__ = ["TimePhrase", "time_phrases"]

# How far before a date "since" may stand in "since the war began on", in tokens, and the verbs of that.
SINCE_REACH = 10
BEGINNING = frozenset("begin start erupt break launch invade take come assume enter".split())


def time_phrases(
    tokens: Sequence[Token], published: date | None, *, near_year: int | None = None, ahead: bool = False
) -> tuple[TimePhrase, ...]:
    """Find the expressions of time among `tokens`.

    Args:
        tokens: The tokens of a sentence.
        published: Day of publication, or None.
        near_year: Year that the text gives nearby, for months without one.
        ahead: Whether dates without a year lie after the publication (plans).

    Returns:
        The phrases in order, without overlap; ranges ("from June to October 2024") are one phrase.
    """
    reader = TimeReader(tokens, published, near_year, ahead)
    found: list[TimePhrase] = []
    i = 0
    while i < len(tokens):
        lower = tokens[i].lower
        opens = lower.rstrip(".") in OPENERS or lower[0].isdigit()
        phrase = reader.at(i) if opens else None
        if phrase is None:
            i += 1
            continue
        found.append(phrase)
        i = phrase.last
    return tuple(_joined(tokens, found, published))


def _joined(tokens: Sequence[Token], found: list[TimePhrase], published: date | None) -> list[TimePhrase]:
    """Ranges made one phrase, and "since" closed with the day of publication."""
    out: list[TimePhrase] = []
    for phrase in found:
        before = tokens[phrase.first - 1].lower if phrase.first else ""
        previous = out[-1] if out else None
        if previous is not None and previous.last == phrase.first - 1 and _ranges(tokens, previous, before):
            start, end = previous.edtf, phrase.edtf
            year = "" if end is None else end[:4]
            if start is not None and end is not None:
                if start > end and len(start) > len(year):
                    start = year + start[4:]
                out[-1] = TimePhrase(previous.first, phrase.last, dates.interval(start, end) if start <= end else end)
                continue
        if _since(tokens, phrase) and phrase.edtf is not None:
            start = phrase.edtf.partition("/")[0]
            end = ".." if published is None else published.isoformat()
            end = end[: max(len(start), len("2024"))] if published is not None else end
            edtf = start if start == end else f"{start}/{end}"
            out.append(phrase._replace(edtf=edtf, since=True))
        else:
            out.append(phrase)
    return out


def _since(tokens: Sequence[Token], phrase: TimePhrase) -> bool:
    """Whether a time is only the start: "since May", "since the beginning of 2005"."""
    at = phrase.first - 1
    if at > 0 and tokens[at].lower == "the" and tokens[phrase.first].lower in OPENING_EDGES | CLOSING_EDGES:
        at -= 1
    if at >= 0 and tokens[at].lower == "since":
        return True
    # "Since the war began on Oct. 7".
    clause = tokens[max(0, phrase.first - SINCE_REACH) : phrase.first]
    opening = next((k for k in range(len(clause) - 1, -1, -1) if clause[k].lower == "since"), None)
    if opening is None or any(token.tag in (",", ".", ":") for token in clause[opening:]):
        return False
    return any(verb_base(token.lower) in BEGINNING for token in clause[opening:])


def _ranges(tokens: Sequence[Token], previous: TimePhrase, link: str) -> bool:
    """Whether `link` joins two dates to a range: "from A to B", "between A and B", "A-B"."""
    opener = tokens[previous.first - 1].lower if previous.first else ""
    if link in ("to", "until", "till", "through"):
        return True
    if link in ("-", "–", "/"):
        return tokens[previous.last].start == tokens[previous.last - 1].end
    return link == "and" and opener == "between"
