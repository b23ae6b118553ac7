"""Find speakers that stand before or behind a colon: turns of an interview, and headlines.

Takes a `Parse`; gives `Turn`s such as "Kim: We need more." and "Blast kills 12: police".
"""

from bisect import bisect_right
from itertools import pairwise

from tallystick.languages.english.grammar.inflection import singular, word_lists
from tallystick.languages.english.speech.interviews import (
    LONGEST,
    SAID_WORDS,
    Turn,
    colon_of,
    first_of,
    interview,
    says_something,
)
from tallystick.languages.english.speech.names import is_group
from tallystick.languages.english.speech.sources import NAMES, Source
from tallystick.languages.language import Parse, Sentence
from tallystick.model.document import PassageKind
from tallystick.values.places import is_place

__all__ = ["Turn", "turns"]

# White space between a quotation and the dash of its signature, in code points.
SIGNED_GAP = 20
# A person whom a headline quotes is named within so many sentences.
BODY_REACH = 30
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
# Marks between a quotation and the name it is signed with.
SIGNING = frozenset(("―", "–", "—", "--", "-"))
DASHES = frozenset(("-", "–", "—", "--"))


def turns(parse: Parse) -> list[Turn]:
    """Give the turns and headline sources of `parse` in order."""
    opening = [sentence for sentence in parse.sentences if _opens_paragraph(parse, sentence)]
    found = interview(parse, opening)
    taken = {turn.sentence for turn in found}
    for sentence in opening:
        colon = None if sentence.index in taken else colon_of(sentence)
        if colon is None or not says_something(sentence, colon):
            continue
        source = Source(first_of(sentence), colon)
        if _speaks(sentence, source) or _is_known(parse, sentence, source):
            span = (sentence.tokens[colon + 1].start, sentence.end)
            found.append(Turn(sentence.index, source, colon, span, "headline"))
    for sentence in parse.sentences:
        turn = _trailing(sentence) or _signed(parse, sentence)
        if turn is not None:
            found.append(turn)
    return found


def _opens_paragraph(parse: Parse, sentence: Sentence) -> bool:
    return sentence.index == 0 or parse.sentences[sentence.index - 1].paragraph != sentence.paragraph


def _is_known(parse: Parse, sentence: Sentence, source: Source) -> bool:
    """Whether a headline names somebody who does something in the text: "Weiss: Bridge Will Stay Shut"."""
    if sentence.index and sentence.kind is not PassageKind.HEADLINE:
        return False
    name = sentence.tokens[source.end - 1].text
    if is_place(parse.document.text[sentence.tokens[source.start].start : sentence.tokens[source.end - 1].end]):
        return False
    for other in parse.sentences[sentence.index + 1 : sentence.index + 1 + BODY_REACH]:
        for token, after in pairwise(other.tokens):
            if token.text == name and (after.tag in FINITE or after.tag == ","):
                return True
    return False


def _signed(parse: Parse, sentence: Sentence) -> Turn | None:
    """Read '"We need more." - Anna Weiss': a quotation with the name below or behind it."""
    tokens = sentence.tokens
    count = len(tokens)
    last = tokens[-2] if count > 1 and tokens[-1].text == "." else tokens[-1]
    if not last.text[0].isupper():
        return None
    dash = next((k for k in range(count - 2, max(-1, count - LONGEST - 3), -1) if tokens[k].text in SIGNING), None)
    if dash is None or not all(token.text[0].isupper() or token.text == "." for token in tokens[dash + 1 :]):
        return None
    at = bisect_right(parse.quotes, (tokens[dash].start, 0))
    if at == 0:
        return None
    start, end = parse.quotes[at - 1]
    if not 0 <= tokens[dash].start - end <= SIGNED_GAP or parse.document.text[end : tokens[dash].start].strip():
        return None
    return Turn(sentence.index, Source(dash + 1, count), dash, (start, end), "direct")


def _speaks(sentence: Sentence, source: Source) -> bool:
    """Whether the name is that of a person in office, a body, a country or a capital."""
    words = word_lists("speech/attribution.yaml")
    tokens = sentence.tokens[source.start : source.end]
    last = tokens[-1]
    if (
        singular(last.lower) in words["roles"]
        or singular(last.lower) in words["bodies"]
        or last.lower in words["bodies"]
    ):
        return True
    return is_group(" ".join(token.text for token in tokens))


def _trailing(sentence: Sentence) -> Turn | None:
    """Read "Blast kills 12: police" and "Oslo sends 400 engineers - minister", lines without a full stop."""
    tokens = sentence.tokens
    count = len(tokens)
    if count < SAID_WORDS or tokens[-1].tag == "." or sentence.kind is not PassageKind.HEADLINE:
        return None
    for k in range(count - 2, max(2, count - LONGEST - 2), -1):
        if tokens[k].text == ":" or (
            tokens[k].text in DASHES and tokens[k - 1].end < tokens[k].start < tokens[k + 1].start - 1
        ):
            if any(token.tag in FINITE or token.tag == "CD" for token in tokens[k + 1 :]):
                return None
            source = Source(k + 1, count)
            spoken = _speaks(sentence, source) or all(token.tag in NAMES for token in tokens[k + 1 :])
            if not spoken:
                return None
            return Turn(sentence.index, source, k, (sentence.start, tokens[k - 1].end), "headline")
    return None
