"""Find the words that make a figure a running total: "since May", "so far", "the toll rose to".

Takes a `Measured`; gives the tokens [first, last) that decide, or None.
"""

from tallystick.languages.english.grammar.inflection import singular, word_lists
from tallystick.languages.english.grammar.tagging import is_verb
from tallystick.languages.english.status.measured import FAR, NEAR, WORDS, Measured, Span

__all__ = ["brought_to", "summed_up"]

# Words of a period that goes on until now, behind "in the", "over the" or alone.
RECENT = frozenset(("past", "last", "recent"))
LEADING = frozenset(("the", "these", "over", "during"))
UP_TO_NOW = frozenset((("so", "far"), ("thus", "far"), ("to", "date"), ("until", "now"), ("in", "total")))
SPANS = frozenset(("day", "week", "month", "year", "decade", "hour"))
# Longest clause that "Since" opens before the figure, and longest subject "the death toll from ... rose to", in tokens.
CLAUSE = 30
YEAR_DIGITS = 4


def summed_up(figure: Measured) -> Span | None:
    """Give what makes `figure` a running total."""
    if figure.money:
        return None
    return _toll(figure) or brought_to(figure) or _until_now(figure) or _between_years(figure) or _conflict(figure)


def brought_to(figure: Measured) -> Span | None:
    """Give the noun of a total that a verb leads to `figure`: "brings the toll to 40", "brought to nine the number"."""
    at = figure.first - 1
    while at > figure.first - NEAR and figure.tokens[at].tag in ("IN", "JJS", "RB", "DT") and figure.lower(at) != "to":
        at -= 1
    if at < 1 or figure.lower(at) != "to":
        return None
    for i in range(at - 1, max(-1, at - FAR), -1):
        if figure.is_any(i, "bringing", verb=True) and is_verb(figure.tokens[i].tag):
            span = (i + 1, at) if i + 1 < at else (figure.last + 1, figure.last + 1 + NEAR // 2)
            for j in range(span[0], min(span[1], len(figure.tokens))):
                if singular(figure.lower(j)) in word_lists(WORDS)["totals"] and not _of_strength(figure, j):
                    return j, j + 1
            return None
    return None


def _of_strength(figure: Measured, noun: int) -> bool:
    """Whether a number is that of a force: "the number of troops there"."""
    return figure.lower(noun + 1) == "of" and any(figure.is_any(j, "strengths") for j in (noun + 2, noun + 3))


def _toll(figure: Measured) -> Span | None:
    """A toll that a verb leads to the figure: "the death toll from the blast in the mine rose to 169"."""
    running = word_lists("status/status.yaml")["running"]
    for i in range(figure.first - 1, max(-1, figure.first - CLAUSE), -1):
        if figure.lower(i) not in running or figure.tokens[i].tag not in ("NN", "NNS"):
            continue
        between = figure.tokens[i + 1 : figure.first]
        counts = any(token.tag == "CD" and not _year(token.text) for token in between)
        reached = any(token.tag.startswith("VB") or token.lower == "to" for token in between)
        if len(between) > FAR:
            reached = any(figure.is_any(j, "reaching", verb=True) for j in range(figure.first - 4, figure.first))
        brought = any(figure.is_any(j, "bringing", verb=True) for j in range(max(0, i - 3), i))
        if brought or (reached and not counts):
            return i, i + 1
    return None


def _until_now(figure: Measured) -> Span | None:
    """A period that goes on until the report, in the clause of the figure."""
    tokens = figure.tokens
    opened = figure.lower(0) == "since" or figure.lower(1) == "since"
    reach = CLAUSE if opened else 2 * NEAR
    for i in range(max(0, figure.first - reach), min(len(tokens) - 1, figure.last + FAR)):
        span = _period(figure, i)
        if span is None:
            continue
        if i > figure.last:
            apart = figure.barred(figure.end, i)
        else:
            told = (
                figure.perfect()
                or "there" in [figure.lower(j) for j in range(i, figure.first)]
                or figure.lower(i) != "since"
            )
            apart = not told or (i > 1 and figure.barred(i + 1, figure.first))
        if not apart:
            return span
    return None


def _period(figure: Measured, i: int) -> Span | None:
    """The words at token `i` that tell a period up to now."""
    lower, following = figure.lower(i), figure.lower(i + 1)
    if lower == "since":
        return (i, i + 1) if figure.tokens[i + 1].tag not in ("VBD", "VBZ", "PRP", ",") else None
    if (lower, following) in UP_TO_NOW:
        return i, i + 2
    if (lower, following) == ("as", "of") and figure.perfect():
        return i, i + 2
    if lower in RECENT and figure.lower(i - 1) in LEADING and _spans(figure, i + 1):
        over = "over" in (figure.lower(i - 1), figure.lower(i - 2))
        return (i - 1, i + 2) if over or figure.perfect() else None
    if lower == "this" and following in ("year", "month", "week") and figure.perfect():
        return i, i + 2
    return None


def _spans(figure: Measured, i: int) -> bool:
    """Whether a period begins at `i`, its number passed over: "three years"."""
    return any(singular(figure.lower(j)) in SPANS for j in (i, i + 1))


def _between_years(figure: Measured) -> Span | None:
    """Years from and to which the dead are summed up: "from 1971 to 2000", "between May 2005 and June 2006"."""
    if figure.predicate not in word_lists("status/status.yaml")["killed"] | word_lists(WORDS)["taking"]:
        return None
    for i in range(max(0, figure.first - FAR), min(len(figure.tokens), figure.last + FAR)):
        link = {"from": "to", "between": "and"}.get(figure.lower(i), "")
        if not link:
            continue
        window = [token.text for token in figure.tokens[i + 1 : i + NEAR]]
        years = [j for j, text in enumerate(window) if _year(text)]
        ended = len(years) > 1 and link in window[years[0] : years[1]]
        away = i < figure.first and figure.barred(i + 1, figure.first)
        if ended and not away:
            return i, i + 2 + years[1]
    return None


def _conflict(figure: Measured) -> Span | None:
    """A perfect tense of what keeps on harming, or of those who have come so far."""
    if figure.verb is not None and figure.verb >= figure.end and figure.perfect():
        return (
            (figure.verb - 1, figure.verb + 1)
            if figure.predicate.partition(" ")[0] in word_lists(WORDS)["summed"]
            else None
        )
    at = next((j for j in range(figure.first - 1, figure.first - NEAR, -1) if _took(figure, j)), None)
    if at is None:
        return None
    for i in range(at - 1, max(-1, at - FAR), -1):
        if figure.is_any(i, "conflicts"):
            return i, i + 1
        if figure.tokens[i].tag == ",":
            return None
    return None


def _took(figure: Measured, j: int) -> bool:
    """Whether a perfect tense of killing or driving away stands at `j`: "has left"."""
    have = figure.lower(j - 1) in ("has", "have") or figure.lower(j - 2) in ("has", "have")
    return have and figure.is_any(j, "taking", verb=True)


def _year(text: str) -> bool:
    """Whether a number may be a year."""
    return len(text) == YEAR_DIGITS and text.isdigit() and text[:2] in ("19", "20")
