"""Read the phrases that credit a source without a verb: "according to X", "in X's estimate", "(Agency)".

Takes the tokens of a sentence and the place of the cue; gives an `Act`, or None where nobody is credited.
"""

from collections.abc import Sequence

from tallystick.languages.english.grammar.inflection import singular, word_lists
from tallystick.languages.english.speech.acts import Act, around
from tallystick.languages.english.speech.names import is_medium
from tallystick.languages.english.speech.sources import Source, source_after, source_before
from tallystick.languages.english.speech.subjects import owner_of
from tallystick.languages.language import Token

__all__ = ["according_to", "credit_line", "in_view", "noun_by", "noun_is"]

VIEWS = frozenset(("estimate", "estimation", "view", "opinion", "account", "words", "count", "tally", "reckoning"))
SPEECH_NOUNS = frozenset(("pledge", "promise", "claim", "offer", "request", "order", "warning", "appeal", "decision"))
# How far the noun of "in the ministry's estimate" is looked for.
VIEW_REACH = 30
# "an announcement in September by X": words between the noun and its owner.
NOUN_REACH = 4
# Longest name in a credit line, in tokens.
LONGEST_CREDIT = 4


def according_to(tokens: Sequence[Token], acts: Sequence[Act], i: int) -> Act | None:
    """Read "according to X", "as per X" or ", per X", whose "to" or "per" is token `i`."""
    opening = {"to": ("according",), "per": ("as", ",")}[tokens[i].lower]
    if i == 0 or tokens[i - 1].lower not in opening:
        return None
    named = source_after(tokens, i + 1) or _misread(tokens, i + 1)
    if named is None or _is_rule(tokens, named):
        return None
    bare = tokens[i - 1].text == ","
    if bare and not any(tokens[k].tag in ("NNP", "NNPS") for k in range(named.start, named.end)):
        return None  # ", per month"
    source = owner_of(tokens, named)
    last = max(named.end, source.end)
    return Act(source, (i - (not bare), i + 1), around(tokens, acts, i - 1, last), "according_to", backward=i > 2)


def _misread(tokens: Sequence[Token], k: int) -> Source | None:
    """The source behind "to" whose first word the tagger took for an infinitive: "according to press reports"."""
    if k >= len(tokens) or tokens[k].tag not in ("VB", "VBG", "VBN"):
        return None
    further = source_after(tokens, k + 1)
    return None if further is None else Source(k, further.end)


def _is_rule(tokens: Sequence[Token], source: Source) -> bool:
    """Whether one acts according to `source` rather than learns from it."""
    core = next((k for k in range(source.start + 1, source.end) if tokens[k].tag == "IN"), source.end)
    return singular(tokens[core - 1].lower) in word_lists("speech/attribution.yaml")["rules"]


def in_view(tokens: Sequence[Token], acts: Sequence[Act], i: int) -> Act | None:
    """Read "in X's estimate", whose "in" is token `i`."""
    if not any(token.lower in VIEWS for token in tokens[i + 3 : i + VIEW_REACH]):
        return None
    source = source_after(tokens, i + 1)
    if source is None:
        return None
    for k in range(source.start + 1, source.end - 1):
        if tokens[k].tag == "POS" and tokens[k + 1].lower in VIEWS:
            return Act(Source(source.start, k), (i, k + 2), around(tokens, acts, i, k + 2), "noun")
    return None


def noun_is(tokens: Sequence[Token], i: int) -> Act | None:
    """Read "the ministry's estimate is that ...", whose verb is token `i`."""
    if i + 2 >= len(tokens) or tokens[i + 1].lower != "that" or tokens[i + 1].tag != "IN":
        return None
    source = source_before(tokens, i)
    if source is None:
        return None
    head = singular(tokens[source.end - 1].lower)
    if head not in word_lists("speech/attribution.yaml")["evidence"] and head not in SPEECH_NOUNS:
        return None
    return Act(source, (i, i + 2), ((i + 2, len(tokens)),), "noun")


def noun_by(tokens: Sequence[Token], i: int) -> Act | None:
    """Read "an announcement in May by X that", whose "by" is token `i`."""
    evidence = word_lists("speech/attribution.yaml")["evidence"]
    reach = range(i - 1, max(-1, i - 1 - NOUN_REACH), -1)
    noun = next(
        (
            k
            for k in reach
            if tokens[k].tag == "NN" and (tokens[k].lower in evidence or tokens[k].lower in SPEECH_NOUNS)
        ),
        None,
    )
    if noun is None or any(tokens[k].tag[:2] == "VB" for k in range(noun + 1, i)):
        return None
    source = source_after(tokens, i + 1)
    if source is None or source.end >= len(tokens) or tokens[source.end].lower not in ("that", "to", "of"):
        return None
    return Act(source, (noun, i + 1), ((source.end, len(tokens)),), "noun")


def credit_line(tokens: Sequence[Token], acts: Sequence[Act], i: int, text: str) -> Act | None:
    """Read "(Agency)" at the end of a sentence, whose bracket is token `i`.

    Args:
        tokens: The sentence.
        acts: Its acts so far.
        i: The opening bracket.
        text: The document.
    """
    close = next((k for k in range(i + 1, min(i + 2 + LONGEST_CREDIT, len(tokens))) if tokens[k].text == ")"), None)
    if close is None or close == i + 1 or i == 0:
        return None
    if any(token.tag != "." for token in tokens[close + 1 :]):
        return None
    if not is_medium(text[tokens[i + 1].start : tokens[close - 1].end]):
        return None
    return Act(Source(i + 1, close), (i, close + 1), around(tokens, acts, i, close + 1), "credit", backward=True)
