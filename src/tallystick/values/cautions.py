"""What a careful report does not say: a text comes in, the words that it must not use go out.

Whether the law was broken is for others to find, so no word says so outside a quotation; and how sure one is of a
judgement never stands in one sentence with how likely a thing is (ICD 203 of the American intelligence community).
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

__all__ = ["Objection", "objections"]

# A text longer than this is cut: nobody writes a report of five million characters by hand.
LONGEST = 5_000_000
# Words that find what only a competent body can find; each with its inflections.
FINDING = re.compile(
    r"\b(?:violat(?:e|es|ed|ing|ion|ions|or|ors|ive)|breach(?:es|ed|ing)?|illegal(?:ly|ity)?|unlawful(?:ly|ness)?"
    r"|infring(?:e|es|ed|ing|ement|ements)|contraven(?:e|es|ed|ing|tion|tions)|outlaw(?:s|ed|ing)?)\b",
    re.IGNORECASE,
)
CONFIDENCE = re.compile(r"\b(?:high|moderate|medium|low)\s{1,3}confidence\b|\bconfiden(?:t|tly)\b", re.IGNORECASE)
# The two rows of words for likelihood in ICD 203; a report uses one of them throughout.
FIRST_ROW = (
    "almost no chance", "very unlikely", "unlikely", "roughly even chance", "likely", "very likely",
    "almost certain", "almost certainly",
)  # fmt: skip
SECOND_ROW = (
    "remote chance", "highly improbable", "improbable", "roughly even odds", "probable", "highly probable",
    "nearly certain",
)  # fmt: skip
# What ends a sentence; abbreviations end none too many, since a false end only hides, and a title line has its break.
# A run of marks is taken whole and once: a line of a million full stops ends in linear time.
END = re.compile(r"(?<![.!?…])[.!?…]++[\"”’»)\]]*+\s++(?=[\"“‘«(\[]*+[A-Z0-9])|\n\s*\n|[。！？]")
# Marks that open and close a quotation. A straight mark closes what it opened, within a paragraph.
QUOTED = re.compile(r"“[^“”]*”|«[^«»]*»|„[^„“]*“|\"[^\"\n]*\"")


class Objection(NamedTuple):
    """Something that a report must not say so.

    Attributes:
        start: First code point of the word.
        end: One past its last.
        word: The word as it stands there.
        reason: What is wrong with it, in one sentence.
    """

    start: int
    end: int
    word: str
    reason: str


def objections(text: str, *, quoted: Iterable[tuple[int, int]] = ()) -> tuple[Objection, ...]:
    """Give every objection to `text`, in order of place; what stands in quotation marks is somebody else's.

    Args:
        text: A text in English; only its first five million code points are looked at.
        quoted: Further spans, in code points, that quote somebody.
    """
    plain = text[:LONGEST]
    spans = _joined((*((one.start(), one.end()) for one in QUOTED.finditer(plain)), *quoted))
    found = [
        Objection(
            one.start(), one.end(), one.group(),
            "says what only a competent body can find; say with what it would be incompatible, and if what holds",
        )
        for one in FINDING.finditer(plain)
    ]  # fmt: skip
    rows = [(one, row) for row in (FIRST_ROW, SECOND_ROW) for one in _pattern(row).finditer(plain)]
    surenesses = [one for one in CONFIDENCE.finditer(plain) if not _inside(spans, one.start())]
    likelihoods = [(one, row) for one, row in rows if not _inside(spans, one.start())]
    ends = [one.end() for one in END.finditer(plain)]
    sentences: dict[int, list[tuple[re.Match[str], tuple[str, ...]]]] = {}
    for one, row in likelihoods:
        sentences.setdefault(bisect_right(ends, one.start()), []).append((one, row))
    for one in surenesses:
        if bisect_right(ends, one.start()) in sentences:
            reason = "stands in one sentence with a likelihood; how sure one is and how likely it is are two sentences"
            found.append(Objection(one.start(), one.end(), one.group(), reason))
    for told in sentences.values():
        others = [one for one, row in told if row is not told[0][1]]
        found.extend(
            Objection(
                one.start(), one.end(), one.group(),
                f"is of another row of words for likelihood than '{told[0][0].group()}'; keep to one",
            )
            for one in others
        )  # fmt: skip
    return tuple(sorted(one for one in found if not _inside(spans, one.start)))


def _pattern(row: tuple[str, ...]) -> re.Pattern[str]:
    """One row of words, the longest first, so that "very unlikely" is not read as "unlikely"."""
    words = sorted(row, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(word.replace(" ", r"\s{1,3}") for word in words) + r")\b", re.IGNORECASE)


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that overlap as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _inside(spans: list[tuple[int, int]], place: int) -> bool:
    at = bisect_right(spans, place, key=lambda span: span[0]) - 1
    return at >= 0 and place < spans[at][1]
