"""Read who is credited with what in a document, for the outside world.

Takes a `Document`; gives its `Attribution`s in order of the text, and the record of one for JSON lines, CSV and
tables.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from tallystick.languages.known import parsed
from tallystick.languages.language import Language, Parse
from tallystick.model.attribution import Attribution, Span
from tallystick.model.document import Document

__all__ = ["ATTRIBUTION_COLUMNS", "attribution_record", "attributions_in"]

ATTRIBUTION_COLUMNS = ("document", "source", "cue", "content", "speaker", "via", "kind")


def attributions_in(document: Document) -> tuple[Attribution, ...]:
    """Give every attribution of `document`, in order of content.

    Of what stands between quotation marks only the quotation itself is one: whom the quoted person cites in it is part
    of what that person says.

    Raises:
        ReadingError: Where no language of the document can be read.
    """
    found = [one for language, parse in parsed(document) for one in _in_language(language, parse)]
    return tuple(sorted(found, key=lambda one: one.content[0]))


def _in_language(language: Language, parse: Parse) -> tuple[Attribution, ...]:
    """The attributions of the passages that are in `language`."""
    found = language.attributions(parse)
    held = _joined(span for attribution in found if not _is_quoted(attribution, parse) for span in attribution.content)
    return tuple(one for one in found if not (_is_quoted(one, parse) and _covers(held, one.cue[0])))


def _is_quoted(attribution: Attribution, parse: Parse) -> bool:
    """Whether the cue stands between quotation marks."""
    return _covers(parse.quotes, attribution.cue[0])


def _covers(spans: Sequence[Span], inner: Span) -> bool:
    """Whether one of `spans`, in order and without overlap, holds `inner`."""
    k = bisect_right(spans, inner[0], key=_start)
    return k > 0 and inner[1] <= spans[k - 1][1]


def _start(span: Span) -> int:
    return span[0]


def _joined(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that touch made one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def attribution_record(document: Document, attribution: Attribution) -> dict[str, object]:
    """Give the record of `attribution`: exactly the columns; spans are [start, end] in code points of the text."""
    return {
        "document": document.id,
        "source": _spans(attribution.source),
        "cue": _spans(attribution.cue),
        "content": _spans(attribution.content),
        "speaker": attribution.speaker or None,
        "via": attribution.via,
        "kind": attribution.kind,
    }


def _spans(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[start, end] for start, end in spans]
