"""Find the day of the event that a figure of victims belongs to, where its own sentence gives none.

Takes a sentence of a parse; gives the date that the nearest sentence about such an event names. A report dates its
event once, near the top, and counts its victims throughout.
"""

from datetime import date

from tallystick.languages.english.grammar.inflection import singular, verb_base, word_lists
from tallystick.languages.english.grammar.tagging import is_verb
from tallystick.languages.english.times.time_phrases import TimePhrase, time_phrases
from tallystick.languages.language import Parse, Sentence, TimeReading, Token

__all__ = ["event_date"]

# How many sentences back an event is looked for, and how many ahead of a lead that does not date it itself; on en-train
# 4 and 3 gave the most right dates (of 4, 8 and 14 back).
BACK = 4
LEAD = 3
# How far from the word for the event its date stands, in tokens: "the blast on the night of May 3".
BESIDE = 16
# How many sentences around are searched for a day that names the event, and how far its noun stands behind the day.
NEARBY = 10
EVENT_REACH = 4


def event_date(parse: Parse, sentence: Sentence, published: date | None) -> TimeReading | None:
    """Give the date of the nearest dated event before `sentence`; for a lead, of the first one behind it."""
    if any(token.lower == "since" for token in sentence.tokens):
        return None  # what counts from a beginning on is of no one day
    before = range(sentence.index - 1, max(-1, sentence.index - 1 - BACK), -1)
    after = range(sentence.index + 1, min(len(parse.sentences), LEAD)) if sentence.index < LEAD else range(0)
    for index in (*before, *after):
        found = _dated(parse.sentences[index], published)
        if found is not None:
            return found
    return _named_by_day(parse, sentence, published)


def _named_by_day(parse: Parse, sentence: Sentence, published: date | None) -> TimeReading | None:
    """The day by which the report names its event: "Sunday's quake", wherever it stands nearby."""
    near = range(max(0, sentence.index - NEARBY), min(len(parse.sentences), sentence.index + NEARBY + 1))
    for index in sorted(near, key=lambda at: (abs(at - sentence.index), at)):
        tokens = parse.sentences[index].tokens
        if not any(token.tag == "POS" for token in tokens):
            continue
        for phrase in time_phrases(tokens, published):
            if phrase.edtf is not None and _owns_event(tokens, phrase.last):
                return TimeReading(phrase.edtf, (tokens[phrase.first].start, tokens[phrase.last - 1].end))
    return None


def _owns_event(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether a possessive mark and a noun for an event follow: "'s grenade attack"."""
    if at >= len(tokens) or tokens[at].tag != "POS":
        return False
    nouns = word_lists("status/status.yaml")["event_nouns"]
    for token in tokens[at + 1 : at + 1 + EVENT_REACH]:
        if not token.tag.startswith(("NN", "JJ")):
            return False
        if singular(token.lower) in nouns:
            return True
    return False


def _dated(sentence: Sentence, published: date | None) -> TimeReading | None:
    tokens = sentence.tokens
    events = [at for at, token in enumerate(tokens) if _is_event(token)]
    if not events:
        return None
    phrases = [phrase for phrase in time_phrases(tokens, published) if phrase.edtf is not None]
    best = min(
        ((_gap(phrase, at), phrase) for phrase in phrases for at in events if not _dates_speech(tokens, phrase)),
        default=None,
    )
    if best is None or best[0] > BESIDE or best[1].edtf is None:
        return None
    chosen = best[1]
    return TimeReading(chosen.edtf or "", (tokens[chosen.first].start, tokens[chosen.last - 1].end))


def _gap(phrase: TimePhrase, at: int) -> int:
    return at - phrase.last + 1 if at >= phrase.last else phrase.first - at


def _dates_speech(tokens: tuple[Token, ...], phrase: TimePhrase) -> bool:
    """Whether the nearest verb beside a date is one of saying."""
    speech = word_lists("status/status.yaml")["speech"]
    beside = [*range(phrase.first - 1, max(-1, phrase.first - 5), -1), *range(phrase.last, phrase.last + 1)]
    for at in beside:
        if at < len(tokens) and is_verb(tokens[at].tag):
            return verb_base(tokens[at].lower) in speech
    return False


def _is_event(token: Token) -> bool:
    words = word_lists("status/status.yaml")
    if is_verb(token.tag):
        base = verb_base(token.lower)
        return base in words["killed"] or base in words["wounded"]
    return token.tag in ("NN", "NNS") and singular(token.lower) in words["event_nouns"]
