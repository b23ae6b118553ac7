"""The wording by which a line shows that it is no part of the report: a line comes in, its kind or None goes out.

The words stand in cues.yaml. A cue holds for a whole line: news prose that begins with the same words goes on, and
stays body.
"""

import re
from functools import cache
from importlib.resources import files

import yaml

from tallystick.model.document import PassageKind

__all__ = [
    "comment_count",
    "interviewee",
    "interviewer",
    "is_comment_mark",
    "is_comment_title",
    "is_credit",
    "is_list_label",
    "is_name",
    "is_resumption",
    "kind_of",
]

# Longer lines are prose: the longest cue of one line on a news site, a cookie notice aside, has some 100 marks.
LINE = 160
# A disclaimer may be a paragraph.
NOTICE = 900
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# A commenter's name: a few words, no sentence; "anubis", "Noir Black", "J. Smith", "user_123".
NAME = re.compile(r"[\w@][\w.'’-]{0,24}(?:\s[\w.'’()-]{1,24}){0,3}")


def kind_of(line: str) -> PassageKind | None:
    """Give what a paragraph shows itself to be by its wording, or None where it says nothing."""
    if len(line) > NOTICE:
        return None
    cues = _cues()
    if cues["disclaimer"].fullmatch(line):
        return PassageKind.DISCLAIMER
    if len(line) > LINE:
        return None
    if cues["furniture"].fullmatch(line):
        return PassageKind.FURNITURE
    if cues["byline"].fullmatch(line):
        return PassageKind.BYLINE
    return None


def is_comment_title(line: str) -> bool:
    """Whether a line may stand over reader comments ("5 Comments")."""
    return len(line) <= LINE and _cues()["comment_title"].fullmatch(line) is not None


def comment_count(line: str) -> int | None:
    """Give how many comments a title announces, or None where it gives no number."""
    match = _cues()["comment_title"].fullmatch(line)
    number = match and (match["count"] or match["number"])
    return int(number.replace(",", "")) if number else None


def interviewer(line: str) -> str | None:
    """Give who asks in an interview, where a line names that person."""
    match = _cues()["interviewer"].fullmatch(line) if len(line) <= LINE else None
    return (match["asks"] or match["asked_by"]).strip() if match else None


def interviewee(line: str) -> str | None:
    """Give who answers in an interview, where a line names that person."""
    match = _cues()["interviewee"].fullmatch(line) if len(line) <= LINE else None
    return match["answers"].strip() if match else None


def is_comment_mark(line: str) -> bool:
    """Whether a line belongs to a comment's frame ("anna says:", "2 hours ago", "Reply")."""
    return len(line) <= LINE and _cues()["comment_mark"].fullmatch(line) is not None


def is_name(line: str) -> bool:
    """Whether a line may be the name over a comment."""
    return NAME.fullmatch(line) is not None


def is_credit(line: str) -> bool:
    """Whether a line says from whom the report was taken over ("This article first appeared in ...")."""
    return len(line) <= NOTICE and _cues()["credit"].fullmatch(line) is not None


def is_resumption(line: str) -> bool:
    """Whether a line says that the report goes on after what interrupted it."""
    return len(line) <= LINE and _cues()["resumption"].fullmatch(line) is not None


def is_list_label(line: str) -> bool:
    """Whether a line announces a list of names ("Guest commentators:")."""
    return len(line) <= LINE and _cues()["list_label"].fullmatch(line) is not None


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    """The cues of cues.yaml, one pattern a kind."""
    text = files("tallystick.reading.text").joinpath("cues.yaml").read_text(encoding="utf-8")
    words = yaml.load(text, LOADER)  # noqa: S506 - LOADER is a safe one
    parts = words.pop("patterns")
    return {
        kind: re.compile(_expanded("|".join(lines), parts), re.IGNORECASE | re.DOTALL) for kind, lines in words.items()
    }


def _expanded(pattern: str, parts: dict[str, str]) -> str:
    """Put the named parts in; any white space matches a space."""
    while found := re.search(r"(?<!\?P)<(\w+)>", pattern):
        pattern = pattern[: found.start()] + f"(?:{parts[found[1]]})" + pattern[found.end() :]
    return re.sub(r"\[([^\]]*) ([^\]]*)\]", r"[\1\\s\2]", pattern).replace(" ?", r"\s*").replace(" ", r"\s+")
