"""The record of one act of speech inside its sentence, and where its content lies around it.

Takes token indexes of a sentence; gives `Act`s and ranges of tokens.
"""

from collections.abc import Sequence
from typing import NamedTuple

from tallystick.languages.english.speech.sources import Source
from tallystick.languages.language import Token

__all__ = ["Act", "around", "content_start", "ended"]

# A cue that follows another one at once ("..., Lee said, according to the agency") reports that statement itself.
CONTINUED = 3


class Act(NamedTuple):
    """One act of speech, in token indexes of its sentence.

    Attributes:
        source: The words that name the source.
        cue: [first, one past the last) of the words of speech.
        content: Ranges of what is said.
        kind: See `Attribution.kind`.
        relay: Who relays the words of `source`, or None.
        negated: Whether the source denies the content.
        backward: Whether the content stands before the cue.
    """

    source: Source
    cue: tuple[int, int]
    content: tuple[tuple[int, int], ...]
    kind: str = "indirect"
    relay: Source | None = None
    negated: bool = False
    backward: bool = False


def content_start(tokens: Sequence[Token], acts: Sequence[Act], i: int) -> int:
    """Give the token at which content that ends before token `i` begins.

    It stands behind a semicolon, behind a dash that nothing closes, or behind a statement that is complete.
    """
    start = max((k + 1 for k in range(i) if tokens[k].text == ";"), default=0)
    bracket = next((k for k in range(i - 1, start - 1, -1) if tokens[k].text in ("(", ")")), None)
    if bracket is not None and tokens[bracket].text == "(":
        start = bracket + 1
    dashes = [k for k in range(i) if tokens[k].text in ("--", "—")]
    if len(dashes) % 2:
        start = max(start, dashes[-1] + 1)
    for act in acts:
        end = max(act.cue[1], act.source.end)
        if act.backward and end + CONTINUED < i:
            start = max(start, end)
    return start


def around(tokens: Sequence[Token], acts: Sequence[Act], first: int, last: int) -> tuple[tuple[int, int], ...]:
    """Give what stands before and behind the tokens [first, last) that name the source."""
    start = content_start(tokens, acts, first)
    for act in acts:
        if not act.backward and act.content and first - 1 <= act.content[0][0] <= first:
            # "He said that according to the agency ...".
            start = max(start, first)
    ranges = []
    if first > start:
        ranges.append((start, first))
    if last < len(tokens) - 1:
        ranges.append((last, len(tokens)))
    return tuple(ranges)


def ended(tokens: Sequence[Token], acts: Sequence[Act]) -> list[Act]:
    """Give the acts, ended where a later cue reports that very statement: "He said ..., the agency said"."""
    outer = [act for act in acts if act.backward and act.content]
    joined = [act.source.start for act in acts if not act.backward and _is_joined(tokens, act)]
    complete = []
    for act in acts:
        content = act.content
        if not act.backward and content:
            first, last = content[0]
            for other in outer:
                begin, end = other.content[0]
                if begin <= act.cue[0] and first < end < last:
                    last = end
            last = next((start - 1 for start in joined if first < start - 1 < last), last)
            content = ((first, last),)
        complete.append(act._replace(content=content))
    return complete


def _is_joined(tokens: Sequence[Token], act: Act) -> bool:
    """Whether the clause of `act` is one of the report itself: "..., and the agency said", "..., but he added"."""
    before = act.source.start - 1
    return (
        before > 0 and tokens[before].lower in ("and", "but", "while") and tokens[before - 1].text in (",", "—", "--")
    )
