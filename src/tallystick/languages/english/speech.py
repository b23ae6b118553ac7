"""Find the acts of reporting speech of one sentence.

Takes a `Sentence`; gives `Act`s: token ranges of source, cue and content. Names, quotations that run on and what one
sentence takes from another are for `attribution`.
"""

from collections.abc import Sequence
from typing import NamedTuple

from tallystick.languages.english.clauses import closes, is_opening, is_time, past_that, verb_group
from tallystick.languages.english.inflection import singular, verb_base, word_lists
from tallystick.languages.english.sources import NOUNS, Source, source_after, source_before
from tallystick.languages.english.subjects import can_speak, clause_end, is_evidence, is_mute, owner_of
from tallystick.languages.language import Sentence, Token

__all__ = ["Act", "speech_acts"]

BY_REACH = 6
QUOTES = frozenset(('"', "“", "”", "``", "''"))
BREAKS = frozenset((";", "--"))
# A cue that follows another one at once ("..., Lee said, according to the agency") reports that statement itself.
CONTINUED = 3
FIGURES = frozenset("toll figure estimate tally count number total strength losses cost".split())
SETTING = frozenset("put give provide revise raise lower increase cut update set place".split())
INVERTED_ANY = frozenset(("say", "add"))
PRESENT_ONLY = frozenset(("see",))
CLAUSE_ONLY = frozenset(("find", "see", "think", "recall", "observe", "note", "conclude", "reveal"))


class Act(NamedTuple):
    """One act of speech, in token indexes of its sentence.

    Attributes:
        source: The words that name the source.
        cue: [first, one past the last) of the words of speech.
        content: Ranges of what is said.
        kind: See `Attribution.kind`.
        relay: Who relays the words of `source`, or None.
        negated: Whether the source denies the content.
        backward: Whether the content stands before the cue.
    """

    source: Source
    cue: tuple[int, int]
    content: tuple[tuple[int, int], ...]
    kind: str = "indirect"
    relay: Source | None = None
    negated: bool = False
    backward: bool = False


def speech_acts(sentence: Sentence) -> list[Act]:
    """Give the acts of speech of `sentence` in the order of their cues."""
    return _Reader(sentence.tokens).read()


class _Reader:
    """Reads one sentence from left to right."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.words = word_lists("attribution.yaml")
        self.speaking = self.words["saying"] | self.words["acts"] | self.words["denying"] | self.words["quoting"]
        self.acts: list[Act] = []

    def read(self) -> list[Act]:
        """Ask each token whether it is a cue."""
        i, count = 0, len(self.tokens)
        while i < count:
            token = self.tokens[i]
            act: Act | None = None
            if token.tag[:2] == "VB" or token.lower in ("says", "said") or self._is_verb_too(i):
                act = self._verb(i)
            elif token.lower in ("to", "per"):
                act = self._according(i)
            elif token.lower == "in":
                act = self._in_view(i)
            elif token.lower == "by" and i:
                act = self._noun_by(i)
            if act is not None:
                self.acts.append(act)
                i = max(i, act.cue[1] - 1)
            i += 1
        return self.acts

    def _is_verb_too(self, i: int) -> bool:
        """Whether a plural noun by its tag is a verb: "the union estimates that", "the agency increases the toll"."""
        if self.tokens[i].tag != "NNS" or self.tag(i - 1) not in NOUNS or self.tag(i - 1) in ("NNS", "NNPS"):
            return False
        return self.word(i + 1) == "that" or self.tag(i + 1) in ("DT", "PRP", "EX")

    def word(self, i: int) -> str:
        """Token `i` in lower case, or "" beyond the ends."""
        return self.tokens[i].lower if 0 <= i < len(self.tokens) else ""

    def tag(self, i: int) -> str:
        """The tag of token `i`, or "." beyond the ends."""
        return self.tokens[i].tag if 0 <= i < len(self.tokens) else "."

    # Phrases without a verb.

    def _according(self, i: int) -> Act | None:
        """Read "according to X", "as per X"."""
        first = i - 1 if self.word(i - 1) in ("according", "as") else i
        if self.word(i) == "to" and self.word(i - 1) != "according":
            return None
        if self.word(i) == "per" and self.word(i - 1) != "as":
            return None
        named = source_after(self.tokens, i + 1)
        if named is None or self._is_rule(named):
            return None
        source = owner_of(self.tokens, named)
        last = max(named.end, source.end)
        return Act(source, (first, i + 1), self._around(first, last), "according_to", backward=first > 1)

    def _is_rule(self, source: Source) -> bool:
        return any(singular(self.word(k)) in self.words["rules"] for k in range(source.start, source.end))

    def _around(self, first: int, last: int) -> tuple[tuple[int, int], ...]:
        """The sentence without [first, last); a semicolon before bounds it."""
        start = self._back(first)
        ranges = []
        if first > start:
            ranges.append((start, first))
        if last < len(self.tokens) - 1:
            ranges.append((last, len(self.tokens)))
        return tuple(ranges)

    def _in_view(self, i: int) -> Act | None:
        """Read "in X's estimate"."""
        source = source_after(self.tokens, i + 1)
        if source is None:
            return None
        for k in range(source.start + 1, source.end - 1):
            if self.tokens[k].tag == "POS" and self.word(k + 1) in (
                "estimate",
                "estimation",
                "view",
                "opinion",
                "account",
            ):
                return Act(Source(source.start, k), (i, k + 2), self._around(i, k + 2), "noun")
        return None

    def _noun_by(self, i: int) -> Act | None:
        """Read "an announcement in May by X that": a noun of speech whose owner stands behind "by"."""
        reach = range(i - 1, max(-1, i - 5), -1)
        noun = next((k for k in reach if self.tag(k) == "NN" and self._is_speech_noun(self.word(k))), None)
        if noun is None or any(self.tag(k)[:2] == "VB" for k in range(noun + 1, i)):
            return None
        source = source_after(self.tokens, i + 1)
        if source is None or self.word(source.end) not in ("that", "to", "of"):
            return None
        return Act(source, (noun, i + 1), ((source.end, len(self.tokens)),), "noun")

    def _is_speech_noun(self, word: str) -> bool:
        return word in self.words["evidence"] or word in (
            "pledge",
            "promise",
            "claim",
            "offer",
            "request",
            "order",
            "warning",
        )

    # Verbs.

    def _verb(self, i: int) -> Act | None:
        base = verb_base(self.tokens[i].lower)
        if base not in self.speaking and base not in SETTING and base not in self.words["by_agent"]:
            return None
        group = verb_group(self.tokens, i)
        if group.unreal:
            return None
        if group.passive:
            return self._passive(i, base, group.first)
        if base in ("quote", "cite"):
            return self._quoting(i, group.first)
        if base in SETTING and base != "put" and not self._sets_figure(i):
            return None
        if base not in self.speaking and base not in SETTING:
            return None
        if group.participle:
            return self._participle(i, base)
        turned = self._inverted(i, base)
        if turned is not None:
            return turned
        source = self._subject(group.first)
        if source is None or not self._fits(i, base, source):
            return None
        return self._active(i, base, source)

    def _sets_figure(self, i: int) -> bool:
        return any(singular(self.word(k)) in FIGURES for k in range(i + 1, i + 7))

    def _subject(self, first: int) -> Source | None:
        """The subject of the verb group that begins at `first`."""
        before = self.word(first - 1)
        if before in ("and", "but", "then"):
            at = self._clause_subject(first - 1)
            if at is not None:
                return at
        source = source_before(self.tokens, first)
        if source is None or is_mute(self.tokens, source):
            return None
        return source

    def _fits(self, i: int, base: str, source: Source) -> bool:
        """Whether the subject can do what the verb says, and the object is something said."""
        if base in ("claim", "take") and any(singular(self.word(k)) in ("life", "live") for k in range(i + 1, i + 8)):
            return False
        if base == "describe" and not any(self.word(k) in ("as", "how") for k in range(i + 1, i + 12)):
            return False
        return base in ("say", "tell", "add") or can_speak(self.tokens, source)

    def _clause_subject(self, i: int) -> Source | None:
        """The source of the act before, else the subject of the first finite verb of the sentence."""
        if self.acts:
            return self.acts[-1].source
        for k in range(1, i):
            if self.tag(k) in ("VBD", "VBZ", "VBP", "MD"):
                source = source_before(self.tokens, k)
                return None if source is None or is_mute(self.tokens, source) else source
        return None

    def _inverted(self, i: int, base: str) -> Act | None:
        """Read "..., said X": a verb behind a mark, its subject behind it."""
        mark = self.tokens[i - 1] if i else None
        if mark is None or not (mark.text in QUOTES or mark.text in (",", "--", "—", "–", "-")):
            return None
        if base in self.words["not_inverted"] or base in self.words["acts"] or i < 2:
            return None
        source = source_after(self.tokens, i + 1)
        if (
            source is None
            or is_time(self.tokens[source.start])
            or (base == "note" and not can_speak(self.tokens, source))
        ):
            return None
        if not (base in INVERTED_ANY or can_speak(self.tokens, source)) or is_mute(self.tokens, source):
            return None
        following = source.end
        if self.tag(following) in ("VBD", "VBZ", "VBP", "MD", "VBN") and self.word(following - 1) != "who":
            return None
        if self.tag(source.start) == "CD" and mark.text == ",":
            return None
        content = [(self._back(i), i - 1)] if i > 1 else []
        if self.tokens[i - 1].text in QUOTES:
            content = [(self._back(i), i)]
        later = next((k for k in range(following, len(self.tokens)) if is_opening(self.tokens, k)), None)
        if later is not None:
            content.append((later, len(self.tokens)))
        return Act(source, (i, i + 1), tuple(content), negated=base in self.words["denying"], backward=True)

    def _back(self, i: int) -> int:
        """Where content that ends before token `i` begins: behind a semicolon or a statement that is complete."""
        start = max((k + 1 for k in range(i) if self.tokens[k].text in BREAKS), default=0)
        for act in self.acts:
            end = max(act.cue[1], act.source.end)
            if act.backward and end + CONTINUED < i:
                start = max(start, end)
        return start

    def _active(self, i: int, base: str, source: Source) -> Act | None:
        """Read "X said that ..." and "..., X said"."""
        act = base not in self.words["saying"]
        end = closes(self.tokens, i + 1, base)
        before = source.start - 1
        if end is not None and (before >= 0 or not act):
            if act and not (before >= 0 and (self.tokens[before].text in QUOTES or self.tag(before) == ",")):
                return None
            content = [(self._back(source.start), source.start)] if before > 0 else []
            if end < len(self.tokens) - 1 and self.word(end) == ",":
                content.append((end + 1, len(self.tokens)))
            return Act(source, (i, i + 1), tuple(content), backward=True, negated=base in self.words["denying"])
        start = past_that(self.tokens, i + 1)
        if base in CLAUSE_ONLY and not self._clause_follows(i, source):
            return None
        if base in self.words["denying"]:
            return self._denial(i, source, start)
        kind = "act" if act else "indirect"
        stop = clause_end(self.tokens, i, source, act=act)
        return Act(source, (i, i + 1), ((start, stop),) if start < stop else (), kind)

    def _clause_follows(self, i: int, source: Source) -> bool:
        if self.word(i + 1) == "that" or self.tag(i) == "VBZ":
            return True
        return is_evidence(self.tokens, source)

    def _denial(self, i: int, source: Source, start: int) -> Act:
        """The denier; where reports are denied, those whose reports they are."""
        denied = source_after(self.tokens, i + 1)
        if denied is not None:
            head = next(
                (k for k in range(denied.start, denied.end) if self.tag(k) in NOUNS and self.tag(k + 1) not in NOUNS),
                None,
            )
            if head is not None and singular(self.word(head)) in self.words["evidence"] | {
                "claim",
                "allegation",
                "suggestion",
            }:
                return Act(Source(denied.start, head + 1), (i, i + 1), ((head + 1, len(self.tokens)),), negated=True)
        return Act(source, (i, i + 1), ((start, len(self.tokens)),), negated=True)

    def _participle(self, i: int, base: str) -> Act | None:
        """Read ", saying that ...": the subject is that of the clause."""
        if base not in self.words["saying"] and base not in ("promise", "pledge", "vow"):
            return None
        if self.tag(i - 1) in ("DT", "PRP$", "JJ", "POS") or self.tag(i + 1) in (".", ","):
            return None
        source = self._clause_subject(i)
        if source is None or not self._fits(i, base, source):
            return None
        return Act(source, (i, i + 1), ((past_that(self.tokens, i + 1), len(self.tokens)),))

    def _passive(self, i: int, base: str, first: int) -> Act | None:
        """Read "was announced by X", "X was quoted by Y as saying"."""
        if base in ("quote", "cite"):
            return (
                self._quoted(i, first)
                if self.word(i + 1) in ("as", "by", "in") or self.word(i + 1) == "saying"
                else None
            )
        if base not in self.words["by_agent"]:
            return None
        by = next((k for k in range(i + 1, min(i + BY_REACH, len(self.tokens))) if self.word(k) == "by"), None)
        if by is None or any(self.tag(k)[:2] == "VB" or self.word(k) == "," for k in range(i + 1, by)):
            return None
        source = source_after(self.tokens, by + 1)
        if source is None or not can_speak(self.tokens, source):
            return None
        start = 0
        if first == i:
            start = max(
                (k + 1 for k in range(i) if self.word(k) in (",", ";") or self.tag(k) in ("VBD", "VBZ", "VBP")),
                default=0,
            )
        if self.word(i - 1) == ",":
            start = 0
        content = [(start, first)] if first > start else []
        return Act(source, (i, by + 1), tuple(content), "indirect", backward=True)

    def _quoted(self, i: int, first: int) -> Act | None:
        """Read "X was quoted (by Y) as saying", "quoted by Y as saying"."""
        source = source_before(self.tokens, first)
        if source is None:
            return None
        relay: Source | None = None
        j = i + 1
        if self.word(j) == "by" or self.word(j) == "in":
            relay = source_after(self.tokens, j + 1)
            j = j + 1 if relay is None else relay.end
        if self.word(j) == "as" and self.tag(j + 1) == "VBG":
            start = past_that(self.tokens, j + 2)
            end = closes(self.tokens, j + 2, "say")
            if end is None:
                return Act(source, (i, j + 2), ((start, len(self.tokens)),), relay=relay)
            j += 2
        return Act(source, (i, max(j, i + 1)), self._around(source.start, j), relay=relay, backward=True)

    def _quoting(self, i: int, first: int) -> Act | None:
        """Read "Y quoted X as saying ..." and "Y, citing X, said ..."."""
        quoted = source_after(self.tokens, i + 1)
        if quoted is None:
            return None
        participle = self.tag(i) == "VBG"
        relay = self._clause_subject(i) if participle and self.acts else None
        if relay is None:
            at = first - 1 if self.word(first - 1) == "," else first
            relay = source_before(self.tokens, at)
        j = quoted.end
        if self.word(j) == "as" and self.tag(j + 1) == "VBG":
            return Act(quoted, (i, j + 2), ((past_that(self.tokens, j + 2), len(self.tokens)),), relay=relay)
        if not participle:
            return None
        if not can_speak(self.tokens, quoted):
            return None
        said = self.acts[-1] if self.acts and relay == self.acts[-1].source else None
        if said is not None and said.content:
            # "..., the paper said, quoting an official": one statement, relayed.
            self.acts.pop()
            return said._replace(source=quoted, relay=relay, cue=(said.cue[0], max(said.cue[1], said.cue[0] + 1)))
        return Act(quoted, (i, i + 1), self._around(i, j), relay=relay, backward=True)
