"""Give English tokens their Penn Treebank tags: a lexicon first, then the shape of the word, then its neighbors.

Takes the words of one sentence; gives one tag each. The method is Brill's (1992): most frequent tag, then rules
that look at the neighbors. It is there to tell nouns, names and verbs apart, not to parse.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

__all__ = ["is_verb", "lexicon", "tags"]

BE = frozenset("be is are was were been being am 's 're 'm".split())
HAVE = frozenset("have has had having 've".split())
DO = frozenset("do does did".split())
# Participles that say what somebody has to do.
SENT = frozenset("sent deployed dispatched ordered asked told hired trained expected scheduled due going".split())
AUXILIARIES = BE | HAVE | DO
NEGATIONS = frozenset("not n't never".split())
# Past tenses that are no participles; the rest of the irregular verbs have one form for both.
ONLY_PAST = frozenset(
    "began ate became broke chose came did drew drank drove fell flew forgot froze gave grew knew rode rang ran saw"
    " sang sank shook spoke stole swam took threw went woke wore wrote".split()
)
VERB_TAGS = frozenset(("VB", "VBD", "VBG", "VBN", "VBP", "VBZ"))
NOUN_TAGS = frozenset(("NN", "NNS", "NNP", "NNPS"))
# The lexicon is of the 1980s and of general prose: words of this field that it lacks or that it read otherwise.
FIELD_WORDS = {
    "that": "IN",
    "more": "JJR",
    "least": "JJS",
    "dead": "JJ",
    "wounded": "VBN",
    "injured": "VBN",
    "pledge": "VB",
    "missing": "VBG",
    "like": "IN",
    "to": "TO",
    "shot": "VBD",
    "cited": "VBD",
    "citing": "VBG",
    "fellow": "JJ",
    "male": "JJ",
    "female": "JJ",
}
NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion"
    " mln bln dozen"
).split()
SUFFIX_TAGS = (
    ("ing", "VBG"),
    ("ed", "VBN"),
    ("ly", "RB"),
    ("ous", "JJ"),
    ("ful", "JJ"),
    ("less", "JJ"),
    ("able", "JJ"),
    ("ible", "JJ"),
    ("ive", "JJ"),
    ("ical", "JJ"),
    ("ese", "JJ"),
    ("ian", "JJ"),
    ("ss", "NN"),
    ("us", "NN"),
    ("is", "NN"),
    ("s", "NNS"),
)
# Words whose tag is kept: a million words of news have some 40,000 different ones; hostile text must not fill memory.
REMEMBERED = 50_000
# Part of a line's longer words that are capitalized in a headline of English style, and hardly ever in prose.
TITLE = 0.8
# Verbs whose past is the bare form, which the lexicon knows as nouns.
SAME_PAST = frozenset(("burst", "cast", "hit", "cut", "put", "set", "shut", "quit", "split", "spread", "beat", "hurt"))
# Verbs of a state that the lexicon knows as nouns: behind a plural they are what those people do.
LASTING = frozenset(("work", "fight", "wait", "stay", "study", "train"))
AFTER_PLURALS = SAME_PAST | LASTING
# Verbs that the lexicon knows as nouns and adjectives, and of which it knows no past.
BARE_VERBS = SAME_PAST | frozenset(("cost", "total", "number", "top", "near", "average"))
TITLE_OBJECTS = frozenset(("CD", "DT", "NNP", "NNPS", "JJ", "PRP$"))
# After these a capital letter says as little as at the start of the sentence.
REOPENING = frozenset(('"', "“", "``", "‘", ":"))
MARKS = {",": ",", ".": ".", "!": ".", "?": ".", ":": ":", ";": ":", "--": ":", "—": ":", "–": ":", "-": ":", "(": "(",
         ")": ")", "[": "(", "]": ")", '"': '"', "“": '"', "”": '"', "``": '"', "''": '"', "'": "'", "‘": "'",
         "’": "'", "$": "$", "%": "%", "&": "CC", "_": ":", "...": ":"}  # fmt: skip


@cache
def lexicon() -> dict[str, str]:
    """Each known spelling with its most frequent tag."""
    text = (files("tallystick.languages.english") / "grammar/lexicon.tsv").read_text(encoding="utf-8")
    known = dict(line.split("\t", 1) for line in text.splitlines())
    known.update(FIELD_WORDS)
    known.update(dict.fromkeys(NUMBER_WORDS, "CD"))
    return known


def is_verb(tag: str) -> bool:
    """Whether `tag` is that of a verb in any form."""
    return tag in VERB_TAGS


def tags(words: Sequence[str]) -> list[str]:
    """Give one Penn Treebank tag for each of `words`, the tokens of one sentence in order.

    Marks get ",", ".", ":", "(", ")", '"' or "'"; numerals in digits or words get "CD".
    """
    known = lexicon()
    first = next((i for i, word in enumerate(words) if word[0].isalnum()), 0)
    # In a line of capitals, and in a headline of English style, a capital letter says nothing of a known word.
    title = _is_title(words)
    shouting = title or sum(map(str.isupper, words)) > len(words) / 2
    found = [
        _capital_tag(word, at_start=i == first or words[i - 1] in REOPENING, shouting=shouting)
        if word[0].isupper()
        else _plain_tag(word)
        for i, word in enumerate(words)
    ]
    if found[first : first + 1] == ["NN"] and found[first + 1 : first + 2] == ["NNP"] and words[first][0].isupper():
        # "Park Hyun Tae": a common word that opens a name.
        found[first] = "NNP"
    lowered = [word.lower() for word in words]
    if title:
        for i in range(1, len(words) - 1):
            if lowered[i - 1] == "to" and found[i] == "NNP" and found[i + 1] in TITLE_OBJECTS:
                # "Oslo to Dispatch 400 Engineers": the capital says nothing in a headline.
                found[i] = "NN" if known.get(lowered[i]) in ("NN", "VB", "VBP") else "NNP"
    for i in range(len(words)):
        found[i] = _in_context(lowered, found, i)
    return found


def _is_title(words: Sequence[str]) -> bool:
    """Whether a line is set in capitals like a headline."""
    long = [word[0] for word in words if len(word) > 3 and word.isalpha()]
    return len(long) > 2 and sum(map(str.isupper, long)) >= TITLE * len(long)


@lru_cache(maxsize=REMEMBERED)
def _plain_tag(word: str) -> str:
    """The tag of a mark, a numeral or a word in lower case by itself."""
    mark = MARKS.get(word)
    if mark is not None:
        return mark
    head = word[0]
    if head.isdigit():
        return "CD"
    lower = word.lower()
    if lower in ("'s", "’s"):
        return "POS"
    if lower in ("n't", "n’t"):
        return "RB"
    if head in "'’":
        return "VBP" if lower[1:] in ("re", "ve", "m") else "MD"
    return lexicon().get(lower) or _by_shape(lower)


@lru_cache(maxsize=REMEMBERED)
def _capital_tag(word: str, *, at_start: bool, shouting: bool) -> str:
    """The tag of a capitalized word by itself."""
    known = lexicon()
    lower = word.lower()
    own = known.get(word)
    if own is not None and not (at_start and lower in known):
        return own
    if (at_start or shouting) and lower in known:
        return known[lower]
    if at_start and "-" not in word:
        shaped = _by_shape(lower)
        return shaped if shaped in ("VBG", "VBN", "RB") and not word[1:2].isupper() else "NNP"
    return _capitalized(word, lower)


def _capitalized(word: str, lower: str) -> str:
    """The tag of a capitalized word inside a sentence: a name, unless it is an adjective of nationality."""
    if lower.endswith(("ese", "ish", "ian")) and not word.isupper():
        return "JJ"
    if lower.endswith(("ians", "ishmen")) or (lower.endswith("s") and not lower.endswith("ss") and len(lower) > 5):
        return "NNPS"
    return "NNP"


def _by_shape(lower: str) -> str:
    """The tag of a word that the lexicon does not know, by its ending."""
    if "-" in lower:
        last = lower.rpartition("-")[2]
        tag = lexicon().get(last)
        if tag == "CD":
            return tag
        return tag if tag in ("NNS", "NN") and last.endswith("s") else "JJ"
    for suffix, tag in SUFFIX_TAGS:
        if lower.endswith(suffix) and len(lower) > len(suffix) + 2:
            return tag
    return "NN"


def _in_context(lowered: Sequence[str], found: list[str], i: int) -> str:
    """The tag of word `i` once its neighbors to the left are settled."""
    tag = found[i]
    if i == 0 or lowered[i] in AUXILIARIES or not (tag in VERB_TAGS or tag in NOUN_TAGS or tag in ("JJ", "IN", "RB")):
        return "VB" if i and found[i - 1] == "TO" and lowered[i] in ("have", "do") else tag
    left = i - 1
    while left > 0 and (found[left] == "RB" or lowered[left] in NEGATIONS or lowered[left] == "likely"):
        left -= 1
    before, before_tag = lowered[left], found[left]
    if tag in ("NN", "JJ", "VBP", "VBN", "VBD") and before_tag in ("MD", "TO") and found[i - 1] != "CD":
        return _after_modal(lowered, found, i)
    if tag in ("NN", "VB") and lowered[i] in AFTER_PLURALS and before_tag in ("NNS", "NNPS"):
        return _after_plural(lowered[i], tag, found[i + 1] if i + 1 < len(found) else "")
    if (
        tag == "NN"
        and lowered[i].endswith("ing")
        and before_tag in ("RB", ",", "VBD", "CC")
        and _counted_next(lowered, found, i)
    ):
        # "fatally shooting three people", "kidnapping scores of them"
        return "VBG"
    if tag == "JJ" and before in BE and lowered[i].endswith("ing") and lowered[i + 1 : i + 2] == ["for"]:
        # "is appealing for"
        return "VBG"
    if lowered[i] == "live" and before_tag == "CD":
        return "JJ"
    if tag in ("VB", "VBP"):
        return _bare_verb(before, before_tag, i - 1 == left)
    if tag in ("VBD", "VBN"):
        return _past(lowered, found, i, left)
    if tag == "NNS" and before_tag in ("NNP", "PRP") and _could_be_finite(lowered, found, i):
        return "VBZ"
    if tag == "NNS" and before_tag in (",", "CC") and found[i + 1 : i + 2] == ["CD"] and "VBZ" in found[:i]:
        # "Gunman kills 1, wounds 2"
        return "VBZ" if _has_past(lowered[i][:-1]) else tag
    if tag == "VBZ" and before_tag in ("DT", "JJ", "PRP$", "CD", "POS"):
        return "NNS"
    if lowered[i] == "that":
        return _that(found, i)
    return tag


def _after_plural(word: str, tag: str, following: str) -> str:
    """Behind a plural noun: "six gunmen burst into", "100,000 laborers work abroad"."""
    if word in SAME_PAST:
        return "VBD" if following in ("IN", "DT", "PRP$", "TO", "CD") else tag
    return "VBP" if following in ("RB", "IN", "TO") else tag


def _counted_next(lowered: Sequence[str], found: list[str], i: int) -> bool:
    """Whether a figure stands behind word `i`."""
    vague = lowered[i + 1 : i + 2] in (["dozens"], ["scores"], ["hundreds"], ["thousands"])
    return vague or found[i + 1 : i + 2] == ["CD"] or lowered[i + 1 : i + 3] in (["at", "least"], ["more", "than"])


def _after_modal(lowered: Sequence[str], found: list[str], i: int) -> str:
    """After "to" or "will": a verb where the word can be one, unless a noun phrase goes on."""
    tag, word = found[i], lowered[i]
    following = found[i + 1] if i + 1 < len(found) else "."
    if tag == "JJ" and (following in NOUN_TAGS or following == "JJ"):
        # "are to clear mines", "ordered to free hostages", but "limited to free trade"
        sent = i > 1 and found[i - 1] == "TO" and (lowered[i - 2] in BE or lowered[i - 2] in SENT)
        return "VB" if sent and _has_past(word) else tag
    if word in BARE_VERBS or (tag == "JJ" and following in ("PRP$", "DT", "CD") and found[i - 1] == "TO"):
        # "would cost 150 million", "to complete its acquisition"
        return "VB"
    if tag == "NN" and (word.endswith(("tion", "ment", "ness", "ity")) or not _has_past(word)):
        return tag
    return "VB" if tag in ("NN", "VBP") else tag


def _has_past(word: str) -> bool:
    """Whether a noun is a verb too: the lexicon knows its past form."""
    known = lexicon()
    stem = word[:-1] if word.endswith(("e", "y")) else word
    return any(known.get(stem + ending) in ("VBD", "VBN") for ending in ("ed", "ied", stem[-1:] + "ed"))


def _bare_verb(before: str, before_tag: str, adjacent: bool) -> str:
    """A bare verb form: a noun after an article, a finite verb after a plural subject."""
    if adjacent and before_tag in ("DT", "PRP$", "JJ", "POS") and before not in ("that", "this", "all"):
        return "NN"
    if before_tag in ("NNS", "NNPS", "PRP", "WDT", "WP"):
        return "VBP"
    return "VB"


def _past(lowered: Sequence[str], found: list[str], i: int, left: int) -> str:
    """Past tense or past participle, by what stands before."""
    if lowered[i] in ONLY_PAST:
        return "VBD"
    before, before_tag = lowered[left], found[left]
    if before in BE or before in HAVE or before in ("get", "got", "getting"):
        return "VBN"
    if before_tag == "JJ" and before.endswith("ese") and left and found[left - 1] == "CD":
        # "Six Japanese left"
        return "VBD"
    if before_tag in ("DT", "PRP$", "JJ", "POS", "IN", "CD"):
        following = found[i + 1] if i + 1 < len(found) else "."
        return "VBN" if before_tag != "CD" or following in ("IN", ",", ".", "CC") else "VBD"
    if before_tag in ("PRP", "WP", "WDT", "EX"):
        return "VBD"
    if before_tag in NOUN_TAGS or before_tag == ")":
        following = lowered[i + 1] if i + 1 < len(lowered) else "."
        following_tag = found[i + 1] if i + 1 < len(found) else "."
        relative = following != "that" and following_tag in ("IN", "TO", "RB") and _finite_follows(found, i)
        return "VBN" if following == "by" or relative else "VBD"
    return found[i]


def _finite_follows(found: list[str], i: int) -> bool:
    """Whether a finite verb stands later in the same clause, so that an earlier participle is a reduced relative."""
    for tag in found[i + 1 : i + 12]:
        if tag in ("VBZ", "MD", "VBD"):
            return True
        if tag in (",", ".", ":", "WDT", "WP", "CC", '"'):
            return False
    return False


def _could_be_finite(lowered: Sequence[str], found: list[str], i: int) -> bool:
    """Whether a word in -s after a name is a verb: its stem is one and an object or a clause follows."""
    stem = lowered[i][:-1]
    known = lexicon()
    verbs = known.get(stem) in ("VB", "VBP") or known.get(stem[:-1] if stem.endswith("e") else stem + "e") == "VB"
    following = found[i + 1] if i + 1 < len(found) else "."
    return verbs and following in ("DT", "IN", "TO", "PRP", "PRP$", "CD", "NNP", "JJ", "RB")


def _that(found: list[str], i: int) -> str:
    """The word "that": a relative pronoun after a noun with a verb to come, else a conjunction."""
    following = found[i + 1] if i + 1 < len(found) else "."
    if found[i - 1] in NOUN_TAGS and (following in VERB_TAGS or following == "MD"):
        return "WDT"
    return "IN"
