"""Find the cue that makes a figure a plan, a possibility or a denial.

Takes a sentence, a figure and what it counts; walks from the verb that governs the figure up the chain of modals,
infinitives and the verbs, adjectives and nouns that lead them, and gives the first `Cue` met there.
"""

from typing import NamedTuple

from tallystick.languages.english.inflection import singular, verb_base, word_lists
from tallystick.languages.english.tagging import BE, HAVE, is_verb
from tallystick.languages.language import Counted, Sentence, Token
from tallystick.model.claim import Measure, Status
from tallystick.model.document import PassageKind
from tallystick.model.quantity import Quantity

__all__ = ["Cue", "governing_cue"]

# Longest way up a chain, in tokens: "agreed on Friday with the two governments to send".
CLIMB = 24
# How far right of the counted its verb is looked for.
RIGHT = 14
NOUNS = frozenset(("NN", "NNS"))
# Words passed over between the parts of a verb group.
INNER = frozenset("also now already still soon eventually probably n't not never then both only currently".split())
DENIAL_REACH = 25
FINITE = frozenset(("is", "are", "was", "were", "has", "have", "had", "'s", "’s"))
BARRIERS = frozenset(("who", "which", "that", "while", "because", "although"))
WORTH_NOUNS = 3
# How far before "of" the verb of talk stands, in tokens.
TALK_REACH = 6
# How far back the list begins that a figure stands in, in tokens, and what it is made of.
LIST_REACH = 14
LISTED = frozenset("CD NN NNS NNP NNPS JJ JJR CC , POS RB VBN DT".split())
ASKING = frozenset(("why", "how", "when", "where"))
DOING = frozenset("do does did is are was were has have had can could will would should might".split())


class Cue(NamedTuple):
    """The tokens [first, last) that decide a status."""

    status: Status
    first: int
    last: int
    measure: Measure | None = None


def governing_cue(sentence: Sentence, quantity: Quantity, counted: Counted) -> Cue | None:
    """Give the cue that governs `quantity`, or None where it is told as a fact."""
    chain = _Chain(sentence, quantity, counted)
    return chain.denied() or chain.question() or chain.beside() or chain.behind() or chain.above() or chain.condition()


class _Chain:
    """A figure in its sentence."""

    __slots__ = ("counted", "end", "first", "kind", "tokens")

    def __init__(self, sentence: Sentence, quantity: Quantity, counted: Counted) -> None:
        self.tokens: tuple[Token, ...] = sentence.tokens
        self.kind = sentence.kind
        self.counted = counted
        start = quantity.start if quantity.hedge is None else min(quantity.start, quantity.hedge[0])
        self.first = sentence.position(start)
        end = quantity.end
        own = counted.end is not None and not counted.inherited and quantity.end <= counted.end <= sentence.end
        if own and counted.end is not None:
            end = counted.end
        self.end = min(len(self.tokens), sentence.position(end - 1) + 1)

    def denied(self) -> Cue | None:
        """A verb of denial over the figure, or a negated verb of sending."""
        words = word_lists("status.yaml")
        for i in range(self.first - 1, max(-1, self.first - DENIAL_REACH), -1):
            token = self.tokens[i]
            if token.lower in (";", "but") or (token.tag == "," and self._clause_opens(i + 1)):
                break
            if is_verb(token.tag) and verb_base(token.lower) in words["denials"]:
                following = [t.lower for t in self.tokens[i + 1 : self.first]]
                objects = any(singular(word) in words["denial_objects"] for word in following)
                direct = verb_base(token.lower) == "deny" and any(
                    word in ("that", "having") or word.endswith("ing") for word in following
                )
                if objects or direct:
                    return Cue(Status.DENIED, i, i + 1)
            if token.lower == "not" and [t.lower for t in self.tokens[i + 1 : i + 3]] == ["true", "that"]:
                return Cue(Status.DENIED, i, i + 3)
        return None

    def question(self) -> Cue | None:
        """A question mark at the end of the sentence, or a question's own order of words at its start."""
        lowered = [token.lower for token in self.tokens[:3]]
        opened = self.tokens[0].lower in ASKING and len(lowered) > 1 and lowered[1] in DOING
        if opened and self.first > 2:
            return Cue(Status.POSSIBLE, 0, 2)
        end = len(self.tokens) - 1
        while end > 0 and self.tokens[end].tag in ('"', "'", ")"):
            end -= 1
        if end >= 0 and self.tokens[end].text == "?":
            return Cue(Status.POSSIBLE, end, end + 1)
        return None

    def beside(self) -> Cue | None:
        """A noun that the figure hangs on: "room for 500", "a target of 500", "a 5-billion-dollar plan"."""
        words = word_lists("status.yaml")
        i = self._before_list()
        while i >= 0 and self.tokens[i].tag in ("DT", "RB", "JJ", "JJS", "JJR", "PRP$"):
            i -= 1
        if i >= 1 and self.tokens[i].tag in ("IN", "TO"):
            noun = singular(self.tokens[i - 1].lower)
            link = self.tokens[i].lower
            if self.tokens[i - 1].lower in ("enough", "sufficient") and link == "for":
                return Cue(Status.POSSIBLE, i - 1, i + 1, Measure.CAPACITY)
            if link in ("for", "of") and noun in ("capacity", "room"):
                return Cue(Status.POSSIBLE, i - 1, i + 1, Measure.CAPACITY)
            if link in ("for", "of") and noun in words["possible_nouns"] and self.tokens[i - 1].tag in NOUNS:
                return Cue(Status.POSSIBLE, i - 1, i + 1)
            if link == "of" and noun in words["planned_nouns"] - words["nouns_with_infinitive"]:
                return Cue(Status.PLANNED, i - 1, i + 1)
            if link == "for" and noun in ("plan", "pledge", "target"):
                return Cue(Status.PLANNED, i - 1, i + 1)
        for j in range(self.end - 1, min(len(self.tokens), self.end + 1)):
            noun = singular(self.tokens[j].lower)
            if j >= self.first and noun in ("plan", "budget", "target", "goal", "pledge", "forecast"):
                return Cue(Status.PLANNED, j, j + 1)
        return None

    def _before_list(self) -> int:
        """The token before the figure, or before its list: "plans for 500 builders and 100 sappers"."""
        i = self.first - 1
        if i < 2 or self.tokens[i].tag not in ("CC", ","):
            return i
        for at in range(i - 1, max(0, i - LIST_REACH), -1):
            if self.tokens[at].tag in ("IN", "TO") and self.tokens[at + 1].tag in ("CD", "RB", "JJR"):
                return at
            if self.tokens[at].tag not in LISTED:
                return i
        return i

    def behind(self) -> Cue | None:
        """A modifier right behind the counted: "expected to come", "it has earmarked", "to be sent", "who will go"."""
        words = word_lists("status.yaml")
        i = self.end
        if i >= len(self.tokens):
            return None
        token = self.tokens[i]
        if token.lower == "to" and i + 1 < len(self.tokens) and self.tokens[i + 1].tag == "VB":
            if self.tokens[i + 1].lower == "be":
                return Cue(Status.PLANNED, i, i + 2)
            if self.kind is PassageKind.HEADLINE:
                return Cue(Status.PLANNED, i, i + 2)
            return None
        relative = token.lower in ("who", "that", "which", "it", "they", "he", "she")
        if not relative and token.tag not in ("VBN", "VBD", "JJ"):
            return None
        for j in range(i, min(len(self.tokens), i + 5)):
            one = self.tokens[j]
            if one.tag == "MD" and relative:
                return self._modal(j)
            if one.tag in ("VBN", "JJ", "VBD"):
                following = self._next(j)
                base = verb_base(one.lower)
                if base in words["planned_verbs"] | words["passive_only"] and (
                    following == "to"
                    or base in ("plan", "earmark", "pledge", "promise", "expect", "approve", "propose")
                ):
                    return Cue(Status.PLANNED, j, j + 1)
                if base in ("fear", "request", "seek") and one.tag != "JJ":
                    return Cue(Status.POSSIBLE, j, j + 1)
                return None
            if is_verb(one.tag) and one.lower not in BE | HAVE:
                return None
        return None

    def above(self) -> Cue | None:
        """The chain over the verb whose subject or object the counted is."""
        anchor = self._anchor()
        return None if anchor is None else self._climb(anchor)

    def condition(self) -> Cue | None:
        """An "if" that opens the clause of the figure."""
        conditions = word_lists("status.yaml")["conditions"]
        for i in range(self.first - 1, max(-1, self.first - CLIMB), -1):
            token = self.tokens[i]
            if token.tag in (",", ":"):
                return None
            if token.lower in conditions and token.lower != "whether":
                return Cue(Status.POSSIBLE, i, i + 1)
        return None

    def _anchor(self) -> int | None:
        """The token of the governing verb."""
        reporting = word_lists("status.yaml")["reporting"]
        left = self._left_verb()
        right = self._right_verb()
        if self.counted.predicate_span is not None:
            start = self.counted.predicate_span[0]
            for i in range(max(0, self.first - CLIMB), min(len(self.tokens), self.end + CLIMB)):
                if self.tokens[i].start == start and (is_verb(self.tokens[i].tag) or i > self.end):
                    return i
        if left is None or (verb_base(self.tokens[left].lower) in reporting and right is not None):
            return right
        if any(t.tag == "," for t in self.tokens[left + 1 : self.first]) and right is not None:
            return right
        return left

    def _left_verb(self) -> int | None:
        for i in range(self.first - 1, max(-1, self.first - CLIMB), -1):
            tag = self.tokens[i].tag
            if (tag == ":" and not self._elliptic(i)) or self.tokens[i].lower in BARRIERS:
                return None
            if is_verb(tag):
                return i
        return None

    def _elliptic(self, mark: int) -> bool:
        """Whether the figure's part of a list has no verb of its own: "Italy will send 200; Greece, 100"."""
        if self.tokens[mark].text != ";":
            return False
        for token in self.tokens[mark + 1 :]:
            if token.tag == ":":
                return True
            if is_verb(token.tag):
                return False
        return True

    def _right_verb(self) -> int | None:
        for i in range(self.end, min(len(self.tokens), self.end + RIGHT)):
            token = self.tokens[i]
            if token.tag == ":" or token.tag == "CC":
                return None
            if is_verb(token.tag) and token.lower not in BE | HAVE:
                return i
            if is_verb(token.tag) and not any(is_verb(t.tag) for t in self.tokens[i + 1 : i + 4]):
                return i
        return None

    def _climb(self, anchor: int) -> Cue | None:
        """Walk up from the verb at `anchor` to the finite verb of its clause; give the first cue on the way."""
        own = self._own(anchor)
        if own is not None:
            return own
        if self.tokens[anchor].tag in ("VBD", "VBZ", "VBP") and self.tokens[anchor].lower not in BE:
            return self._group(anchor)
        if self.tokens[anchor].tag == "VBG" and anchor > 1 and self.tokens[anchor - 1].lower == "of":
            # "the possibility of attracting 20,000", "spoke in May of attracting 20,000"
            return self._noun(anchor - 2) or self._spoken_of(anchor - 2)
        return self._climb_group(anchor)

    def _spoken_of(self, i: int) -> Cue | None:
        """The verb of mere talk that leads "of" and a participle; when and where it was said may stand between."""
        for j in range(i, max(-1, i - TALK_REACH), -1):
            if is_verb(self.tokens[j].tag):
                talk = verb_base(self.tokens[j].lower) in ("speak", "talk", "think", "dream")
                return Cue(Status.POSSIBLE, j, j + 1) if talk else None
        return None

    def _climb_group(self, anchor: int) -> Cue | None:
        """Walk up from a verb that is not finite itself."""
        words = word_lists("status.yaml")
        i = anchor - 1
        infinitive = self.tokens[anchor].tag == "VB"
        steps = 0
        nouns = 0
        while i >= 0 and steps < CLIMB:
            token = self.tokens[i]
            lower, tag = token.lower, token.tag
            steps += 1
            if tag == ":" or lower in BARRIERS:
                return None
            if tag == "MD":
                return self._modal(i)
            if lower == "to" and i + 1 < len(self.tokens) and self.tokens[i + 1].tag in ("VB", "NN"):
                infinitive = True
                lead = self._lead(i)
                if lead is not None:
                    return lead
            elif is_verb(tag) and lower not in BE | HAVE:
                base = verb_base(lower)
                lead = self._leads(i, base, infinitive=infinitive)
                if lead is not None:
                    return lead
                if base in words["reporting"] or tag in ("VBD", "VBZ", "VBP"):
                    return self._group(i)
            elif self._finite_be(i):
                return None
            elif tag in NOUNS and infinitive and nouns < WORTH_NOUNS:
                nouns += 1
                noun = self._noun(i)
                if noun is not None:
                    return noun
            i -= 1
        if infinitive and i < 0 and self._headline(anchor):
            return Cue(Status.PLANNED, anchor - 1, anchor + 1)
        return None

    def _noun(self, i: int) -> Cue | None:
        """A noun that leads an infinitive: "a plan to send"."""
        words = word_lists("status.yaml")
        noun = singular(self.tokens[i].lower)
        if noun in words["possible_nouns"]:
            return Cue(Status.POSSIBLE, i, i + 1)
        return Cue(Status.PLANNED, i, i + 1) if noun in words["planned_nouns"] else None

    def _finite_be(self, i: int) -> bool:
        """Whether a finite form of be or have stands at `i`: the top of a chain."""
        token = self.tokens[i]
        return token.tag != "POS" and token.lower in FINITE

    def _group(self, i: int) -> Cue | None:
        """A modal right before the verb at `i`."""
        j = i - 1
        while j >= 0 and (self.tokens[j].lower in INNER | BE | HAVE or self.tokens[j].tag == "RB"):
            j -= 1
        return self._modal(j) if j >= 0 and self.tokens[j].tag == "MD" else None

    def _own(self, anchor: int) -> Cue | None:
        """The governing verb itself: "pledged 500", "were feared dead", "requested 500"."""
        words = word_lists("status.yaml")
        token = self.tokens[anchor]
        base = verb_base(token.lower)
        if not is_verb(token.tag):
            return self._feared(anchor)
        right = anchor >= self.end
        planned = words["planned_verbs"] - words["infinitive_only"] - words["passive_only"]
        if (base in planned or (base in ("expect", "project", "forecast", "predict") and not right)) and not (
            right and not self._passive(anchor)
        ):
            return Cue(Status.PLANNED, anchor, anchor + 1)
        if base in words["possible_verbs"] - words["possible_infinitive_only"] and not (
            right and not self._passive(anchor)
        ):
            return Cue(Status.POSSIBLE, anchor, anchor + 1)
        if base == "ask" and self._next(anchor) == "for":
            return Cue(Status.POSSIBLE, anchor, anchor + 2)
        if base == "ask" and right and self._passive(anchor):
            return Cue(Status.POSSIBLE, anchor, anchor + 1)
        return self._feared(anchor)

    def _feared(self, anchor: int) -> Cue | None:
        """Read "are feared dead", "believed to have been killed" before the predicate."""
        for j in range(anchor - 1, max(-1, anchor - 5, self.end - 1), -1):
            if self.tokens[j].lower in ("feared", "presumed"):
                return Cue(Status.POSSIBLE, j, anchor + 1)
        return None

    def _passive(self, i: int) -> bool:
        before = [token.lower for token in self.tokens[max(0, i - 3) : i]]
        return any(word in BE for word in before) or (self.tokens[i].tag == "VBN" and i == self.end)

    def _lead(self, to: int) -> Cue | None:
        """What leads the infinitive whose "to" is token `to`."""
        words = word_lists("status.yaml")
        j = to - 1
        while (
            j >= 0
            and (self.tokens[j].lower in INNER or self.tokens[j].tag == "RB")
            and (self.tokens[j].lower not in words["planned_adjectives"])
        ):
            j -= 1
        if j < 0:
            return None
        lower = self.tokens[j].lower
        if lower in words["possible_adjectives"]:
            return Cue(Status.POSSIBLE, j, to + 1)
        if lower in words["planned_adjectives"]:
            return Cue(Status.PLANNED, j, to + 1)
        if lower in ("is", "are", "'s", "were", "was", "’s"):
            return Cue(Status.PLANNED, j, to + 1)
        return self._leads(j, verb_base(lower), infinitive=True) if is_verb(self.tokens[j].tag) else None

    def _leads(self, i: int, base: str, *, infinitive: bool) -> Cue | None:
        """A verb over another verb: "plans to send", "agreed on sending"."""
        words = word_lists("status.yaml")
        if base in words["planned_verbs"] | words["passive_only"] and infinitive:
            return Cue(Status.PLANNED, i, i + 1)
        if base in words["planned_verbs"] - words["infinitive_only"] - words["passive_only"]:
            return Cue(Status.PLANNED, i, i + 1)
        if base in words["possible_verbs"] and infinitive:
            return Cue(Status.POSSIBLE, i, i + 1)
        if base in ("consider", "discuss", "mull"):
            return Cue(Status.POSSIBLE, i, i + 1)
        return None

    def _modal(self, i: int) -> Cue | None:
        """What the modal at `i` makes of the figure."""
        words = word_lists("status.yaml")
        lower = self.tokens[i].lower
        if self._next(i) == "-":
            return None
        if lower in words["possible_modals"]:
            return Cue(Status.POSSIBLE, i, i + 1)
        if lower in ("would", "'d", "’d"):
            lowered = [token.lower for token in self.tokens[: i + CLIMB]]
            conditional = "if" in lowered or self._next(i) == "have"
            return Cue(Status.POSSIBLE if conditional else Status.PLANNED, i, i + 1)
        if lower in words["planned_modals"]:
            return Cue(Status.PLANNED, i, i + 1)
        return None

    def _headline(self, anchor: int) -> bool:
        """Whether an infinitive that no verb leads has a subject before it: the future of headlines."""
        return anchor >= 2 and self.tokens[anchor - 1].lower == "to"

    def _clause_opens(self, i: int) -> bool:
        """Whether a new subject and verb begin at token `i`."""
        window = self.tokens[i : i + 4]
        return bool(window) and window[0].lower in ("and", "but", "while", "saying", "adding")

    def _next(self, i: int) -> str:
        j = i + 1
        while j < len(self.tokens) and self.tokens[j].lower in INNER:
            j += 1
        return self.tokens[j].lower if j < len(self.tokens) else ""
