"""Find the words that make a figure the number there is at one time: "employs 900", "are stationed", "a city of 900".

Takes a `Measured`; gives the tokens [first, last) that decide, or None.
"""

from tallystick.languages.english.grammar.inflection import singular, verb_base, word_lists
from tallystick.languages.english.grammar.tagging import BE, HAVE, is_verb
from tallystick.languages.english.status.measured import FAR, NEAR, WORDS, Measured, Span

__all__ = ["standing_number", "strength"]

PRESENT = frozenset(("are", "is", "'re", "’re"))
CALENDAR = frozenset("monday tuesday wednesday thursday friday saturday sunday today yesterday year week month".split())
STRONG = frozenset(("strong", "member", "man"))
# "There are a further 900": so many more than others, which are not told here.
FURTHER = frozenset(("further", "another", "additional", "extra", "more"))
# Right behind the counted: "the 300 troops serving there". Of those "living there" something else is told.
SERVING = frozenset(("serve", "wait", "stay"))
REACHED = frozenset(("to", "at", "from"))
BREAKS = frozenset((",", ".", ":"))


def standing_number(figure: Measured) -> Span | None:
    """Give what makes `figure` the number there is at one time; money is none: sums are paid, owed or asked."""
    further = {figure.lower(figure.first - 1), figure.lower(figure.last - 1)} & FURTHER
    if figure.money or figure.per is not None or further:
        return None
    return _owned(figure) or _sized(figure) or _before(figure) or _state(figure) or _held(figure) or strength(figure)


def strength(figure: Measured) -> Span | None:
    """Give the force whose size `figure` is: "increase the garrison to almost 5,000", whether planned or done."""
    at = figure.first - 1
    while at > figure.first - NEAR and figure.tokens[at].tag in ("RB", "IN", "DT") and figure.lower(at) not in REACHED:
        at -= 1
    if at < 1 or figure.money or figure.lower(at) not in REACHED:
        return None
    window = range(max(0, at - FAR), at)
    noun = next((i for i in reversed(window) if _numbered(figure, i, at)), None)
    if noun is None or figure.barred(noun, at):
        return None
    moved = any(
        figure.is_any(i, "changing", verb=True) and is_verb(figure.tokens[i].tag) for i in window if i >= noun - NEAR
    )
    return (noun, noun + 1) if moved else None


def _numbered(figure: Measured, i: int, stop: int) -> bool:
    """Whether a force stands at `i`, or the number of those who belong to something."""
    words = word_lists(WORDS)
    if any(singular(figure.lower(j)) in words["gone"] for j in range(i, min(stop, i + NEAR))):
        return False
    if figure.lower(i) == "number" and figure.lower(i + 1) == "of":
        return any(figure.is_any(j, "belonging") for j in range(i + 2, min(stop, i + NEAR)))
    return figure.is_any(i, "strengths")


def _owned(figure: Measured) -> Span | None:
    """Those who belong to somebody: "its 290,000 members", "Unison's 800,000 workers"."""
    i = figure.first - 1
    if i < 0 or figure.head not in word_lists(WORDS)["belonging"]:
        return None
    if figure.tokens[i].tag == "PRP$":
        return (i, i + 1) if figure.lower(i) in ("its", "our") else None
    named = figure.tokens[i].tag == "POS" and figure.lower(i - 1) not in CALENDAR
    return (i, i + 1) if named else None


def _sized(figure: Measured) -> Span | None:
    """The size of a body or a place: "the 75,000-member police", "a city of 3 million people"."""
    end = figure.last + 1
    if figure.lower(end) == "-" and figure.lower(end + 1) in STRONG:
        return end, end + 2
    i = figure.first - 2
    peoples = word_lists("status/status.yaml")["peoples"]
    sized = figure.lower(i + 1) == "of" and i >= 0 and figure.lower(i) in peoples - {"community"}
    return (i, i + 1) if sized else None


def _before(figure: Measured) -> Span | None:
    """A verb or a noun before the figure: "employs 900", "home to 900", "there are now 900", "has some 900 troops"."""
    standing = word_lists("status/status.yaml")["standing"]
    for j in range(max(0, figure.first - NEAR), figure.first):
        lower, between = figure.lower(j), figure.tokens[j + 1 : figure.first]
        if any(token.tag in BREAKS for token in between):
            continue
        if lower in standing - {"population"} and (lower != "home" or figure.lower(j + 1) == "to"):
            return j, j + 1
        if _has_verb(figure, j):
            return j, j + 1
        if lower == "there" and figure.lower(j + 1) in PRESENT:
            return j, j + 2
        free = not any(token.tag.startswith("VB") or token.tag == "TO" for token in between)
        led = j > 0 and figure.tokens[j - 1].tag in ("TO", "MD")
        if lower in ("has", "have", "had") and free and not led and figure.head in word_lists(WORDS)["belonging"]:
            return j, j + 1
    return None


def _has_verb(figure: Measured, j: int) -> bool:
    """Whether a verb of employing stands at `j`, or one of keeping in the present; "have enrolled" tells an event."""
    keeps = figure.is_any(j, "keeping", verb=True)
    if keeps and j == figure.first - 1 and figure.lower(j).endswith("s"):
        # The tagger takes "hosts 80,000" for a noun.
        return figure.tag(j - 1) in ("NN", "NNS", "NNP", "WDT", "RB")
    tag = figure.tag(j)
    if not is_verb(tag) or tag == "VBG" or {figure.lower(j - 1), figure.lower(j - 2)} & HAVE:
        return False
    return figure.is_any(j, "employers", verb=True) or (keeps and tag in ("VBZ", "VBP"))


def _state(figure: Measured) -> Span | None:
    """A state of the counted behind them: "are working", "are jobless", "were stationed", "remain in the camps"."""
    words, tokens = word_lists(WORDS), figure.tokens
    if figure.lower(figure.end) in ("remain", "remains"):
        return figure.end, figure.end + 1
    i = figure.end
    while i < min(len(tokens), figure.end + NEAR) and tokens[i].lower not in BE:
        if is_verb(tokens[i].tag) or tokens[i].tag in BREAKS:
            return _holds(figure)
        i += 1
    j = i + 1
    while j < len(tokens) and (tokens[j].tag == "RB" or tokens[j].lower in ("now", "still", "currently", "being")):
        j += 1
    if j >= len(tokens) or i >= figure.end + NEAR:
        return _holds(figure)
    now = tokens[i].lower in PRESENT
    lower = tokens[j].lower
    if lower in words["lasting"] and (now or lower not in words["begun"]):
        return i, j + 1
    if now and lower == "in" and any(figure.is_any(k, "stays") for k in (j + 1, j + 2)):
        return i, j + 2
    participle = lower.endswith("ing") and tokens[j].tag != "NNS" and lower != "being"
    if not participle:
        return _holds(figure)
    base = verb_base(lower)
    busy = j > i + 1 and figure.head in words["belonging"] and base not in word_lists("status/status.yaml")["movement"]
    lasts = base in words["done"] or (now and (base in words["doing"] or busy))
    return (i, j + 1) if lasts else _holds(figure)


def _holds(figure: Measured) -> Span | None:
    """A verb of a lasting state in the present: "900 work there", "900 serve in the hills"."""
    at = figure.verb
    base = verb_base(figure.lower(figure.end))
    if figure.tag(figure.end) == "VBG" and base in SERVING and figure.verb in (None, figure.end):
        return figure.end, figure.end + 1
    if at is None or at < figure.end or figure.predicate not in word_lists("status/status.yaml")["holding"]:
        return None
    now = figure.tokens[at].tag in ("VBP", "VBZ") or any(figure.lower(i) in PRESENT for i in (at - 1, at - 2))
    return (at, at + 1) if now else None


def _held(figure: Measured) -> Span | None:
    """Captives who are held: "the 72 hostages held in the residence"."""
    captive = singular(figure.head) in word_lists(WORDS)["captives"] and figure.lower(figure.end) == "held"
    return (figure.end, figure.end + 1) if captive else None
