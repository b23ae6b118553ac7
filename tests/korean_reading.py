"""Read own Korean sentences in tests: a figure stands between double square brackets."""

import re

from tallystick.languages.language import Counted, Parse, Sentence
from tallystick.languages.writing.parsing import Writing, parse
from tallystick.model.document import Document, Passage, PassageKind
from tallystick.model.quantity import Bound, Quantity, QuantityKind

WRITING = Writing(re.compile(r"\d[\d,.]*|[^\W\d_]+|[^\w\s]"), re.compile(r"[.!?。…]+|\n+"))
NOTHING = Counted(None, None, None, "")


def read(text: str, published: str | None = None, kind: PassageKind = PassageKind.BODY) -> Parse:
    """Parse `text`, a passage for each line."""
    passages = tuple(Passage(match.start(), match.end(), kind) for match in re.finditer(r".+\n?", text))
    return parse(Document("d", text, "0", passages, name="d", language="ko", published=published), "ko", WRITING)


def marked(text: str, published: str | None = None) -> tuple[Parse, Sentence, Quantity]:
    """Parse `text` without the marks of its figure, and give the figure with its sentence."""
    start, end = text.index("[["), text.index("]]") - 2
    bare = text.replace("[[", "").replace("]]", "")
    parsed = read(bare, published)
    kind = QuantityKind.MONEY if re.match(r"[^\[]*?(?:달러|원)", bare[start : end + 3]) else QuantityKind.COUNT
    sentence = next(one for one in parsed.sentences if one.start <= start < one.end)
    return parsed, sentence, Quantity(start, end, 1, 1, Bound.EXACT, kind)
