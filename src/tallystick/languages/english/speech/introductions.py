"""Find who is quoted by a verb that is none of speech, and what a colon at the end of a sentence announces.

Takes tokens of a sentence and the place of a verb; gives an `Act`: any verb that joins a subject and a quotation is one
of speech there ('"Never," she shot back', 'The minister continued: "..."').
"""

from collections.abc import Sequence

from tallystick.languages.english.speech.acts import Act, content_start
from tallystick.languages.english.speech.clauses import is_opening, verb_group
from tallystick.languages.english.speech.sources import Source, is_name, source_after, source_before
from tallystick.languages.english.speech.subjects import can_speak, is_mute
from tallystick.languages.language import Parse, Sentence, Token
from tallystick.model.attribution import Span

__all__ = ["announced", "before_colon", "beside_quotation"]

QUOTES = frozenset(('"', "“", "”", "``", "''"))
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
# Words between such a verb and the mark before its quotation: "went on in the same breath:".
REACH = 8
# The subject between a quotation and its verb has at most so many tokens.
SUBJECT_REACH = 30
# A verb behind a quotation ends its clause within so many words: "she shot back on Monday".
TAIL = 3
DASHES = ("-", "–", "—", "--")


def beside_quotation(tokens: Sequence[Token], acts: Sequence[Act], i: int) -> Act | None:
    """Give the act of the verb at `i` where it joins its subject to a quotation.

    Args:
        tokens: The sentence.
        acts: Its acts so far.
        i: The verb.
    """
    if tokens[i].tag not in FINITE:
        return None
    group = verb_group(tokens, i)
    if group.passive or group.unreal:
        return None
    return _behind_quotation(tokens, acts, i, group.first) or _before_quotation(tokens, i, group.first)


def _before_quotation(tokens: Sequence[Token], i: int, first: int) -> Act | None:
    """Read 'The minister continued: "..."'."""
    count = len(tokens)
    for k in range(i + 1, min(i + 1 + REACH, count)):
        token = tokens[k]
        if token.tag in FINITE or token.text in QUOTES:
            return None
        if token.text not in (":", ","):
            continue
        if k + 1 < count and not is_opening(tokens, k + 1):
            if token.text == ":":
                return None
            continue
        if k + 1 == count and token.text != ":":
            return None
        source = source_before(tokens, first)
        if source is None or is_mute(tokens, source) or not can_speak(tokens, source):
            return None
        return Act(source, (i, i + 1), ((k + 1, count),) if k + 1 < count else ())
    return None


def before_colon(tokens: Sequence[Token], acts: Sequence[Act], i: int) -> Act | None:
    """Read 'Weiss apologized for what had happened: "..."' and 'VOTE IS CLOSE - Anna Weiss: "..."'.

    Args:
        tokens: The sentence.
        acts: Its acts so far.
        i: The colon.
    """
    if i < 1 or i + 1 >= len(tokens) or not is_opening(tokens, i + 1):
        return None
    if any(not act.backward or act.cue[1] >= i - REACH for act in acts):
        return None
    source = source_before(tokens, i)
    opens = source is not None and (source.start == 0 or tokens[source.start - 1].text in (*DASHES, ".", ")"))
    if source is None or not opens or not is_name(tokens[source.start]):
        source = _subject(tokens, i)
    if source is None or is_mute(tokens, source) or not can_speak(tokens, source):
        return None
    return Act(source, (i, i + 1), ((i + 1, len(tokens)),))


def _subject(tokens: Sequence[Token], end: int) -> Source | None:
    """The subject of the first finite verb before `end`, where nothing subordinate opens the sentence."""
    k = next((k for k in range(end) if tokens[k].tag in FINITE), None)
    return None if k is None else source_before(tokens, verb_group(tokens, k).first)


def _behind_quotation(tokens: Sequence[Token], acts: Sequence[Act], i: int, first: int) -> Act | None:
    """Read '"Never," she shot back' and '"Never," shot back Weiss'."""
    count = len(tokens)
    if not any(token.text in QUOTES for token in tokens[max(0, i - SUBJECT_REACH) : i]):
        return None
    if _closes_statement(tokens, i - 1):
        source = source_after(tokens, i + 1)
        if source is None or tokens[source.start].tag in ("DT", "PRP$", "JJ") or not can_speak(tokens, source):
            return None
        return Act(source, (i, i + 1), ((content_start(tokens, acts, i), i),), backward=True)
    source = source_before(tokens, first)
    if source is None or not _closes_statement(tokens, source.start - 1) or not can_speak(tokens, source):
        return None
    end = next((k for k in range(i + 1, min(i + 2 + TAIL, count)) if tokens[k].text in (".", ",", ":", ";")), None)
    if end is None and i + 1 < count:
        return None
    content = [(content_start(tokens, acts, source.start), source.start)]
    later = next((k for k in range(i + 1, count) if is_opening(tokens, k)), None)
    if later is not None:
        content.append((later, count))
    return Act(source, (i, i + 1), tuple(content), backward=True)


def _closes_statement(tokens: Sequence[Token], k: int) -> bool:
    """Whether the mark at `k` closes a quotation that stops with a comma, a question or a call."""
    if k < 1 or tokens[k].text not in QUOTES or is_opening(tokens, k):
        return False
    return tokens[k - 1].text in (",", "?", "!")


def announced(parse: Parse, sentence: Sentence) -> Span | None:
    """Give the paragraph behind a sentence that ends its own with a colon; None where there is none."""
    if not sentence.tokens or sentence.tokens[-1].text != ":":
        return None
    following = sentence.index + 1
    if following >= len(parse.sentences) or parse.sentences[following].paragraph == sentence.paragraph:
        return None
    first = last = parse.sentences[following]
    while last.index + 1 < len(parse.sentences) and parse.sentences[last.index + 1].paragraph == first.paragraph:
        last = parse.sentences[last.index + 1]
    return first.start, last.end
