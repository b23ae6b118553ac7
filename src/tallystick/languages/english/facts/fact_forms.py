"""The forms in which the values of a dossier's slots stand in English, one reader for each kind of slot.

Takes the words of a slot and the index of a document; gives every place that has the form, in tokens of its sentence.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from tallystick.languages.english.facts.fact_spans import (
    action_end,
    bare_start,
    phrase_end,
    phrase_start,
    quoted,
    statement_end,
    time_end,
    trimmed,
)
from tallystick.languages.english.facts.fact_words import WordIndex
from tallystick.languages.english.grammar.noun_phrases import NOUNS
from tallystick.languages.english.grammar.tagging import BE, is_verb
from tallystick.languages.english.speech.clauses import is_time, verb_group
from tallystick.languages.language import Sentence, Token
from tallystick.model.dossier import SlotKind, SlotWords

__all__ = ["READERS", "Found"]

NAMES = frozenset(("NNP", "NNPS"))
PRONOUNS = frozenset("they them their it its he she his her who which".split())
ORDINALS = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth next new another initial last final latest"
    " several".split()
)
# Words that make a distance rough and belong to it.
ROUGH = frozenset("about approximately around some nearly roughly almost only just within".split())
# How far behind a measure its place begins: "50 km away to the north of".
DISTANCE_REACH = 4
# How far behind an order its purpose begins: "An order issued by the ministry in April defined its mission as".
ORDER_REACH = 30
# How far before a verb its doer stands: "a colonel of the engineers, who in May took over".
ROLE_REACH = 6
JOINED = frozenset(("or", "and", ","))
SKIPPED = frozenset(("RB", "MD", ","))
LINKING = frozenset("who was is has had been will".split())
# How far before a verb who does it is looked for, in tokens.
DOER_REACH = 40
# Longest phrase of a dossier, in tokens.
LONGEST_CUE = 6


class Found(NamedTuple):
    """A value in the tokens [first, last) of its sentence, the words that showed it, and its verb where it has one."""

    sentence: Sentence
    first: int
    last: int
    cue_first: int
    cue_last: int
    verb: int | None = None


def _designations(index: WordIndex, words: SlotWords) -> Iterator[Found]:
    """A phrase with one of the nouns at its end that a number, a name or a second noun of the dossier singles out."""
    for sentence, first, last in index.phrases(words.nouns):
        tokens = sentence.tokens
        if not _is_head(tokens, last - 1):
            continue
        start = _past_owner(tokens, phrase_start(tokens, first), first)
        end = last
        numbered = end < len(tokens) and tokens[end].tag == "CD" and tokens[end].text[0].isdigit()
        if numbered:
            end += 1
            if end < len(tokens) and tokens[end].lower == "of":
                end = phrase_end(tokens, end + 1) or end
        before = tokens[start:first]
        named = tokens[last - 1].tag in NAMES and any(token.tag in NAMES or _is_number(token) for token in before)
        ordinal = any(_is_number(token) and not token.text.isdigit() for token in before)
        if numbered or named or ordinal or last - first > 1:
            yield Found(sentence, start, end, first, last)


def _occasions(index: WordIndex, words: SlotWords) -> Iterator[Found]:
    """One of the nouns with a number or an ordinal, or a bare plural behind "in", and the time that follows."""
    for sentence, first, last in index.phrases(words.nouns):
        tokens = sentence.tokens
        if not _is_head(tokens, last - 1):
            continue
        start = phrase_start(tokens, first)
        before = tokens[start:first]
        counted = any(token.tag == "CD" or token.lower in ORDINALS or _is_number(token) for token in before)
        staged = tokens[last - 1].tag == "NNS" and start > 0 and tokens[start - 1].lower == "in" and not before
        if not counted and start > 0 and tokens[start - 1].lower in ORDINALS:
            counted, start = True, start - 1
        if counted or staged:
            end = phrase_end(tokens, last + 1) if last < len(tokens) and tokens[last].lower == "of" else None
            yield Found(sentence, start, time_end(tokens, end or last), first, last)


def _followings(index: WordIndex, words: SlotWords) -> Iterator[Found]:
    """What stands behind a cue: quotations, or a noun phrase with one of the nouns, or where none is asked, a name."""
    for sentence, cue, at in index.phrases(words.cues):
        tokens = sentence.tokens
        start = bare_start(tokens, at)
        inner = quoted(tokens, start - 1) if start > at else None
        if inner is not None and not words.nouns:
            while inner is not None:
                yield Found(sentence, inner[0], inner[1], cue, at)
                inner = _next_quotation(tokens, inner[1])
            continue
        end = phrase_end(tokens, at)
        if end is None:
            continue
        while end + 1 < len(tokens) and _hyphenated(tokens, end):
            end += 2
        if words.nouns:
            # "The committee" says nothing, "the works committee" and "by train" do.
            bare = end - start == 1 and start > at and tokens[start].tag not in NAMES
            fits = not bare and bool(index.within(words.nouns, sentence, start, end))
        else:
            fits = any(token.tag in NAMES for token in tokens[start:end])
        if fits:
            yield Found(sentence, start, end, cue, at)


def _actions(index: WordIndex, words: SlotWords) -> Iterator[Found]:
    """One of the verbs, or a cue that is its noun, with the object; done by one of the doers where there are any."""
    for sentence, first, last in index.phrases(words.verbs):
        tokens = sentence.tokens
        if not _is_verbal(tokens, first) or _undergone(tokens, first, last) or _adjective(tokens, first):
            continue
        end = action_end(tokens, last - 1)
        if _has_object(tokens, last, end) and _has_doer(index, words, sentence, first):
            yield Found(sentence, first, end, first, last, first)
    for sentence, first, last in index.phrases(words.cues):
        tokens = sentence.tokens
        end = action_end(tokens, last - 1)
        whole = tokens[last - 1].tag in NOUNS or _has_object(tokens, last, end)
        if whole and _has_doer(index, words, sentence, first):
            yield Found(sentence, first, end, first, last)


def _roles(index: WordIndex, words: SlotWords) -> Iterator[Found]:
    """One of the doers with the verb and its object: "a colonel managing the site"; or whom "led by" names."""
    before: Found | None = None
    for found in _directed(index, words):
        # "A general overseeing the work and a colonel managing the site": each is a value of its own.
        if before is not None and before.sentence is found.sentence and before.cue_last <= found.first < before.last:
            before = before._replace(last=trimmed(before.sentence.tokens, before.first, found.first))
        if before is not None:
            yield before
        before = found
    if before is not None:
        yield before


def _directed(index: WordIndex, words: SlotWords) -> Iterator[Found]:
    """The roles in order, each to the end of its clause."""
    for sentence, first, last in index.phrases(words.verbs):
        tokens = sentence.tokens
        if not _is_verbal(tokens, first):
            continue
        if last < len(tokens) and tokens[last].lower == "by":
            end = phrase_end(tokens, last + 1)
            if end is not None and index.within(words.doers, sentence, last + 1, end):
                yield Found(sentence, bare_start(tokens, last + 1), end, first, last)
            continue
        doer = _doer_before(index, words, sentence, first)
        end = action_end(tokens, last - 1)
        if doer is not None and _has_object(tokens, last, end):
            start = phrase_start(tokens, doer)
            if start > 0 and tokens[start - 1].tag == "DT":
                start -= 1
            yield Found(sentence, start, end, first, last)


def _distances(index: WordIndex, words: SlotWords) -> Iterator[Found]:
    """A number of units and what they are counted from: "some 50 kilometers north of the border"."""
    for sentence, first, last in index.phrases(words.nouns):
        tokens = sentence.tokens
        number = first - 1
        if number >= 0 and tokens[number].text == "-":
            number -= 1
        if number < 0 or tokens[number].tag != "CD" or (number > 0 and tokens[number - 1].text == "("):
            continue
        while number > 0 and tokens[number - 1].tag == "CD":
            number -= 1
        while number > 0 and tokens[number - 1].lower in ROUGH:
            number -= 1
        behind = _past_bracket(tokens, last)
        for one, two in index.within(words.cues, sentence, behind, behind + DISTANCE_REACH + LONGEST_CUE):
            if one < behind + DISTANCE_REACH and not any(t.tag in NOUNS for t in tokens[behind + 1 : one]):
                end = phrase_end(tokens, two)
                if end is not None and any(token.tag in NOUNS for token in tokens[two:end]):
                    yield Found(sentence, number, end, one, two)
                    break


def _past_bracket(tokens: Sequence[Token], i: int) -> int:
    """One past the same distance in another unit: "130 kilometres (80 miles) west"."""
    if i < len(tokens) and tokens[i].text == "(":
        return next((k + 1 for k in range(i, min(len(tokens), i + LONGEST_CUE)) if tokens[k].text == ")"), i)
    return i


def _purposes(index: WordIndex, words: SlotWords) -> Iterator[Found]:
    """What an order is for: the infinitive that hangs on it, or what stands behind a cue in its sentence."""
    for sentence, first, last in index.phrases(words.doers):
        tokens = sentence.tokens
        if not is_verb(tokens[first].tag) and not _is_order(tokens, first, last):
            continue
        marked = dict(index.within(words.cues, sentence, last, last + ORDER_REACH))
        for k in range(last, min(len(tokens) - 1, last + ORDER_REACH)):
            if k in marked:
                at = marked[k]
                end = statement_end(tokens, at)
                if end > at:
                    yield Found(sentence, at, end, first, last)
                break
            if tokens[k].tag == "TO" and tokens[k + 1].tag == "VB":
                start = k if tokens[k - 1].lower != "not" else k - 1
                yield Found(sentence, start + (start == k), action_end(tokens, k + 1), first, last, k + 1)
                break
            if _ends_order(tokens, k) and not marked and not index.within(words.verbs, sentence, k, k + 1):
                break


def _is_order(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the noun in [first, last) is an order that was given: not "in order to", not "no orders"."""
    before = tokens[first - 1].lower if first > 0 else ""
    if before == "no" or (before == "in" and last < len(tokens) and tokens[last].lower in ("to", "for", "that")):
        return False
    return _is_head(tokens, last - 1)


def _ends_order(tokens: Sequence[Token], k: int) -> bool:
    """Whether the clause of an order ends at `k`, so that an infinitive behind it is another's."""
    token = tokens[k]
    if token.tag in (":", ".", "WP", "WDT") or token.text == ";":
        return True
    if token.lower in BE:
        return tokens[k + 1].tag != "TO"
    return token.tag in ("VBD", "VBZ", "VBP", "MD") and tokens[k + 1].lower != "by"


def _is_head(tokens: Sequence[Token], i: int) -> bool:
    """Whether the noun at `i` ends its phrase."""
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    return tokens[i].tag in NOUNS and (following is None or (following.tag not in NOUNS and following.tag != "POS"))


def _hyphenated(tokens: Sequence[Token], i: int) -> bool:
    """Whether a hyphen at `i` joins the words around it: "Harbor-2"."""
    return tokens[i].text == "-" and tokens[i - 1].end == tokens[i].start and tokens[i].end == tokens[i + 1].start


def _is_number(token: Token) -> bool:
    """Whether a token begins with a digit: "2215th"."""
    return token.text[0].isdigit()


def _past_owner(tokens: Sequence[Token], start: int, head: int) -> int:
    """The first token behind the last possessive of a phrase: "Ruritania's 2nd Brigade" is named "2nd Brigade"."""
    return next((k + 1 for k in range(head - 1, start, -1) if tokens[k].tag == "POS"), start)


def _next_quotation(tokens: Sequence[Token], closing: int) -> tuple[int, int] | None:
    """A second quotation joined to the one whose inside ends at `closing`: "'A' or 'B'"."""
    k = closing
    while k < len(tokens) and tokens[k].tag in (",", ".", "'", '"', "''") and k < closing + 3:
        k += 1
    if k >= len(tokens) or tokens[k].lower not in JOINED:
        return None
    start = bare_start(tokens, k + 1)
    return quoted(tokens, start - 1) if start > k + 1 else None


def _undergone(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether the verb is passive and has no object left: "was repaired by", not "was paid $800"."""
    kept = last < len(tokens) and tokens[last].tag in ("$", "CD", "DT")
    return not kept and verb_group(tokens, first).passive


def _adjective(tokens: Sequence[Token], i: int) -> bool:
    """Whether a participle stands before its noun: "the rebuilt roads", "a building site"."""
    tag = tokens[i].tag
    return tag in ("VBN", "VBG") and i > 0 and tokens[i - 1].tag in ("DT", "JJ", "PRP$", "POS", "CD")


def _has_object(tokens: Sequence[Token], first: int, end: int) -> bool:
    return any(token.tag == "$" or (token.tag in NOUNS and not is_time(token)) for token in tokens[first:end])


def _has_doer(index: WordIndex, words: SlotWords, sentence: Sentence, verb: int) -> bool:
    """Whether a doer, or a pronoun that may stand for one, comes before the verb; True where none is asked."""
    first = max(0, verb - DOER_REACH)
    if not words.doers or index.within(words.doers, sentence, first, verb):
        return True
    return any(token.lower in PRONOUNS for token in sentence.tokens[first:verb])


def _doer_before(index: WordIndex, words: SlotWords, sentence: Sentence, verb: int) -> int | None:
    """The last token of the doer right before a verb: auxiliaries, adverbs or "who" alone may stand between."""
    tokens = sentence.tokens
    for k in range(verb - 1, max(-1, verb - ROLE_REACH), -1):
        if any(two == k + 1 for _, two in index.within(words.doers, sentence, max(0, k - LONGEST_CUE), k + 1)):
            return k
        if tokens[k].tag not in SKIPPED and tokens[k].lower not in LINKING:
            # "General Ada Brook oversees": the rank opens the name.
            start = phrase_start(tokens, k) if tokens[k].tag in NAMES else k
            return k if index.within(words.doers, sentence, start, k + 1) else None
    return None


def _is_verbal(tokens: Sequence[Token], i: int) -> bool:
    """Whether a token is a verb: by its tag, or a noun that stands where only a verb can: "they repair roads"."""
    if is_verb(tokens[i].tag):
        return True
    if i == 0 or i + 1 >= len(tokens) or tokens[i].tag not in ("NN", "NNS"):
        return False
    before, after = tokens[i - 1].tag, tokens[i + 1].tag
    if tokens[i].tag == "NNS":
        return after in ("DT", "PRP$") and before in ("NN", "NNP", "NNPS", "JJ")
    return after in ("DT", "PRP$", "NNS", "NNPS") and before in ("PRP", "NNS", "NNPS", "TO", "MD", "WP", "WDT")


READERS: Mapping[SlotKind, Callable[[WordIndex, SlotWords], Iterator[Found]]] = {
    SlotKind.DESIGNATION: _designations,
    SlotKind.OCCASION: _occasions,
    SlotKind.FOLLOWING: _followings,
    SlotKind.ACTION: _actions,
    SlotKind.ROLE: _roles,
    SlotKind.DISTANCE: _distances,
    SlotKind.PURPOSE: _purposes,
}
