"""Sentences and tokens of Chinese, which marks no words: a token is a run of digits, of letters, or one character."""

import re

from tallystick.languages.language import Parse
from tallystick.languages.writing.parsing import Writing, parse
from tallystick.model.document import Document

__all__ = ["parsed"]

TOKEN = re.compile(r"[0-9\uff10-\uff19]+(?:[.,．，·][0-9\uff10-\uff19]+)*|[A-Za-z\uff21-\uff3a\uff41-\uff5a]+|\S")
END = re.compile(r"[。！？!?]+|\n+|；(?=\s*\n)")
WRITING = Writing(TOKEN, END)


def parsed(document: Document) -> Parse:
    """Cut the Chinese passages of `document` into sentences and tokens."""
    return parse(document, "zh", WRITING)
