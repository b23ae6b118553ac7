"""Who speaks in each paragraph of an interview: its paragraphs come in, the names that the report writes go out.

A name before a colon or alone in bold opens a turn, and the turn goes on until the next. A report is an interview only
where two speakers take turns, for "Photo: ..." and "Moscow: ..." have the same form.
"""

import re
from collections import Counter
from collections.abc import Sequence, Set

from tallystick.reading.text import cues

__all__ = ["turns"]

# Speakers who come back make an interview of what else may be a list of names and what each of them is.
SPEAKERS = 2
COMES_BACK = 2
# Longest name before a colon in marks: "Foreign Ministry spokeswoman Maria Zakharova".
LONGEST = 50
# And in words.
LONGEST_NAME = 6
# A turn goes on over paragraphs without a mark, no longer than this in marks; a report goes on after its interview.
LONGEST_TURN = 8_000
# A name in letters that know capitals begins with one.
NAME = re.compile(r"[^\W\d_][\w.’'-]{0,24}(?:[ \u00a0][\w.’'()-]{1,24}){0,5}")
MARK = re.compile(r"(?P<bold>[*_]{0,2})(?P<name>[^\n:：*_]{1,50}?)[*_]{0,2}[:：][*_]{0,2}(?=\s|\Z|[\u2e80-\ud7a3])")
SHORT = re.compile(r"(?P<name>[QA])\.\s")
QUESTIONS = frozenset(("q", "question", "вопрос", "питання", "запитання", "问", "問", "문"))
ANSWERS = frozenset(("a", "answer", "ответ", "відповідь", "答", "답"))
SMALL_WORDS = frozenset(("of", "the", "for", "and", "de", "van", "von", "der", "al", "bin", "el", "la", "di", "da"))


def turns(lines: Sequence[str], told: Sequence[bool], names: Set[str] = frozenset()) -> list[str | None]:
    """Give for each paragraph who speaks in it, or None.

    Args:
        lines: The paragraphs in order.
        told: Which of them the report itself tells; no other one opens or holds a turn.
        names: What stands in bold on the page and may be a name that opens a turn without a colon.
    """
    marks = [_mark(line, names) if own else None for line, own in zip(lines, told, strict=True)]
    times = Counter(mark.casefold() for mark in marks if mark)
    if sum(count >= COMES_BACK for count in times.values()) < SPEAKERS:
        return [None] * len(lines)
    first = next(index for index, mark in enumerate(marks) if mark)
    last = max(index for index, mark in enumerate(marks) if mark)
    asks, answers = _named_above(lines[: first + 2])
    found: list[str | None] = []
    speaker: str | None = None
    size = 0
    for index, (line, mark) in enumerate(zip(lines, marks, strict=True)):
        if mark:
            speaker, size = mark, 0
            if mark.casefold() in QUESTIONS and asks:
                speaker = asks
            elif mark.casefold() in ANSWERS and answers:
                speaker = answers
        size += len(line)
        # Behind the last mark the report may go on by itself.
        holds = told[index] and size <= LONGEST_TURN and index <= last
        found.append(speaker if holds or mark else None)
    return found


def _mark(line: str, names: Set[str]) -> str | None:
    """The name that a paragraph opens with, where it may open a turn."""
    match = MARK.match(line, 0, LONGEST + 10) or SHORT.match(line)
    if match:
        name = match["name"].strip()
        return name if _is_speaker(name) else None
    bold = re.match(r"(\*\*|__)([^*_\n]{2,50})\1(?=\s|\Z)", line)
    if bold:
        return bold[2].strip() if _is_speaker(bold[2].strip()) else None
    words = line[: LONGEST + 10].split()[:LONGEST_NAME] if names else []
    opening = (" ".join(words[:count]) for count in range(len(words), 0, -1))
    return next((name for name in opening if name in names and _is_speaker(name)), None)


def _is_speaker(name: str) -> bool:
    """Whether a few words may be a name or "Q"."""
    if name.casefold() in QUESTIONS | ANSWERS:
        return True
    if not NAME.fullmatch(name):
        return False
    words = [word for word in name.split() if word not in SMALL_WORDS]
    return all(not word[0].islower() for word in words[:1] + words[-1:]) and sum(
        word[0].islower() for word in words
    ) * 2 <= len(words)


def _named_above(lines: Sequence[str]) -> tuple[str | None, str | None]:
    """Who asks and who answers, where a line above the interview names them."""
    asks = answers = None
    for line in lines:
        asks = asks or cues.interviewer(line)
        answers = answers or cues.interviewee(line)
    return asks, answers
