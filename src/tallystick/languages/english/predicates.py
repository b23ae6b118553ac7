"""Find the word that tells what happened to the counted.

Takes the tokens of a sentence and where the figure and its noun stand; gives a `Predicate`: the verb of which the
counted is subject or object, or the adjective said of it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from tallystick.languages.english.inflection import singular, verb_base, word_lists
from tallystick.languages.english.tagging import BE, HAVE, is_verb
from tallystick.languages.language import Token

__all__ = ["Predicate", "predicate_left", "predicate_right"]

# How far to the right of its subject a verb is looked for, in tokens (en-train: 95 % of subjects stand within 12).
REACH = 16
# How far to the left of its object a verb is looked for, in tokens.
REACH_LEFT = 8
RELATIVES = frozenset(("who", "that", "which", "whom"))
CLAUSE_ENDS = frozenset((".", ":"))
# What follows a participle that closes its phrase ("killed in", "wounded,"); anything else is the object of a past tense.
AFTER_PARTICIPLE = frozenset(("IN", ",", ".", "CC", "TO", "RB", ":", "WRB", ")", "EX", '"', "'", "(", "VBG", "VBN"))
PARTICIPLES = frozenset(("VBN", "VBD"))


class Predicate(NamedTuple):
    """A base form, the tokens [first, last] it was read from, and whether the counted undergo it."""

    base: str
    first: int
    last: int
    undergone: bool


def predicate_right(tokens: Sequence[Token], i: int) -> Predicate | None:
    """Give the predicate of the subject that ends before token `i`."""
    words = word_lists("counted.yaml")
    passive = False
    copula = False
    relative = False
    direct = True
    j, limit = i, min(len(tokens), i + REACH)
    while j < limit:
        token = tokens[j]
        lower, tag = token.lower, token.tag
        if tag in CLAUSE_ENDS:
            return None
        if lower in RELATIVES and j - i < REACH:
            relative, direct = True, False
        elif tag == ",":
            j = _past_parenthesis(tokens, j, limit)
            if j < 0:
                return None
            direct = False
            continue
        elif lower in BE or lower in ("get", "got", "getting"):
            passive, copula, direct = True, True, False
        elif tag in ("MD", "RB", "RBR", "POS") or lower in HAVE or lower in ("to", "not"):
            pass
        elif is_verb(tag) or lower in ("dead", "hurt", "missing", "wounded", "injured"):
            found = _verb_at(tokens, j, limit, passive=passive, direct=direct)
            if found is not None:
                return found
            base = verb_base(lower)
            if base in words["linking"]:
                copula, passive = True, True
            direct = False
        elif copula and tag in ("JJ", "NN", "NNS"):
            return Predicate(lower, j, j, undergone=True)
        elif copula and tag == "IN" and lower in ("in", "under", "on", "at", "behind", "without", "of"):
            found = _prepositional(tokens, j, limit)
            return found
        elif tag in ("JJ",) and direct and j == i:
            return Predicate(lower, j, j, undergone=True)
        elif (tag == "CC" and not direct) or tag == "CC":
            return None
        elif tag in ("IN", "DT", "PRP$", "CD", "NN", "NNS", "NNP", "NNPS", "JJ", "PRP", "(", ")", '"', "'", "TO", "$"):
            direct = False
        else:
            direct = False
        j += 1
    return None


def predicate_left(tokens: Sequence[Token], i: int) -> Predicate | None:
    """Give the verb whose object begins at token `i`, hedges and articles before the figure passed over."""
    words = word_lists("counted.yaml")
    j = i - 1
    while j >= max(0, i - REACH_LEFT):
        token = tokens[j]
        lower = token.lower
        if is_verb(token.tag) and lower not in BE and lower not in HAVE:
            return _object_of(tokens, j, i)
        if lower == "of" and j > 0 and tokens[j - 1].tag in ("NN", "NNS"):
            noun = tokens[j - 1].lower
            if noun == "total":
                j -= 1
                continue
            return Predicate(singular(noun), j - 1, j - 1, undergone=True)
        if lower not in words["openers"] and token.tag not in ("RB", "JJR", "RBR", "DT", "PRP$", "POS"):
            return None
        if lower in ("were", "was", "are", "said"):
            return None
        j -= 1
    return None


def _verb_at(tokens: Sequence[Token], j: int, limit: int, *, passive: bool, direct: bool) -> Predicate | None:
    """The predicate that the verb at `j` makes, or None where it only leads on to another one."""
    words = word_lists("counted.yaml")
    lower = tokens[j].lower
    if lower in ("dead", "missing"):
        return Predicate(lower, j, j, undergone=True)
    joined = _joined(tokens, j)
    if joined is not None:
        return joined._replace(undergone=True)
    base = verb_base(lower)
    if base in words["raising"] and not (direct and tokens[j].tag == "VBN"):
        following = tokens[j + 1] if j + 1 < limit else None
        if following is not None and (
            following.tag in ("TO", "VBN", "VBD", "JJ", "IN", "VBG", "VB")
            or following.lower in ("dead", "that", "missing")
        ):
            return None
    if base in words["linking"] and (
        passive or base not in ("leave", "find", "make", "get", "declare", "list", "keep", "render")
    ):
        following = tokens[j + 1] if j + 1 < limit else None
        if following is not None and (
            following.tag in ("JJ", "VBN", "VBD", "RB", "VBG")
            or following.lower in ("dead", "missing", "homeless", "in", "under", "without")
        ):
            return None
    if base in words["light"]:
        light = _with_object(tokens, j, base, limit)
        if light is not None:
            return Predicate(light[0], j, light[1], undergone=passive or light[0] in words["undergone"])
    participle = tokens[j].tag in PARTICIPLES and (passive or (direct and _closes(tokens, j)))
    return Predicate(base, j, j, undergone=participle or base in words["undergone"])


def _closes(tokens: Sequence[Token], j: int) -> bool:
    """Whether the participle at `j` has no object behind it."""
    return (
        j + 1 >= len(tokens)
        or tokens[j + 1].tag in AFTER_PARTICIPLE
        or tokens[j + 1].lower in word_lists("counted.yaml")["times"]
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
        if tag not in ("PRP$", "DT", "JJ", "VBN", "RB", "CD", "POS"):
            return None
    return None


def _prepositional(tokens: Sequence[Token], j: int, limit: int) -> Predicate:
    """A state told by a preposition and its noun: "in custody", "under arrest"."""
    for k in range(j + 1, min(limit, j + 4)):
        if tokens[k].tag in ("NN", "NNS"):
            words = " ".join(token.lower for token in tokens[j : k + 1])
            return Predicate(words, j, k, undergone=True)
        if tokens[k].tag not in ("JJ", "DT", "PRP$"):
            break
    return Predicate("be", j, j, undergone=True)


def _object_of(tokens: Sequence[Token], j: int, i: int) -> Predicate | None:
    """The predicate of the object at `i` whose verb is token `j`; a verb joined before it is taken along."""
    lower = tokens[j].lower
    base = verb_base(lower)
    if j >= 2 and tokens[j - 1].lower in ("or", "and") and is_verb(tokens[j - 2].tag):
        first = verb_base(tokens[j - 2].lower)
        return Predicate(f"{first} or {base}", j - 2, j, undergone=True)
    return Predicate(base, j, j, undergone=True)


def _past_parenthesis(tokens: Sequence[Token], j: int, limit: int) -> int:
    """The token behind the second comma of an insertion that opens at the comma `j`, or -1."""
    following = tokens[j + 1] if j + 1 < limit else None
    if following is None or following.tag in ("CC",):
        return -1
    if following.lower in RELATIVES:
        return j + 1
    for k in range(j + 2, limit):
        if tokens[k].tag == ",":
            return k + 1
        if tokens[k].tag in CLAUSE_ENDS:
            return -1
    return -1
