"""Find every act of reporting speech in Chinese text: who said it, by which words, and what is said.

Takes a `Parse`; gives `Attribution`s in order of content, their sources resolved to the fullest name of the text.
"""

from bisect import bisect_left
from dataclasses import replace

from tallystick.languages.chinese.script.script import folded
from tallystick.languages.chinese.speech.acts import Act, acts, dateline
from tallystick.languages.chinese.speech.names import Names
from tallystick.languages.chinese.speech.sources import is_medium
from tallystick.languages.language import Parse, Sentence, TimeReading
from tallystick.model.attribution import Attribution, Span
from tallystick.model.document import PassageKind

__all__ = ["attributions", "stated"]


def attributions(parse: Parse) -> tuple[Attribution, ...]:
    """Give every act of reporting speech of `parse`, in order of content; headlines have none."""
    whole = folded(parse.document.text)
    names = Names(parse.document.text, whole)
    found = list(_turns(parse))
    agency: str | None = None
    starts = [first for first, _ in parse.quotes]
    for sentence in parse.sentences:
        if sentence.kind is PassageKind.HEADLINE:
            continue
        _, span = dateline(whole, sentence.start, sentence.end)
        agency = agency if span is None else parse.document.text[span[0] : span[1]]
        quotes = _touching(parse, starts, sentence)
        told = [
            one
            for act in acts(whole, sentence.start, sentence.end, quotes)
            if (one := _told(act, sentence, parse, names))
        ]
        found.extend(_relayed(told, agency, parse.document.outlet))
    return tuple(sorted(found, key=lambda one: (one.content[0], one.cue)))


def stated(parse: Parse, attribution: Attribution) -> TimeReading | None:
    """Give when a statement was made: as the words before its cue date it, else when the report was published."""
    published = parse.document.published
    return None if published is None else TimeReading(published[:10], None)


def _turns(parse: Parse) -> list[Attribution]:
    """What is said in the turns of an interview."""
    return [
        Attribution((), ((passage.start, passage.start),), ((passage.start, passage.end),), passage.turn, kind="turn")
        for passage in parse.document.passages
        if passage.turn
    ]


def _touching(parse: Parse, starts: list[int], sentence: Sentence) -> tuple[Span, ...]:
    """The quotations that touch a sentence, and the one before it."""
    first = max(0, bisect_left(starts, sentence.start) - 1)
    last = bisect_left(starts, sentence.end)
    return parse.quotes[first:last]


def _told(act: Act, sentence: Sentence, parse: Parse, names: Names) -> Attribution | None:
    """An act of speech with its source resolved."""
    name = names.resolve(act.source)
    if name is None:
        return None
    content = act.content
    if act.after and content[0] == content[1]:
        before = [span for span in parse.quotes if 0 <= sentence.start - span[1] <= 1]
        if not before:
            return None
        content = before[-1]
    names.told(name, act.source)
    via = None if act.via is None else parse.document.text[act.via[0] : act.via[1]]
    source = act.cue if act.source is None else act.source
    return Attribution((source,), (act.cue,), (content,), name, via, act.kind, act.negated)


def _relayed(told: list[Attribution], agency: str | None, own: str | None) -> list[Attribution]:
    """Give each statement the medium whose report holds it; the document's own outlet is none."""
    relayed: list[Attribution] = []
    for one in told:
        via = one.via
        if via is None and not is_medium(folded(one.speaker)):
            start = one.cue[0][0]
            around = [
                other
                for other in told
                if other is not one
                and is_medium(folded(other.speaker))
                and other.content[0][0] <= start < other.content[0][1]
            ]
            via = around[-1].speaker if around else agency
        if via is not None and ((own and (via in own or own in via)) or via == one.speaker):
            via = None
        relayed.append(replace(one, via=via))
    return relayed
