"""Find the noun phrase that names a source beside a verb of speech.

Takes the tokens of a sentence and the place of the verb; gives the token range of its subject, before the verb or
turned around behind it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from tallystick.languages.language import Token

__all__ = ["Source", "source_after", "source_before"]

NAMES = frozenset(("NNP", "NNPS"))
NOUNS = NAMES | {"NN", "NNS"}
INNER = NOUNS | {"JJ", "JJS", "CD", "POS", "FW"}
DETERMINERS = frozenset(("DT", "PRP$", "PDT"))
LINKS = frozenset("of for from in at with to on near by inside".split())
# Function words that the tagger may take for nouns or adjectives in capitals.
STOPPERS = frozenset("that who which whose as than and or but if when while because after before since".split())
# Longest phrase and longest apposition believed, in tokens (en-train: 99 % have at most 14 and 24).
LONGEST = 22
LONGEST_APPOSITION = 30
# Shortened titles whose full stop stands inside the phrase: "Lt. Gen. Ri", "J. Souffle".
LONGEST_TITLE = 5


class Source(NamedTuple):
    """A source: tokens [start, end), and [core, end_of_core) without what hangs on it.

    Attributes:
        start: First token, determiner included.
        end: One past the last token, prepositional phrases included.
    """

    start: int
    end: int


def source_before(tokens: Sequence[Token], verb: int, floor: int = 0) -> Source | None:
    """Give the subject that ends before token `verb`, at or after `floor`; None where no noun phrase stands there."""
    i = verb - 1
    while i >= floor and tokens[i].tag in ("RB", "MD") and tokens[i].lower != "there":
        i -= 1
    if i < floor:
        return None
    token = tokens[i]
    if token.tag == "PRP":
        return Source(i, i + 1)
    if token.tag in ("WP", "WDT") or token.lower in ("who", "which"):
        i -= 1
        if i >= floor and tokens[i].text in (",", "--", "—"):
            i -= 1
        return _phrase_to(tokens, i, floor)
    if token.text == ",":
        return _before_apposition(tokens, i, floor)
    return _phrase_to(tokens, i, floor)


def source_after(tokens: Sequence[Token], start: int) -> Source | None:
    """Give the noun phrase that begins at token `start`, its prepositional phrases included."""
    if start < len(tokens) and tokens[start].tag == "PRP":
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
        if token.tag in NOUNS or token.tag == "FW":
            last = i
        elif not (
            token.tag in ("JJ", "JJS", "CD", "POS")
            or (token.tag in DETERMINERS and i == start)
            or (token.tag in DETERMINERS and last is not None and tokens[i - 1].tag == "PDT")
            or (
                token.tag in ("VBN", "VBG", "VBD")
                and last is None
                and i + 1 < len(tokens)
                and tokens[i + 1].tag in INNER
            )
            or _inner_mark(tokens, i)
        ):
            break
        i += 1
    return None if last is None else last + 1


def _inner_mark(tokens: Sequence[Token], i: int) -> bool:
    """Whether the mark at `i` belongs to a name: "Lt. Gen.", "AT&T", "North-South"."""
    if not 0 < i < len(tokens) - 1:
        return False
    before, token, after = tokens[i - 1], tokens[i], tokens[i + 1]
    if token.text == ".":
        return before.text[0].isupper() and len(before.text) <= LONGEST_TITLE and after.text[0].isupper()
    if token.text in ("&", "-", "/"):
        return token.start - before.end <= 1 and after.start - token.end <= 1 and after.tag in INNER
    return False


def _phrase_to(tokens: Sequence[Token], last: int, floor: int) -> Source | None:
    """The noun phrase whose last token is `last`, with the prepositional phrases inside it."""
    if last < floor:
        return None
    start = _simple_before(tokens, last, floor)
    if start is None:
        return None
    limit = max(floor, last - LONGEST)
    while start > limit:
        link = tokens[start - 1].lower
        if link in LINKS and start - 2 >= floor:
            further = _simple_before(tokens, start - 2, floor)
        elif link in ("and", "or", "&") and start - 2 >= floor:
            further = _simple_before(tokens, start - 2, floor)
            if further is not None and further > floor and not _opens(tokens[further - 1]):
                further = None
        else:
            break
        if further is None or _is_time(tokens, further, start - 1):
            break
        start = further
    return Source(start, last + 1)


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
    while i > floor and tokens[i].lower.endswith("day") and tokens[i].tag in NAMES:
        # "The ministry on Monday said", "the ministry Monday said".
        i -= 1
        if tokens[i].lower in ("on", "late", "early", "last"):
            i -= 1
    if i < floor or tokens[i].tag not in NOUNS | {"FW", "JJ"} or tokens[i].lower in STOPPERS:
        if i >= floor and tokens[i].tag in ("CD", "DT") and tokens[i].lower in ("one", "both", "some", "another"):
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
        if (
            before.tag in INNER
            or _inner_mark(tokens, start - 1)
            or (
                before.tag in ("VBN", "VBG", "RB")
                and (start - 1 == floor or tokens[start - 2].tag in DETERMINERS or tokens[start - 2].tag == ",")
            )
        ):
            start -= 1
        else:
            break
    while start < i and (tokens[start].tag == "POS" or tokens[start].text in (".", "-", "/", "&")):
        start += 1
    return start


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
        if phrase is None:
            end = k
            continue
        found = phrase
        if tokens[phrase.start].tag in NAMES or phrase.start == floor:
            break
        end = k
    return found


def _apposition(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether tokens [start, end) tell more about the noun before them."""
    if start >= end:
        return False
    first = tokens[start]
    if first.tag in ("WP", "WDT", "VBG", "VBN", "IN", "CD") or first.lower in ("who", "which", "whose"):
        return True
    return not any(token.tag in ("VBD", "VBZ", "VBP", "MD") for token in tokens[start:end])
