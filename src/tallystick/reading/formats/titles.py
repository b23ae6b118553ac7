"""Tell titles that software made up: a title comes in; whether it says nothing of the report goes out."""

import re

__all__ = ["is_made_up"]

# What word processors and printers write as a title by themselves: a file's name, or that there is none.
MADE_UP = re.compile(
    r"microsoft word\b.*|word document|untitled.*|document ?\d*|.*\.(?:docx?|rtf|odt|indd|qxd|pdf|pptx?|xlsx?|tex)",
    re.IGNORECASE,
)
# Longer ones are no title; the pattern need not be tried on a megabyte.
LONGEST = 500


def is_made_up(title: str) -> bool:
    """Whether `title` is empty, a file's name, or what a program puts where nobody gave one."""
    return not title or len(title) > LONGEST or MADE_UP.fullmatch(title) is not None
