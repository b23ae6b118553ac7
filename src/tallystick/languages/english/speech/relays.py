"""Tell which agency or outlet relays a statement.

Takes acts of speech and attributions of a document; gives the name of the medium as written. The outlet that
publishes the document itself is never one.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from tallystick.languages.english.speech.acts import Act
from tallystick.languages.english.speech.names import Names, is_medium, without_article
from tallystick.languages.english.speech.sources import source_after
from tallystick.languages.language import Parse, Sentence
from tallystick.model.attribution import Attribution

__all__ = ["is_pronoun", "is_same_outlet", "relay_of", "relayed"]

TELLING = frozenset(("told", "tell", "tells", "telling"))
# What follows the name of whom one told: "told Interfax on condition of anonymity".
LINKS = frozenset(("on", "in", "at", "by", "from", "to", "with", "for"))
# Longest span of content that is looked through for nested speech, in code points.
LONGEST_CONTENT = 4_000


def is_same_outlet(one: str | None, other: str) -> bool:
    """Whether the words of one name hold those of the other."""
    if not one:
        return False
    words, others = (
        set(without_article(name).lower().replace("(", "").replace(")", "").split()) for name in (one, other)
    )
    return bool(words and others) and (words <= others or others <= words)


def is_pronoun(sentence: Sentence, act: Act) -> bool:
    """Whether the source of `act` is but a pronoun."""
    return act.source.end - act.source.start == 1 and sentence.tokens[act.source.start].tag == "PRP"


def relay_of(parse: Parse, sentence: Sentence, act: Act, names: Names) -> str | None:
    """Give the medium that quotes the source of `act`, or another outlet that the source told."""
    tokens = sentence.tokens
    own = parse.document.outlet
    if act.relay is not None:
        relay = names.name(sentence, act.relay)
        return relay if relay is not None and is_medium(relay) and not is_same_outlet(own, relay) else None
    if tokens[act.cue[0]].lower not in TELLING:
        return None
    told = source_after(tokens, act.cue[1])
    if told is None:
        return None
    end = next(
        (k for k in range(told.start + 1, told.end) if tokens[k].lower in LINKS or tokens[k].tag == "CD"), told.end
    )
    text = without_article(parse.document.text[tokens[told.start].start : tokens[end - 1].end])
    if not is_medium(text) or is_same_outlet(own, text):
        return None
    return text if own is not None or _is_introduced(parse, text) else None


def _is_introduced(parse: Parse, name: str) -> bool:
    """Whether a document of an unknown outlet tells its readers what `name` is: then it is another's.

    A bare name behind "told" is mostly that of the agency whose report it is (en-train: 22 of 23).
    """
    return any(word[0].islower() or word[0] == "(" for word in name.split()) or f"({name})" in parse.document.text


def relayed(parse: Parse, found: Sequence[Attribution]) -> list[Attribution]:
    """Give the attributions with the medium that reports them as `via`, where one does."""
    own = parse.document.outlet
    media = sorted(
        (start, end, one.cue, name)
        for one in found
        if one.kind != "act"
        for name in [one.speaker if one.via is None else one.via]
        if is_medium(name) and not is_same_outlet(own, name)
        for start, end in one.content
    )
    complete: list[Attribution] = []
    for one in found:
        if one.via is None and one.cue and not is_medium(one.speaker):
            at = one.cue[0][0]
            near = media[bisect_left(media, (at - LONGEST_CONTENT,)) : bisect_right(media, (at + 1,))]
            relay = next((name for _, end, cue, name in near if at < end and cue != one.cue), None)
            if relay is not None:
                complete.append(replace(one, via=relay))
                continue
        complete.append(one)
    return complete
