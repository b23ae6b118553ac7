"""Find sources that stand beside what they are credited with: "X에 따르면", "(X 추산)", "...라는 게 X의 설명이다".

Takes an `Utterance`; gives `Attribution`s.
"""

import re
from collections.abc import Iterator

from tallystick.languages.korean.grammar.clauses import is_modifier
from tallystick.languages.korean.grammar.eojeols import Eojeol, Role, is_verb, noun_phrase
from tallystick.languages.korean.speech.names import Names
from tallystick.languages.korean.speech.sources import Likeness, Source, is_medium, listed, source
from tallystick.languages.korean.speech.utterances import Utterance
from tallystick.model.attribution import Attribution, Span

__all__ = ["citation", "credited"]

ACCORDING = re.compile("^(?:따르면|의하면|의거하면)$")
CITING = re.compile("^인용(?:해|하여|하며|하면서|해서|한|했|$)")
THAT = re.compile("(?:다는|라는|자는|냐는|겠다는)$")
COPULA = re.compile("^(.+?)(?:이다|다|이었다|였다|입니다|이라고|이며|이고|이지만)?$")
CREDIT_END = re.compile("^(?:기준|결과|상|등)$")
CREDIT_PARTICLE = re.compile("(?:으로는|로는|으로|로)$")
# A figure right behind a credit: "경찰 추산 3천명".
FIGURE = re.compile(r"^(?:\d|약|최대|최소|수[십백천만])")
# How far before what is quoted its author stands, in eojeols.
AUTHOR_REACH = 10
# Longest stretch before a bracketed source that it is credited with, in code points.
CREDITED_REACH = 60
BRACKETS = re.compile(r"\(([^()]{2,30}?)\s(?:\S{2})(?:\s?기준)?\)")


def credited(text: str, utterance: Utterance, names: Names) -> Iterator[Attribution]:
    """Give the sources of `utterance` that are credited without a verb of saying.

    Args:
        text: The document's text.
        utterance: Where to look.
        names: The speakers named before; those found are noted there.
    """
    words = utterance.words
    for k, word in enumerate(words):
        if ACCORDING.match(word.text) and k:
            yield from _according(text, utterance, k, names)
        elif word.text in ("게", "것이", "것은", "건") and k and THAT.search(words[k - 1].text):
            yield from _claimed(text, utterance, k, names)
        elif k and words[k].stem in listed("credits") and _credits(words, k):
            found = source(text, words, k - 1)
            if found is not None and found.likeness is Likeness.SPEAKER:
                name = names.resolve(found) or found.name
                yield _attribution(found, name, (word.start, word.end), ((utterance.start, utterance.end),), "credit")
    for match in BRACKETS.finditer(text, utterance.start, utterance.end):
        if match.start() == utterance.start:
            continue
        words_inside = match.group(0)[1:-1].split()
        if words_inside[-1] in listed("credits") or (len(words_inside) > 2 and words_inside[-2] in listed("credits")):
            yield _bracketed(utterance, match)


def _attribution(
    found: Source, name: str, cue: Span, content: tuple[Span, ...], kind: str, via: str | None = None
) -> Attribution:
    return Attribution(((found.start, found.end),), (cue,), content, name, via, kind)


def _bracketed(utterance: Utterance, match: re.Match[str]) -> Attribution:
    start, end = match.span(1)
    begin = max(utterance.start, match.start() - CREDITED_REACH)
    return Attribution(((start, end),), (match.span(),), ((begin, match.start()),), match.group(1), None, "credit")


def _credits(words: tuple[Eojeol, ...], k: int) -> bool:
    """Whether the noun at `k` credits what stands beside it: "유엔 집계로", "유엔 집계 기준"."""
    if CREDIT_PARTICLE.search(words[k].text) and words[k].role == Role.TO:
        return True
    if k + 1 < len(words) and FIGURE.match(words[k + 1].text) and words[k].role == Role.NONE:
        return True
    return k + 1 < len(words) and CREDIT_END.match(words[k + 1].text) is not None and words[k].role == Role.NONE


def citation(text: str, words: tuple[Eojeol, ...], k: int) -> Source | None:
    """Give whom the word at `k` cites ("국정원을 인용해"), or None where it cites nobody."""
    if not CITING.match(words[k].text) or k == 0 or words[k - 1].role not in (Role.OBJECT, Role.NONE):
        return None
    return source(text, words, k - 1, message=True)


def _according(text: str, utterance: Utterance, k: int, names: Names) -> Iterator[Attribution]:
    """Read "X에 따르면": what follows to the end of the utterance, and what precedes in the same clause."""
    words = utterance.words
    found = _author(text, words, k - 1) or source(text, words, k - 1, message=True)
    if found is None or not words[k - 1].text.endswith(("에", "에게")):
        return
    via: str | None = None
    cited = next(
        (one for j in range(found.first - 1, max(found.first - 3, 0), -1) if (one := citation(text, words, j))), None
    )
    name = names.resolve(found) or found.name
    name, via = (names.resolve(cited) or cited.name, name if is_medium(name) else None) if cited else (name, None)
    name, outlet = _first_medium(name)
    names.told(name)
    content: list[Span] = []
    begin = found.first
    while begin > 0 and not _ends_clause(words[begin - 1]):
        begin -= 1
    if begin < found.first and words[begin].start < found.start:
        content.append((words[begin].start, found.start))
    if k + 1 < len(words):
        content.append((words[k + 1].start, utterance.end))
    if content:
        yield _attribution(found, name, (words[k].start, words[k].end), tuple(content), "according_to", via or outlet)


def _author(text: str, words: tuple[Eojeol, ...], last: int) -> Source | None:
    """Who made or found what is quoted: "한국갤럽이 조사한 결과에 따르면", "본지가 입수한 문서에 따르면"."""
    if words[last].stem not in listed("message"):
        return None
    first = noun_phrase(words, last)
    if first == 0 or not is_modifier(words[first - 1]):
        return None
    for k in range(first - 2, max(first - AUTHOR_REACH, -1), -1):
        if words[k].role in (Role.SUBJECT, Role.TOPIC):
            found = source(text, words, k)
            return found if found is not None and found.likeness >= Likeness.PERHAPS else None
    return None


def _first_medium(name: str) -> tuple[str, str | None]:
    """Of "뉴욕 타임스 등 미국 언론", the medium that is named."""
    head, found, _ = name.partition(" 등 ")
    return (head, None) if found and is_medium(head) else (name, None)


def _ends_clause(word: Eojeol) -> bool:
    return (
        word.role == Role.NONE
        and is_verb(word.text)
        and word.text.endswith(("고", "며", "나", "만", "데", "다", "면서"))
    )


def _claimed(text: str, utterance: Utterance, k: int, names: Names) -> Iterator[Attribution]:
    """Read "...라는 게 X의 설명이다": what precedes, from the start of the utterance."""
    words = utterance.words
    for j in range(k + 1, min(k + 8, len(words))):
        match = COPULA.match(words[j].text)
        if match is None or match.group(1) not in listed("claims") or j == k + 1:
            continue
        found = source(text, words, j - 1, k + 1)
        if found is None or found.likeness is Likeness.NOBODY:
            return
        name = names.resolve(found) or found.name
        names.told(name)
        yield _attribution(found, name, (words[j].start, words[j].end), ((utterance.start, words[k].start),), "noun")
        return
