"""Find who is credited with what in an English document.

Takes a `Parse`; gives an `Attribution` for every act of reporting speech, its source resolved to the fullest name
and its content carried over the quotation that it belongs to.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from tallystick.languages.english.places.extents import extent
from tallystick.languages.english.speech.acts import Act
from tallystick.languages.english.speech.interviews import Turn
from tallystick.languages.english.speech.introductions import announced
from tallystick.languages.english.speech.names import Names
from tallystick.languages.english.speech.quotations import OPENING, Inside, Quotation, quotations, with_quotations
from tallystick.languages.english.speech.relays import is_pronoun, is_same_outlet, relay_of, relayed
from tallystick.languages.english.speech.speech import speech_acts
from tallystick.languages.english.speech.stances import stances
from tallystick.languages.english.speech.turns import turns
from tallystick.languages.language import Parse, Sentence
from tallystick.model.attribution import Attribution, Span

__all__ = ["attributions"]

# A quotation that stands alone is by who spoke last, at most this many sentences before (en-train: two).
CARRIED = 3
# A quotation ends so near before the sentence that tells who asked it, in code points.
GAP = 2
# What these kinds hold of quotations does not tell who is quoted.
UNHELD = frozenset(("act", "unnamed"))


class _Found(NamedTuple):
    """An attribution with the sentence that holds its cue."""

    sentence: int
    attribution: Attribution
    pronoun: bool = False


def attributions(parse: Parse) -> tuple[Attribution, ...]:
    """Give every act of reporting speech of `parse` and every view that it reports of somebody, in order of content.

    Speakers are words of the text. A pronoun that points at nobody named is its own speaker, of the kind "unnamed".
    """
    quoted = quotations(parse)
    marks = {turn.sentence: turn for turn in turns(parse)}
    names = Names(parse)
    found: list[_Found] = []
    held: list[Attribution] = []
    inside = Inside(parse.quotes)
    for sentence in parse.sentences:
        turn = marks.get(sentence.index)
        if turn is not None:
            found.append(_Found(sentence.index, _of_turn(parse, turn, names)))
        acts = speech_acts(sentence, parse.document.text)
        for act in acts:
            attribution = _of_act(parse, sentence, act, names, quoted)
            if attribution is not None:
                found.append(_Found(sentence.index, attribution, is_pronoun(sentence, act)))
        for act in stances(sentence, acts, inside.tokens(sentence)):
            stance = _of_stance(parse.document.text, sentence, act, names)
            if stance is not None:
                held.append(stance)
    found.extend(_carried(found, quoted))
    reported = relayed(parse, [one.attribution for one in found])
    complete = _continued([one._replace(attribution=new) for one, new in zip(found, reported, strict=True)])
    complete.extend(held)
    return tuple(sorted(complete, key=lambda one: (one.content, one.cue, one.source)))


def _continued(found: Sequence[_Found]) -> list[Attribution]:
    """The attributions; what a pronoun goes on with has the relay of the statement before: "He added ..."."""
    complete: list[Attribution] = []
    relays: dict[str, tuple[int, str | None]] = {}
    for one in found:
        attribution = one.attribution
        before = relays.get(attribution.speaker)
        if one.pronoun and attribution.via is None and before is not None and one.sentence - before[0] <= CARRIED:
            attribution = replace(attribution, via=before[1])
        relays[attribution.speaker] = one.sentence, attribution.via
        complete.append(attribution)
    return complete


def _of_turn(parse: Parse, turn: Turn, names: Names) -> Attribution:
    """The attribution of a turn; an "A:" is by whom the document names first, a "Q:" by nobody it tells."""
    sentence = parse.sentences[turn.sentence]
    tokens = sentence.tokens
    source = (tokens[turn.source.start].start, tokens[turn.source.end - 1].end)
    cue = (tokens[turn.cue].start, tokens[turn.cue].end)
    if turn.kind == "question":
        name = None
    elif turn.kind == "answer":
        name = names.first_person(before=sentence)
    else:
        name = names.name(sentence, turn.source)
    if name is None:
        return Attribution((source,), (cue,), (turn.content,), parse.document.text[slice(*source)], kind="unnamed")
    kind = "turn" if turn.kind == "answer" else turn.kind
    return Attribution((source,), (cue,), (turn.content,), name, kind=kind)


def _of_act(
    parse: Parse, sentence: Sentence, act: Act, names: Names, quoted: Sequence[Quotation]
) -> Attribution | None:
    """The attribution of one act, or None where its source names nobody."""
    tokens = sentence.tokens
    via = relay_of(parse, sentence, act, names)
    speaker = names.name(sentence, act.source)
    cue = (tokens[act.cue[0]].start, tokens[act.cue[1] - 1].end)
    source = extent(tokens, act)
    content = _spans(sentence, act.content)
    following = None if content or act.backward else announced(parse, sentence)
    if following is not None:
        content = (following,)
    if not content and following is None:
        content = _just_before(parse, sentence, quoted)
    spread = with_quotations(content, cue, quoted, backward=act.backward)
    if not spread:
        return None
    if speaker is None:
        words = parse.document.text[source[0] : source[1]]
        return Attribution((source,), (cue,), spread, words, None, "unnamed", act.negated)
    if act.kind == "credit" and is_same_outlet(parse.document.outlet, speaker):
        return None
    direct = spread != content or parse.document.text[spread[0][0]] in OPENING
    kind = "direct" if act.kind == "indirect" and direct else act.kind
    if via is not None and is_same_outlet(via, speaker):
        via = None
    return Attribution((source,), (cue,), spread, speaker, via, kind, act.negated)


def _just_before(parse: Parse, sentence: Sentence, quoted: Sequence[Quotation]) -> tuple[Span, ...]:
    """The quotation that ends where `sentence` begins: '"Are they lost?" Weiss asked.'."""
    k = bisect_left(quoted, sentence.start, key=lambda one: one.spans[0][0])
    if k == 0:
        return ()
    end = quoted[k - 1].spans[-1][1]
    if not 0 <= sentence.start - end <= GAP or "\n" in parse.document.text[end : sentence.start]:
        return ()
    return quoted[k - 1].spans


def _of_stance(text: str, sentence: Sentence, act: Act, names: Names) -> Attribution | None:
    """The attribution of one stance; it leaves no trace in what pronouns point at."""
    tokens = sentence.tokens
    content = _spans(sentence, act.content)
    if not content:
        return None
    cue = (tokens[act.cue[0]].start, tokens[act.cue[1] - 1].end)
    if act.kind == "anonymous":
        return Attribution((cue,), (cue,), content, "", None, act.kind)
    source = extent(tokens, act)
    speaker = names.peek(sentence, act.source) or text[source[0] : source[1]]
    return Attribution((source,), (cue,), content, speaker, None, act.kind, act.negated)


def _spans(sentence: Sentence, ranges: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    """The spans of token ranges without the commas and stops at their ends."""
    spans: list[Span] = []
    for first, last in ranges:
        start, end = first, last
        while start < end and sentence.tokens[start].tag in (",", "."):
            start += 1
        while start < end and sentence.tokens[end - 1].tag in (",", "."):
            end -= 1
        if start < end:
            spans.append((sentence.tokens[start].start, sentence.tokens[end - 1].end))
    return tuple(spans)


def _carried(found: Sequence[_Found], quoted: Sequence[Quotation]) -> list[_Found]:
    """Attributions for the quotations that nobody is credited with: whoever was quoted last goes on."""
    carried: list[_Found] = []
    held = sorted(
        {start for one in found if one.attribution.kind not in UNHELD for start in _held(one.attribution, quoted)}
    )
    within = {start for start, _ in _nested(found, quoted)}
    direct = [
        one
        for one in found
        if one.attribution.kind in ("direct", "indirect", "turn") and one.attribution.cue[0][0] not in within
    ]
    last: _Found | None = None
    k = 0
    for quotation in quoted:
        while k < len(direct) and direct[k].sentence <= quotation.sentence:
            if last is None or direct[k].sentence >= last.sentence:
                last = direct[k]
            k += 1
        at = bisect_left(held, quotation.spans[0][0])
        if not quotation.sentential or held[at : at + 1] == [quotation.spans[0][0]]:
            continue
        if last is None or quotation.sentence - last.sentence > CARRIED:
            continue
        attribution = replace(last.attribution, content=quotation.spans, kind="direct", negated=False)
        last = _Found(quotation.last_sentence, attribution)
        carried.append(last)
    return carried


def _nested(found: Sequence[_Found], quoted: Sequence[Quotation]) -> Iterator[Span]:
    """The cues that stand inside a quotation: their speakers are quoted themselves and go on with nothing."""
    spans = sorted(span for quotation in quoted for span in quotation.spans)
    for one in found:
        start, end = one.attribution.cue[0]
        k = bisect_left(spans, (start, start))
        if k and end < spans[k - 1][1]:
            yield start, end


def _held(attribution: Attribution, quoted: Sequence[Quotation]) -> list[int]:
    """Where the quotations begin whose first word the content of `attribution` holds."""
    starts = []
    for start, end in attribution.content:
        first = bisect_left(quoted, start, key=lambda one: one.spans[0][0])
        if attribution.kind == "turn" and first and start < quoted[first - 1].spans[0][1]:
            # A turn of a transcript that is quoted as a whole: the quotation is its own.
            first -= 1
        for k in range(first, len(quoted)):
            if quoted[k].spans[0][0] >= end:
                break
            starts.append(quoted[k].spans[0][0])
    return starts
