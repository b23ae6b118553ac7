"""Read who is credited with what in a document, for the outside world.

Takes a `Document`; gives its `Attribution`s in order of the text, and the record of one for JSON lines, CSV and
tables.
"""

from tallystick.languages.known import language_of
from tallystick.model.attribution import Attribution, Span
from tallystick.model.document import Document

__all__ = ["ATTRIBUTION_COLUMNS", "attribution_record", "attributions_in"]

ATTRIBUTION_COLUMNS = ("document", "source", "cue", "content", "speaker", "via", "kind")


def attributions_in(document: Document) -> tuple[Attribution, ...]:
    """Give every attribution of `document`, in order of content.

    Raises:
        ReadingError: Where the document's language cannot be read.
    """
    language = language_of(document)
    return language.attributions(language.parse(document))


def attribution_record(document: Document, attribution: Attribution) -> dict[str, object]:
    """Give the record of `attribution`: exactly the columns; spans are [start, end] in code points of the text."""
    return {
        "document": document.id,
        "source": _spans(attribution.source),
        "cue": _spans(attribution.cue),
        "content": _spans(attribution.content),
        "speaker": attribution.speaker,
        "via": attribution.via,
        "kind": attribution.kind,
    }


def _spans(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[start, end] for start, end in spans]
