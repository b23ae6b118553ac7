"""Tell when a counted event happened, and when a statement was made, in Korean text.

Takes a figure with its sentence, or an attribution; gives the EDTF date with the words that gave it, or None where
neither the text nor the publication date decides it.
"""

from functools import lru_cache

from tallystick.languages.korean.grammar.clauses import leaves_relative
from tallystick.languages.korean.grammar.eojeols import Eojeol, Role, eojeols, is_verb
from tallystick.languages.korean.speech.clauses import speakers
from tallystick.languages.korean.status.endings import is_past
from tallystick.languages.korean.status.status import status
from tallystick.languages.korean.times.phrases import TimePhrase, time_phrases
from tallystick.languages.language import Counted, Parse, Sentence, TimeReading
from tallystick.model.attribution import Attribution, Span
from tallystick.model.claim import Status
from tallystick.model.quantity import Quantity
from tallystick.values import dates

__all__ = ["stated", "when"]

# Connectives that end a clause whose date is its own.
CLOSING = ("으며", "고", "지만", "으나", "는데", "다고", "라고", "다며", "라며", "다", "자")
# Connectives without a tense, behind which a new topic begins something else.
JOINING = ("받아", "해", "하여", "되어", "돼", "며", "고", "자")
# How many dates either side of a figure are asked whether they are its own.
NEAREST = 4
# How far around a verb of saying its own date stands, in code points.
SAID_REACH = 60


def when(parse: Parse, sentence: Sentence, quantity: Quantity, counted: Counted) -> TimeReading | None:
    """Tell when the counted thing happened or is to happen.

    Args:
        parse: The document.
        sentence: The sentence of the figure.
        quantity: The figure.
        counted: What it counts.

    Returns:
        The date nearest to the figure in its own clauses, dates of speech left out; None where there is none, or none
        that can be resolved.
    """
    text = parse.document.text
    anchor = dates.published_date(parse.document.published)
    planned = status(parse, sentence, quantity, counted).status in (Status.PLANNED, Status.POSSIBLE)
    found = time_phrases(text, sentence.start, sentence.end, anchor, ahead=planned)
    if not found:
        return None
    words = eojeols(text, sentence.start, sentence.end)
    speech = _speech_spans(text, sentence.start, sentence.end)
    dating = [one for one in found if not any(start <= one.start and one.end <= end for start, end in speech)]
    # "500억달러(1988년)" dates the figure before it.
    before = [one for one in dating if one.end <= quantity.start and text[one.start - 1 : one.start] != "("][-NEAREST:]
    behind = [one for one in dating if one.start >= quantity.end][:NEAREST]
    chosen = next((one for one in reversed(before) if _reaches(words, one.end, quantity.start)), None)
    if chosen is None:
        chosen = next((one for one in behind if _follows(words, quantity.end, one.start)), None)
    if chosen is None or chosen.edtf is None:
        return None
    edtf = _interval(chosen, chosen.edtf, None if planned else parse.document.published)
    return TimeReading(edtf, (chosen.start, chosen.end))


def _interval(chosen: TimePhrase, edtf: str, published: str | None) -> str:
    """The date of a phrase; where it tells the start of something, an interval up to `published`, if known."""
    if chosen.since:
        start = edtf.partition("/")[0]
        return f"{start}/.." if published is None else dates.interval(start, published[:10])
    return edtf


def _reaches(words: tuple[Eojeol, ...], start: int, end: int) -> bool:
    """Whether a date that ends at `start` still holds at `end`: no clause with its own verb ends between."""
    between = [k for k, word in enumerate(words) if start <= word.start and word.end <= end]
    for k in between:
        word = words[k]
        if is_past(word.text) and word.text.endswith(CLOSING):
            return False
        # "2012년 지원을 받아 전체 규모는": a new topic.
        if word.role == Role.TOPIC and k and any(words[j].text.endswith(JOINING) for j in between if j < k):
            return False
    return not leaves_relative(words, start, end)


def _follows(words: tuple[Eojeol, ...], start: int, end: int) -> bool:
    """Whether a date behind a figure is still of its clause."""
    return not any(
        is_past(word.text) or word.closes.startswith(",") for word in words if start <= word.start and word.end <= end
    )


@lru_cache(maxsize=64)
def _speech_spans(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Where a date is that of a statement: beside its speaker, and between what is said and the verb."""
    spans: list[Span] = []
    words = eojeols(text, start, end)
    for saying, subject in speakers(text, start, end):
        if saying.closer is not None:
            spans.append((words[saying.closer].end, words[saying.at].end))
        if subject is None:
            continue
        first = subject.first
        while first > 0 and not is_verb(words[first - 1].text) and words[first - 1].role == Role.NONE:
            first -= 1
        spans.append((words[first].start, subject.end))
        after = next((k for k, word in enumerate(words) if word.start >= subject.end), len(words))
        last = after
        while (
            last < len(words)
            and last < after + 3
            and (words[last].text[0].isdigit() or words[last].text in ("이날", "전날", "오전", "오후", "지난", "어제"))
        ):
            last += 1
        if last > after:
            spans.append((words[after].start, words[last - 1].end + 1))
    for k, word in enumerate(words):
        if word.text in ("따르면", "의하면"):
            first = k
            while first > 0 and not (is_past(words[first - 1].text)):
                first -= 1
            spans.append((words[first].start, word.end))
    return tuple(spans)


def stated(parse: Parse, attribution: Attribution) -> TimeReading | None:
    """Tell when the statement itself was made.

    Args:
        parse: The document.
        attribution: The statement.

    Returns:
        The date beside its verb or its speaker; else the day of publication; None where neither is known.
    """
    published = parse.document.published
    anchor = dates.published_date(published)
    text = parse.document.text
    for start, end in (*attribution.cue, *attribution.source):
        sentence = next((one for one in parse.sentences if one.start <= start < one.end), None)
        if sentence is None:
            continue
        spans = _speech_spans(text, sentence.start, sentence.end)
        near = [span for span in spans if span[0] - SAID_REACH <= start and end <= span[1] + SAID_REACH]
        for phrase in time_phrases(text, sentence.start, sentence.end, anchor, ahead=False):
            if phrase.edtf is not None and any(first <= phrase.start and phrase.end <= last for first, last in near):
                return TimeReading(phrase.edtf, (phrase.start, phrase.end))
    return None if anchor is None or published is None else TimeReading(published[:10], None)
