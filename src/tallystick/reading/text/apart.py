"""Put a text together from its body and what stands apart from it: pieces come in, one text with their kinds goes out.

The body comes first and as one piece, so that its offsets are those of the source; what the source gives beside it
(a title, a standfirst, captions) follows, each piece as a paragraph of its own.
"""

from collections.abc import Iterable
from typing import NamedTuple

from tallystick.model.document import PassageKind

__all__ = ["JOINT", "Laid", "laid"]

# Between the body and each piece that stands apart.
JOINT = "\n\n"
# A title stands in a body only near its top; further down the same words are a link or a quotation.
TOP = 1_000
# A standfirst of this length is held by the paragraph that begins with it; a shorter piece must be a line of its own,
# or every one-word title would be held by some word.
SENTENCE = 30


class Laid(NamedTuple):
    """A text and what its pieces are.

    Attributes:
        text: The body, then each piece that stands apart.
        stretches: Start, end and kind of each piece that stands apart, in order.
    """

    text: str
    stretches: tuple[tuple[int, int, PassageKind], ...]


def laid(body: str, apart: Iterable[tuple[str, PassageKind]]) -> Laid:
    """Give the whole text.

    Args:
        body: The article, exactly as it stands at the start of the result.
        apart: What else belongs to it; left out is what is empty, or stands near the top of the body already.
    """
    text = body
    stretches = []
    top = _folded(body[:TOP])
    lines = frozenset(map(_folded, body[:TOP].splitlines()))
    for piece, kind in apart:
        bare = piece.strip()
        folded = _folded(bare)
        if not bare or folded in lines or (len(folded) >= SENTENCE and folded in top):
            continue
        start = len(text) + len(JOINT)
        text = f"{text}{JOINT}{bare}"
        stretches.append((start, len(text), kind))
    return Laid(text, tuple(stretches))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
