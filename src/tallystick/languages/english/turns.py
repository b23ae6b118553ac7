"""Find speakers that stand before or behind a colon: turns of an interview, and headlines.

Takes a `Parse`; gives `Turn`s such as "Kim: We need more." and "Blast kills 12: police".
"""

from bisect import bisect_right
from typing import NamedTuple

from tallystick.languages.english.inflection import singular, word_lists
from tallystick.languages.english.names import is_group
from tallystick.languages.english.sources import NAMES, Source
from tallystick.languages.language import Parse, Sentence
from tallystick.model.attribution import Span
from tallystick.model.document import PassageKind

__all__ = ["Turn", "turns"]

# Longest name before a colon, in tokens.
LONGEST = 5
# An interview has at least this many turns; fewer are headlines or list entries.
INTERVIEW = 2
# An entry of a table has its next colon within this many tokens.
TABLE_REACH = 8
# A line shorter than this behind the colon is an entry of a list.
SAID_WORDS = 4
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
OPENING = ('"', "“", "``")
# Marks between a quotation and the name it is signed with.
SIGNING = frozenset(("―", "–", "—", "--", "-"))
DASHES = frozenset(("-", "–", "—", "--"))


class Turn(NamedTuple):
    """A source with a colon or dash for its cue.

    Attributes:
        sentence: Number of the sentence.
        source: Its tokens.
        cue: Token of the colon.
        content: Span of what is said.
        kind: "turn" or "headline".
    """

    sentence: int
    source: Source
    cue: int
    content: Span
    kind: str


def turns(parse: Parse) -> list[Turn]:
    """Give the turns and headline sources of `parse` in order."""
    opening = [sentence for sentence in parse.sentences if _opens_paragraph(parse, sentence)]
    named = [(sentence, colon) for sentence in opening if (colon := _colon(sentence)) is not None]
    found: list[Turn] = []
    interview = len(named) >= INTERVIEW and sum(_said(sentence, colon) for sentence, colon in named) >= INTERVIEW
    for sentence, colon in named:
        if not _said(sentence, colon):
            continue
        source = Source(_first(sentence), colon)
        if interview and sentence.kind is PassageKind.BODY:
            end = parse.document.passages[sentence.paragraph].end
            found.append(Turn(sentence.index, source, colon, (sentence.tokens[colon + 1].start, end), "turn"))
        elif _speaks(sentence, source):
            span = (sentence.tokens[colon + 1].start, sentence.end)
            found.append(Turn(sentence.index, source, colon, span, "headline"))
    for sentence in parse.sentences:
        turn = _trailing(sentence) or _signed(parse, sentence)
        if turn is not None:
            found.append(turn)
    return found


def _opens_paragraph(parse: Parse, sentence: Sentence) -> bool:
    return sentence.index == 0 or parse.sentences[sentence.index - 1].paragraph != sentence.paragraph


def _colon(sentence: Sentence) -> int | None:
    """Token of the colon behind a name that opens the sentence."""
    tokens = sentence.tokens
    first = _first(sentence)
    for k in range(first + 1, min(first + LONGEST + 1, len(tokens) - 1)):
        if tokens[k].text == ":":
            words = word_lists("attribution.yaml")["no_turn"]
            name = tokens[first:k]
            if all(token.text[0].isupper() or token.text in (".", "-") for token in name) and not any(
                token.lower in words for token in name
            ):
                return k
            return None
    return None


def _first(sentence: Sentence) -> int:
    """The first token that is no quotation mark: a transcript may be quoted as a whole."""
    return 1 if len(sentence.tokens) > 1 and sentence.tokens[0].text in OPENING else 0


def _signed(parse: Parse, sentence: Sentence) -> Turn | None:
    """Read '"We need more." - Anna Weiss': a quotation with the name below or behind it."""
    tokens = sentence.tokens
    count = len(tokens)
    dash = next((k for k in range(count - 2, max(-1, count - LONGEST - 3), -1) if tokens[k].text in SIGNING), None)
    if dash is None or not all(token.text[0].isupper() or token.text == "." for token in tokens[dash + 1 :]):
        return None
    at = bisect_right(parse.quotes, (tokens[dash].start, 0))
    if at == 0:
        return None
    start, end = parse.quotes[at - 1]
    if end > tokens[dash].start or parse.document.text[end : tokens[dash].start].strip():
        return None
    return Turn(sentence.index, Source(dash + 1, count), dash, (start, end), "direct")


def _said(sentence: Sentence, colon: int) -> bool:
    """Whether words with a verb, or enough of them, follow the colon, and no other colon as in a table."""
    rest = sentence.tokens[colon + 1 :]
    if any(token.text == ":" for token in rest[:TABLE_REACH]):
        return False
    return (len(rest) >= SAID_WORDS and rest[0].tag != "CD") or any(
        token.tag[:2] == "VB" or token.tag == "MD" for token in rest
    )


def _speaks(sentence: Sentence, source: Source) -> bool:
    """Whether the name is that of a person in office, a body, a country or a capital."""
    words = word_lists("attribution.yaml")
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
