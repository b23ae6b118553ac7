"""Read what a dossier asks for besides figures: units, tasks, names, orders, reactions.

Takes a `Parse` and the dossier's slots; gives a `FactReading` for every value. Each kind of slot is one form of words;
which words they are is the dossier's alone.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache

from tallystick.languages.english.facts.fact_forms import READERS, Found
from tallystick.languages.english.facts.fact_words import WordIndex
from tallystick.languages.english.grammar.inflection import verb_base
from tallystick.languages.english.grammar.tagging import is_verb
from tallystick.languages.language import FactReading, Parse, Sentence
from tallystick.model.attribution import Attribution, Span
from tallystick.model.dossier import Slot, SlotKind, SlotWords

__all__ = ["facts"]

CODE = "en"
# How many sentences before a value may tell what it is about: "The brigade arrived. ... Their mission involves".
ABOUT_REACH = 5
# How many sentences after a value may, in its paragraph: "Seoul protested. It called the dispatch of workers illegal."
ABOUT_BEFORE = 2
# Longest cue of speech looked through, in code points.
LONGEST_CUE = 80
# How far behind its verb a content still belongs into one value with it: "warned on Tuesday that the dam".
NEAR_CUE = 40
WORD = re.compile(r"\w+")
# Words of dossiers that are kept ready.
REMEMBERED = 1_000
OPENING = frozenset(("“", "``", "‘"))
CLOSING = frozenset(("”", "''"))
QUOTES = OPENING | CLOSING | {'"'}
MARKS = frozenset((",", ".", ":"))
_Rest = tuple[Span, str, Span | None, Attribution | None]
_Value = tuple[Span, Sentence, _Rest]


def facts(
    parse: Parse, slots: tuple[Slot, ...], told: Callable[[], tuple[Attribution, ...]]
) -> tuple[FactReading, ...]:
    """Give every value of `slots` in the document, in order of the text; values of one slot do not overlap.

    Args:
        parse: The document.
        slots: What the dossier asks for.
        told: Gives the acts of speech of the document; called only where a slot needs them.
    """
    asked = [(slot, words) for slot in slots if (words := slot.lexicon(CODE)) is not None]
    if not asked:
        return ()
    index = WordIndex(parse)
    readings: list[FactReading] = []
    for slot, words in asked:
        near = _near(parse, index, words)
        if near is not None and not near:
            continue
        if slot.kind is SlotKind.STATEMENT:
            found = _statements(parse, index, words, told)
        else:
            found = (_reading(one) for one in READERS[slot.kind](index, words))
        held = [
            (span, sentence, rest)
            for span, sentence, rest in found
            if (near is None or sentence.index in near) and _holds(index, words, sentence, span)
        ]
        readings += _apart(slot.id, held)
    order = {slot.id: number for number, slot in enumerate(slots)}
    return tuple(sorted(readings, key=lambda one: (one.span, order[one.slot])))


def _near(parse: Parse, index: WordIndex, words: SlotWords) -> frozenset[int] | None:
    """The sentences that are about the subject of a slot; None where any may be."""
    if not words.about:
        return None
    near: set[int] = set()
    count = len(parse.sentences)
    for sentence, _, _ in index.phrases(words.about):
        near.update(range(sentence.index, min(count, sentence.index + ABOUT_REACH + 1)))
        for at in range(max(0, sentence.index - ABOUT_BEFORE), sentence.index):
            if parse.sentences[at].paragraph == sentence.paragraph:
                near.add(at)
    return frozenset(near)


def _reading(found: Found) -> _Value:
    """A reading in tokens as one in code points."""
    tokens = found.sentence.tokens
    span = tokens[found.first].start, tokens[found.last - 1].end
    cue = tokens[found.cue_first].start, tokens[found.cue_last - 1].end
    if found.verb is None:
        return span, found.sentence, (cue, "", None, None)
    verb = tokens[found.verb]
    return span, found.sentence, (cue, verb_base(verb.lower), (verb.start, verb.end), None)


def _holds(index: WordIndex, words: SlotWords, sentence: Sentence, span: Span) -> bool:
    """Whether the value has one of the words that it must have."""
    if not words.holds:
        return True
    first, last = sentence.position(span[0]), sentence.position(min(span[1], sentence.end) - 1) + 1
    return bool(index.within(words.holds, sentence, first, last))


def _apart(slot: str, held: list[_Value]) -> Iterator[FactReading]:
    """The values of one slot; of those that overlap, the one that begins first, and the longest of those."""
    end = -1
    for span, sentence, rest in sorted(held, key=lambda one: (one[0][0], -one[0][1])):
        if span[0] >= end:
            yield FactReading(slot, span, sentence, *rest)
            end = span[1]


def _statements(
    parse: Parse, index: WordIndex, words: SlotWords, told: Callable[[], tuple[Attribution, ...]]
) -> Iterator[_Value]:
    """What is said with one of the verbs: of the longest part of the content the first sentence."""
    hits = {
        sentence.tokens[first].start: sentence.tokens[last - 1].end
        for sentence, first, last in index.phrases(words.verbs)
    }
    if not hits:
        return
    starts = [sentence.start for sentence in parse.sentences]
    for attribution in told():
        cue = next(((at, hits[at]) for start, end in attribution.cue for at in _inside(hits, start, end)), None)
        if cue is None or not _said_by(parse, attribution, words.doers):
            continue
        start, end = max(attribution.content, key=lambda one: (one[1] - one[0], -one[0]))
        at = bisect_right(starts, start) - 1
        if at < 0 or start >= parse.sentences[at].end:
            continue
        span = _clause(parse.sentences[at], start, end)
        if span is not None and parse.sentences[at].start <= cue[0] < span[0] <= cue[1] + NEAR_CUE:
            span = cue[0], span[1]
        elif span is not None and not _has_verb(parse.sentences[at], span):
            continue
        if span is not None:
            yield span, parse.sentences[at], (cue, "", None, attribution)


def _has_verb(sentence: Sentence, span: Span) -> bool:
    """Whether something is said in a span: a phrase before its verb of speech is no statement."""
    return any(is_verb(token.tag) for token in sentence.tokens if span[0] <= token.start < span[1])


def _said_by(parse: Parse, attribution: Attribution, doers: tuple[str, ...]) -> bool:
    """Whether the speaker is called by one of the words; true where none is asked."""
    if not doers:
        return True
    start, end = attribution.source[0] if attribution.source else (0, 0)
    called = f"{attribution.speaker} {parse.document.text[start:end]}".lower()
    return any(spoken in f" {' '.join(WORD.findall(called))} " for spoken in map(_spoken, doers))


@lru_cache(maxsize=REMEMBERED)
def _spoken(name: str) -> str:
    return f" {' '.join(WORD.findall(name))} "


def _inside(hits: dict[int, int], start: int, end: int) -> Iterator[int]:
    """The hits within a span; a cue is a few words, so its code points are few."""
    return (at for at in range(start, min(end, start + LONGEST_CUE)) if at in hits)


def _clause(sentence: Sentence, start: int, end: int) -> Span | None:
    """The part of a content that stands in one sentence, without the marks around it."""
    first, last = sentence.position(start), sentence.position(min(end, sentence.end) - 1) + 1
    tokens = sentence.tokens
    last = min(last, len(tokens))
    marks = [k for k in range(first, last) if tokens[k].text in QUOTES]
    while first < last and (tokens[first].tag in MARKS or tokens[first].text in CLOSING):
        first += 1
    while last > first and (tokens[last - 1].tag in MARKS or tokens[last - 1].text in OPENING):
        last -= 1
    if marks == [first, last - 1]:
        # The whole is one quotation: its words are the value.
        first, last = first + 1, last - 1
        while last > first and tokens[last - 1].tag in MARKS:
            last -= 1
    return (tokens[first].start, tokens[last - 1].end) if first < last else None
