"""Sentences and tokens of Korean; a token is a run of digits, of letters, or a mark."""

import re

from tallystick.languages.language import Parse
from tallystick.languages.writing.parsing import Writing, parse
from tallystick.model.document import Document

__all__ = ["parsed"]

TOKEN = re.compile(r"[0-9\uff10-\uff19]+(?:[.,][0-9\uff10-\uff19]+)*|[^\W\d_]+|\S")
END = re.compile(r"[.!?。！？…]+|\n+")
WRITING = Writing(TOKEN, END)


def parsed(document: Document) -> Parse:
    """Cut the Korean passages of `document` into sentences and tokens."""
    return parse(document, "ko", WRITING)
