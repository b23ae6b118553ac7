"""Give the verbs of saying of an utterance their subjects and contents.

Takes an `Utterance`; gives `Attribution`s. Verbs that stand inside what the next verb tells ("...했다고 말했다고
보도했다") are one chain, whose subjects stand in the order opposite to the verbs.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from tallystick.languages.korean.grammar.eojeols import Eojeol, Role, eojeols
from tallystick.languages.korean.speech.credits import citation
from tallystick.languages.korean.speech.names import Names
from tallystick.languages.korean.speech.predicates import Saying, sayings
from tallystick.languages.korean.speech.sources import Likeness, Source, is_medium, listed, source
from tallystick.languages.korean.speech.utterances import Utterance
from tallystick.model.attribution import Attribution, Span

__all__ = ["speakers", "spoken"]

# How far a verb may stand before the closer of the next one and still be inside it: "밝힌 것으로", "말했다고".
INSIDE = 2
# Nouns that tell of a stance of the subject, at the end: "정부는 ...라는 입장이다".
STANCE = re.compile("^(.{2,4}?)(?:이다|이었다|입니다|다|이며|이고|이라며)$")
THAT = re.compile("(?:다는|라는|자는|겠다는|할|한다는)$")


def spoken(text: str, utterance: Utterance, names: Names) -> Iterator[Attribution]:
    """Give the acts of speech of `utterance` that a verb of saying tells.

    Args:
        text: The document's text.
        utterance: Where to look.
        names: The speakers named before; those found are noted there.
    """
    words = utterance.words
    begin = 0
    previous: Source | None = None
    for chain in _chains(sayings(words)):
        subjects = _subjects(text, words, chain, begin)
        for saying, subject in zip(chain, subjects, strict=True):
            found = _told(text, utterance, saying, subject, begin, names, previous)
            if found is not None:
                yield found
        previous = next((one for one in reversed(subjects) if one is not None), previous)
        begin = chain[-1].at + 1
    yield from _stance(text, utterance, begin, names)


@lru_cache(maxsize=64)
def speakers(text: str, start: int, end: int) -> tuple[tuple[Saying, Source | None], ...]:
    """Give the verbs of saying of `text[start:end]` with their subjects as they stand; None where one is elided."""
    words = eojeols(text, start, end)
    found: list[tuple[Saying, Source | None]] = []
    begin = 0
    for chain in _chains(sayings(words)):
        found.extend(zip(chain, _subjects(text, words, chain, begin), strict=True))
        begin = chain[-1].at + 1
    return tuple(found)


def _chains(found: tuple[Saying, ...]) -> list[list[Saying]]:
    """Group verbs of which each stands inside what the next one tells."""
    chains: list[list[Saying]] = []
    for saying in found:
        inside = (
            chains and saying.closer is not None and chains[-1][-1].at <= saying.closer <= chains[-1][-1].at + INSIDE
        )
        if inside:
            chains[-1].append(saying)
        else:
            chains.append([saying])
    return chains


def _subjects(text: str, words: tuple[Eojeol, ...], chain: list[Saying], begin: int) -> list[Source | None]:
    """The subject of each verb of a chain: between closer and verb, else from the front, outermost first."""
    found: list[Source | None] = []
    for saying in chain:
        after = saying.at if saying.closer is None else saying.closer + 1
        found.append(_subject_between(text, words, after, saying.at))
    missing = [k for k in range(len(chain) - 1, -1, -1) if found[k] is None]
    if not missing:
        return found
    closer = chain[0].closer
    # What a quotation says somebody said has its subject in the quotation.
    quoted = len(missing) > 1
    front = _front_subjects(text, words, begin, chain[0].at if closer is None else closer + 1, quoted=quoted)
    if len(missing) == 1 or not front:
        found[missing[0] if len(chain) == 1 else missing[-1]] = _best(front)
        return found
    chosen = _nested(front)
    if len(chosen) == 1:
        outer = missing[0] if is_medium(chosen[0].name) else missing[-1]
        found[outer] = chosen[0]
        return found
    for k, one in zip(missing, chosen, strict=False):
        found[k] = one
    return found


def _subject_between(text: str, words: tuple[Eojeol, ...], first: int, last: int) -> Source | None:
    for k in range(last - 1, first - 1, -1):
        if words[k].role in (Role.SUBJECT, Role.TOPIC):
            found = source(text, words, k, first)
            if found is not None and found.likeness is not Likeness.NOBODY:
                return found
    return None


def _front_subjects(
    text: str, words: tuple[Eojeol, ...], first: int, last: int, *, quoted: bool = False
) -> list[tuple[bool, Source]]:
    """Whoever may speak among the subjects between two eojeols, in quotations only where `quoted`; True for topics."""
    found: list[tuple[int, Source]] = []
    depth = 0
    for k in range(first, last):
        word = words[k]
        depth += sum(word.opens.count(mark) for mark in '"“') % 2
        if word.role in (Role.SUBJECT, Role.TOPIC) and (quoted or not depth):
            one = source(text, words, k, first)
            if one is not None and one.likeness is not Likeness.NOBODY:
                found.append((k, one))
        if any(mark in word.text or mark in word.closes for mark in '"”'):
            depth = 0
    return [(words[k].role == Role.TOPIC, one) for k, one in found if _may_speak(words, k, one, first)]


def _may_speak(words: tuple[Eojeol, ...], k: int, one: Source, first: int) -> bool:
    """A name that is not known to speak does so only as the first topic."""
    if one.likeness is Likeness.PERHAPS:
        return words[k].role == Role.TOPIC and not words[k].text.endswith("도") and one.first <= first + 2
    return True


def _best(front: list[tuple[bool, Source]]) -> Source | None:
    """The first that may speak; a topic known to speak goes before a subject that may belong to what is said."""
    if not front:
        return None
    is_topic, first = front[0]
    if is_topic or first.likeness is Likeness.SPEAKER:
        return first
    return next((one for topic, one in front if topic and one.likeness is Likeness.SPEAKER), first)


def _nested(front: list[tuple[bool, Source]]) -> list[Source]:
    return [one for _, one in front]


def _told(
    text: str,
    utterance: Utterance,
    saying: Saying,
    subject: Source | None,
    begin: int,
    names: Names,
    previous: Source | None,
) -> Attribution | None:
    """The act of speech of one verb."""
    words = utterance.words
    after = saying.at if saying.closer is None else saying.closer + 1
    stop = words[after - 1].end if after else words[saying.at].start
    start = words[begin].start
    if subject is not None and subject.end < stop:
        start = next((word.start for word in words if word.start >= subject.end), subject.end)
    cited = next((one for k in range(begin, saying.at) if (one := citation(text, words, k)) is not None), None)
    if cited is not None and start < cited.end < stop:
        start = next(
            (word.start for word in words if word.start > cited.end + 1 and not word.text.startswith("인용")), start
        )
    if stop <= start:
        return None
    name = names.resolve(subject or previous)
    via: str | None = None
    if cited is not None:
        if name is not None:
            names.named(name)
            via = name if is_medium(name) else None
        name = names.resolve(cited) or cited.name
    elif saying.at and words[saying.at - 1].role == Role.GOAL and is_medium(words[saying.at - 1].stem):
        # "...라고 로이터통신에 말했다".
        via = words[saying.at - 1].stem
    if name is None:
        return None
    names.told(name)
    cue: Span = (words[saying.at].start, words[saying.at].end)
    shown = cited or subject
    source_spans = ((shown.start, shown.end),) if shown is not None else (cue,)
    negated = words[saying.at].text.startswith(("부인", "반박", "일축"))
    direct = any(mark in words[after - 1].text for mark in '"”') if after else False
    return Attribution(source_spans, (cue,), ((start, stop),), name, via, "direct" if direct else "indirect", negated)


def _stance(text: str, utterance: Utterance, begin: int, names: Names) -> Iterator[Attribution]:
    """Read "정부는 ...라는 입장이다": the topic is the source."""
    words = utterance.words
    if len(words) - begin < 3:
        return
    match = STANCE.match(words[-1].text)
    if match is None or match.group(1) not in listed("claims") or not THAT.search(words[-2].text):
        return
    front = _front_subjects(text, words, begin, len(words) - 1)
    if not front or front[0][1].likeness < Likeness.COUNTRY or not front[0][0]:
        return
    subject = front[0][1]
    name = names.resolve(subject) or subject.name
    names.told(name)
    start = next(word.start for word in words if word.start >= subject.end)
    cue = (words[-1].start, words[-1].end)
    yield Attribution(((subject.start, subject.end),), (cue,), ((start, words[-2].end),), name, None, "noun")
