"""Find the acts of reporting speech in one sentence, as they stand: source, cue, content, relay.

Takes folded text and a sentence's span; gives `Act`s. A verb of saying follows its subject; "据X报道，" stands before
what X says; a quotation may stand before "X说".
"""

import re
from functools import cache
from typing import NamedTuple

from tallystick.languages.chinese.script.script import PACKAGE, alternatives
from tallystick.languages.chinese.speech.sources import FILE, is_medium, name_span
from tallystick.languages.writing.words import lists
from tallystick.model.attribution import Span

__all__ = ["Act", "acts", "dateline"]

# How many clauses back the subject of a verb may stand: "X在会上发言时，...，表示".
BACK = 3
# Longest opening of a clause that carries on what was said, in characters: "报告同时".
ELIDED = 5
# Longest chunk between 据 and its comma, in characters.
LONGEST_CHUNK = 48
ACCORDING = re.compile(
    r"(?<![占证数票收依根字单论])(?:根据|依据|按照|据)([^，。；：！？“”\n]{1," + str(LONGEST_CHUNK) + r"})[，：,:]"
)
CITING = re.compile(r"(?:援引|引述|引用|转引|转述|援用)")
BOUNDARY = re.compile(r"[，；：。！？,;:!?\n—“”]")
TELLING_TAIL = re.compile(r"(?:告诉|告知)([^，。：“”]{2,16})$")


class Act(NamedTuple):
    """An act of speech as it stands in a sentence.

    Attributes:
        source: Span of the source's name, or None where the subject is elided.
        cue: Span of the words of saying.
        content: Where what is said begins and ends, in the sentence.
        via: Span of who relays it, or None.
        kind: As of `Attribution`.
        negated: True where the source denies it.
        after: True where the content stands before the source: "“...”，X说".
    """

    source: Span | None
    cue: Span
    content: Span
    via: Span | None = None
    kind: str = "indirect"
    negated: bool = False
    after: bool = False


@cache
def _verb() -> re.Pattern[str]:
    double = alternatives(FILE, "verbs")
    single = "|".join(lists(PACKAGE, FILE)["single"])
    unspoken = alternatives(FILE, "unspoken")
    return re.compile(rf"(?:(?P<double>{double})(?!{unspoken})(?P<second>[说称道]?)|(?P<single>{single}))")


@cache
def _dateline() -> re.Pattern[str]:
    agency = alternatives(FILE, "agencies")
    return re.compile(
        rf"(?:（|\()?(?:(?P<agency>{agency})|本报|本刊|本网|又讯)(?:讯(?:记者\S{{2,4}}报道：?)?|"
        r"[^，。；“”\d]{0,16}(?:\d{1,2}月)?(?:\d{1,2}日)(?:专|综合)?(?:电|讯|消息)(?:（[^）]{1,20}）|\([^)]{1,20}\))?"
        r"(?:记者[^：，。]{2,12}报[道导]：)?)(?:）|\))?\s*"
    )


def dateline(whole: str, start: int, end: int) -> tuple[int, Span | None]:
    """Give where the text begins behind the dateline of `whole[start:end]`, and the span of its agency."""
    match = _dateline().match(whole, start, min(end, start + 90))
    if match is None:
        return start, None
    return match.end(), match.span("agency") if match["agency"] else None


def acts(whole: str, start: int, end: int, quotes: tuple[Span, ...]) -> list[Act]:
    """Give the acts of speech of the sentence `whole[start:end]`, in order of their cues.

    Args:
        whole: Folded text of the document.
        start: Where the sentence begins.
        end: Where it ends.
        quotes: The quotations that touch it, in order.
    """
    begin, _ = dateline(whole, start, end)
    found = [act for match in ACCORDING.finditer(whole, begin, end) if (act := _according(whole, match, end))]
    taken = [match.span() for match in ACCORDING.finditer(whole, begin, end)]
    previous: Act | None = None
    for match in _verb().finditer(whole, begin, end):
        if any(first <= match.start() < last for first, last in taken) or not _is_saying(whole, match, end):
            continue
        if _inside(match.start(), quotes):
            continue
        act = _spoken(whole, begin, end, match, quotes, previous)
        if act is not None:
            found.append(act)
            previous = act
    return sorted(found, key=lambda act: act.cue)


def _inside(at: int, quotes: tuple[Span, ...]) -> bool:
    return any(first < at < last for first, last in quotes)


def _is_saying(whole: str, match: re.Match[str], end: int) -> bool:
    """Whether a verb tells something: nouns as often as verbs need a mark or a second verb behind them."""
    if match["double"] is None or match["second"]:
        return True
    behind = whole[match.end() : min(end, match.end() + 1)]
    if match["double"] in lists(PACKAGE, FILE)["heavy"]:
        return behind in ("，", "：", ",", ":") or (behind == "“" and match["double"] not in ("发表", "提出", "公布"))
    return behind not in ("。", "、", "；", "）", "”", "》")


def _according(whole: str, match: re.Match[str], end: int) -> Act | None:
    """Read "据X报道，" and "根据X的数据，"."""
    start, stop = match.span(1)
    if match.group(1) in lists(PACKAGE, FILE)["anonymous"]:
        return None
    citing = CITING.search(whole, start, stop)
    via: Span | None = None
    if citing and citing.start() > start:
        via = _source(whole, start, citing.start())
        after = citing.end()
        if after < stop:
            start = after
            stop = _without_tail(whole, start, stop)
        else:
            stop, via = citing.start(), None
    name = _source(whole, start, stop)
    if name is None or not _tells(whole, name[1], match.end(1)):
        return None
    return Act(name, (match.start(), match.end()), (match.end(), end), via, "according_to")


def _source(whole: str, start: int, stop: int) -> Span | None:
    name = name_span(whole, start, stop)
    return None if name is None or whole[name[0] : name[1]] in lists(PACKAGE, FILE)["anonymous"] else name


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(rf"(?:的话|的消息|的报道|的数据|的说法)?(?:{alternatives(FILE, 'messages')})*$")


def _without_tail(whole: str, start: int, stop: int) -> int:
    match = _tail().search(whole, start, stop)
    return match.start() if match and match.start() > start else stop


@cache
def _message() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(FILE, 'messages')}|》)(?:显示|中|里)?$")


def _tells(whole: str, start: int, stop: int) -> bool:
    """Whether a chunk behind 据 ends in a word of saying; "根据协议" credits nobody."""
    return start < stop and _message().search(whole, start, stop) is not None


def _spoken(
    whole: str, begin: int, end: int, match: re.Match[str], quotes: tuple[Span, ...], previous: Act | None
) -> Act | None:
    """The act of one verb of saying."""
    at = match.start()
    first = _clause_start(whole, begin, at)
    name, via = _subject(whole, begin, first, at)
    if name is None and (previous is None or previous.kind == "according_to") and not _elided(whole, first, at):
        return None
    if name is not None and _is_counted(whole, name):
        return None
    stop = match.end()
    negated = (match["double"] or "") in lists(PACKAGE, FILE)["denials"]
    tail = re.compile(r"(?:告诉|对|向)?[^，。：“”]{0,14}[，：,:]").match(whole, stop, end) if match["double"] else None
    opening = stop + len(whole[stop:end]) - len(whole[stop:end].lstrip("，：,: "))
    quote = next((span for span in quotes if opening <= span[0] <= opening + 1), None)
    if quote is not None and whole[stop:opening].strip():
        return Act(name, match.span(), (opening, max(end, quote[1])), via, "direct", negated)
    if opening >= end or whole[opening] in "。！？；" or (tail is None and opening >= end):
        before = _quoted_before(whole, first, begin, quotes)
        if before is None:
            return (
                None if begin < first else Act(name, match.span(), (begin, begin), via, "direct", negated, after=True)
            )
        return Act(name, match.span(), before, via, "direct", negated, after=True)
    return Act(name, match.span(), (opening, end), via, "indirect", negated)


def _clause_start(whole: str, begin: int, at: int) -> int:
    """Where the clause of the verb at `at` begins."""
    for k in range(at - 1, begin - 1, -1):
        if BOUNDARY.match(whole[k]):
            return k + 1
    return begin


def _subject(whole: str, begin: int, first: int, at: int) -> tuple[Span | None, Span | None]:
    """The subject of the verb at `at`, and who relays it."""
    told = TELLING_TAIL.search(whole, first, at)
    citing = CITING.search(whole, first, at)
    if citing and citing.start() > first:
        cited = name_span(whole, citing.end(), _without_tail(whole, citing.end(), at))
        via = name_span(whole, first, citing.start())
        if cited is not None:
            return cited, via
    name = name_span(whole, first, told.start() if told else at)
    if name is None or _is_adverb(whole, name):
        name = _earlier(whole, begin, first)
    listener = re.compile(r"(?:对|向|告诉|接受)([^，。：“”]{2,12}?)(?:记者|采访|专访|说|$)").search(whole, first, at)
    via = listener.span(1) if listener and is_medium(listener.group(1)) else None
    return name, via


def _earlier(whole: str, begin: int, first: int) -> Span | None:
    """The subject of a clause before, where the verb's own has none: "X在会上发言时，再次表示"."""
    for _ in range(BACK):
        if first <= begin or whole[first - 1] not in "，,":
            return None
        stop, first = first - 1, _clause_start(whole, begin, first - 1)
        name = name_span(whole, first, stop)
        if name is not None and name[1] < stop and not _is_adverb(whole, name):
            return name
    return None


def _is_adverb(whole: str, name: Span) -> bool:
    """Whether what looks like a name is the adverb that opens a clause without a subject."""
    return (
        re.match(
            r"(?:还|也|并|又|再|则|就|都|在|对|曾|已|将|可|应|要|能|不|没|未|会|因|所以|如|当|从)",
            whole[name[0] : name[1]],
        )
        is not None
        and len(whole[name[0] : name[1]]) <= 3
    ) or whole[name[0]] in "在对并还"


def _is_counted(whole: str, name: Span) -> bool:
    """Whether the subject is itself a figure: "4名议员宣布支持"."""
    return (
        re.match(r"(?:有|约|另有)?[\d一二三四五六七八九十百千万两数]+余?多?[名位人]", whole[name[0] : name[1]])
        is not None
    )


def _elided(whole: str, first: int, at: int) -> bool:
    """Whether a clause has a subject-less verb of saying that carries on what the last source said."""
    opening = whole[first:at]
    return (
        len(opening) <= ELIDED
        and re.match(r"(?:报告|声明|文章|公报|文件|通报)?(?:还|也|并|又|同时|再次)", opening) is not None
    )


def _quoted_before(whole: str, first: int, begin: int, quotes: tuple[Span, ...]) -> Span | None:
    """The quotation right before the clause that begins at `first`."""
    for start, stop in reversed(quotes):
        if stop <= first and not whole[stop:first].strip("，,。 "):
            return start, stop
    return None
