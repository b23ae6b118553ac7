"""Where the words that name a source begin and end in a Russian or Ukrainian sentence."""

from collections.abc import Sequence
from typing import NamedTuple

from tallystick.languages.language import Token
from tallystick.languages.slavic.parsing import plain
from tallystick.languages.slavic.speech.words import SpeechWords

__all__ = ["STOPS", "Source", "is_medium", "is_occasion", "source_before", "source_behind"]

# Words of a source at most: "заместитель министра обороны Российской Федерации генерал-полковник Иван Петров".
LONGEST = 12
STOPS = frozenset((",", ";", ":", ".", "!", "?", "(", ")", "—", "–", "…"))
OPENING = frozenset(("«", '"', "“", "„"))
CLOSING = frozenset(("»", '"', "”"))
# Prepositions and conjunctions that end a source that stands behind its verb or phrase.
ENDS = frozenset(
    (
        "без кроме окрім крім "
        "в во у на о об про по из з із с со зі к до за при от від для что що и і й та а но але когда коли если "
        "якщо после під под через как як около близько более понад свыше было были был была будет будут є есть не "
        "уже вже то"
    ).split()
)
# Words that join two sources: "блогеров и СМИ".
JOINERS = frozenset(("и", "і", "й", "та"))
# Prepositions before an occasion.
WITHIN = frozenset(("в", "во", "у", "на", "под", "під", "по", "за"))
VERB_ENDINGS = (
    "ли",
    "ло",
    "ла",
    "ет",
    "ют",
    "ит",
    "ят",
    "ать",
    "ить",
    "ють",
    "ять",
    "уть",
    "ить",
    "ти",
    "лись",
    "лось",
    "лась",
    "тся",
    "ться",
    "лися",
    "лася",
    "ємо",
    "емо",
)

# Nouns that end as verbs do: "безопасности", "области", "комитет".
NOUN_ENDINGS = ("сти", "тет")


class Source(NamedTuple):
    """A source as tokens: its first and one past its last."""

    first: int
    last: int


def source_behind(tokens: Sequence[Token], at: int, words: SpeechWords) -> Source | None:
    """Give the source that begins at the token `at`: a noun phrase up to a mark, a verb or a preposition."""
    stop = at
    quoted = False
    while stop < len(tokens) and stop - at < LONGEST:
        token, word = tokens[stop], plain(tokens[stop].lower)
        if token.text in OPENING and not quoted:
            quoted = True
        elif token.text in CLOSING and quoted:
            quoted = False
            stop += 1
            if stop < len(tokens) and not tokens[stop].text[:1].isupper():
                break
            continue
        elif not quoted:
            if token.text in STOPS:
                break
            joined = word in JOINERS and stop > at and stop + 1 < len(tokens) and _may_join(tokens, stop, words)
            if word in ENDS and not joined and not _is_seat(tokens, stop):
                break
            if token.tag == "num" or (
                token.text.islower()
                and word.endswith(VERB_ENDINGS)
                and not word.endswith(NOUN_ENDINGS)
                and word not in words.sets["roles"]
                and len(word) > 4
            ):
                break
            if words.is_verb(word) and token.text.islower() and word not in words.sets["roles"]:
                break
        stop += 1
    return Source(at, stop) if stop > at and _names(tokens[at:stop]) else None


def _is_seat(tokens: Sequence[Token], at: int) -> bool:
    """Whether "в" tells where somebody who is named behind works: "главы Microsoft в России Николая Прянишникова"."""
    behind = tokens[at + 1 : at + 4]
    return tokens[at].lower in ("в", "у") and len(behind) == 3 and all(one.text[:1].isupper() for one in behind)


def _may_join(tokens: Sequence[Token], at: int, words: SpeechWords) -> bool:
    """Whether "и" goes on with another source: both are names in capitals, or the next is a role or a medium."""
    behind = tokens[at + 1]
    word = plain(behind.lower)
    return behind.text[:1].isupper() or word in words.sets["roles"] or word in words.sets["media"]


def source_before(tokens: Sequence[Token], verb: int, words: SpeechWords) -> Source | None:
    """Give the source that stands before the verb at `verb`, back to the mark that begins its clause."""
    first = verb
    while first > 0 and verb - first < LONGEST + 4:
        token = tokens[first - 1]
        if token.text in STOPS or (
            token.text in CLOSING and token.text != '"' and first - 1 == verb - 1 and _long_quote(tokens, first - 1)
        ):
            break
        if plain(token.lower) in words.sets["that"]:
            break
        first -= 1
    while first < verb and (
        plain(tokens[first].lower) in words.sets["adverbs"]
        or tokens[first].tag == "num"
        or tokens[first].text in CLOSING
    ):
        first += 1
    last = verb
    while last > first and (
        plain(tokens[last - 1].lower) in words.sets["adverbs"]
        or plain(tokens[last - 1].lower) in ("не", "официально", "ранее")
    ):
        last -= 1
    stop = first
    while stop < last and plain(tokens[stop].lower) not in ENDS - JOINERS - {"по", "у", "в", "на", "з", "с", "за"}:
        # "Буданов в интервью The War Zone заявил".
        within = stop > first and stop + 1 < last and plain(tokens[stop].lower) in WITHIN
        if within and is_occasion(tokens[stop + 1], words):
            break
        stop += 1
    if stop < last and stop - first < 1:
        return None
    return Source(first, stop) if stop > first and _names(tokens[first:stop]) else None


def _long_quote(tokens: Sequence[Token], at: int) -> bool:
    """Whether the mark at `at` closes a sentence and not a name: a comma, an exclamation or many words before it."""
    return all(tokens[k].text not in OPENING for k in range(at - 1, max(-1, at - 6), -1))


def is_medium(tokens: Sequence[Token], words: SpeechWords) -> bool:
    """Tell whether a source is an outlet or an agency."""
    plains = [plain(token.lower) for token in tokens]
    if any(word in words.sets["media"] for word in plains):
        return True
    return any(token.text.isascii() and "." in token.text and token.tag == "word" for token in tokens)


def is_occasion(token: Token, words: SpeechWords) -> bool:
    """Tell whether a day, a place of speech or an occasion is named and no source: "сообщили в понедельник"."""
    return plain(token.lower).startswith(words.occasions)


def _names(tokens: Sequence[Token]) -> bool:
    return any(token.tag == "word" and len(token.text) > 1 for token in tokens)
