"""Tell when a counted event happened, and when a statement was made.

Takes a figure with its sentence, or an attribution; gives the EDTF date with the words that gave it, or None where
neither the text nor the publication date decides it.
"""

from datetime import date
from itertools import pairwise

from tallystick.languages.english.grammar.inflection import verb_base, word_lists
from tallystick.languages.english.grammar.tagging import is_verb
from tallystick.languages.english.status.status_chain import Cue, governing_cue
from tallystick.languages.english.times.event_dates import event_date
from tallystick.languages.english.times.time_phrases import TimePhrase, time_phrases
from tallystick.languages.language import Counted, Parse, Sentence, TimeReading, Token
from tallystick.model.attribution import Attribution
from tallystick.model.claim import Status
from tallystick.model.quantity import Quantity
from tallystick.values import dates

__all__ = ["stated", "when"]

LASTING = frozenset(("until", "till"))
# Outcomes that a report dates once, with their event.
VICTIMS = ("killed", "wounded")

# How far a date may stand from its figure, in tokens, and what a clause boundary between them costs.
REACH = 40
COSTS = {",": 4, ":": 12, "CC": 3, "WDT": 6, "WP": 6}
SUBORDINATORS = frozenset("while although though because whereas after before when where compared against".split())
# Longest dateline before its date, in tokens: "NEW YORK, N.Y., June 17 (AP)".
DATELINE = 8
DATELINE_ENDS = frozenset(("(", "-", "--", "–", "—", "_", ":"))
# How far from a verb of saying its own date stands: "said on Tuesday", "told reporters in Moscow on Tuesday".
SAID_REACH = 6


def when(
    parse: Parse,
    sentence: Sentence,
    quantity: Quantity,
    counted: Counted,
) -> TimeReading | None:
    """Tell when the counted thing happened or is to happen.

    Args:
        parse: The document.
        sentence: The sentence of the figure.
        quantity: The figure.
        counted: What it counts.

    Returns:
        The date that stands nearest to the figure in its own clauses, dates of speech acts left out; None where the
        sentence gives none, or none that can be resolved.
    """
    tokens = sentence.tokens
    first, last = sentence.position(quantity.start), sentence.position(quantity.end - 1)
    cue = governing_cue(sentence, quantity, counted)
    # "on Tuesday" is the coming one for what is planned, the last one for what has happened.
    planned = cue is not None and cue.status is Status.PLANNED
    found = _phrases(parse, sentence, ahead=planned)
    best: tuple[int, int] | None = None
    chosen: TimePhrase | None = None
    for phrase in found:
        if phrase.first <= last and phrase.last > first:
            continue
        if not planned and phrase.first and tokens[phrase.first - 1].lower in LASTING:
            # "to feed 400 people until March": when it ends, not when they are counted.
            continue
        if _of_speech(tokens, phrase, first) or _of_dateline(tokens, phrase) or _of_another(tokens, phrase, last):
            continue
        key = (_distance(tokens, phrase, first, last), phrase.first)
        if key[0] <= REACH and (best is None or key < best):
            best, chosen = key, phrase
    if chosen is None:
        return _of_event(parse, sentence, counted, cue)
    if chosen.edtf is None:
        return None
    return TimeReading(chosen.edtf, (tokens[chosen.first].start, tokens[chosen.last - 1].end))


def _of_event(parse: Parse, sentence: Sentence, counted: Counted, cue: Cue | None) -> TimeReading | None:
    """For the victims of an event: when the sentences around say that it was."""
    words = word_lists("status/status.yaml")
    victims = any(counted.predicate in words[kind] for kind in VICTIMS) or counted.head in words["tolls"]
    if cue is not None or not victims:
        return None
    return event_date(parse, sentence, dates.published_date(parse.document.published))


def stated(parse: Parse, attribution: Attribution) -> TimeReading | None:
    """Tell when the attributed statement itself was made.

    Returns:
        The date beside its cue ("said on June 17"); the publication date without a span where the statement is
        undated; None where neither is there.
    """
    published = dates.published_date(parse.document.published)
    undated = None if published is None else TimeReading(published.isoformat(), None)
    if not attribution.cue:
        return undated
    start, end = attribution.cue[0]
    sentence = _sentence_at(parse, start)
    if sentence is None:
        return undated
    tokens = sentence.tokens
    first, last = sentence.position(start), sentence.position(max(start, end - 1))
    for phrase in _phrases(parse, sentence, ahead=False):
        inside = any(a <= tokens[phrase.first].start < b for a, b in attribution.content)
        gap = phrase.first - last if phrase.first > last else first - phrase.last + 1
        near = gap <= 2 * SAID_REACH and (not inside or (gap <= 2 and not _verb_follows(tokens, phrase)))
        if near and phrase.edtf is not None and _dates_the_cue(tokens, phrase, first, last):
            return TimeReading(phrase.edtf, (tokens[phrase.first].start, tokens[phrase.last - 1].end))
    return undated


def _phrases(parse: Parse, sentence: Sentence, *, ahead: bool) -> tuple[TimePhrase, ...]:
    published = dates.published_date(parse.document.published)
    return time_phrases(sentence.tokens, published, near_year=_near_year(parse, sentence, published), ahead=ahead)


def _near_year(parse: Parse, sentence: Sentence, published: date | None) -> int | None:
    """A year that this sentence or one of the two before gives; not needed where the publication date is known."""
    if published is not None:
        return None
    for index in range(sentence.index, max(-1, sentence.index - 3), -1):
        for phrase in time_phrases(parse.sentences[index].tokens, None):
            if phrase.edtf is not None:
                return int(phrase.edtf[:4])
    return None


def _of_speech(tokens: tuple[Token, ...], phrase: TimePhrase, figure: int) -> bool:
    """Whether a date is that of a statement: "said on Tuesday", "In a report on Tuesday"."""
    speech = word_lists("status/status.yaml")["speech"]
    nouns = word_lists("status/status.yaml")["speech_nouns"]
    for i in range(phrase.first - 1, max(-1, phrase.first - 2 - SAID_REACH), -1):
        token = tokens[i]
        if i <= figure < phrase.first and i == figure:
            break
        if token.tag in (":", "CC") or (token.tag == "," and phrase.first - i > 1):
            break
        if token.lower in nouns and phrase.first - i <= 3:
            return True
        if is_verb(token.tag) or token.tag == "MD":
            return token.lower in speech or verb_base(token.lower) in speech
    return _opens_a_statement(tokens, phrase, speech)


def _of_another(tokens: tuple[Token, ...], phrase: TimePhrase, last: int) -> bool:
    """Whether a date belongs to the figure compared with: "2,000, up from 600 in April"."""
    between = [token.lower for token in tokens[last + 1 : phrase.first]]
    return any(one in ("up", "down") and two == "from" for one, two in pairwise(between))


def _of_dateline(tokens: tuple[Token, ...], phrase: TimePhrase) -> bool:
    """Whether a date stands in a dateline: "PYONGYANG, June 17 (Harbor Press) -"."""
    if phrase.first > DATELINE or not tokens[0].text.isupper() or phrase.last >= len(tokens):
        return False
    before = tokens[: phrase.first]
    return tokens[phrase.last].text in DATELINE_ENDS and not any(is_verb(token.tag) for token in before)


def _opens_a_statement(tokens: tuple[Token, ...], phrase: TimePhrase, speech: frozenset[str]) -> bool:
    """Whether the next verb behind a date without an article of its own is one of saying: "The army Tuesday said"."""
    if phrase.first > 1 and phrase.last < len(tokens) and is_verb(tokens[phrase.last].tag):
        return verb_base(tokens[phrase.last].lower) in speech
    return False


def _distance(tokens: tuple[Token, ...], phrase: TimePhrase, first: int, last: int) -> int:
    """How far a date stands from the figure, clause boundaries between them counted extra."""
    low, high = (last + 1, phrase.first) if phrase.first > last else (phrase.last, first)
    cost = high - low
    for token in tokens[low:high]:
        cost += COSTS.get(token.tag, 0)
        if token.lower in SUBORDINATORS:
            cost += COSTS["WDT"]
    if phrase.last <= first and phrase.first <= 1:
        # A date that opens the sentence holds for all of its main clause.
        cost //= 2
    return cost


def _dates_the_cue(tokens: tuple[Token, ...], phrase: TimePhrase, first: int, last: int) -> bool:
    """Whether no other verb stands between cue and date."""
    low, high = (last + 1, phrase.first) if phrase.first > last else (phrase.last, first)
    return not any(is_verb(token.tag) or token.tag in (":", "MD") for token in tokens[low:high])


def _verb_follows(tokens: tuple[Token, ...], phrase: TimePhrase) -> bool:
    return phrase.last < len(tokens) and is_verb(tokens[phrase.last].tag)


def _sentence_at(parse: Parse, offset: int) -> Sentence | None:
    """The sentence that holds `offset`."""
    low, high = 0, len(parse.sentences)
    while low < high:
        middle = (low + high) // 2
        if parse.sentences[middle].end <= offset:
            low = middle + 1
        else:
            high = middle
    if low < len(parse.sentences) and parse.sentences[low].start <= offset:
        return parse.sentences[low]
    return None
