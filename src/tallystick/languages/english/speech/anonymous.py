"""Find what nobody by name is reported to say or think: "is expected", "reportedly", "asked whether".

Takes the tokens of a sentence and the place of a word; gives an `Act` of the kind "anonymous", whose source is the cue
itself because no other word stands for the source.
"""

from collections.abc import Sequence
from functools import lru_cache

from tallystick.languages.english.grammar.inflection import verb_base, word_lists
from tallystick.languages.english.speech.acts import Act
from tallystick.languages.english.speech.clauses import verb_group
from tallystick.languages.english.speech.sources import Source, source_before
from tallystick.languages.language import Token

__all__ = ["anonymous", "is_hint", "is_told_of"]

# An agent that follows the passive within so many words is a source by name.
AGENT_REACH = 8
REMEMBERED = 20_000


@lru_cache(maxsize=REMEMBERED)
def is_hint(lower: str) -> bool:
    """Whether a word can be the cue of a statement that is nobody's."""
    words = word_lists("speech/stances.yaml")
    if lower in words["hearsay"] or lower in {pair.split()[0] for pair in words["participles"]}:
        return True
    return verb_base(lower) in words["impressions"] | words["agentless"]


def anonymous(tokens: Sequence[Token], i: int, end: int) -> Act | None:
    """Give the act whose cue is the word at `i`, its content ending at token `end`; None where somebody is named."""
    words = word_lists("speech/stances.yaml")
    token = tokens[i]
    if token.lower in words["hearsay"]:
        return _act(tokens, i, i, end)
    if token.tag[:2] != "VB":
        return None
    base = verb_base(token.lower)
    group = verb_group(tokens, i)
    if base in words["impressions"]:
        return None if group.unreal or group.participle else _act(tokens, group.first, i, end)
    if token.tag not in ("VBN", "VBD") or any(word.lower == "by" for word in tokens[i + 1 : i + 1 + AGENT_REACH]):
        return None
    if group.first == i and is_told_of(tokens, i):
        return _act(tokens, i, i, end)
    if group.passive and group.first < i:
        return _act(tokens, group.first, i, end)
    if base == "ask" and (i == 0 or tokens[i - 1].lower in ("when", "if", "and", ",")):
        # "Asked whether ...", "when asked about ...".
        return _act(tokens, i, i, end)
    return None


def is_told_of(tokens: Sequence[Token], i: int) -> bool:
    """Whether the participle at `i` tells what is said of the noun before it: "a driver known as"."""
    if tokens[i].tag not in ("VBN", "VBD") or i == 0 or i + 1 >= len(tokens):
        return False
    pairs = word_lists("speech/stances.yaml")["participles"]
    return f"{tokens[i].lower} {tokens[i + 1].lower}" in pairs and tokens[i - 1].tag[:2] in ("NN", ",", "RB", "CD")


def _act(tokens: Sequence[Token], first: int, i: int, end: int) -> Act | None:
    """The act of the cue [first, i]: what stands before it as the subject and behind it to `end` is its content."""
    subject = source_before(tokens, first)
    content = [] if subject is None else [(subject.start, subject.end)]
    if i + 1 < end:
        content.append((i + 1, end))
    if not content:
        return None
    return Act(Source(first, i + 1), (first, i + 1), tuple(content), "anonymous")
