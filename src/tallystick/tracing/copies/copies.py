"""Passages that stand in more than one report, or twice in one: a casebook comes in, steps back go out.

Identical passages are found by their words, near-identical ones by five-word shingles of which a sample is indexed;
each shingle remembers only the report that had it first, so time and memory grow with the text alone.
"""

from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from re import compile as pattern
from typing import NamedTuple
from zlib import crc32

from tallystick.model.document import READABLE, Passage
from tallystick.model.lineage import Mechanism
from tallystick.tracing.links import CERTAIN, IDENTICAL, NEAR, Link, claim_link, report_link
from tallystick.tracing.tellings import Casebook, Report, Telling

__all__ = ["copies"]

# A number with its separators is one word, so that another number changes one word only.
WORD = pattern(r"\d(?:[\d,.]{0,30}\d)?|\w+")
# "PYONGYANG, June 17 (Harbor Press) - ": capitals, then at most 80 marks up to a dash between blanks.
DATELINE = pattern(r"^[A-Z][A-Z .,'’-]{2,40}[^\n]{0,60}?\s(?:--?|[–—])\s")
# What may stand between groups of three digits.
SEPARATOR = pattern(r"[,. \u00a0\u202f]")
SHINGLE = 5
# Shorter paragraphs ("The ministry gave no details.") are equal by chance.
MIN_WORDS = 8
# Below this a near copy shows too few shingles to tell.
MIN_NEAR_WORDS = 12
# Share of the shorter passage's shingles: of 3,332 paragraphs with 12 words or more in the gold sets en-train and
# en-dev no two of different reports share more than 0.46, and only four more than 0.4 (measured 2025-11-25).
NEAR_SHARE = 0.6
# With all numbers masked no two share more than 0.84; a copy whose numbers were changed (machine translation, a new
# count) keeps nearly all, and still shares the runs between the numbers.
MASKED_SHARE = 0.9
MASKED_LEAST = 0.3
# A report of which this share stands in an earlier one is a copy of it; what shares less has taken over a passage.
WHOLE_SHARE = 0.6
# A passage without a figure shows a copied report only from here on; shorter ones are formulas.
PLAIN_WORDS = 20
# One shingle in four is indexed; a near copy of 12 words still has two samples on average.
SAMPLE = 4
# Earlier passages that are compared in full with one.
CANDIDATES = 4


class _Text(NamedTuple):
    """A passage with its words, dateline left out."""

    report: Report
    passage: Passage
    words: tuple[str, ...]

    @property
    def place(self) -> tuple[int, int]:
        """Turn of the report and start of the passage."""
        return self.report.rank, self.passage.start


class _Copy(NamedTuple):
    """A passage and the earlier one that it repeats, with the shared part of the shorter one."""

    later: _Text
    earlier: _Text
    share: float
    aside: str = ""


def copies(casebook: Casebook) -> Iterator[Link]:
    """Yield the steps back that the same text shows, of claims and of whole reports."""
    yield from _within(casebook)
    texts = [_texts(report) for report in casebook.reports]
    found = list(_between(texts))
    for copy in found:
        yield from _claims(casebook, copy)
    yield from _reports(casebook, texts, found)


def _texts(report: Report) -> list[_Text]:
    """The passages of a report that can show a copy, each once."""
    return [
        _Text(report, passage, words)
        for passage in report.document.passages
        if passage.kind in READABLE and passage.repeats is None
        if len(words := _words(report.document.text[passage.start : passage.end])) >= MIN_WORDS
    ]


def _words(text: str) -> tuple[str, ...]:
    dateline = DATELINE.match(text)
    return tuple(WORD.findall(text[dateline.end() if dateline else 0 :].casefold()))


def _shingles(words: tuple[str, ...]) -> set[str]:
    return {" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}


def _sampled(words: tuple[str, ...]) -> set[int]:
    """Fingerprints of every fourth shingle, chosen by their value so that a copy chooses the same ones."""
    marks = {crc32(shingle.encode()) for shingle in _shingles(words)}
    return {mark for mark in marks if mark % SAMPLE == 0} | {min(marks)}


def _between(texts: list[list[_Text]]) -> Iterator[_Copy]:
    """For each passage the earliest one of another report that it repeats."""
    same: dict[tuple[str, ...], _Text] = {}
    holders: dict[int, _Text] = {}
    for of_report in texts:
        added: list[tuple[_Text, set[int]]] = []
        for text in of_report:
            earlier = same.get(text.words)
            marks = _sampled(text.words)
            if earlier is not None:
                yield _Copy(text, earlier, 1.0)
            elif len(text.words) >= MIN_NEAR_WORDS:
                near = _nearest(text, marks, holders)
                if near is not None:
                    yield near
            added.append((text, marks))
        for text, marks in added:
            same.setdefault(text.words, text)
            for mark in marks:
                holders.setdefault(mark, text)


def _nearest(text: _Text, marks: set[int], holders: dict[int, _Text]) -> _Copy | None:
    """The earlier passage that shares most with `text`, if it is enough."""
    votes = Counter(holders[mark].place for mark in marks if mark in holders)
    by_place = {holders[mark].place: holders[mark] for mark in marks if mark in holders}
    if not votes:
        return None
    own = _shingles(text.words)
    best: _Copy | None = None
    order = sorted(votes, key=lambda place: (-votes[place], place))
    for place in order[:CANDIDATES]:
        other = by_place[place]
        if len(other.words) < MIN_NEAR_WORDS:
            continue
        theirs = _shingles(other.words)
        share = len(own & theirs) / min(len(own), len(theirs))
        aside = ""
        if NEAR_SHARE > share >= MASKED_LEAST:
            share, aside = _masked_share(text.words, other.words), ", numbers aside"
        if share >= NEAR_SHARE and (best is None or share > best.share):
            best = _Copy(text, other, share, aside)
    return best


def _claims(casebook: Casebook, copy: _Copy) -> Iterator[Link]:
    """Figures of a copied passage, each back to the same figure of the original."""
    later = _inside(casebook.by_report[copy.later.report.rank], copy.later.passage)
    earlier = _inside(casebook.by_report[copy.earlier.report.rank], copy.earlier.passage)
    who, whom = copy.later.report.name, copy.earlier.report.name
    whole = copy.later.words == copy.earlier.words
    how = "word for word" if whole else f"with {copy.share:.0%} of its five-word runs{copy.aside}"
    mechanism = Mechanism.IDENTICAL_TEXT if whole else Mechanism.NEAR_IDENTICAL_TEXT
    paired = list(_paired(later, earlier))
    for telling, twin in paired:
        reason = f"{who} repeats the paragraph of {whom} {how}, with its {twin.claim.figure}."
        yield claim_link(telling, twin, mechanism, reason, IDENTICAL if whole else NEAR)
    taken = {telling.order for pair in paired for telling in pair}
    spoiled = [telling for telling in earlier if telling.order not in taken]
    for telling in later:
        cut = next((other for other in spoiled if _lost_separator(telling, other)), None)
        if telling.order not in taken and cut is not None:
            spoiled.remove(cut)
            reason = (
                f"{who} repeats the paragraph of {whom} {how}, but has {telling.claim.figure} where that has "
                f"{cut.claim.figure}: a thousands separator was lost."
            )
            yield claim_link(telling, cut, mechanism, reason, NEAR)


def _lost_separator(one: Telling, other: Telling) -> bool:
    """Whether one figure is what stands before the first separator of the other ("13" and "13,221")."""
    groups, others = SEPARATOR.split(one.claim.figure), SEPARATOR.split(other.claim.figure)
    return len(groups) != len(others) and min(len(groups), len(others)) == 1 and groups[0] == others[0]


def _reports(casebook: Casebook, texts: list[list[_Text]], found: list[_Copy]) -> Iterator[Link]:
    """Reports that are copies as a whole, or have taken over a passage."""
    shared: defaultdict[tuple[int, int], list[_Copy]] = defaultdict(list)
    for copy in found:
        shared[copy.later.report.rank, copy.earlier.report.rank].append(copy)
    for (rank, first), passages in sorted(shared.items()):
        later, earlier = casebook.reports[rank], casebook.reports[first]
        length = sum(len(text.words) for text in texts[rank])
        share = sum(copy.share * len(copy.later.words) for copy in passages) / length
        same = all(copy.later.words == copy.earlier.words for copy in passages)
        mechanism = Mechanism.IDENTICAL_TEXT if same else Mechanism.NEAR_IDENTICAL_TEXT
        if share >= WHOLE_SHARE:
            reason = f"{share:.0%} of the text of {later.name} stands in {earlier.name} already."
        elif _is_taken_over(later, earlier, passages):
            reason = (
                f"{len(passages)} of the {len(texts[rank])} paragraphs of {later.name} stand in {earlier.name} already."
            )
        else:
            continue
        yield report_link(later, earlier, mechanism, reason, IDENTICAL if same else NEAR)


def _is_taken_over(later: Report, earlier: Report, passages: list[_Copy]) -> bool:
    """Whether part of a report comes from another outlet; an outlet's own formulas recur in all its reports."""
    own = later.outlet is not None and later.outlet == earlier.outlet
    return not own and any(len(copy.later.words) >= PLAIN_WORDS for copy in passages)


def _masked_share(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """The shared part of the shorter passage with all numbers alike; 0 where it is not nearly all."""
    first, second = (_shingles(tuple("#" if word[0].isdigit() else word for word in words)) for words in (one, other))
    share = len(first & second) / min(len(first), len(second))
    return share if share >= MASKED_SHARE else 0.0


def _within(casebook: Casebook) -> Iterator[Link]:
    """Figures of a paragraph that its own report has printed before."""
    for report in casebook.reports:
        passages = {passage.start: passage for passage in report.document.passages}
        for passage in report.document.passages:
            first = passages.get(-1 if passage.repeats is None else passage.repeats)
            if first is None:
                continue
            tellings = casebook.by_report[report.rank]
            for later, earlier in _paired(_inside(tellings, passage), _inside(tellings, first)):
                reason = f"{report.name} prints the same paragraph twice, both times with {later.claim.figure}."
                yield claim_link(later, earlier, Mechanism.REPEATED_PASSAGE, reason, CERTAIN)


def _inside(tellings: list[Telling], passage: Passage) -> list[Telling]:
    """The tellings of a report that stand in one of its passages."""
    first = bisect_left(tellings, passage.start, key=_start)
    return tellings[first : bisect_left(tellings, passage.end, lo=first, key=_start)]


def _start(telling: Telling) -> int:
    return telling.claim.start


def _paired(later: list[Telling], earlier: list[Telling]) -> Iterator[tuple[Telling, Telling]]:
    """Figures of two like passages that belong together: the same number, in the same turn."""
    left: defaultdict[tuple[object, ...], deque[Telling]] = defaultdict(deque)
    for telling in earlier:
        left[_number(telling)].append(telling)
    for telling in later:
        twins = left[_number(telling)]
        if twins:
            yield telling, twins.popleft()


def _number(telling: Telling) -> tuple[object, ...]:
    return telling.claim.low, telling.claim.high, telling.claim.unit
