"""Give the whole phrase that names a source: with its appositions, relative clauses and bylines.

Takes the tokens of a sentence and an `Act`; gives the span of the phrase in code points, as a reader would underline
it. Who the source is remains the question of `names`.
"""

from collections.abc import Sequence

from tallystick.languages.english.grammar.tagging import AUXILIARIES
from tallystick.languages.english.speech.acts import Act
from tallystick.languages.english.speech.clauses import is_opening, is_time
from tallystick.languages.english.speech.sources import LINKS, NOUNS, source_before
from tallystick.languages.language import Token
from tallystick.model.attribution import Span

__all__ = ["extent"]

# Longest apposition taken in, in tokens (PolNeAR train: 99 % of the sources have at most 40).
LONGEST_APPOSITION = 36
RELATIVES = frozenset(("who", "which", "whose"))
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
QUOTES = frozenset(('"', "“", "”", "``", "''"))
ADVERBS = frozenset(("RB", "RBR", "MD", "TO"))


def extent(tokens: Sequence[Token], act: Act) -> Span:
    """Give the span of the whole phrase of the source of `act` in code points."""
    first, last = act.source
    cue, end = act.cue
    if act.kind == "according_to":
        # "according to figures released by the ministry": all that is named.
        first, last = min(first, end), max(_qualified(tokens, last), _behind(tokens, last))
    elif last < len(tokens) and tokens[last].tag == "POS":
        last += 1
    elif last <= cue:
        relative = cue - 1
        while relative > last and (tokens[relative].tag in ADVERBS or tokens[relative].lower in AUXILIARIES):
            relative -= 1
        if last <= relative and tokens[relative].lower in RELATIVES:
            # "the lawmakers who had said": the relative pronoun stands for them.
            return tokens[relative].start, tokens[relative].end
        role = _named(tokens, first, cue)
        first, last = role, _before(tokens, last, cue) if role == first else cue
    elif first >= end:
        last = _behind(tokens, last)
    return tokens[first].start, tokens[last - 1].end


def _named(tokens: Sequence[Token], first: int, cue: int) -> int:
    """For "his deputy, Anna Weiss, said", whose source is the name: where "his deputy" begins."""
    if first < 2 or tokens[first - 1].text != "," or tokens[cue - 1].text != ",":
        return first
    before = source_before(tokens, first - 1)
    return first if before is None or is_time(tokens[before.end - 1]) else before.start


def _qualified(tokens: Sequence[Token], last: int) -> int:
    """The end of what is named with a participle behind it: "a poll released on Monday by the union"."""
    if last >= len(tokens) or tokens[last].tag not in ("VBN", "VBD"):
        return last
    return next(
        (k for k in range(last, min(last + LONGEST_APPOSITION, len(tokens))) if tokens[k].tag in (",", ".", ":")), last
    )


def _before(tokens: Sequence[Token], last: int, cue: int) -> int:
    """The end of a subject before its verb: what stands between is told of it, unless it tells when."""
    if not last < cue <= last + LONGEST_APPOSITION:
        return last
    opening = tokens[last]
    end = cue
    while end > last and (tokens[end - 1].tag in ADVERBS or (opening.tag != "VBN" and is_time(tokens[end - 1]))):
        end -= 1
    if end <= last or tokens[end - 1].lower in ("and", "but", "then", "on"):
        return last
    if opening.text == ",":
        if tokens[end - 1].text != ",":
            return last
        inner = tokens[last + 1 : end - 1]
        if not inner or _is_adverbial(inner):
            return last
        return end
    if opening.text == "(" or opening.lower in RELATIVES or opening.tag in ("VBN", "VBG") or opening.lower in LINKS:
        return end - 1 if tokens[end - 1].text == "," and opening.text != "(" and opening.lower in LINKS else end
    return last


def _is_adverbial(inner: Sequence[Token]) -> bool:
    """Whether what stands between commas tells when, where or how rather than who."""
    first = inner[0]
    if first.lower in ("including", "like", "of", "at", "from", "with"):
        return False
    if first.tag in ("IN", "TO", "VBG") or is_time(first):
        return True
    return any(token.text in QUOTES or token.text == ";" for token in inner)


def _behind(tokens: Sequence[Token], last: int) -> int:
    """The end of a source behind its verb: with the apposition up to the next clause or the stop."""
    count = len(tokens)
    if last >= count or (tokens[last].text not in (",", "(") and tokens[last].lower not in RELATIVES):
        return last
    k = last + 1
    if tokens[last].text == ",":
        if k >= count:
            return last
        opening = tokens[k]
        named = (
            opening.tag in ("DT", "NN", "NNP", "NNS", "JJ", "PRP$", "CD", "NNPS", "RB") or opening.lower in RELATIVES
        )
        if not named or is_time(opening) or opening.lower in ("according", "and"):
            return last
    relative = False
    while k < count and k - last < LONGEST_APPOSITION:
        token = tokens[k]
        relative = relative or token.lower in RELATIVES
        if token.text in (";", ":", "—", "--") or is_opening(tokens, k) or (token.tag == "." and k == count - 1):
            break
        if token.text == "," and k + 1 < count and tokens[k + 1].tag in ("VBG", "CC", "IN", "PRP"):
            break
        if token.tag in FINITE and not relative:
            return last
        k += 1
    while k > last and tokens[k - 1].text == ",":
        k -= 1
    return k if any(token.tag in NOUNS for token in tokens[last:k]) else last
