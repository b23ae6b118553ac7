"""Tell whether a noun phrase can say anything, and how far a subordinate clause of speech reaches.

Takes the tokens of a sentence and a `Source`; gives yes or no, or a token index.
"""

from collections.abc import Sequence

from tallystick.languages.english.grammar.inflection import singular, word_lists
from tallystick.languages.english.speech.clauses import is_time
from tallystick.languages.english.speech.sources import LINKS, NOUNS, Source, is_name, source_after, source_before
from tallystick.languages.language import Token
from tallystick.values.places import demonym

__all__ = [
    "RELEASED",
    "SUBORDINATORS",
    "before_participle",
    "can_speak",
    "clause_end",
    "is_evidence",
    "is_mute",
    "owner_of",
]

SUBORDINATORS = frozenset("after when before since as while although though because once until if".split())
# A plan or a request that is agreed on ends here: what follows is told by the report itself.
ENDS_OF_ACT = SUBORDINATORS | {"who", "which", "whose", "where", "following", "amid", "despite", ";"}
# A participle stands this far before the end of its phrase: "released by the union in late August".
PARTICIPLE_REACH = 8
RELEASED = frozenset(
    "released issued published compiled made given provided distributed signed prepared posted".split()
)


def can_speak(tokens: Sequence[Token], source: Source) -> bool:
    """Whether the head of `source` is a name, a pronoun, a people or a noun for who speaks or what is read."""
    end = next((k for k in range(source.start + 1, source.end) if tokens[k].lower in LINKS), source.end)
    words = word_lists("speech/attribution.yaml")
    for k in range(end - 1, source.start - 1, -1):
        token = tokens[k]
        if token.tag == "PRP" or is_name(token):
            return not is_time(token)
        if token.tag not in NOUNS and token.lower not in words["bodies"]:
            if token.tag == "DT" and end - source.start == 1:
                return True
            continue
        word = singular(token.lower)
        if (
            any(word in words[name] for name in ("roles", "bodies", "evidence", "people"))
            or token.lower in words["bodies"]
        ):
            return True
        return word.endswith(("er", "ist", "man", "or")) or demonym(token.text) is not None
    return False


def before_participle(tokens: Sequence[Token], source: Source) -> Source | None:
    """For "a poll released in late August found", whose `source` is "late August": the poll; else None."""
    k = source.start - 1
    if k < 2 or tokens[k].tag not in ("IN", "TO"):
        return None
    for i in range(k - 1, max(0, k - PARTICIPLE_REACH), -1):
        if tokens[i].tag in ("VBN", "VBD") and tokens[i - 1].tag in NOUNS:
            found = source_before(tokens, i)
            return found if found is not None and can_speak(tokens, found) else None
        if tokens[i].tag in (",", ".", ":"):
            return None
    return None


def is_mute(tokens: Sequence[Token], source: Source) -> bool:
    """Whether `source` is but a pronoun that nobody hides behind."""
    return (
        source.end - source.start == 1 and tokens[source.start].lower in word_lists("speech/attribution.yaml")["mute"]
    )


def is_evidence(tokens: Sequence[Token], source: Source) -> bool:
    """Whether one of the words of `source` is a report, a figure or the like."""
    evidence = word_lists("speech/attribution.yaml")["evidence"]
    return any(singular(token.lower) in evidence for token in tokens[source.start : source.end])


def owner_of(tokens: Sequence[Token], source: Source) -> Source:
    """For "figures released by the ministry": the ministry; else `source` itself."""
    for k in range(source.end, min(source.end + 3, len(tokens))):
        if tokens[k].lower == "by" and tokens[k - 1].lower in RELEASED and is_evidence(tokens, source):
            return source_after(tokens, k + 1) or source
    return source


def clause_end(tokens: Sequence[Token], verb: int, source: Source, *, act: bool) -> int:
    """One past the last token of what the verb of speech at `verb` reports.

    Args:
        tokens: The sentence.
        verb: The verb.
        source: Its subject.
        act: Whether the verb is one of doing by words, whose object ends with its clause.
    """
    count = len(tokens)
    relative = any(tokens[k].tag in ("WP", "WDT") or tokens[k].lower == "who" for k in range(source.end, verb))
    opening = tokens[source.start - 1].lower if source.start else ""
    count = _semicolon(tokens, verb, count)
    if relative or opening in SUBORDINATORS:
        return next((k for k in range(verb + 1, count) if tokens[k].text == ","), count)
    if act:
        return next((k for k in range(verb + 2, count) if _ends_act(tokens, k)), count)
    return count


def _semicolon(tokens: Sequence[Token], verb: int, count: int) -> int:
    """The first semicolon behind `verb` that no quotation holds, or `count`."""
    for k in range(verb + 1, count):
        if tokens[k].text in ('"', "“", "``"):
            break
        if tokens[k].text == ":" and k > verb + 2 and k + 2 < count and _opens_sentence(tokens, k + 1):
            return k
        if tokens[k].text == ";":
            return k
    return count


def _opens_sentence(tokens: Sequence[Token], k: int) -> bool:
    """Whether a sentence of its own begins at `k`: "polls show a split: A survey of May found ..."."""
    return tokens[k].tag == "DT" and tokens[k].text[0].isupper()


def _ends_act(tokens: Sequence[Token], k: int) -> bool:
    token = tokens[k]
    if token.lower == "that":
        return token.tag == "WDT" and tokens[k - 1].tag in NOUNS
    return token.lower in ENDS_OF_ACT and not (
        token.lower == "as" and tokens[k + 1 : k + 2] and tokens[k - 1].lower == "as"
    )
