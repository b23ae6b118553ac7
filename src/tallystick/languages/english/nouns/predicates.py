"""Find the word that tells what happened to the counted.

Takes the tokens of a sentence and where the figure and its noun stand; gives a `Predicate`: the verb of which the
counted is subject or object, or the adjective said of it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from tallystick.languages.english.grammar.inflection import singular, verb_base, word_lists
from tallystick.languages.english.grammar.noun_phrases import OUTCOME_WORDS, phrase_after, phrase_before
from tallystick.languages.english.grammar.tagging import BE, HAVE, is_verb
from tallystick.languages.english.nouns.outcomes import OUTCOMES, fatal, harmed, outcome, to_hospital, told_around
from tallystick.languages.language import Token

__all__ = ["Predicate", "predicate_left", "predicate_right"]

# How far to the right of its subject a verb is looked for, in tokens (en-train: 95 % of subjects stand within 12).
REACH = 16
# How far to the left of its object a verb is looked for, in tokens.
REACH_LEFT = 8
RELATIVES = frozenset(("who", "that", "which", "whom"))
CLAUSE_ENDS = frozenset((".", ":"))
DASHES = frozenset(("-", "--", "—", "–"))
SINGLE = frozenset(("a", "an", "one", "his", "her", "their", "the"))
FINITE_BE = frozenset(("was", "were", "are", "is", "have", "has", "had"))
# What follows a participle that closes its phrase ("killed in", "wounded,"); else it is a past tense with its object.
AFTER_PARTICIPLE = frozenset(
    ("IN", ",", ".", "CC", "TO", "RB", ":", "WRB", ")", "EX", '"', "'", "(", "VBG", "VBN", "VBD", "VBP", "VBZ", "MD")
)
PASSIVE_VERBS = BE | frozenset(("get", "got", "getting"))
# States in which a disaster leaves people: "15,000 people left homeless".
STATES_LEFT = OUTCOMES | frozenset(("homeless", "stranded", "trapped"))
# Prepositions of a state: "in custody", "under arrest".
STATES = frozenset(("in", "under", "on", "at", "behind", "without", "of"))
PARTICIPLES = frozenset(("VBN", "VBD"))


class Predicate(NamedTuple):
    """A base form, the tokens [first, last] it was read from, and whether the counted undergo it."""

    base: str
    first: int
    last: int
    undergone: bool


def predicate_right(tokens: Sequence[Token], i: int) -> Predicate | None:
    """Give the predicate of the subject that ends before token `i`; a list that goes on there is passed over."""
    if (
        i < len(tokens)
        and tokens[i].lower in word_lists("nouns/counted.yaml")["harmfully"]
        and _ends_clause(tokens, i + 1)
    ):
        return Predicate("injure", i, i, undergone=True)
    start = _past_list(tokens, i)
    nearest = limit = min(len(tokens), start + REACH)
    passive = copula = False
    direct = start == i
    described: Predicate | None = None
    j = start
    while j < limit:
        token = tokens[j]
        if limit == nearest and _includes(tokens, j):
            j = _past_included(tokens, j + 1)
            if j < 0:
                return described
            direct = False
            limit = min(len(tokens), j + REACH)
        token = tokens[j]
        if token.text in DASHES:
            j = _past_dashes(tokens, j, limit)
            if j < 0:
                return described
            direct = False
            continue
        if token.tag in CLAUSE_ENDS or token.tag == "CC":
            return described
        if token.tag == "," and token.lower not in RELATIVES:
            j = _past_parenthesis(tokens, j, limit)
            if j < 0:
                return described
            direct = False
            continue
        if token.lower in PASSIVE_VERBS and token.tag != "POS":
            passive, copula, direct = True, True, False
        elif not _leads_on(token):
            found = _told_at(tokens, j, limit, (passive, copula, direct))
            if found is not None and (passive or found.base not in word_lists("nouns/counted.yaml")["describing"]):
                return found
            described = described or found
            if is_verb(token.tag) and verb_base(token.lower) in word_lists("nouns/counted.yaml")["linking"]:
                copula, passive = True, True
            direct = False
        j += 1
    return described


def _ends_clause(tokens: Sequence[Token], i: int) -> bool:
    """Whether nothing but the end of a clause stands at `i`: "55 wounded, 15 critically"."""
    return i >= len(tokens) or tokens[i].tag in (",", ".", ":", "CC", "IN")


def _leads_on(token: Token) -> bool:
    """Whether the token stands between a subject and its verb, or before a main verb, and says nothing itself."""
    return (
        token.tag in ("MD", "RB", "RBR", "JJR", "POS") or token.lower in HAVE or token.lower in ("to", "not", "others")
    )


def _told_at(tokens: Sequence[Token], j: int, limit: int, reading: tuple[bool, bool, bool]) -> Predicate | None:
    """The predicate that token `j` gives; `reading` is whether passive, after a copula, right behind the subject."""
    passive, copula, direct = reading
    lower, tag = tokens[j].lower, tokens[j].tag
    if (direct or copula) and lower == "with" and harmed(tokens, j):
        return Predicate("suffer wound", j, j, undergone=True)
    if is_verb(tag) or lower in OUTCOMES or (direct and tag == "NNP" and lower in OUTCOME_WORDS):
        return _verb_at(tokens, j, limit, passive=passive, direct=direct)
    if copula and tag in ("JJ", "NN", "NNS"):
        return Predicate(lower, j, j, undergone=True)
    if copula and lower in STATES:
        return _prepositional(tokens, j, limit)
    if tag == "JJ" and direct:
        return Predicate(lower, j, j, undergone=True)
    return None


def _past_list(tokens: Sequence[Token], i: int) -> int:
    """One past the further members of the list that goes on at `i`: "14 rebels, two soldiers and a hostage died"."""
    limit = min(len(tokens), i + REACH)
    j = i
    while j < limit and (tokens[j].tag == "," or tokens[j].lower in ("and", "or")):
        k = j + 1
        if k < limit and tokens[k].lower in ("and", "or"):
            k += 1
        opened = k
        while (
            k < limit and tokens[k].tag in ("CD", "DT", "JJR", "JJS", "IN", "PRP$") and tokens[k].lower not in RELATIVES
        ):
            k += 1
        if k == opened or not any(tokens[m].tag in ("CD", "DT") for m in range(opened, k)):
            return j
        phrase = phrase_after(tokens, k)
        if phrase is None:
            return j
        j = phrase.end
    return j


def predicate_left(tokens: Sequence[Token], i: int) -> Predicate | None:
    """Give the verb whose object begins at token `i`, hedges and articles before the figure passed over."""
    words = word_lists("nouns/counted.yaml")
    j = i - 1
    while j >= max(0, i - REACH_LEFT):
        token = tokens[j]
        lower = token.lower
        if is_verb(token.tag) and lower not in BE and lower not in HAVE:
            return _object_of(tokens, j)
        if lower == "of" and j > 0 and tokens[j - 1].tag in ("NN", "NNS"):
            noun = tokens[j - 1].lower
            if noun == "total":
                j -= 1
                continue
            return Predicate(singular(noun), j - 1, j - 1, undergone=True)
        if lower == "and" and not _subject(tokens, i):
            # "killed a farmer and two of his sons"
            single = phrase_before(tokens, j - 1)
            if single is None or tokens[single.start - 1].lower not in SINGLE or not single.start:
                return None
            j = single.start - 2
            continue
        if lower not in words["openers"] and token.tag not in ("RB", "JJR", "RBR", "DT", "PRP$", "POS"):
            return None
        if lower in ("were", "was", "are", "said"):
            return None
        j -= 1
    return None


def _subject(tokens: Sequence[Token], i: int) -> bool:
    """Whether the figure at `i` with its noun is the subject of a verb right behind it."""
    j = i
    while j < len(tokens) and tokens[j].tag == "CD":
        j += 1
    phrase = phrase_after(tokens, j)
    end = j if phrase is None else phrase.end
    return end < len(tokens) and (tokens[end].tag in ("VBD", "VBZ", "VBP", "MD") or tokens[end].lower in FINITE_BE)


def _verb_at(tokens: Sequence[Token], j: int, limit: int, *, passive: bool, direct: bool) -> Predicate | None:
    """The predicate that the verb at `j` makes, or None where it only leads on to another one."""
    words = word_lists("nouns/counted.yaml")
    lower = tokens[j].lower
    if lower in ("dead", "missing"):
        return Predicate(lower, j, j, undergone=True)
    joined = _joined(tokens, j)
    if joined is not None:
        return joined._replace(undergone=True)
    base = verb_base(lower)
    ended = _ended(tokens, j, base, passive=passive)
    if ended is not None:
        return ended
    if base in words["raising"] and not (direct and tokens[j].tag == "VBN"):
        following = tokens[j + 1] if j + 1 < limit else None
        if following is not None and (
            following.tag in ("TO", "VBN", "VBD", "JJ", "IN", "VBG", "VB")
            or following.lower in ("dead", "that", "missing")
        ):
            return None
    if base in words["linking"] and _links(tokens, j, base, passive=passive, direct=direct):
        return None
    around = told_around(tokens, j, base)
    if around is not None:
        return Predicate(around, j, j, undergone=True)
    phrasal = _with_particle(tokens, j, base)
    if phrasal is not None:
        return phrasal._replace(undergone=passive or tokens[j].tag in PARTICIPLES)
    if base in words["light"]:
        light = _with_object(tokens, j, base, limit)
        if light is not None:
            return Predicate(light[0], j, light[1], undergone=passive or light[0] in words["undergone"])
    shaped = tokens[j].tag in PARTICIPLES or (tokens[j].tag == "NNP" and lower in OUTCOME_WORDS)
    participle = shaped and (passive or (direct and _closes(tokens, j)))
    return Predicate(base, j, j, undergone=participle or base in words["undergone"])


def _ended(tokens: Sequence[Token], j: int, base: str, *, passive: bool) -> Predicate | None:
    """The outcome that stands beside the verb: "expected to survive", "pulled injured from", "shot dead"."""
    if base in ("recover", "survive") and passive and tokens[j - 1].lower == "to":
        return Predicate("expect to recover", j, j, undergone=True)
    if passive and tokens[j].tag == "VBN" and j + 1 < len(tokens) and tokens[j + 1].lower in OUTCOMES:
        return Predicate(outcome(tokens[j + 1].lower), j + 1, j + 1, undergone=True)
    if fatal(tokens, j):
        return Predicate(f"{base} dead", j, j, undergone=passive or tokens[j].tag in PARTICIPLES)
    return None


def _links(tokens: Sequence[Token], j: int, base: str, *, passive: bool, direct: bool) -> bool:
    """Whether the verb at `j` only leads to the state behind it: "were left homeless", "remain missing"."""
    following = tokens[j + 1] if j + 1 < len(tokens) else None
    if following is None:
        return False
    active = base in ("leave", "find", "make", "get", "declare", "list", "keep", "render")
    if active and not passive and not (direct and following.lower in STATES_LEFT):
        return False
    return following.tag in ("JJ", "VBN", "VBD", "RB", "VBG") or following.lower in (
        "dead", "missing", "homeless", "in", "under", "without",
    )  # fmt: skip


def _with_particle(tokens: Sequence[Token], j: int, base: str) -> Predicate | None:
    """A verb whose particle makes its meaning: "gunned down", "laid off"."""
    if j + 1 < len(tokens):
        whole = f"{base} {tokens[j + 1].lower}"
        if whole in word_lists("nouns/counted.yaml")["phrasal"]:
            return Predicate(whole, j, j + 1, undergone=True)
    return None


def _closes(tokens: Sequence[Token], j: int) -> bool:
    """Whether the participle at `j` has no object behind it."""
    return (
        j + 1 >= len(tokens)
        or tokens[j + 1].tag in AFTER_PARTICIPLE
        or tokens[j + 1].lower in word_lists("nouns/counted.yaml")["times"]
    )


def _joined(tokens: Sequence[Token], j: int) -> Predicate | None:
    """Two outcomes told of the same people: "killed or wounded"."""
    if (
        j + 2 < len(tokens)
        and tokens[j + 1].lower in ("or", "and", "and/or")
        and tokens[j + 2].tag in ("VBN", "VBD", "JJ")
    ):
        first, second = tokens[j].lower, tokens[j + 2].lower
        return Predicate(f"{first} or {second}", j, j + 2, undergone=True)
    return None


def _with_object(tokens: Sequence[Token], j: int, base: str, limit: int) -> tuple[str, int] | None:
    """A light verb with its noun: "lost their lives" gives "lose life"."""
    for k in range(j + 1, min(limit, j + 7)):
        tag, lower = tokens[k].tag, tokens[k].lower
        if tag in ("NN", "NNS"):
            following = tokens[k + 1].tag if k + 1 < len(tokens) else "."
            if following in ("NN", "NNS") and tag == "NN":
                continue
            return f"{base} {singular(lower)}", k
        if tag in ("IN", "TO") and lower in ("for", "into", "from", "to"):
            noun = next((t for t in range(k + 1, min(limit, k + 5)) if tokens[t].tag in ("NN", "NNS")), None)
            return None if noun is None else (f"{base} {lower} {singular(tokens[noun].lower)}", noun)
        if tag not in ("PRP$", "DT", "JJ", "VBN", "VBG", "RB", "CD", "POS"):
            return None
    return None


def _prepositional(tokens: Sequence[Token], j: int, limit: int) -> Predicate:
    """A state told by a preposition and its noun: "in custody", "under arrest"."""
    if tokens[j].lower in ("in", "at") and to_hospital(tokens, j - 1):
        return Predicate("hospitalize", j, j, undergone=True)
    for k in range(j + 1, min(limit, j + 4)):
        if tokens[k].tag in ("NN", "NNS"):
            words = " ".join(token.lower for token in tokens[j : k + 1] if token.tag not in ("DT", "PRP$"))
            return Predicate(words, j, k, undergone=True)
        if tokens[k].tag not in ("JJ", "DT", "PRP$"):
            break
    return Predicate("be", j, j, undergone=True)


def _object_of(tokens: Sequence[Token], j: int) -> Predicate | None:
    """The predicate of the object at `i` whose verb is token `j`; a verb joined before it is taken along."""
    lower = tokens[j].lower
    base = verb_base(lower)
    if j >= 2 and tokens[j - 1].lower in ("or", "and") and is_verb(tokens[j - 2].tag):
        first = verb_base(tokens[j - 2].lower)
        return Predicate(f"{first} or {base}", j - 2, j, undergone=True)
    if fatal(tokens, j):
        return Predicate(f"{base} dead", j, j, undergone=True)
    around = told_around(tokens, j, base)
    if around is not None:
        return Predicate(around, j, j, undergone=True)
    return _with_particle(tokens, j, base) or Predicate(base, j, j, undergone=True)


def _includes(tokens: Sequence[Token], j: int) -> bool:
    """Whether "including" stands at `j`, or behind the comma there."""
    at = j + 1 if tokens[j].tag == "," else j
    return at < len(tokens) and tokens[at].lower == "including"


def _past_included(tokens: Sequence[Token], j: int) -> int:
    """The finite verb behind the parts that "including" lists from `j` on, or -1: "six including a boy were killed"."""
    for k in range(j, min(len(tokens), j + REACH)):
        if tokens[k].tag in (".", ":") or tokens[k].lower in RELATIVES:
            return -1
        if _goes_on(tokens[k]):
            return k
    return -1


def _goes_on(token: Token) -> bool:
    """Whether the verb behind a comma is that of the subject before it: "six pupils, five boys and a girl, died"."""
    finite = token.tag in ("VBD", "MD") or token.lower in FINITE_BE
    return finite and verb_base(token.lower) not in word_lists("status/status.yaml")["speech"]


def _past_dashes(tokens: Sequence[Token], j: int, limit: int) -> int:
    """The token behind the second dash of an insertion that opens or closes at the dash `j`, or -1."""
    for k in range(j + 1, limit):
        if tokens[k].text in DASHES:
            return k + 1
        if tokens[k].tag in (".", ","):
            break
    opened = any(token.text in DASHES for token in tokens[max(0, j - REACH) : j])
    return j + 1 if opened and j + 1 < limit and _goes_on(tokens[j + 1]) else -1


def _past_parenthesis(tokens: Sequence[Token], j: int, limit: int) -> int:
    """The token behind the second comma of an insertion that opens at the comma `j`, or -1."""
    following = tokens[j + 1] if j + 1 < limit else None
    if following is None or following.tag == "CC":
        return -1
    if following.lower in RELATIVES or _goes_on(following):
        return j + 1
    for k in range(j + 2, limit):
        if tokens[k].tag == ",":
            return k + 1
        if tokens[k].tag in CLAUSE_ENDS:
            return -1
    return -1
