"""Join the sentences of a quotation: who speaks stands before its first sentence or behind its last.

Takes a `Parse`; gives the spans in which an act of speech is complete, with their eojeols.
"""

from typing import NamedTuple

from tallystick.languages.korean.grammar.eojeols import Eojeol, eojeols
from tallystick.languages.language import Parse
from tallystick.model.document import PassageKind

__all__ = ["Utterance", "utterances"]


class Utterance(NamedTuple):
    """A sentence, or the sentences that a quotation joins.

    Attributes:
        start: First code point.
        end: One past the last.
        paragraph: Number of the passage.
        kind: Kind of the passage.
        words: Its eojeols.
    """

    start: int
    end: int
    paragraph: int
    kind: PassageKind
    words: tuple[Eojeol, ...]


def utterances(parse: Parse) -> tuple[Utterance, ...]:
    """Give the utterances of `parse` in order of the text."""
    spans: list[list[int]] = []
    kinds: list[PassageKind] = []
    quotes = iter(parse.quotes)
    quote = next(quotes, None)
    for sentence in parse.sentences:
        while quote is not None and quote[1] <= sentence.start:
            quote = next(quotes, None)
        joined = quote is not None and quote[0] < sentence.start and spans and spans[-1][2] == sentence.paragraph
        if joined:
            spans[-1][1] = sentence.end
        else:
            spans.append([sentence.start, sentence.end, sentence.paragraph])
            kinds.append(sentence.kind)
    text = parse.document.text
    return tuple(
        Utterance(start, end, paragraph, kind, eojeols(text, start, end))
        for (start, end, paragraph), kind in zip(spans, kinds, strict=True)
    )
