"""Find who speaks in headlines: a name before a quotation or a colon, without a verb.

Takes an `Utterance`; gives its `Attribution`, or nothing: most headlines are in the outlet's own voice.
"""

import re
from collections.abc import Iterator

from tallystick.languages.korean.speech.sources import Likeness, source
from tallystick.languages.korean.speech.utterances import Utterance
from tallystick.model.attribution import Attribution

__all__ = ["headlined"]

# "[속보] 국정원 "..."", "젤렌스키: "..."", "국정원, “...”".
HEAD = re.compile(
    r"(?:\[[^\]]{1,12}\]\s*|<[^>]{1,12}>\s*|\([^)]{1,12}\)\s*)?([^\"“”'‘’\[\]<>()]{2,30}?)\s*[,:：]?\s*(?=[\"“‘'])"
)
QUOTATION = re.compile(r"[\"“‘']([^\"“”‘’']{2,200})(?:[\"”’']|$)")
# A headline's name has no more words than this.
LONGEST = 4
# A sentence of the body ends in a verb.
FINAL = re.compile(r"(?:다|까|요)[.!?]?$")


def headlined(text: str, utterance: Utterance, *, headline: bool) -> Iterator[Attribution]:
    """Give who is quoted in `utterance` without a verb.

    Args:
        text: The document's text.
        utterance: A sentence in which nobody was found to speak.
        headline: Whether it is known to be a headline; other sentences must look like one.
    """
    whole = text[utterance.start : utterance.end]
    match = HEAD.match(whole)
    if match is None or (not headline and FINAL.search(whole)):
        return
    start, end = utterance.start + match.start(1), utterance.start + match.end(1)
    inside = [k for k, word in enumerate(utterance.words) if start <= word.start and word.end <= end]
    if not inside or len(inside) > LONGEST or utterance.words[inside[-1]].role:
        return
    found = source(text, utterance.words, inside[-1], inside[0])
    if found is None or found.likeness is Likeness.NOBODY or found.first != inside[0]:
        return
    if found.likeness is Likeness.PERHAPS and len(inside) > 1:
        return
    span = (found.start, found.end)
    content = tuple(quote.span(1) for quote in QUOTATION.finditer(text, utterance.start + match.end(), utterance.end))
    if content:
        yield Attribution((span,), (span,), content, found.name, None, "headline")
