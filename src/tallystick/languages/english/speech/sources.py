"""Find the noun phrase that names a source beside a verb of speech.

Takes the tokens of a sentence and the place of the verb; gives the token range of its subject, before the verb or
turned around behind it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from tallystick.languages.english.grammar.tagging import is_verb
from tallystick.languages.language import Token
from tallystick.values.places import demonym

__all__ = ["BODY_WORDS", "NAMES", "NOUNS", "Source", "is_name", "source_after", "source_before"]

NAMES = frozenset(("NNP", "NNPS"))
NOUNS = NAMES | {"NN", "NNS"}
INNER = NOUNS | {"JJ", "JJS", "CD", "POS", "FW"}
DETERMINERS = frozenset(("DT", "PRP$", "PDT"))
LINKS = frozenset("of for from in at with to on near by inside".split())
# Adjectives and adverbs that stand for a body itself: "the military said", "the daily said".
BODY_WORDS = frozenset(("military", "daily", "weekly", "opposition", "judiciary", "police", "chief", "official"))
# What Arabic names begin with in lower case: "al-Tulib".
PARTICLES = ("al-", "el-", "ul-", "bin-")
# What follows a source by telling when: "said Weiss last week".
WHEN = frozenset("last next this earlier later today yesterday tonight late early".split())
PERIODS = frozenset(("week", "month", "year", "morning", "afternoon", "evening", "night"))
ADVERBS = frozenset(("RB", "RBR", "MD"))
PARTICIPLES = frozenset(("VBN", "VBG", "VBD"))
# Adjectives between a noun and its preposition: "a source familiar with the talks".
LINKED = frozenset(("familiar", "close", "privy", "briefed", "involved", "responsible", "present", "based"))
# Function words that the tagger may take for nouns or adjectives in capitals.
STOPPERS = frozenset("that who which whose as than and or but if when while because after before since".split())
PUBLISHED = frozenset(("published", "released", "issued", "taken", "conducted", "filed"))
# Participles in an apposition that look like a past tense: "a driver based in Oslo".
REDUCED = frozenset(("based", "called", "named", "known", "born", "raised", "involved", "elected", "appointed"))
# Longest phrase and longest apposition believed, in tokens (en-train: 99 % have at most 14 and 24).
LONGEST = 22
# Longest relative clause between its "who" and its object, in tokens.
RELATIVE = 8
LONGEST_APPOSITION = 30
# Shortened titles whose full stop stands inside the phrase: "Lt. Gen. Ri", "J. Souffle".
LONGEST_TITLE = 5


class Source(NamedTuple):
    """A source in token indexes.

    Attributes:
        start: First token, determiner included.
        end: One past the last token, prepositional phrases included.
    """

    start: int
    end: int


def is_name(token: Token) -> bool:
    """Whether a token is a name, by its tag or by its capital where the tagger took it for another word."""
    if token.tag in NAMES:
        return True
    if not token.text[0].isupper():
        return token.text.startswith(PARTICLES)
    if token.tag == "PRP":
        return token.text.isupper() and len(token.text) > 1
    return token.tag in ("JJ", "FW", "NN") and demonym(token.text) is None


def _is_noun(token: Token) -> bool:
    """Whether a noun phrase can end with the token."""
    return token.tag in NOUNS or token.lower in BODY_WORDS or is_name(token)


def source_before(tokens: Sequence[Token], verb: int, floor: int = 0) -> Source | None:
    """Give the subject that ends before token `verb`, at or after `floor`; None where no noun phrase stands there."""
    i = verb - 1
    while i >= floor and _is_adverb(tokens[i]):
        i -= 1
    if i < floor:
        return None
    token = tokens[i]
    if token.tag == "PRP" and not is_name(token):
        return Source(i, i + 1)
    if i == 0 and token.tag == "VB" and token.text[0].isupper():
        # "Jack noted": a first name that is a verb, too.
        return Source(0, 1)
    if token.tag in ("WP", "WDT") or token.lower in ("who", "which"):
        i -= 1
        if i >= floor and tokens[i].text in (",", "--", "—"):
            i -= 1
        return _phrase_to(tokens, i, floor)
    if token.text == ",":
        return _before_apposition(tokens, i, floor)
    if token.tag == "VBG" and i > floor and tokens[i - 1].tag == "NNS":
        # "Reports reaching here said".
        return _phrase_to(tokens, i - 1, floor)
    found = _phrase_to(tokens, i, floor)
    if found is None:
        return None
    relative = _relative_before(tokens, found, floor)
    if relative is not None:
        return relative
    if _is_parenthesis(tokens, verb):
        return found
    return _named_before(tokens, found, floor) or _reduced(tokens, found, floor)


def _is_adverb(token: Token) -> bool:
    """Whether a word between a subject and its verb is none of the subject: "also", "first"."""
    if token.tag not in ADVERBS and token.lower != "first":
        return False
    return not _is_noun(token) and token.lower != "there"


def _relative_before(tokens: Sequence[Token], found: Source, floor: int) -> Source | None:
    """For "lawmakers who took part said": those whom the relative clause tells of, where `found` is its object."""
    if found.start - 1 <= floor or not is_verb(tokens[found.start - 1].tag):
        return None
    for i in range(found.start - 2, max(floor, found.start - RELATIVE), -1):
        if tokens[i].lower == "who":
            return _phrase_to(tokens, i - 1, floor)
        if tokens[i].tag in (",", ":", "."):
            return None
    return None


def _is_parenthesis(tokens: Sequence[Token], verb: int) -> bool:
    """Whether the verb closes a parenthesis: "Weiss, these people said, would pay"."""
    after = tokens[verb + 1 : verb + 3]
    return len(after) == 2 and after[0].text == "," and after[1].tag in ("MD", "VBD", "VBZ", "VBP")


def _named_before(tokens: Sequence[Token], found: Source, floor: int) -> Source | None:
    """For "Anna Weiss, the leader of the union said" (no second comma): the name."""
    if found.start - 2 < floor or tokens[found.start - 1].text != "," or tokens[found.start].tag != "DT":
        return None
    name = _phrase_to(tokens, found.start - 2, floor)
    if name is None or not _is_whole_name(tokens, *name):
        return None
    return name if name.start == floor or tokens[name.start - 1].tag in ('"', ":", ".") else None


def _reduced(tokens: Sequence[Token], found: Source, floor: int) -> Source:
    """For "reports reaching here": the noun before the participle."""
    k = found.start - 1
    if k > floor and tokens[k].tag == "VBG" and tokens[k - 1].tag == "NNS":
        return _phrase_to(tokens, k - 1, floor) or found
    return found


def source_after(tokens: Sequence[Token], start: int) -> Source | None:
    """Give the noun phrase that begins at token `start`, its prepositional phrases included."""
    if start < len(tokens) and tokens[start].tag == "PRP" and not is_name(tokens[start]):
        return Source(start, start + 1)
    end = _simple_after(tokens, start)
    if end is None:
        return None
    limit = min(len(tokens), start + LONGEST)
    while end < limit:
        token = tokens[end]
        if token.text == "(":
            close = next((k for k in range(end, min(end + 8, len(tokens))) if tokens[k].text == ")"), None)
            if close is None:
                break
            end = close + 1
            continue
        if token.lower not in LINKS and token.lower not in ("and", "&", "or"):
            break
        following = _simple_after(tokens, end + 1)
        if following is None or (token.lower in ("and", "or") and _finite(tokens, following)):
            break
        if _is_time(tokens, end + 1, following):
            break
        end = following
    return Source(start, end)


def _finite(tokens: Sequence[Token], i: int) -> bool:
    return i < len(tokens) and tokens[i].tag in ("VBD", "VBZ", "VBP", "MD")


def _simple_after(tokens: Sequence[Token], start: int) -> int | None:
    """One past the noun phrase without prepositions that begins at `start`."""
    i, last = start, None
    while i < len(tokens) and i - start < LONGEST:
        token = tokens[i]
        if token.lower in STOPPERS:
            break
        if last is not None and (token.lower in WHEN or (token.lower.endswith("day") and token.tag in NAMES)):
            break
        if _is_noun(token):
            last = i
        elif not (token.tag in ("JJ", "JJS", "CD", "POS") or _goes_on(tokens, i, start, last)):
            break
        i += 1
    return None if last is None else last + 1


def _goes_on(tokens: Sequence[Token], i: int, start: int, last: int | None) -> bool:
    """Whether a noun phrase can hold the word at `i` before its noun: an article, a participle, a mark of a name."""
    token = tokens[i]
    if token.tag in DETERMINERS:
        return i == start or tokens[i - 1].tag in ("PDT", "POS")
    if last is None and i + 1 < len(tokens):
        following = tokens[i + 1]
        if token.tag in PARTICIPLES or token.tag in ("RB", "RBS", "RBR"):
            return following.tag in INNER or following.tag in PARTICIPLES
    return _inner_mark(tokens, i)


def _inner_mark(tokens: Sequence[Token], i: int) -> bool:
    """Whether the mark at `i` belongs to a name: "Lt. Gen.", "AT&T", "North-South"."""
    if not 0 < i < len(tokens) - 1:
        return False
    before, token, after = tokens[i - 1], tokens[i], tokens[i + 1]
    if token.text == ".":
        return _inner_stop(before) and after.text[0].isupper()
    if token.text in ("&", "-", "/"):
        # With blanks on both sides a dash ends a dateline: "KYIV - The ministry said".
        tight = token.start == before.end or after.start == token.end
        return tight and token.start - before.end <= 1 and after.start - token.end <= 1 and after.tag in INNER
    return False


def _phrase_to(tokens: Sequence[Token], last: int, floor: int) -> Source | None:
    """The noun phrase whose last token is `last`, with the prepositional phrases inside it."""
    trimmed = last
    while last > floor and _tells_when(tokens, last):
        # "The ministry on Monday said", "the ministry earlier today said".
        last -= 1
    if last < trimmed and last > floor and tokens[last].lower in PUBLISHED and tokens[last - 1].tag in NOUNS:
        # "The report published on Tuesday said".
        last -= 1
    if tokens[last].text == "." and last > floor and _inner_stop(tokens[last - 1]):
        last -= 1
    if last < floor:
        return None
    start = _simple_before(tokens, last, floor)
    if start is None:
        return None
    limit = max(floor, last - LONGEST)
    while start > limit and start - 2 >= floor:
        link = tokens[start - 1].lower
        if link not in LINKS and link not in ("and", "or", "&"):
            break
        before = start - 3 if tokens[start - 2].lower in LINKED and link in LINKS else start - 2
        further = _simple_before(tokens, before, floor) if before >= floor else None
        if further is None or _is_time(tokens, further, start - 1):
            break
        if link not in LINKS and further > floor and not _opens(tokens[further - 1]):
            break
        start = further
    return Source(start, last + 1)


def _tells_when(tokens: Sequence[Token], i: int) -> bool:
    """Whether the word at `i` ends a subject by telling when: "Monday", "today", and what leads to them."""
    lower = tokens[i].lower
    if lower == "overnight" or (lower.endswith("day") and tokens[i].tag in NAMES):
        return True
    if lower in PERIODS:
        return i > 0 and tokens[i - 1].lower in ("last", "this")
    return lower in WHEN or lower in ("on", "also", "here", "there", "out")


def _inner_stop(token: Token) -> bool:
    """Whether a full stop behind the token is that of an abbreviation: "Upjohn Co."."""
    return token.text[0].isupper() and len(token.text) <= LONGEST_TITLE


def _opens(token: Token) -> bool:
    return token.tag in (",", ":", '"', "(", ")") or token.lower in ("that", "of", "to", "and")


def _is_time(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a noun phrase is but a weekday."""
    return end - start == 1 and tokens[start].lower.endswith("day")


def _simple_before(tokens: Sequence[Token], last: int, floor: int) -> int | None:
    """First token of the noun phrase without prepositions that ends with `last`."""
    i = last
    if tokens[i].text == ")":
        i = next((k for k in range(i, max(floor - 1, i - 10), -1) if tokens[k].text == "("), i) - 1
        if i < floor:
            return None
    if not _is_noun(tokens[i]) or tokens[i].lower in STOPPERS:
        if tokens[i].tag in ("CD", "DT") and tokens[i].lower in ("one", "both", "some", "another"):
            return i
        return None
    start = i
    while start > floor and i - start < LONGEST:
        before = tokens[start - 1]
        if before.lower in STOPPERS:
            break
        if before.tag in DETERMINERS:
            start -= 1
            if start > floor and tokens[start - 1].tag == "PDT":
                start -= 1
            break
        if not (
            before.tag in INNER
            or is_name(before)
            or _inner_mark(tokens, start - 1)
            or _opens_phrase(tokens, start - 1, floor)
        ):
            break
        start -= 1
    while start < i and (tokens[start].tag == "POS" or tokens[start].text in (".", "-", "/", "&")):
        start += 1
    return start


def _opens_phrase(tokens: Sequence[Token], i: int, floor: int) -> bool:
    """Whether a participle or an adverb is the first word of a noun phrase: "the newly formed", "unidentified"."""
    if tokens[i].tag not in ("VBN", "VBG", "RB"):
        return False
    return i == floor or tokens[i - 1].tag in DETERMINERS or tokens[i - 1].tag == ","


def _before_apposition(tokens: Sequence[Token], comma: int, floor: int) -> Source | None:
    """The noun phrase before an apposition, a relative clause or an adverbial that ends with the comma at `comma`."""
    limit = max(floor, comma - LONGEST_APPOSITION)
    end = comma
    found: Source | None = None
    for k in range(comma - 1, limit - 1, -1):
        if tokens[k].text in ('"', "”", "''", ";"):
            break
        if tokens[k].text != ",":
            continue
        if not _apposition(tokens, k + 1, end):
            break
        phrase = _phrase_to(tokens, k - 1, floor)
        end, inner = k, (k + 1, end)
        if phrase is None:
            continue
        named = is_name(tokens[_core_end(tokens, phrase) - 1])
        found = Source(*inner) if _is_whole_name(tokens, *inner) and found is None else phrase
        if named or phrase.start == floor:
            break
    return found


def _core_end(tokens: Sequence[Token], phrase: Source) -> int:
    """One past the head of a phrase: before its first preposition."""
    return next((k for k in range(phrase.start + 1, phrase.end) if tokens[k].lower in LINKS), phrase.end)


def _is_whole_name(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether tokens [start, end) are a name of at least two words: "the minister, Abed al-Ajili, said"."""
    return (
        end - start > 1
        and all(is_name(token) or token.text == "." or token.tag == "NN" for token in tokens[start:end])
        and (is_name(tokens[start]) and is_name(tokens[end - 1]))
    )


def _apposition(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether tokens [start, end) tell more about the noun before them."""
    if start >= end:
        return False
    first = tokens[start]
    if first.tag == "VBD" and start + 1 < end and tokens[start + 1].tag == "IN":
        # "IRNA, received in London, said".
        return True
    if first.tag in ("WP", "WDT", "VBG", "VBN", "IN", "CD") or first.lower in ("who", "which", "whose"):
        return True
    end = next((k for k in range(start, end) if tokens[k].lower in ("who", "which")), end)
    return not any(
        tokens[k].tag in ("VBD", "VBZ", "VBP", "MD") and tokens[k].lower not in REDUCED for k in range(start, end)
    )
