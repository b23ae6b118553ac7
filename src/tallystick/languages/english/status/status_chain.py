"""Find the cue that makes a figure a plan, a possibility or a denial.

Takes a sentence, a figure and what it counts; walks from the verb that governs the figure up the chain of modals,
infinitives and the verbs, adjectives and nouns that lead them, and gives the first `Cue` met there.
"""

from tallystick.languages.english.grammar.inflection import singular, verb_base, word_lists
from tallystick.languages.english.grammar.tagging import BE, HAVE, is_verb
from tallystick.languages.english.status.status_neighbors import CLIMB, INNER, NOUNS, Cue, Neighborhood
from tallystick.languages.language import Counted, Sentence
from tallystick.model.claim import Status
from tallystick.model.quantity import Quantity

__all__ = ["Cue", "governing_cue"]

# How far right of the counted its verb is looked for.
RIGHT = 14
FINITE = frozenset(("is", "are", "was", "were", "has", "have", "had", "'s", "’s"))
BARRIERS = frozenset(("who", "which", "that", "while", "because", "although"))
WORTH_NOUNS = 3
# How far before "of" the verb of talk stands, in tokens.
TALK_REACH = 6


def governing_cue(sentence: Sentence, quantity: Quantity, counted: Counted) -> Cue | None:
    """Give the cue that governs `quantity`, or None where it is told as a fact."""
    chain = _Chain(sentence, quantity, counted)
    if chain.standing():
        return None
    return (
        chain.denied()
        or chain.question()
        or chain.beside()
        or chain.behind()
        or chain.above()
        or chain.condition()
        or chain.bracketed()
    )


class _Chain(Neighborhood):
    """A figure under the verbs that govern it."""

    __slots__ = ()

    def above(self) -> Cue | None:
        """The chain over the verb whose subject or object the counted is."""
        anchor = self._anchor()
        found = None if anchor is None else self._climb(anchor)
        return found or self._state()

    def _state(self) -> Cue | None:
        """What an adjective or a state behind the counted makes of it: "troops are due to land", "jobs at risk"."""
        words = word_lists("status/status.yaml")
        if self.counted.predicate_span is None:
            return None
        for i in range(self.end, min(len(self.tokens), self.end + CLIMB)):
            if self.tokens[i].start != self.counted.predicate_span[0]:
                continue
            if self.counted.predicate in words["possible_states"]:
                return Cue(Status.POSSIBLE, i, i + 2)
            leads = i + 1 < len(self.tokens) and self.tokens[i + 1].lower == "to" and not is_verb(self.tokens[i].tag)
            if leads and self.counted.predicate in words["planned_adjectives"]:
                return Cue(Status.PLANNED, i, i + 2)
            if leads and self.counted.predicate in words["possible_adjectives"]:
                return Cue(Status.POSSIBLE, i, i + 2)
        return None

    def _anchor(self) -> int | None:
        """The token of the governing verb."""
        reporting = word_lists("status/status.yaml")["reporting"]
        modal = self._subject_of_modal()
        if modal is not None:
            return modal
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

    def _subject_of_modal(self) -> int | None:
        """The verb of a modal right behind the counted, which makes it the subject: "the 1bn deal would be signed"."""
        i = self.end
        while i < min(len(self.tokens), self.end + 4) and self.tokens[i].tag in ("NN", "NNS", "NNP"):
            i += 1
        if i + 1 >= len(self.tokens) or self.tokens[i].tag != "MD":
            return None
        left = self._left_verb()
        if left is not None and left and self.tokens[left - 1].lower in BARRIERS:
            # "the fire that killed 12 people will be investigated"
            return None
        return i + 1

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
        if self.tokens[anchor].tag == "VBG" and self._apart(anchor):
            return None
        if self.tokens[anchor].tag in ("VBD", "VBZ", "VBP") and self.tokens[anchor].lower not in BE:
            return self._group(anchor)
        if self.tokens[anchor].tag == "VBG" and anchor > 1 and self.tokens[anchor - 1].lower == "of":
            # "the possibility of attracting 20,000", "spoke in May of attracting 20,000"
            return self._noun(anchor - 2) or self._spoken_of(anchor - 2)
        return self._climb_group(anchor)

    def _apart(self, anchor: int) -> bool:
        """Whether a participle tells of its own what happened: "..., killing 12", "old people dying of cold"."""
        if anchor == self.end:
            return True
        return self.tokens[anchor - 1].tag == "," and not any(
            token.tag == "MD" for token in self.tokens[max(0, anchor - TALK_REACH * 2) : anchor]
        )

    def _spoken_of(self, i: int) -> Cue | None:
        """The verb of mere talk that leads "of" and a participle; when and where it was said may stand between."""
        for j in range(i, max(-1, i - TALK_REACH), -1):
            if is_verb(self.tokens[j].tag):
                talk = verb_base(self.tokens[j].lower) in ("speak", "talk", "think", "dream")
                return Cue(Status.POSSIBLE, j, j + 1) if talk else None
        return None

    def _climb_group(self, anchor: int) -> Cue | None:
        """Walk up from a verb that is not finite itself."""
        words = word_lists("status/status.yaml")
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
                return self.modal(i)
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
        words = word_lists("status/status.yaml")
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
        return self.modal(j) if j >= 0 and self.tokens[j].tag == "MD" else None

    def _own(self, anchor: int) -> Cue | None:
        """The governing verb itself: "pledged 500", "were feared dead", "requested 500"."""
        words = word_lists("status/status.yaml")
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
        if base in ("ask", "appeal", "call", "apply", "plead") and self._asks_for(anchor):
            return Cue(Status.POSSIBLE, anchor, anchor + 2)
        if base == "ask" and right and self._passive(anchor):
            return Cue(Status.POSSIBLE, anchor, anchor + 1)
        return self._feared(anchor)

    def _asks_for(self, anchor: int) -> bool:
        """Whether the figure itself is asked for, not something for those counted."""
        nouns = any(t.tag in NOUNS and t.lower != "total" for t in self.tokens[anchor + 1 : self.first])
        return self.following(anchor) == "for" and not nouns

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
        words = word_lists("status/status.yaml")
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
        if lower in ("is", "are", "'s", "were", "was", "’s", "have", "has"):
            return Cue(Status.PLANNED, j, to + 1)
        if j < self.first and self.tokens[j].tag in ("VBG", "VBZ") and verb_base(lower) in ("attempt", "try"):
            return Cue(Status.PLANNED, j, to + 1)
        return self._leads(j, verb_base(lower), infinitive=True) if is_verb(self.tokens[j].tag) else None

    def _leads(self, i: int, base: str, *, infinitive: bool) -> Cue | None:
        """A verb over another verb: "plans to send", "agreed on sending"."""
        words = word_lists("status/status.yaml")
        if base in words["planned_verbs"] | words["passive_only"] and infinitive:
            return Cue(Status.PLANNED, i, i + 1)
        if base in words["planned_verbs"] - words["infinitive_only"] - words["passive_only"]:
            return Cue(Status.PLANNED, i, i + 1)
        if base in words["possible_verbs"] and infinitive:
            return Cue(Status.POSSIBLE, i, i + 1)
        if base in ("consider", "discuss", "mull"):
            return Cue(Status.POSSIBLE, i, i + 1)
        return None

    def _headline(self, anchor: int) -> bool:
        """Whether an infinitive that no verb leads has a subject before it: the future of headlines."""
        return anchor >= 2 and self.tokens[anchor - 1].lower == "to"
