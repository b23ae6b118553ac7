"""Find who thinks, wants, intends or judges something in one sentence: what is reported of somebody without speech.

Takes a `Sentence` and its acts of speech; gives further `Act`s of the kind "stance". They tell whose view a text gives,
and never who asserts a figure.
"""

from collections.abc import Sequence
from functools import cache, lru_cache

from tallystick.languages.english.grammar.inflection import singular, verb_base, word_lists, word_maps
from tallystick.languages.english.speech.acts import Act
from tallystick.languages.english.speech.anonymous import anonymous, is_hint, is_told_of
from tallystick.languages.english.speech.clauses import past_that, verb_group
from tallystick.languages.english.speech.holders import holder, nearest
from tallystick.languages.english.speech.sources import Source, source_after, source_before
from tallystick.languages.english.speech.subjects import RELEASED, can_speak
from tallystick.languages.english.speech.verbs import is_verb_here
from tallystick.languages.language import Sentence, Token

__all__ = ["stances"]

# A longer sentence, in tokens, is a table or has lost its stops.
LONGEST_SENTENCE = 500
# Words that may open what a stance is about, and are not part of the content.
OPENERS = frozenset(("that", "as", "for", "of", "on", "about", "against", "by", "with", "over", "toward", "towards"))
# An agent stands this near behind its passive: "was endorsed on Friday by".
AGENT_REACH = 8
# Words between an owner and its noun: "the union's long-standing fear".
OWNER_REACH = 4
# What one would have or make is nobody's stance yet (PolNeAR train: one in four is marked; of plain verbs 41 %).
MODALS = frozenset("would will could should can may might must 'd ’d 'll ’ll wo ca".split())
LINKING_VERBS = frozenset("is are was were be been am feel feels felt seem seems seemed remain remains".split())
# The author's own views are no attribution.
OWN_VOICE = frozenset(("i", "we", "you"))
# The object of "have" and "make" stands within so many words.
OBJECT_REACH = 6
FINISHED = frozenset(("been", "who", "which", "that"))
# Words that open a clause of its own behind what a stance is about.
CLAUSE_OPENERS = frozenset(", ; -- — and but as while when because although though after before if since".split())
RELATIVES = frozenset(("who", "which", "that", "whose"))
FOLLOWING = frozenset(("whether", "if", "to", "that", "for", "of", "about", "as"))
PREPOSITIONS = frozenset(("in", "by"))
# A survey named within so many words of the start of its sentence is told of behind it.
FRONT = 3
# Its noun stands within so many words behind the preposition, and so much of when it was taken behind itself.
SURVEY_REACH = 12
FRONT_REACH = 16
# What a survey tells without a figure.
SHARES = frozenset(("percent", "points", "lead", "leads", "led", "ahead", "behind", "support"))
# Base forms kept; hostile text must not fill memory.
REMEMBERED = 20_000


def stances(sentence: Sentence, acts: Sequence[Act], quoted: Sequence[bool]) -> list[Act]:
    """Give the stances of `sentence` in the order of their cues, none inside what is quoted or reported.

    Args:
        sentence: The sentence.
        acts: Its acts of speech.
        quoted: For each token whether it stands inside quotation marks.
    """
    tokens = sentence.tokens
    if len(tokens) > LONGEST_SENTENCE:
        return []
    told = [i for i, token in enumerate(tokens) if _is_cue(token.lower)]
    if not any(_is_survey(token.lower) for token in tokens):
        told = [i for i in told if tokens[i].lower not in PREPOSITIONS]
    if not told:
        return []
    closed = list(quoted)
    if any(spoken.relay is not None for spoken in acts):
        # "The agency, citing the minister, reported": the relay of a statement, read with it.
        told = [i for i in told if _base(tokens[i].lower) not in ("cite", "quote")]
    for spoken in acts:
        for first, last in (*spoken.content, spoken.cue):
            closed[first:last] = [True] * (last - first)
    shares = bool(acts) and all(_is_share(tokens, spoken.source) for spoken in acts)
    found: list[Act] = []
    floor = 0
    for i in told:
        if i < floor or (closed[i] and not (shares and not quoted[i] and tokens[i].lower in PREPOSITIONS)):
            continue
        act = _stance(tokens, i, acts)
        if act is not None:
            found.append(act)
            floor = act.cue[1]
    starts = sorted(act.source.start for act in (*acts, *found) if not act.backward and act.kind != "anonymous")
    return [_ended(tokens, act, starts) for act in found]


def _is_share(tokens: Sequence[Token], source: Source) -> bool:
    """Whether a source is a part of those who were asked: "40 percent of voters"."""
    return any(token.tag == "CD" or token.lower in ("percent", "%") for token in tokens[source.start : source.end])


def _ended(tokens: Sequence[Token], act: Act, starts: Sequence[int]) -> Act:
    """The act, its content ended where the clause of another source begins: "opposes it, as polls show ..."."""
    first, last = act.content[-1]
    for start in starts:
        if first < start - 1 < last and tokens[start - 1].lower in CLAUSE_OPENERS and start > act.cue[1]:
            end = start - 1
            while end > first + 1 and tokens[end - 1].text in (",", ";", "—", "--"):
                end -= 1
            return act._replace(content=(*act.content[:-1], (first, end)))
    return act


def _stance(tokens: Sequence[Token], i: int, acts: Sequence[Act]) -> Act | None:
    token = tokens[i]
    words = word_lists("speech/stances.yaml")
    if is_told_of(tokens, i):
        return anonymous(tokens, i, _clause_end(tokens, i))
    base = _base(token.lower)
    if (base in _verbs() or _is_framed(tokens, i, base)) and is_verb_here(tokens, i):
        act = _verb(tokens, i, acts)
        if act is not None:
            return act
    if base in words["light"] and token.tag[:2] == "VB":
        return _light(tokens, i)
    if is_hint(token.lower):
        return anonymous(tokens, i, _clause_end(tokens, i))
    if token.tag in ("NN", "NNS") and singular(token.lower) in words["nouns"]:
        return _noun(tokens, i) or _unowned(tokens, i)
    if token.tag in ("NN", "NNS"):
        return _unowned(tokens, i)
    if token.lower in words["feelings"]:
        return _feeling(tokens, i)
    if token.lower in PREPOSITIONS:
        return _survey(tokens, i)
    return None


@lru_cache(maxsize=REMEMBERED)
def _is_cue(lower: str) -> bool:
    """Whether a word can be the cue of a stance."""
    words = word_lists("speech/stances.yaml")
    if lower in PREPOSITIONS or lower in words["feelings"] or is_hint(lower):
        return True
    if singular(lower) in _loose():
        return True
    return _base(lower) in _cues() or singular(lower) in words["nouns"]


@lru_cache(maxsize=REMEMBERED)
def _base(lower: str) -> str:
    """The base form of a verb."""
    known = word_maps("speech/stances.yaml")["bases"].get(lower) or word_maps("speech/attribution.yaml")["bases"].get(
        lower
    )
    return known or verb_base(lower)


@cache
def _verbs() -> frozenset[str]:
    """Every verb that can be the cue of a stance, in the base form."""
    own, speech = word_lists("speech/stances.yaml"), word_lists("speech/attribution.yaml")
    spoken = speech["saying"] | speech["acts"] | speech["denying"]
    return (own["holding"] | own["judging"] | own["telling"] | spoken) - own["weak"]


@cache
def _cues() -> frozenset[str]:
    """Every verb that can open a stance, alone or with what follows it, in the base form."""
    words = word_lists("speech/stances.yaml")
    return _verbs() | words["light"] | {pair.split()[0] for pair in words["framed"]}


def _is_framed(tokens: Sequence[Token], i: int, base: str) -> bool:
    """Whether the verb at `i` reports a view with the word behind it: "fired back", "continues to"."""
    if i + 1 >= len(tokens):
        return False
    return f"{base} {tokens[i + 1].lower}" in word_lists("speech/stances.yaml")["framed"]


def _verb(tokens: Sequence[Token], i: int, acts: Sequence[Act]) -> Act | None:
    group = verb_group(tokens, i)
    if group.passive:
        return _agent(tokens, i, group.first)
    if tokens[i].lower in RELEASED and group.first == i and i + 1 < len(tokens) and tokens[i + 1].tag == "IN":
        # "a poll released in May": the participle tells of the noun.
        return None
    if _is_idle(tokens, i):
        return None
    source = _speaker(tokens, i, acts) or holder(tokens, i, group)
    if source is None or tokens[source.start].lower in OWN_VOICE:
        return None
    return _act(tokens, source, (group.first, i + 1))


def _is_idle(tokens: Sequence[Token], i: int) -> bool:
    """Whether the verb at `i` tells of no view because of what stands behind it: "released in May", "voted."."""
    words = word_lists("speech/stances.yaml")
    base, after = _base(tokens[i].lower), tokens[i + 1] if i + 1 < len(tokens) else None
    if after is None or after.tag in (",", ".", "CC"):
        return base in words["idle_alone"]
    return after.tag == "IN" and after.lower != "that" and base in words["idle_before_prepositions"]


def _speaker(tokens: Sequence[Token], i: int, acts: Sequence[Act]) -> Source | None:
    """For '"It stays shut," said Weiss, referring to ...': whoever spoke just before."""
    if tokens[i].tag != "VBG" or i == 0 or tokens[i - 1].text != ",":
        return None
    before = [act for act in acts if act.cue[1] <= i and act.backward and act.source.end <= i]
    return before[-1].source if before else None


def _act(tokens: Sequence[Token], source: Source, cue: tuple[int, int]) -> Act | None:
    """The stance of `source` about what follows `cue`."""
    i = cue[1] - 1
    start, end = past_that(tokens, i + 1), _clause_end(tokens, i)
    if _is_inner(tokens, source, cue):
        end = next((k for k in range(i + 2, end) if tokens[k].text == ","), end)
    if start < end and tokens[start].lower in OPENERS:
        start += 1
    if start >= end or (end - start == 1 and tokens[start].tag in ("RP", "IN")):
        return None
    return Act(source, cue, ((start, end),), "stance")


def _is_inner(tokens: Sequence[Token], source: Source, cue: tuple[int, int]) -> bool:
    """Whether the verb tells of a noun inside another clause: "voters who fear", "a pastor supporting"."""
    if any(tokens[k].lower in RELATIVES for k in range(source.end - 1, cue[0])):
        return True
    return tokens[cue[0]].tag == "VBG" and cue[0] == source.end


def _light(tokens: Sequence[Token], i: int) -> Act | None:
    """Read "has doubts about ...", "made it clear that ...", "is a critic of ..."."""
    objects = word_lists("speech/stances.yaml")["objects"]
    for k in range(i + 1, min(i + 1 + OBJECT_REACH, len(tokens) - 1)):
        token = tokens[k]
        if token.lower in FINISHED or token.tag[:2] == "VB" or token.tag in (",", ".", ":", "IN"):
            return None
        if singular(token.lower) not in objects:
            continue
        if tokens[k + 1].lower not in OPENERS and tokens[k + 1].lower != "to":
            return None
        group = verb_group(tokens, i)
        if group.passive or any(tokens[m].lower in MODALS for m in range(group.first, i)):
            return None
        source = holder(tokens, i, group)
        if source is None or tokens[source.start].lower in OWN_VOICE:
            return None
        return _act(tokens, source, (group.first, k + 1))
    return None


def _feeling(tokens: Sequence[Token], i: int) -> Act | None:
    """Read "voters are optimistic that ..." and "she was critical of ..."."""
    if i + 1 >= len(tokens) or (tokens[i + 1].lower not in OPENERS and tokens[i + 1].lower != "to"):
        return None
    k = i - 1
    while k > 0 and tokens[k].tag == "RB":
        k -= 1
    if k < 1 or tokens[k].lower not in LINKING_VERBS:
        return None
    source = source_before(tokens, k)
    if source is None or not can_speak(tokens, source):
        return None
    return _act(tokens, source, (k, i + 1))


@lru_cache(maxsize=REMEMBERED)
def _is_survey(lower: str) -> bool:
    """Whether a word names what finds out the views of many."""
    return singular(lower) in word_lists("speech/stances.yaml")["surveys"]


def _survey(tokens: Sequence[Token], i: int) -> Act | None:
    """Read "In a poll of May, 40 percent ..." and "He fell to 10 percent in the latest poll"."""
    if not any(_is_survey(token.lower) for token in tokens[i + 1 : i + 1 + SURVEY_REACH]):
        return None
    source = source_after(tokens, i + 1)
    if source is None or not any(_is_survey(token.lower) for token in tokens[source.start : source.end]):
        return None
    if i < FRONT:
        end = _clause_end(tokens, source.end - 1)
        comma = next((k for k in range(source.end, min(end, source.end + FRONT_REACH)) if tokens[k].text == ","), None)
        return None if comma is None else Act(source, (i, i + 1), ((comma + 1, end),), "stance")
    start = max((k + 1 for k in range(i) if tokens[k].text in (";", "—", "--")), default=0)
    if any(token.tag == "CD" or token.lower in SHARES for token in tokens[start:i]):
        return Act(source, (i, i + 1), ((start, i),), "stance")
    end = _clause_end(tokens, source.end - 1)
    if start < i and source.end < end and tokens[source.end].tag in ("VBZ", "VBD", "VBP"):
        # "Support for the plan in the latest poll is at 40 percent".
        return Act(source, (i, i + 1), ((start, i), (source.end, end)), "stance")
    return None


def _agent(tokens: Sequence[Token], i: int, first: int) -> Act | None:
    """Read "she was endorsed on Friday by the union": the stance is that of the agent."""
    by = next((k for k in range(i + 1, min(i + 1 + AGENT_REACH, len(tokens))) if tokens[k].lower == "by"), None)
    if by is None:
        return None
    source = source_after(tokens, by + 1)
    about = source_before(tokens, first)
    if source is None or about is None or not can_speak(tokens, source):
        return None
    content = [(about.start, about.end)]
    end = _clause_end(tokens, source.end - 1)
    if source.end < end and tokens[source.end].lower in FOLLOWING:
        # "She was asked by the host whether ...".
        content.append((source.end, end))
    return Act(source, (first, by + 1), tuple(content), "stance")


def _noun(tokens: Sequence[Token], i: int) -> Act | None:
    """Read "the union's fear that ..." and "her support for ..."."""
    k = i - 1
    while k > 0 and tokens[k].tag in ("JJ", "NN", "JJS", "CD", "RB", "RBR", "RBS", "VBN") and i - k < OWNER_REACH:
        k -= 1
    if k < 0 or i + 1 >= len(tokens):
        return None
    after = tokens[i + 1].lower
    if after not in OPENERS and after != "to":
        return None
    if tokens[k].tag == "PRP$":
        source: Source | None = Source(k, k + 1)
    elif tokens[k].tag == "POS" and k:
        source = source_before(tokens, k)
    else:
        return None
    if source is None or (tokens[k].tag == "POS" and not can_speak(tokens, source)):
        return None
    start = i + 2 if after in OPENERS else i + 1
    end = _clause_end(tokens, i)
    return Act(source, (i, i + 1), ((start, end),), "stance") if start < end else None


@cache
def _loose() -> frozenset[str]:
    """The nouns that need no owner."""
    return frozenset(pair.split()[0] for pair in word_lists("speech/stances.yaml")["unowned"])


def _unowned(tokens: Sequence[Token], i: int) -> Act | None:
    """Read "dismissed concerns that ..." and "questions about ...": whose the clause is, else nobody's by name."""
    if i + 2 >= len(tokens):
        return None
    after = tokens[i + 1].lower
    if f"{singular(tokens[i].lower)} {after}" not in word_lists("speech/stances.yaml")["unowned"]:
        return None
    start, end = i + 1 + (after in OPENERS), _clause_end(tokens, i)
    if start >= end:
        return None
    source = nearest(tokens, i)
    if source is None:
        return Act(Source(i, i + 1), (i, i + 1), ((start, end),), "anonymous")
    return Act(source, (i, i + 1), ((start, end),), "stance")


def _clause_end(tokens: Sequence[Token], i: int) -> int:
    """One past the last token of the clause of the word at `i`."""
    for k in range(i + 1, len(tokens)):
        if tokens[k].text == ";" or (tokens[k].tag == "." and k == len(tokens) - 1):
            return k
        if tokens[k].text == ":" and k + 1 < len(tokens) and tokens[k + 1].text[0].isupper():
            return k
        if tokens[k].text == "," and k + 1 < len(tokens) and _begins_clause(tokens, k + 1):
            return k
    return len(tokens)


def _begins_clause(tokens: Sequence[Token], k: int) -> bool:
    """Whether another clause of the report itself begins: ", but ...", ", while ..."."""
    if tokens[k].lower in ("but", "while", "though", "although", "whereas"):
        return True
    return tokens[k].lower == "and" and k + 1 < len(tokens) and tokens[k + 1].tag in ("PRP", "VBD", "VBZ")
