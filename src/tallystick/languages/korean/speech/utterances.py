"""Join the sentences of a quotation: who speaks stands before its first sentence or behind its last.

Takes a `Parse`; gives the spans in which an act of speech is complete, with their eojeols.
"""

import re
from typing import NamedTuple

from tallystick.languages.korean.grammar.eojeols import Eojeol, eojeols
from tallystick.languages.language import Parse
from tallystick.model.document import PassageKind

__all__ = ["Utterance", "utterances"]

# "(서울=연합뉴스) 김영희 기자 = ", "[도쿄=박민수 특파원]", "【서울=뉴시스】": who wrote the report says nothing in it.
DATELINE = re.compile(
    r"\s*(?:[(\[【][^()\[\]【】]{2,40}[)\]】]\s*)?"
    r"(?:[가-힣]{2,4}(?:[·, ]\s?[가-힣]{2,4}){0,3}\s?(?:선임|수습)?(?:기자|특파원|통신원)\s*=\s*)"
    r"|\s*[(\[【][^()\[\]【】=]{1,20}=[^()\[\]【】]{2,30}[)\]】]\s*"
)


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
    text = parse.document.text
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
            dateline = DATELINE.match(text, sentence.start, sentence.end)
            begin = dateline.end() if dateline is not None and dateline.end() < sentence.end else sentence.start
            spans.append([begin, sentence.end, sentence.paragraph])
            kinds.append(sentence.kind)
    return tuple(
        Utterance(start, end, paragraph, kind, eojeols(text, start, end))
        for (start, end, paragraph), kind in zip(spans, kinds, strict=True)
    )
