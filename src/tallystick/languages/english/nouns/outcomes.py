"""Read what happened to people from the words around a verb: "shot dead", "taken to a hospital", "went for work".

Takes the tokens of a sentence and the index of a verb with its base form; gives the meaning that those words make of
it, as dossiers list it, or None.
"""

from collections.abc import Sequence
from itertools import pairwise

from tallystick.languages.english.grammar.inflection import singular, verb_base, word_lists
from tallystick.languages.language import Token

__all__ = ["OUTCOMES", "fatal", "harmed", "outcome", "split_loss", "to_hospital", "told_around"]

# Outcomes that stand behind the counted without a verb.
OUTCOMES = frozenset(("dead", "hurt", "missing", "wounded", "injured"))
# How far behind a verb its destination stands, in tokens, and how far the end of whom it moved.
NEAR = 8
FAR = 16
# What divides a loss from its parts, and the words of those parts.
SPLITTERS = frozenset((":", ",", "(", "-", "--", "—", "–"))
DIED = frozenset(("killed", "dead", "died"))
HURT = frozenset(("wounded", "injured"))
BULLETS = frozenset(("gunfire", "bullet", "bullets", "gunshot", "gunshots", "shots"))
GOING = frozenset(("go", "come", "travel", "leave", "move"))
CLAUSE_MARKS = frozenset((",", ".", ":"))
RELATIVES = frozenset(("who", "that", "which", "whom"))


def told_around(tokens: Sequence[Token], j: int, base: str) -> str | None:
    """Give the meaning of the verb `base` at `j` by the words behind it, apart from that it killed."""
    if base in word_lists("nouns/counted.yaml")["carried"] and to_hospital(tokens, j):
        return "hospitalize"
    if base in ("hit", "strike") and any(token.lower in BULLETS for token in tokens[j + 1 : j + NEAR // 2 + 1]):
        return "shoot"
    return "go for work" if base in GOING and _for_work(tokens, j) else None


def outcome(word: str) -> str:
    """Give the predicate that an outcome makes: "injured" tells "injure", "dead" stays."""
    return word if word in ("dead", "missing") else verb_base(word)


def fatal(tokens: Sequence[Token], j: int) -> bool:
    """Tell whether the words around the verb at `j` say that it killed: "shot dead", "fatally shot"."""
    following = [token.lower for token in tokens[j + 1 : j + 3]]
    if following[:1] == ["dead"] or following == ["to", "death"] or (j > 0 and tokens[j - 1].lower == "fatally"):
        return True
    # "mudslides swept 200 people to their deaths"
    window = [token.lower for token in tokens[j + 1 : j + 1 + FAR]]
    return any(window[i : i + 2] == ["to", "their"] and window[i + 2 : i + 3] in (["death"], ["deaths"])
               for i in range(len(window)))  # fmt: skip


def harmed(tokens: Sequence[Token], j: int) -> bool:
    """Tell whether "with" at `j` tells of a harm: "people with gunshot wounds"."""
    harms = word_lists("nouns/counted.yaml")["harms"]
    return any(singular(token.lower) in harms for token in tokens[j + 1 : j + 5])


def split_loss(tokens: Sequence[Token], end: int) -> bool:
    """Tell whether a loss that ends before token `end` is told as killed and wounded: "lost 9: 4 killed, 5 wounded"."""
    if end >= len(tokens) or (tokens[end].text not in SPLITTERS and tokens[end].lower != "including"):
        return False
    told: set[str] = set()
    for i in range(end + 1, min(len(tokens), end + 1 + FAR)):
        if tokens[i].tag == ".":
            break
        if tokens[i].tag == "CD":
            told.update(token.lower for token in tokens[i + 1 : i + 4])
    return bool(told & DIED) and bool(told & HURT)


def to_hospital(tokens: Sequence[Token], j: int) -> bool:
    """Tell whether what begins at `j` leads to a hospital: "taken to two hospitals in the city"."""
    hospitals = word_lists("nouns/counted.yaml")["hospitals"]
    linked = False
    for token in tokens[j + 1 : j + 1 + NEAR]:
        if token.tag in CLAUSE_MARKS or token.lower in RELATIVES:
            return False
        linked = linked or token.tag in ("TO", "IN")
        if linked and singular(token.lower) in hospitals:
            return True
    return False


def _for_work(tokens: Sequence[Token], j: int) -> bool:
    """Whether people went abroad for work: "went to Russia for work", "came in search of jobs"."""
    following = [token.lower for token in tokens[j + 1 : j + 1 + NEAR]]
    return any(one in ("for", "of") and two in ("work", "jobs") for one, two in pairwise(following))
