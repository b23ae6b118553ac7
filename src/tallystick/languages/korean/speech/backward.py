"""Find sentences that credit the one before: "국방부는 이같이 밝혔다", "통일부 당국자의 설명이다".

Takes two `Utterance`s in order; gives the `Attribution` whose content is the first.
"""

import re

from tallystick.languages.korean.grammar.eojeols import Role
from tallystick.languages.korean.speech.names import Names
from tallystick.languages.korean.speech.predicates import is_saying
from tallystick.languages.korean.speech.sources import Likeness, listed, source
from tallystick.languages.korean.speech.utterances import Utterance
from tallystick.model.attribution import Attribution

__all__ = ["pointing_back"]

POINTERS = ("이같이", "이렇게", "이와", "이처럼", "그렇게")
COPULA = re.compile("^(.{1,4}?)(?:이다|다|이었다|였다|입니다)$")
# Longest sentence that only credits another, in eojeols.
LONGEST = 12


def pointing_back(text: str, before: Utterance, utterance: Utterance, names: Names) -> Attribution | None:
    """Give who is credited with `before` by `utterance`, or None where it credits nobody.

    Args:
        text: The document's text.
        before: The utterance before, in which nobody was found to speak.
        utterance: The one that may point back at it.
        names: The speakers named so far; one that is found is noted there.
    """
    words = utterance.words
    if not words or len(words) > LONGEST or utterance.paragraph > before.paragraph + 1:
        return None
    last = len(words) - 1
    pointed = any(word.text.startswith(POINTERS) for word in words[:last]) and is_saying(words, last)
    match = COPULA.match(words[last].text)
    claimed = match is not None and match.group(1) in listed("claims") and last > 0
    if pointed:
        at = next((k for k in range(last) if words[k].role in (Role.TOPIC, Role.SUBJECT)), None)
    elif claimed and words[last - 1].role == Role.GENITIVE:
        at = last - 1
    else:
        return None
    found = None if at is None else source(text, words, at)
    if at is not None and (found is None or found.likeness < Likeness.COUNTRY):
        return None
    name = names.resolve(found)
    if name is None:
        return None
    names.told(name)
    cue = (words[last].start, words[last].end)
    spans = ((found.start, found.end),) if found is not None else (cue,)
    return Attribution(spans, (cue,), ((before.start, before.end),), name, None, "noun" if claimed else "indirect")
