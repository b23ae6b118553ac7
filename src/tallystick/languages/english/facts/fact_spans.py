"""How far the words of a fact reach: noun phrases with what hangs on them, and verbs with their objects.

Takes the tokens of a sentence and an index; gives one past the last token. Every scan is bounded.
"""

from collections.abc import Sequence

from tallystick.languages.english.grammar.noun_phrases import DETERMINERS, NOUNS, phrase_after
from tallystick.languages.english.grammar.tagging import BE, HAVE, NEGATIONS, is_verb
from tallystick.languages.english.speech.clauses import MODALS, is_time
from tallystick.languages.language import Token

__all__ = ["action_end", "bare_start", "phrase_end", "phrase_start", "quoted", "statement_end", "time_end", "trimmed"]

# Longest value believed, in tokens: an order of the domain's first report runs over 26.
LONGEST = 40
# Longest time of an occasion, in tokens: "between the end of May and the middle of June 2025".
LONGEST_TIME = 12
TIME_LINKS = frozenset("in at on during from between by since through around".split())
TIME_PARTS = frozenset("start beginning end middle half quarter days weeks summer winter spring autumn".split())
OPENING = frozenset(('"', "“", "``", "‘", "'"))
CLOSING = frozenset(('"', "”", "''", "’", "'"))
# Links over which a noun phrase goes on: "repair of the roads", "warehouses in the border region".
OF_LINKS = frozenset(("of", "for"))
# What ends a clause wherever it stands.
BREAKS = frozenset(
    "who which whose where when while because although though since after before until unless if whereas as but so amid"
    " despite following according".split()
)
LISTED = frozenset("JJ JJR JJS DT CD POS PRP$ VBN VBG RB CC TO VB PDT".split())
LIST_LINKS = frozenset(("and", "or", "including", "&"))


def bare_start(tokens: Sequence[Token], i: int) -> int:
    """Give the first token from `i` that is no determiner and no opening quotation mark."""
    while i < len(tokens) and (tokens[i].tag in DETERMINERS or tokens[i].text in OPENING):
        i += 1
    return i


def phrase_start(tokens: Sequence[Token], head: int) -> int:
    """Give the first token of the noun phrase whose head is at `head`, its determiner left out."""
    start = head
    while start > 0 and head - start < LONGEST:
        left = tokens[start - 1]
        inner = (
            left.text == "-" and start > 1 and tokens[start - 2].end == left.start and left.end == tokens[start].start
        )
        if left.tag in NOUNS or left.tag in ("JJ", "JJR", "JJS", "POS", "CD", "VBN", "VBG", "$") or inner:
            start -= 1
        else:
            break
    while start < head and (tokens[start].tag in ("POS", "VBN", "VBG", "VBD") or tokens[start].text == "-"):
        start += 1
    return start


def phrase_end(tokens: Sequence[Token], i: int, *, links: frozenset[str] = OF_LINKS) -> int | None:
    """Give one past the noun phrase that begins at `i`, with the phrases that `links` hang on it; None where none."""
    start = bare_start(tokens, i)
    found = phrase_after(tokens, start)
    if found is None or found.start > start + 1:
        return None
    end = found.end
    while end + 1 < len(tokens) and end - i < LONGEST and tokens[end].lower in links:
        inner = phrase_after(tokens, bare_start(tokens, end + 1))
        if inner is None:
            break
        end = inner.end
    return end


def action_end(tokens: Sequence[Token], verb: int) -> int:
    """Give one past the object of the verb or action noun at `verb`: its clause, with a list of objects taken whole."""
    k = verb + 1
    limit = min(len(tokens), verb + LONGEST)
    while k < limit:
        token = tokens[k]
        if token.tag == ".":
            break
        if token.tag == ",":
            if not _list_goes_on(tokens, k + 1, limit):
                break
        elif _breaks(tokens, k):
            break
        elif _finite(tokens, k):
            k = _before_clause(tokens, k, verb)
            break
        k += 1
    return trimmed(tokens, verb, k)


def statement_end(tokens: Sequence[Token], i: int) -> int:
    """Give one past a clause that begins at `i`: up to a mark that no quotation of it holds."""
    inside = ""
    for k in range(i, min(len(tokens), i + LONGEST)):
        text = tokens[k].text
        if inside:
            if text in CLOSING and k > i:
                inside = ""
        elif text in OPENING:
            inside = text
        elif tokens[k].tag in (".", ":") or (text == "," and k > i):
            return trimmed(tokens, i, k)
    return trimmed(tokens, i, min(len(tokens), i + LONGEST))


def time_end(tokens: Sequence[Token], i: int) -> int:
    """Give one past the time that begins at `i`: "at the start of October"; `i` where none does."""
    end = i
    if i >= len(tokens) or tokens[i].lower not in TIME_LINKS:
        return i
    for k in range(i + 1, min(len(tokens), i + LONGEST_TIME)):
        token = tokens[k]
        year = token.tag == "CD" and token.text.isdigit() and (end > i or len(token.text) == len("2025"))
        if is_time(token) or year:
            end = k + 1
        elif token.tag not in ("DT", "IN", "CD", "JJ", "TO", "CC") and token.lower not in TIME_PARTS:
            break
    return end


def quoted(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """Give the tokens between the quotation mark at `i` and the one that closes it, marks left out."""
    if i >= len(tokens) or tokens[i].text not in OPENING:
        return None
    for k in range(i + 2, min(len(tokens), i + LONGEST)):
        if tokens[k].text in CLOSING:
            end = k
            while end > i + 1 and tokens[end - 1].tag in (",", "."):
                end -= 1
            return (i + 1, end) if end > i + 1 else None
    return None


def trimmed(tokens: Sequence[Token], start: int, end: int) -> int:
    """Give `end` without the marks and link words that would dangle there."""
    while end > start + 1 and (
        tokens[end - 1].tag in (",", ".", ":", "CC", "DT", "IN", "TO", "MD")
        or (tokens[end - 1].text in OPENING and not _open_before(tokens, start, end - 1))
    ):
        end -= 1
    return end


def _open_before(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a quotation mark opens in [start, end) that the one at `end` can close."""
    return any(token.text in OPENING for token in tokens[start:end])


def _breaks(tokens: Sequence[Token], k: int) -> bool:
    """Whether the clause ends at `k` by a mark or a word; "such as" goes on."""
    token = tokens[k]
    if token.tag in (":", ")", "(", "WDT", "WP") or token.text in OPENING | CLOSING:
        return True
    return token.lower in BREAKS and not (token.lower == "as" and tokens[k - 1].lower == "such")


def _list_goes_on(tokens: Sequence[Token], i: int, limit: int) -> bool:
    """Whether a further object follows a comma: a noun phrase up to another comma, an "and" or the end."""
    seen = False
    if i < limit and tokens[i].tag == "VBG" and tokens[i].lower not in LIST_LINKS:
        # "Rebuilding roads, deepening the ties": a remark on it, or a deed of its own.
        return False
    for k in range(i, limit):
        token = tokens[k]
        if token.tag in NOUNS and not is_time(token):
            seen = True
        elif token.lower in ("such", "as"):
            continue
        elif token.tag in (",", ".") or token.lower in LIST_LINKS:
            if seen:
                return True
        elif (token.tag not in LISTED or is_time(token)) and not (token.tag == "IN" and seen):
            return False
    return seen


def _finite(tokens: Sequence[Token], k: int) -> bool:
    """Whether a verb with a subject of its own stands at `k`, so that another clause has begun."""
    token = tokens[k]
    if token.tag == "MD" or token.lower in MODALS:
        return True
    if token.tag == "VBN" and tokens[k - 1].tag == "CC":
        # "Repair the road and thanked the mayor": a past tense that was taken for a participle.
        return k + 1 < len(tokens) and tokens[k + 1].tag in ("DT", "PRP$", "NNP", "NNPS")
    if token.lower in BE | HAVE and token.tag not in ("VB", "VBG", "VBN", "POS"):
        return True
    return is_verb(token.tag) and token.tag in ("VBD", "VBZ", "VBP") and tokens[k - 1].lower not in NEGATIONS


def _before_clause(tokens: Sequence[Token], finite: int, verb: int) -> int:
    """The end of the object before a clause whose finite verb was met: its subject and "and" are not of the object."""
    for k in range(finite - 1, verb, -1):
        if tokens[k].lower in ("and", "or", ",", "that"):
            return k
    return finite
