"""Find the acts of reporting speech of one sentence.

Takes a `Sentence`; gives `Act`s: token ranges of source, cue and content. Names, quotations that run on and what one
sentence takes from another are for `attribution`.
"""

from collections.abc import Sequence
from functools import cache, lru_cache

from tallystick.languages.english.grammar.inflection import singular, verb_base, word_lists, word_maps
from tallystick.languages.english.speech.acts import Act, around, content_start, ended
from tallystick.languages.english.speech.clauses import closes, is_opening, is_time, past_that, verb_group
from tallystick.languages.english.speech.credits import according_to, credit_line, in_view, noun_by, noun_is
from tallystick.languages.english.speech.introductions import before_colon, beside_quotation
from tallystick.languages.english.speech.sources import NOUNS, Source, source_after, source_before
from tallystick.languages.english.speech.subjects import before_participle, can_speak, clause_end, is_evidence, is_mute
from tallystick.languages.english.speech.verbs import is_speech_verb
from tallystick.languages.language import Sentence, Token

__all__ = ["Act", "speech_acts"]

BY_REACH = 6
# "..., the Daily Post reports.": its comma stands this far before the verb.
NAME_REACH = 6
# "As first reported by" opens a sentence: its verb is at most this token.
AS_REPORTED = 4
QUOTES = frozenset(('"', "“", "”", "``", "''"))
# A longer sentence, in tokens, is a table or has lost its stops (en-train: the longest has 130).
LONGEST_SENTENCE = 500
SAID = frozenset(("says", "said", "SAYS", "SAID", "Says"))
FIGURES = frozenset("toll figure estimate tally count number total strength losses cost".split())
SETTING = frozenset("launch make issue put give provide revise raise lower increase cut update set place".split())
EVENTS = frozenset(("write", "announce", "report", "reveal", "disclose", "describe", "propose"))
# What opens a clause of the report itself behind "..., the chief said,".
CONTRASTS = frozenset(("while", "whereas"))
INVERTED_ANY = frozenset(("say", "add"))
CLAUSE_ONLY = frozenset(("find", "see", "think", "recall", "observe", "conclude", "reveal"))
# How far the "that" of those verbs is looked for.
THAT_REACH = 12
# Tags of quotation marks and colons.
MARKING = frozenset(('"', ":", "``", "''"))
FINITE = frozenset(("VBD", "VBZ", "VBP"))
PHRASES = frozenset(("to", "per", "in", "by", "(", ":", "is", "was"))
# Words kept; hostile text must not fill memory.
REMEMBERED = 20_000


def speech_acts(sentence: Sentence, text: str) -> list[Act]:
    """Give the acts of speech of `sentence`, a part of `text`, in the order of their cues."""
    if len(sentence.tokens) > LONGEST_SENTENCE:
        return []
    return _Reader(sentence.tokens, text).read()


@cache
def _cue_verbs() -> frozenset[str]:
    """Every verb that can be a cue, in the base form."""
    words = word_lists("speech/attribution.yaml")
    return words["saying"] | words["acts"] | words["denying"] | words["quoting"] | words["by_agent"] | SETTING


@lru_cache(maxsize=REMEMBERED)
def _base(lower: str) -> str:
    """The base form of a verb."""
    return word_maps("speech/attribution.yaml")["bases"].get(lower) or verb_base(lower)


@lru_cache(maxsize=REMEMBERED)
def _may_be_cue(lower: str) -> bool:
    """Whether a word can be a cue; beside a quotation any finite verb can, too."""
    return lower in PHRASES or _base(lower) in _cue_verbs()


class _Reader:
    """Reads one sentence from left to right."""

    def __init__(self, tokens: Sequence[Token], text: str) -> None:
        self.tokens = tokens
        self.text = text
        self.words = word_lists("speech/attribution.yaml")
        self.acts: list[Act] = []
        # Whether any verb of the sentence can stand beside a quotation.
        self.quoting = any(token.tag in MARKING for token in tokens)

    def read(self) -> list[Act]:
        """Ask each token that can be a cue whether it is one."""
        floor, quoting = 0, self.quoting
        for i, token in enumerate(self.tokens):
            if i < floor or not (_may_be_cue(token.lower) or (quoting and token.tag in FINITE)):
                continue
            act = self._act(i, token)
            if act is not None:
                self.acts.append(act)
                floor = act.cue[1]
        return ended(self.tokens, self.acts)

    def _act(self, i: int, token: Token) -> Act | None:
        """The act whose cue begins at `i`."""
        tag = token.tag
        if token.lower in ("is", "was"):
            return noun_is(self.tokens, i)
        if tag[:2] == "VB" or token.text in SAID or ((tag in ("NN", "NNS")) and is_speech_verb(self.tokens, i)):
            return self._verb(i)
        if token.lower in ("to", "per"):
            return according_to(self.tokens, self.acts, i)
        if token.lower == "in":
            return in_view(self.tokens, self.acts, i)
        if token.lower == "by" and i:
            return noun_by(self.tokens, i) or in_view(self.tokens, self.acts, i)
        if token.text == ":":
            return before_colon(self.tokens, self.acts, i)
        if token.text == "(":
            return credit_line(self.tokens, self.acts, i, self.text)
        return None

    def word(self, i: int) -> str:
        """Token `i` in lower case, or "" beyond the ends."""
        return self.tokens[i].lower if 0 <= i < len(self.tokens) else ""

    def tag(self, i: int) -> str:
        """The tag of token `i`, or "." beyond the ends."""
        return self.tokens[i].tag if 0 <= i < len(self.tokens) else "."

    def _verb(self, i: int) -> Act | None:
        lower = self.tokens[i].lower
        base = _base(lower)
        if base not in _cue_verbs():
            return beside_quotation(self.tokens, self.acts, i) if self.quoting else None
        group = verb_group(self.tokens, i)
        if group.unreal:
            return None
        if group.passive:
            return self._passive(i, base, group.first)
        if base in ("quote", "cite"):
            return self._quoting(i, group.first)
        if base in SETTING and base != "put" and not self._sets_figure(i):
            return None
        if base not in SETTING and base in self.words["by_agent"] - self.words["saying"] - self.words["acts"]:
            return None
        if group.participle:
            return self._participle(i, base)
        turned = self._inverted(i, base)
        if turned is not None:
            return turned
        source = self._subject(group.first)
        if source is None or not self._fits(i, base, source):
            return None
        act = self._active(i, base, source)
        cited = self.acts[-1] if self.acts else None
        if act is None or cited is None or not source.end <= cited.cue[0] < i:
            return act
        if cited.source == source and cited.relay is not None:
            # "The minister, quoted by the agency, said ...".
            self.acts.pop()
            return act._replace(relay=cited.relay)
        if cited.relay != source:
            return act
        # "A lawmaker, citing the agency, said ...": one statement, relayed.
        self.acts.pop()
        return act._replace(source=cited.source, relay=source)

    def _sets_figure(self, i: int) -> bool:
        if self.word(i) in ("launched", "made", "issued"):
            return any(self.word(k) in ("appeal", "request", "pledge", "promise") for k in range(i + 1, i + 5))
        return any(singular(self.word(k)) in FIGURES for k in range(i + 1, i + 7))

    def _subject(self, first: int) -> Source | None:
        """The subject of the verb group that begins at `first`."""
        at_and = first - 1
        while at_and > 1 and (is_time(self.tokens[at_and]) or self.word(at_and) == "on"):
            at_and -= 1
        if self.word(at_and) in ("and", "but", "then"):
            at = self._clause_subject(at_and)
            if at is not None:
                return at
        source = source_before(self.tokens, first)
        if source is None or is_mute(self.tokens, source):
            return None
        if not can_speak(self.tokens, source):
            return before_participle(self.tokens, source) or source
        return source

    def _fits(self, i: int, base: str, source: Source) -> bool:
        """Whether the subject can do what the verb says, and the object is something said."""
        if base in ("claim", "take") and any(singular(self.word(k)) in ("life", "live") for k in range(i + 1, i + 8)):
            return False
        if base == "describe" and not any(self.word(k) in ("as", "how") for k in range(i + 1, i + 12)):
            return False
        if base in ("say", "tell", "add") or can_speak(self.tokens, source):
            return True
        return base in self.words["saying"] and (self.word(i + 1) == "that" or self.word(i + 1) in (":", '"', "“"))

    def _clause_subject(self, i: int) -> Source | None:
        """The source of the act before, else the nearest subject that can speak."""
        if self.acts:
            return self.acts[-1].source
        for k in range(i - 1, 0, -1):
            if self.tag(k) in ("VBD", "VBZ", "VBP", "MD") and self.tag(k - 1) not in ("WP", "WDT", "RB"):
                source = source_before(self.tokens, k)
                if source is not None and not is_mute(self.tokens, source) and can_speak(self.tokens, source):
                    return source
        return None

    def _inverted(self, i: int, base: str) -> Act | None:
        """Read "..., said X": a verb behind a mark, its subject behind it."""
        mark = self.tokens[i - 1] if i else None
        if mark is None or not (mark.text in QUOTES or mark.text in (",", "--", "—", "–", "-")):
            return None
        asked = base == "ask" and mark.text in QUOTES
        if (base in self.words["not_inverted"] or base in self.words["acts"] or i < 2) and not asked:
            return None
        source = source_after(self.tokens, i + 1)
        if (
            source is None
            or is_time(self.tokens[source.start])
            or (base == "note" and not can_speak(self.tokens, source))
        ):
            return None
        speaks, following = can_speak(self.tokens, source), source.end
        if not (base in INVERTED_ANY or speaks) or is_mute(self.tokens, source):
            return None
        subject = source_before(self.tokens, i) if mark.text == "," else None
        opens = subject is not None and subject.start <= 1 and self.word(following) not in (",", ".", "")
        if opens or (subject is not None and (not speaks or self.tag(following) == "VBG")):
            # "Weiss, a driver in Oslo, said the way was shut": what follows is the content.
            return None
        if self.tag(source.start) == "PRP" and mark.text == "," and self.tag(following) not in (".", ","):
            # "Weiss, a driver in Oslo, said he already had two".
            return None
        if self.tag(following) in ("VBD", "VBZ", "VBP", "MD", "VBN") and self.word(following - 1) != "who":
            return None
        if self.tag(source.start) == "CD" and mark.text == ",":
            return None
        content = [(content_start(self.tokens, self.acts, i), i - 1)] if i > 1 else []
        if self.tokens[i - 1].text in QUOTES:
            content = [(content_start(self.tokens, self.acts, i), i)]
        later = next((k for k in range(following, len(self.tokens)) if is_opening(self.tokens, k)), None)
        if later is not None:
            content.append((later, len(self.tokens)))
        return Act(source, (i, i + 1), tuple(content), negated=base in self.words["denying"], backward=True)

    def _active(self, i: int, base: str, source: Source) -> Act | None:
        """Read "X said that ..." and "..., X said"."""
        act = base not in self.words["saying"]
        end = closes(self.tokens, i + 1, base)
        before = source.start - 1
        if end is not None and (before >= 0 or not act):
            if base == "speak" and self.word(before) not in QUOTES:
                # "the first time the two spoke": an event.
                return None
            if base in EVENTS and before >= 0 and self.tag(before) in NOUNS:
                # "a draft he wrote after the talks".
                return None
            if act and not (before >= 0 and (self.tokens[before].text in QUOTES or self.tag(before) == ",")):
                return None
            content = [(content_start(self.tokens, self.acts, source.start), source.start)] if before > 0 else []
            if end < len(self.tokens) - 1 and self.word(end) == "," and self.word(end + 1) not in CONTRASTS:
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
        if self.tag(i) == "VBZ" or any(self.word(k) == "that" for k in range(i + 1, i + THAT_REACH)):
            return True
        if self.word(source.start - 1) == "by" and source.start > 2:
            # "A survey conducted by the network found voters back the plan".
            conducted = Source(max(0, source.start - NAME_REACH), source.start - 1)
            if is_evidence(self.tokens, conducted):
                return True
        if is_evidence(self.tokens, source):
            return True
        # "They found five men had left" tells what happened.
        return self.tag(source.start) != "PRP" and self._is_clause(i + 1)

    def _is_clause(self, start: int) -> bool:
        """Whether a subject with its finite verb begins at `start`: "found voters favored the plan"."""
        subject = source_after(self.tokens, start)
        if subject is None or self.tag(start) == "PRP":
            return False
        end = subject.end + (self.tag(subject.end) == "RB")
        return self.tag(end) in FINITE or self.tag(end) == "MD"

    def _denial(self, i: int, source: Source, start: int) -> Act:
        """The denier; where reports are denied, those whose reports they are."""
        denied = source_after(self.tokens, i + 1)
        if denied is not None:
            head = denied.start
            while head + 1 < denied.end and self.tag(head + 1) in NOUNS:
                head += 1
            if head > denied.start and self.tag(denied.start) not in ("DT", "PRP$") and self._is_claim(head):
                reported = ((head + 1, len(self.tokens)),)
                return Act(Source(denied.start, head + 1), (i, i + 1), reported, negated=True)
        stop = clause_end(self.tokens, i, source, act=self.word(start - 1) != "that")
        return Act(source, (i, i + 1), ((start, stop),) if start < stop else (), negated=True)

    def _is_claim(self, k: int) -> bool:
        return singular(self.word(k)) in self.words["evidence"] | {"claim", "allegation", "suggestion"}

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
        """Read "was announced by X", "X was quoted by Y as saying", "according to X, cited by Y"."""
        if base in ("quote", "cite") and self.word(i + 1) in ("by", "in") and self._relays(i, first):
            return None
        if base == "quote" or (base == "cite" and self.word(i + 1) != "by"):
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
        opening = i - 1 - (self.word(i - 1) == "first")
        if self.word(opening) == "as" and first == i and self.word(source.end) == "," and i < AS_REPORTED:
            # "As reported by the agency, ...".
            return Act(source, (i, by + 1), ((source.end + 1, len(self.tokens)),), "indirect")
        start = 0
        if first == i:
            start = max(
                (
                    k + 1
                    for k in range(i)
                    if self.word(k) in (",", ";", "--", "—") or self.tag(k) in ("VBD", "VBZ", "VBP")
                ),
                default=0,
            )
        if self.word(i - 1) == ",":
            start = 0
        content = [(start, first)] if first > start else []
        if by > i + 1:
            content.append((i + 1, by))
        return Act(source, (i, by + 1), tuple(content), "indirect", backward=True)

    def _relays(self, i: int, first: int) -> bool:
        """Whether "cited by Y" tells who relays the act before, "according to X"; that act is changed then."""
        said = self.acts[-1] if self.acts else None
        if said is None or said.kind != "according_to" or said.source.end not in (first, first - 1):
            return False
        relay = source_after(self.tokens, i + 2)
        if relay is None:
            return False
        start = said.cue[0]
        self.acts[-1] = said._replace(relay=relay, content=around(self.tokens, self.acts[:-1], start, relay.end))
        return True

    def _quoted(self, i: int, first: int) -> Act | None:
        """Read "X was quoted (by Y) as saying", "quoted by Y as saying"."""
        source = source_before(self.tokens, first - 1 if self.word(first - 1) == "," else first)
        if source is None:
            return None
        relay: Source | None = None
        j = i + 1
        if self.word(j) == "by" or self.word(j) == "in":
            relay = source_after(self.tokens, j + 1)
            j = j + 1 if relay is None else relay.end
        if self.word(j) == "as" and self.word(j + 1).endswith("ing"):
            if self.word(j + 2) == "by":
                relay = source_after(self.tokens, j + 3)
            start = past_that(self.tokens, j + 2)
            end = closes(self.tokens, j + 2, "say")
            if end is None:
                return Act(source, (i, j + 2), ((start, len(self.tokens)),), relay=relay)
            j += 2
        return Act(
            source, (i, max(j, i + 1)), around(self.tokens, self.acts, source.start, j), relay=relay, backward=True
        )

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
        if self.word(j) == "as" and self.word(j + 1).endswith("ing"):
            if closes(self.tokens, j + 2, "say") is not None and relay is not None and relay.start > 1:
                # "..., the agency quoted the minister as saying on Tuesday."
                before = around(self.tokens, self.acts, relay.start, len(self.tokens))
                return Act(quoted, (i, j + 2), before, relay=relay, backward=True)
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
        return Act(quoted, (i, i + 1), around(self.tokens, self.acts, i, j), relay=relay, backward=True)
