"""Read what stands right around a figure: the nouns, modifiers, denials and brackets that make it a plan or a fact.

Takes a sentence, a figure and what it counts; gives the `Cue` that each kind of neighbor makes, or None. The chain of
verbs above the figure is the matter of `status_chain`.
"""

from typing import NamedTuple

from tallystick.languages.english.grammar.inflection import singular, verb_base, word_lists
from tallystick.languages.english.grammar.tagging import BE, HAVE, is_verb
from tallystick.languages.language import Counted, Sentence, Token
from tallystick.model.claim import Measure, Status
from tallystick.model.document import PassageKind
from tallystick.model.quantity import Quantity, QuantityKind

__all__ = ["CLIMB", "INNER", "NOUNS", "Cue", "Neighborhood"]

# Longest way up a chain, in tokens: "agreed on Friday with the two governments to send".
CLIMB = 24
NOUNS = frozenset(("NN", "NNS"))
# Words passed over between the parts of a verb group.
INNER = frozenset("also now already still soon eventually probably n't not never then both only currently".split())
DENIAL_REACH = 25
# How far back the list begins that a figure stands in, in tokens, and what it is made of.
LIST_REACH = 14
LISTED = frozenset("CD NN NNS NNP NNPS JJ JJR CC , POS RB VBN DT".split())
# Shares of a whole, before "of the".
SHARES = frozenset("percent pct cent half third quarter most many some".split())
ASKING = frozenset(("why", "how", "when", "where"))
DOING = frozenset("do does did is are was were has have had can could will would should might".split())


class Cue(NamedTuple):
    """The tokens [first, last) that decide a status."""

    status: Status
    first: int
    last: int
    measure: Measure | None = None


class Neighborhood:
    """A figure in its sentence, with the words around it."""

    __slots__ = ("counted", "end", "first", "inside", "kind", "money", "tokens")

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
        self.money = quantity.kind is QuantityKind.MONEY
        self.inside = self._inside_brackets()
        if self.inside and self.money:
            # "600 million marks (340 million dollars)": the conversion shares the status of what stands before.
            self.first, self.end = self.first - 1, min(len(self.tokens), self.end + 1)

    def _inside_brackets(self) -> bool:
        """Whether the figure with its noun is all that a pair of brackets holds."""
        opened = self.first > 1 and self.tokens[self.first - 1].text == "("
        return opened and self.end < len(self.tokens) and self.tokens[self.end].text == ")"

    def standing(self) -> bool:
        """Whether the figure only tells how many there are of those who are acted upon: "its 290,000 members"."""
        if self.money:
            return False
        i = self.first - 1
        if self.counted.predicate == "expect to recover":
            return True
        if i < 0:
            return False
        if self.tokens[i].tag in ("PRP$", "POS"):
            return True
        words = word_lists("status/status.yaml")
        if self._whole_of_share(i):
            return True
        noun = self.tokens[i - 1].lower if i and self.tokens[i].lower == "of" else ""
        if noun in words["peoples"]:
            return True
        event = self.counted.predicate in words["events"] and self.counted.predicate_span is not None
        if event and self.counted.predicate_span is not None:
            return self.counted.predicate_span[0] < self.tokens[self.first].start
        return any(token.lower == "already" for token in self.tokens[self.end : self.end + 3])

    def _whole_of_share(self, i: int) -> bool:
        """Whether a share of the figure is told, which stands itself: "60% of the 900 miners will go"."""
        of = i - 1
        if of < 1 or self.tokens[i].lower not in ("the", "these", "those") or self.tokens[of].lower != "of":
            return False
        share = self.tokens[of - 1]
        return share.lower in SHARES or share.text == "%"

    def bracketed(self) -> Cue | None:
        """The plan that the sentence makes of what brackets count: "yards to be closed are at Hull (90 workers)"."""
        if not self.inside or self.money:
            return None
        for i in range(self.first - 2, 1, -1):
            if self.tokens[i].lower == "be" and self.tokens[i - 1].lower in ("will", "to"):
                return Cue(Status.PLANNED, i - 1, i + 1)
        return None

    def denied(self) -> Cue | None:
        """A verb of denial over the figure, or a negated verb of sending."""
        words = word_lists("status/status.yaml")
        for i in range(self.first - 1, max(-1, self.first - DENIAL_REACH), -1):
            token = self.tokens[i]
            if token.lower in (";", "but", "which", "who", "following", "after"):
                break
            if token.tag == "," and self._clause_opens(i + 1):
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
        return self._negated()

    def _negated(self) -> Cue | None:
        """A verb of moving or harming people with "not": "is not taking 40,000, 50,000 or 60,000 settlers"."""
        words = word_lists("status/status.yaml")
        i = self.first - 1
        while i > 0 and self.tokens[i].tag in ("CD", ",", "CC", "DT", "RB", "JJR", "IN", "JJ") and i > self.first - 9:
            i -= 1
        if i < 1 or not is_verb(self.tokens[i].tag) or verb_base(self.tokens[i].lower) not in words["deniable"]:
            return None
        j = i - 1
        while j > 0 and self.tokens[j].lower in BE | HAVE | DOING:
            j -= 1
        if self.tokens[j].lower in ("not", "n't", "n’t", "never"):
            return Cue(Status.DENIED, j, i + 1)
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
        words = word_lists("status/status.yaml")
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
        words = word_lists("status/status.yaml")
        i = self.end
        if i >= len(self.tokens):
            return None
        token = self.tokens[i]
        if token.lower == "to" and i + 1 < len(self.tokens) and self._bare(i + 1):
            if self.following(i) == "be":
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
                return self.modal(j)
            if one.tag in ("VBN", "JJ", "VBD"):
                following = self.following(j)
                base = verb_base(one.lower)
                if base in words["planned_verbs"] | words["passive_only"] and (
                    following == "to"
                    or base in ("plan", "earmark", "pledge", "promise", "expect", "approve", "propose")
                ):
                    return Cue(Status.PLANNED, j, j + 1)
                if base in ("fear", "request") or (base == "seek" and self.following(j) not in ("in", "by", "over")):
                    return Cue(Status.POSSIBLE, j, j + 1)
                return None
            if is_verb(one.tag) and one.lower not in BE | HAVE:
                return None
        return None

    def condition(self) -> Cue | None:
        """An "if" that opens the clause of the figure."""
        conditions = word_lists("status/status.yaml")["conditions"]
        for i in range(self.first - 1, max(-1, self.first - CLIMB), -1):
            token = self.tokens[i]
            if token.tag in (",", ":"):
                return None
            if token.lower in conditions and token.lower != "whether":
                return Cue(Status.POSSIBLE, i, i + 1)
        return None

    def _bare(self, i: int) -> bool:
        """Whether a bare verb stands at `i`, adverbs passed over."""
        while i < len(self.tokens) and self.tokens[i].tag == "RB":
            i += 1
        return i < len(self.tokens) and self.tokens[i].tag == "VB"

    def modal(self, i: int) -> Cue | None:
        """What the modal at `i` makes of the figure."""
        words = word_lists("status/status.yaml")
        lower = self.tokens[i].lower
        if self.following(i) == "-":
            return None
        if lower in words["possible_modals"]:
            return Cue(Status.POSSIBLE, i, i + 1)
        if lower in ("would", "'d", "’d"):
            lowered = [token.lower for token in self.tokens[: i + CLIMB]]
            conditional = "if" in lowered or self.following(i) == "have"
            return Cue(Status.POSSIBLE if conditional else Status.PLANNED, i, i + 1)
        if lower in words["planned_modals"]:
            return Cue(Status.PLANNED, i, i + 1)
        return None

    def _clause_opens(self, i: int) -> bool:
        """Whether a new subject and verb begin at token `i`."""
        window = self.tokens[i : i + 4]
        return bool(window) and window[0].lower in ("and", "but", "while", "saying", "adding")

    def following(self, i: int) -> str:
        """Give the word behind token `i`, lower case, adverbs and negations passed over; "" at the end."""
        j = i + 1
        while j < len(self.tokens) and self.tokens[j].lower in INNER:
            j += 1
        return self.tokens[j].lower if j < len(self.tokens) else ""
