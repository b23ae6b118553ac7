"""Choose who asserts a figure: of the acts of speech that hold it, the innermost.

Takes the `Attribution`s of a document and a `Quantity`; gives a `SpeakerReading` with its grounds.
"""

from bisect import bisect_right
from dataclasses import dataclass

from tallystick.languages.language import Parse, Sentence
from tallystick.model.attribution import Attribution
from tallystick.model.claim import Ground
from tallystick.model.quantity import Quantity

__all__ = ["SpeakerReading", "reading_of", "speaker_of"]


@dataclass(frozen=True, slots=True)
class SpeakerReading:
    """Who asserts a figure.

    Attributes:
        speaker: As written, by the fullest name the text gives; None in the outlet's own voice.
        via: The agency or outlet that relays it, or None.
        attribution: The act of speech that holds the figure, or None.
        grounds: The words that decided it.
    """

    speaker: str | None
    via: str | None
    attribution: Attribution | None
    grounds: tuple[Ground, ...]


# A statement with all its quotations is looked for this far before a figure, in code points.
LONGEST_STATEMENT = 20_000
# What somebody thinks, wants or makes of something asserts no figure, and a pronoun that stands for nobody is no name.
VIEWS = frozenset(("anonymous", "stance", "unnamed"))
NOBODY = SpeakerReading(None, None, None, (Ground("speaker", "null", "no act of speech holds the figure"),))


def speaker_of(
    parse: Parse, attributions: tuple[Attribution, ...], sentence: Sentence, quantity: Quantity
) -> SpeakerReading:
    """Give the speaker of `quantity`: the source of the innermost content that covers it.

    What somebody did in words (agreed, promised) counts only where nobody reports it.

    Args:
        parse: The document.
        attributions: Its acts of speech in order of content, none without content.
        sentence: The sentence of the figure.
        quantity: The figure.
    """
    chosen: tuple[tuple[bool, int, int], Attribution] | None = None
    last = bisect_right(attributions, quantity.start, key=_start)
    for k in range(last - 1, -1, -1):
        attribution = attributions[k]
        if _start(attribution) < quantity.start - LONGEST_STATEMENT:
            break
        if attribution.kind in VIEWS:
            continue
        for start, end in attribution.content:
            if start <= quantity.start and quantity.end <= end and sentence.start < end:
                rank = (attribution.kind == "act", end - start, start)
                if chosen is None or rank < chosen[0]:
                    chosen = rank, attribution
    if chosen is None:
        return NOBODY
    return reading_of(parse, chosen[1])


def _start(attribution: Attribution) -> int:
    return attribution.content[0][0]


def reading_of(parse: Parse, attribution: Attribution) -> SpeakerReading:
    """Give the source of `attribution` as a speaker."""
    start, end = attribution.cue[0] if attribution.cue else attribution.source[0]
    cue = parse.document.text[start:end]
    grounds = [Ground("speaker", attribution.speaker, cue, start, end)]
    if attribution.via is not None:
        grounds.append(Ground("via", attribution.via, cue, start, end))
    return SpeakerReading(attribution.speaker, attribution.via, attribution, tuple(grounds))
