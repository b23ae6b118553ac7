"""Find the turns of interviews and transcripts: names before colons, "Q:" and "A:", names that stand alone in bold.

Takes a `Parse`; gives `Turn`s whose content reaches to the next turn. Fewer than two marks are no interview.
"""

from collections.abc import Sequence
from typing import NamedTuple

from tallystick.languages.english.grammar.inflection import word_lists
from tallystick.languages.english.speech.sources import Source
from tallystick.languages.language import Parse, Sentence
from tallystick.model.attribution import Span
from tallystick.model.document import PassageKind

__all__ = ["LONGEST", "SAID_WORDS", "Turn", "colon_of", "first_of", "interview", "says_something"]

# Longest name before a colon, in tokens.
LONGEST = 5
# An interview has at least this many turns; fewer are headlines or list entries.
INTERVIEW = 2
# An entry of a table has its next colon within this many tokens.
TABLE_REACH = 8
# A line shorter than this behind the colon is an entry of a list.
SAID_WORDS = 4
# A turn goes on over paragraphs without a mark, no longer than this in code points.
LONGEST_TURN = 8_000
QUESTION = frozenset(("q", "question"))
ANSWER = frozenset(("a", "answer"))
# Marks that may open a turn: of a transcript that is quoted as a whole, of bold letters in Markdown.
OPENING = frozenset(('"', "“", "``", "''", "*", "**", "_", "__", "#", "##", "###"))
# What a report puts behind a quotation, and nobody who speaks.
SAID_BY = ('" said', "” said", ",” he said", ",” she said", '," he said', '," she said')
BOLD = frozenset(("*", "**", "_", "__"))


class Turn(NamedTuple):
    """A source with a colon, a dash or bold letters for its cue.

    Attributes:
        sentence: Number of the sentence.
        source: Its tokens.
        cue: Token of the colon.
        content: Span of what is said.
        kind: "turn", "headline", "direct"; "question" and "answer" where no name stands.
    """

    sentence: int
    source: Source
    cue: int
    content: Span
    kind: str


def interview(parse: Parse, opening: Sequence[Sentence]) -> list[Turn]:
    """Give the turns of `parse` in order, where it holds an interview.

    Args:
        parse: The document.
        opening: The sentences that open a paragraph.
    """
    marks = [mark for sentence in opening if (mark := _mark(sentence)) is not None]
    kinds = {mark.kind for mark in marks}
    if ("question" in kinds) != ("answer" in kinds):
        marks = [mark for mark in marks if mark.kind == "turn"]
    if len(marks) < INTERVIEW:
        return []
    found = []
    for k, mark in enumerate(marks):
        start, end = mark.content
        if k + 1 < len(marks):
            last = parse.sentences[marks[k + 1].sentence - 1]
            if last.end - start <= LONGEST_TURN and not _is_told(parse, mark, end, last.end):
                end = max(end, last.end)
        elif start == end:
            end = _next_paragraph(parse, mark.sentence)
        passage = parse.document.passages[parse.sentences[mark.sentence].paragraph]
        end = max(end, passage.end) if start < passage.end else end
        start += len(parse.document.text[start:end]) - len(parse.document.text[start:end].lstrip())
        if start < end:
            found.append(mark._replace(content=(start, end)))
    return found


def _is_told(parse: Parse, mark: Turn, start: int, end: int) -> bool:
    """Whether [start, end) tells of the speaker or of what others said, as under a heading, rather than goes on."""
    name = parse.sentences[mark.sentence].tokens[mark.source.end - 1].text
    told = parse.document.text[start:end]
    if mark.kind == "turn" and len(name) > 1 and name in told:
        return True
    return any(mark_said in told for mark_said in SAID_BY)


def _next_paragraph(parse: Parse, index: int) -> int:
    """The end of the paragraph behind that of sentence `index`."""
    if index + 1 >= len(parse.sentences):
        return parse.sentences[index].end
    return parse.document.passages[parse.sentences[index + 1].paragraph].end


def _mark(sentence: Sentence) -> Turn | None:
    """The turn that a paragraph opens with; its content is but its beginning."""
    tokens = sentence.tokens
    first = first_of(sentence)
    if first + 1 < len(tokens) and tokens[first].lower in QUESTION | ANSWER and tokens[first + 1].text in (":", "."):
        kind = "question" if tokens[first].lower in QUESTION else "answer"
        return _turn(sentence, first, first + 1, kind)
    colon = colon_of(sentence)
    if colon is not None:
        if sentence.kind is PassageKind.BODY and says_something(sentence, colon):
            return _turn(sentence, first, colon, "turn")
        return None
    last = len(tokens) - 1
    while last > first and tokens[last].text in BOLD:
        last -= 1
    name = tokens[first : last + 1]
    if first == 0 or last == len(tokens) - 1 or tokens[0].text not in BOLD or not 1 < len(name) <= LONGEST:
        return None
    if not all(token.text[0].isupper() or token.text == "." for token in name) or name[-1].tag == ".":
        return None
    return Turn(sentence.index, Source(first, last + 1), last + 1, (sentence.end, sentence.end), "turn")


def _turn(sentence: Sentence, first: int, cue: int, kind: str) -> Turn:
    """The turn of the name [first, cue): what is said begins behind the mark and the bold letters."""
    k = cue + 1
    while k < len(sentence.tokens) - 1 and sentence.tokens[k].text in BOLD:
        k += 1
    start = sentence.tokens[min(k, len(sentence.tokens) - 1)].start
    return Turn(sentence.index, Source(first, cue), cue, (start, sentence.end), kind)


def colon_of(sentence: Sentence) -> int | None:
    """Give the token of the colon behind a name that opens `sentence`; None where there is none."""
    tokens = sentence.tokens
    first = first_of(sentence)
    for k in range(first + 1, min(first + LONGEST + 1, len(tokens) - 1)):
        if tokens[k].text == ":":
            words = word_lists("speech/attribution.yaml")["no_turn"]
            name = tokens[first:k]
            if all(token.text[0].isupper() or token.text in (".", "-") for token in name) and not any(
                token.lower in words for token in name
            ):
                return k
            return None
    return None


def first_of(sentence: Sentence) -> int:
    """Give the first token of `sentence` that is neither a quotation mark nor one of bold letters."""
    first = 0
    while first < min(LONGEST, len(sentence.tokens) - 1) and sentence.tokens[first].text in OPENING:
        first += 1
    return first


def says_something(sentence: Sentence, colon: int) -> bool:
    """Whether words with a verb, or enough of them, follow the colon, and no other colon as in a table."""
    rest = sentence.tokens[colon + 1 :]
    if any(token.text == ":" for token in rest[:TABLE_REACH]):
        return False
    return (len(rest) >= SAID_WORDS and rest[0].tag != "CD") or any(
        token.tag[:2] == "VB" or token.tag == "MD" for token in rest
    )
