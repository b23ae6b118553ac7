"""Tell whether a word is a verb where it stands, whatever the tagger took it for.

Takes the tokens of a sentence and the place of a word; gives yes or no.
"""

from collections.abc import Sequence

from tallystick.languages.english.grammar.tagging import BE
from tallystick.languages.english.speech.sources import NOUNS, Source, is_name, source_before
from tallystick.languages.english.speech.subjects import is_evidence
from tallystick.languages.language import Token

__all__ = ["is_speech_verb", "is_verb_here"]

# What stands between a subject and its verb: "the two both said", "she herself said".
FLOATING = frozenset("both all each himself herself itself themselves".split())
OBJECTS = frozenset(("DT", "PRP", "PRP$", "TO", "NNP", "NNPS", "IN", '"', "JJ", "NN", "NNS", "CD", "WP", "EX"))
SUBJECTS = frozenset(("NNP", "NNPS", "PRP", "NN", "NNS", "WP", "WDT"))
# "..., the Daily Post reports.": its comma stands this far before the verb.
NAME_REACH = 6
# "Polls by X and Y respectively show": the noun stands this far before.
SHOWN_BY = 12
# What may follow "polls show".
SHOWN = frozenset((".", ",", "DT", "NNP", "NNPS", "CD", "PRP", "EX", "IN", "NNS"))


def is_verb_here(tokens: Sequence[Token], i: int) -> bool:
    """Whether the word at `i` is a verb, by its tag or by its place behind a subject and before an object."""
    token = tokens[i]
    if token.tag[:2] == "VB":
        return True
    if token.lower.endswith("ing") and 0 < i < len(tokens) - 1 and tokens[i + 1].tag == "TO":
        # "is planning to", ", promising to": what the tagger may take for a noun or an adjective.
        return tokens[i - 1].text == "," or tokens[i - 1].lower in BE or tokens[i - 1].tag == "RB"
    if token.tag == "NNS" and 0 < i < len(tokens) - 1 and tokens[i - 1].text == "," and tokens[i + 1].lower == "that":
        # "Weiss, the head of the union, notes that".
        return True
    if token.tag not in ("NN", "NNS", "NNP", "NNPS", "JJ") or i == 0 or i + 1 >= len(tokens):
        return False
    before = i - 1
    while before > 0 and (tokens[before].tag == "RB" or tokens[before].lower in FLOATING):
        before -= 1
    subject, after = tokens[before], tokens[i + 1]
    if subject.tag not in SUBJECTS and not is_name(subject):
        return False
    if token.tag in ("NNP", "NNPS"):
        # A headline in capitals: "Weiss Slams the Plan".
        return subject.tag in ("NNP", "NNPS") and token.lower[-1] in "sd" and after.tag in OBJECTS
    plural = subject.tag in ("NNS", "NNPS") or subject.lower in ("i", "we", "you", "they", "who")
    if token.tag == "NNS":
        if subject.lower in ("he", "she", "it", "who", "which") or (not plural and after.lower in ("out", "off")):
            return True
        return not plural and after.tag in OBJECTS and not (after.tag == "IN" and after.lower != "that")
    return plural and (after.tag in ("DT", "PRP$", "PRP", "NNP", "TO", '"') or after.lower == "that")


def is_speech_verb(tokens: Sequence[Token], i: int) -> bool:
    """Whether the noun by its tag at `i` is a verb of speech: "the union estimates that", "polls show voters split"."""
    if i == 0 or i + 1 >= len(tokens):
        return False
    tag, before, after = tokens[i].tag, tokens[i - 1], tokens[i + 1]
    pronoun = before.tag == "PRP" and not is_name(before)
    if tag == "NNS" and before.text == "," and after.lower == "that":
        # "Weiss, the head of the union, notes that".
        return True
    if before.tag not in NOUNS and not pronoun:
        return False
    if tag == "NN":
        return pronoun or _shows(tokens, i) or after.lower == "that"
    if before.tag not in ("NN", "NNP"):
        return False
    if after.text == ":" and i + 2 >= len(tokens):
        # "Metro News reports:".
        return True
    if (
        after.tag == "."
        and before.tag == "NNP"
        and any(token.text == "," for token in tokens[max(0, i - NAME_REACH) : i - 1])
    ):
        return True
    return after.lower in ("that", "to") or after.tag in ("DT", "PRP", "EX")


def _shows(tokens: Sequence[Token], i: int) -> bool:
    """Whether "show" or "estimate", a noun by its tag, is what reports or people do."""
    word = tokens[i].lower
    if word not in ("show", "estimate") or tokens[i + 1].tag not in SHOWN or source_before(tokens, i) is None:
        return False
    near = Source(max(0, i - SHOWN_BY), i)
    return is_evidence(tokens, near) or (word == "estimate" and tokens[i - 1].tag == "NNS")
