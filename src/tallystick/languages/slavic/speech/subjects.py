"""Who speaks in a Russian or Ukrainian sentence: a subject before or behind a verb of saying, or where it was said."""

from collections.abc import Sequence
from typing import NamedTuple

from tallystick.languages.language import Token
from tallystick.languages.slavic.parsing import plain
from tallystick.languages.slavic.speech.sources import (
    STOPS,
    Source,
    is_medium,
    is_occasion,
    source_before,
    source_behind,
)
from tallystick.languages.slavic.speech.words import SpeechWords

__all__ = ["Subject", "can_speak", "subject"]

INTO = frozenset(("в", "во", "у", "на"))
PLURAL = ("ли", "ют", "ят", "уть", "ють", "ять")
# "Один из саперов", "одна з лікарок".
ONE_OF = frozenset("один одна одно одне некоторые некоторых многие деякі багато".split())
OUT_OF = frozenset("из із з зі".split())
# Tokens of where something was said at most, with the preposition: "в эфире телеканала".
OCCASION = 5
# Tokens of "в докладе" at least.
IN_MESSAGE = 2
ROLE_ENDINGS = ("ого", "ому", "ий", "ый", "ая", "ой", "ым", "им", "их", "ых")


class Subject(NamedTuple):
    """The subject of a verb of saying.

    Attributes:
        source: Its words, or None.
        elided: True where whoever spoke last goes on: "..., добавил, что".
    """

    source: Source | None
    elided: bool = False


def subject(tokens: Sequence[Token], plains: Sequence[str], at: int, words: SpeechWords, *, passive: bool) -> Subject:
    """Give the subject of the verb of saying at the token `at`.

    Args:
        tokens: Those of the sentence.
        plains: The same, lower case and plain.
        at: The verb.
        words: Of the language.
        passive: Whether the verb has no subject: "сообщается", "говорится".
    """
    behind = at + 1
    plural = plains[at].endswith(PLURAL)
    before = source_before(tokens, at, words)
    inside = behind + 1 < len(tokens) and plains[behind] in INTO and (plural or passive)
    if inside and (passive or before is None):
        source = source_behind(tokens, behind + 1, words)
        if source is not None and not is_occasion(tokens[source.first], words):
            return Subject(_author(tokens, source, words))
    if passive:
        return Subject(_in_which(tokens, plains, before, words))
    following = source_behind(tokens, behind, words)
    if before is not None and not _is_said_of(tokens, before, following, words):
        within = plural and before.first and plains[before.first - 1] in INTO
        if can_speak(tokens[before.first : before.last], words) or (
            within and not is_occasion(tokens[before.first], words)
        ):
            return Subject(before)
    following = _behind(tokens, plains, behind, following, words)
    if following is not None:
        return Subject(following)
    quoted = at > 0 and tokens[at - 1].text in ",—–»"
    goes_on = at == 0 or quoted or plains[at - 1] in words.sets["adverbs"]
    return Subject(None, elided=goes_on and not plural and (quoted or at == 0))


def _behind(
    tokens: Sequence[Token], plains: Sequence[str], behind: int, following: Source | None, words: SpeechWords
) -> Source | None:
    """The subject behind its verb, or None."""
    if behind + 2 < len(tokens) and plains[behind] in ONE_OF and plains[behind + 1] in OUT_OF:
        many = source_behind(tokens, behind + 2, words)
        return None if many is None else Source(behind, many.last)
    if following is None and behind < len(tokens) and plains[behind] in INTO:
        following = _past_occasion(tokens, behind, words)
    if following is None and behind < len(tokens) and plains[behind] in words.sets["pronouns"]:
        following = Source(behind, behind + 1)
    if following is None or not can_speak(tokens[following.first : following.last], words):
        return None
    return _without_hearer(tokens, following, words)


def _in_which(
    tokens: Sequence[Token], plains: Sequence[str], before: Source | None, words: SpeechWords
) -> Source | None:
    """Whose words a verb without a subject tells: "В докладе Группы по мониторингу говорится"."""
    if before is not None and plains[before.first] not in INTO and before.first:
        before = Source(before.first - 1, before.last)
    if before is None or plains[before.first] not in INTO or before.last - before.first < IN_MESSAGE:
        return None
    if is_occasion(tokens[before.first + 1], words):
        return None
    return _author(tokens, Source(before.first + 1, before.last), words)


def _author(tokens: Sequence[Token], source: Source, words: SpeechWords) -> Source:
    """Whose message it is: "докладе Многосторонней группы", "повідомленні ДСНС"."""
    message = plain(tokens[source.first].lower).startswith(words.messages)
    named = any(token.text[:1].isupper() for token in tokens[source.first + 1 : source.last])
    return Source(source.first + 1, source.last) if message and named else source


def _past_occasion(tokens: Sequence[Token], at: int, words: SpeechWords) -> Source | None:
    """Who stands behind where it was said: "сообщил на брифинге вице-премьер"."""
    if at + 2 < len(tokens) and is_occasion(tokens[at + 1], words):
        source = source_behind(tokens, at + 2, words)
        if source is not None:
            return source
    for k in range(at + 2, min(len(tokens), at + OCCASION)):
        if tokens[k].text in STOPS:
            return None
        if tokens[k].text.islower() and plain(tokens[k].lower) in words.sets["roles"]:
            return source_behind(tokens, k, words)
    return None


def _is_said_of(tokens: Sequence[Token], before: Source, following: Source | None, words: SpeechWords) -> bool:
    """Whether what stands before the verb is what is said: "Гибель 23 жителей подтвердил глава области"."""
    counts = any(token.tag == "num" for token in tokens[before.first : before.last])
    return counts and following is not None and can_speak(tokens[following.first : following.last], words)


def _without_hearer(tokens: Sequence[Token], source: Source, words: SpeechWords) -> Source:
    """A source without the medium that was told: "рассказал РИА Новости представитель МЧС"."""
    for at in range(source.first + 1, source.last):
        role = tokens[at].text.islower() and plain(tokens[at].lower) in words.sets["roles"]
        if role and is_medium(tokens[source.first : at], words):
            # "Местный чиновник": with the adjectives before the role.
            first = next((k for k in range(at - 1, source.first, -1) if not tokens[k].text.islower()), source.first)
            return Source(first + 1, source.last)
    return source


def can_speak(tokens: Sequence[Token], words: SpeechWords) -> bool:
    """Tell whether a noun phrase is somebody who can say something: a name in capitals, a role, a medium, a pronoun."""
    for token in tokens:
        word = plain(token.lower)
        if any(word in words.sets[name] for name in ("roles", "media", "pronouns")):
            return True
    return any(token.tag == "word" and token.text[:1].isupper() and not _is_common(token, tokens) for token in tokens)


def _is_common(token: Token, tokens: Sequence[Token]) -> bool:
    """Whether a capital only begins the sentence: a single adjective with small letters behind the first."""
    return len(tokens) == 1 and token.text[1:].islower() and token.lower.endswith(ROLE_ENDINGS)
